"""发文字号: blocks that the office allots, and what became of each number of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

import msgspec

from inspector.ledger.record import Record
from inspector.model import number as rules
from inspector.model.errors import BadInput
from inspector.model.number import Block, Declared, Fate, Line, Official, Status
from inspector.services import scans
from inspector.services.drafts import plain, stamp
from inspector.store import entities, notices, records
from inspector.store.workspace import Workspace

_DECLARED = "declared_"


class Allotted(msgspec.Struct, frozen=True, kw_only=True):
    """A block with every number of it; `here`: this laptop gives them."""

    block: Block
    lines: tuple[Line, ...]
    here: bool


def allot(
    workspace: Workspace, *, prefix: str, year: int, first: int, last: int, now: datetime, device: str = ""
) -> Block:
    """A block of numbers for `device`, this laptop if none is named.
    Raises BadInput `number-block-invalid`, Refused `number-block-overlaps`."""
    block = Block(
        id=workspace.new_id("block"),
        prefix=prefix.strip(),
        year=year,
        first=first,
        last=last,
        device=device or workspace.device.id,
    )
    with workspace.transaction() as db:
        rules.check_block(block, blocks(db))
        said = plain(block)
        del said["id"]
        record = Record("block", block.id, (), {"set": said})
        records.append(db, workspace, (record,), person=None, wall=stamp(now))
    return block


def every(workspace: Workspace) -> tuple[Allotted, ...]:
    """All blocks by prefix, year and number, with what became of each number."""
    with workspace.reading() as db:
        known = blocks(db)
        given = notices.given(notices.every(db))
        said = declared(db)
    device = workspace.device.id
    ordered = sorted(known, key=lambda block: (block.prefix, block.year, block.first, block.id))
    return tuple(
        Allotted(
            block=block,
            lines=rules.account(block, device=device, given=given, declared=said),
            here=block.device == device,
        )
        for block in ordered
    )


class Upcoming(msgspec.Struct, frozen=True, kw_only=True):
    """The number that this laptop gives next with a prefix, and how many it has left."""

    prefix: str
    number: Official | None
    left: int


def upcoming(workspace: Workspace, year: int) -> tuple[Upcoming, ...]:
    """What this laptop can issue with in `year`, by prefix."""
    mine: dict[str, list[Official]] = {}
    for one in every(workspace):
        if one.here and one.block.year == year:
            free = mine.setdefault(one.block.prefix, [])
            free += [line.number for line in one.lines if line.status is Status.FREE]
    return tuple(
        Upcoming(prefix=prefix, number=free[0] if free else None, left=len(free))
        for prefix, free in mine.items()
    )


def doubles(workspace: Workspace) -> Mapping[Official, tuple[str, ...]]:
    """Numbers that several documents carry after a merge, with these documents."""
    with workspace.reading() as db:
        return rules.doubles(notices.given(notices.every(db)))


def declare(
    workspace: Workspace,
    number: Official,
    fate: Fate,
    *,
    now: datetime,
    reason: str = "",
    scan: Path | None = None,
) -> Declared:
    """A person's word on a number that no document here carries: used on paper (with its scan), or void (with the
    reason). Raises Refused `number-not-allotted`, `number-carried`, `number-declare-needs`, and like `scans.keep`."""
    kept = scans.keep(workspace, scan) if scan is not None else None
    word = Declared(number=number, fate=fate, reason=reason.strip(), scan=kept.sha256 if kept else "")
    with workspace.transaction() as db:
        known = blocks(db)
        rules.check_declared(word, blocks=known, given=notices.given(notices.every(db)))
        block = next(one for one in known if _holds(one, number))
        record = Record(
            "block",
            block.id,
            records.heads(db, block.id),
            {
                "set": {
                    f"{_DECLARED}{number.n}": {"fate": fate.value, "reason": word.reason, "scan": word.scan}
                }
            },
            ((kept.sha256, kept.bytes),) if kept else (),
        )
        records.append(db, workspace, (record,), person=None, wall=stamp(now))
    return word


def blocks(db: Connection) -> list[Block]:
    """All blocks that were allotted."""
    return entities.of_kind(db, "block", Block)


def declared(db: Connection) -> list[Declared]:
    """What people said of numbers."""
    found = []
    for shown in entities.shown_of(db, "block").values():
        for field, said in shown.items():
            if field.startswith(_DECLARED):
                try:
                    number = Official(shown["prefix"], shown["year"], int(field.removeprefix(_DECLARED)))
                    found.append(
                        Declared(
                            number=number, fate=Fate(said["fate"]), reason=said["reason"], scan=said["scan"]
                        )
                    )
                except (KeyError, TypeError, ValueError):  # written by a foreign program
                    continue
    return found


def prefix_of(workspace: Workspace, prefix: str, year: int) -> str:
    """The prefix to issue with: the one given, else the only one that this laptop has numbers of.
    Raises BadInput `number-prefix-wanted`."""
    if prefix:
        return prefix
    with workspace.reading() as db:
        mine = {
            block.prefix for block in blocks(db) if (block.device, block.year) == (workspace.device.id, year)
        }
    if len(mine) != 1:
        raise BadInput("number-prefix-wanted", year=year, known=" ".join(sorted(mine)))
    return mine.pop()


def _holds(block: Block, number: Official) -> bool:
    same = (block.prefix, block.year) == (number.prefix, number.year)
    return same and block.first <= number.n <= block.last
