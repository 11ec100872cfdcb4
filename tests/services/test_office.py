"""The office's root: made, kept in a safe, pinned; people and devices enrolled and ended; self-signed work proved."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from cryptography import x509

from inspector.documents.authority import Authority
from inspector.ledger.record import Record
from inspector.model.errors import InspectorError
from inspector.model.office import Act
from inspector.services import enrolment, inspections, office, people, statements, verification, workspaces
from inspector.services.drafts import plain
from inspector.store import records
from inspector.store.workspace import Workspace
from tests.county import NOW, PASSPHRASE, County

ROOT = "示例县创建办"


class Desk:
    """The office's laptop: a workspace of its own with the root."""

    def __init__(self, workspace: Workspace, holder: Authority, sheet: bytes) -> None:
        self.workspace = workspace
        self.holder = holder
        self.sheet = sheet

    def trusted(self, folder: Path) -> Path:
        file = folder / "root.pem"
        file.write_bytes(office.trust_file(self.workspace))
        return file

    def takes_from(self, other: Workspace) -> None:
        """What a sync would bring."""
        with other.reading() as db:
            hashes = [one for (one,) in db.execute("SELECT hash FROM batch ORDER BY device, seq")]
            lines = records.lines(db, hashes)
        from inspector.ledger.record import read_line

        batches = [read_line(line, ledger=other.ledger) for line in lines]
        with self.workspace.transaction() as db:
            records.receive(db, batches)


@pytest.fixture(scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Authority, bytes]:
    """Made once: sealing and opening a key takes its time."""
    path = tmp_path_factory.mktemp("office") / "workspace"
    with workspaces.create(path, ledger=workspaces.DEMO) as workspace:
        _, sheet = office.begin(workspace, name=ROOT, passphrase=PASSPHRASE, now=NOW)
        return path, office.unlock(workspace, PASSPHRASE), sheet


@pytest.fixture
def desk(_office: tuple[Path, Authority, bytes], tmp_path: Path) -> Iterator[Desk]:
    path, holder, sheet = _office
    shutil.copytree(path, tmp_path / "office")
    with workspaces.opened(tmp_path / "office") as workspace:
        yield Desk(workspace, holder, sheet)


def refused(key: str, call: object, *given: object, **named: object) -> None:
    with pytest.raises(InspectorError) as raised:
        call(*given, **named)  # type: ignore[operator]
    assert raised.value.key == key


def people_added(county: County, name: str) -> None:
    """An act of the county's laptop."""
    people.add(county.workspace, name=name, organisation="", position="", passphrase=PASSPHRASE, now=NOW)


def first(county: County) -> str:
    return people.every(county.workspace)[0].id


def test_a_sheet_signed_before_enrolment_is_proved_by_the_equal_key_and_later_ones_by_the_certificate(
    county, desk, tmp_path
):
    before = county.signed(county.passed()).inspection
    for person in people.every(county.workspace):
        asked = tmp_path / "asked.pem"
        asked.write_bytes(office.request(county.workspace, person.id, PASSPHRASE))
        reply = tmp_path / f"reply-{person.id[-4:]}.pem"
        reply.write_bytes(enrolment.enrol_request(desk.workspace, asked, desk.holder, now=NOW).pem)
        assert office.pin(county.workspace, reply, now=NOW).people == (person.name,)
    trusted = tmp_path / "root.pem"
    trusted.write_bytes(office.trust_file(county.workspace))

    sheet = tmp_path / "before.pdf"
    sheet.write_bytes(inspections.pdf(county.workspace, before))
    verdict = verification.verify_file(sheet, trust=trusted)
    assert (verdict.accepted, verdict.trusted) == (True, True)
    assert all(signer.by_public_key and signer.self_signed for signer in verdict.signers)

    later = NOW + timedelta(days=1)
    keys = [people.unlock(county.workspace, one.id, PASSPHRASE) for one in people.every(county.workspace)]
    draft = county.passed("GC-002", at=later)
    county.agreed(draft)
    from inspector.services import signing

    after = signing.sign_draft(county.workspace, draft, keys, now=later).inspection
    sheet.write_bytes(inspections.pdf(county.workspace, after))
    verdict = verification.verify_file(sheet, trust=trusted)
    assert (verdict.accepted, verdict.trusted) == (True, True)
    assert not any(signer.by_public_key or signer.self_signed for signer in verdict.signers)


def test_another_offices_root_proves_nothing(county, desk, tmp_path):
    signed = county.signed(county.passed()).inspection
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(inspections.pdf(county.workspace, signed))
    verdict = verification.verify_file(sheet, trust=desk.trusted(tmp_path))
    assert (verdict.accepted, verdict.trusted) == (False, False)


def test_a_person_who_came_by_sync_is_certified_by_a_record_and_signs_with_it_without_a_file(county, desk):
    desk.takes_from(county.workspace)
    done = enrolment.enrol_person(desk.workspace, first(county), desk.holder, now=NOW)
    back = Desk(county.workspace, desk.holder, b"")
    back.takes_from(desk.workspace)
    unlocked = people.unlock(county.workspace, first(county), PASSPHRASE)
    assert people.fingerprint(unlocked.person) == done.certificate
    assert unlocked.signer.signing_cert.sha256.hex() == done.certificate


def test_enrolling_a_person_again_is_no_harm_and_a_request_under_another_name_is_refused(
    county, desk, tmp_path
):
    desk.takes_from(county.workspace)
    person = people.one(county.workspace, first(county))
    once = enrolment.enrol_person(desk.workspace, person.id, desk.holder, now=NOW)
    twice = enrolment.enrol_person(desk.workspace, person.id, desk.holder, now=NOW)
    assert once.certificate != twice.certificate
    key = people.key_of(county.workspace, person, PASSPHRASE)
    from inspector.documents import authority

    asked = tmp_path / "asked.pem"
    asked.write_bytes(authority.request(key, name="检查员丁", organisation="", person=person.id))
    refused("office-name-differs", enrolment.enrol_request, desk.workspace, asked, desk.holder, now=NOW)


@pytest.mark.parametrize("damage", [b"", b"nothing", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"])
def test_what_is_no_request_is_refused_by_name(damage, desk, tmp_path):
    file = tmp_path / "asked.pem"
    file.write_bytes(damage)
    refused("office-request-unusable", enrolment.enrol_request, desk.workspace, file, desk.holder, now=NOW)


def test_a_request_whose_name_was_changed_on_its_way_is_refused(county, desk, tmp_path):
    asked = x509.load_pem_x509_csr(office.request(county.workspace, first(county), PASSPHRASE))
    from cryptography.hazmat.primitives.serialization import Encoding

    der = asked.public_bytes(Encoding.DER).replace("检查员甲".encode(), "检查员丁".encode())
    from base64 import encodebytes

    file = tmp_path / "asked.pem"
    head, foot = (f"-----{word} CERTIFICATE REQUEST-----\n".encode() for word in ("BEGIN", "END"))
    file.write_bytes(head + encodebytes(der) + foot)
    refused("office-request-unusable", enrolment.enrol_request, desk.workspace, file, desk.holder, now=NOW)


def test_a_second_root_is_neither_made_nor_pinned(county, desk, tmp_path):
    refused("office-root-exists", office.begin, desk.workspace, name=ROOT, passphrase=PASSPHRASE, now=NOW)
    office.pin(county.workspace, desk.trusted(tmp_path), now=NOW)
    with workspaces.create(tmp_path / "other", ledger=workspaces.DEMO) as workspace:
        office.begin(workspace, name=ROOT, passphrase=PASSPHRASE, now=NOW)
        other = tmp_path / "other.pem"
        other.write_bytes(office.trust_file(workspace))
    refused("office-root-other", office.pin, county.workspace, other, now=NOW)
    assert office.root(county.workspace).fingerprint == office.root(desk.workspace).fingerprint


def test_pinning_the_same_file_again_changes_nothing(county, desk, tmp_path):
    file = desk.trusted(tmp_path)
    office.pin(county.workspace, file, now=NOW)
    assert office.pin(county.workspace, file, now=NOW).people == ()
    assert not office.root(county.workspace).key_here


def test_the_code_on_the_recovery_sheet_brings_the_root_back_under_another_passphrase(desk, tmp_path):
    page = pypdfium2.PdfDocument(io.BytesIO(desk.sheet))[0]
    text = page.get_textpage().get_text_bounded().replace("\r", "")
    lines = text.split("恢复码\n", 1)[1].splitlines()[:2]
    code = " ".join(lines)
    assert len(code.split()) == 14
    assert desk.holder.key.private_numbers().private_value.to_bytes(32, "big") not in desk.sheet
    pem = tmp_path / "sheet.png"
    pypdfium2.PdfDocument(io.BytesIO(desk.sheet))[0].render(scale=2.5).to_pil().save(pem)
    with workspaces.create(tmp_path / "new", ledger=workspaces.DEMO) as workspace:
        slip = ("B" if code[0] != "B" else "C") + code[1:]
        refused("office-code-invalid", office.recover, workspace, slip, pem, passphrase="another1", now=NOW)
        office.recover(workspace, code.lower(), pem, passphrase="another1", now=NOW)
        again = office.unlock(workspace, "another1")
        refused("passphrase-wrong", office.unlock, workspace, PASSPHRASE)
    assert again.certificate == desk.holder.certificate


def test_only_the_holder_of_the_root_can_end_a_person_and_who_ended_signs_no_more(county, desk, tmp_path):
    office.pin(county.workspace, desk.trusted(tmp_path), now=NOW)
    person = first(county)
    refused("office-root-not-here", office.unlock, county.workspace, PASSPHRASE)
    desk.takes_from(county.workspace)
    enrolment.end_person(desk.workspace, person, desk.holder, reason="调离", now=NOW)
    refused("person-ended", people.unlock, desk.workspace, person, PASSPHRASE)
    people.unlock(county.workspace, person, PASSPHRASE)  # nobody has told this laptop
    Desk(county.workspace, desk.holder, b"").takes_from(desk.workspace)
    refused("person-ended", people.unlock, county.workspace, person, PASSPHRASE)


def test_a_statement_that_somebody_else_wrote_is_none(county, desk, tmp_path):
    office.pin(county.workspace, desk.trusted(tmp_path), now=NOW)
    desk.takes_from(county.workspace)
    one, two = (person.id for person in people.every(county.workspace))
    enrolment.end_person(desk.workspace, one, desk.holder, reason="", now=NOW)
    good = statements.ended(desk.workspace, one)
    forgeries = [
        msgspec.structs.replace(good, reason="另一个理由"),
        msgspec.structs.replace(good, entity=two),
        msgspec.structs.replace(good, signature="00"),
        good,  # another's statement
    ]
    for forged in forgeries:
        with county.workspace.transaction() as db:
            said = {"set": {"ended": plain(forged)}}
            record = Record("person", two, records.heads(db, two), said)
            records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())
        assert statements.ended(county.workspace, two) is None
        people.unlock(county.workspace, two, PASSPHRASE)


def test_devices_are_enrolled_and_ended_and_what_comes_behind_the_end_is_counted(county, desk):
    people_added(county, "检查员丙")
    desk.takes_from(county.workspace)
    device = county.workspace.device.id
    enrolment.enrol_device(desk.workspace, device[:12], desk.holder, now=NOW)
    enrolment.end_device(desk.workspace, device, desk.holder, reason="丢失", now=NOW)
    people_added(county, "检查员丁")
    desk.takes_from(county.workspace)
    seen = {one.entity: one for one in enrolment.every(desk.workspace, now=NOW)}
    mine = seen[f"device:{device}"]
    assert (mine.enrolled, mine.ended, mine.reason, mine.after) == (
        NOW.isoformat(),
        NOW.isoformat(),
        "丢失",
        1,
    )
    assert seen[f"device:{desk.workspace.device.id}"].enrolled == ""
    assert statements.of_kind(desk.workspace, "device")[f"device:{device}"].keys() == set(Act)


def test_without_a_pinned_root_nobody_is_said_to_belong(county):
    refused("office-root-not-pinned", enrolment.every, county.workspace, now=NOW)
    refused("office-root-not-pinned", office.trust_file, county.workspace)
    assert office.root(county.workspace) is None


def pictured(desk: Desk, folder: Path, *, codes: int = 1) -> Path:
    """A photo of the office's screen: turned, small in the picture, a little blurred."""
    import segno
    from PIL import Image, ImageFilter

    drawn = io.BytesIO()
    segno.make(office.code(desk.workspace), error="m", boost_error=False).save(drawn, kind="png", scale=5)
    code = Image.open(drawn).convert("L").rotate(6, expand=True, fillcolor=235)
    photo = Image.new("L", (1600, 1000), 90)
    photo.paste(code, (220, 160))
    if codes > 1:
        other = io.BytesIO()
        segno.make("another", micro=False).save(other, kind="png", scale=8)
        photo.paste(Image.open(other).convert("L"), (1100, 300))
    file = folder / "IMG_1.jpg"
    photo.filter(ImageFilter.GaussianBlur(1.1)).save(file, quality=80)
    return file


def test_the_root_is_pinned_by_a_photo_of_its_code_or_by_the_text_that_a_phone_read(county, desk, tmp_path):
    photo = pictured(desk, tmp_path)
    shown = office.root(desk.workspace).fingerprint
    assert office.fingerprint(photo).fingerprint == shown
    said = office.code(desk.workspace).lower()
    broken = "\n".join(said[at : at + 60] for at in range(0, len(said), 60))
    assert office.fingerprint(broken).fingerprint == shown
    office.pin(county.workspace, photo, now=NOW)
    assert office.root(county.workspace).fingerprint == shown


def test_a_picture_that_shows_no_root_is_refused_by_name_and_other_codes_do_not_matter(desk, tmp_path):
    from tests.documents.sheets import picture

    bare = tmp_path / "wall.jpg"
    bare.write_bytes(picture(1))
    refused("qr-none", office.fingerprint, bare)
    assert office.fingerprint(pictured(desk, tmp_path, codes=2)) == office.fingerprint(
        office.code(desk.workspace)
    )
    refused("qr-other", office.fingerprint, "another text")
    refused("qr-other", office.fingerprint, office.code(desk.workspace)[:18] + "0189")
    refused("trust-unreadable", office.fingerprint, office.code(desk.workspace)[:-40])
    text = tmp_path / "note.txt"
    text.write_text("nothing", "utf-8")
    refused("trust-unreadable", office.fingerprint, text)
