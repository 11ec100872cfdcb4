"""A signed document as a row of the list."""

from __future__ import annotations

from inspector.model.paper import Kind, Standing
from inspector.model.words import word
from inspector.services.paper_list import Listed
from inspector.text import say
from inspector.ui.notices.words import ICONS, STATE_PX, standing_words
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.words import score_words, short_day, site_note


def kind_words(kind: Kind | None) -> str:
    """What a kind of documents is called; None is a sheet."""
    return say(f"wording-{kind.value}") if kind else say("documents-sheets")


def row(one: Listed) -> Row:
    """Title, number and whom it is about; the day; of a sheet the score, of a document how far it has come."""
    if one.kind is None:
        bad = one.score == 0
        follows = say("documents-revisit") if one.follows else ""
        category = word(one.category) if one.category else ""
        return Row(
            key=one.id,
            icon="clipboard-check",
            title=say("documents-sheet-of", site=one.name),
            note=site_note(one.number, *one.about, category, follows),
            facts=(
                Fact(short_day(one.day), width=72),
                Fact(score_words(one.score), tone="bad" if bad else "muted", width=STATE_PX, bold=bad),
            ),
        )
    text, tone = "", "muted"
    if one.standing is not None and one.kind is not Kind.SERVICE:
        text, tone = standing_words(one.standing)
    return Row(
        key=one.id,
        icon=ICONS[one.kind],
        title=say("documents-paper-of", heading=one.heading, name=one.name),
        note=site_note(one.number, say("notices-findings", count=one.findings) if one.findings else ""),
        facts=(
            Fact(short_day(one.day), width=72),
            Fact(text, tone=tone, width=STATE_PX, badge=True),
        ),
        faint=one.standing is Standing.VOID,
    )
