"""The one next step of a finding (下一步), computed from how it stands."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from inspector.model.finding import State
from inspector.model.paper import Standing


class Next(StrEnum):
    """What somebody has to do now."""

    UNIT = "unit"
    """Say who answers for it."""
    LIMIT = "limit"
    """立行立改 was not done: a new limit."""
    SLIP = "slip"
    """Found today: hand it over on the spot (现场交办单)."""
    HAND = "hand"
    """交办."""
    ISSUE = "issue"
    """The notice is drafted: check it and sign it."""
    SERVE = "serve"
    """The notice is issued: it has to arrive."""
    ANSWER = "answer"
    """The unit is at work: its answer is waited for."""
    PRESS = "press"
    """The time is over: 督办."""
    REINSPECT = "reinspect"
    """It is said to be done: look at it."""
    RULE = "rule"
    """The unit asked for something: answer."""
    DECIDE = "decide"
    """有争议: say which outcome counts."""
    DONE = "done"
    """Closed; if it is back, 反弹."""


class Standpoint(msgspec.Struct, frozen=True, kw_only=True):
    """How a finding stands: `waits` for an answer of the office, `late`, `notice` is how far the notice has come that
    it stands in, `led` whether somebody answers for it that may be addressed, `dated` whether a date is running,
    `fresh`: it was found today; `at_once_over`: it was to be put right on the spot, and was not."""

    state: State
    waits: bool = False
    late: bool = False
    notice: Standing | None = None
    led: bool = True
    dated: bool = False
    fresh: bool = False
    at_once_over: bool = False


def next_step(at: Standpoint) -> Next:
    """The most urgent one: what is closed needs nothing, a dispute stops everything, then what the unit asked for, what
    it says is done, what is late; and then the way of the papers."""
    if at.state in (State.PASSED, State.WITHDRAWN):
        return Next.DONE
    if at.state is State.DISPUTED:
        return Next.DECIDE
    if at.waits:
        return Next.RULE
    if at.state is State.REPORTED:
        return Next.REINSPECT
    if at.late and at.state is not State.OPEN:
        return Next.PRESS
    if at.state in (State.SERVED, State.HANDED) or (at.state is State.FAILED and at.dated):
        return Next.ANSWER
    if not at.led:
        return Next.UNIT
    if at.notice in (Standing.DRAFT, Standing.CHECKED):
        return Next.ISSUE
    if at.notice is Standing.ISSUED:
        return Next.SERVE
    if at.at_once_over:
        return Next.LIMIT
    return Next.SLIP if at.fresh and at.state is State.OPEN else Next.HAND
