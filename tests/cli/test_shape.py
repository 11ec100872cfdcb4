"""What every command keeps: Chinese words, one object, the exit status, a reference that is current."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from inspector.cli import main as command_line
from inspector.cli.reference import MARKER, commands, leaves
from inspector.services import forms, workspaces
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
EVERY = dict(leaves(get_command(command_line.app), "inspector"))


@pytest.mark.parametrize("path", EVERY)
def test_every_command_explains_itself_with_an_example_and_without_english(path: str, run: Run) -> None:
    asked = run(*path.split()[1:], "--help")
    assert asked.status == 0
    assert "示例：" in asked.out
    assert not re.findall(r"Usage|Options|Arguments|Commands|default|required|Show this", asked.out)
    for example in (EVERY[path].epilog or "").splitlines():
        assert example.startswith("inspector "), example


@pytest.mark.parametrize("path", EVERY)
def test_every_example_names_commands_and_options_that_exist(path: str) -> None:
    for example in (EVERY[path].epilog or "").splitlines():
        _, *words = example.partition(" > ")[0].split()
        if words[0] == "--workspace":
            del words[:2]
        name = next(name for name in EVERY if words[: name.count(" ")] == name.split()[1:])
        known = {option for param in EVERY[name].params for option in param.opts}
        assert {word for word in words if word.startswith("-")} <= known, example


def test_the_reference_is_what_the_commands_say() -> None:
    _, marker, generated = (ROOT / "docs" / "cli.md").read_text("utf-8").partition(MARKER)
    assert marker + generated == commands(), "python -m inspector.cli.reference docs/cli.md"


def test_a_group_without_a_command_lists_its_commands(run: Run) -> None:
    ran = run("unit")
    assert (ran.status, ran.out) == (2, "")
    assert "import" in ran.err


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["nonsense"], "cli-command-unknown"),
        (["unit", "list", "--jsn"], "cli-option-unknown"),
        (["unit", "import"], "cli-argument-missing"),
        (["unit", "import", "absent.csv"], "cli-file-missing"),
        (["unit", "list", "too", "many"], "cli-arguments-too-many"),
        (["sheet", "GC-001", "-o"], "cli-option-misused"),
        (["demo", "x", "--seed", "many"], "cli-argument-invalid"),
        (["unit", "list"], "cli-workspace-missing"),
        (["finding", "list", "--state", "closed"], "cli-state-unknown"),
        (["init"], "cli-workspace-missing"),
    ],
)
def test_wrong_use_is_told_in_chinese_and_as_one_object(arguments: list[str], key: str, run: Run) -> None:
    ran = run(*arguments, "--json") if arguments[-1] != "-o" else run("sheet", "GC-001", "--json", "-o")
    assert ran.status == 2
    assert ran.json["error"]["key"] == key
    assert ran.json["error"]["message"].splitlines()[-1] == ran.err.splitlines()[-1]
    assert not re.search(r"Error|Usage|Invalid|Missing|No such", ran.err)


def test_the_workspace_may_be_named_before_or_after_the_command(here: Path, run: Run) -> None:
    before = run("--workspace", here, "unit", "list", "--json")
    after = run("unit", "list", "--json", "--workspace", here)
    named_by_environment = run("unit", "list", "--json")
    assert before.json == after.json == named_by_environment.json
    assert before.json["units"]
    elsewhere = here.parent / "elsewhere"
    assert run("init", "--workspace", elsewhere).status == 0
    assert run("--workspace", elsewhere, "unit", "list", "--json").json == {"units": []}
    assert run("unit", "list", "--json", "--workspace", elsewhere).json == {"units": []}


def test_a_second_process_is_told_who_owns_the_workspace(here: Path, run: Run) -> None:
    with workspaces.opened(here):
        assert run("unit", "list", "--json").json["error"]["key"] == "workspace-in-use"
        assert run("form", "list").status == 0
        assert run("backup", here.parent / "backup.zip").status == 0


def test_a_fault_of_ours_ends_with_3_and_its_traceback_is_in_the_log(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("inspector.services.units.every", broken)
    ran = run("unit", "list", "--json")
    assert ran.status == 3
    assert ran.json["error"]["key"] == "cli-fault"
    log = Path(ran.json["error"]["values"]["log"])
    assert log == here / "logs" / "inspector.log"
    assert "nobody thought of this" in log.read_text("utf-8")
    assert "Traceback" not in ran.err
    _forget_log()


def _forget_log() -> None:
    logger = logging.getLogger("inspector")
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


def test_a_form_that_is_wrong_shows_every_fault_of_the_file(tmp_path: Path, run: Run) -> None:
    shipped = ROOT / "forms" / "GC.toml"
    right = run("form", "check", shipped, "--json")
    assert (right.status, right.json["forms"][0]["ok"]) == (0, True)
    file = tmp_path / "GC.toml"
    file.write_text(
        shipped.read_text("utf-8").replace('site_kind = "公共厕所"', 'site_kind = ""\ncolour = "red"', 1),
        "utf-8",
    )
    wrong = run("form", "check", file, "--json")
    assert wrong.status == 1
    assert {fault["key"] for fault in wrong.json["forms"][0]["faults"]} >= {
        "form-value-missing",
        "form-key-unknown",
    }
    assert "colour" in run("form", "check", file).out


def test_forms_are_listed_with_and_without_a_workspace(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "forms" / "GC.toml").read_text("utf-8")
    (here / "forms" / "GC.toml").write_text(text.replace("edition = 1", "edition = 2", 1), "utf-8")
    own = {form["id"]: form for form in run("form", "list", "--json").json["forms"]}
    assert (own["GC"]["edition"], own["GC"]["replaced_edition"]) == (2, 1)
    monkeypatch.delenv("INSPECTOR_WORKSPACE")
    shipped = run("form", "list", "--json").json["forms"]
    assert [form["id"] for form in shipped] == [one.form.id for one in forms.every(None)]
    assert {form["scored_items"] > 0 for form in shipped} == {True}


def test_a_reader_that_goes_away_is_no_answer(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "inspector", "form", "list"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        _, said = child.communicate()
    assert (child.returncode, said) == (0, b"")
