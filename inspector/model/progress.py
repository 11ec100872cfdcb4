"""How far a draft is: what is asked, answered, failed, as a whole and by section. Items count, never findings."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inspector.model.answer import off
from inspector.model.compose import asked
from inspector.model.draft import Draft
from inspector.model.form import Form, Item, Text
from inspector.model.words import Verdict


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Of `total` items `answered` have a verdict, `failed` of these are 不合格. Items that a condition switches off
    and texts are not asked."""

    answered: int = 0
    failed: int = 0
    total: int = 0

    @property
    def passed(self) -> int:
        """Answered and not failed."""
        return self.answered - self.failed

    @property
    def complete(self) -> bool:
        """Nothing is left."""
        return self.answered >= self.total


def waits(draft: Draft, item: Item) -> bool:
    """Whether the item still needs an answer."""
    given = draft.answers.get(item.code)
    if isinstance(item.answer, Text) or off(item, draft.header) is not None:
        return False
    return given is None or given.verdict is None


def of_items(draft: Draft, items: Iterable[Item]) -> Progress:
    """The progress of some items."""
    answered = failed = total = 0
    for item in items:
        if isinstance(item.answer, Text) or off(item, draft.header) is not None:
            continue
        total += 1
        given = draft.answers.get(item.code)
        if given is not None and given.verdict is not None:
            answered += 1
            failed += given.verdict is Verdict.FAIL
    return Progress(answered=answered, failed=failed, total=total)


def of_draft(draft: Draft, form: Form) -> Progress:
    """The progress of the whole visit, header items apart."""
    return of_items(draft, asked(draft, form))


def of_header(draft: Draft, form: Form) -> Progress:
    """The progress of the header: what is required."""
    required = [item.code for item in form.header if item.required]
    return Progress(answered=sum(bool(draft.header.get(code)) for code in required), total=len(required))


def next_waiting(draft: Draft, form: Form, after: str) -> str:
    """The code of the next item without an answer after the item `after`, around the end; empty if none is left."""
    items = asked(draft, form)
    codes = [item.code for item in items]
    start = codes.index(after) + 1 if after in codes else 0
    for item in (*items[start:], *items[:start]):
        if waits(draft, item):
            return item.code
    return ""
