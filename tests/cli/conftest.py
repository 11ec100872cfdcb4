"""Commands run in this process: status, stdout and stderr of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector.cli.main import main
from tests.county import PASSPHRASE


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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `inspector` with the given arguments, without any workspace named."""
    monkeypatch.delenv("INSPECTOR_WORKSPACE", raising=False)

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


@pytest.fixture
def here(_county_path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """示例县 as the workspace of every command: units, sites, two inspectors, no inspection."""
    import shutil

    path = tmp_path / "county"
    shutil.copytree(_county_path, path)
    monkeypatch.setenv("INSPECTOR_WORKSPACE", str(path))
    return path


@pytest.fixture
def keys(tmp_path: Path) -> list[str]:
    """--passphrase-file for both inspectors."""
    file = tmp_path / "口令.txt"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return [f"--passphrase-file={name}={file}" for name in ("检查员甲", "检查员乙")]
