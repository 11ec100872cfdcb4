"""Promise 4: a sheet proves itself. The PDF is signed, archival, carries its own data, and anybody can check it
without us."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.model.errors import InspectorError
from inspector.services import inspections, verification
from tests.county import County

READER = Path(__file__).resolve().parents[1] / "ledger" / "second_reader.py"


@pytest.fixture
def sheet(county: County, tmp_path: Path) -> Path:
    """A signed sheet with a finding, outside of any workspace."""
    draft = county.passed()
    county.found(draft, "GC-05", place="东门南侧", description="㐂居花苑门前地面有积水")
    entity = county.signed(draft).inspection
    file = tmp_path / "sheet.pdf"
    file.write_bytes(inspections.pdf(county.workspace, entity))
    return file


def test_anybody_can_check_it_without_a_workspace(sheet: Path) -> None:
    verdict = verification.verify_file(sheet)
    assert (verdict.intact, verdict.complete, verdict.data_matches) == (True, True, True)
    assert [one.name for one in verdict.signers] == ["检查员甲", "检查员乙"]
    assert verdict.problems == ()


def test_nobody_can_change_a_byte_of_it_unseen(sheet: Path, long: bool) -> None:
    data = sheet.read_bytes()
    for offset in random.Random(4).sample(range(len(data)), 200 if long else 3):
        sheet.write_bytes(data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :])
        try:
            verdict = verification.verify_file(sheet)
        except InspectorError:
            continue
        assert not (verdict.intact and verdict.complete and verdict.data_matches)


def test_it_carries_its_own_data_for_who_has_none_of_our_programs(sheet: Path, county: County) -> None:
    said = subprocess.run([sys.executable, READER, sheet], capture_output=True, check=True).stdout.rstrip(
        b"\n"
    )
    (row,) = inspections.every(county.workspace)
    content = json.loads(said)
    assert content["number"] == row.number
    assert content["findings"][0]["description"] == "㐂居花苑门前地面有积水"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="needs poppler's pdfsig")
def test_another_program_finds_both_signatures_valid(sheet: Path) -> None:
    said = subprocess.run(["pdfsig", "-nocert", sheet], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler's pdftotext")
def test_what_was_typed_can_be_read_and_searched_in_it(sheet: Path) -> None:
    text = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, check=True).stdout
    assert "㐂居花苑门前地面有积水" in text
    assert "东门南侧" in text


def test_the_ledger_knows_it_again(sheet: Path, county: County) -> None:
    verdict = verification.in_workspace(county.workspace, sheet)
    assert verdict.problems == ()
