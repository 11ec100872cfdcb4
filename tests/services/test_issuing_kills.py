"""kill -9 while a day's notices are issued: what is issued is whole, what is not is a draft, no number is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from inspector.documents import verify
from inspector.model.paper import Standing
from inspector.services import check, drafting, notices, numbers, workspaces
from tests.county import County
from tests.services import rectifying

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the victim forks, and kill -9 is POSIX's")

SITES = ("GC-001", "GC-002", "BX-001", "BX-002", "BX-003", "BX-005", "BX-006")


def life(path: Path, *, acts: int, seconds: float) -> int:
    """A process that issues all drafts, killed so many seconds after so many of them; how many it acknowledged."""
    heard, says = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with workspaces.opened(path) as workspace:
                county = County(workspace)
                county.signers()
                os.write(says, b".")
                drafts = [row.id for row in reversed(notices.every(workspace)) if not row.number]
                rectifying.issued(county, tuple(drafts), report=lambda _done, _total: os.write(says, b"."))
        finally:
            os._exit(0)
    os.close(says)
    said = 0
    while said <= acts and os.read(heard, 1):
        said += 1
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while os.read(heard, 1):
        said += 1
    os.close(heard)
    return max(0, said - 1)


def test_a_laptop_that_dies_while_it_issues_has_whole_notices_and_whole_drafts(
    _county_path: Path, tmp_path: Path, long: bool
) -> None:
    rng = random.Random(20261124)
    path = tmp_path / "laptop"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as workspace:
        county = County(workspace)
        county.signers()
        rectifying.allotted(county)
        for n, site in enumerate(SITES):
            rectifying.found(county, "东门", site=site, photo=n + 1)
        made = set(rectifying.drafted(county, by=drafting.By.UNIT_AND_SITE))
    assert len(made) == len(SITES)
    issued = 0
    for _ in range(12 if long else 3):
        issued += life(path, acts=rng.randrange(2), seconds=rng.random() * 0.4)
        with workspaces.opened(path) as workspace:
            rows = [row for row in notices.every(workspace) if row.id in made]
            done = [row for row in rows if row.standing is Standing.ISSUED]
            assert len(done) >= issued
            issued = len(done)
            assert {row.standing for row in rows} <= {Standing.ISSUED, Standing.CHECKED}
            assert sorted(row.official.n for row in done) == list(range(17, 17 + len(done)))
            assert all(verify.examine(notices.pdf(workspace, row.id)).accepted for row in done)
            assert not [one for one in check.check(workspace) if one.kind != "orphan"]
    with workspaces.opened(path) as workspace:
        county = County(workspace)
        left = [row.id for row in notices.every(workspace) if row.standing is Standing.CHECKED]
        rectifying.issued(county, tuple(left))
        assert {row.standing for row in notices.every(workspace)} == {Standing.ISSUED}
        ((block, lines),) = [(one.block, one.lines) for one in numbers.every(workspace)]
        assert [line.status.value for line in lines[: len(SITES)]] == ["issued"] * len(SITES)
        assert block.first == 17
