"""The JSON of `inspection import` and `inspection show`: the same object in both directions."""

from __future__ import annotations

import msgspec
import pytest

from inspector.model import inspection_json
from inspector.model.draft import Shot
from inspector.model.errors import BadInput, InspectorError
from inspector.model.inspection import Mark
from inspector.photos import scenes
from inspector.services import drafts, inspections, photos, written
from inspector.store import drafts as draft_store


def typed_parts(county, draft):
    """What a draft says, without the ids that every import draws anew."""
    typed = drafts.read(county.workspace, draft)
    findings = [msgspec.structs.replace(one, id="") for one in typed.findings]
    return typed.about.site, typed.header, typed.answers, typed.team, findings, typed.about.mandate


def imported(county, object_):
    return written.import_written(county.workspace, object_, county.workspace.path, now=county.now)


def least(**fields):
    whole = {"site": "GC-001", "category": "supervision", "begin": "2026-11-24T09:30:00+08:00", **fields}
    return msgspec.convert(whole, inspection_json.Written)


def test_what_is_shown_of_a_draft_makes_the_same_draft_when_it_is_imported(county):
    draft = county.passed()
    scene = scenes.scene("GC", seed=1, put_right=False, taken_at=county.now)
    photo = photos.take_bytes(county.workspace, scene, name="IMG_1.jpg").sha256
    marks = (Mark(kind="arrow", x0=100, y0=100, x1=5000, y1=5000),)
    shots = (Shot(sha256=photo, caption="水池", turned=90, marks=marks),)
    county.found(draft, "GC-05", photos=shots, party="垚丰市场", quantity="2", measure="处")
    again = imported(county, written.show(county.workspace, draft))
    assert typed_parts(county, again) == typed_parts(county, draft)


def test_a_signed_inspection_is_shown_as_it_was_written(county):
    draft = county.passed()
    county.found(draft, "GC-05")
    before = typed_parts(county, draft)
    county.signed(draft)
    (row,) = inspections.every(county.workspace)
    again = imported(county, written.show(county.workspace, row.number))
    assert typed_parts(county, again) == before


def test_an_object_with_corrects_opens_the_correction_of_that_inspection(county):
    draft = county.passed()
    found = county.found(draft, "GC-05")
    county.signed(draft)
    (row,) = inspections.every(county.workspace)
    object_ = written.show(county.workspace, row.id)
    correction = msgspec.structs.replace(
        object_, corrects=inspection_json.WrittenCorrects(inspection=row.number, why="数量写错")
    )
    typed = drafts.read(county.workspace, imported(county, correction))
    assert typed.about.corrects.inspection == row.id
    assert [one.id for one in typed.findings] == [found.id]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"site": "GC-999"}, "site-unknown"),
        ({"begin": "2026-11-24T09:30:00"}, "time-without-offset"),
        ({"begin": "今天"}, "time-invalid"),
        ({"end": "later"}, "time-invalid"),
        ({"form": "ZZ"}, "form-unknown"),
        ({"team": {"members": [{"person": "没有这个人"}]}}, "person-unknown"),
        ({"answers": {"GC-99": {"verdict": "pass"}}}, "item-unknown"),
        ({"answers": {"GC-13": {"verdict": "pass", "value": "2.55"}}}, "number-too-precise"),
        ({"answers": {"GC-13": {"verdict": "pass", "value": "二"}}}, "number-invalid"),
        ({"header": {"GC-H99": "一类"}}, "header-unknown"),
        ({"findings": [{"item": "GC-05", "description": "坏", "lead_unit": "无此局"}]}, "unit-unknown"),
        (
            {"findings": [{"item": "GC-05", "description": "坏", "photos": [{"file": "../secret.jpg"}]}]},
            "photo-outside-folder",
        ),
        (
            {"findings": [{"item": "GC-05", "description": "坏", "photos": [{"file": "absent.jpg"}]}]},
            "photo-unreadable",
        ),
        ({"corrects": {"inspection": "GC-001-20260101-AAAA-0001", "why": "x"}}, "inspection-unknown"),
        ({"earlier": [{"finding": "AAAAAAAAAAAAAAAA", "still": True}]}, "finding-unknown"),
    ],
)
def test_an_object_that_does_not_fit_is_refused_and_leaves_no_draft(county, fields, key):
    with pytest.raises(InspectorError) as bad:
        imported(county, least(**fields))
    assert bad.value.key == key
    with county.workspace.reading() as db:
        assert draft_store.rows(db) == []


def test_a_file_that_is_no_such_object_is_told_where_it_is_wrong(county, tmp_path):
    file = tmp_path / "visit.json"
    file.write_text('{"site": "GC-001", "category": "supervision", "begin": "x", "sight": 1}', "utf-8")
    with pytest.raises(BadInput) as bad:
        written.import_file(county.workspace, file, now=county.now)
    assert bad.value.key == "inspection-json-invalid"
    assert "sight" in bad.value.values["reason"]
