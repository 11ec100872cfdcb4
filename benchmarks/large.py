"""A large workspace, made once: 10,000 sites, 100,000 findings over two years, a few thousand of them open.

    PYTHONPATH=. .venv/bin/python benchmarks/large.py FOLDER [--sites N] [--findings N] [--photos N]

Sites and findings are records as imports and signing write them; photos are small, each another one.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from PIL import Image

from inspector.ledger.record import Record
from inspector.places import resource
from inspector.services import drafts, photos, units, workspaces
from inspector.services.initials import initials
from inspector.store import records
from inspector.store import units as unit_rows
from inspector.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
BATCH = 5_000
OPEN_SHARE = 0.08
ROADS = ("堃宁", "学府", "南门", "裕丰", "长乐", "东街", "文体", "陶河", "重阳", "银行", "厦门", "北环")
THINGS = (
    "建筑垃圾堆放约 3 ㎡，未苫盖",
    "人行道落叶积存",
    "墙面小广告 6 处",
    "围挡破损 8 米",
    "座椅损坏 1 处",
)
KINDS = ("主次干道", "背街小巷", "公共厕所", "建筑工地", "河道", "农贸市场", "社区", "服务窗口")


def make(folder: Path, *, sites: int, findings: int, shots: int) -> None:
    """The workspace in `folder`, which is absent. Minutes for the defaults."""
    chance = random.Random(11)
    with workspaces.create(folder, ledger=workspaces.DEMO) as workspace:
        units.import_file(workspace, resource("example", "units.csv"), now=NOW)
        with workspace.reading() as db:
            known = [unit.id for unit in unit_rows.every(db)]
        put(workspace, [site(chance, known, nth) for nth in range(sites)])
        taken = [photo(workspace, nth) for nth in range(shots)]
        for begin in range(0, findings, BATCH):
            many = range(begin, min(begin + BATCH, findings))
            put(workspace, [finding(workspace, chance, known, sites, taken, nth) for nth in many])


def put(workspace: Workspace, many: list[Record]) -> None:
    """Some thousand records, each batch in a transaction of its own."""
    for begin in range(0, len(many), BATCH):
        with workspace.transaction() as db:
            part = tuple(many[begin : begin + BATCH])
            records.append(db, workspace, part, person=None, wall=drafts.stamp(NOW))


def site(chance: random.Random, known: list[str], nth: int) -> Record:
    """A site with a street and a lead unit of the example."""
    name = f"{chance.choice(ROADS)}{chance.choice(('路', '巷', '街'))} {nth} 号"
    said = {
        "code": f"XZ-{nth:05}",
        "name": name,
        "kind": chance.choice(KINDS),
        "street": chance.choice(known),
        "lead_unit": chance.choice(known),
        "initials": list(initials((name,))),
    }
    return Record("site", f"site:XZ-{nth:05}", (), {"set": said})


def finding(
    workspace: Workspace, chance: random.Random, known: list[str], sites: int, taken: list[str], nth: int
) -> Record:
    """A finding of the last two years; most were put right on the spot."""
    found = NOW - timedelta(days=chance.randrange(730), minutes=chance.randrange(480))
    said = {
        "inspection": f"inspection:{nth // 3}",
        "site": f"site:XZ-{chance.randrange(sites):05}",
        "item": f"BX-{chance.randrange(1, 40):02}",
        "place": f"{chance.randrange(200)} 号门前",
        "description": chance.choice(THINGS),
        "severity": "major" if nth % 9 == 0 else "minor",
        "lead_unit": chance.choice(known),
        "time_limit": {"kind": "workday", "n": 5},
        "found_on": found.isoformat(timespec="seconds"),
        "photos": [{"sha256": chance.choice(taken), "bytes": 1_000, "role": "before"}] if taken else [],
    }
    if chance.random() < OPEN_SHARE:
        said["due"] = (NOW.date() + timedelta(days=chance.randrange(-9, 30))).isoformat()
        return Record("finding", workspace.new_id("finding"), (), {"set": said})
    closed = {"move": "pass", "by": "", "at": found.date().isoformat(), "photos": [f"{nth:064x}"]}
    return Record("finding", workspace.new_id("finding"), (), {"set": said, "moves": [closed]})


def photo(workspace: Workspace, nth: int) -> str:
    """A photo that no other one is."""
    data = BytesIO()
    Image.new("RGB", (320, 240), (nth % 256, nth // 256 % 256, 90)).save(data, "JPEG")
    return photos.take_bytes(workspace, data.getvalue(), name=f"IMG_{nth}.jpg", now=NOW).sha256


def main() -> int:
    """Make it; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--photos", type=int, default=0)
    asked = parser.parse_args()
    make(asked.folder, sites=asked.sites, findings=asked.findings, shots=asked.photos)
    return 0


if __name__ == "__main__":
    sys.exit(main())
