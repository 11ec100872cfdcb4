"""Commands run in this process: status, stdout and stderr of each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from inspector.cli.main import main
from inspector.services import inspections, people, signing, workspaces, written
from tests.cli.visits import visit
from tests.county import NOW, PASSPHRASE


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workspace is named, whatever the person who runs the tests works in."""
    monkeypatch.delenv("INSPECTOR_WORKSPACE", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `inspector` with the given arguments."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


@pytest.fixture
def here(_county_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """示例县 as the workspace of every command: units, sites, two inspectors, no inspection."""
    return _used(_county_path, tmp_path, monkeypatch)


@dataclass(frozen=True)
class Signed:
    """示例县 with one signed inspection, as the workspace of every command."""

    path: Path
    inspection: str
    number: str


@pytest.fixture(scope="session")
def _signed(_county_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Signed:
    folder = tmp_path_factory.mktemp("signed")
    path = folder / "workspace"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as workspace:
        draft = written.import_file(workspace, visit(folder), now=NOW)
        signers = [people.unlock(workspace, one.id, PASSPHRASE) for one in people.every(workspace)]
        done = signing.sign_draft(workspace, draft, signers, now=NOW)
        number = inspections.document(workspace, done.inspection).number
    return Signed(path, done.inspection, number)


@pytest.fixture
def signed(_signed: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signed:
    """示例县 with the signed inspection that tests/cli/visits.py describes."""
    return replace(_signed, path=_used(_signed.path, tmp_path, monkeypatch))


def _used(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "workspace"
    shutil.copytree(workspace, path)
    monkeypatch.setenv("INSPECTOR_WORKSPACE", str(path))
    return path


@pytest.fixture
def keys(tmp_path: Path) -> list[str]:
    """--passphrase-file for both inspectors."""
    file = tmp_path / "口令.txt"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return [f"--passphrase-file={name}={file}" for name in ("检查员甲", "检查员乙")]
