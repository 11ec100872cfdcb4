"""Who belongs to the office: people whose key its root has certified, devices that it knows, and those that ended.

Enrolling certifies the key that a person already has; what he signed before is proved by the equal public key. By files
(request out, certificate back) or by the records that a sync brings.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from inspector.documents import authority, trust
from inspector.documents.authority import Authority, Request
from inspector.model.errors import BadInput, Refused
from inspector.model.office import Act, Statement
from inspector.model.person import Person
from inspector.model.rows import tidy
from inspector.services import copies, office, people, root_code, statements
from inspector.services.drafts import plain, stamp
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what was enrolled or ended: `kind` is person or device; `certificate` the SHA-256 of a person's new
    certificate; `pem` a file for him: the root and his certificate."""

    kind: str
    entity: str
    name: str
    certificate: str = ""
    pem: bytes = b""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the pinned root sees a person or a device: `enrolled` and `ended` are RFC 3339, empty where it says nothing.
    `after` counts the batches of an ended device behind its head: they are kept, and shown as such."""

    kind: str
    entity: str
    name: str
    enrolled: str = ""
    ended: str = ""
    reason: str = ""
    after: int = 0


def enrol_request(workspace: Workspace, path: Path, holder: Authority, *, now: datetime) -> Enrolled:
    """The certificate for a request that came as a file; `pem` goes back. Where the person is known here, his
    certificate is a record as well; else he brings it with the file. Raises BadInput `office-request-unusable`;
    Refused `office-name-differs`: the key is known here under another name."""
    return _certify(
        workspace, authority.read_request(root_code.read_file(path), path=path.name), holder, now=now
    )


def enrol_person(workspace: Workspace, who: str, holder: Authority, *, now: datetime) -> Enrolled:
    """The certificate for somebody whose self-signed one came with a sync: it proves that he has the key. Raises
    BadInput `person-unknown`, `person-ambiguous`; Refused `office-person-not-proven`."""
    person = people.one(workspace, who)
    newest = _newest(person)
    key = newest.public_key() if newest else None
    known = newest is not None and (trust.self_signed(newest) or trust.issued_by(newest, holder.certificate))
    if newest is None or not known or not isinstance(key, ec.EllipticCurvePublicKey):
        raise Refused("office-person-not-proven", name=person.name)
    asked = Request(key, person.name, person.organisation, person.id)
    return _certify(workspace, asked, holder, now=now)


def enrol_device(workspace: Workspace, which: str, holder: Authority, *, now: datetime) -> Enrolled:
    """States that a device belongs to the office. Raises BadInput `device-unknown`."""
    device, label = _device(workspace, which, now)
    return _state(workspace, holder, Act.ENROLLED, "device", f"device:{device}", label, now=now)


def end_device(
    workspace: Workspace, which: str, holder: Authority, *, reason: str, now: datetime
) -> Enrolled:
    """States that a device ended: its last batch that is here is the last that counts as the office's. Raises BadInput
    `device-unknown`."""
    device, label = _device(workspace, which, now)
    with workspace.reading() as db:
        row = db.execute(
            "SELECT hash FROM batch WHERE device = ? ORDER BY seq DESC, hash DESC LIMIT 1", (device,)
        ).fetchone()
    head = row[0] if row else ""
    entity = f"device:{device}"
    return _state(workspace, holder, Act.ENDED, "device", entity, label, now=now, head=head, reason=reason)


def end_person(workspace: Workspace, who: str, holder: Authority, *, reason: str, now: datetime) -> Enrolled:
    """States that a person signs no more for the office; what he signed stays. Raises BadInput `person-unknown`,
    `person-ambiguous`."""
    person = people.one(workspace, who)
    return _state(workspace, holder, Act.ENDED, "person", person.id, person.name, now=now, reason=reason)


def every(workspace: Workspace, *, now: datetime) -> list[Standing]:
    """All people and devices as the pinned root sees them, people first. Raises Refused `office-root-not-pinned`."""
    certificate = statements.pinned(workspace)
    if certificate is None:
        raise Refused("office-root-not-pinned")
    return [*_people(workspace, certificate), *_devices(workspace, now)]


def _people(workspace: Workspace, certificate: x509.Certificate) -> list[Standing]:
    said = statements.of_kind(workspace, "person")
    found = []
    for person in people.every(workspace):
        issued = [one for one in people.certificates_of(person) if trust.issued_by(one, certificate)]
        ended = said.get(person.id, {}).get(Act.ENDED)
        found.append(
            Standing(
                kind="person",
                entity=person.id,
                name=person.name,
                # Certificates begin a day early, since the clocks of laptops differ.
                enrolled=stamp(issued[0].not_valid_before_utc) if issued else "",
                ended=ended.at if ended else "",
                reason=ended.reason if ended else "",
            )
        )
    return found


def _devices(workspace: Workspace, now: datetime) -> list[Standing]:
    said = statements.of_kind(workspace, "device")
    labels = {one.device: one.label for one in copies.laptops(workspace, now=now)}
    with workspace.reading() as db:
        seen = {device for (device,) in db.execute("SELECT DISTINCT device FROM batch")}
    found = []
    for device in sorted(seen | set(labels) | {entity.partition(":")[2] for entity in said}):
        about = said.get(f"device:{device}", {})
        enrolled, ended = about.get(Act.ENROLLED), about.get(Act.ENDED)
        found.append(
            Standing(
                kind="device",
                entity=f"device:{device}",
                name=labels.get(device, "") or device[:8],
                enrolled=enrolled.at if enrolled else "",
                ended=ended.at if ended else "",
                reason=ended.reason if ended else "",
                after=_behind(workspace, device, ended.head) if ended else 0,
            )
        )
    return found


def _behind(workspace: Workspace, device: str, head: str) -> int:
    """How many batches of a device lie behind its last one that counts."""
    with workspace.reading() as db:
        row = db.execute(
            "SELECT count(*) FROM batch WHERE device = ? AND seq >"
            " coalesce((SELECT seq FROM batch WHERE hash = ?), 0)",
            (device, head),
        ).fetchone()
    return int(row[0])


def _certify(workspace: Workspace, asked: Request, holder: Authority, *, now: datetime) -> Enrolled:
    certificate = authority.certify(holder, asked, at=now)
    person = people.whose_key(workspace, certificate)
    if person is not None and person.name != asked.name:
        raise Refused("office-name-differs", name=asked.name, known=person.name)
    if person is not None:
        office.add_certificate(workspace, person, certificate, now=now)
    _log.info("certified a key, %s", "known here" if person else "not known here")
    return Enrolled(
        kind="person",
        entity=person.id if person else asked.person,
        name=asked.name,
        certificate=authority.fingerprint(certificate),
        pem=holder.certificate.public_bytes(Encoding.PEM) + certificate.public_bytes(Encoding.PEM),
    )


def _state(
    workspace: Workspace,
    holder: Authority,
    act: Act,
    kind: str,
    entity: str,
    name: str,
    *,
    now: datetime,
    head: str = "",
    reason: str = "",
) -> Enrolled:
    said = Statement(
        act=act, ledger=workspace.ledger, entity=entity, at=stamp(now), head=head, reason=tidy(reason)
    )
    office.write(workspace, kind, entity, {act.value: plain(authority.sign(holder, said))}, now=now)
    return Enrolled(kind=kind, entity=entity, name=name)


def _device(workspace: Workspace, which: str, now: datetime) -> tuple[str, str]:
    """The device whose id begins so, or that is called so. Raises BadInput `device-unknown`."""
    wanted = which.strip()
    with workspace.reading() as db:
        labels = {device: "" for (device,) in db.execute("SELECT DISTINCT device FROM batch")}
    labels |= {one.device: one.label for one in copies.laptops(workspace, now=now)}
    found = [one for one, label in labels.items() if wanted and (one.startswith(wanted) or label == wanted)]
    if len(found) != 1:
        raise BadInput("device-unknown", device=which)
    return found[0], labels[found[0]] or found[0][:8]


def _newest(person: Person) -> x509.Certificate | None:
    found = people.certificates_of(person)
    return found[-1] if found else None
