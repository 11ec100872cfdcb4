"""The documents of rectification (整改文书): the contents that are printed, embedded, stored and compared.

As with a sheet, the content is one JSON value: what nobody signed is not printed, what is printed is in here. A notice
asks and never orders; it is addressed to the lead unit, a department or public body, and never to a party. The table of
kinds is `inspector.model.paper`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

from inspector.model import bulletin, canonical
from inspector.model.errors import Damaged
from inspector.model.inspection import Evidence, Mandate, Member, Named, Signs, Stroke, TimeLimit
from inspector.model.number import Official
from inspector.model.paper import WAYS, Kind, Way
from inspector.model.words import Category, Severity


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the unit asks, and where its answer goes."""

    name: str = ""
    telephone: str = ""
    place: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in a document. `row` counts from 1; `number` is its printed number (17-3), empty on a slip. `sheet`
    is the number of the sheet that found it, `found_on` that day. `began` is when its limit began on the spot (RFC
    3339, by a 现场交办单), else empty: it begins with service. `requirement` says what is asked for."""

    row: int
    finding: str
    number: str = ""
    site: Named
    site_code: str = ""
    place: str
    description: str
    requirement: str = ""
    quantity: str = ""
    measure: str = ""
    severity: Severity = Severity.MINOR
    helping_units: tuple[Named, ...] = ()
    party: str = ""
    time_limit: TimeLimit
    began: str = ""
    due: str = ""
    found_on: str
    sheet: str = ""
    photos: tuple[Evidence, ...] = ()


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """审核 or 签发: by whom and when (a date); nobody yet while `name` is empty. `signs`: with his key, or by hand on
    paper whose scan is `scan` (SHA-256), which the document prints without claiming his certificate."""

    by: str = ""
    name: str = ""
    position: str = ""
    at: str = ""
    signs: Signs = Signs.CERTIFICATE
    scan: str = ""


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """The other side of a document: who took it, how, when (`at` is RFC 3339). `strokes` is his signature as drawn,
    `photos` are pictures of the signed paper, of the paper as it was left, of the message that was sent."""

    way: Way
    at: str
    place: str = ""
    name: str = ""
    position: str = ""
    telephone: str = ""
    relation: str = ""
    reason: str = ""
    witness: str = ""
    witness_position: str = ""
    strokes: tuple[Stroke, ...] = ()
    photos: tuple[Evidence, ...] = ()

    def lacks(self) -> tuple[str, ...]:
        """The fields that this way of service needs and does not have."""
        return tuple(field for field in WAYS[self.way] if not getattr(self, field))


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    """What every document has. `entity` is notice:<random>; `number` is printed; `heading` is the title; `issuer`
    stands above it; `made` is the moment of the preview (RFC 3339) and the date of the PDF. `to` (主送) is the lead
    unit, `copied` (抄送) are helping units and leaders, `parties` (涉及单位) are named and never addressed."""

    v: Literal[1] = 1
    ledger: str
    entity: str
    number: str
    heading: str
    issuer: str
    made: str
    category: Category
    mandate: Mandate
    to: Named
    copied: tuple[Named, ...] = ()
    parties: tuple[str, ...] = ()
    members: tuple[Member, ...]

    @property
    def example(self) -> bool:
        """Whether this is a document of the worked example: 示例 stands on each page."""
        return self.ledger == "demo"

    @property
    def signers(self) -> tuple[Member, ...]:
        """Those who sign by certificate, in the order of their fields."""
        return tuple(member for member in self.members if member.signs is Signs.CERTIFICATE)


class Handover(_Document, frozen=True, kw_only=True):
    """现场交办单: what the team leaves on the spot. `inspections` are the entities of the visits it follows."""

    kind: Literal["handover"] = "handover"
    team: str
    inspections: tuple[str, ...]
    rows: tuple[Row, ...]
    opening: str
    asking: str
    contact: Contact
    received: Received

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing."""
        return _photos(self.rows) + self.received.photos


class Notice(_Document, frozen=True, kw_only=True):
    """督查整改通知书. `official` is the parts of `number`; the texts are filled in from the office's templates:
    `opening`, `asking` (整改要求), `feedback` (反馈方式) and `review` (30 days for 复核)."""

    kind: Literal["notice"] = "notice"
    official: Official
    issued_on: str
    period_from: str
    period_to: str
    rows: tuple[Row, ...]
    opening: str
    asking: str
    feedback: str
    review: str
    contact: Contact
    handled_by: Named
    checked: Decision
    issued: Decision

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing."""
        return _photos(self.rows)


class ServedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was served: its kind, number and title, and the SHA-256 of its PDF."""

    kind: Kind
    entity: str
    number: str
    title: str
    sha256: str


class ServedLimit(msgspec.Struct, frozen=True, kw_only=True):
    """What service makes of a finding's limit. `due` is a date or RFC 3339, empty where the calendar of its year is
    not known: a document never prints an estimate."""

    finding: str
    number: str
    time_limit: TimeLimit
    began: str
    due: str = ""


class Service(_Document, frozen=True, kw_only=True):
    """送达回证: one for all documents that went to the same recipient."""

    kind: Literal["service"] = "service"
    papers: tuple[ServedPaper, ...]
    received: Received
    limits: tuple[ServedLimit, ...] = ()
    note: str = ""

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing."""
        return self.received.photos


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a 督办单: the finding as the notice stated it (its `due` is what was missed), days late on the day of
    the document, and the new limit. `notice` is the number of the earlier notice, `served_on` its day of service."""

    row: Row
    notice: str
    served_on: str
    days_late: int
    time_limit: TimeLimit


class Press(_Document, frozen=True, kw_only=True):
    """督办单: to the unit and its leader in charge, after a missed deadline."""

    kind: Literal["press"] = "press"
    official: Official
    issued_on: str
    leader_in_charge: str = ""
    rows: tuple[Missed, ...]
    opening: str
    asking: str
    feedback: str
    contact: Contact
    handled_by: Named
    checked: Decision
    issued: Decision

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing."""
        return _photos(tuple(missed.row for missed in self.rows))


class Seen(StrEnum):
    """What a re-inspection says of a finding."""

    PASS = "pass"
    """已整改: closed by this document."""
    PARTLY = "partly"
    """部分整改: goes on like a failed one."""
    FAIL = "fail"
    """未整改."""


class Reseen(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a 复查意见书: the finding with its photos before, those of this visit, what the unit reported, and the
    next limit where it did not pass."""

    row: Row
    seen: Seen
    note: str = ""
    reported: str = ""
    photos: tuple[Evidence, ...] = ()
    time_limit: TimeLimit | None = None


class Reinspection(_Document, frozen=True, kw_only=True):
    """复查意见书: what a re-inspection found, signed by two inspectors at least."""

    kind: Literal["reinspection"] = "reinspection"
    team: str
    begin: str
    end: str
    rows: tuple[Reseen, ...]
    opening: str
    asking: str
    review: str
    contact: Contact
    received: Received

    @property
    def closed(self) -> tuple[str, ...]:
        """The findings that this document closes (销号)."""
        return tuple(reseen.row.finding for reseen in self.rows if reseen.seen is Seen.PASS)

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing: before, then after."""
        pairs = [reseen.row.photos + reseen.photos for reseen in self.rows]
        return tuple(photo for pair in pairs for photo in pair) + self.received.photos


class Bulletin(_Document, frozen=True, kw_only=True):
    """督查通报: the figures of a period for all units, from `period_from` to `period_to` inclusive. `issue_no` is its
    期号 in the year of `period_to`. `units` are in the order in which they are printed, ranked where `ranked`; `target`
    is the line in the picture, in percent; `boards` says whether there are a red and a black one (either may be empty);
    `good` are cases that were put right well. `copied` are those who get it besides `to`."""

    kind: Literal["bulletin"] = "bulletin"
    official: Official
    issued_on: str
    issue_no: int = 0
    period_from: str
    period_to: str
    ranked: bool
    least: int
    target: int
    total: bulletin.Standing
    units: tuple[bulletin.Standing, ...]
    boards: bool = False
    red: tuple[bulletin.Boarded, ...] = ()
    black: tuple[bulletin.Boarded, ...] = ()
    problems: tuple[bulletin.Problems, ...] = ()
    good: tuple[bulletin.Case, ...] = ()
    cases: tuple[bulletin.Case, ...] = ()
    opening: str
    praise: str = ""
    asking: str
    contact: Contact
    handled_by: Named
    checked: Decision
    issued: Decision

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that is printed, in the order of printing: before, then after."""
        return tuple(photo for case in self.good + self.cases for photo in case.before + case.after)


def shown(document: Handover | Reinspection) -> str:
    """The hash of what the recipient is shown: everything but his own act and the moment of the preview."""
    nobody = Received(way=Way.RECEIPT, at="")
    return canonical.sha256(canonical.encode(msgspec.structs.replace(document, received=nobody, made="")))


Document = Handover | Notice | Service | Press | Reinspection | Bulletin

Issued = Notice | Press | Bulletin
"""Documents that somebody drafts, another checks, and a third issues with a 发文字号."""

CONTENTS: Final[Mapping[Kind, type[Any]]] = {
    Kind.HANDOVER: Handover,
    Kind.NOTICE: Notice,
    Kind.SERVICE: Service,
    Kind.PRESS: Press,
    Kind.REINSPECTION: Reinspection,
    Kind.BULLETIN: Bulletin,
}


def encode(document: Document) -> bytes:
    """The bytes that are printed, embedded, stored and hashed."""
    return canonical.encode(document)


def decode(data: bytes) -> Document:
    """Raises Damaged `not-canonical`, `kind-unknown`, `not-this-schema`."""
    plain = canonical.decode(data)
    kind = plain.get("kind") if isinstance(plain, dict) else None
    if kind not in set(Kind):
        raise Damaged("kind-unknown", kind=str(kind))
    document: Document = canonical.decode_as(data, CONTENTS[Kind(kind)])
    return document


def rows_of(document: Document) -> tuple[Row, ...]:
    """The findings of a document, in the order of printing."""
    if isinstance(document, Service | Bulletin):
        return ()
    return tuple(row if isinstance(row, Row) else row.row for row in document.rows)


def _photos(rows: tuple[Row, ...]) -> tuple[Evidence, ...]:
    return tuple(photo for row in rows for photo in row.photos)
