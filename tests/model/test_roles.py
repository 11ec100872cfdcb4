import csv
from functools import cache

import pytest

from inspector.model.form import Clause, Form, Item, Judge
from inspector.model.form_toml import read_form
from inspector.model.inspection import TimeLimit
from inspector.model.roles import Answerable, answerable
from inspector.model.site import Site
from inspector.model.site_rules import SiteRules
from inspector.model.unit import Directory, Unit
from inspector.model.unit_rules import read_units
from inspector.model.words import ClauseStatus, How, Severity, TimeLimitKind
from inspector.places import resource, shipped
from inspector.tables import read
from inspector.tables.headings import SITES, UNITS


def unit(name: str, *roles: str, type: str = "政府机构") -> Unit:
    return Unit(id=f"unit:{name}", name=name, type=type, roles=roles)


HOUSING = unit("住建局", "住建")
CLEANING = unit("环卫中心", "环卫")
EAST = unit("东街道", "街道", type="街道")
WEST = unit("西街道", "街道", "市场开办方", type="街道")
GARDEN = unit("花园社区", "社区", "物业", type="社区")
BUILDER = unit("某建筑公司", "施工单位", type="企业")
OTHER_BUILDER = unit("某市政公司", "施工单位", type="企业")
OWNER = unit("某置业公司", "建设单位", type="企业")
MARKET = unit("某市场公司", "市场开办方", type="企业")
SCHOOL = unit("教育局", "建设单位")
EVERYBODY = (HOUSING, CLEANING, EAST, WEST, GARDEN, BUILDER, OTHER_BUILDER, OWNER, MARKET)


def item(lead: str, *, help: tuple[str, ...] = (), party: tuple[str, ...] = ()) -> Item:
    return Item(
        code="XX-01",
        text="x",
        how=(How.LOOK,),
        answer=Judge(),
        severity=Severity.MINOR,
        weight=100,
        time_limit=TimeLimit(kind=TimeLimitKind.AT_ONCE, n=0),
        clause=Clause(source="x", status=ClauseStatus.OWN),
        lead=lead,
        help=help,
        party=party,
    )


def site(*, lead: Unit | None = None, helping: tuple[Unit, ...] = (), street: Unit | None = EAST) -> Site:
    return Site(
        id="site:XX-001",
        name="x",
        kind="x",
        lead_unit=lead.id if lead else "",
        helping_units=tuple(one.id for one in helping),
        street=street.id if street else "",
    )


def asked(item: Item, site: Site, *units: Unit) -> Answerable:
    return answerable(item, site, Directory(units or EVERYBODY))


def test_the_sites_own_units_come_before_its_street():
    assert asked(item("街道"), site(helping=(WEST,))).lead == WEST.id
    assert asked(item("街道"), site()).lead == EAST.id


def test_the_only_unit_of_a_role_fills_it_everywhere():
    assert asked(item("环卫", help=("住建",)), site()) == Answerable(lead=CLEANING.id, helping=(HOUSING.id,))


def test_where_several_carry_the_role_the_inspector_is_asked():
    second = unit("第二环卫中心", "环卫")
    assert asked(item("环卫", help=("街道",)), site(), CLEANING, second, EAST) == Answerable(
        helping=(EAST.id,)
    )


def test_a_street_answers_for_nothing_in_another_one():
    assert asked(item("社区"), site(), EAST, GARDEN).lead != GARDEN.id


def test_a_company_is_named_and_never_addressed():
    got = asked(item("住建", party=("施工单位", "建设单位")), site(lead=BUILDER, helping=(HOUSING,)))
    assert got == Answerable(lead=HOUSING.id, party="某建筑公司、某置业公司")


def test_the_company_of_a_role_that_several_carry_is_left_open():
    assert asked(item("住建", party=("施工单位",)), site()).party == ""


def test_a_street_that_runs_the_market_leads_and_the_items_lead_helps():
    got = asked(item("环卫", help=("住建",), party=("市场开办方",)), site(lead=WEST, street=WEST))
    assert got == Answerable(lead=WEST.id, helping=(CLEANING.id, HOUSING.id))


def test_a_community_that_keeps_the_houses_leads_once():
    home = site(lead=GARDEN)
    got = asked(item("街道", help=("社区",), party=("物业",)), home)
    assert got == Answerable(lead=GARDEN.id, helping=(EAST.id,))


def test_a_public_body_in_a_party_role_helps():
    got = asked(
        item("住建", help=("环卫",), party=("建设单位",)), site(helping=(SCHOOL,)), *EVERYBODY, SCHOOL
    )
    assert got == Answerable(lead=HOUSING.id, helping=(CLEANING.id, SCHOOL.id))


def test_where_nobody_carries_the_role_the_keeper_of_the_place_leads():
    assert asked(item("园林"), site(lead=CLEANING)) == Answerable(lead=CLEANING.id)


def test_a_company_that_keeps_the_place_is_the_party_and_its_street_leads():
    assert asked(item("园林"), site(lead=MARKET)) == Answerable(lead=EAST.id, party="某市场公司")


def test_where_nothing_tells_the_inspector_is_asked():
    assert asked(item("园林"), site(street=None)) == Answerable()


def test_a_company_with_a_party_role_fills_no_other_role():
    window = unit("某供水公司", "窗口单位", "物业", type="国有企业")
    assert asked(item("窗口单位"), site(lead=window), window, EAST) == Answerable(
        lead=EAST.id, party="某供水公司"
    )


@cache
def example() -> tuple[tuple[Form, ...], tuple[Site, ...], Directory]:
    forms = tuple(
        read_form(file.read_text("utf-8"), where=file.name)
        for file in sorted(shipped("forms").glob("*.toml"))
    )
    listed = read(resource("example", "units.csv"), UNITS)
    units, wrong = read_units(listed.rows, present=listed.headings, known=())
    table = read(resource("example", "sites.csv"), SITES)
    rules = SiteRules(units=units, sites=(), kinds=[form.site_kind for form in forms])
    sites, faults = rules.read(table.rows, present=table.headings)
    assert not wrong
    assert not faults
    return forms, sites, Directory(units)


@pytest.mark.parametrize("form", [form.id for form in example()[0]])
def test_no_finding_of_any_form_at_any_example_site_is_addressed_to_a_company(form: str):
    forms, sites, directory = example()
    chosen = next(one for one in forms if one.id == form)
    of_kind = [one for one in sites if one.kind == chosen.site_kind]
    assert len(of_kind) >= 6
    for place in of_kind:
        for asked_item in chosen.items():
            got = answerable(asked_item, place, directory)
            assert got.lead, (place.code, asked_item.code)
            for addressed in (got.lead, *got.helping):
                assert not directory.by_id[addressed].party, (place.code, asked_item.code, addressed)


def test_the_parties_of_the_example_are_companies_by_their_full_names():
    forms, sites, directory = example()
    companies = {unit.name for unit in directory.units if unit.party}
    named = {
        name
        for form in forms
        for place in sites
        if place.kind == form.site_kind
        for one in form.items()
        for name in answerable(one, place, directory).party.split("、")
        if name
    }
    assert named == companies


def test_the_findings_of_the_example_week_are_led_by_whom_their_items_propose():
    forms, sites, directory = example()
    items = {one.code: one for form in forms for one in form.items()}
    places = {place.code: place for place in sites}
    text = resource("example", "findings.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) >= 120
    for row in rows:
        if not row["lead_unit"]:
            continue
        got = answerable(items[row["item"]], places[row["site"]], directory)
        assert directory.called(row["lead_unit"])[0].id == got.lead, row
        helping = tuple(directory.called(name)[0].id for name in row["helping_units"].split(";") if name)
        assert helping == got.helping, row
        parties = [directory.called(name)[0].name for name in row["party"].split("、") if name]
        assert "、".join(parties) == got.party, row
