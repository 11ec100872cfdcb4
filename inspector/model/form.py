"""A form (检查表): the checklist for one kind of site, as it is scored, printed and carried along.

A form is written by hand as TOML (inspector.model.form_toml) and lives as a value of this module. Its version is
the SHA-256 of its canonical bytes, so that a sheet can name exactly the form that it was made with. Fields that
have their default value are left out of these bytes: a program that knows more fields gives an old form the same
version. Weights and deductions are hundredths of a mark; a measured value and its limit are integers at the item's
decimals (1.80 m at 2 decimals is 180); the limit of a ratio is a whole percent.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

import msgspec

from inspector.model import canonical
from inspector.model.errors import BadInput
from inspector.model.inspection import TimeLimit
from inspector.model.words import (
    AnswerKind,
    ClauseStatus,
    Expected,
    FormStatus,
    How,
    Of,
    Scoring,
    Severity,
    UncheckedReason,
    Verdict,
)


class Op(StrEnum):
    """Which side of the limit is right."""

    AT_MOST = "<="
    AT_LEAST = ">="


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Limit(_Part, frozen=True, kw_only=True):
    """A limit (限值): one value, or one for each option of the header item with the code `by`."""

    op: Op
    value: int | None = None
    by: str = ""
    table: tuple[tuple[str, int], ...] = ()


class Judge(_Part, frozen=True, kw_only=True, tag="judge", tag_field="kind"):
    """判定: pass or fail, as the inspector sees it."""


class Choose(_Part, frozen=True, kw_only=True, tag="choice", tag_field="kind"):
    """选择: one of the options; `passing` are those that pass (none in a header item)."""

    options: tuple[str, ...]
    passing: tuple[str, ...] = ()


class Count(_Part, frozen=True, kw_only=True, tag="count", tag_field="kind"):
    """计数: a whole number of `measure_unit` (处, 个)."""

    measure_unit: str
    limit: Limit


class Measure(_Part, frozen=True, kw_only=True, tag="measure", tag_field="kind"):
    """实测: a number with `decimals` digits after the point; without a limit in a header item only."""

    measure_unit: str
    decimals: int = 0
    limit: Limit | None = None


class Ratio(_Part, frozen=True, kw_only=True, tag="ratio", tag_field="kind"):
    """比例: how many of how many; both captions, and a limit in whole percent."""

    numerator: str
    denominator: str
    measure_unit: str
    limit: Limit


class Text(_Part, frozen=True, kw_only=True, tag="text", tag_field="kind"):
    """文字: a note, never scored."""


Kind = Judge | Choose | Count | Measure | Ratio | Text

_KINDS: dict[type, AnswerKind] = {
    Judge: AnswerKind.JUDGE,
    Choose: AnswerKind.CHOICE,
    Count: AnswerKind.COUNT,
    Measure: AnswerKind.MEASURE,
    Ratio: AnswerKind.RATIO,
    Text: AnswerKind.TEXT,
}


class Clause(_Part, frozen=True, kw_only=True):
    """What an item rests on (条款). Only a verified clause may be shown as a rule."""

    source: str
    article: str = ""
    status: ClauseStatus
    note: str = ""


class Condition(_Part, frozen=True, kw_only=True):
    """An item is asked when the answer of the header item with this code is one of the options."""

    header: str
    options: tuple[str, ...]


class Otherwise(_Part, frozen=True, kw_only=True):
    """What an item becomes when a condition switches it off: not applicable, or unchecked with its reason."""

    verdict: Verdict
    reason: UncheckedReason | None = None


class Item(_Part, frozen=True, kw_only=True):
    """One line of a form (检查项)."""

    code: str
    text: str
    how: tuple[How, ...]
    answer: Kind
    severity: Severity
    weight: int
    per_occurrence: int | None = None
    time_limit: TimeLimit
    clause: Clause
    lead: str
    help: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    photo_required: bool = True
    conditions: tuple[Condition, ...] = ()
    otherwise: Otherwise | None = None
    exemption: str = ""
    wordings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ref: str = ""

    @property
    def kind(self) -> AnswerKind:
        """How the item is answered."""
        return _KINDS[type(self.answer)]

    @property
    def scored(self) -> bool:
        """Whether the item can cost marks; a text never does."""
        return self.weight > 0

    @property
    def veto(self) -> bool:
        """Whether a failure makes the whole result 0 (一票否决)."""
        return self.severity is Severity.VETO

    @property
    def measure_unit(self) -> str:
        """The unit of measure of a number answer, else empty."""
        return "" if isinstance(self.answer, Judge | Choose | Text) else self.answer.measure_unit

    @property
    def decimals(self) -> int:
        """Digits after the point of a measured value, else 0."""
        return self.answer.decimals if isinstance(self.answer, Measure) else 0

    @property
    def limit(self) -> Limit | None:
        """The limit of a number answer."""
        return None if isinstance(self.answer, Judge | Choose | Text) else self.answer.limit


class HeaderItem(_Part, frozen=True, kw_only=True):
    """What is asked first (GD-H1): conditions and limits hang on it, by its code. `key` is its short name, `text`
    the help beside it."""

    code: str
    key: str
    text: str = ""
    how: tuple[How, ...]
    answer: Choose | Measure
    required: bool = True
    of: Of

    @property
    def options(self) -> tuple[str, ...]:
        """The options of a choice, else none."""
        return self.answer.options if isinstance(self.answer, Choose) else ()


class Basis(_Part, frozen=True, kw_only=True):
    """A document that the form rests on (依据)."""

    title: str
    status: ClauseStatus
    note: str = ""


class TagGroup(_Part, frozen=True, kw_only=True):
    """A programme (专项) such as 六个百分之百: its tags, each with the name under which it is printed."""

    name: str
    tags: tuple[tuple[str, str], ...]


class Section(_Part, frozen=True, kw_only=True):
    """A part of a form, in walking order."""

    title: str
    items: tuple[Item, ...]


class Form(_Part, frozen=True, kw_only=True, dict=True):
    """A form. `short` is the short name of the kind of site (公厕), `order` its place in lists (0: behind all
    others), `total` the sum of all weights in hundredths.
    `spot_fix_deducts`: whether a finding put right on the spot (现场已整改) costs its marks all the same."""

    id: str
    site_kind: str
    short: str = ""
    order: int = 0
    title: str
    edition: int
    status: FormStatus
    approval: str = ""
    scoring: Scoring
    total: int
    place_required: bool = False
    counterpart: Expected
    spot_fix_deducts: bool = True
    basis: tuple[Basis, ...] = ()
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tag_groups: tuple[TagGroup, ...] = ()
    header: tuple[HeaderItem, ...] = ()
    sections: tuple[Section, ...]

    @cached_property
    def version(self) -> str:
        """SHA-256 of the form's canonical bytes: the name of its blob."""
        return canonical.sha256(form_bytes(self))

    @property
    def name(self) -> str:
        """The kind of site as it is called on the screen."""
        return self.short or self.site_kind

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """The items by their codes, in the form's order."""
        return {item.code: item for section in self.sections for item in section.items}

    @cached_property
    def header_by_code(self) -> dict[str, HeaderItem]:
        """The header items by their codes, in the form's order."""
        return {item.code: item for item in self.header}

    def items(self) -> Iterator[Item]:
        """All items in walking order."""
        return iter(self.by_code.values())

    def item(self, code: str) -> Item:
        """The item with this code. Raises BadInput `item-unknown`."""
        try:
            return self.by_code[code]
        except KeyError as error:
            raise BadInput("item-unknown", form=self.id, item=code) from error

    def section_of(self, code: str) -> Section:
        """The section in which an item stands. Raises BadInput `item-unknown`."""
        self.item(code)
        return next(section for section in self.sections if any(item.code == code for item in section.items))

    @property
    def scored_items(self) -> int:
        """How many items can cost marks."""
        return sum(item.scored for item in self.items())


def form_bytes(form: Form) -> bytes:
    """The canonical bytes of a form: its blob."""
    return canonical.encode(form)
