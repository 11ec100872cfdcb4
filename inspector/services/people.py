"""People (人员): the inspectors, their certificates, and the keys that lie on this laptop."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from inspector.documents import certificates, sign, trust
from inspector.ledger.record import Record
from inspector.model import canonical
from inspector.model.errors import BadInput, Refused
from inspector.model.person import MAX_NAME_BYTES, Person
from inspector.model.rows import fault_of_form, tidy
from inspector.services import lists, statements
from inspector.services.drafts import stamp
from inspector.store import entities, keyfiles, records
from inspector.store import people as store
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)


class Unlocked(msgspec.Struct, frozen=True):
    """A person whose key was opened with his passphrase: who can sign now."""

    person: Person
    signer: sign.Signer


def add(
    workspace: Workspace,
    *,
    name: str,
    organisation: str,
    position: str,
    passphrase: str,
    now: datetime,
    number: str = "",
) -> Person:
    """A new person with a key and a self-signed certificate on this laptop; both are on the disk when this returns.
    `number` is the 证件号. It takes half a second. Raises Refused `passphrase-too-short`, BadInput
    `person-name-missing`, `person-name-too-long`, `person-text-unusable`."""
    person = _checked(workspace, name=name, organisation=organisation, position=position, number=number)
    made = certificates.new_identity(
        person=person.id,
        name=person.name,
        organisation=person.organisation,
        passphrase=passphrase,
        at=now,
    )
    return _keep(workspace, person, made.p12, made.certificate, now=now)


def import_p12(
    workspace: Workspace,
    path: Path,
    passphrase: str,
    *,
    now: datetime,
    organisation: str = "",
    position: str = "",
    number: str = "",
) -> Person:
    """Take in a key that its owner brings (P-256, with its certificate). A person whose key it is already gets the
    file, and the certificate where it is a new one (an office has certified the key). For any other key there is a
    new person, named as the certificate does; so is the organisation, unless one is given.

    The file is sealed anew with the rounds that all keys here have; certificates of issuers in it are left out, since
    `verify --trust` brings them. Raises BadInput `p12-unreadable`, `p12-unusable` and those of `add`; Refused
    `passphrase-wrong`, `passphrase-too-short`, `certificate-not-usable`, `certificate-other-name` (his key under
    another name: whom would it prove?)."""
    try:
        brought = path.read_bytes()
    except OSError as error:
        raise BadInput("p12-unreadable", file=path.name, reason=error.strerror or str(error)) from error
    certificates.require_passphrase(passphrase)
    key, certificate = certificates.opened(brought, passphrase)
    if trust.usable(certificate, now) is not None:
        raise Refused("certificate-not-usable", file=path.name, name=trust.common_name(certificate))
    person = whose_key(workspace, certificate)
    if person is None:
        person = _checked(
            workspace,
            name=trust.common_name(certificate),
            organisation=organisation or certificates.organisation(certificate),
            position=position,
            number=number,
        )
    elif certificate in (known := _of_key(certificates_of(person), certificate)):
        certificate = known[-1]  # the office may have certified the key since the file was written
    elif trust.common_name(certificate) != certificates.fitting(person.name):
        name = trust.common_name(certificate)
        raise Refused("certificate-other-name", file=path.name, name=name, person=person.name)
    p12 = certificates.seal(key, certificate, passphrase=passphrase)
    return _keep(workspace, person, p12, certificate.public_bytes(Encoding.DER), now=now)


def unlock(workspace: Workspace, person: str, passphrase: str) -> Unlocked:
    """The person (an entity) with his key opened; the passphrase is not kept. It takes half a second.
    Raises BadInput `person-unknown`, `person-key-missing` (this laptop has no key of his, or only one that his newest
    certificate does not speak of); Refused `passphrase-wrong`, `person-ended`: the office's root has said so."""
    who = one(workspace, person)
    for entity in (who.id, _key_entity(workspace, _entered(workspace, who))):
        if (end := statements.ended(workspace, entity)) is not None:
            raise Refused("person-ended", name=who.name, date=end.at[:10])
    key = key_of(workspace, who, passphrase)
    newest = certificates_of(who)[-1]  # the office may have certified the key since the file was written
    return Unlocked(who, sign.signer(key, newest))


def key_of(workspace: Workspace, person: Person, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """The key of a person, if his newest certificate speaks of it. Raises those of `unlock`."""
    p12 = keyfiles.read(workspace, _key_entity(workspace, _entered(workspace, person)))
    if p12 is None:
        raise BadInput("person-key-missing", name=person.name)
    key, _ = certificates.opened(p12, passphrase)
    newest = certificates_of(person)[-1:]
    mine = [
        one
        for one in newest
        if one.public_key() == key.public_key()
        and trust.common_name(one) == certificates.fitting(person.name)
    ]
    if not mine:
        raise BadInput("person-key-missing", name=person.name)
    return key


def every(workspace: Workspace) -> list[Person]:
    """All people, by organisation and name. Of one who was entered twice and joined, the last certificate is that of
    the key which lies on this laptop: he signs with it here."""
    with workspace.reading() as db:
        everybody, twice = store.every(db), store.entered(db)
    return [_as_here(workspace, one, twice[one.id]) if one.id in twice else one for one in everybody]


def with_key_here(workspace: Workspace) -> frozenset[str]:
    """The people (entities) whose key lies on this laptop: who can sign here."""
    with workspace.reading() as db:
        everybody, twice = store.every(db), store.entered(db)
    return frozenset(
        person.id
        for person in everybody
        if any(keyfiles.lies_here(workspace, one.id) for one in twice.get(person.id, [person]))
    )


def by_entity(workspace: Workspace) -> dict[str, Person]:
    """Everybody under each name that records may call him by: his entity, and those that were joined into it."""
    with workspace.reading() as db:
        twice = store.entered(db)
    everybody = {person.id: person for person in every(workspace)}
    return everybody | {part.id: everybody[person] for person, parts in twice.items() for part in parts}


def one(workspace: Workspace, which: str) -> Person:
    """The person with this entity (or the one it was joined into), or this name if only one bears it.
    Raises BadInput `person-unknown`, `person-ambiguous`."""
    with workspace.reading() as db:
        entity = entities.joined_to(db, which)
    everybody = every(workspace)
    found = [person for person in everybody if entity == person.id]
    found = found or [person for person in everybody if which == person.name]
    if len(found) != 1:
        raise BadInput("person-ambiguous" if found else "person-unknown", name=which)
    return found[0]


def fingerprint(person: Person) -> str:
    """The SHA-256 of the certificate that he signs with, in lower-case hex; empty if he has none."""
    try:
        return canonical.sha256(bytes.fromhex(person.certificates[-1]))
    except (IndexError, ValueError):  # what another laptop wrote may be no hex
        return ""


def _checked(workspace: Workspace, *, name: str, organisation: str, position: str, number: str) -> Person:
    """A new person out of what was typed. Raises BadInput `person-name-missing`,
    `person-name-too-long`, `person-text-unusable`."""
    person = Person(
        id=workspace.new_id("person"),
        name=tidy(name),
        organisation=tidy(organisation),
        position=tidy(position),
        certificate_number=tidy(number),
    )
    if not person.name.strip():
        raise BadInput("person-name-missing")
    if len(person.name.encode("utf-8")) > MAX_NAME_BYTES:
        raise BadInput("person-name-too-long", name=person.name)
    for text in (person.name, person.organisation, person.position, person.certificate_number):
        if fault_of_form(text):
            raise BadInput("person-text-unusable", text=text)
    return person


def whose_key(workspace: Workspace, certificate: x509.Certificate) -> Person | None:
    """The person whose newest certificate is for this key, whoever signed it; None if nobody here has it. Who was
    entered twice and joined has a newest one of each."""
    with workspace.reading() as db:
        twice = store.entered(db)
    for person in every(workspace):
        newest = [certificates_of(each)[-1:] for each in twice.get(person.id, [person])]
        if any(_of_key(known, certificate) for known in newest):
            return person
    return None


def certificates_of(person: Person) -> list[x509.Certificate]:
    """The certificates of a person, the newest last; none if another laptop wrote what is none."""
    try:
        return [x509.load_der_x509_certificate(bytes.fromhex(der)) for der in person.certificates]
    except ValueError:
        return []


def _of_key(known: Iterable[x509.Certificate], certificate: x509.Certificate) -> list[x509.Certificate]:
    """Those of the certificates that speak of the same key."""
    key = trust.public_key_sha256(certificate)
    return [one for one in known if trust.public_key_sha256(one) == key]


def _entered(workspace: Workspace, person: Person) -> Sequence[Person]:
    with workspace.reading() as db:
        return store.entered(db).get(person.id, [person])


def _key_entity(workspace: Workspace, parts: Sequence[Person]) -> str:
    """Under which name the key of a person lies here: his own, else that of one who was joined into him."""
    held = (one.id for one in parts if keyfiles.lies_here(workspace, one.id))
    return next(held, parts[0].id)


def _as_here(workspace: Workspace, person: Person, parts: Sequence[Person]) -> Person:
    entity = _key_entity(workspace, parts)
    last = next(part.certificates for part in parts if part.id == entity)
    before = (der for der in person.certificates if der not in last)
    return msgspec.structs.replace(person, certificates=(*before, *last))


def _keep(workspace: Workspace, person: Person, p12: bytes, certificate: bytes, *, now: datetime) -> Person:
    """The key first: without its record it does no harm."""
    keyfiles.put(workspace, person.id, p12)
    own = [der for der in person.certificates if der != certificate.hex()]
    after = msgspec.structs.replace(person, certificates=(*own, certificate.hex()))
    with workspace.transaction() as db:
        new = lists.fields(after, entities.shown_of(db, "person").get(person.id, {}))
        if new:
            record = Record("person", person.id, records.heads(db, person.id), {"set": new})
            records.append(db, workspace, (record,), person=None, wall=stamp(now))
    _log.info("person kept, %d certificates", len(after.certificates))
    return after
