import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.rows import Row
from inspector.model.site import Site
from inspector.model.site_rules import COLUMNS, SiteRules
from inspector.model.unit import Unit


def unit(name: str, short: str = "", *, type: str = "", former: tuple[str, ...] = ()) -> Unit:
    return Unit(id=f"unit:{name}", name=name, short=short, type=type, former_names=former)


UNITS = (
    unit("县住房和城乡建设局", "住建局", former=("县规划建设局",)),
    unit("县城市管理局", "城管局"),
    unit("县环境卫生服务中心", "环卫中心"),
    unit("堃阳街道办事处", "堃阳街道", type="街道"),
    unit("龘山街道办事处", "龘山街道", type="街道"),
    unit("堃阳街道新村社区", "新村社区", type="社区"),
    unit("龘山街道新村社区", "新村社区", type="社区"),
)
KINDS = ("主次干道", "公共厕所")
KNOWN = Site(
    id="site:GC-001",
    code="GC-001",
    name="䶮门公厕",
    kind="公共厕所",
    address="䶮门街",
    facts={"GC-H1": "二类"},
)
PLAIN = {"code": "GD-001", "name": "堃阳大道", "kind": "主次干道"}


def rules(*known: Site) -> SiteRules:
    return SiteRules(units=UNITS, sites=known, kinds=KINDS)


def row(number: int = 2, /, **cells: str) -> Row:
    return Row(number, {**dict.fromkeys(COLUMNS, ""), **PLAIN, **cells})


def read(*rows: Row, known: tuple[Site, ...] = ()) -> tuple[Site, ...]:
    sites, problems = rules(*known).read(rows, present=COLUMNS)
    assert not problems
    return sites


def codes(*rows: Row, known: tuple[Site, ...] = ()) -> list[tuple[str, str]]:
    return [(one.column, one.code) for one in rules(*known).read(rows, present=COLUMNS)[1]]


def test_a_row_becomes_a_site():
    (site,) = read(
        row(
            code="ｇd-０01",
            alias="迎宾大道、北街",
            street="堃阳街道",
            community="新村社区",
            grid="第０７网格",
            lead="城管局",
            helpers="县规划建设局；环卫中心",
            longitude="１０３．１５",
            latitude="39.8433001",
            note="第一行\n第二行",
        )
    )
    assert site == Site(
        id="site:GD-001",
        code="GD-001",
        name="堃阳大道",
        aliases=("迎宾大道", "北街"),
        kind="主次干道",
        street="unit:堃阳街道办事处",
        community="unit:堃阳街道新村社区",
        grid="第07网格",
        lead_unit="unit:县城市管理局",
        helping_units=("unit:县住房和城乡建设局", "unit:县环境卫生服务中心"),
        longitude=1_031_500_000,
        latitude=398_433_001,
        note="第一行\n第二行",
    )


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"code": ""}, ("code", "missing-value")),
        ({"name": ""}, ("name", "missing-value")),
        ({"kind": ""}, ("kind", "missing-value")),
        ({"code": "雁-931"}, ("code", "bad-code")),
        ({"code": "-1"}, ("code", "formula-like")),
        ({"code": "A" * 33}, ("code", "bad-code")),
        ({"kind": "暗访"}, ("kind", "unknown-kind")),
        ({"lead": "县爱卫办"}, ("lead", "unknown-unit")),
        ({"lead": "新村社区"}, ("lead", "ambiguous-unit")),
        ({"helpers": "城管局、县爱卫办"}, ("helpers", "unknown-unit")),
        ({"street": "城管局"}, ("street", "unknown-unit")),
        ({"street": "堃阳街道", "community": "龘山街道新村社区"}, ("community", "unknown-unit")),
        ({"community": "新村社区"}, ("community", "ambiguous-unit")),
        ({"longitude": "103.15"}, ("latitude", "coordinate-incomplete")),
        ({"longitude": "东经103.15", "latitude": "39.8"}, ("longitude", "not-a-number")),
        ({"longitude": "1e2", "latitude": "39.8"}, ("longitude", "not-a-number")),
        ({"longitude": "39.84", "latitude": "103.15"}, ("longitude", "coordinate-swapped")),
        ({"longitude": "103.15", "latitude": "139.84"}, ("latitude", "coordinate-range")),
        ({"name": "甲\u202e乙"}, ("name", "control-char")),
        ({"address": "甲\x0b乙"}, ("address", "control-char")),
        ({"name": "雁\n归路"}, ("name", "line-break")),
        ({"name": "雁" * 201}, ("name", "too-long")),
        ({"note": "+cmd|' /C calc'!A0"}, ("note", "formula-like")),
        ({"alias": "@SUM(A1:A9)"}, ("alias", "formula-like")),
        ({"position": "-1"}, ("position", "formula-like")),
    ],
)
def test_a_fault_is_told_by_column_and_code(cells: dict[str, str], problem: tuple[str, str]):
    assert codes(row(**cells)) == [problem]


def test_signs_in_front_of_coordinates_are_no_formula():
    assert codes(row(longitude="-103.15", latitude="39.8")) == [("longitude", "coordinate-range")]


def test_both_coordinates_are_told_to_be_out_of_range():
    assert codes(row(longitude="0", latitude="0")) == [
        ("longitude", "coordinate-range"),
        ("latitude", "coordinate-range"),
    ]


def test_a_single_sign_and_two_hundred_characters_are_good():
    assert read(row(name="雁" * 200, note="+"))


def test_of_a_wrong_street_nothing_is_said_about_its_community():
    assert codes(row(street="雁湖街道", community="新村社区")) == [("street", "unknown-unit")]


def test_the_helper_at_fault_is_named_alone():
    _, problems = rules().read([row(helpers="城管局、县爱卫办")], present=COLUMNS)
    assert problems[0].value == "县爱卫办"


def test_a_code_that_stood_before_is_told_at_the_later_row():
    sites, problems = rules().read([row(2), row(3, code="ＧＤ-001", name="又一条")], present=COLUMNS)
    assert [(one.row, one.code) for one in problems] == [(3, "duplicate-code")]
    assert len(sites) == 1


def test_a_known_site_does_not_become_another_kind():
    assert codes(row(code="GC-001"), known=(KNOWN,)) == [("kind", "code-kind-conflict")]


def test_an_update_keeps_what_inspections_learnt_of_the_site():
    (after,) = read(row(code="GC-001", name="东门公厕", kind="公共厕所"), known=(KNOWN,))
    assert (after.id, after.name, after.address, after.facts) == (KNOWN.id, "东门公厕", "", KNOWN.facts)


def test_columns_that_the_file_lacks_stay_as_they_are():
    short = Row(2, {"code": "GC-001", "name": "䶮门公厕", "kind": "公共厕所"})
    assert rules(KNOWN).read([short], present=("code", "name", "kind"))[0] == (KNOWN,)


def test_a_site_made_in_the_field_that_got_its_code_since_is_the_one_of_the_list():
    found = Site(id="site:ABCDEFGHIJKLMNOP", code="GD-001", name="堃阳大道", kind="主次干道")
    assert read(row(), known=(found,))[0].id == found.id


def test_a_site_met_in_the_field_needs_no_code():
    site, problems = rules().add(row(code="", street="龘山街道"), id="site:ABCDEFGHIJKLMNOP")
    assert not problems
    assert (site.id, site.code, site.street) == ("site:ABCDEFGHIJKLMNOP", "", "unit:龘山街道办事处")


def test_a_site_met_in_the_field_takes_nobodys_code():
    _, problems = rules(KNOWN).add(row(code="gc-001", kind="公共厕所"), id="site:ABCDEFGHIJKLMNOP")
    assert [(one.column, one.code) for one in problems] == [("code", "duplicate-code")]


CELL = st.one_of(
    st.sampled_from(
        ["", "堃阳街道", "新村社区", "城管局、环卫中心", "103.1", "39.5", "主次干道", "=1", "-1"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), max_size=6))
def test_each_row_is_a_site_or_has_a_problem(rows: list[dict[str, str]]):
    cells = [Row(number, row) for number, row in enumerate(rows, 2)]
    sites, problems = rules().read(cells, present=COLUMNS)
    assert len(sites) == len(cells) - len({one.row for one in problems})
    assert all(one.column in COLUMNS for one in problems)
