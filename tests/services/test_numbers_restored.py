"""A real backup, restored beside what went on meanwhile: no number of any kind comes twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from inspector.ledger.record import read_line
from inspector.model.errors import Refused
from inspector.model.number import Fate, Official, Status
from inspector.services import check, handovers, notices, numbers, workspaces
from inspector.store import records
from inspector.store.workspace import Workspace
from tests.county import NOW, County
from tests.services import rectifying
from tests.services.rectifying import CONTACT, LATER, PREFIX

LINES = "SELECT hash FROM batch ORDER BY device, seq"


def take(to: Workspace, source: Workspace) -> None:
    """Everything that `source` knows."""
    with source.reading() as db:
        lines = records.lines(db, [row[0] for row in db.execute(LINES)])
    with to.transaction() as db:
        records.receive(db, [read_line(line, ledger=to.ledger) for line in lines])


def statuses(workspace: Workspace) -> dict[int, Status]:
    return {line.number.n: line.status for one in numbers.every(workspace) for line in one.lines}


def handed(county: County, finding: str) -> str:
    """The number of a slip for one finding."""
    (slip,) = handovers.hand_over(
        county.workspace,
        [finding],
        county.signers()[0],
        rectifying.receipt(),
        contact=CONTACT,
        now=LATER,
    )
    return slip.number


def test_after_a_restored_backup_no_number_comes_twice_and_every_number_is_accounted_for(
    county: County, tmp_path: Path
) -> None:
    rectifying.allotted(county, 17, 19)
    rectifying.found(county, "东门", "西门", site="GC-001")
    lane = rectifying.found(county, "3 号院", "5 号院", site="BX-001", photo=3)
    first, second = rectifying.drafted(county)
    check.backup(county.workspace.path, tmp_path / "backup.zip", now=LATER)
    (went_on,) = rectifying.issued(county, (first,))
    slip = handed(county, lane[0])

    check.restore(tmp_path / "backup.zip", tmp_path / "restored")
    with workspaces.opened(tmp_path / "restored") as workspace:
        restored = County(workspace)
        assert workspace.device.id != county.workspace.device.id
        assert statuses(workspace) == dict.fromkeys((17, 18, 19), Status.AWAITING)
        with pytest.raises(Refused, match="number-no-block"):
            rectifying.issued(restored, (first,), prefix=PREFIX)
        numbers.allot(workspace, prefix=PREFIX, year=NOW.year, first=20, last=21, now=LATER)
        (again,) = rectifying.issued(restored, (second,), prefix=PREFIX)
        assert (went_on.number, again.number) == ("示创办督〔2026〕17号", "示创办督〔2026〕20号")
        assert handed(restored, lane[1]) != slip

        take(workspace, county.workspace)
        take(county.workspace, workspace)
        for one in (workspace, county.workspace):
            assert not numbers.doubles(one)
            given = [row.number for row in notices.every(one) if row.number]
            assert len(given) == len(set(given)) == 4
        assert statuses(workspace) == {
            17: Status.ISSUED,
            18: Status.AWAITING,
            19: Status.AWAITING,
            20: Status.ISSUED,
            21: Status.FREE,
        }
        for n in (18, 19):
            number = Official(PREFIX, NOW.year, n)
            reason = "笔记本电脑坏了，没有用过"
            numbers.declare(workspace, number, Fate.VOID, now=LATER + timedelta(hours=1), reason=reason)
        assert Status.AWAITING not in statuses(workspace).values()
