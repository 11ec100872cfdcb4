"""A form as a clerk writes it: TOML with English keys and Chinese values (docs/forms.md).

One walk over keys and types gathers all errors of the file, each with its item, key and, for a misspelt word, the
word that was probably meant; then the rules of form_rules are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from inspector.model import words
from inspector.model.decimals import from_decimal
from inspector.model.errors import BadInput
from inspector.model.form import (
    Basis,
    Choose,
    Clause,
    Condition,
    Count,
    Form,
    HeaderItem,
    Item,
    Judge,
    Kind,
    Limit,
    Measure,
    Op,
    Otherwise,
    Ratio,
    Section,
    TagGroup,
    Text,
    form_bytes,
)
from inspector.model.form_blob import form_from_bytes
from inspector.model.form_rules import Fault, faults, nearest, weights_add_up
from inspector.model.inspection import TimeLimit
from inspector.model.toml_walk import Table, Unreadable, parse
from inspector.model.words import (
    AnswerKind,
    ClauseStatus,
    Expected,
    FormStatus,
    How,
    Of,
    Scoring,
    Severity,
    TimeLimitKind,
    UncheckedReason,
    Verdict,
)

_ANSWER_KEYS = frozenset(
    {"options", "passing", "measure_unit", "decimals", "numerator", "denominator"}
    | {"at_most", "at_least", "limit_by"}
)
_CODES = re.compile(r"[A-Z]{2}-H?\d{1,3}")


def read_form(toml_text: str, *, where: str) -> Form:
    """The form that stands in `toml_text`; `where` names the file in the error.
    Raises BadInput `form-invalid` with `errors`, a tuple of Fault: everything that is wrong with it."""
    try:
        root = Table(parse(toml_text))
    except Unreadable as error:
        raise BadInput("form-invalid", file=where, count=1, errors=(error.fault,)) from error
    form = _form(root)
    wrong = root.faults
    unread = tuple(wrong)
    for fault in faults(form):
        if not _follows(fault, wrong, unread):
            wrong.append(fault)
    wrong += () if wrong else weights_add_up(form)
    if wrong:
        raise BadInput("form-invalid", file=where, count=len(wrong), errors=tuple(wrong))
    return form_from_bytes(form_bytes(form))


def claims(toml_text: str) -> frozenset[str]:
    """The id and the kind of site that a file stands for, as far as they can be read of one that is no form."""
    try:
        root = Table(parse(toml_text))
    except Unreadable:
        return frozenset()
    return frozenset({root.peek("id"), root.peek("site_kind")} - {""})


_RESTS_ON = {
    "form-tag-unknown": "tags",
    "form-role-unknown": "roles",
    "form-code-invalid": "id",
    "form-header-unknown": "header",
    "form-option-unknown": "header",
    "form-table-incomplete": "header",
}


def _follows(fault: Fault, earlier: Iterable[Fault], unread: Iterable[Fault]) -> bool:
    """Whether a broken rule may only follow from an earlier fault, or from what could not be read: nobody wants to
    hear of it twice."""
    place = (fault.item, fault.field)
    if any(fault.key == "form-empty" or place == (one.item, one.field) for one in unread):
        return True
    base = _RESTS_ON.get(fault.key)
    if base == "header":
        return any("-H" in e.item or e.item.startswith("header") or e.field == "header" for e in earlier)
    return any(not e.item and e.field == base for e in earlier)


def _form(root: Table) -> Form:
    """The form as far as it can be read; parts with a fault are left out, faults stand in `root`."""
    headers = root.tables("header", ())
    keys: dict[str, str] = {}
    for table in headers:
        keys.setdefault(table.peek("key"), table.peek("code"))
    form = Form(
        id=root.text("id"),
        site_kind=root.text("site_kind"),
        short=root.text("short", ""),
        order=root.whole("order", 0),
        title=root.text("title"),
        edition=root.whole("edition"),
        status=root.word("status", FormStatus),
        approval=root.text("approval", ""),
        scoring=root.word("scoring", Scoring),
        total=_hundredths(root, "total"),
        place_required=root.flag("place_required", False),
        counterpart=root.word("counterpart", Expected),
        spot_fix_deducts=root.flag("spot_fix_deducts", True),
        basis=tuple(basis for table in root.tables("basis", ()) if (basis := _basis(table)) is not None),
        roles=root.texts("roles", ()),
        tags=root.texts("tags", ()),
        tag_groups=tuple(
            group for table in root.tables("tag_groups", ()) if (group := _group(table)) is not None
        ),
        header=tuple(item for table in headers if (item := _header_item(table)) is not None),
        sections=tuple(_section(table, keys) for table in root.tables("sections")),
    )
    root.close()
    return form


def _basis(table: Table) -> Basis | None:
    basis = table.build(
        lambda: Basis(
            title=table.text("title"), status=table.word("status", ClauseStatus), note=table.text("note", "")
        )
    )
    table.close()
    return basis


def _group(table: Table) -> TagGroup | None:
    group = table.build(lambda: TagGroup(name=table.text("name"), tags=table.pairs("tags", table.plain_text)))
    table.close()
    return group


def _header_item(table: Table) -> HeaderItem | None:
    table.named("code", _CODES)
    item = table.build(
        lambda: HeaderItem(
            code=table.text("code"),
            key=table.text("key"),
            text=table.text("text", ""),
            how=table.words("how", How),
            answer=_header_answer(table),
            required=table.flag("required", True),
            of=table.word("of", Of),
        )
    )
    _close(table)
    return item


def _header_answer(table: Table) -> Choose | Measure:
    kind = table.word("answer", AnswerKind)
    if kind is AnswerKind.CHOICE:
        return Choose(options=table.texts("options"))
    if kind is AnswerKind.MEASURE:
        return Measure(measure_unit=table.text("measure_unit"), decimals=table.whole("decimals", 0))
    return table.refuse(
        Fault(key="form-header-kind", field="answer", got=words.word(kind)), Choose(options=())
    )


def _section(table: Table, keys: Mapping[str, str]) -> Section:
    title = table.text("title")
    items = tuple(item for inner in table.tables("items") if (item := _item(inner, keys)) is not None)
    table.close()
    return Section(title=title, items=items)


def _item(table: Table, keys: Mapping[str, str]) -> Item | None:
    table.named("code", _CODES)
    item = table.build(
        lambda: Item(
            code=table.text("code"),
            text=table.text("text"),
            how=table.words("how", How),
            answer=_answer(table, keys),
            severity=table.word("severity", Severity),
            weight=_hundredths(table, "weight"),
            per_occurrence=_hundredths(table, "per_occurrence") if table.has("per_occurrence") else None,
            time_limit=_time_limit(table),
            clause=_clause(table),
            lead=table.text("lead"),
            help=table.texts("help", ()),
            party=table.texts("party", ()),
            photo_required=table.flag("photo_required", True),
            conditions=tuple(_condition(inner, keys) for inner in table.tables("conditions", ())),
            otherwise=_otherwise(table),
            exemption=table.text("exemption", ""),
            wordings=table.texts("wordings", ()),
            tags=table.texts("tags", ()),
            ref=table.text("ref", ""),
        )
    )
    _close(table)
    return item


def _close(table: Table) -> None:
    """Reports the keys that are none; what belongs to an answer only where the way of answering is known."""
    if table.wrong("answer"):
        for key in _ANSWER_KEYS:
            table.has(key)
    table.close(elsewhere=_ANSWER_KEYS)


def _answer(table: Table, keys: Mapping[str, str]) -> Kind:
    kind = table.word("answer", AnswerKind)
    if kind is AnswerKind.CHOICE:
        return Choose(options=table.texts("options"), passing=table.texts("passing"))
    if kind is AnswerKind.COUNT:
        return Count(measure_unit=table.text("measure_unit"), limit=_limit(table, keys, 0))
    if kind is AnswerKind.MEASURE:
        places = table.whole("decimals", 0, highest=9)
        unit = table.text("measure_unit")
        return Measure(measure_unit=unit, decimals=places, limit=_limit(table, keys, places))
    if kind is AnswerKind.RATIO:
        return Ratio(
            numerator=table.text("numerator"),
            denominator=table.text("denominator"),
            measure_unit=table.text("measure_unit"),
            limit=_limit(table, keys, 0),
        )
    return Judge() if kind is AnswerKind.JUDGE else Text()


def _limit(table: Table, keys: Mapping[str, str], places: int) -> Limit:
    fields = {"at_most": Op.AT_MOST, "at_least": Op.AT_LEAST}
    present = [field for field in fields if table.has(field)]
    if len(present) != 1:
        return table.refuse(Fault(key="form-limit-missing", field="at_most"), Limit(op=Op.AT_MOST))
    field = present[0]

    def number(field: str, value: Any) -> int:
        return _scaled(table, field, value, places)

    if not table.has("limit_by"):
        return Limit(op=fields[field], value=number(field, table.number(field)))
    by = _header_code(table, "limit_by", table.text("limit_by"), keys)
    return Limit(op=fields[field], by=by, table=table.pairs(field, number))


def _header_code(table: Table, field: str, key: str, keys: Mapping[str, str]) -> str:
    if key not in keys:
        near = nearest(key, keys)
        return table.refuse(Fault(key="form-header-unknown", field=field, got=key, near=near), "")
    return keys[key]


def _hundredths(table: Table, field: str) -> int:
    return _scaled(table, field, table.number(field), 2)


def _scaled(table: Table, field: str, value: Any, places: int) -> int:
    try:
        return from_decimal(table.plain_number(field, value), places)
    except BadInput as error:
        key = "form-number-invalid" if error.key == "number-invalid" else "form-number-too-precise"
        return table.refuse(Fault(key=key, field=field, got=str(value)[:40], want=str(places)), 0)


def _time_limit(table: Table) -> TimeLimit:
    written = table.text("time_limit")
    if written == words.word(TimeLimitKind.AT_ONCE):
        return TimeLimit(kind=TimeLimitKind.AT_ONCE)
    match = words.TIME_LIMIT.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        return TimeLimit(kind=words.read(TimeLimitKind, match[2]), n=int(match[1]))
    except ValueError:
        near = nearest(match[2] if match else written, words.choices(TimeLimitKind))
        return table.refuse(
            Fault(key="form-time-limit-invalid", field="time_limit", got=written, near=near),
            TimeLimit(kind=TimeLimitKind.AT_ONCE),
        )


def _clause(table: Table) -> Clause:
    inner = table.table("clause")
    clause = Clause(
        source=inner.text("source"),
        article=inner.text("article", ""),
        status=inner.word("status", ClauseStatus),
        note=inner.text("note", ""),
    )
    inner.close()
    return clause


def _condition(table: Table, keys: Mapping[str, str]) -> Condition:
    condition = Condition(
        header=_header_code(table, "header", table.text("header"), keys), options=table.texts("in")
    )
    table.close()
    return condition


def _otherwise(table: Table) -> Otherwise | None:
    if not table.has("otherwise"):
        return None
    written = table.text("otherwise")
    verdict, point, reason = written.partition("·")
    try:
        return Otherwise(
            verdict=words.read(Verdict, verdict),
            reason=words.read(UncheckedReason, reason) if point else None,
        )
    except ValueError:
        return table.refuse(Fault(key="form-otherwise-invalid", field="otherwise", got=written), None)
