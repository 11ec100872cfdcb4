"""The time line of a finding as lines: when, who, what, how many photos and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from inspector.model.marks import Mark
from inspector.model.request import Subject
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.findings import Event, Taken

_DEVICE = 8
"""Of a device's id; the record was signed by it."""


def print_timeline(events: Sequence[Event], marks: Iterable[Mark], *, called: Mapping[str, str]) -> None:
    """The marks, then a line for each record."""
    typer.echo("")
    if shown := say("timeline-join").join(say(f"mark-{mark.value.replace('_', '-')}") for mark in marks):
        typer.echo(say("timeline-marks", marks=shown))
    typer.echo(say("timeline-heading"))
    for event in events:
        who = called.get(event.person) or say("timeline-device", device=event.device[:_DEVICE])
        what = say("timeline-then").join(_what(event, called)) or say("timeline-other")
        blobs = say("timeline-blobs", count=len(event.blobs)) if event.blobs else ""
        at = event.wall[:16].replace("T", " ")
        typer.echo(say("timeline-line", at=at, who=who, what=what, blobs=blobs))


def _what(event: Event, called: Mapping[str, str]) -> Iterator[str]:
    if not event.known:
        yield say("timeline-newer")
    if "inspection" in event.fields:
        yield say("timeline-found")
    yield from (_step(taken) for taken in event.steps)
    for subject in Subject:
        if isinstance(request := event.fields.get(subject.value), dict):
            yield _request(subject, request, called)
    if "report" in event.fields:
        yield say("timeline-report", **_texts(event.fields["report"], "measures", "person", "finished"))
    if event.fields.get("duplicate_of"):
        yield say("timeline-duplicate", finding=event.fields["duplicate_of"])
    for name, value in event.fields.items():
        if name.startswith("attachment/") and isinstance(value, dict):
            yield say("timeline-attachment", **_texts(value, "name", "note"))
    if "looked_back" in event.fields:
        yield say("timeline-looked-back", **_texts(event.fields["looked_back"], "note"))
    if event.fields.get("due"):
        yield say("timeline-due", due=event.fields["due"])


def _step(taken: Taken) -> str:
    step = taken.step
    parts = (step.to, step.way, step.document, step.reason)
    line = say(f"move-{step.move.value}")
    if shown := say("timeline-join").join(part for part in parts if part):
        line = say("timeline-step", move=line, parts=shown)
    return say("timeline-void", step=line) if taken.void else line


def _request(subject: Subject, request: Mapping[str, Any], called: Mapping[str, str]) -> str:
    said = _texts(request, "asked_by", "reason", "answer", "state")
    after = str(request.get("after", ""))
    about = say(f"subject-{subject.value}")
    if said["state"] in ("", "open"):
        return say("timeline-asked", about=about, after=called.get(after, after), **said)
    ruling = say(f"ruling-{said['state']}")
    return say("timeline-settled", about=about, ruling=ruling, after=called.get(after, after), **said)


def _texts(value: Any, *names: str) -> dict[str, str]:
    said = value if isinstance(value, dict) else {}
    return {name: str(said.get(name, "")) for name in names}
