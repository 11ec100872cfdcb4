"""What a unit asks of the office about a finding (异议, 转办, 延期), what the office says to it, and what the unit
reports (整改情况). Each is one ordinary field of the finding, set as a whole: two laptops that answer one request
differently make a conflict that a person resolves."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from inspector.model.errors import Refused
from inspector.model.inspection import Evidence


class Subject(StrEnum):
    """What is asked for; the name of the finding's field that holds the request."""

    OBJECTION = "objection"
    """异议: the unit says that the finding is not as stated."""
    TRANSFER = "transfer"
    """转办: the unit says that another one answers for it."""
    EXTENSION = "extension"
    """延期: the unit asks for more time."""


class Ruling(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    """Nobody has decided."""
    UPHELD = "upheld"
    """维持: the finding stands as stated, and so does its date."""
    CHANGED = "changed"
    """变更: something that the finding says was changed."""
    WITHDRAWN = "withdrawn"
    """撤销: there was no such finding."""
    AGREED = "agreed"
    """同意."""
    REFUSED = "refused"
    """不同意."""


RULINGS = {
    Subject.OBJECTION: (Ruling.UPHELD, Ruling.CHANGED, Ruling.WITHDRAWN),
    Subject.TRANSFER: (Ruling.AGREED, Ruling.REFUSED),
    Subject.EXTENSION: (Ruling.AGREED, Ruling.REFUSED),
}
"""How each kind of request can end. Source: domain.md (异议 → 维持 / 变更 / 撤销)."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request and its answer. `asked_by` says who asked, in words; `asked_at` and `answered_at` are dates or
    RFC 3339; `answered_by` is a person's entity. `before` and `after`: the lead unit of a transfer (entities), the due
    date of an extension (as `due` is stored); both empty for an objection."""

    state: Ruling = Ruling.OPEN
    asked_by: str = ""
    asked_at: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    answered_by: str = ""
    answered_at: str = ""
    answer: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is Ruling.OPEN


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the unit says that it did (整改情况): `measures`, the `person` responsible there, when it was `finished`
    (a date or RFC 3339). `source` says how the answer came where somebody else typed it in (代录: 电话, 微信群 …)."""

    measures: str = ""
    person: str = ""
    finished: str = ""
    note: str = ""
    source: str = ""
    photos: tuple[Evidence, ...] = ()


def answered(
    subject: Subject, request: Request | None, ruling: Ruling, *, by: str, at: str, answer: str
) -> Request:
    """The request with the office's answer. Raises Refused `request-not-open`, `request-ruling-unfit`,
    `request-answer-missing`: what is not granted, and what changes a finding, needs its reason."""
    if request is None or not request.open:
        raise Refused("request-not-open", subject=subject)
    if ruling not in RULINGS[subject]:
        raise Refused("request-ruling-unfit", subject=subject, ruling=ruling, known=RULINGS[subject])
    if ruling is not Ruling.AGREED and not answer.strip():
        raise Refused("request-answer-missing", subject=subject, ruling=ruling)
    return msgspec.structs.replace(request, state=ruling, answered_by=by, answered_at=at, answer=answer)
