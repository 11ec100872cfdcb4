import csv
from pathlib import Path

import pytest

from inspector.ledger.record import Record
from inspector.model.errors import BadInput
from inspector.model.site import fact_field
from inspector.places import resource, shipped
from inspector.services import drafts, forms, sites, units
from inspector.services.lists import Imported
from inspector.services.preparing import site_seen
from inspector.store import records
from tests.county import NOW, County

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the lists of the work folder are not here")


def listed(folder: Path, text: str) -> Path:
    file = folder / "sites.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_sites_are_all_there_by_code(county: County):
    found = sites.every(county.workspace)
    assert len(found) == 60
    assert [site.code for site in found] == sorted(site.code for site in found)
    station = sites.one(county.workspace, "GC-003")
    assert (station.id, station.name, station.street) == ("site:GC-003", "客运站公厕", "unit:龘山街道办事处")
    assert sites.one(county.workspace, "老十字街").code == "GD-004"


def test_the_same_list_again_changes_nothing(county: County):
    before = sites.every(county.workspace)
    again = sites.import_file(county.workspace, resource("example", "sites.csv"), now=NOW)
    assert again == Imported(unchanged=60)
    assert sites.every(county.workspace) == before


@needs_shared
def test_the_bad_list_gives_exactly_the_errors_of_its_key(county: County):
    before = sites.every(county.workspace)
    done = sites.import_file(county.workspace, SHARED / "sites_bad.csv", now=NOW)
    with (SHARED / "sites_bad.key.csv").open(encoding="utf-8-sig", newline="") as file:
        key = [(int(row["row"]), row["column"], row["code"]) for row in csv.DictReader(file)]
    wanted = sorted(one for one in key if one[2] != "ok")
    assert sorted((one.row, one.column, one.code) for one in done.errors) == wanted
    assert (done.added, done.changed, done.unchanged) == (0, 0, 0)
    assert sites.every(county.workspace) == before


@needs_shared
@pytest.mark.parametrize(("file", "count"), [("sites_gb18030.csv", 12), ("sites.xlsx", 15)])
def test_the_other_lists_come_in_whole(county: County, file: str, count: int):
    assert sites.import_file(county.workspace, SHARED / file, now=NOW) == Imported(added=count)
    assert len(sites.every(county.workspace)) == 60 + count
    assert sites.import_file(county.workspace, SHARED / file, now=NOW) == Imported(unchanged=count)


@needs_shared
def test_full_width_codes_and_rare_characters_come_out_of_gb18030(county: County):
    sites.import_file(county.workspace, SHARED / "sites_gb18030.csv", now=NOW)
    south = sites.one(county.workspace, "GD-102")
    assert (south.name, south.address, south.grid) == ("𬭎钟南路", "𬭎钟路以南 １．２ km", "第11网格")
    north = sites.one(county.workspace, "ＧＤ-１０１")
    assert (north.longitude, north.latitude) == (1_031_812_000, 398_433_000)


def test_errors_name_the_column_as_the_file_does(county: County, tmp_path: Path):
    done = sites.import_file(
        county.workspace, listed(tmp_path, "Code,点位名称,kind\nGD-901,甲,水库\n"), now=NOW
    )
    assert [(one.row, one.column, one.code, one.value) for one in done.errors] == [
        (2, "kind", "unknown-kind", "水库")
    ]


def test_a_ninth_kind_of_site_needs_one_more_file(county: County, tmp_path: Path):
    text = "编号,名称,类别\nCY-001,某餐馆,餐饮店\n"
    assert sites.import_file(county.workspace, listed(tmp_path, text), now=NOW).errors
    form = (shipped("forms") / "CK.toml").read_text("utf-8")
    ninth = form.replace("CK", "CY").replace('site_kind = "服务窗口"', 'site_kind = "餐饮店"')
    (county.workspace.path / "forms" / "CY.toml").write_text(ninth, "utf-8")
    assert sites.import_file(county.workspace, listed(tmp_path, text), now=NOW) == Imported(added=1)


def test_what_an_inspection_learnt_of_a_site_outlives_the_next_list(county: County):
    with county.workspace.transaction() as db:
        fact = Record(
            "site", "site:GC-003", records.heads(db, "site:GC-003"), {"set": {fact_field("GC-H1"): "一类"}}
        )
        records.append(db, county.workspace, (fact,), person=None, wall=NOW.isoformat())
    sites.import_file(county.workspace, resource("example", "sites.csv"), now=NOW)
    assert sites.one(county.workspace, "GC-003").facts == {"GC-H1": "一类"}


def test_a_coordinate_that_a_list_empties_is_gone(county: County, tmp_path: Path):
    text = "编号,名称,类别,经度,纬度\nGC-003,客运站公厕,公共厕所,,\n"
    assert sites.import_file(county.workspace, listed(tmp_path, text), now=NOW) == Imported(changed=1)
    assert sites.one(county.workspace, "GC-003").longitude is None


def test_a_site_met_in_the_field_is_there_without_a_code(county: County):
    typed = {"name": " 柳堤三巷 ", "kind": "背街小巷", "street": "㐂河街道", "community": "柳堤社区"}
    made = sites.add(county.workspace, typed, now=NOW)
    assert made == sites.one(county.workspace, "柳堤三巷")
    assert (made.code, made.street) == ("", "unit:㐂河街道办事处")
    assert made.id.removeprefix("site:") != ""
    assert sites.every(county.workspace)[-1] == made


def test_what_is_wrong_with_a_site_met_in_the_field_is_told_by_column(county: County):
    with pytest.raises(BadInput) as refused:
        sites.add(county.workspace, {"name": "", "kind": "水库", "code": "GC-001"}, now=NOW)
    assert refused.value.key == "site-invalid"
    assert [(one.column, one.code) for one in refused.value.values["problems"]] == [
        ("code", "duplicate-code"),
        ("name", "missing-value"),
        ("kind", "unknown-kind"),
    ]
    assert len(sites.every(county.workspace)) == 60


@pytest.mark.parametrize(
    ("which", "key"), [("GC-999", "site-unknown"), ("", "site-unknown"), ("新村东巷", "site-ambiguous")]
)
def test_a_name_that_tells_no_site_is_refused(county: County, which: str, key: str):
    with pytest.raises(BadInput) as refused:
        sites.one(county.workspace, which)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("site", "initials"),
    [("BX-003", "ldyx"), ("GJ-002", "sxgd"), ("GC-006", "hzlgc"), ("GJ-007", "dsazq3hdk")],
)
def test_a_site_is_found_by_the_initials_of_its_names(county: County, site: str, initials: str):
    assert initials in sites.one(county.workspace, site).initials


def test_every_reading_of_a_character_counts(county: County):
    made = sites.add(county.workspace, {"name": "朝阳路", "kind": "主次干道"}, now=NOW)
    assert made.initials == ("cyl", "zyl")


def test_a_name_of_many_readings_keeps_its_commonest_one(county: County):
    made = sites.add(county.workspace, {"name": "重庆路长安街银行大厦西侧", "kind": "主次干道"}, now=NOW)
    assert len(made.initials) == 16
    assert "cqlcajyhdsxc" in made.initials


def test_no_sheet_names_a_company_as_the_lead_or_helping_unit_of_its_site(county: County):
    named = {unit.id: unit for unit in units.every(county.workspace)}
    parties = set()
    for site in sites.every(county.workspace):
        seen = site_seen(site, named)
        addressed = [*([seen.lead_unit] if seen.lead_unit else []), *seen.helping_units]
        assert not any(named[one.id].party for one in addressed), site.code
        assert all(named[one.id].party for one in seen.parties), site.code
        parties |= {one.id for one in seen.parties}
    assert parties == {unit.id for unit in named.values() if unit.party}


def test_a_finding_at_a_building_site_goes_to_the_department_and_names_the_company(county: County):
    form = forms.for_kind(county.workspace, "建筑工地")
    proposed = drafts.propose(county.workspace, "site:GJ-001", form.item("GJ-02"))
    assert proposed.lead_unit == "unit:县住房和城乡建设局"
    assert proposed.party == "示例县𬭎基建筑工程有限公司、示例县㐂居置业有限公司"
