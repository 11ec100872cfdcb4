"""kill -9 while answers are saved and sheets are signed: what was acknowledged is there, nothing is there by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.services import check, drafts, workspaces
from inspector.store import drafts as draft_store
from tests.county import County
from tests.store.victim import ITEM

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the victim forks, and kill -9 is POSIX's")


class Victim:
    """The process of victim.py, and what it has acknowledged so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.draft = ""
        self.answered = 0
        self.signed: dict[str, int] = {}

    def live(self, path: Path, *, acts: int, seconds: float) -> None:
        """One life: killed so many seconds after so many acts."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        child, said, dead = 0, 0, False
        while not (child and said >= acts):
            name, _, rest = self._line()
            child = int(rest) if name == "pid" else child
            said += name in ("answered", "signed")
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass
        os.kill(child, signal.SIGKILL)
        while not dead:
            dead = self._line()[0] == "dead"

    def _line(self) -> tuple[str, str, str]:
        assert self._process.stdout is not None
        name, _, rest = self._process.stdout.readline().rstrip("\n").partition(" ")
        assert name in ("pid", "open", "answered", "signed", "dead"), rest
        if name in ("open", "answered"):
            self.draft, number = rest.split()
            self.answered = int(number)
        if name == "signed":
            draft, number = rest.split()
            self.signed[draft] = int(number)
            self.draft, self.answered = "", 0
        return name, "", rest


@pytest.fixture
def victim() -> Iterator[Victim]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.victim"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Victim(process)
        assert process.stdin is not None
        process.stdin.close()


def test_whatever_was_acknowledged_survives_a_kill_at_any_moment(
    county: County, victim: Victim, long: bool
) -> None:
    path = county.workspace.path
    device = county.workspace.device.id
    county.workspace.close()
    chance = random.Random(20261123)
    rounds = 1000 if long else 30
    for number in range(rounds):
        victim.live(path, acts=chance.randrange(1, 12), seconds=chance.uniform(0, 0.004))
        with workspaces.opened(path) as workspace:
            assert workspace.ended_badly
            assert workspace.device.id == device
            deep = rounds - number <= 30  # reading everything each time would take hours
            assert check.check(workspace, deep=deep) == []
            assert [one for one in check.facts(workspace) if one.kind != "check-set-aside"] == []
            with workspace.reading() as db:
                signed = {
                    row[0].partition(":")[2]
                    for row in db.execute("SELECT id FROM entity WHERE kind = 'inspection'").fetchall()
                }
                open_drafts = [row.id for row in draft_store.rows(db)]
            assert victim.signed.keys() <= signed
            assert len(signed) <= len(victim.signed) + 1  # signed, but killed before it could say so
            assert not signed.intersection(open_drafts)
            assert len(open_drafts) <= 1
            if victim.draft and victim.draft not in signed:
                given = drafts.read(workspace, victim.draft).answers.get(ITEM)
                assert victim.answered <= (int(given.note) if given else 0) <= victim.answered + 1
            for draft in signed - victim.signed.keys():
                victim.signed[draft] = -1
    assert len(victim.signed) > 10
