"""Full and write-protected sticks: real ones, in a mount namespace of their own."""

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
    disk, elsewhere = (tmp_path_factory.mktemp(name) for name in ("disk", "elsewhere"))
    mount = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=2m none "$0" && exec "$@"', str(disk)]
    if (
        not shutil.which("unshare")
        or subprocess.run([*mount, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("a disk of one's own needs Linux' unshare and mount")
    done = subprocess.run(
        [*mount, sys.executable, "-m", "tests.exchange.small_stick", str(disk), str(elsewhere)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_a_stick_without_room_is_told_before_anything_is_written(told: dict[str, Any]) -> None:
    assert told["known room"] == "remote-no-room"
    assert told["written then"] == ["inspector-remote.json"]


def test_a_stick_that_fills_up_holds_a_whole_prefix_and_goes_on_with_room(told: dict[str, Any]) -> None:
    assert told["unknown room"] == "remote-full"
    assert told["left then"] == [] and told["whole prefix"]
    assert told["with room"]


def test_a_write_protected_stick_is_read_and_says_so(told: dict[str, Any]) -> None:
    assert told["write-protected"] == [True, False, 40, ""]
    assert told["again"] == [True, True, True]


def test_a_laptop_that_fills_up_while_taking_loses_nothing(told: dict[str, Any]) -> None:
    assert told["taking onto a full disk"] == "laptop-no-room"
    assert told["taken with room"] == [0, True]
    assert told["problems"] == []
