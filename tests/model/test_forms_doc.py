"""docs/forms.md is what a clerk goes by: its example is a form, and it leaves out no key and no word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspector.model import words
from inspector.model.category import CategoryRules
from inspector.model.form import (
    Basis,
    Choose,
    Clause,
    Form,
    HeaderItem,
    Item,
    Measure,
    Ratio,
    Section,
    TagGroup,
)
from inspector.model.form_rules import MAX_WORDINGS
from inspector.model.form_toml import read_form

DOC = (Path(__file__).parents[2] / "docs/forms.md").read_text("utf-8")
EXAMPLE = DOC.partition("```toml\n")[2].partition("```")[0]
VOCABULARIES = [words.How, words.Severity, words.ClauseStatus, words.FormStatus, words.AnswerKind, words.Expected,
                words.Of, words.UncheckedReason, words.TimeLimitKind, words.Category]  # fmt: skip


def test_the_example_is_a_form():
    form = read_form(EXAMPLE, where="docs/forms.md")
    assert (form.id, form.scored_items) == ("CY", 2)


@pytest.mark.parametrize(
    "part", [Form, HeaderItem, Section, Item, Clause, Basis, TagGroup], ids=lambda part: part.__name__
)
def test_the_example_uses_every_key(part):
    keys = set(re.findall(r"(?:^|[\[{.,] *)([a-z_]+)(?= =|\]\])", EXAMPLE, re.MULTILINE))
    assert set(part.__struct_fields__) <= keys


def test_every_way_of_answering_has_its_keys():
    for kind in (Choose, Measure, Ratio):
        for key in set(kind.__struct_fields__) - {"limit"}:
            assert f"`{key}`" in DOC, key
    for key in ("at_most", "at_least", "limit_by", "in", "otherwise"):
        assert f"{key} = " in DOC, key


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_every_word_is_named(kind):
    assert [word for word in words.choices(kind) if word not in DOC] == []


def test_roles_placeholders_and_categories_are_named():
    assert [role for role in (*words.ROLES, *words.PARTY_ROLES) if role not in DOC] == []
    assert [name for name in words.PLACEHOLDERS if f"{{{name}}}" not in DOC] == []
    fields = set(CategoryRules.__struct_fields__) - {"category"}
    assert [field for field in fields if f"`{field}`" not in DOC] == []
    assert f"最多 {MAX_WORDINGS} 条" in DOC
