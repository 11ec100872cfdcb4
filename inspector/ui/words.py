"""Phrases that several screens make of values: days, scores, what a site is."""

from __future__ import annotations

from datetime import date, datetime

from inspector.text import say

_WEEKDAYS = (
    "ui-monday",
    "ui-tuesday",
    "ui-wednesday",
    "ui-thursday",
    "ui-friday",
    "ui-saturday",
    "ui-sunday",
)


def day_words(day: date) -> str:
    """10月13日 星期二"""
    return say("ui-day", month=day.month, day=day.day, weekday=say(_WEEKDAYS[day.weekday()]))


def short_day(moment: str) -> str:
    """10月13日, of an instant or a date as it is stored."""
    day = date.fromisoformat(moment[:10])
    return say("ui-short-day", month=day.month, day=day.day)


def clock_words(moment: str) -> str:
    """10:40, of an instant as it is stored."""
    return f"{datetime.fromisoformat(moment):%H:%M}"


def days_ago(moment: str, now: datetime) -> str:
    """今天, 昨天 or 13 天前."""
    days = (now.date() - datetime.fromisoformat(moment).astimezone(now.tzinfo).date()).days
    if days <= 0:
        return say("ui-today")
    return say("ui-yesterday") if days == 1 else say("ui-days-ago", days=days)


def score_words(tenths: int | None) -> str:
    """92.5 分, of a score in tenths."""
    return say("ui-no-score") if tenths is None else say("ui-score", score=f"{tenths / 10:.1f}")


def due_words(left: int) -> tuple[str, str]:
    """How long is left (never −1), and its tone: 逾期 1 天, 今天到期, 剩 2 天."""
    if left < 0:
        return say("ui-overdue", days=-left), "bad"
    if left == 0:
        return say("ui-due-today"), "bad"
    return say("ui-days-left", days=left), "warn" if left <= 3 else "muted"


def site_note(*parts: str) -> str:
    """What a site is, in one line: 背街小巷 · XZ-017 · 城关街道."""
    return say("ui-dot").join(part for part in parts if part)
