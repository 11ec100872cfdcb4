"""Where two people disagreed, in words: what about, and each side with who said it, where, when, and its photos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from inspector.model.errors import BadInput
from inspector.model.finding import Move
from inspector.model.inspection import Content
from inspector.services import conflicts, findings, inspections, people
from inspector.services.conflicts import Conflict, Kind, Side
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.words import clock_words, score_words, short_day, site_note

LONGEST: Final = 200
MOST_ASKED: Final = 50
"""So many questions are read at a time; more wait behind them."""
MOST_PHOTOS: Final = 6
FIELDS: Final = {
    "name": "sync-field-name",
    "kind": "sync-field-kind",
    "address": "sync-field-address",
    "street": "sync-field-street",
    "community": "sync-field-community",
    "lead_unit": "sync-field-lead-unit",
    "helping_units": "sync-field-helping-units",
    "party": "sync-field-party",
    "place": "sync-field-place",
    "description": "sync-field-description",
    "due": "sync-field-due",
    "position": "sync-field-position",
    "organisation": "sync-field-organisation",
    "merged_into": "sync-field-merged-into",
    "note": "sync-field-note",
    "document": "sync-field-document",
}
"""Words for the fields that people disagree about most; others are shown as they are stored."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One side: what it says, who says it, photos that came with it; `key` is its batch, for a duplicate and a number
    the inspection."""

    key: str
    text: str
    note: str
    photos: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something to decide. The first answer is what is shown meanwhile; `photos` are of the thing itself."""

    kind: Kind
    entity: str
    field: str = ""
    subject: str
    photos: tuple[str, ...] = ()
    answers: tuple[Answer, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The first questions, how many there are in all, and how many sites, units … have fields in conflict."""

    questions: tuple[Question, ...]
    total: int
    in_bulk: dict[str, int]


def asked(workspace: Workspace) -> Asked:
    """What waits for a person, in a fixed order."""
    waiting = conflicts.waiting(workspace)
    found = conflicts.every(workspace, most=MOST_ASKED) if waiting.total else []
    return Asked(
        questions=tuple(_Telling(workspace).questions(found)), total=waiting.total, in_bulk=waiting.fields
    )


class _Telling:
    """Names what questions are about; each thing is read once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._names: Mapping[str, str] = {}
        self._contents: dict[str, Content | None] = {}

    def questions(self, found: Iterable[Conflict]) -> Iterable[Question]:
        for conflict in found:
            if not self._names:
                named = {one: person.name for one, person in people.by_entity(self._workspace).items()}
                self._names = {**findings.names(self._workspace), **named}
            yield self._question(conflict)

    def _question(self, conflict: Conflict) -> Question:
        word = say(FIELDS[conflict.field]) if conflict.field in FIELDS else conflict.field
        subject, photos = self._called(conflict.entity)
        return Question(
            kind=conflict.kind,
            entity=conflict.entity,
            field=conflict.field,
            subject=say(f"sync-ask-{conflict.kind}", entity=subject, field=word),
            photos=photos,
            answers=tuple(self._answer(conflict, side) for side in conflict.sides),
        )

    def _called(self, entity: str) -> tuple[str, tuple[str, ...]]:
        """What a thing is called, and its photos."""
        if entity in self._names:
            return self._names[entity], ()
        if entity.startswith("inspection:") and (content := self._content(entity)):
            return say("sync-visit", site=content.site.name, day=short_day(content.begin)), ()
        if entity.startswith("finding:"):
            try:
                found = findings.one(self._workspace, entity)
            except BadInput:
                return entity, ()
            about = site_note(self._names.get(found.site, ""), found.item, found.place, found.description)
            return about, tuple(photo.sha256 for photo in found.photos)[:MOST_PHOTOS]
        return entity, ()

    def _answer(self, conflict: Conflict, side: Side) -> Answer:
        who = site_note(
            self._names.get(side.person, ""), side.device, f"{short_day(side.at)} {clock_words(side.at)}"
        )
        if conflict.kind in (Kind.DUPLICATE, Kind.NUMBER):
            return self._visit(str(side.value), who)
        if conflict.field == "document":
            return self._document(conflict.entity, side, who)
        said = _moves(side.value) if conflict.kind is Kind.DISPUTED else self._plain(side.value)
        return Answer(key=side.batch, text=said[:LONGEST], note=who, photos=side.photos[:MOST_PHOTOS])

    def _visit(self, inspection: str, who: str) -> Answer:
        content = self._content(inspection)
        if content is None:
            return Answer(key=inspection, text=inspection, note=who)
        return Answer(
            key=inspection, text=_times(content), note=_about(content, who), photos=_photos(content)
        )

    def _document(self, inspection: str, side: Side, who: str) -> Answer:
        """One of two documents of one inspection."""
        try:
            content = msgspec.convert(side.value, Content)
        except msgspec.ValidationError:  # of a newer program
            return Answer(key=side.batch, text=inspection, note=who)
        return Answer(key=side.batch, text=content.number, note=_about(content, who), photos=_photos(content))

    def _content(self, inspection: str) -> Content | None:
        if inspection not in self._contents:
            try:
                self._contents[inspection] = inspections.document(self._workspace, inspection)
            except BadInput:
                self._contents[inspection] = None
        return self._contents[inspection]

    def _plain(self, value: Any) -> str:
        if isinstance(value, str):
            return self._names.get(value, value) or say("sync-side-none")
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return say("ui-list").join(self._names.get(one, one) for one in value) or say("sync-side-none")
        return msgspec.json.encode(value).decode()


def _times(content: Content) -> str:
    """10月12日 09:30–10:00 检查员甲、检查员乙"""
    who = say("ui-list").join(member.name for member in content.members)
    begin, end = clock_words(content.begin), clock_words(content.end or content.begin)
    return say("sync-visit-times", day=short_day(content.begin), begin=begin, end=end, who=who)


def _about(content: Content, who: str) -> str:
    found = say("sync-visit-findings", count=len(content.findings))
    return site_note(who, content.number, found, score_words(content.result.score))


def _photos(content: Content) -> tuple[str, ...]:
    found = (photo.sha256 for finding in content.findings for photo in finding.photos)
    return tuple(dict.fromkeys(found))[:MOST_PHOTOS]


def _moves(moves: list[str]) -> str:
    known = frozenset(Move)
    return say("ui-list").join(say(f"move-{Move(move)}") for move in moves if move in known)
