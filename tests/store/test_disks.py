"""Full and read-only disks: real ones, in a mount namespace of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    disk = tmp_path_factory.mktemp("disk")
    mount = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=2m none "$0" && exec "$@"', str(disk)]
    if (
        not shutil.which("unshare")
        or subprocess.run([*mount, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("a disk of one's own needs Linux' unshare and mount")
    done = subprocess.run(
        [*mount, sys.executable, "-m", "tests.store.small_disk", str(disk)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("act", ["acts", "photos"])
def test_a_full_disk_is_told_as_such_and_costs_nothing_that_was_acknowledged(
    told: dict[str, Any], act: str
) -> None:
    happened = told[act]
    assert happened["done"] > 3
    assert happened["said"] == happened["again"] == "workspace-disk-full"
    assert happened["parts"] == []
    assert happened["problems"] == []
    assert happened["signed"] == (happened["done"] + 2 if act == "acts" else 1)


def test_a_backup_that_has_no_room_leaves_nothing(told: dict[str, Any]) -> None:
    assert told["backup when full"] == "workspace-disk-full"
    assert told["left of it"] == []


def test_no_workspace_is_made_on_a_full_disk(told: dict[str, Any]) -> None:
    assert told["create when full"] == "workspace-disk-full"
    assert not told["left of create"]


def test_a_read_only_disk_is_told_as_such(told: dict[str, Any]) -> None:
    assert told["open when read-only"] == told["create when read-only"] == "workspace-read-only"
    assert told["afterwards"] == []
