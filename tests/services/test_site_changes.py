"""What is known of a site is changed by hand, with the reason."""

import pytest

from inspector.model.errors import BadInput
from inspector.services import check, site_changes, site_list, sites
from inspector.services.site_changes import Editable
from inspector.store import records
from tests.county import NOW, County


def seen(county: County, site: str = "site:GC-003") -> Editable:
    return site_changes.read(county.workspace, site)


def test_a_change_keeps_its_reason_and_all_that_was_not_touched(county: County):
    before = seen(county)
    cells = {**before.cells, "address": "人民路 18 号北侧", "lead": "县城市管理局"}
    after = site_changes.change(county.workspace, before, cells, {}, reason=" 门牌换了 ", now=NOW)
    assert after.address == "人民路 18 号北侧"
    assert (after.name, after.facts, after.longitude) == (
        before.site.name,
        before.site.facts,
        before.site.longitude,
    )
    page = site_list.page(county.workspace, after.id, now=NOW)
    assert [(one.reason, "address" in one.fields) for one in page.changes] == [("门牌换了", True)]
    assert check.check(county.workspace) == []


def test_without_a_reason_nothing_is_changed(county: County):
    before = seen(county)
    with pytest.raises(BadInput) as refused:
        site_changes.change(
            county.workspace, before, {**before.cells, "grid": "第9网格"}, {}, reason=" ", now=NOW
        )
    assert [(one.column, one.code) for one in refused.value.values["problems"]] == [
        ("reason", "missing-value")
    ]
    assert sites.one(county.workspace, "GC-003") == before.site


def test_what_is_the_same_is_no_change_and_needs_no_reason(county: County):
    before = seen(county)
    with county.workspace.reading() as db:
        heads = records.heads(db, before.site.id)
    assert site_changes.change(county.workspace, before, before.cells, {}, reason="", now=NOW) == before.site
    with county.workspace.reading() as db:
        assert records.heads(db, before.site.id) == heads


def test_a_fact_that_the_form_asks_for_is_changed_like_a_cell(county: County):
    before = seen(county)
    choice = next(item for item in before.facts if item.options)
    after = site_changes.change(
        county.workspace, before, before.cells, {choice.code: choice.options[-1]}, reason="改建", now=NOW
    )
    assert after.facts == {**before.site.facts, choice.code: choice.options[-1]}
    with pytest.raises(BadInput) as refused:
        site_changes.change(
            county.workspace, before, before.cells, {choice.code: "别的"}, reason="改", now=NOW
        )
    assert refused.value.values["problems"][0].column == choice.code


def test_a_new_name_is_found_by_its_initials(county: County):
    before = seen(county)
    cells = {**before.cells, "name": "长安公厕"}
    after = site_changes.change(county.workspace, before, cells, {}, reason="改名", now=NOW)
    assert {"cagc", "zagc"} <= set(after.initials)


def test_a_code_that_another_site_has_is_refused_and_a_missing_one_may_come_later(county: County):
    made = sites.add(county.workspace, {"name": "柳堤三巷", "kind": "背街小巷"}, now=NOW)
    before = seen(county, made.id)
    with pytest.raises(BadInput) as refused:
        site_changes.change(
            county.workspace, before, {**before.cells, "code": "GC-001"}, {}, reason="补编号", now=NOW
        )
    assert [one.code for one in refused.value.values["problems"]] == ["duplicate-code"]
    after = site_changes.change(
        county.workspace, before, {**before.cells, "code": "bx-099"}, {}, reason="补编号", now=NOW
    )
    assert sites.one(county.workspace, "BX-099") == after


def test_two_laptops_that_change_one_field_disagree_about_the_field_and_not_about_the_reasons(county: County):
    before = seen(county)
    for address, why in (("东门", "甲"), ("西门", "乙")):
        cells = {**before.cells, "address": address}
        site_changes.change(county.workspace, before, cells, {}, reason=why, now=NOW)
    with county.workspace.reading() as db:
        row = db.execute("SELECT conflicts FROM entity WHERE id = ?", (before.site.id,)).fetchone()
    assert "address" in str(row[0])
    assert "change/" not in str(row[0])
    assert len(site_list.page(county.workspace, before.site.id, now=NOW).changes) == 2
