"""The fault run: kill -9, failing, lying and full storage, jumping clocks, hostile files, one after another, on either
laptop. Small here; 10,000 cases with --long (about an hour)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.exchange.fault_run import Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the victim forks, and kill -9 is POSIX's")

SEED = 20261126


def test_whatever_fails_nothing_acknowledged_is_lost_and_the_next_sync_heals(
    monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    with tempfile.TemporaryDirectory(prefix="inspector-faults-") as folder:
        run = Run(Path(folder), monkeypatch, seed=SEED)
        try:
            for number in range(10_000 if long else 16):
                run.case(number)
        finally:
            run.close()
            print(f"seed {SEED}: {dict(run.done)}")
    assert len(run.done) > 5


def test_control_on_a_disk_that_lies_the_run_finds_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="inspector-faults-") as folder:
        run = Run(Path(folder), monkeypatch, seed=SEED, lies=True)
        run.kinds = {"kill": run.kinds["power"]}
        try:
            with pytest.raises(AssertionError):
                for number in range(12):
                    run.case(number)
        finally:
            run.close()
