"""What a finding is called: its state, how long is left, the row of the list."""

from __future__ import annotations

from collections.abc import Mapping

from inspector.model.finding import State
from inspector.model.words import Severity, word
from inspector.services.finding_list import Listed
from inspector.text import say, word_of
from inspector.ui.widgets.row import Fact, Row
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
    return word_of(state), TONES.get(state, "muted")


def left_words(left: int | None, due: str, *, estimated: bool = False) -> tuple[str, str]:
    """How long is left, and its tone; a limit in hours says the time on its last day, a date whose holidays are not
    known that it is an estimate."""
    if left is None:
        return "", "muted"
    text, tone = due_words(left)
    if left == 0 and "T" in due:
        text = f"{clock_words(due)} {say('ui-due-today')}"
    return say("findings-left-estimated", left=text) if estimated else text, tone


def due_fact(one: Listed) -> tuple[str, str]:
    """The same in two lines, as the list has it: how much, and of what."""
    if one.left is None:
        return "", "muted"
    if one.left == 0:
        clock = clock_words(one.due) if "T" in one.due else say("findings-end-of-day")
        much, what, tone = clock, say("ui-today"), "warn"
    else:
        much = say("findings-days", days=abs(one.left))
        what, tone = (
            (say("findings-within-late"), "bad") if one.left < 0 else (say("findings-days-left"), "text")
        )
    what = say("findings-left-estimated", left=what) if one.estimated else what
    return f"{much}\n{what}", tone


def row(one: Listed) -> Row:
    """A finding as a row of the list."""
    state, tone = state_words(one.state)
    left, left_tone = due_fact(one)
    severe = "" if one.severity is Severity.MINOR else word(one.severity)
    facts = (
        Fact(severe, tone="bad", badge=True),
        Fact(one.unit, width=90),
        Fact(state, tone=tone, badge=True),
        Fact(left, tone=left_tone, width=64, bold=True),
    )
    return Row(
        key=one.id,
        title=one.text or one.item,
        note=site_note(one.site, one.place, one.item),
        icon="" if one.photo else "photo-off",
        photo=one.photo,
        facts=tuple(fact for fact in facts if fact.text),
    )


def moment_words(moment: str) -> str:
    """10月12日 16:20; a date alone has no time."""
    if not moment:
        return ""
    return f"{short_day(moment)} {clock_words(moment)}" if "T" in moment else short_day(moment)


def due_of(due: str, *, estimated: bool) -> str:
    """The last day or minute as the page states it."""
    text = moment_words(due)
    return say("findings-estimated", day=text) if text and estimated else text
