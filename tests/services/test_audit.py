"""audit: in plain words, what is proven about a document and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspector.model.errors import InspectorError
from inspector.services import audit, corrections, inspections, office, people
from inspector.store import blobs
from inspector.text import tell
from tests.county import NOW, PASSPHRASE, County


@pytest.fixture
def signed(county: County) -> str:
    """A signed inspection with one finding and its photo."""
    draft = county.passed()
    county.found(draft, "GC-03", photo=_jpeg())
    return county.signed(draft).inspection


def _jpeg() -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 90)).save(file, "JPEG")
    return file.getvalue()


def keys(lines: object) -> list[str]:
    return [line.key for line in lines]


def test_it_says_who_signed_in_which_order_and_that_times_are_claims(county, signed):
    found = audit.of(county.workspace, signed)
    said = [tell(line) for line in found.proven]
    assert found.whole
    order = [line for line in said if "个签名是" in line]
    assert ["检查员甲" in order[0], "检查员乙" in order[1]] == [True, True]
    assert "audit-counterpart-agreed" in keys(found.proven)
    assert "audit-counterpart-same" in keys(found.proven)
    assert "audit-not-corrected" in keys(found.proven)
    assert "audit-times" in keys(found.claimed)
    assert "audit-identity" in keys(found.claimed)
    assert keys(found.proven).count("audit-signer-listed") == 2
    assert not any("时钟" in line for line in said)


def test_each_photo_has_its_time_with_its_source_among_what_is_claimed(county, signed):
    found = audit.of(county.workspace, signed)
    (photo,) = (line for line in found.claimed if line.key.startswith("audit-photo-"))
    assert photo.key == "audit-photo-filename"
    assert photo.values["at"] == "2026-11-24 09:35"
    content = inspections.document(county.workspace, signed)
    blobs.path(county.workspace, content.evidence()[0].sha256).unlink()
    again = audit.of(county.workspace, signed)
    assert "audit-photo-missing" in keys(again.claimed)


def test_a_later_correction_is_named_and_the_first_document_can_still_be_asked_for(county, signed):
    first = inspections.document(county.workspace, signed).number
    later = NOW + timedelta(hours=2)
    draft = corrections.correct(county.workspace, signed, why="位置写错")
    county.agreed(draft)
    county.signed(draft, at=later)
    earlier = audit.of(county.workspace, first)
    assert earlier.number == first
    assert "audit-corrected" in keys(earlier.proven)
    current = audit.of(county.workspace, signed)
    assert "audit-corrects" in keys(current.proven)


def test_after_enrolment_the_same_sheet_is_proved_by_the_root(county, signed):
    office.begin(county.workspace, name="示例县创建办", passphrase=PASSPHRASE, now=NOW)
    holder = office.unlock(county.workspace, PASSPHRASE)
    from inspector.services import enrolment

    for person in people.every(county.workspace):
        enrolment.enrol_person(county.workspace, person.id, holder, now=NOW)
    found = audit.of(county.workspace, signed)
    assert keys(found.proven).count("audit-signer-enrolled-later") == 2
    assert "audit-identity" not in keys(found.claimed)


def test_a_file_that_was_changed_on_the_disk_is_no_proof(county, signed):
    content = inspections.document(county.workspace, signed)
    with county.workspace.reading() as db:
        from inspector.store import inspections as stored

        sheet = stored.one(db, signed).sheet
    file = blobs.path(county.workspace, sheet)
    data = bytearray(file.read_bytes())
    data[2000] ^= 0xFF
    file.chmod(0o600)
    file.write_bytes(data)
    with pytest.raises(InspectorError) as raised:
        audit.of(county.workspace, content.number)
    assert raised.value.key == "blob-damaged"


def test_an_unknown_document_is_told(county):
    with pytest.raises(InspectorError) as raised:
        audit.of(county.workspace, "GC-9")
    assert raised.value.key == "audit-unknown"
