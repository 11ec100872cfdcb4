"""The sheet says everything that its content says, on whole pages, and is the same file wherever it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa as validator

from inspector.documents.sheet import sheet
from inspector.model import inspection
from tests.documents.builders import solid, text_of
from tests.documents.sheets import Made, made

SCRIPT = """
import sys
from inspector.documents.sheet import sheet
from tests.documents.sheets import after, finding, made, shot
found = [finding(1, "BX-05"), finding(2, "BX-06", photos=(shot(2), after(3)), place="𠮷祥店㐂")]
sys.stdout.buffer.write(sheet(*made(findings=found)))
"""


def test_two_processes_with_other_hash_seeds_and_zones_write_the_same_sheet() -> None:
    written = []
    for seed, zone in (("1", "Asia/Shanghai"), ("4242", "America/New_York")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, env=environment, check=True)
        written.append(ran.stdout)
    assert written[0] == written[1]
    assert written[0].startswith(b"%PDF-1.7")


def test_the_sheet_carries_exactly_its_content_and_a_field_for_each_signer(ready: Made) -> None:
    with pikepdf.open(BytesIO(sheet(*ready))) as pdf:
        assert pdf.attachments["content.json"].get_file().read_bytes() == inspection.encode(ready.content)
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["inspector-1", "inspector-2"]
        assert str(pdf.docinfo.Title) == ready.content.heading


@pytest.fixture
def bare(tmp_path: Path):
    """The sheet without its signature fields, which pikepdf's validator does not judge."""

    def save(made: Made) -> Path:
        with pikepdf.open(BytesIO(sheet(*made))) as pdf:
            del pdf.Root.AcroForm
            del pdf.pages[0].Annots
            pdf.save(tmp_path / "bare.pdf")
        return tmp_path / "bare.pdf"

    return save


@pytest.mark.parametrize("form", ["BX", "CK", "GC", "GD", "GJ", "HD", "NM", "SQ"])
def test_a_sheet_of_each_form_is_archival_and_shows_each_item_once(form: str, bare) -> None:
    blank = made(form)
    verdict = validator.validate_written(bare(blank), "3b")
    assert (verdict.verdict, list(verdict.findings)) == ("pass", [])
    said = solid(text_of(sheet(*blank)))
    for answered in blank.content.answers:
        assert solid(blank.form.item(answered.code).text) in said
