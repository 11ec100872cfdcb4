"""A form as a clerk writes it: TOML with English keys and Chinese values (docs/forms.md).

One walk over keys and types gathers all errors of the file, each with its item, key and, for a misspelt word, the
word that was probably meant; then the rules of form_rules are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from inspector.model import words
from inspector.model.answer_toml import close, header_code, hundredths, read_answer, read_header_answer
from inspector.model.errors import BadInput
from inspector.model.form import (
    Basis,
    Clause,
    Condition,
    Form,
    HeaderItem,
    Item,
    Otherwise,
    Section,
    TagGroup,
    form_bytes,
)
from inspector.model.form_blob import form_from_bytes
from inspector.model.form_rules import Fault, faults, nearest, weights_add_up
from inspector.model.inspection import TimeLimit
from inspector.model.toml_walk import Table, Unreadable, parse
from inspector.model.words import (
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
        total=hundredths(root, "total"),
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
            answer=read_header_answer(table),
            required=table.flag("required", True),
            of=table.word("of", Of),
        )
    )
    close(table)
    return item


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
            answer=read_answer(table, keys),
            severity=table.word("severity", Severity),
            weight=hundredths(table, "weight"),
            per_occurrence=hundredths(table, "per_occurrence") if table.has("per_occurrence") else None,
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
    close(table)
    return item


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
        header=header_code(table, "header", table.text("header"), keys), options=table.texts("in")
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
