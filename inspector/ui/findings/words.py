"""What a finding is called: its state, how long is left, the row of the list, the lines of its time line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inspector.model.finding import State, Step
from inspector.model.words import Severity, word
from inspector.services.finding_list import Listed
from inspector.services.findings import Event
from inspector.text import say
from inspector.ui.widgets.rows import Fact, Row
from inspector.ui.words import clock_words, due_words, short_day, site_note

TONES: Mapping[State, str] = {
    State.REPORTED: "accent",
    State.FAILED: "bad",
    State.REOPENED: "bad",
    State.DISPUTED: "warn",
    State.OPEN: "warn",
    State.PASSED: "ok",
}


def state_words(state: State) -> tuple[str, str]:
    """The state and its tone."""
    return say(f"finding-is-{state.value}"), TONES.get(state, "muted")


def left_words(left: int | None, due: str) -> tuple[str, str]:
    """How long is left, and its tone; a limit in hours says the time on its last day."""
    if left is None:
        return "", "muted"
    text, tone = due_words(left)
    if left == 0 and "T" in due:
        return f"{clock_words(due)} {say('ui-due-today')}", tone
    return text, tone


def row(one: Listed, heading: str) -> Row:
    """A finding as a row of the list."""
    state, tone = state_words(one.state)
    left, left_tone = left_words(one.left, one.due)
    severe = "" if one.severity is Severity.MINOR else word(one.severity)
    facts = (
        Fact(severe, tone="bad", badge=True),
        Fact(one.unit, width=90),
        Fact(state, tone=tone, badge=True),
        Fact(left, tone=left_tone, width=84, bold=one.left is not None and one.left <= 0),
    )
    return Row(
        key=one.id,
        title=one.text or one.item,
        note=site_note(one.site, one.place, one.item),
        icon="" if one.photo else "photo-off",
        photo=one.photo,
        facts=tuple(fact for fact in facts if fact.text),
        group=heading,
    )


def event_words(event: Event, names: Mapping[str, str]) -> tuple[str, str, str]:
    """A record on the time line: what happened, by whom and what was said, its tone."""
    if not event.known:
        return say("timeline-newer"), "", "muted"
    who = names.get(event.person, "")
    said = [who, *(part for taken in event.steps for part in _step_words(taken.step, names))]
    report = event.fields.get("report")
    if isinstance(report, Mapping) and report.get("measures"):
        said.append(str(report["measures"]))
    if len(event.blobs):
        said.append(say("findings-event-more", count=len(event.blobs)))
    what = say("timeline-then").join(_what(event)) or say("timeline-other")
    bad = any(taken.step.move in ("fail", "reopen") for taken in event.steps)
    return what, site_note(*dict.fromkeys(said)), "bad" if bad else "text"


def _what(event: Event) -> Iterator[str]:
    if "found_on" in event.fields and "description" in event.fields:
        yield say("timeline-found")
    for taken in event.steps:
        move = say(f"move-{taken.step.move.value}")
        yield say("timeline-void", step=move) if taken.void else move
    for subject in ("objection", "transfer", "extension"):
        if event.fields.get(subject):
            yield say(f"subject-{subject}")


def _step_words(step: Step, names: Mapping[str, str]) -> Iterator[str]:
    if step.to:
        yield say("findings-event-to", to=step.to)
    for text in (step.way, names.get(step.document, step.document), step.reason):
        if text and not text.startswith(("notice:", "inspection:")):
            yield text


def moment_words(moment: str) -> str:
    """10月12日 16:20; a date alone has no time."""
    if not moment:
        return ""
    return f"{short_day(moment)} {clock_words(moment)}" if "T" in moment else short_day(moment)
