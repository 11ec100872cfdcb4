"""Marks of a finding (逾期, 争议中, 已延期, 现场已整改, 第 n 次): no states, computed when they are asked for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from inspector.model import deadline
from inspector.model.finding import State
from inspector.model.request import Request, Ruling


class Mark(StrEnum):
    """What a list says of a finding beside its state."""

    OVERDUE = "overdue"
    """逾期"""
    CONTESTED = "contested"
    """争议中: an objection or a transfer waits for an answer."""
    EXTENDED = "extended"
    """已延期"""
    ON_SPOT = "on_spot"
    """现场已整改"""
    REPEATED = "repeated"
    """第 n 次: the same item failed at this site before."""


CLOSED = frozenset({State.PASSED, State.WITHDRAWN})
"""Nothing is due any more. A disputed finding is open."""


def contested(objection: Request | None, transfer: Request | None) -> bool:
    """Whether the unit waits for an answer that may take the finding off it: time does not count against it."""
    return (objection is not None and objection.open) or (transfer is not None and transfer.open)


def overdue(state: State, due: str, *, contested: bool, at: datetime) -> bool:
    """Whether an open finding has passed its limit at the instant `at`. A `due` that no date can be read from
    (a foreign program wrote it) is none."""
    return state not in CLOSED and deadline.overdue(_read(due), at=at, disputed=contested)


def days_left(state: State, due: str, *, at: datetime) -> int | None:
    """Calendar days to the last day: 0 is today, −1 was yesterday; None where nothing is due."""
    last = None if state in CLOSED else _read(due)
    return None if last is None else deadline.days_left(last, at=at)


def marks(
    state: State,
    due: str,
    *,
    at: datetime,
    objection: Request | None = None,
    transfer: Request | None = None,
    extension: Request | None = None,
    fixed_on_spot: bool = False,
    times: int = 1,
) -> tuple[Mark, ...]:
    """The marks of a finding at the instant `at`, in the order in which they are shown. `times`: how often this site
    failed this item, this finding included."""
    found = []
    waits = state not in CLOSED and contested(objection, transfer)
    if not waits and overdue(state, due, contested=False, at=at):
        found.append(Mark.OVERDUE)
    if waits:
        found.append(Mark.CONTESTED)
    if extension is not None and extension.state is Ruling.AGREED:
        found.append(Mark.EXTENDED)
    if fixed_on_spot:
        found.append(Mark.ON_SPOT)
    if times > 1:
        found.append(Mark.REPEATED)
    return tuple(found)


def _read(due: str) -> date | datetime | None:
    try:
        return deadline.read_due(due)
    except ValueError:
        return None
