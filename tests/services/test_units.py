import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.model.rows import RowProblem, tidy
from inspector.places import resource
from inspector.services import units
from inspector.services.lists import Imported
from inspector.store.workspace import Workspace
from tests.county import NOW


def listed(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    file = folder / "units.csv"
    file.write_bytes(text.encode(encoding))
    return file


def batches(workspace: Workspace) -> int:
    with workspace.reading() as db:
        return int(db.execute("SELECT count(*) FROM batch").fetchone()[0])


def test_a_list_comes_in_as_one_batch_in_official_order(workspace: Workspace):
    done = units.import_file(workspace, resource("example", "units.csv"), now=NOW)
    assert done == Imported(added=37)
    found = units.every(workspace)
    assert [unit.order for unit in found] == list(range(1, 38))
    assert (found[0].name, found[0].short) == ("县委办公室督查室", "县委督查室")
    assert found[22].roles == ("街道", "窗口单位", "市场开办方")
    assert batches(workspace) == 1


def test_the_same_list_again_writes_nothing(workspace: Workspace):
    units.import_file(workspace, resource("example", "units.csv"), now=NOW)
    before = units.every(workspace)
    again = units.import_file(workspace, resource("example", "units.csv"), now=NOW + timedelta(days=1))
    assert again == Imported(unchanged=37)
    assert units.every(workspace) == before
    assert batches(workspace) == 1


def test_a_changed_row_sets_only_what_differs(workspace: Workspace, tmp_path: Path):
    units.import_file(
        workspace, listed(tmp_path, "排序号,单位名称,简称\n1,县水利局,水利局\n2,县城管局,\n"), now=NOW
    )
    done = units.import_file(
        workspace, listed(tmp_path, "排序号,单位名称,简称\n1,县水利局,水务局\n2,县城管局,\n"), now=NOW
    )
    assert done == Imported(changed=1, unchanged=1)
    with workspace.reading() as db:
        bodies = db.execute("SELECT body FROM record").fetchall()
        assert b'{"set":{"short":"\xe6\xb0\xb4\xe5\x8a\xa1\xe5\xb1\x80"}}' in {
            bytes(one) for (one,) in bodies
        }


def test_a_unit_that_a_list_renames_stays_the_same_unit(workspace: Workspace, tmp_path: Path):
    units.import_file(workspace, listed(tmp_path, "单位名称,类型\n县建设局,政府机构\n"), now=NOW)
    (old,) = units.every(workspace)
    text = "单位名称,曾用名\n县住房和城乡建设局,县建设局\n"
    assert units.import_file(workspace, listed(tmp_path, text), now=NOW) == Imported(changed=1)
    assert units.import_file(workspace, listed(tmp_path, text), now=NOW) == Imported(unchanged=1)
    (new,) = units.every(workspace)
    assert (new.id, new.name, new.type) == (old.id, "县住房和城乡建设局", "政府机构")


def test_a_unit_that_a_list_leaves_out_stays(workspace: Workspace, tmp_path: Path):
    units.import_file(workspace, listed(tmp_path, "单位名称\n甲\n乙\n"), now=NOW)
    units.import_file(workspace, listed(tmp_path, "单位名称\n甲\n丙\n"), now=NOW)
    assert [unit.name for unit in units.every(workspace)] == ["丙", "乙", "甲"]


def test_one_bad_row_keeps_the_whole_list_out(workspace: Workspace, tmp_path: Path):
    done = units.import_file(
        workspace, listed(tmp_path, "name,order\n甲,1\n乙,一\n\n丁,2\n,3\n丁,4,x\n"), now=NOW
    )
    assert done == Imported(
        errors=(
            RowProblem(3, "order", "not-a-number", "一"),
            RowProblem(6, "name", "missing-value", ""),
            RowProblem(7, "", "too-many-columns", ""),
        )
    )
    assert units.every(workspace) == []
    assert batches(workspace) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rare_characters_come_in_from_every_encoding(workspace: Workspace, tmp_path: Path, encoding: str):
    file = listed(tmp_path, "单位名称\n㐂河街道𬭎钟社区\n龘山𠮷社区\n", encoding=encoding)
    units.import_file(workspace, file, now=NOW)
    assert {unit.name for unit in units.every(workspace)} == {"㐂河街道𬭎钟社区", "龘山𠮷社区"}


def test_names_with_invisible_private_or_very_new_characters_are_names(workspace: Workspace, tmp_path: Path):
    names = ["零宽\u200b局", "私用\ue863局", "新字\U00031350局"]
    assert units.import_file(
        workspace, listed(tmp_path, "\n".join(["单位名称", *names])), now=NOW
    ) == Imported(added=3)
    assert {unit.name for unit in units.every(workspace)} == set(names)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=1, max_size=4))
@example(["\u2003"])
@example(["\ufeff"])
@example(["unit:", "："])
def test_any_name_is_a_unit_or_a_problem(workspace: Workspace, tmp_path: Path, names: list[str]):
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["单位名称"], *([name] for name in names)])
    done = units.import_file(workspace, listed(tmp_path, file.getvalue()), now=NOW)
    if not done.errors:
        known = {unit.name for unit in units.every(workspace)}
        assert {tidy(name) for name in names if tidy(name)} <= known


def test_a_file_that_is_no_list_is_refused_as_a_whole(workspace: Workspace, tmp_path: Path):
    with pytest.raises(BadInput) as refused:
        units.import_file(workspace, listed(tmp_path, "编号,名称\nA,甲\n"), now=NOW)
    assert refused.value.key == "table-heading-missing"
