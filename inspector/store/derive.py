"""The rows that records mean: what stands in the projections for an entity. No database and no clock: whoever has the
same records gets the same rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model import canonical, finding
from inspector.model.fields import Fact, Fields, History, fields, history
from inspector.model.inspection import Content

_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?", re.ASCII
)  # what SQLite's unixepoch reads, too

EARLY, LATE, OPEN = "early", "late", "open"
"""What became of a finding with a limit: closed within it, closed after it, not closed."""


class Read(msgspec.Struct, frozen=True):
    """A record as far as rows are made from it; `moves` as they were recorded."""

    fact: Fact
    moves: Sequence[Mapping[str, Any]] = ()


def of_record(record: Record, batch: str, instant: int) -> Read:
    """A record that was just signed or read."""
    return Read(record.fact(batch, instant), record.body.get("moves", ()))


def of_row(batch: str, parents: str, instant: int, body: bytes, known: int, kind: str) -> Read:
    """A record as it was filed."""
    said = msgspec.json.decode(body) if known else {}
    moves = said.get("moves", ()) if kind == "finding" else ()
    fact = Fact(
        batch=batch,
        parents=tuple(parents.split()),
        instant=instant,
        known=bool(known),
        set=said.get("set", {}),
        moves=tuple(move["move"] for move in moves),
    )
    return Read(fact, moves)


class Rows:
    """Rows of the derived tables, in the order of their columns."""

    def __init__(self) -> None:
        self.entity: list[tuple[Any, ...]] = []
        self.finding: list[tuple[Any, ...]] = []
        self.document: list[tuple[Any, ...]] = []
        self.answered: list[tuple[Any, ...]] = []

    def add(self, entity: str, records: Iterable[Read]) -> None:
        """The rows of an entity, from all its records that are here."""
        said = {read.fact.batch: read for read in records}
        whole = history(read.fact for read in said.values())
        meaning = fields(whole)
        kind = entity.partition(":")[0]
        self.entity.append(
            (
                entity,
                kind,
                canonical.spelled_again(meaning.shown),
                canonical.spelled_again(meaning.conflicts) if meaning.conflicts else b"{}",
                " ".join(whole.heads),
                " ".join(whole.waiting),
                int(whole.read_only),
            )
        )
        if kind == "finding":
            self.finding.append(_finding(entity, whole, meaning.shown, said))
        elif kind == "inspection":
            self._inspection(entity, whole.facts, meaning)

    def _inspection(self, entity: str, facts: Iterable[Fact], meaning: Fields) -> None:
        shown = canonical.spelled_again(meaning.shown.get("document"))
        shown_sheet = meaning.shown.get("sheet")
        for fact in facts:
            document, sheet = fact.set.get("document"), fact.set.get("sheet")
            if document is None or not isinstance(sheet, str):
                continue
            try:
                content = msgspec.convert(document, Content)
            except msgspec.ValidationError:
                continue  # of a version that writes another schema: kept in the ledger, no row here
            data = canonical.spelled_again(document)
            current = (
                data == shown and sheet == shown_sheet
            )  # by bytes: what was just written may hold tuples
            self.document.append(
                (
                    entity,
                    fact.batch,
                    content.number,
                    canonical.sha256(data),
                    sheet,
                    int(current),
                    content.site.entity,
                    content.form.version,
                    content.category.value,
                    content.made,
                    content.begin,
                    content.end,
                    content.result.score,
                    content.follows.inspection if content.follows else "",
                    data,
                )
            )
            if current:
                self.answered += [
                    (entity, one.code, one.verdict.value)
                    for one in content.answers
                    if one.verdict and not one.off_by
                ]


def _finding(
    entity: str, whole: History, shown: Mapping[str, Any], said: Mapping[str, Read]
) -> tuple[Any, ...]:
    life = finding.life(whole)

    def text(name: str) -> str:
        value = shown.get(name, "")
        return value if isinstance(value, str) else ""

    return (
        entity,
        text("inspection"),
        text("site"),
        text("item"),
        text("found_on"),
        text("severity"),
        text("lead_unit"),
        canonical.spelled_again(shown.get("helping_units", [])),
        text("due"),
        *_desk(whole, shown, life, said),
        life.outcome.value,
        life.stage.value if life.stage else "",
        life.state.value,
        " ".join(f"{batch}/{index}" for batch, index in life.void),
        " ".join(life.standing),
    )


def _desk(
    whole: History, shown: Mapping[str, Any], life: finding.Life, said: Mapping[str, Read]
) -> tuple[str, int, str, str]:
    """What the figures of the desk ask of a finding: the day on which it counts as found, whether it ever came back,
    when its limit ends (what was put right on the spot was due that day), and what became of it then. A withdrawn one
    counts for nothing; one that is open and waits for an answer to an objection or a transfer has no fate yet."""
    if life.outcome is finding.State.WITHDRAWN:
        return "", 0, "", ""
    closed = life.outcome is finding.State.PASSED
    found_on = _time(shown.get("found_on"))[:10]
    ends = _time(shown.get("due"))
    if not shown.get("due") and closed and shown.get("fixed_on_spot") is True:
        ends = found_on
    if closed and ends:
        fate = EARLY if _in_time(_closed_at(life, said), ends) else LATE
    else:
        fate = "" if not ends or _waits(shown) else OPEN
    return found_on, int(_came_back(whole, life)), ends, fate


def _waits(shown: Mapping[str, Any]) -> bool:
    asked = (shown.get("objection"), shown.get("transfer"))
    return any(isinstance(one, dict) and one.get("state") == "open" for one in asked)


def _came_back(whole: History, life: finding.Life) -> bool:
    void = set(life.void)
    return any(
        move == finding.Move.REOPEN.value and (fact.batch, index) not in void
        for fact in whole.facts
        for index, move in enumerate(fact.moves)
    )


def _closed_at(life: finding.Life, said: Mapping[str, Read]) -> str:
    """When the steps that close a finding say that it was closed: the first of them, if several stand."""
    times = [
        _time(move.get("at"))
        for batch in life.standing
        for move in said[batch].moves
        if move.get("move") == finding.Move.PASS.value
    ]
    return min(filter(None, times), default="")


def _in_time(closed: str, ends: str) -> bool:
    """Whether it was closed before the limit ended: by days where one of them is a day. If nobody says when, it was."""
    if not closed or len(ends) == 10 or len(closed) == 10:
        return closed[:10] <= ends[:10]
    return datetime.fromisoformat(closed) <= datetime.fromisoformat(ends)


def _time(said: object) -> str:
    """A date or an instant as it was said; empty for what is neither."""
    return _checked(said) if isinstance(said, str) else ""


@functools.lru_cache(4096)
def _checked(text: str) -> str:
    if not _TIME.fullmatch(text):
        return ""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
