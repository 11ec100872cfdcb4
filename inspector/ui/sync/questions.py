"""Where two people disagreed, in words: what about, and each side with who said it, where and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from inspector.model.errors import BadInput
from inspector.model.finding import Move
from inspector.services import conflicts, findings, inspections, people
from inspector.services.conflicts import Conflict, Kind, Side
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.words import clock_words, short_day, site_note

LONGEST: Final = 200
FIELDS: Final = {
    "name": "sync-field-name",
    "kind": "sync-field-kind",
    "address": "sync-field-address",
    "street": "sync-field-street",
    "lead_unit": "sync-field-lead-unit",
    "helping_units": "sync-field-helping-units",
    "position": "sync-field-position",
    "organisation": "sync-field-organisation",
    "note": "sync-field-note",
    "document": "sync-field-document",
}
"""Words for the fields that people disagree about most; others are shown as they are stored."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One side: what it says, who says it; `key` is its batch, for a duplicate the inspection."""

    key: str
    text: str
    note: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something to decide. The first answer is what is shown meanwhile."""

    kind: Kind
    entity: str
    subject: str
    answers: tuple[Answer, ...]


def every(workspace: Workspace) -> tuple[Question, ...]:
    """All that waits for a person, in a fixed order."""
    found = conflicts.every(workspace)
    if not found:
        return ()
    names = dict(findings.names(workspace))
    names |= {one.id: one.name for one in people.every(workspace)}
    names |= {
        one.id: say("sync-visit", site=names.get(one.site, one.site), day=short_day(one.begin))
        for one in inspections.every(workspace)
    }
    return tuple(_question(workspace, one, names) for one in found)


def _question(workspace: Workspace, conflict: Conflict, names: Mapping[str, str]) -> Question:
    entity = _called(workspace, conflict.entity, names)
    word = say(FIELDS[conflict.field]) if conflict.field in FIELDS else conflict.field
    return Question(
        kind=conflict.kind,
        entity=conflict.entity,
        subject=say(f"sync-ask-{conflict.kind}", entity=entity, field=word),
        answers=tuple(_answer(conflict.kind, side, names) for side in conflict.sides),
    )


def _called(workspace: Workspace, entity: str, names: Mapping[str, str]) -> str:
    if entity in names or not entity.startswith("finding:"):
        return names.get(entity, entity)
    try:
        found = findings.one(workspace, entity)
    except BadInput:
        return entity
    return site_note(names.get(found.site, ""), found.item, found.description)


def _answer(kind: Kind, side: Side, names: Mapping[str, str]) -> Answer:
    photos = say("sync-side-photos", count=len(side.photos)) if side.photos else ""
    when = f"{short_day(side.at)} {clock_words(side.at)}"
    said = _moves(side.value) if kind is Kind.DISPUTED else _plain(side.value, names)
    return Answer(
        key=str(side.value) if kind is Kind.DUPLICATE else side.batch,
        text=said[:LONGEST],
        note=site_note(names.get(side.person, ""), side.device, when, photos),
    )


def _moves(moves: list[str]) -> str:
    known = frozenset(Move)
    return say("ui-list").join(say(f"move-{Move(move)}") for move in moves if move in known)


def _plain(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value, value) or say("sync-side-none")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return say("ui-list").join(names.get(one, one) for one in value) or say("sync-side-none")
    return msgspec.json.encode(value).decode()
