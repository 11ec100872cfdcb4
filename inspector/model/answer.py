"""An answer to an item."""

from __future__ import annotations

import msgspec

from inspector.model.words import UncheckedReason, Verdict


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
