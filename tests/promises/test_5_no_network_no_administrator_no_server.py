"""Promise 5: no network, no administrator, no server. The whole job works on one laptop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


def away_from_everything() -> list[str]:
    """What a command begins with that runs without a network, and not as root."""
    if not sys.platform.startswith("linux") or not shutil.which("unshare"):
        pytest.skip("only Linux can take the network from one process")
    if os.geteuid() == 0:
        prefix = ["unshare", "-n", "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    else:
        prefix = ["unshare", "-cn"]
    if subprocess.run([*prefix, sys.executable, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a process give its network away")
    return prefix


@pytest.fixture(scope="module")
def done() -> Iterator[tuple[Path, str]]:
    """The folder in which the whole job was done, the only one that its user can write in; and what it said."""
    home = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    whole = subprocess.run(
        [*away_from_everything(), sys.executable, "-m", "tests.promises.whole_job", str(home)],
        cwd=ROOT,
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert whole.returncode == 0, whole.stderr
    yield home, whole.stdout.strip()
    shutil.rmtree(home)


def test_a_visit_from_an_empty_folder_to_a_verified_sheet_needs_neither(done: tuple[Path, str]) -> None:
    network, user, number, whole = done[1].split(", ")
    assert network == "no network"
    assert user != "user 0"
    assert number.startswith("GC-001-20261124-")
    assert whole == "True"


def test_nothing_is_written_outside_the_workspace_but_the_key_of_the_device(done: tuple[Path, str]) -> None:
    home = done[0]
    written = {file.relative_to(home).parts[0] for file in home.rglob("*") if file.is_file()}
    assert written == {"workspace", "sheet.pdf", "backup.zip", "restored", "data"}
    assert sorted(file.suffix for file in (home / "data").rglob("*.*")) == [".json", ".mark"]
