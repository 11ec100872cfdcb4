"""The object that `inspection import` takes: strict, and described by the schema that is printed."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.model.inspection import Choice
from inspector.model.inspection_json import Written, read, schema
from inspector.model.words import Category, Severity, Verdict
from inspector.text import explain

SMALLEST: dict[str, Any] = {"site": "GY-001", "category": "supervision", "begin": "2026-11-23T10:00:00+08:00"}
WHOLE: dict[str, Any] = SMALLEST | {
    "v": 1,
    "form": "GY",
    "mandate": {"issuer": "示例县创建办", "title": "督查方案", "number": "示创办〔2026〕3号", "date": "2026-09-01"},
    "corrects": None,
    "follows": {"inspection": "GY-001-20261101-7QK3-0001", "items": ["GY-03"]},
    "team": {
        "name": "督查一组",
        "leader": "检查员甲",
        "recorder": "检查员乙",
        "members": [{"person": "检查员甲"}, {"person": "检查员乙", "signs": "none", "reason": "先走了"}],
    },
    "end": "2026-11-23T10:40:00+08:00",
    "weather": "晴",
    "late": True,
    "header": {"GY-H1": "一级", "GY-H3": "500"},
    "answers": {
        "GY-01": {"verdict": "fail", "count": 3},
        "GY-02": {"verdict": "pass", "value": "1.10", "why": "已加高"},
        "GY-03": {"verdict": "fail", "numerator": 9, "denominator": 10, "note": "东侧"},
        "GY-04": {"verdict": "pass", "option": "完好", "bulk": True},
        "GY-06": {"verdict": "unchecked", "reason": "no_means"},
        "GY-07": {"text": "长椅干净"},
    },
    "earlier": [{"finding": "finding:old", "still": False, "photos": [{"file": "after.jpg", "role": "after"}]}],
    "jottings": [{"text": "门口", "photos": [{"file": "a.jpg"}]}],
    "findings": [
        {
            "item": "GY-01",
            "place": "南门",
            "description": "南门有垃圾3处",
            "quantity": "3",
            "measure_unit": "处",
            "severity": "minor",
            "lead_unit": "公园管理处",
            "helping_units": ["环卫中心"],
            "party": "",
            "time_limit": {"kind": "workday", "n": 5},
            "fixed_on_spot": True,
            "no_photo": "",
            "photos": [
                {"file": "photos/a.jpg", "caption": "南门", "turned": 90},
                {"file": "b.jpg", "marks": [{"kind": "arrow", "x0": 0, "y0": 0, "x1": 10000, "y1": 10000}]},
            ],
        }
    ],
    "counterpart": {"choice": "agreed", "name": "主任", "position": "主任", "strokes": [{"points": [0, 0, 100, 50]}]},
}  # fmt: skip


def written(value: object) -> Written:
    return read(json.dumps(value, ensure_ascii=False).encode(), where="检查.json")


def refused(data: bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(data, where="检查.json")
    assert error.value.key == "inspection-json-invalid"
    assert error.value.values["file"] == "检查.json"
    what, todo = explain(error.value)
    assert "检查.json" in what
    assert todo
    return str(error.value.values["reason"])


def fits_schema(value: object) -> bool:
    return jsonschema.Draft202012Validator(schema()).is_valid(value)


def test_what_is_left_out_has_its_default():
    read_back = written(SMALLEST)
    assert (read_back.category, read_back.form, read_back.findings, read_back.counterpart) == (
        Category.SUPERVISION,
        "",
        (),
        None,
    )


def test_everything_can_be_said_and_comes_back_as_it_was_written():
    whole = written(WHOLE)
    assert whole.answers["GY-01"].verdict is Verdict.FAIL
    assert whole.answers["GY-07"].verdict is None
    assert whole.findings[0].severity is Severity.MINOR
    assert whole.counterpart is not None
    assert whole.counterpart.choice is Choice.AGREED
    assert read(msgspec.json.encode(whole), where="x") == whole


def test_the_printed_schema_is_a_schema_and_fits_what_is_read():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert fits_schema(SMALLEST)
    assert fits_schema(WHOLE)
    assert fits_schema(json.loads(msgspec.json.encode(written(WHOLE))))


FOUND = {"item": "GY-01", "description": "南门有垃圾"}
WRONG = [
    ({"site": ""}, "category"),
    (SMALLEST | {"v": 2}, "$.v"),
    (SMALLEST | {"category": "enforcement"}, "$.category"),
    (SMALLEST | {"weahter": "晴"}, "weahter"),
    (SMALLEST | {"late": "是"}, "$.late"),
    (SMALLEST | {"header": {"GY-H1": 1}}, "$.header"),
    (SMALLEST | {"answers": {"GY-01": {"verdict": "合格"}}}, "$.answers"),
    (SMALLEST | {"answers": {"GY-02": {"verdict": "pass", "value": 1.1}}}, "value"),
    (SMALLEST | {"answers": {"GY-01": {"verdict": "pass", "count": "1"}}}, "count"),
    (SMALLEST | {"findings": [{"item": "GY-01"}]}, "description"),
    (SMALLEST | {"findings": [FOUND | {"photos": [{"file": "a", "turned": 45}]}]}, "turned"),
    (SMALLEST | {"findings": [FOUND | {"time_limit": {"kind": "week", "n": 1}}]}, "time_limit"),
    (SMALLEST | {"counterpart": {"choice": "gone"}}, "$.counterpart"),
    (SMALLEST | {"corrects": {"inspection": "x"}}, "why"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "place"), WRONG)
def test_what_is_not_as_it_must_be_is_refused_with_its_place_and_by_the_schema_too(value, place):
    assert place in refused(json.dumps(value).encode())
    assert not fits_schema(value)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"site": "\xff"}', b"\xff\xfe{", b"[" * 10_000]
)
def test_what_is_no_such_object_is_refused(data):
    assert refused(data)


@given(
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "x"]), inner, max_size=6)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_an_inspection_or_are_refused(data):
    try:
        assert isinstance(read(data, where="x"), Written)
    except BadInput as error:
        assert error.key == "inspection-json-invalid"
