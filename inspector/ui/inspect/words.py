"""What the screen of an inspection says of items, answers, limits and acts."""

from __future__ import annotations

from inspector.model import decimals
from inspector.model.answer import Answer, Header, limit_value, off
from inspector.model.draft import Draft
from inspector.model.form import Choose, Count, Form, Item, Limit, Op, Ratio
from inspector.model.inspection import TimeLimit
from inspector.model.words import ClauseStatus, TimeLimitKind, UncheckedReason, Verdict, word
from inspector.text import say

LIMITS = {
    TimeLimitKind.AT_ONCE: "inspect-limit-at-once",
    TimeLimitKind.HOUR: "inspect-limit-hour",
    TimeLimitKind.WORKHOUR: "inspect-limit-workhour",
    TimeLimitKind.WORKDAY: "inspect-limit-workday",
    TimeLimitKind.CALDAY: "inspect-limit-calday",
}
COMMON_LIMITS = (
    TimeLimit(kind=TimeLimitKind.AT_ONCE),
    TimeLimit(kind=TimeLimitKind.HOUR, n=24),
    TimeLimit(kind=TimeLimitKind.WORKDAY, n=3),
    TimeLimit(kind=TimeLimitKind.WORKDAY, n=7),
)
NOT_APPLICABLE_KEYS = (
    "inspect-na-none",
    "inspect-na-not-in-use",
    "inspect-na-out-of-scope",
    "inspect-na-not-now",
)
UNCHECKED = tuple(UncheckedReason)


def limit_words(item: Item, header: Header) -> str:
    """≥ 95 %, ≤ 0 处; empty without a limit, or while the header item it hangs on is open."""
    limit = item.limit
    bound = limit_value(limit, header) if limit is not None else None
    if limit is None or bound is None:
        return ""
    unit = "%" if isinstance(item.answer, Ratio) else item.measure_unit
    sign = "≤" if limit.op is Op.AT_MOST else "≥"
    return f"{sign} {decimals.shown(bound, item.decimals)} {unit}"


def none_allowed(item: Item) -> bool:
    """Whether the limit is that there be none: 1 stores 0 and goes on."""
    limit: Limit | None = item.limit
    return (
        isinstance(item.answer, Count) and limit is not None and limit.op is Op.AT_MOST and limit.value == 0
    )


def takes_number(item: Item) -> bool:
    """Whether the number comes first: the field takes the focus."""
    return item.limit is not None and not none_allowed(item)


def how_words(item: Item) -> str:
    """How one checks it: 看、量."""
    return say("ui-list").join(word(how) for how in item.how)


def clause_words(item: Item) -> str:
    """What it rests on; only a verified clause is called 依据."""
    clause = item.clause
    if clause.status is ClauseStatus.OWN:
        return say("inspect-clause-own")
    key = "inspect-clause" if clause.status is ClauseStatus.VERIFIED else "inspect-clause-open"
    return say(key, source=clause.source, article=clause.article)


def weight_words(item: Item) -> str:
    """权重 3"""
    return say("inspect-weight", weight=f"{item.weight / 100:g}") if item.scored else ""


def number_words(item: Item, answer: Answer) -> str:
    """The number of an answer with its unit: 2 处, 92.7 %, 1.80 m."""
    if isinstance(item.answer, Ratio):
        if answer.numerator is None or not answer.denominator:
            return ""
        return f"{answer.numerator}/{answer.denominator} {item.measure_unit}"
    if answer.value is not None:
        return f"{decimals.shown(answer.value, item.decimals)} {item.measure_unit}"
    if isinstance(item.answer, Count) and answer.count:
        return f"{answer.count} {item.measure_unit}"
    return answer.option if isinstance(item.answer, Choose) else ""


def answer_words(item: Item, answer: Answer, found: int) -> str:
    """What a row says of its answer: 合格, 不合格 2 处, 不适用 · 物业自管, 未检 · 非夜间."""
    verdict = answer.verdict
    if verdict is None:
        return number_words(item, answer) or (answer.text and say("inspect-noted")) or ""
    parts = [word(verdict)]
    if verdict is Verdict.FAIL and found:
        parts = [say("inspect-failed-places", word=word(verdict), count=found)]
    number = number_words(item, answer)
    if number and not (verdict is Verdict.FAIL and found and isinstance(item.answer, Count)):
        parts.append(number)
    if answer.reason is not None:
        parts.append(answer.why or word(answer.reason))
    elif answer.why:
        parts.append(answer.why)
    if answer.bulk:
        parts.append(say("inspect-bulk"))
    return say("ui-dot").join(parts)


def time_limit_words(limit: TimeLimit) -> str:
    """The time limit in the words that are printed."""
    return say(LIMITS[limit.kind], n=limit.n)


def act_words(act: str) -> str:
    """The name of an act as undo calls it: GJ-02 作答."""
    key, _, about = act.partition(" ")
    return say(key, about=about)


def section_number(form: Form, at: int) -> str:
    """一 二 三 …, for sections that do not number themselves (①…)."""
    title = form.sections[at].title
    marked = bool(title) and 0x2460 <= ord(title[0]) <= 0x2473
    numerals = say("inspect-numerals")
    return "" if marked or at >= len(numerals) else numerals[at]


def section_title(form: Form, at: int) -> str:
    """The title with its number."""
    return f"{section_number(form, at)} {form.sections[at].title}".strip()


def section_letter(form: Form, at: int) -> str:
    """What stands inside a ring where there is no room for the title."""
    return section_number(form, at) or form.sections[at].title[:1]


def shown_header(form: Form, draft: Draft, code: str) -> str:
    """A header answer with its unit."""
    value = draft.header.get(code, "")
    answer = form.header_by_code[code].answer
    unit = getattr(answer, "measure_unit", "")
    return f"{value} {unit}".strip() if value else ""


def off_words(form: Form, draft: Draft, item: Item) -> str:
    """Because of which header answer an item is not asked."""
    because = off(item, draft.header)
    if because is None:
        return ""
    asked_first = form.header_by_code[because.by]
    answer = draft.header.get(because.by, "")
    return say("inspect-off", code=because.by, name=asked_first.key, answer=answer)
