"""Categories of inspection (检查类别): 督查, 暗访, 自查, as forms/texts/categories.toml describes them.

A 督查 is no enforcement (政府督查工作条例, against 行政处罚法): what it may be called, what it must name and
which words it may not print is data, and holds for everything that is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import msgspec

from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.form_rules import Fault
from inspector.model.toml_walk import Table, Unreadable, parse
from inspector.model.words import Category, Expected, Issuer, Needed, word


class CategoryRules(msgspec.Struct, frozen=True, kw_only=True):
    """What one category prints, requires and forbids. `counterpart` None: as the form says."""

    category: Category
    heading: str
    issuer: Issuer
    required: tuple[Needed, ...]
    forbidden: tuple[str, ...]
    counterpart: Expected | None = None

    def forbidden_in(self, text: str) -> tuple[str, ...]:
        """The words of `text` that a document of this category must not print. Blanks inside a word do not hide
        it."""
        solid = "".join(text.split())
        return tuple(forbidden for forbidden in self.forbidden if forbidden in solid)


def read_categories(toml_text: str, *, where: str) -> Mapping[Category, CategoryRules]:
    """The rules of every category. Raises BadInput `form-invalid` with all faults of the file, among them a
    category that is missing or stands twice."""
    try:
        root = Table(parse(toml_text))
    except Unreadable as error:
        raise BadInput("form-invalid", file=where, count=1, errors=(error.fault,)) from error
    rules: dict[Category, CategoryRules] = {}
    for table in root.tables("categories"):
        made = table.build(partial(_rules, table))
        table.close()
        if made is None:
            continue
        if made.category in rules:
            table.refuse(Fault(key="form-value-twice", field="category", got=word(made.category)), None)
        rules[made.category] = made
    root.close()
    if not root.faults:
        for category in Category:
            if category not in rules:
                root.refuse(Fault(key="form-category-missing", field="categories", got=word(category)), None)
    if root.faults:
        raise BadInput("form-invalid", file=where, count=len(root.faults), errors=tuple(root.faults))
    return rules


def _rules(table: Table) -> CategoryRules:
    return CategoryRules(
        category=table.word("category", Category),
        heading=table.text("heading"),
        issuer=table.word("issuer", Issuer),
        required=table.words("required", Needed) if table.has("required") else (),
        forbidden=table.texts("forbidden", ()),
        counterpart=table.word("counterpart", Expected) if table.has("counterpart") else None,
    )


def forbidden_in_form(form: Form, rules: Iterable[CategoryRules]) -> tuple[Fault, ...]:
    """Every place of a form where a word stands that one of the categories must not print: a form is used with any
    of them. The names of laws (clause, basis) are printed as well."""
    found: list[Fault] = []
    every = tuple(rules)
    for item, field, text in _printed(form):
        words = dict.fromkeys(word for rule in every for word in rule.forbidden_in(text))
        found += [Fault(key="form-word-forbidden", item=item, field=field, got=word) for word in words]
    return tuple(found)


def _printed(form: Form) -> Iterator[tuple[str, str, str]]:
    """Item, field and text of everything that a sheet may print of a form."""
    yield "", "title", form.title
    yield "", "approval", form.approval
    for basis in form.basis:
        yield "", "basis", basis.title
    for asked in form.header:
        yield asked.code, "key", asked.key
        for option in asked.options:
            yield asked.code, "options", option
    for section in form.sections:
        yield "", "sections", section.title
    for item in form.items():
        yield item.code, "text", item.text
        yield item.code, "clause", item.clause.source
        yield item.code, "clause", item.clause.note
        yield item.code, "exemption", item.exemption
        for wording in item.wordings:
            yield item.code, "wordings", wording
