import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from inspector.documents import certificates
from inspector.ledger.record import Record
from inspector.model.errors import InspectorError
from inspector.model.person import Person
from inspector.services import deciding, people, workspaces
from inspector.store import records
from inspector.store.workspace import Workspace
from tests.county import NOW, PASSPHRASE

RARE = "口令：𬭎𠮷 ok"
WEAK = serialization.BestAvailableEncryption(b"example1")


def add(workspace: Workspace, name: str = "检查员甲", **given: str) -> Person:
    fields = {"organisation": "县创建办", "position": "组长", "passphrase": PASSPHRASE, **given}
    return people.add(workspace, name=name, now=NOW, **fields)


@pytest.fixture(scope="module")
def one_of_us(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Person]]:
    """A workspace with one inspector, for tests that change nothing: a key takes its time."""
    path = tmp_path_factory.mktemp("people") / "workspace"
    with workspaces.create(path, ledger=workspaces.DEMO) as workspace:
        yield workspace, add(workspace, number="Z-17", passphrase=RARE)


def key_file(workspace: Workspace, person: Person) -> Path:
    return workspace.path / "people" / f"{person.id.removeprefix('person:')}.p12"


def certificate(person: Person) -> x509.Certificate:
    return x509.load_der_x509_certificate(bytes.fromhex(person.certificates[-1]))


def issued(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    name: str = "检查员丙",
    begin: datetime = NOW - timedelta(days=1),
    signs: bool = True,
) -> x509.Certificate:
    """A certificate that an office's CA could have issued."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "县城市管理局"),
        ]
    )
    usage = x509.KeyUsage(signs, signs, False, False, False, not signs, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例县根证书")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    )


def brought(
    folder: Path,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    made: x509.Certificate | None,
    sealed: serialization.KeySerializationEncryption = WEAK,
) -> Path:
    file = folder / "brought.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, made, None, sealed))
    return file


def refused(call: object, *given: object, **named: object) -> str:
    with pytest.raises(InspectorError) as error:
        call(*given, **named)  # type: ignore[operator]
    return error.value.key


def test_a_person_who_was_added_can_sign_here(one_of_us: tuple[Workspace, Person]):
    workspace, person = one_of_us
    assert people.every(workspace) == [person]
    assert (person.name, person.organisation, person.position, person.certificate_number) == (
        "检查员甲",
        "县创建办",
        "组长",
        "Z-17",
    )
    unlocked = people.unlock(workspace, person.id, RARE)
    assert unlocked.person == person
    own = unlocked.signer.signing_cert
    assert own is not None
    assert own.dump().hex() == person.certificates[-1]


def test_the_certificate_names_its_holder_for_ten_years_and_signs_documents_only(
    one_of_us: tuple[Workspace, Person],
):
    _, person = one_of_us
    made = certificate(person)
    names = {one.oid: one.value for one in made.subject}
    assert names == {
        NameOID.COMMON_NAME: "检查员甲",
        NameOID.ORGANIZATION_NAME: "县创建办",
        NameOID.SERIAL_NUMBER: person.id,
    }
    assert made.issuer == made.subject
    made.verify_directly_issued_by(made)
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert made.not_valid_before_utc <= NOW <= made.not_valid_after_utc
    assert (made.not_valid_after_utc - NOW).days == 3650
    usage = made.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert made.extensions.get_extension_for_oid(x509.ObjectIdentifier("2.5.29.56"))


def test_the_fingerprint_is_that_of_the_certificate(one_of_us: tuple[Workspace, Person]):
    _, person = one_of_us
    assert people.fingerprint(person) == certificate(person).fingerprint(hashes.SHA256()).hex()
    assert people.fingerprint(Person(id="person:x", name="x")) == ""


def rounds(p12: bytes) -> set[int]:
    """Every iteration count in the file: of its MAC, and of what seals key and certificate."""
    file = asn1.Pfx.load(p12)
    found = {file["mac_data"]["iterations"].native}
    for part in file.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            found.add(
                part["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations
            )
        else:
            for bag in asn1.SafeContents.load(part["content"].native):
                found.add(bag["bag_value"]["encryption_algorithm"].kdf_iterations)
    return found


def test_nothing_in_a_key_file_can_be_guessed_at_fewer_than_600000_rounds(
    one_of_us: tuple[Workspace, Person],
):
    assert rounds(key_file(*one_of_us).read_bytes()) == {600_000}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_the_key_file_opens_in_openssl(one_of_us: tuple[Workspace, Person]):
    file = key_file(*one_of_us)
    command = ["openssl", "pkcs12", "-in", str(file), "-info", "-nodes", "-passin", f"pass:{RARE}"]
    told = subprocess.run(command, capture_output=True, check=True)
    assert re.findall(rb"PBES2, PBKDF2, AES-256-CBC, Iteration (\d+), PRF hmacWithSHA256", told.stderr) == [
        b"600000",
        b"600000",
    ]
    assert b"BEGIN PRIVATE KEY" in told.stdout


def test_a_key_file_is_not_for_others(one_of_us: tuple[Workspace, Person]):
    assert key_file(*one_of_us).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("passphrase", ["", "1234567", "一二三四五六七"])
def test_a_short_passphrase_makes_no_person(workspace: Workspace, passphrase: str):
    assert refused(add, workspace, passphrase=passphrase) == "passphrase-too-short"
    assert people.every(workspace) == []
    assert list((workspace.path / "people").iterdir()) == []


def test_a_wrong_passphrase_opens_nothing(one_of_us: tuple[Workspace, Person]):
    workspace, person = one_of_us
    assert refused(people.unlock, workspace, person.id, "example2") == "passphrase-wrong"


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"name": "　"}, "person-name-missing"),
        ({"name": "长" * 22}, "person-name-too-long"),
        ({"name": "甲\u202e乙"}, "person-text-unusable"),
        ({"organisation": "=cmd()"}, "person-text-unusable"),
        ({"position": "组\n长"}, "person-text-unusable"),
    ],
)
def test_what_nobody_is_called_makes_no_person(workspace: Workspace, given: dict[str, str], key: str):
    assert refused(add, workspace, **given) == key
    assert people.every(workspace) == []


def test_a_name_of_twenty_one_characters_stands_in_the_certificate_whole(workspace: Workspace):
    person = add(workspace, name="长" * 21)
    assert certificate(person).subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == person.name


def test_two_people_may_share_a_name_and_are_told_apart_by_their_id(workspace: Workspace):
    _, second = add(workspace), add(workspace, organisation="县城管局")
    assert refused(people.unlock, workspace, "检查员甲", PASSPHRASE) == "person-ambiguous"
    assert people.one(workspace, second.id) == second
    assert refused(people.one, workspace, "检查员丁") == "person-unknown"


def test_after_a_restart_people_sign_as_long_as_their_key_file_is_there(tmp_path: Path):
    with workspaces.create(tmp_path / "w", ledger=workspaces.DEMO) as first:
        person = add(first)
    with workspaces.opened(tmp_path / "w") as again:
        assert people.every(again) == [person]
        assert people.unlock(again, person.id, PASSPHRASE).person == person
        key_file(again, person).unlink()
        assert refused(people.unlock, again, person.id, PASSPHRASE) == "person-key-missing"


def test_a_key_that_its_owner_brings_makes_a_person_and_is_sealed_anew(workspace: Workspace, tmp_path: Path):
    key = ec.generate_private_key(ec.SECP256R1())
    file = brought(tmp_path, key, issued(key))
    person = people.import_p12(workspace, file, PASSPHRASE, now=NOW, position="科员")
    assert (person.name, person.organisation, person.position) == ("检查员丙", "县城市管理局", "科员")
    assert rounds(key_file(workspace, person).read_bytes()) == {600_000}
    assert people.unlock(workspace, "检查员丙", PASSPHRASE).person == person
    assert people.every(workspace) == [person]


def test_bringing_the_same_key_again_changes_nothing(workspace: Workspace, tmp_path: Path):
    key = ec.generate_private_key(ec.SECP256R1())
    file = brought(tmp_path, key, issued(key))
    first = people.import_p12(workspace, file, PASSPHRASE, now=NOW)
    key_file(workspace, first).unlink()
    assert people.import_p12(workspace, file, PASSPHRASE, now=NOW) == first
    assert people.unlock(workspace, first.id, PASSPHRASE).person == first
    with workspace.reading() as db:
        assert db.execute("SELECT count(*) FROM batch").fetchone() == (1,)


def test_an_office_that_certified_the_key_adds_a_certificate_to_the_person(
    workspace: Workspace, tmp_path: Path
):
    person = add(workspace)
    own = key_file(workspace, person)
    key, self_signed = certificates.opened(own.read_bytes(), PASSPHRASE)
    better = issued(key, name=person.name)
    enrolled = people.import_p12(workspace, brought(tmp_path, key, better), PASSPHRASE, now=NOW)
    assert enrolled.id == person.id
    assert enrolled.certificates == (
        *person.certificates,
        better.public_bytes(serialization.Encoding.DER).hex(),
    )
    old = brought(tmp_path, key, self_signed)
    assert people.import_p12(workspace, old, PASSPHRASE, now=NOW) == enrolled
    assert people.unlock(workspace, person.id, PASSPHRASE).person == enrolled


def test_a_key_file_older_than_the_newest_certificate_signs_with_the_newest(workspace: Workspace):
    person = add(workspace)
    key, _ = certificates.opened(key_file(workspace, person).read_bytes(), PASSPHRASE)
    newer = learn(workspace, person, key, person.name)
    unlocked = people.unlock(workspace, person.id, PASSPHRASE)
    assert unlocked.signer.signing_cert.dump().hex() == newer == unlocked.person.certificates[-1]


def test_a_certificate_of_another_key_or_another_name_lets_nobody_sign(workspace: Workspace):
    person = add(workspace)
    key, _ = certificates.opened(key_file(workspace, person).read_bytes(), PASSPHRASE)
    learn(workspace, person, key, "检查员丁")
    assert refused(people.unlock, workspace, person.id, PASSPHRASE) == "person-key-missing"
    learn(workspace, person, ec.generate_private_key(ec.SECP256R1()), person.name)
    assert refused(people.unlock, workspace, person.id, PASSPHRASE) == "person-key-missing"


def learn(workspace: Workspace, person: Person, key: ec.EllipticCurvePrivateKey, name: str) -> str:
    """A certificate that another laptop added to a person."""
    newer = issued(key, name=name).public_bytes(serialization.Encoding.DER).hex()
    with workspace.transaction() as db:
        fields = {"set": {"certificates": [*person.certificates, newer]}}
        learnt = Record("person", person.id, records.heads(db, person.id), fields)
        records.append(db, workspace, (learnt,), person=None, wall=NOW.isoformat())
    return newer


def test_a_certificate_of_a_known_key_under_another_name_is_refused(workspace: Workspace, tmp_path: Path):
    person = add(workspace)
    key, _ = certificates.opened(key_file(workspace, person).read_bytes(), PASSPHRASE)
    file = brought(tmp_path, key, issued(key, name="检查员丁"))
    assert refused(people.import_p12, workspace, file, PASSPHRASE, now=NOW) == "certificate-other-name"
    assert people.every(workspace) == [person]


def test_what_is_no_key_for_signing_is_refused(workspace: Workspace, tmp_path: Path):
    def take(file: Path, passphrase: str = PASSPHRASE) -> str:
        return refused(people.import_p12, workspace, file, passphrase, now=NOW)

    key = ec.generate_private_key(ec.SECP256R1())
    good = brought(tmp_path, key, issued(key))
    assert take(good, "example2") == "passphrase-wrong"
    assert take(good, "short") == "passphrase-too-short"
    assert take(brought(tmp_path, key, None)) == "p12-unusable"
    other = ec.generate_private_key(ec.SECP384R1())
    assert take(brought(tmp_path, other, issued(other))) == "p12-unusable"
    old = rsa.generate_private_key(65537, 2048)
    assert take(brought(tmp_path, old, issued(old))) == "p12-unusable"
    expired = issued(key, begin=NOW - timedelta(days=800))
    assert take(brought(tmp_path, key, expired)) == "certificate-not-usable"
    assert take(brought(tmp_path, key, issued(key, signs=False))) == "certificate-not-usable"
    junk = tmp_path / "junk.p12"
    junk.write_bytes(b"0\x03\x02\x01\x03")
    assert take(junk) == "p12-unusable"
    assert take(tmp_path / "nowhere.p12") == "p12-unreadable"
    assert people.every(workspace) == []


def test_a_hostile_person_from_another_laptop_stops_nobody(workspace: Workspace, tmp_path: Path):
    key = ec.generate_private_key(ec.SECP256R1())
    der = issued(key).public_bytes(serialization.Encoding.DER).hex()
    with workspace.transaction() as db:
        batch = tuple(
            Record("person", entity, (), {"set": {"name": "检查员丙", "certificates": [certificate]}})
            for entity, certificate in (("person:../../out", der), ("person:AAAAAAAAAAAAAAAA", "no hex"))
        )
        records.append(db, workspace, batch, person=None, wall=NOW.isoformat())
    file = brought(tmp_path, key, issued(key))
    assert refused(people.import_p12, workspace, file, PASSPHRASE, now=NOW) == "person-unknown"
    assert not (workspace.path.parent / "out.p12").exists()
    assert [
        people.fingerprint(one) for one in people.every(workspace) if one.certificates == ("no hex",)
    ] == [""]
    assert people.unlock(workspace, add(workspace).id, PASSPHRASE)


def test_who_was_entered_twice_and_joined_signs_with_the_key_that_lies_here(tmp_path: Path):
    with workspaces.create(tmp_path / "w", ledger=workspaces.DEMO) as laptop:
        kept, gone = add(laptop), add(laptop, position="科员")
        here, there = key_file(laptop, gone), key_file(laptop, kept)
        aside = there.rename(tmp_path / "elsewhere.p12")
        deciding.join(laptop, gone.id, kept.id, now=NOW)
        (person,) = people.every(laptop)
        assert person.id == kept.id
        assert set(person.certificates) == {*kept.certificates, *gone.certificates}
        assert people.with_key_here(laptop) == {kept.id}
        assert people.fingerprint(person) == people.fingerprint(gone), "the sheet names the key that signs it"
        assert people.unlock(laptop, kept.id, PASSPHRASE).person == person
        assert people.unlock(laptop, gone.id, PASSPHRASE).person == person, "drafts may name him as before"
        assert people.by_entity(laptop) == {kept.id: person, gone.id: person}
        brought_back = people.import_p12(laptop, aside, PASSPHRASE, now=NOW)
        assert brought_back.id == kept.id
        here.unlink()
        assert people.fingerprint(people.one(laptop, kept.id)) == people.fingerprint(kept)
        assert people.unlock(laptop, kept.id, PASSPHRASE).person.id == kept.id
