from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Signed
from tests.exchange.desk import Laptop

SITE = "site:GJ-004"


def test_a_conflict_is_listed_with_both_sides_and_decided(run: Run, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(Laptop(tmp_path / "one")) as one, closing(Laptop(tmp_path / "other")) as other:
        one.write(SITE, name="南门公厕")
        other.write(SITE, name="南门口公共厕所")
        other.sync(stick)
        one.sync(stick)
    at = ("--workspace", tmp_path / "one")
    (conflict,) = run("conflict", "list", *at, "--json").json["conflicts"]
    assert {side["value"] for side in conflict["sides"]} == {"南门公厕", "南门口公共厕所"}
    told = run("conflict", "list", *at).out
    assert "南门公厕" in told and "南门口公共厕所" in told
    run("conflict", "list", *at, "--out", tmp_path / "要定的.csv")
    lines = (tmp_path / "要定的.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3 and any("南门公厕" in line for line in lines), "a line for each side"
    side = conflict["sides"][1]
    decided = run("conflict", "resolve", SITE, "--side", side["batch"], *at, "--json")
    assert decided.json == {"decided": 1}
    assert run("conflict", "list", *at, "--json").json == {"conflicts": []}
    again = run("conflict", "resolve", SITE, "--side", side["batch"], *at, "--json")
    assert again.status == 2 and again.json["error"]["key"] == "conflict-unknown"


def test_two_sites_that_are_one_are_joined(run: Run, tmp_path: Path) -> None:
    with closing(Laptop(tmp_path / "one")) as one:
        one.write("site:A", name="南门公厕")
        one.write("site:B", name="南门口公厕")
    at = ("--workspace", tmp_path / "one", "--json")
    assert run("join", "site:B", "--into", "site:A", *at).json == {"joined": "site:B", "into": "site:A"}
    assert run("join", "site:A", "--into", "site:B", *at).json["error"]["key"] == "join-with-itself"
    assert run("conflict", "keep-shown", *at).json == {"decided": 0}
    assert run("conflict", "keep-both", "inspection:A", "inspection:B", *at).status == 2
    assert run("conflict", "duplicate", "inspection:A", "--of", "inspection:B", *at).status == 2


@pytest.mark.parametrize(
    "command", ["inspection", "notice", "device", "conflict", "draft", "number", "calendar"]
)
def test_any_list_is_written_to_a_file_as_well(
    run: Run, signed: Signed, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "列表.csv"
    assert run(command, "list", "--out", file).status == 0
    assert file.exists()
    if command == "inspection":
        assert signed.number in file.read_text("utf-8-sig")
    assert (
        run(command, "list", "--out", tmp_path / "列表.doc", "--json").json["error"]["key"]
        == "list-file-kind"
    )
