"""An answer to an item: what a number proposes, what switches an item off, what a person may decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Protocol

import msgspec

from inspector.model.form import Choose, Count, Form, HeaderItem, Item, Limit, Measure, Op, Ratio, Text
from inspector.model.words import How, UncheckedReason, Verdict

Header = Mapping[str, str]
"""The header as answered: code → option, or a decimal string (GD-H7: "500")."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to one item while it is a draft. `verdict` is None as long as only a number or a note is there.
    `value` is an integer at the item's decimals; `why` the written reason for a verdict that is better than the
    number proposes, for 不适用, and for 未检·其他; `bulk` marks an answer given by 其余都合格."""

    verdict: Verdict | None = None
    value: int | None = None
    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    option: str = ""
    text: str = ""
    reason: UncheckedReason | None = None
    why: str = ""
    note: str = ""
    bulk: bool = False


class Off(msgspec.Struct, frozen=True, kw_only=True):
    """An item that the answer of the header item `by` switches off, and what it becomes."""

    verdict: Verdict
    reason: UncheckedReason | None
    by: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is missing or wrong in an answer: the key of its text, the item or header item, and figures for it."""

    key: str
    item: str
    got: str = ""
    want: str = ""


class Occurrence(Protocol):
    """A finding as far as it is counted: a draft's or a sheet's."""

    @property
    def item(self) -> str: ...
    @property
    def quantity(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def fixed_on_spot(self) -> bool: ...


def off(item: Item, header: Header) -> Off | None:
    """What the item becomes because a condition is not met; None: it is asked. A header item without an answer
    switches nothing off. Of several unmet conditions the first is named."""
    if item.otherwise is None:
        return None
    for condition in item.conditions:
        answered = header.get(condition.header, "")
        if answered and answered not in condition.options:
            return Off(verdict=item.otherwise.verdict, reason=item.otherwise.reason, by=condition.header)
    return None


def limit_value(limit: Limit, header: Header) -> int | None:
    """The limit in force: at the item's decimals, or percent. None while the header item it hangs on is open."""
    if not limit.by:
        return limit.value
    return dict(limit.table).get(header.get(limit.by, ""))


def proposal(item: Item, header: Header, answer: Answer, *, counted: int | None = None) -> Verdict | None:
    """The verdict that the number (or option) of an answer proposes; None: nothing to go by.
    `counted` is the sum over the item's findings and stands in for a count that nobody typed."""
    if isinstance(item.answer, Choose):
        if not answer.option:
            return None
        return Verdict.PASS if answer.option in item.answer.passing else Verdict.FAIL
    bound = limit_value(item.limit, header) if item.limit is not None else None
    if item.limit is None or bound is None:
        return None
    if isinstance(item.answer, Ratio):
        if answer.numerator is None or not answer.denominator:
            return None
        left, right = answer.numerator * 100, bound * answer.denominator  # no division: 2/3 has no decimals
    else:
        number = answer.value if isinstance(item.answer, Measure) else typed_or_counted(answer, counted)
        if number is None:
            return None
        left, right = number, bound
    meets = left <= right if item.limit.op is Op.AT_MOST else left >= right
    return Verdict.PASS if meets else Verdict.FAIL


def typed_or_counted(answer: Answer, counted: int | None) -> int | None:
    """The count of an answer: as typed, else as the findings make it."""
    return answer.count if answer.count is not None else counted


def counted(item: Item, findings: Iterable[Occurrence], *, spared: bool = False) -> int | None:
    """The count that the item's findings propose; None for items without a count and without findings. A finding
    is 1, or its quantity where its unit of measure is the item's own: 5 m of dust is one 处, 5 处 are five.
    With `spared`, findings put right on the spot are left out."""
    own = [finding for finding in findings if finding.item == item.code]
    if not isinstance(item.answer, Count) or not own:
        return None
    unit = item.answer.measure_unit
    return sum(_occurrences(found, unit) for found in own if not (spared and found.fixed_on_spot))


def _occurrences(finding: Occurrence, unit: str) -> int:
    if finding.measure != unit:
        return 1
    try:
        quantity = Decimal(finding.quantity)
    except InvalidOperation:
        return 1
    if not quantity.is_finite() or quantity > 10**9:
        return 1
    return max(1, int(quantity.to_integral_value(ROUND_CEILING)))


def decided(item: Item, header: Header, answer: Answer | None) -> Verdict | None:
    """The verdict that counts for an item: what a condition makes of it, else what the person said, else None."""
    gone = off(item, header)
    if gone is not None:
        return gone.verdict
    return answer.verdict if answer is not None else None


def better_than_proposed(item: Item, header: Header, answer: Answer, *, counted: int | None = None) -> bool:
    """Whether the person passes what the number fails: allowed with a written reason, which is printed."""
    return answer.verdict is Verdict.PASS and proposal(item, header, answer, counted=counted) is Verdict.FAIL


def check_answer(
    item: Item, header: Header, answer: Answer | None, *, counted: int | None = None
) -> tuple[Problem, ...]:
    """What keeps this answer from being signed, in the order in which a person would put it right.
    An item that a condition switches off needs no answer, a text item none either."""
    if off(item, header) is not None or (answer is None and isinstance(item.answer, Text)):
        return ()
    if answer is None or answer.verdict is None:
        return () if isinstance(item.answer, Text) else (Problem(key="answer-missing", item=item.code),)
    problems = list(_reasons(item, answer))
    if answer.verdict in (Verdict.PASS, Verdict.FAIL) and not answer.bulk:
        problems += _number(item, answer, counted)
    if better_than_proposed(item, header, answer, counted=counted) and not answer.why.strip():
        problems.append(Problem(key="answer-better-without-reason", item=item.code))
    return tuple(problems)


def _none_allowed(item: Item) -> bool:
    return (
        isinstance(item.answer, Count) and item.answer.limit.op is Op.AT_MOST and item.answer.limit.value == 0
    )


def _reasons(item: Item, answer: Answer) -> Iterable[Problem]:
    if answer.verdict is Verdict.UNCHECKED:
        if answer.reason is None:
            yield Problem(key="answer-unchecked-without-reason", item=item.code)
        elif answer.reason is UncheckedReason.OTHER and not answer.why.strip():
            yield Problem(key="answer-other-without-words", item=item.code)
    elif answer.verdict is Verdict.NOT_APPLICABLE and not answer.why.strip():
        yield Problem(key="answer-not-applicable-without-reason", item=item.code)


def _number(item: Item, answer: Answer, counted: int | None) -> Iterable[Problem]:
    kind = item.answer
    if isinstance(kind, Choose) and answer.option not in kind.options:
        key = "answer-option-unknown" if answer.option else "answer-option-missing"
        yield Problem(key=key, item=item.code, got=answer.option, want=" / ".join(kind.options))
    elif isinstance(kind, Measure) and answer.value is None:
        yield Problem(key="answer-number-missing", item=item.code, want=kind.measure_unit)
    elif isinstance(kind, Ratio):
        yield from _both(item, kind, answer)
    elif isinstance(kind, Count):
        count = typed_or_counted(answer, counted)
        if count is None and not (answer.verdict is Verdict.PASS and _none_allowed(item)):
            yield Problem(key="answer-number-missing", item=item.code, want=kind.measure_unit)
        elif count is not None and counted is not None and kind.limit.op is Op.AT_MOST and count < counted:
            yield Problem(
                key="answer-count-below-findings", item=item.code, got=str(count), want=str(counted)
            )
    for number in (answer.value, answer.count, answer.numerator, answer.denominator):
        if number is not None and not 0 <= number < 10**13:
            yield Problem(key="answer-number-range", item=item.code, got=str(number))


def _both(item: Item, kind: Ratio, answer: Answer) -> Iterable[Problem]:
    if answer.numerator is None or answer.denominator is None:
        yield Problem(key="answer-ratio-missing", item=item.code, want=kind.measure_unit)
    elif answer.denominator <= 0:
        yield Problem(key="answer-ratio-of-nothing", item=item.code, want=kind.denominator)
    elif not 0 <= answer.numerator <= answer.denominator:
        yield Problem(
            key="answer-ratio-above-one",
            item=item.code,
            got=f"{answer.numerator}/{answer.denominator}",
            want=kind.numerator,
        )


def check_header(asked: HeaderItem, written: str) -> tuple[Problem, ...]:
    """What keeps a header item's answer from being accepted: an option that is none, a number that is none, or
    nothing where something is required."""
    if not written:
        return (Problem(key="header-missing", item=asked.code, want=asked.key),) if asked.required else ()
    if isinstance(asked.answer, Choose):
        if written in asked.answer.options:
            return ()
        return (
            Problem(
                key="answer-option-unknown",
                item=asked.code,
                got=written,
                want=" / ".join(asked.answer.options),
            ),
        )
    whole, point, part = written.partition(".")
    digits = whole.isascii() and whole.isdecimal() and len(whole) <= 9
    fraction = not point or (part.isascii() and part.isdecimal() and len(part) <= asked.answer.decimals)
    if digits and fraction:
        return ()
    return (Problem(key="answer-number-range", item=asked.code, got=written, want=asked.answer.measure_unit),)


HANDS_ON = frozenset({How.MEASURE, How.COUNT, How.ASK, How.DOCUMENTS, How.SMELL})
"""Ways of checking that cannot have happened by looking around once."""


def by_looking(item: Item) -> bool:
    """Whether 其余都合格 covers the item: no veto, and nothing that must be measured, counted, asked, read in
    papers or smelled."""
    return not item.veto and not isinstance(item.answer, Text) and not HANDS_ON.intersection(item.how)


def rest_passes(form: Form, header: Header, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers that 其余都合格 gives: every item that is asked, has no verdict and is covered by_looking.
    What stands there already (a note) is kept."""
    given: dict[str, Answer] = {}
    for item in form.items():
        before = answers.get(item.code, Answer())
        if before.verdict is None and by_looking(item) and off(item, header) is None:
            option = item.answer.passing[0] if isinstance(item.answer, Choose) else before.option
            count = 0 if _none_allowed(item) else before.count
            given[item.code] = msgspec.structs.replace(
                before, verdict=Verdict.PASS, option=option, count=count, bulk=True
            )
    return given
