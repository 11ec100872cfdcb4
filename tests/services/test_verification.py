"""A sheet beside the ledger: the same file, another one under its number, a key that nobody here has, a correction."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from inspector.documents import sheet
from inspector.model.inspection import Content
from inspector.model.verdict import Verdict
from inspector.services import corrections, enrolment, forms, inspections, office, people, verification
from inspector.text import say
from tests.county import NOW, PASSPHRASE, County
from tests.documents import signing


@pytest.fixture
def signed(county: County) -> str:
    """A signed inspection without photos."""
    return county.signed(county.passed()).inspection


def written(county: County, which: str, path: Path) -> Path:
    path.write_bytes(inspections.pdf(county.workspace, which))
    return path


def forged(county: County, content: Content, path: Path) -> Path:
    """The sheet of a content, signed by strangers under the inspectors' names."""
    strangers = [signing.key(member.name).signer for member in content.members]
    members = [
        msgspec.structs.replace(member, certificate=signing.fingerprint(stranger))
        for member, stranger in zip(content.members, strangers, strict=True)
    ]
    content = msgspec.structs.replace(content, members=tuple(members))
    pdf = sheet.sheet(content, forms.of_version(county.workspace, content.form.version), {})
    for member, stranger in zip(members, strangers, strict=True):
        pdf = signing.add_to(pdf, member.field, stranger)
    path.write_bytes(pdf)
    return path


def keys(verdict: Verdict) -> set[str]:
    return {line.key for line in verdict.lines()}


def test_the_sheet_that_the_ledger_has_is_the_same_and_its_signers_are_known(county, signed, tmp_path):
    verdict = verification.in_workspace(county.workspace, written(county, signed, tmp_path / "sheet.pdf"))
    assert verdict.accepted
    said = [say(line.key, **line.values) for line in verdict.lines()]
    assert sum("与本机登记的人员相符" in line for line in said) == 2
    assert not any("未核实" in line for line in said)
    assert "verify-ledger-same" in keys(verdict)


def test_another_file_under_its_number_signed_by_others_under_the_same_names_is_found_out(
    county, signed, tmp_path
):
    path = forged(county, inspections.document(county.workspace, signed), tmp_path / "forged.pdf")
    assert verification.verify_file(path).accepted
    verdict = verification.in_workspace(county.workspace, path)
    assert not verdict.accepted
    assert keys(verdict) >= {"verify-ledger-differs", "verify-ledger-key"}


def test_a_sheet_that_this_ledger_never_had_is_found_out_by_the_keys_alone(county, signed, tmp_path):
    content = inspections.document(county.workspace, signed)
    content = msgspec.structs.replace(
        content, number="GC-001-20261124-AAAA-0001", inspection="inspection:new"
    )
    verdict = verification.in_workspace(county.workspace, forged(county, content, tmp_path / "forged.pdf"))
    assert not verdict.accepted
    assert "verify-ledger-unknown" in keys(verdict)
    assert {line.key for line in verdict.problems} == {"verify-ledger-key"}


def test_a_sheet_that_was_corrected_stays_good_and_the_correction_is_named(county, signed, tmp_path):
    path = written(county, signed, tmp_path / "first.pdf")
    draft = corrections.correct(county.workspace, signed, why="点位名称写错")
    county.signed(draft)
    number = inspections.document(county.workspace, signed).number
    verdict = verification.in_workspace(county.workspace, path)
    assert verdict.accepted
    assert verdict.number != number
    assert any(number in say(line.key, **line.values) for line in verdict.notes)


def test_a_sheet_of_another_ledger_is_judged_by_itself(county, tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(signing.genuine())
    verdict = verification.in_workspace(county.workspace, path)
    assert verdict.accepted
    assert "verify-ledger-other" in keys(verdict)
    assert not any(signer.known for signer in verdict.signers)


def test_in_a_workspace_the_pinned_root_vouches_by_itself_and_condemns_nobody_who_is_not_enrolled_yet(
    county, signed, tmp_path
):
    office.begin(county.workspace, name="示例县文明办", passphrase=PASSPHRASE, now=NOW)
    root = office.unlock(county.workspace, PASSPHRASE)
    enrolled, other = people.every(county.workspace)
    enrolment.enrol_person(county.workspace, enrolled.id, root, now=NOW)
    verdict = verification.in_workspace(county.workspace, written(county, signed, tmp_path / "sheet.pdf"))
    assert verdict.accepted
    trusted = {signer.name: signer.trusted for signer in verdict.signers}
    assert trusted == {enrolled.name: True, other.name: None}
    assert "verify-time-is-a-claim" in keys(verdict)
