"""How a sheet says numbers, times, limits and clauses. Pure: content in, text out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from inspector.documents.flow import Sign, Span
from inspector.model.answer import limit_value
from inspector.model.decimals import shown
from inspector.model.form import Choose, Count, Form, Item, Measure, Op, Ratio
from inspector.model.inspection import Answered, Content, Evidence, Named, PhotoRole, TimeLimit
from inspector.model.photo import TIME_PHRASES, TimeSource
from inspector.model.wording import rate_tenths
from inspector.model.words import ClauseStatus, TimeLimitKind, Verdict, word
from inspector.text import say

SIGNS = {
    Verdict.PASS: Sign.TICK,
    Verdict.FAIL: Sign.CROSS,
    Verdict.NOT_APPLICABLE: Sign.DASH,
    Verdict.UNCHECKED: Sign.CIRCLE,
}
_HERE = timedelta(hours=8)
"""The zone of China: any other is printed."""
_LIMITS = {
    TimeLimitKind.AT_ONCE: "sheet-limit-at-once",
    TimeLimitKind.HOUR: "sheet-limit-hour",
    TimeLimitKind.WORKHOUR: "sheet-limit-workhour",
    TimeLimitKind.WORKDAY: "sheet-limit-workday",
    TimeLimitKind.CALDAY: "sheet-limit-calday",
}
_CLAUSES = {
    ClauseStatus.VERIFIED: "",
    ClauseStatus.UNVERIFIED: "sheet-clause-unverified",
    ClauseStatus.OWN: "sheet-clause-own",
}


def marked(verdict: Verdict, text: str, face: str) -> tuple[Span, Span]:
    """`text` behind the drawn sign of a verdict."""
    return Span("", face, SIGNS[verdict]), Span(" " + text, face)


def marks(hundredths: int) -> str:
    """Marks without surplus zeros: 450 is 4.5."""
    return shown(hundredths, 2).rstrip("0").rstrip(".")


def score(tenths: int) -> str:
    """A score with its decimal, none behind nothing: 855 is 85.5."""
    return shown(tenths, 1) if tenths else "0"


def digits(sha256: str) -> str:
    """The first 16 hex digits of a hash in groups of four, as people compare them."""
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4))


def listed(parts: Iterable[str]) -> str:
    """Parts as an enumeration, without the empty ones; 无 if there are none."""
    return listed_or_nothing(parts) or say("sheet-none")


def listed_or_nothing(parts: Iterable[str]) -> str:
    """Parts as an enumeration, without the empty ones."""
    return say("sheet-comma").join(part for part in parts if part)


def dotted(parts: Iterable[str]) -> str:
    """Parts beside each other, without the empty ones."""
    return say("sheet-dot").join(part for part in parts if part)


def day(moment: str) -> str:
    """The day of an RFC 3339 time or of a date, without zeros; what is no date stays as it is."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return say("sheet-day", year=at.year, month=at.month, day=at.day)


def moment(text: str) -> str:
    """Day and minute of an RFC 3339 time."""
    at = datetime.fromisoformat(text)
    return f"{day(text)} {at:%H:%M}" + _zone(at)


def visit(content: Content) -> str:
    """From when to when the visit was, with the zone where it is not China's."""
    begin, end = datetime.fromisoformat(content.begin), datetime.fromisoformat(content.end)
    until = f"{end:%H:%M}"
    if end.date() != begin.date():
        until = say("sheet-month-day", month=end.month, day=end.day) + " " + until
    return say("sheet-visit", day=day(content.begin), begin=f"{begin:%H:%M}", end=until) + _zone(begin)


def _zone(at: datetime) -> str:
    if at.utcoffset() in (_HERE, None):
        return ""
    return say("sheet-zone", zone=f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:])


def form_used(content: Content) -> str:
    """The form with its edition, a draft as such."""
    used = content.form
    phrase = "sheet-form-approved" if used.status == "approved" else "sheet-form-draft"
    return say(phrase, title=used.title, edition=used.edition)


def time_limit(limit: TimeLimit) -> str:
    """The time limit in words; the date comes with the notice."""
    return say(_LIMITS[limit.kind], n=limit.n)


def clause(item: Item) -> str:
    """What the item rests on. What is not verified, or the office's own, is said to be for reference only."""
    text = say("sheet-clause", source=item.clause.source, article=item.clause.article)
    phrase = _CLAUSES[item.clause.status]
    return say(phrase, clause=text) if phrase else text


def units(lead: Named | None, helping: Iterable[Named] = (), party: str = "") -> str:
    """Who leads, who helps, and which company is concerned."""
    helpers = listed_or_nothing(one.name for one in helping)
    parts = [say("sheet-units-lead", lead=lead.name if lead else say("sheet-none"))]
    if helpers:
        parts.append(say("sheet-units-helping", helping=helpers))
    if party:
        parts.append(say("sheet-units-party", party=party))
    return say("sheet-semicolon").join(parts)


def number_of(content: Content, form: Form, answered: Answered) -> str:
    """What was measured, counted or chosen, with its limit; empty where there is no number."""
    item = form.item(answered.code)
    value = _value(item, answered)
    limit = _limit(item, dict(content.header))
    return say("sheet-answer-limit", value=value, limit=limit) if value and limit else value


def _value(item: Item, answered: Answered) -> str:
    kind = item.answer
    if isinstance(kind, Ratio) and answered.numerator is not None and answered.denominator:
        rate = shown(rate_tenths(answered.numerator, answered.denominator), 1)
        return say(
            "sheet-answer-ratio",
            numerator=answered.numerator,
            denominator=answered.denominator,
            unit=kind.measure_unit,
            rate=rate.removesuffix(".0"),
        )
    if isinstance(kind, Measure) and answered.value:
        return say("sheet-answer-count", count=answered.value, unit=kind.measure_unit)
    if isinstance(kind, Count) and answered.count is not None:
        return say("sheet-answer-count", count=answered.count, unit=kind.measure_unit)
    return answered.option if isinstance(kind, Choose) else ""


def _limit(item: Item, header: dict[str, str]) -> str:
    bound = limit_value(item.limit, header) if item.limit is not None else None
    if item.limit is None or bound is None:
        return ""
    value = f"{bound}%" if isinstance(item.answer, Ratio) else shown(bound, item.decimals)
    return say("sheet-limit-at-most" if item.limit.op is Op.AT_MOST else "sheet-limit-at-least", value=value)


def remarks(content: Content, form: Form, answered: Answered) -> list[str]:
    """What is to be said beside an answer: why it was not observed, why it is not what its number says, notes."""
    lines = []
    if answered.off_by:
        asked = form.header_by_code[answered.off_by]
        answer = dict(content.header).get(answered.off_by, "")
        lines.append(say("sheet-answer-off", asked=asked.key, answer=answer))
    if answered.text:
        lines.append(say("sheet-answer-text", text=answered.text))
    if answered.proposed is Verdict.FAIL:
        lines.append(say("sheet-answer-better", text=answered.why))
    elif answered.why:
        lines.append(say("sheet-answer-why", text=answered.why))
    if answered.proposed is Verdict.PASS:
        lines.append(say("sheet-answer-worse"))
    if answered.note:
        lines.append(say("sheet-answer-note", text=answered.note))
    return lines


def verdict_words(answered: Answered) -> str:
    """The verdict, an unchecked one with its reason."""
    if answered.verdict is None:
        return ""
    said = word(answered.verdict)
    if answered.verdict is Verdict.UNCHECKED and answered.reason is not None:
        return say("sheet-bracket", text=said, extra=word(answered.reason))
    return said


def caption(content: Content, photo: Evidence, n: int) -> str:
    """What stands below a photo: before or after, the time with its source, what is odd, the original's hash."""
    role = say("sheet-before" if photo.role is PhotoRole.BEFORE else "sheet-after")
    kinds = {mark.kind for mark in photo.marks}
    return dotted(
        (
            say("sheet-photo-counted", role=role, n=n) if n else role,
            photo.caption,
            _taken(content, photo),
            *(say(flag) for flag in photo.flags),
            say("sheet-photo-marked") if kinds & {"arrow", "box"} else "",
            say("sheet-photo-pixelated") if "pixelate" in kinds else "",
            say("sheet-photo-digits", digits=photo.sha256[:8]),
        )
    )


def _taken(content: Content, photo: Evidence) -> str:
    source = TimeSource(photo.taken_source) if photo.taken_source else TimeSource.NONE
    if source is TimeSource.NONE or not photo.taken_at:
        return say(TIME_PHRASES[TimeSource.NONE])
    text = say(TIME_PHRASES[source], time=_short(content, photo.taken_at))
    if photo.shifted:
        text += say("sheet-semicolon") + say("photo-time-shifted", time=_short(content, photo.shifted))
    return text


def _short(content: Content, text: str) -> str:
    """The minute alone on the day of the visit, else the day as well."""
    at = datetime.fromisoformat(text)
    return f"{at:%H:%M}" if text[:10] == content.begin[:10] else f"{day(text)} {at:%H:%M}"


def numbered(index: int, title: str) -> str:
    """The title of a section with its number, from 0 (一、)."""
    numerals = say("sheet-numerals").split()
    numeral = numerals[index] if index < len(numerals) else str(index + 1)
    return say("sheet-numbered", numeral=numeral, title=title)
