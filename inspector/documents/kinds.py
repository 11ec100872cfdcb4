"""The kinds of document that can be verified, in one table: how the content of each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from inspector.model import canonical, inspection
from inspector.model.errors import Damaged


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """Who has to sign, by the content: the name of the empty field, the person, the hash of the certificate."""

    field: str
    name: str
    certificate_sha256: str


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the content states about its document. `entity` is what the ledger knows the document by."""

    kind: str
    ledger: str
    entity: str
    number: str
    title: str
    made: str
    signers: tuple[Expected, ...]


def _sheet(data: bytes) -> Stated:
    content = inspection.decode(data)
    return Stated(
        kind=content.kind,
        ledger=content.ledger,
        entity=content.inspection,
        number=content.number,
        title=content.heading,
        made=content.made,
        signers=tuple(
            Expected(field=member.field, name=member.name, certificate_sha256=member.certificate)
            for member in content.signers
        ),
    )


KINDS: Mapping[str, Callable[[bytes], Stated]] = {"sheet": _sheet}
"""A new kind of document adds its line here."""


def read(data: bytes) -> Stated:
    """What the embedded content states. Raises Damaged `not-canonical`, `not-this-schema`, `kind-unknown`."""
    value = canonical.decode(data)
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise Damaged("kind-unknown", kind=str(kind))
    return KINDS[kind](data)
