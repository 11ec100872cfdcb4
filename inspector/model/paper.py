"""The kinds of documents of rectification (整改文书): who signs which, whether it is issued or signed on the spot, and
in which ways it arrives. docs/architecture.md shows the table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec


class Kind(StrEnum):
    """A document of rectification. The value is the `kind` in its content."""

    HANDOVER = "handover"
    """现场交办单: left on the spot."""
    NOTICE = "notice"
    """督查整改通知书."""
    SERVICE = "service"
    """送达回证: that a document arrived, or was refused."""
    PRESS = "press"
    """督办单: after a missed deadline."""
    REINSPECTION = "reinspection"
    """复查意见书: closes what it passes."""
    BULLETIN = "bulletin"
    """督查通报: figures, what is open, typical cases; to all units."""


class Signer(StrEnum):
    """Who signs a document by certificate. Each is also the beginning of the name of his signature field."""

    LEADER = "leader"
    """组长 of the team that hands over."""
    ISSUER = "issuer"
    """签发人; where he decided on paper, the handler (经办) signs in his place and says so."""
    SERVER = "server"
    """送达人."""
    REINSPECTOR = "reinspector"
    """复查人, two at least."""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: `signers` and how many of them at least, and how many copies are printed (一式 n 份).
    `issued`: somebody drafts it, another checks it, a third issues it with a 发文字号; it leaves room for the office's
    seal, and a 送达回证 goes with it. Any other is signed on the spot: the device numbers it (with J), its recipient
    stands on the paper itself."""

    signers: Signer
    at_least: int = 1
    issued: bool = False
    copies: int


def _issued(*, copies: int) -> Paper:
    return Paper(signers=Signer.ISSUER, issued=True, copies=copies)


PAPERS: Final[Mapping[Kind, Paper]] = {
    Kind.HANDOVER: Paper(signers=Signer.LEADER, copies=2),
    Kind.NOTICE: _issued(copies=2),
    Kind.SERVICE: Paper(signers=Signer.SERVER, copies=1),
    Kind.PRESS: _issued(copies=2),
    Kind.REINSPECTION: Paper(signers=Signer.REINSPECTOR, at_least=2, copies=2),
    Kind.BULLETIN: _issued(copies=1),
}
"""The numbers of copies are custom (未核实): one for the unit, one for the file; a 送达回证 comes back to the file."""


class Standing(StrEnum):
    """How far a document has come."""

    DRAFT = "draft"
    """起草: nobody has checked it."""
    CHECKED = "checked"
    """已审核."""
    ISSUED = "issued"
    """已签发: signed; a numbered one is numbered."""
    SERVED = "served"
    """已送达."""
    VOID = "void"
    """作废, with the reason."""


class Way(StrEnum):
    """How a document arrived (送达方式)."""

    RECEIPT = "receipt"
    """签收: the addressee's own person."""
    RECEIVED_FOR = "received_for"
    """代收: somebody else for him, whose relation is noted."""
    REFUSED = "refused"
    """拒收: refused before a witness, with the reason."""
    LEFT = "left"
    """留置: read out and left at the premises, with photos."""
    MESSAGE = "message"
    """By telephone, in a group: who, when, to whom; the photo is the picture of the message."""


WAYS: Final[Mapping[Way, tuple[str, ...]]] = {
    Way.RECEIPT: ("name", "place"),
    Way.RECEIVED_FOR: ("name", "relation", "place"),
    Way.REFUSED: ("reason", "witness", "place"),
    Way.LEFT: ("photos", "place"),
    Way.MESSAGE: ("name",),
}
"""What each way of service must say. Source: 民事诉讼法 87–89 as good custom; it does not bind a 督查."""


def field_name(signer: Signer, place: int) -> str:
    """The name of the signature field of the signer at `place`, from 1."""
    return f"{signer.value}-{place}"
