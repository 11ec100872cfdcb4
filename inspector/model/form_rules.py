"""What must hold in every form, whether it was written by hand or came as a blob from another laptop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from inspector.model import wording, words
from inspector.model.form import Choose, Count, Form, HeaderItem, Item, Limit, Measure, Op, Ratio
from inspector.model.words import PARTY_ROLES, ROLES, Placeholder, TimeLimitKind, Verdict

MAX_WORDINGS = 6
MAX_DECIMALS = 4
MAX_TIME_LIMIT = 3650
MAX_TEXT = 500


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong in a form: the key of its text, the item (or section) and the key of the form where
    it is, what stands there, and the nearest word that would be right, if there is one."""

    key: str
    item: str = ""
    field: str = ""
    got: str = ""
    near: str = ""
    want: str = ""


def faults(form: Form) -> list[Fault]:
    """Everything that is wrong, in the form's order."""
    found = [*_head(form)]
    for asked in form.header:
        found += _header_item(form, asked)
    for item in form.by_code.values():
        found += _item(form, item)
    return found


def weights_add_up(form: Form) -> Iterator[Fault]:
    """The weights of all items are the total that the form promises. Apart from the other rules, since it says
    nothing as long as an item could not be read."""
    weight = sum(item.weight for section in form.sections for item in section.items)
    if weight != form.total:
        yield Fault(key="form-total-wrong", field="total", got=marks(form.total), want=marks(weight))


def marks(hundredths: int) -> str:
    """Hundredths of a mark as they are written in a form: marks(150) is "1.5"."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _head(form: Form) -> Iterator[Fault]:
    if not re.fullmatch(r"[A-Z]{2}", form.id):
        yield Fault(key="form-id-invalid", field="id", got=form.id)
    if form.edition < 1:
        yield Fault(key="form-number-range", field="edition", got=str(form.edition))
    if not form.by_code:
        yield Fault(key="form-empty", field="sections")
    codes = [asked.code for asked in form.header] + [i.code for part in form.sections for i in part.items]
    for code, times in Counter(codes).items():
        if times > 1:
            yield Fault(key="form-code-twice", item=code, field="code", got=code)
    for key, times in Counter(asked.key for asked in form.header).items():
        if times > 1:
            yield Fault(key="form-value-twice", field="key", got=key)
    for group in form.tag_groups:
        for tag, _ in group.tags:
            if tag not in form.tags:
                yield Fault(key="form-tag-unknown", field="tag_groups", got=tag)


def _header_item(form: Form, asked: HeaderItem) -> Iterator[Fault]:
    if not re.fullmatch(rf"{re.escape(form.id)}-H\d{{1,2}}", asked.code):
        yield Fault(
            key="form-code-invalid", item=asked.code, field="code", got=asked.code, want=f"{form.id}-H1"
        )
    if isinstance(asked.answer, Choose):
        yield from _options(asked.code, asked.answer)
        if asked.answer.passing:
            yield Fault(key="form-key-misplaced", item=asked.code, field="passing")
    elif asked.answer.limit is not None:
        yield Fault(key="form-key-misplaced", item=asked.code, field="at_most")
    elif not 0 <= asked.answer.decimals <= MAX_DECIMALS:
        yield Fault(
            key="form-number-range", item=asked.code, field="decimals", got=str(asked.answer.decimals)
        )


def _item(form: Form, item: Item) -> Iterator[Fault]:
    code = item.code
    if not re.fullmatch(rf"{re.escape(form.id)}-\d{{2,3}}", code):
        yield Fault(key="form-code-invalid", item=code, field="code", got=code, want=f"{form.id}-01")
    if not item.how:
        yield Fault(key="form-value-missing", item=code, field="how")
    yield from _answer(form, item)
    yield from _marks_of(item)
    yield from _responsible(form, item)
    yield from _conditions(form, item)
    at_once = item.time_limit.kind is TimeLimitKind.AT_ONCE
    if item.time_limit.n != 0 if at_once else not 1 <= item.time_limit.n <= MAX_TIME_LIMIT:
        yield Fault(key="form-number-range", item=code, field="time_limit", got=str(item.time_limit.n))
    if len(item.wordings) > MAX_WORDINGS:
        yield Fault(key="form-wordings-too-many", item=code, field="wordings", want=str(MAX_WORDINGS))
    for text in item.wordings:
        yield from _wording(item, text)
    yield from _known(item, "tags", item.tags, form.tags, "form-tag-unknown")


def _known(item: Item, field: str, got: Iterable[str], among: Iterable[str], key: str) -> Iterator[Fault]:
    known = tuple(among)
    for word in got:
        if word not in known:
            yield Fault(key=key, item=item.code, field=field, got=word, near=nearest(word, known))


def nearest(got: str, among: Iterable[str]) -> str:
    """The word that was probably meant, or nothing."""
    import difflib  # for what is wrong alone: a form that is right does not wait for it

    close = difflib.get_close_matches(got, tuple(among), n=1, cutoff=0.5)
    return close[0] if close else ""


def _options(code: str, answer: Choose) -> Iterator[Fault]:
    if len(answer.options) < 2 or len(set(answer.options)) < len(answer.options):
        yield Fault(key="form-options-invalid", item=code, field="options")


def _answer(form: Form, item: Item) -> Iterator[Fault]:
    answer = item.answer
    if isinstance(answer, Choose):
        yield from _options(item.code, answer)
        if not answer.passing:
            yield Fault(key="form-value-missing", item=item.code, field="passing")
        yield from _known(item, "passing", answer.passing, answer.options, "form-option-unknown")
    elif isinstance(answer, Measure):
        if not 0 <= answer.decimals <= MAX_DECIMALS:
            yield Fault(key="form-number-range", item=item.code, field="decimals", got=str(answer.decimals))
        if answer.limit is None:
            yield Fault(key="form-limit-missing", item=item.code, field="at_most")
    limit = item.limit
    if limit is not None:
        yield from _limit(form, item, limit)


def _limit(form: Form, item: Item, limit: Limit) -> Iterator[Fault]:
    highest = 100 if isinstance(item.answer, Ratio) else 10**13
    field = "at_most" if limit.op is Op.AT_MOST else "at_least"
    values = [value for _, value in limit.table] + ([] if limit.value is None else [limit.value])
    if any(not 0 <= value <= highest for value in values):
        yield Fault(key="form-number-range", item=item.code, field=field, got=str(max(values)))
    if not limit.by:
        if limit.value is None or limit.table:
            yield Fault(key="form-limit-missing", item=item.code, field=field)
        return
    asked = form.header_by_code.get(limit.by)
    if limit.value is not None or asked is None or not asked.options:
        yield Fault(key="form-header-unknown", item=item.code, field="limit_by", got=limit.by)
    elif sorted(option for option, _ in limit.table) != sorted(asked.options):
        yield Fault(key="form-table-incomplete", item=item.code, field=field, want=" / ".join(asked.options))


def _marks_of(item: Item) -> Iterator[Fault]:
    scored = item.kind is not words.AnswerKind.TEXT
    if item.weight < 0 or item.weight > 100_000 or scored != (item.weight > 0):
        yield Fault(key="form-weight-invalid", item=item.code, field="weight", got=marks(item.weight))
    each = item.per_occurrence
    if each is None:
        return
    if not isinstance(item.answer, Count) or item.answer.limit.op is not Op.AT_MOST:
        yield Fault(key="form-key-misplaced", item=item.code, field="per_occurrence")
    elif not 0 < each <= item.weight:
        yield Fault(key="form-number-range", item=item.code, field="per_occurrence", got=marks(each))


def _responsible(form: Form, item: Item) -> Iterator[Fault]:
    for field, roles in (("lead", (item.lead,)), ("help", item.help)):
        for role in PARTY_ROLES.intersection(roles):
            yield Fault(key="form-role-is-party", item=item.code, field=field, got=role)
        others = [role for role in roles if role not in PARTY_ROLES]
        yield from _known(item, field, others, (*ROLES, *form.roles), "form-role-unknown")
    yield from _known(item, "party", item.party, sorted(PARTY_ROLES), "form-role-unknown")


def _conditions(form: Form, item: Item) -> Iterator[Fault]:
    for condition in item.conditions:
        asked = form.header_by_code.get(condition.header)
        if asked is None or not asked.options or not condition.options:
            yield Fault(key="form-header-unknown", item=item.code, field="conditions", got=condition.header)
            continue
        yield from _known(item, "conditions", condition.options, asked.options, "form-option-unknown")
    if bool(item.conditions) != (item.otherwise is not None):
        field = "otherwise" if item.conditions else "conditions"
        yield Fault(key="form-value-missing", item=item.code, field=field)
    if item.otherwise is not None and not (
        (item.otherwise.verdict is Verdict.UNCHECKED and item.otherwise.reason is not None)
        or (item.otherwise.verdict is Verdict.NOT_APPLICABLE and item.otherwise.reason is None)
    ):
        yield Fault(key="form-otherwise-invalid", item=item.code, field="otherwise")


def _wording(item: Item, text: str) -> Iterator[Fault]:
    if not wording.balanced(text):
        yield Fault(key="form-braces-open", item=item.code, field="wordings", got=text)
    for name in wording.names(text):
        kind = words.PLACEHOLDERS.get(name)
        automatic = kind in (Placeholder.AUTO, Placeholder.AUTO_RATIO)
        if kind is None:
            near = nearest(name, words.PLACEHOLDERS)
            yield Fault(key="form-placeholder-unknown", item=item.code, field="wordings", got=name, near=near)
        elif (automatic and item.limit is None) or (
            kind is Placeholder.AUTO_RATIO and not isinstance(item.answer, Ratio)
        ):
            yield Fault(key="form-placeholder-misplaced", item=item.code, field="wordings", got=name)
