"""The life of a finding as a time line tells it: what, when, who, with the photos and papers of each moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from inspector.model.finding import Move, Step
from inspector.model.paper import Kind, Way
from inspector.model.request import Ruling, Subject
from inspector.services.finding_page import Page, Paper
from inspector.services.findings import Event
from inspector.text import say, word_of
from inspector.ui.findings.words import due_of, moment_words
from inspector.ui.words import site_note

ATTACHMENT = "attachment/"
MOST_OF_A_NAME = 14


class Link(msgspec.Struct, frozen=True):
    """Something that can be opened: `kind` is sheet, paper, scan or finding; `which` its id (of a scan its hash),
    `text` what it is called, `label` the same in the few characters of a button."""

    kind: str
    which: str
    text: str
    label: str


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the time line."""

    what: str
    said: str
    when: str
    tone: str = "text"
    photos: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def moments(page: Page) -> tuple[Moment, ...]:
    """The latest first: every record, and the papers that were signed without being one."""
    told = [_told(event, page) for event in page.events]
    for paper in reversed(page.papers):
        if paper.issued and paper.kind in (Kind.NOTICE, Kind.PRESS):
            told.insert(_place(paper, page.events, len(told)), _issued(paper))
    return tuple(reversed(told))


def _place(paper: Paper, events: Sequence[Event], end: int) -> int:
    """Behind what had happened when it was signed: a paper bears a day, and it is signed before it arrives."""
    for at, event in enumerate(events):
        serves = any(taken.step.move is Move.SERVE for taken in event.steps)
        if event.wall[:10] > paper.issued or (serves and event.wall[:10] >= paper.issued):
            return at
    return end


def _issued(paper: Paper) -> Moment:
    return Moment(
        what=say("timeline-issued", kind=word_of(paper.kind)),
        said=site_note(paper.number, say("timeline-paper-void") if paper.void else ""),
        when=moment_words(paper.issued),
        links=(_paper(paper),),
    )


def _paper(paper: Paper) -> Link:
    kind = word_of(paper.kind)
    text = say("findings-paper", kind=kind, number=paper.number)
    return Link("paper", paper.id, text, say("findings-look-at", what=kind))


def _told(event: Event, page: Page) -> Moment:
    when = moment_words(event.wall)
    if not event.known:
        return Moment(what=say("timeline-newer"), said="", when=when, tone="muted")
    who = page.names.get(event.person, "")
    said = [who, *(part for taken in event.steps for part in _step_words(taken.step))]
    if "found_on" in event.fields:
        said.append(page.number)
    said += _request_words(event, page.names)
    report = event.fields.get("report")
    if isinstance(report, Mapping):
        said += [str(report.get(name, "")) for name in ("measures", "person", "finished")]
    looked = event.fields.get("looked_back")
    if isinstance(looked, Mapping):
        said.append(str(looked.get("note", "")))
    if due := event.fields.get("due"):
        day = due_of(str(due), estimated=bool(event.fields.get("due_estimated")))
        said.append(say("timeline-due", due=day))
    what = say("timeline-then").join(_what(event)) or say("timeline-other")
    bad = any(taken.step.move in (Move.FAIL, Move.REOPEN) for taken in event.steps)
    return Moment(
        what=what,
        said=site_note(*dict.fromkeys(said)),
        when=when,
        tone="bad" if bad else "text",
        photos=tuple(_photos(event)),
        links=tuple(_links(event, page)),
    )


def _what(event: Event) -> Iterator[str]:
    if "found_on" in event.fields and "description" in event.fields:
        yield say("timeline-found")
    for taken in event.steps:
        move = word_of(taken.step.move)
        yield say("timeline-void", step=move) if taken.void else move
    for subject in Subject:
        request = event.fields.get(subject.value)
        if isinstance(request, Mapping):
            yield word_of(subject)
    if "time_limit" in event.fields and not event.steps and "found_on" not in event.fields:
        yield say("timeline-limit")
    if event.fields.get("looked_back"):
        yield say("timeline-looked")
    if any(name.startswith(ATTACHMENT) for name in event.fields):
        yield say("timeline-scan")


def _step_words(step: Step) -> Iterator[str]:
    if step.to:
        yield say("findings-event-to", to=step.to)
    way = word_of(Way(step.way)) if step.way in set(Way) else step.way
    document = "" if step.document.startswith(("notice:", "inspection:")) else step.document
    yield from (text for text in (way, document, step.reason) if text)


def _request_words(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    for subject in Subject:
        request = event.fields.get(subject.value)
        if not isinstance(request, Mapping):
            continue
        said = {name: str(request.get(name, "")) for name in ("asked_by", "reason", "answer", "after")}
        after = names.get(said["after"], said["after"])
        yield site_note(said["asked_by"], after, said["reason"])
        state = request.get("state", Ruling.OPEN.value)
        if state in set(Ruling) - {Ruling.OPEN}:
            yield site_note(word_of(Ruling(state)), said["answer"])


def _photos(event: Event) -> Iterator[str]:
    """What was seen at that moment: the photos of its steps, of the report, of the finding itself."""
    found: dict[str, None] = {}
    for taken in event.steps:
        found.update(dict.fromkeys(taken.step.photos))
    for name in ("report", "looked_back"):
        value = event.fields.get(name)
        found.update(dict.fromkeys(_hashes(value.get("photos") if isinstance(value, Mapping) else ())))
    if "found_on" in event.fields:
        found.update(dict.fromkeys(_hashes(event.fields.get("photos"))))
    yield from found


def _hashes(photos: Any) -> Iterator[str]:
    for photo in photos if isinstance(photos, list | tuple) else ():
        if isinstance(photo, Mapping) and isinstance(photo.get("sha256"), str):
            yield photo["sha256"]


def _links(event: Event, page: Page) -> Iterator[Link]:
    if "found_on" in event.fields and page.number:
        text = say("findings-sheet-number", number=page.number)
        yield Link("sheet", page.finding.inspection, text, say("findings-look-at", what=say("sheet-file")))
    papers = {paper.id: paper for paper in page.papers}
    for document in dict.fromkeys(taken.step.document for taken in event.steps):
        if document in papers:
            yield _paper(papers[document])
    for name, value in event.fields.items():
        if name.startswith(ATTACHMENT) and isinstance(value, Mapping):
            sha256 = name.removeprefix(ATTACHMENT)
            name = str(value.get("note") or value.get("name") or sha256[:8])
            short = name if len(name) <= MOST_OF_A_NAME else f"{name[:MOST_OF_A_NAME]}…"
            yield Link("scan", sha256, name, short)
    if other := event.fields.get("duplicate_of"):
        yield Link("finding", str(other), "", say("findings-kept"))
