"""The file is PDF/A-3b before its first signature, carries its data, and is the same wherever it is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa as validator

from inspector.documents.flow import Align, Heading, Later, Sign, Span, Text, label
from inspector.documents.grid import Grid, cell
from inspector.documents.page import draw_line
from tests.documents.builders import CONTENT, pages


def story() -> list[object]:
    rows = [
        [cell(label("位置"), grey=True), cell("18 号院门前，𠮷祥店招")],
        [cell(label("说明"), grey=True), cell(Text((Span("", mark=Sign.TICK), Span("合格"))))],
    ]
    return [
        Heading("start", "首页"),
        Text("标题", size=16, align=Align.CENTRE),
        Grid(rows, (80, 300)),
        Later(20, lambda canvas, y, at: draw_line(canvas, f"见第 {at['start']} 页", 99, y, size=9)),
    ]


@pytest.fixture
def written(tmp_path: Path):
    def write(pdf: bytes) -> Path:
        file = tmp_path / "document.pdf"
        file.write_bytes(pdf)
        return file

    return write


def test_the_file_without_fields_is_archival(written) -> None:
    verdict = validator.validate_written(written(pages(story())), "3b")
    assert (verdict.verdict, list(verdict.findings)) == ("pass", [])


def test_the_file_with_fields_is_archival_but_for_the_fields_themselves(written, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pages(story(), fields=("inspector-1", "inspector-2")))) as pdf:
        for widget in pdf.pages[0].Annots:
            assert (int(widget.F), [float(side) for side in widget.Rect]) == (132, [0, 0, 0, 0])
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["inspector-1", "inspector-2"]
        assert "/NeedAppearances" not in pdf.Root.AcroForm and "/XFA" not in pdf.Root.AcroForm
        del pdf.Root.AcroForm
        del pdf.pages[0].Annots
        pdf.save(tmp_path / "bare.pdf")
    assert validator.validate_written(tmp_path / "bare.pdf", "3b").verdict == "pass"


def test_qpdf_finds_nothing_wrong(written) -> None:
    checked = subprocess.run(
        ["qpdf", "--check", written(pages(story(), fields=("inspector-1",)))], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_stream_ends_on_a_line_of_its_own() -> None:
    pdf = pages(story())
    assert pdf.count(b"endstream") == pdf.count(b"\nendstream\n") > 5


def test_the_content_lies_in_the_file_as_it_is_and_its_hash_in_the_metadata() -> None:
    with pikepdf.open(BytesIO(pages(story()))) as pdf:
        attached = pdf.attachments["content.json"]
        assert attached.get_file().read_bytes() == CONTENT
        assert attached.get_file().mime_type == "application/json"
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        sha = hashlib.sha256(CONTENT).hexdigest()
        packet = bytes(pdf.Root.Metadata.read_raw_bytes())
        assert f"<pdf:Keywords>{sha}</pdf:Keywords>".encode() in packet
        assert str(pdf.docinfo.Keywords) == sha
        assert str(pdf.docinfo.Title) == "检查记录表"
        assert str(pdf.docinfo.Subject) == "GJ-001-20261123-7QK3-0007"
        assert str(pdf.docinfo.CreationDate).startswith("D:20261123104000+08")
        assert b"<xmp:CreateDate>2026-11-23T10:40:00+08:00<" in packet


def test_nothing_in_the_file_reaches_out_or_waits_to_be_run() -> None:
    with pikepdf.open(BytesIO(pages(story(), fields=("inspector-1",)))) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary):
                assert not {"/URI", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA"} & set(found.keys())


def test_only_black_grey_and_no_transparency() -> None:
    with pikepdf.open(BytesIO(pages(story()))) as pdf:
        assert all("/Group" not in page and "/ExtGState" not in page.Resources for page in pdf.pages)


SCRIPT = "import sys; from tests.documents.test_pdfa import *; sys.stdout.buffer.write(pages(story()))"


def test_two_processes_with_other_hash_seeds_and_zones_write_the_same_bytes() -> None:
    made = []
    root = Path(__file__).parents[2]
    for seed, zone in (("1", "Asia/Shanghai"), ("4242", "America/New_York")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(root),
        }
        ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, env=environment, check=True)
        made.append(ran.stdout)
    assert made[0] == made[1] == pages(story())


def test_what_compresses_is_compressed() -> None:
    with pikepdf.open(BytesIO(pages(story(), content=CONTENT * 400))) as pdf:
        stored = bytes(pdf.attachments["content.json"].get_file().obj.read_raw_bytes())
    assert zlib.decompress(stored) == CONTENT * 400
