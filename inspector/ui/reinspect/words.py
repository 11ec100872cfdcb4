"""What rounds are called: the rows of their findings, what is missing, who they are for."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inspector.model import deadline
from inspector.model.notice import Seen
from inspector.model.paper import Kind
from inspector.model.round import Round
from inspector.services.round_papers import Line
from inspector.text import say
from inspector.ui.findings.words import moment_words
from inspector.ui.inspect.words import time_limit_words
from inspector.ui.widgets.bars import Key
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.words import due_words, short_day, site_note

ICONS: Final = {
    None: ("circle", "muted"),
    Seen.PASS: ("circle-check", "ok"),
    Seen.FAIL: ("circle-x", "bad"),
    Seen.PARTLY: ("circle-minus", "warn"),
}


def row(line: Line) -> Row:
    """A finding of a round in its list."""
    seen = line.sighting.seen
    icon, tone = ICONS[seen]
    if lacks(line) and seen is not None:
        icon, tone = "alert-circle", "warn"
    said = seen_words(seen, closed=line.closed) if seen is not None else ""
    return Row(
        key=line.finding.id,
        title=line.finding.description or line.finding.item,
        note=site_note(line.finding.place, line.unit),
        icon=icon,
        facts=(Fact(said, tone=tone, bold=seen is Seen.FAIL),) if said else (),
        group=site_note(line.site, line.street),
    )


def seen_words(seen: Seen, *, closed: bool) -> str:
    """已整改, 未整改, 部分整改; of what was closed: 保持, 反弹."""
    if closed:
        return say("held-pass") if seen is Seen.PASS else say("held-fail")
    return say(f"seen-{seen.value}")


def lacks(line: Line) -> str:
    """What is still missing of a finding: 还没有结果, 请写明原因 …; empty if nothing."""
    field = line.sighting.lacks(closed=line.closed)
    return say(f"round-lacks-{field.replace('_', '-')}") if field else ""


def facts(line: Line, now: datetime) -> str:
    """Who, by when: 县环卫中心 · 5 个工作日 · 12月1日到期 · 剩 2 天."""
    finding = line.finding
    limit = time_limit_words(finding.time_limit) if finding.time_limit else ""
    left = ""
    try:
        last = deadline.read_due(finding.due)
    except ValueError:
        last = None
    if last is not None and not line.closed:
        left = due_words(deadline.days_left(last, at=now))[0]
    due = say("round-due", day=moment_words(finding.due)) if finding.due else ""
    return site_note(line.unit, limit, due, left)


def about(lines: tuple[Line, ...]) -> str:
    """What a round is: 6 处 · 3 个点位 · 城关街道."""
    sites = {line.site for line in lines}
    streets = say("ui-list").join(dict.fromkeys(line.street for line in lines if line.street))
    return site_note(say("round-about", count=len(lines), sites=len(sites)), streets)


def title(walk: Round) -> str:
    """复查, 回头看 or 现场交办."""
    if walk.kind is Kind.HANDOVER:
        return say("handover-title")
    return say("lookback-title") if walk.looks_back else say("round-title")


def keys(finish: str, *, typing: bool, closed: bool) -> tuple[Key, ...]:
    """The keys that work in a round now; `finish` is what Ctrl Enter does."""
    results = "1 2" if closed else "1 2 3"
    return (
        Key(say("key-alt", cap=results) if typing else results, say("round-key-result")),
        Key("Enter", say("round-key-next")),
        Key("Ctrl V", say("round-key-paste")),
        Key("Ctrl I", say("round-key-import")),
        Key("Ctrl Z", say("key-undo")),
        Key("Ctrl Enter", finish),
    )


def begun(walk: Round) -> str:
    """10月13日开始，已看 2 / 6."""
    return say("round-begun", day=short_day(walk.begin), judged=walk.judged, count=len(walk.sightings))
