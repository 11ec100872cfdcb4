"""The score (得分) of an inspection: 100 × (1 − Σ deductions ÷ Σ weights of the items that were observed).

Unchecked and not applicable items, and those that a condition switches off, are in neither sum. A failed veto item
makes the score 0 and is named. All figures are hundredths of a mark; the score is tenths, rounded half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from inspector.model.answer import (
    Answer,
    Header,
    Occurrence,
    counted,
    decided,
    limit_value,
    typed_or_counted,
)
from inspector.model.form import Form, Item
from inspector.model.words import Verdict


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """The score with the figures of its formula. `score` is None when nothing was observed; `deductions` has an
    entry for each item that is in the sums."""

    score: int | None
    deducted: int
    weight: int
    vetoes: tuple[str, ...]
    deductions: Mapping[str, int]


def score(
    form: Form, header: Header, answers: Mapping[str, Answer], findings: Iterable[Occurrence] = ()
) -> Score:
    """The score of the answers so far. An item without a verdict is not observed. The findings make the count
    where none was typed, and spare what was put right on the spot where the form says so."""
    found = tuple(findings)
    deductions: dict[str, int] = {}
    weight = 0
    vetoes: list[str] = []
    for item in form.items():
        answer = answers.get(item.code, Answer())
        verdict = decided(item, header, answer)
        if not item.scored or verdict not in (Verdict.PASS, Verdict.FAIL):
            continue
        weight += item.weight
        deductions[item.code] = (
            _deduction(form, item, header, answer, found) if verdict is Verdict.FAIL else 0
        )
        if verdict is Verdict.FAIL and item.veto:
            vetoes.append(item.code)
    deducted = sum(deductions.values())
    return Score(
        score=None if weight == 0 else 0 if vetoes else rounded(1000 * (weight - deducted), weight),
        deducted=deducted,
        weight=weight,
        vetoes=tuple(vetoes),
        deductions=deductions,
    )


def rounded(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers that are not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _deduction(
    form: Form, item: Item, header: Header, answer: Answer, findings: tuple[Occurrence, ...]
) -> int:
    """What a failed item costs: its weight, or per_occurrence for each one beyond the limit, at least one and at
    most its weight."""
    own = [finding for finding in findings if finding.item == item.code]
    spare = not form.spot_fix_deducts and not item.veto
    if spare and own and all(finding.fixed_on_spot for finding in own):
        return 0
    if item.per_occurrence is None or item.veto or item.limit is None:
        return item.weight
    bound = limit_value(item.limit, header)
    number = typed_or_counted(answer, counted(item, own))
    if bound is None or number is None:
        return item.per_occurrence
    if spare:
        number -= (counted(item, own) or 0) - (counted(item, own, spared=True) or 0)
    return min(item.weight, item.per_occurrence * max(1, number - bound))
