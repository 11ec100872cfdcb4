"""An inspection (检查) that is signed: the content that its sheet prints, carries and is stored as.

There is one struct for it, and nothing derives it twice: the sheet draws a `Content`, the PDF embeds its
canonical bytes, the record keeps it in the field `document`, the QR names its hash, verification compares it.
Names of units, sites and people stand in it as they were on the day.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from inspector.model import canonical
from inspector.model.words import Category, Severity, TimeLimitKind, UncheckedReason, Verdict


class Signs(StrEnum):
    """How a member stands behind the sheet: by certificate (签名), by hand (手写), or not at all (未签)."""

    CERTIFICATE = "certificate"
    HAND = "hand"
    NONE = "none"


class Choice(StrEnum):
    """What the counterpart (被检查方) did when the sheet was shown to him."""

    AGREED = "agreed"
    OBJECTED = "objected"
    REFUSED = "refused"
    PAPER = "paper"
    NOT_NEEDED = "not_needed"


class PhotoRole(StrEnum):
    """Before (整改前) or after (整改后) the finding was put right."""

    BEFORE = "before"
    AFTER = "after"


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A unit, by its entity and by the name that it had on the day."""

    id: str
    name: str


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """What a 督查 team acts on (督查方案). `date` is YYYY-MM-DD or empty."""

    issuer: str
    title: str = ""
    number: str = ""
    date: str = ""


class TimeLimit(msgspec.Struct, frozen=True, kw_only=True):
    """The time limit in words; the date is computed when a notice is served. `n` is 0 for 立行立改."""

    kind: TimeLimitKind
    n: int = 0


class Corrects(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet that this one replaces (更正), and why."""

    number: str
    date: str
    sha256: str
    why: str


class Follows(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection whose unchecked items are asked here (补查); such a sheet has no score."""

    inspection: str
    number: str
    items: tuple[str, ...]


class FormUsed(msgspec.Struct, frozen=True, kw_only=True):
    """The form, by the version (SHA-256 of its canonical bytes) that lies beside the sheet as a blob."""

    id: str
    title: str
    edition: int
    status: Literal["draft", "approved"]
    version: str


class SiteSeen(msgspec.Struct, frozen=True, kw_only=True):
    """The site (点位) as it was called on the day. `entity` is site:<code> or site:<random>. `parties` are the
    companies (涉及单位) among those who keep it: they are named, and never lead."""

    entity: str
    code: str
    name: str
    kind: str
    address: str = ""
    street: str = ""
    community: str = ""
    lead_unit: Named | None = None
    helping_units: tuple[Named, ...] = ()
    parties: tuple[Named, ...] = ()


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the team. `certificate` is the SHA-256 of the DER certificate that signs, else empty;
    `field` is the name of the signature field, else empty."""

    person: str
    name: str
    organisation: str
    position: str = ""
    leader: bool = False
    recorder: bool = False
    signs: Signs = Signs.CERTIFICATE
    reason: str = ""
    certificate: str = ""
    field: str = ""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One item as answered, in the form's order; `verdict` is None for a text item, which has none. Numbers are
    decimal strings as they are printed. `deducted` in hundredths of a mark.
    `off_by` is the header code whose answer switched the item off.
    `times` is how often this site failed this item, this time included (第 n 次)."""

    code: str
    verdict: Verdict | None
    value: str = ""
    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    option: str = ""
    text: str = ""
    reason: UncheckedReason | None = None
    why: str = ""
    note: str = ""
    bulk: bool = False
    deducted: int = 0
    off_by: str = ""
    proposed: Verdict | None = None
    times: int = 0


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One stroke of the layer over a photo: arrow, box or pixelated area; corners in 1/10000 of the upright
    picture's width and height."""

    kind: Literal["arrow", "box", "pixelate"]
    x0: int
    y0: int
    x1: int
    y1: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of a finding: the original by its hash and size in bytes, what is printed beside it.
    `taken_at` is RFC 3339 or empty; `taken_source` says where that time comes from (model.photo.TimeSource);
    `shifted` is the time after the correction of a phone with a wrong clock, else empty; `turned` is 0, 90, 180 or
    270 degrees clockwise by hand; `flags` are keys such as `photo-outside-visit`, `photo-used-before`."""

    sha256: str
    bytes: int
    role: PhotoRole
    caption: str = ""
    taken_at: str = ""
    taken_source: str = ""
    shifted: str = ""
    camera: str = ""
    turned: int = 0
    marks: tuple[Mark, ...] = ()
    flags: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A finding (问题) as the sheet states it. `quantity` is a decimal string, `measure` its unit of measure;
    `no_photo` is the reason for having none, else empty."""

    id: str
    item: str
    place: str
    description: str
    quantity: str = ""
    measure: str = ""
    severity: Severity = Severity.MINOR
    lead_unit: Named | None = None
    helping_units: tuple[Named, ...] = ()
    party: str = ""
    time_limit: TimeLimit
    fixed_on_spot: bool = False
    no_photo: str = ""
    photos: tuple[Evidence, ...] = ()


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of an earlier visit (上次遗留): still there, or gone."""

    finding: str
    item: str
    place: str
    description: str
    found_on: str
    still: bool
    photos: tuple[Evidence, ...] = ()


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    """One stroke of a drawn signature: x0, y0, x1, y1, … in 1/100 pt, origin at the upper left."""

    points: tuple[int, ...]


class Counterpart(msgspec.Struct, frozen=True, kw_only=True):
    """The counterpart's act. `shown` is the hash of what he was shown (Content.shown), `at` RFC 3339.
    `photo` is the SHA-256 of the picture of the signed paper, else empty."""

    choice: Choice
    name: str = ""
    position: str = ""
    text: str = ""
    reason: str = ""
    witness: str = ""
    strokes: tuple[Stroke, ...] = ()
    photo: str = ""
    shown: str = ""
    at: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The score in tenths (None: nothing observed, or a 补查), with the figures of its formula in hundredths of
    a mark; `vetoes` are the codes of failed veto items, which make the score 0."""

    score: int | None
    deducted: int
    weight: int
    vetoes: tuple[str, ...] = ()


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a sheet (检查记录表) says. `issuer` stands above the title `heading`. Times are RFC 3339 with
    offset, to the second; `made` is the moment of the preview and the date of the PDF."""

    v: Literal[1] = 1
    kind: Literal["sheet"] = "sheet"
    ledger: str
    inspection: str
    number: str
    issuer: str
    heading: str
    made: str
    form: FormUsed
    site: SiteSeen
    category: Category
    mandate: Mandate | None = None
    corrects: Corrects | None = None
    follows: Follows | None = None
    team: str
    members: tuple[Member, ...]
    begin: str
    end: str
    weather: str = ""
    late: bool = False
    header: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answered, ...] = ()
    result: Result
    findings: tuple[Found, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    counterpart: Counterpart | None = None

    @property
    def example(self) -> bool:
        """Whether this is a document of the worked example: 示例 stands on each page."""
        return self.ledger == "demo"

    @property
    def signers(self) -> tuple[Member, ...]:
        """The members who sign by certificate, in the order of their fields."""
        return tuple(member for member in self.members if member.signs is Signs.CERTIFICATE)

    def evidence(self) -> tuple[Evidence, ...]:
        """Every photo that the sheet prints, in the order of printing."""
        found = [photo for finding in self.findings for photo in finding.photos]
        return tuple(found + [photo for finding in self.earlier for photo in finding.photos])

    def shown(self) -> str:
        """The hash of what a counterpart is shown: everything but his own act and the moment of the preview.
        As long as it stays the same, his signature stands."""
        return canonical.sha256(canonical.encode(msgspec.structs.replace(self, counterpart=None, made="")))


def rendition_key(photo: Evidence) -> str:
    """The name of the picture that is printed for `photo`: its original, turned and marked."""
    return canonical.sha256(canonical.encode([photo.sha256, photo.turned, photo.marks]))


def encode(content: Content) -> bytes:
    """The bytes that are printed, embedded, stored and hashed."""
    return canonical.encode(content)


def decode(data: bytes) -> Content:
    """Raises Damaged `not-canonical`, `not-this-schema`."""
    return canonical.decode_as(data, Content)
