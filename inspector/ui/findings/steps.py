"""The next step of a finding as buttons: what it is called, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inspector.model.deed import RULINGS_OF, TERMS, Deed
from inspector.model.next_step import Next
from inspector.model.paper import Kind, Standing
from inspector.services.finding_page import Page
from inspector.text import say
from inspector.ui.screen import Place

ICONS: Final = {
    Deed.TELL: "phone",
    Deed.ANSWER: "message",
    Deed.PASS: "flag-check",
    Deed.FAIL: "circle-x",
    Deed.LIMIT: "clock",
    Deed.OBJECT: "gavel",
    Deed.RULE_OBJECTION: "gavel",
    Deed.TRANSFER: "switch-horizontal",
    Deed.RULE_TRANSFER: "switch-horizontal",
    Deed.EXTEND: "calendar-plus",
    Deed.RULE_EXTENSION: "calendar-plus",
    Deed.DUPLICATE: "copy",
    Deed.WITHDRAW: "flag-off",
    Deed.REOPEN: "arrow-back-up",
    Deed.ATTACH: "photo-scan",
}


@dataclass(frozen=True)
class Action:
    """A button: a `deed` that is done here, or a `place` where it is done."""

    text: str
    icon: str
    deed: Deed | None = None
    place: Place | None = None


def deed_words(deed: Deed) -> str:
    """登记交办, 代录答复 …"""
    return say(f"deed-{deed.value.replace('_', '-')}")


def next_words(page: Page) -> str:
    """The next step in a sentence."""
    return say(f"findings-next-{page.next.value}")


def actions(page: Page) -> tuple[Action, ...]:
    """The next step first, then what may be done instead; at most two."""
    wanted: tuple[Action | None, ...]
    match page.next:
        case Next.UNIT:
            wanted = (_deed(page, Deed.TRANSFER),)
        case Next.LIMIT:
            wanted = (_deed(page, Deed.LIMIT), _deed(page, Deed.TELL))
        case Next.SLIP:
            slip = _screen("findings-do-slip", "file-text", Place("handover", which=page.finding.inspection))
            wanted = (slip, _deed(page, Deed.TELL))
        case Next.HAND:
            wanted = (_screen("findings-do-notice", "send", Place("drafting")), _deed(page, Deed.TELL))
        case Next.ISSUE | Next.SERVE:
            wanted = (_paper(page),)
        case Next.ANSWER:
            wanted = (_deed(page, Deed.ANSWER), _round(page))
        case Next.PRESS:
            press = _screen("findings-do-press", "send", Place("pressing", which=page.finding.id))
            wanted = (press, _round(page), _deed(page, Deed.ANSWER))
        case Next.REINSPECT:
            wanted = (_round(page), _deed(page, Deed.PASS), _deed(page, Deed.FAIL))
        case Next.RULE:
            wanted = tuple(_deed(page, deed) for deed in RULINGS_OF.values())
        case Next.DECIDE:
            wanted = (_deed(page, Deed.PASS), _deed(page, Deed.FAIL))
        case Next.DONE:
            wanted = (_deed(page, Deed.REOPEN),)
    return tuple(one for one in wanted if one is not None)[:2]


def others(page: Page) -> tuple[Deed, ...]:
    """All other deeds that are possible now."""
    shown = {one.deed for one in actions(page)}
    return tuple(deed for deed in page.deeds if deed in TERMS and deed not in shown)


def _deed(page: Page, deed: Deed) -> Action | None:
    return Action(deed_words(deed), ICONS[deed], deed=deed) if deed in page.deeds else None


def _screen(key: str, icon: str, place: Place) -> Action:
    return Action(say(key), icon, place=place)


def reinspection(which: Sequence[str]) -> Action:
    """A round of re-inspections of these."""
    return Action(say("findings-do-reinspect"), "eye-check", place=Place("reinspect", which=",".join(which)))


def _round(page: Page) -> Action | None:
    return reinspection([page.finding.id]) if Deed.PASS in page.deeds else None


def _paper(page: Page) -> Action | None:
    """The notice that waits to be checked, signed, or brought."""
    waiting = {
        Standing.DRAFT: ("findings-do-review", "deciding", "review"),
        Standing.CHECKED: ("findings-do-issue", "deciding", "issue"),
        Standing.ISSUED: ("findings-do-serve", "serving", ""),
    }
    for paper in page.papers:
        if paper.kind is Kind.NOTICE and paper.standing in waiting:
            key, screen, spot = waiting[paper.standing]
            return _screen(key, "file-text", Place(screen, which=paper.id, spot=spot))
    return None
