"""What a person can do to a finding without a paper, and what each deed asks for.

The steps of a finding's life come from the table of `model.finding`; what a unit asks for and the office answers
(异议, 转办, 延期) and a new limit are fields, with rows of their own. A screen offers what `deeds_for` says, and asks
for what `TERMS` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from inspector.model.finding import BOTH, CLOSED, OFFICE, RULES, Move, Role, State
from inspector.model.inspection import TimeLimit
from inspector.model.request import Ruling, Subject


class Deed(StrEnum):
    """An act of one person, recorded by the device."""

    TELL = "tell"
    """交办 by telephone, in a group, face to face."""
    ANSWER = "answer"
    """代录: what the unit says that it did."""
    PASS = "pass"
    """销号, seen by one's own eyes."""
    FAIL = "fail"
    """复查未过."""
    LIMIT = "limit"
    """A new time limit."""
    OBJECT = "object"
    """The unit objects (异议)."""
    RULE_OBJECTION = "rule_objection"
    """维持, 变更 or 撤销."""
    TRANSFER = "transfer"
    """转办 is asked for, and agreed to or not yet."""
    RULE_TRANSFER = "rule_transfer"
    EXTEND = "extend"
    """延期 is asked for, and agreed to or not yet."""
    RULE_EXTENSION = "rule_extension"
    DUPLICATE = "duplicate"
    """重复: another finding says the same."""
    WITHDRAW = "withdraw"
    """撤销."""
    REOPEN = "reopen"
    """反弹."""
    ATTACH = "attach"
    """A scan belongs to it."""


class Ask(StrEnum):
    """What a deed asks for, in the order in which it is asked. Those of `model.finding.Need` have the same value."""

    BY = "by"
    """The person who records it."""
    TO = "to"
    WAY = "way"
    """By telephone, in a group, face to face; of an answer: how it came."""
    AT = "at"
    ASKED_BY = "asked_by"
    """Who asks, in words."""
    UNIT = "unit"
    """The unit that shall lead."""
    DUE = "due"
    """The new last day."""
    OTHER = "other"
    """The finding that goes on."""
    SCAN = "scan"
    RULING = "ruling"
    REPLY = "reply"
    """The office's reason; needed unless it agrees."""
    CHANGES = "changes"
    """What the finding says from now on: place, description, severity; with 变更 alone."""
    PHOTOS = "photos"
    REASON = "reason"
    DOCUMENT = "document"
    PERSON = "person"
    """Who answers for it at the unit."""
    FINISHED = "finished"
    """When it was done, a date."""
    LIMIT = "limit"
    AGREED = "agreed"
    """Whether the office agrees now, or lets it wait."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Who may do a deed, what it needs, what is `either` of which one is enough, and what `may` be said. `move` is the
    step that it takes, `subject` what it is about."""

    who: frozenset[Role]
    needs: tuple[Ask, ...]
    either: tuple[Ask, ...] = ()
    may: tuple[Ask, ...] = ()
    move: Move | None = None
    subject: Subject | None = None

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Everything that can be said, in the order in which it is asked for."""
        said = {*self.needs, *self.either, *self.may}
        return tuple(one for one in Ask if one in said)


def _step(move: Move, *more: Ask, may: tuple[Ask, ...] = ()) -> Terms:
    rule = RULES[move]
    needs = tuple(Ask(need.value) for need in rule.needs)
    either = tuple(Ask(need.value) for need in rule.either)
    return Terms(who=rule.who, needs=(*needs, *more), either=either, may=may, move=move)


def _asked(subject: Subject, *more: Ask, may: tuple[Ask, ...] = ()) -> Terms:
    return Terms(who=BOTH, needs=(Ask.BY, Ask.ASKED_BY, *more, Ask.REASON), may=may, subject=subject)


def _ruled(subject: Subject, *may: Ask) -> Terms:
    return Terms(who=OFFICE, needs=(Ask.BY, Ask.RULING), may=(Ask.REPLY, *may), subject=subject)


TERMS: Final[Mapping[Deed, Terms]] = {
    Deed.TELL: _step(Move.HAND, Ask.WAY, may=(Ask.REASON,)),
    Deed.ANSWER: _step(Move.REPORT, Ask.WAY, may=(Ask.PERSON, Ask.FINISHED)),
    Deed.PASS: _step(Move.PASS, may=(Ask.REASON,)),
    Deed.FAIL: _step(Move.FAIL, may=(Ask.LIMIT,)),
    Deed.LIMIT: Terms(who=OFFICE, needs=(Ask.BY, Ask.LIMIT)),
    Deed.OBJECT: _asked(Subject.OBJECTION),
    Deed.RULE_OBJECTION: _ruled(Subject.OBJECTION, Ask.CHANGES),
    Deed.TRANSFER: _asked(Subject.TRANSFER, Ask.UNIT, may=(Ask.AGREED,)),
    Deed.RULE_TRANSFER: _ruled(Subject.TRANSFER),
    Deed.EXTEND: _asked(Subject.EXTENSION, Ask.DUE, may=(Ask.AGREED,)),
    Deed.RULE_EXTENSION: _ruled(Subject.EXTENSION),
    Deed.DUPLICATE: _step(Move.WITHDRAW, Ask.OTHER),
    Deed.WITHDRAW: _step(Move.WITHDRAW),
    Deed.REOPEN: _step(Move.REOPEN),
    Deed.ATTACH: Terms(who=OFFICE, needs=(Ask.BY, Ask.SCAN), may=(Ask.REASON,)),
}
RULINGS_OF: Final[Mapping[Subject, Deed]] = {
    Subject.OBJECTION: Deed.RULE_OBJECTION,
    Subject.TRANSFER: Deed.RULE_TRANSFER,
    Subject.EXTENSION: Deed.RULE_EXTENSION,
}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said to a deed, by `Ask`; the person and his role are the act's. `at` and `due` are a date or
    RFC 3339, `photos` SHA-256 of what came in, `unit` and `other` entities, `scan` the path of a file; `to` is in
    words, or by lead unit (entity) for findings of several."""

    to: str | Mapping[str, str] = ""
    at: str = ""
    way: str = ""
    photos: tuple[str, ...] = ()
    reason: str = ""
    document: str = ""
    person: str = ""
    finished: str = ""
    limit: TimeLimit | None = None
    asked_by: str = ""
    unit: str = ""
    due: str = ""
    agreed: bool = False
    ruling: Ruling | None = None
    reply: str = ""
    changes: Mapping[str, str] = {}
    other: str = ""
    scan: str = ""


def lacks(deed: Deed, said: Said) -> tuple[Ask, ...]:
    """What is still missing, in the order in which it is asked for; where one of several is enough, all of them."""
    terms = TERMS[deed]
    missing: set[Ask] = {one for one in terms.needs if one is not Ask.BY and not _given(said, one)}
    if terms.either and not any(_given(said, one) for one in terms.either):
        missing |= set(terms.either)
    if said.ruling not in (None, Ruling.AGREED) and not said.reply.strip():
        missing.add(Ask.REPLY)
    if said.ruling is Ruling.CHANGED and not said.changes:
        missing.add(Ask.CHANGES)
    return tuple(one for one in Ask if one in missing)


def _given(said: Said, ask: Ask) -> bool:
    value = getattr(said, ask.value)
    if isinstance(value, Mapping):
        return bool(value) and all(text.strip() for text in value.values())
    return bool(value.strip() if isinstance(value, str) else value)


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What decides about deeds: the state, what the unit asked and waits for, whether a date is running (`dated`), and
    whether the limit may be replaced: it stands in no live notice, and either nothing is due or 立行立改 is over."""

    state: State
    waits: frozenset[Subject] = frozenset()
    dated: bool = False
    limit_free: bool = False


def deeds_for(case: Case) -> tuple[Deed, ...]:
    """What can be done now, by whoever may, in the order of the table."""
    return tuple(deed for deed in Deed if _fits(deed, TERMS[deed], case))


def _fits(deed: Deed, terms: Terms, case: Case) -> bool:
    if terms.move is not None:
        return case.state in RULES[terms.move].states
    if deed is Deed.ATTACH:
        return True
    if case.state in CLOSED:
        return False
    if deed is Deed.LIMIT:
        return case.limit_free
    assert terms.subject is not None
    if deed in RULINGS_OF.values():
        return terms.subject in case.waits
    return terms.subject not in case.waits and (deed is not Deed.EXTEND or case.dated)
