"""Whether a certificate holds now, and a new one for the same key when it has ended.

A signature outside of its certificate's dates proves nothing to anybody, for ever: it is refused before it is made.
A laptop that is offline for months needs no office for a new certificate: its owner signs it with the key that he has,
and what he signs is proved by the equal key, as before enrolment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from inspector.documents import certificates
from inspector.model.errors import Refused
from inspector.model.person import Person
from inspector.services import office, people, statements
from inspector.services.people import Unlocked
from inspector.store.workspace import Workspace

SOON = timedelta(days=90)
"""So long before its end a certificate can be renewed, and people are told."""


def require(signers: Iterable[Unlocked], *, now: datetime) -> None:
    """Raises Refused `certificate-ended`, or `certificate-clock`: it begins later than this laptop's clock says."""
    for one in signers:
        certificate = people.certificates_of(one.person)[-1]
        values = {"name": one.person.name, "today": now.date().isoformat()}
        if now > certificate.not_valid_after_utc:
            raise Refused(
                "certificate-ended", day=certificate.not_valid_after_utc.date().isoformat(), **values
            )
        if now < certificate.not_valid_before_utc:
            raise Refused(
                "certificate-clock", day=certificate.not_valid_before_utc.date().isoformat(), **values
            )


def ends(person: Person) -> datetime | None:
    """When the certificate with which a person signs ends; None if he has none."""
    known = people.certificates_of(person)
    return known[-1].not_valid_after_utc if known else None


def due(person: Person, *, now: datetime) -> bool:
    """Whether it is time for a new certificate."""
    end = ends(person)
    return end is not None and end - SOON <= now


def renew(workspace: Workspace, who: str, passphrase: str, *, now: datetime) -> Person:
    """A new self-signed certificate for the key of a person, for ten years; the office may certify it again. Raises
    BadInput `person-unknown`, `person-ambiguous`, `person-key-missing`; Refused `passphrase-wrong`, `person-ended`,
    `certificate-holds` (long enough yet), `certificate-clock`."""
    person = people.one(workspace, who)
    if (end := statements.ended(workspace, person.id)) is not None:
        raise Refused("person-ended", name=person.name, date=end.at[:10])
    newest = people.certificates_of(person)[-1:]
    day = newest[0].not_valid_before_utc.date().isoformat() if newest else ""
    if newest and now < newest[0].not_valid_before_utc:
        raise Refused("certificate-clock", name=person.name, day=day, today=now.date().isoformat())
    if newest and not due(person, now=now):
        until = newest[0].not_valid_after_utc.date().isoformat()
        raise Refused("certificate-holds", name=person.name, day=until)
    key = people.key_of(workspace, person, passphrase)
    made = certificates.self_signed(
        key, person=person.id, name=person.name, organisation=person.organisation, at=now
    )
    office.add_certificate(workspace, person, made, now=now)
    return people.one(workspace, person.id)
