import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.rows import MAX_CELL, Row, RowProblem
from inspector.model.unit import UNORDERED, Directory, Unit, entity
from inspector.model.unit_rules import COLUMNS, read_units

STREET = Unit(
    id="unit:堃阳街道办事处", name="堃阳街道办事处", short="堃阳街道", type="街道", roles=("街道",), order=22
)
HOUSING = Unit(
    id="unit:县住房和城乡建设局",
    name="县住房和城乡建设局",
    short="住建局",
    former_names=("县建设局",),
    roles=("住建",),
)


def read(*rows: dict[str, str], known: tuple[Unit, ...] = (), present: tuple[str, ...] = COLUMNS):
    cells = [Row(number, {**dict.fromkeys(present, ""), **row}) for number, row in enumerate(rows, 2)]
    return read_units(cells, present=present, known=known)


def problems(*rows: dict[str, str], known: tuple[Unit, ...] = ()) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in read(*rows, known=known)[1]]


def test_a_row_becomes_a_unit_with_its_lists_split():
    row = {
        "order": "７",
        "name": "县城市管理局",
        "short": "城管局",
        "former": "县城市管理行政执法局、县市容局",
        "type": "政府机构",
        "roles": "城管，市政；城管",
    }
    assert read(row)[0] == (
        Unit(
            id="unit:县城市管理局",
            name="县城市管理局",
            short="城管局",
            former_names=("县城市管理行政执法局", "县市容局"),
            type="政府机构",
            order=7,
            roles=("城管", "市政"),
        ),
    )


def test_a_unit_without_rank_comes_behind_all_others():
    assert read({"name": "县水利局"})[0][0].order == UNORDERED


def test_the_entity_is_the_name_in_one_width_and_case():
    assert entity(" ａbc（县文明办） ") == entity("ABC(县文明办)") == "unit:ABC(县文明办)"


def test_a_row_that_bears_a_known_name_is_that_unit_whatever_its_width():
    known = Unit(id="unit:X(A)", name="X(A)", short="旧")
    after, _ = read({"name": "Ｘ（Ａ）", "short": "新"}, known=(known,))
    assert (after[0].id, after[0].name, after[0].short) == ("unit:X(A)", "Ｘ（Ａ）", "新")


def test_a_former_name_renames_the_unit_and_keeps_its_entity():
    after, found = read(
        {"name": "县住建和交通局", "former": "县住房和城乡建设局、县建设局"}, known=(HOUSING,)
    )
    assert not found
    assert (after[0].id, after[0].name) == (HOUSING.id, "县住建和交通局")


def test_a_name_that_its_unit_no_longer_has_makes_no_second_unit():
    renamed = Unit(id="unit:县建设局", name="县住房和城乡建设局", former_names=("县建设局",))
    assert problems({"name": "县建设局"}, known=(renamed,)) == [(2, "name", "former-name")]


def test_a_row_of_its_own_keeps_a_name_from_being_taken_over():
    after, found = read(
        {"name": "县住房和城乡建设局"},
        {"name": "县交通局", "former": "县住房和城乡建设局"},
        known=(HOUSING,),
    )
    assert not found
    assert [unit.id for unit in after] == [HOUSING.id, "unit:县交通局"]


def test_a_unit_cannot_come_out_of_two():
    other = Unit(id="unit:县规划局", name="县规划局")
    row = {"name": "县规划和建设局", "former": "县规划局、县住房和城乡建设局"}
    assert problems(row, known=(other, HOUSING)) == [(2, "former", "ambiguous-unit")]


def test_columns_that_the_file_lacks_stay_as_they_are():
    after, _ = read({"name": "堃阳街道办事处"}, known=(STREET,), present=("name",))
    assert after == (STREET,)


def test_columns_that_are_there_and_empty_are_emptied():
    after, _ = read({"name": "堃阳街道办事处"}, known=(STREET,))
    assert (after[0].short, after[0].roles, after[0].order) == ("", (), UNORDERED)


def test_every_problem_of_every_row_is_told():
    found = problems(
        {"name": "", "order": "第一"},
        {"name": "甲", "short": "=1+1"},
        {"name": "乙", "roles": "x" * (MAX_CELL + 1)},
        {"name": "丙", "type": "企\x07业"},
        {"name": "丁", "former": "旧\n名"},
        {"name": "戊"},
        {"name": "戊", "order": "1234567"},
    )
    assert found == [
        (2, "order", "not-a-number"),
        (2, "name", "missing-value"),
        (3, "short", "formula-like"),
        (4, "roles", "too-long"),
        (5, "type", "control-char"),
        (6, "former", "line-break"),
        (8, "order", "not-a-number"),
    ]


def test_the_same_unit_twice_is_told_at_the_later_row():
    assert problems({"name": "戊"}, {"name": "戊 "}) == [(3, "name", "duplicate-unit")]


def test_a_name_that_grows_beyond_what_an_entity_holds_is_too_long():
    assert problems({"name": "\ufdfa" * 20}) == [(2, "name", "too-long")]


def test_a_problem_carries_the_cell_cut_short_and_printable():
    _, found = read({"name": "甲\x07" + "长" * 300})
    assert found == (RowProblem(2, "name", "control-char", "甲·" + "长" * 37 + "…"),)


def test_a_full_name_wins_over_the_short_names_of_others():
    named = Unit(id="unit:新村社区", name="新村社区")
    others = [
        Unit(id=f"unit:{street}新村社区", name=f"{street}新村社区", short="新村社区") for street in "甲乙"
    ]
    assert set(Directory(others).called("新村社区")) == set(others)
    assert Directory([*others, named]).called(" 新村社区") == (named,)


def test_a_former_name_still_finds_its_unit():
    assert Directory([HOUSING]).called("县建设局") == (HOUSING,)


@pytest.mark.parametrize(
    ("type", "roles", "party"),
    [
        ("企业", ("施工单位",), True),
        ("国有企业", ("电力", "窗口单位"), False),
        ("国有企业", ("窗口单位", "物业"), True),
        ("街道", ("街道", "市场开办方"), False),
        ("事业单位", ("市场开办方",), False),
    ],
)
def test_a_company_in_a_party_role_is_a_party(type: str, roles: tuple[str, ...], party: bool):
    assert Unit(id="unit:x", name="x", type=type, roles=roles).party is party


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELL)), max_size=5))
def test_a_list_that_was_read_reads_the_same_again(rows: list[dict[str, str]]):
    first, found = read(*rows)
    if not found:
        second, again = read(*rows, known=first)
        assert (second, again) == (first, ())
