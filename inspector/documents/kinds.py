"""The kinds of document that can be verified, in one table, and how a file carries its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from inspector.model import canonical, inspection, notice
from inspector.model.errors import Damaged
from inspector.model.paper import PAPERS, Kind

CREATOR = "Inspector"
"""The program, in Info and in XMP as CreatorTool."""

HASH_PROPERTY = "{http://ns.adobe.com/pdf/1.3/}Keywords"
"""The XMP property, as ElementTree names it, that states the SHA-256 of the content; Info has it as Keywords. One of
our own would need an extension schema, which veraPDF accepts and pikepdf's validator refuses."""

ATTACHMENT = "content.json"
"""The name of the embedded content."""


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """Who has to sign, by the content: the name of the empty field, the person, the hash of the certificate."""

    field: str
    name: str
    certificate_sha256: str


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the content states about its document. `entity` is what the ledger knows the document by; `least` is
    how many must sign such a document by certificate."""

    kind: str
    ledger: str
    entity: str
    number: str
    title: str
    made: str
    signers: tuple[Expected, ...]
    least: int


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
        least=2,
    )


def _paper(data: bytes) -> Stated:
    document = notice.decode(data)
    return Stated(
        kind=document.kind,
        ledger=document.ledger,
        entity=document.entity,
        number=document.number,
        title=document.heading,
        made=document.made,
        signers=tuple(
            Expected(field=member.field, name=member.name, certificate_sha256=member.certificate)
            for member in document.signers
        ),
        least=PAPERS[Kind(document.kind)].at_least,
    )


KINDS: Mapping[str, Callable[[bytes], Stated]] = {"sheet": _sheet} | {kind.value: _paper for kind in Kind}
"""A new kind of document adds its line here."""


def read(data: bytes) -> Stated:
    """What the embedded content states. Raises Damaged `not-canonical`, `not-this-schema`, `kind-unknown`."""
    value = canonical.decode(data)
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise Damaged("kind-unknown", kind=str(kind))
    return KINDS[kind](data)
