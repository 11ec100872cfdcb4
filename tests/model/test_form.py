"""The eight forms that come with the program, and that nothing of the starting content was lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model import canonical, words
from inspector.model.errors import BadInput, Damaged
from inspector.model.form import Choose, Count, Form, Item, Measure, Op, Ratio, form_bytes
from inspector.model.form_blob import form_from_bytes
from inspector.model.form_toml import read_form
from inspector.model.score import score
from inspector.model.words import AnswerKind, FormStatus, Of
from tests.model.small_form import FORM as PARK

ROOT = Path(__file__).parents[2]
STARTING = ROOT.parent / "shared" / "data" / "checklists.json"
FILES = sorted((ROOT / "forms").glob("*.toml"))


def shipped(file: Path) -> Form:
    return read_form(file.read_text("utf-8"), where=file.name)


FORMS = {file.stem: shipped(file) for file in FILES}


def test_the_eight_kinds_of_site_have_a_form_each_in_a_file_of_its_id():
    assert {form.id: form.site_kind for form in FORMS.values()} == {
        "GD": "主次干道",
        "BX": "背街小巷",
        "GC": "公共厕所",
        "GJ": "建筑工地",
        "HD": "河道",
        "NM": "农贸市场",
        "SQ": "社区",
        "CK": "服务窗口",
    }
    assert all(name == form.id for name, form in FORMS.items())
    assert sum(form.scored_items for form in FORMS.values()) == 192


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_form_says_that_the_office_has_to_approve_it(form):
    assert form.status is FormStatus.DRAFT
    assert "创建办" in form.approval


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_survives_its_bytes_and_keeps_its_version(form):
    again = form_from_bytes(form_bytes(form))
    assert again == form
    assert again.version == form.version


def test_bytes_that_this_program_does_not_understand_in_full_are_refused():
    data = form_bytes(FORMS["GC"])
    with pytest.raises(Damaged) as damaged:
        form_from_bytes(b" " + data)
    assert damaged.value.key == "not-canonical"
    newer = data.replace(b'"approval":', b'"a_field_of_next_year":1,"approval":')
    harder = data.replace(b'"edition":1', b'"edition":0')
    for other in (newer, harder):
        with pytest.raises(BadInput) as refused:
            form_from_bytes(other)
        assert refused.value.key == "form-bytes-unknown"


def test_an_item_that_a_form_does_not_have_is_named():
    with pytest.raises(BadInput) as refused:
        FORMS["GC"].item("GC-99")
    assert refused.value.values == {"form": "GC", "item": "GC-99"}
    assert FORMS["GC"].section_of("GC-01") is FORMS["GC"].sections[0]


VALUES = st.sampled_from(
    [None, True, -1, 0, 1, 10**15, "", "GC-01", "合格", "长" * 600, [], ["", ""], {}, {"op": "<="}]
)


@given(data=st.data())
def test_whatever_another_laptop_sends_is_a_form_or_is_refused(data):
    plain = canonical.decode(form_bytes(PARK))
    for _ in range(data.draw(st.integers(1, 2))):
        spoil(plain, data)
    try:
        form = form_from_bytes(canonical.encode(plain))
    except BadInput as error:
        assert error.key == "form-bytes-unknown"
    else:
        assert form_bytes(form) == canonical.encode(plain)
        assert score(form, {}, {}).score is None


def spoil(plain: Any, data: st.DataObject) -> None:
    """Changes one value somewhere in a form's plain JSON."""
    while True:
        keys = list(plain) if isinstance(plain, dict) else range(len(plain))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(plain[key], dict | list) and data.draw(st.booleans()):
            plain = plain[key]
        else:
            plain[key] = deepcopy(data.draw(VALUES))
            return


@pytest.fixture(scope="module")
def starting() -> dict[str, Any]:
    """checklists.json: the content that the forms were made from, where it is at hand."""
    if not STARTING.is_file():
        pytest.skip("the starting content is not here")
    content: dict[str, Any] = json.loads(STARTING.read_text("utf-8"), parse_float=Decimal)
    return content


def test_every_field_of_the_starting_content_has_a_home(starting):
    assert list(fields_without_a_home(starting)) == []


def fields_without_a_home(starting: dict[str, Any]) -> Iterator[tuple[str, str]]:
    assert starting["format"] == "checklists/1"
    assert list(starting) == ["format", "status", "vocabulary", "forms"]
    order = [form["id"] for form in starting["forms"]]
    assert order == [form.id for form in sorted(FORMS.values(), key=lambda form: form.order)]
    for was in starting["forms"]:
        form = FORMS[was["id"]]
        yield from ((form.id, field) for field in different(head_as_it_was(form), was) - {"sections"})
        for section, was_section in zip(form.sections, was["sections"], strict=True):
            assert section.title == was_section["title"]
            for item, was_item in zip(section.items, was_section["items"], strict=True):
                yield from ((item.code, field) for field in different(item_as_it_was(form, item), was_item))
    groups = {group.name: dict(group.tags) for form in FORMS.values() for group in form.tag_groups}
    assert groups == starting["vocabulary"]["tag_groups"]


def different(ours: dict[str, Any], theirs: dict[str, Any]) -> set[str]:
    return {field for field in theirs if field not in ours or ours[field] != theirs[field]}


def head_as_it_was(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "site_kind": form.site_kind,
        "title": form.title,
        "edition": f"第{form.edition}版（{words.word(form.status)}）",
        "approval": form.approval,
        "scoring": words.word(form.scoring),
        "total": marks(form.total),
        "place_required": form.place_required,
        "counterpart": words.word(form.counterpart),
        "basis": [
            {"title": one.title, "status": words.word(one.status), "note": one.note} for one in form.basis
        ],
        "header": [
            {
                "code": asked.code,
                "key": asked.key,
                "text": asked.text,
                "how": [words.word(how) for how in asked.how],
                "answer": {"kind": "choice", "options": list(asked.options)}
                if isinstance(asked.answer, Choose)
                else {
                    "kind": "measure",
                    "unit": asked.answer.measure_unit,
                    "decimals": asked.answer.decimals,
                },
                "required": asked.required,
                "weight": 0,  # header items are asked, never scored: there is no field for it
                "of": "site" if asked.of is Of.SITE else "visit",
            }
            for asked in form.header
        ],
    }


def item_as_it_was(form: Form, item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": item.text,
        "how": [words.word(how) for how in item.how],
        "answer": answer_as_it_was(form, item),
        "severity": words.word(item.severity),
        "weight": marks(item.weight),
        "per_occurrence": None if item.per_occurrence is None else marks(item.per_occurrence),
        "time_limit": {"kind": words.word(item.time_limit.kind), "n": item.time_limit.n},
        "clause": {
            "source": item.clause.source,
            "article": item.clause.article,
            "status": words.word(item.clause.status),
            "note": item.clause.note,
        },
        "lead": item.lead,
        "help": list(item.help),
        "party": list(item.party),
        "photo_required": item.photo_required,
        "conditions": [
            {"header": form.header_by_code[one.header].key, "in": list(one.options)}
            for one in item.conditions
        ],
        "otherwise": otherwise_as_it_was(item),
        "exemption": item.exemption,
        "wordings": list(item.wordings),
        "tags": list(item.tags),
    }


def otherwise_as_it_was(item: Item) -> dict[str, str] | None:
    if item.otherwise is None:
        return None
    verdict = {"answer": words.word(item.otherwise.verdict)}
    return verdict | ({"reason": words.word(item.otherwise.reason)} if item.otherwise.reason else {})


def answer_as_it_was(form: Form, item: Item) -> dict[str, Any]:
    answer: dict[str, Any] = {"kind": item.kind.value}
    if isinstance(item.answer, Choose):
        return answer | {"options": list(item.answer.options), "pass": list(item.answer.passing)}
    if isinstance(item.answer, Count | Measure | Ratio):
        answer["unit"] = item.measure_unit
        answer["limit"] = limit_as_it_was(form, item)
    if isinstance(item.answer, Measure):
        answer["decimals"] = item.decimals
    if isinstance(item.answer, Ratio):
        answer |= {"numerator": item.answer.numerator, "denominator": item.answer.denominator}
    assert item.kind is not AnswerKind.CHOICE
    return answer


def limit_as_it_was(form: Form, item: Item) -> dict[str, Any]:
    limit = item.limit
    assert limit is not None
    said = {"op": "<=" if limit.op is Op.AT_MOST else ">="}
    if not limit.by:
        assert limit.value is not None
        return said | {"value": Decimal(limit.value).scaleb(-item.decimals)}
    table = {option: Decimal(value).scaleb(-item.decimals) for option, value in limit.table}
    return said | {"by": form.header_by_code[limit.by].key, "table": table}


def marks(hundredths: int) -> Decimal:
    return Decimal(hundredths) / 100
