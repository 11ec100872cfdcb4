"""The office's root: made, kept in a safe as paper, pinned on each laptop. `services.enrolment` says what it is for."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from inspector.documents import authority, certificates, recovery, trust
from inspector.documents.authority import Authority as Authority
from inspector.ledger.record import Record
from inspector.model.errors import BadInput, Refused
from inspector.model.person import MAX_NAME_BYTES, Person
from inspector.model.rows import fault_of_form, tidy
from inspector.services import people, root_code, sealing, statements
from inspector.services.drafts import stamp
from inspector.store import entities, keyfiles, local, records
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)
_SETTING = "setting:office"


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """A root as people compare it: its name, the SHA-256 of its certificate, until when it holds (RFC 3339), whether
    its key lies on this laptop."""

    name: str
    fingerprint: str
    until: str
    key_here: bool = False


class Pinned(msgspec.Struct, frozen=True, kw_only=True):
    """What pinning did: the root, and the people here who got their certificate by the same file."""

    root: Root
    people: tuple[str, ...] = ()


def root(workspace: Workspace) -> Root | None:
    """The pinned root; None until somebody has pinned one."""
    found = statements.pinned(workspace)
    if found is None:
        return None
    return _told(found, key_here=keyfiles.read_root(workspace) is not None)


def offered(workspace: Workspace) -> Root | None:
    """The root that the records name, whoever wrote them: it may be compared and pinned, and is not trusted by that."""
    found = _offered(workspace)
    return _told(found) if found is not None else None


def pin_offered(workspace: Workspace, fingerprint: str, *, now: datetime) -> Pinned:
    """Pins the root that the records name, once a person has compared its fingerprint. Raises Refused
    `office-root-other`: another one is pinned, or the records name another one by now."""
    certificate = _offered(workspace)
    if certificate is None or authority.fingerprint(certificate) != fingerprint:
        other = authority.fingerprint(certificate)[:16] if certificate is not None else ""
        raise Refused("office-root-other", name="", digits=fingerprint[:16], other=other)
    return pin(workspace, authority.code_text(certificate), now=now)


def _offered(workspace: Workspace) -> x509.Certificate | None:
    with workspace.reading() as db:
        said = entities.shown_of(db, "setting").get(_SETTING, {}).get("root")
    try:
        return x509.load_der_x509_certificate(bytes.fromhex(str(said))) if said else None
    except ValueError:  # written by a foreign program
        return None


def begin(workspace: Workspace, *, name: str, passphrase: str, now: datetime) -> tuple[Root, bytes]:
    """Makes the office's root on this laptop and pins it, and the key that seals the ledger's sticks; the root, and its
    recovery sheet (PDF), which is nowhere else. It takes a second. Raises BadInput `office-name-unusable`; Refused
    `passphrase-too-short`, `office-root-exists`."""
    named = tidy(name)
    if not named or fault_of_form(named) or len(named.encode("utf-8")) > MAX_NAME_BYTES:
        raise BadInput("office-name-unusable", name=name)
    certificates.require_passphrase(passphrase)
    known = root(workspace) or offered(workspace)
    if known is not None:
        raise Refused("office-root-exists", name=known.name, digits=known.fingerprint[:16])
    made = authority.new_root(name=named, at=now)
    paper = recovery.sheet(made, ledger=workspace.ledger, at=now)
    _keep(workspace, made, passphrase, now=now)
    with suppress(Refused):  # the ledger's key may have been made before
        sealing.make(workspace, now=now)
    _log.info("office root made")
    return _told(made.certificate, key_here=True), paper


def recover(workspace: Workspace, code: str, pem: Path | None, *, passphrase: str, now: datetime) -> Root:
    """The root's key again, out of the code on its recovery sheet and a file with its certificate (None: the pinned
    one), under a new passphrase. Raises BadInput `office-code-invalid` and those of `pin`; Refused
    `office-code-other`, `passphrase-too-short`, `office-root-other`, `office-root-not-pinned`."""
    certificates.require_passphrase(passphrase)
    certificate = _brought(pem)[0] if pem is not None else statements.pinned(workspace)
    if certificate is None:
        raise Refused("office-root-not-pinned")
    _require_same(workspace, certificate)
    _keep(workspace, authority.recovered(code, certificate), passphrase, now=now)
    return _told(certificate, key_here=True)


def fingerprint(brought: Path | str) -> Root:
    """The root that somebody brings (a PEM file, a picture of its QR code, or the code's text), to be compared before
    it is pinned. Raises BadInput `trust-unreadable`, `office-root-missing` and those of `root_code.pem`."""
    return _told(_brought(brought)[0])


def pin(workspace: Workspace, brought: Path | str, *, now: datetime) -> Pinned:
    """From now on this laptop trusts the root that somebody brings, and takes the certificates in a file for the people
    whose key and name they bear. The same again changes nothing. Raises like `fingerprint`; Refused
    `office-root-other`: another root is pinned, and stays."""
    certificate, issued = _brought(brought)
    _require_same(workspace, certificate)
    with workspace.transaction() as db:
        local.put(db, statements.PIN, _hex(certificate))
    got = [person.name for one in issued if (person := _take(workspace, one, now=now))]
    return Pinned(
        root=_told(certificate, key_here=keyfiles.read_root(workspace) is not None), people=tuple(got)
    )


def unlock(workspace: Workspace, passphrase: str) -> Authority:
    """The root with its key. Raises Refused `office-root-not-here`, `passphrase-wrong`."""
    p12 = keyfiles.read_root(workspace)
    if p12 is None:
        raise Refused("office-root-not-here")
    return Authority(*certificates.opened(p12, passphrase))


def sheet(workspace: Workspace, passphrase: str, *, now: datetime) -> bytes:
    """The recovery sheet (PDF) once more, where the root's key lies. Raises those of `unlock`."""
    return recovery.sheet(unlock(workspace, passphrase), ledger=workspace.ledger, at=now)


def request(workspace: Workspace, who: str, passphrase: str) -> bytes:
    """The request (PEM) with which a person asks the office to certify his key. Raises those of `people.unlock`."""
    person = people.one(workspace, who)
    key = people.key_of(workspace, person, passphrase)
    return authority.request(key, name=person.name, organisation=person.organisation, person=person.id)


def trust_file(workspace: Workspace) -> bytes:
    """The root and all certificates that it has issued, as one PEM file for `verify --trust` and for pinning. Raises
    Refused `office-root-not-pinned`."""
    certificate = statements.pinned(workspace)
    if certificate is None:
        raise Refused("office-root-not-pinned")
    issued = {
        one.public_bytes(Encoding.PEM)
        for person in people.every(workspace)
        for one in people.certificates_of(person)
        if trust.issued_by(one, certificate)
    }
    return certificate.public_bytes(Encoding.PEM) + b"".join(sorted(issued))


def code(workspace: Workspace) -> str:
    """The pinned root as the text of a QR code. Raises Refused `office-root-not-pinned`."""
    certificate = statements.pinned(workspace)
    if certificate is None:
        raise Refused("office-root-not-pinned")
    return authority.code_text(certificate)


def _brought(brought: Path | str) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    pem = root_code.pem(brought)
    return authority.root_of(pem, path=brought.name if isinstance(brought, Path) else authority.CODE_PREFIX)


def _take(workspace: Workspace, certificate: x509.Certificate, *, now: datetime) -> Person | None:
    """The person who got this certificate; None if nobody here has its key under its name, or he has it already."""
    person = people.whose_key(workspace, certificate)
    if person is None or person.name != trust.common_name(certificate):
        return None
    return person if add_certificate(workspace, person, certificate, now=now) else None


def add_certificate(
    workspace: Workspace, person: Person, certificate: x509.Certificate, *, now: datetime
) -> bool:
    """Adds a certificate to those of a person; whether it is a new one."""
    der = certificate.public_bytes(Encoding.DER).hex()
    if der in person.certificates:
        return False
    said = {"certificates": [*person.certificates, der]}
    write(workspace, "person", person.id, said, now=now)
    return True


def write(workspace: Workspace, kind: str, entity: str, said: dict[str, Any], *, now: datetime) -> None:
    """One record that sets these fields of an entity."""
    with workspace.transaction() as db:
        record = Record(kind, entity, records.heads(db, entity), {"set": said})
        records.append(db, workspace, (record,), person=None, wall=stamp(now))


def _keep(workspace: Workspace, made: Authority, passphrase: str, *, now: datetime) -> None:
    """The key first, then the pin, then the record: each is of use without the next."""
    keyfiles.put_root(workspace, certificates.seal(made.key, made.certificate, passphrase=passphrase))
    with workspace.transaction() as db:
        local.put(db, statements.PIN, _hex(made.certificate))
        said = {"name": trust.common_name(made.certificate), "root": _hex(made.certificate)}
        if entities.shown_of(db, "setting").get(_SETTING) != said:
            record = Record("setting", _SETTING, records.heads(db, _SETTING), {"set": said})
            records.append(db, workspace, (record,), person=None, wall=stamp(now))


def _require_same(workspace: Workspace, certificate: x509.Certificate) -> None:
    known = statements.pinned(workspace)
    if known is not None and known != certificate:
        raise Refused(
            "office-root-other",
            name=trust.common_name(known),
            digits=authority.fingerprint(known)[:16],
            other=authority.fingerprint(certificate)[:16],
        )


def _told(certificate: x509.Certificate, *, key_here: bool = False) -> Root:
    return Root(
        name=trust.common_name(certificate),
        fingerprint=authority.fingerprint(certificate),
        until=stamp(certificate.not_valid_after_utc),
        key_here=key_here,
    )


def _hex(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.DER).hex()
