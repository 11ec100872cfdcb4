"""A large workspace, made once: 10,000 sites, 100,000 findings of two years, some thousand open, 30,000 photos.

    PYTHONPATH=. .venv/bin/python benchmarks/large.py FOLDER [--sites N] [--findings N] [--photos N]

Sites are records as an import writes them, 5,000 a batch; findings as signing does, those of an inspection a batch.
Each photo is an original of its own on the disk, with its facts, in the tray of the day of its inspection, and named by
that inspection's findings; the pictures are small (320 × 240, ten of them, each time with another comment).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from PIL import Image

from inspector.ledger.record import Record
from inspector.model.photo import Photo, TimeSource
from inspector.places import resource
from inspector.services import drafts, units, workspaces
from inspector.services.initials import initials
from inspector.store import blobs, records
from inspector.store import photos as photo_rows
from inspector.store import units as unit_rows
from inspector.store.workspace import Workspace

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
BATCH = 5_000
AT_AN_INSPECTION = 3
INSPECTIONS_AT_ONCE = 100  # in one transaction
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
        many = [site(chance, known, nth) for nth in range(sites)]
        put(workspace, [many[at : at + BATCH] for at in range(0, sites, BATCH)])
        visits = [when(chance) for _ in range(-(-findings // AT_AN_INSPECTION))]
        taken = keep_photos(workspace, [visits[nth % len(visits)] for nth in range(shots)])
        for begin in range(0, len(visits), INSPECTIONS_AT_ONCE):
            some = range(begin, min(begin + INSPECTIONS_AT_ONCE, len(visits)))
            put(
                workspace,
                [inspection(workspace, chance, known, sites, taken, visits[nth], nth) for nth in some],
            )


def put(workspace: Workspace, batches: list[list[Record]]) -> None:
    """Each list of records as a batch, all in one transaction."""
    with workspace.transaction() as db:
        for many in batches:
            records.append(db, workspace, tuple(many), person=None, wall=drafts.stamp(NOW))


def when(chance: random.Random) -> datetime:
    """An instant of the last two years."""
    return NOW - timedelta(days=chance.randrange(730), minutes=chance.randrange(480))


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


def inspection(
    workspace: Workspace,
    chance: random.Random,
    known: list[str],
    sites: int,
    taken: list[str],
    found: datetime,
    nth: int,
) -> list[Record]:
    """The findings of one visit; most were put right on the spot."""
    place = f"site:XZ-{chance.randrange(sites):05}"
    photo = taken[nth % len(taken)] if taken else ""
    return [
        finding(workspace, chance, chance.choice(known), place, photo, found, nth * AT_AN_INSPECTION + more)
        for more in range(AT_AN_INSPECTION)
    ]


def finding(
    workspace: Workspace,
    chance: random.Random,
    lead: str,
    place: str,
    photo: str,
    found: datetime,
    nth: int,
) -> Record:
    """One finding."""
    said = {
        "inspection": f"inspection:{nth // AT_AN_INSPECTION}",
        "site": place,
        "item": f"BX-{chance.randrange(1, 40):02}",
        "place": f"{chance.randrange(200)} 号门前",
        "description": chance.choice(THINGS),
        "severity": "major" if nth % 9 == 0 else "minor",
        "lead_unit": lead,
        "time_limit": {"kind": "workday", "n": 5},
        "found_on": found.isoformat(timespec="seconds"),
        "photos": [{"sha256": photo, "bytes": 1_000, "role": "before"}] if photo else [],
    }
    if chance.random() < OPEN_SHARE:
        said["due"] = (NOW.date() + timedelta(days=chance.randrange(-9, 30))).isoformat()
        return Record("finding", workspace.new_id("finding"), (), {"set": said})
    closed = {"move": "pass", "by": "", "at": found.date().isoformat(), "photos": [f"{nth:064x}"]}
    return Record("finding", workspace.new_id("finding"), (), {"set": said, "moves": [closed]})


def keep_photos(workspace: Workspace, at: list[datetime]) -> list[str]:
    """A photo for each instant, kept as taking one in keeps it: original, facts, the tray of its day."""
    pictures = [picture(nth) for nth in range(10)]
    taken, folders = [], set()
    for begin in range(0, len(at), 500):
        with workspace.transaction() as db:
            for nth, moment in enumerate(at[begin : begin + 500], begin):
                remark = b"photo %d" % nth
                base = pictures[nth % len(pictures)]
                data = base[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + base[2:]
                name = hashlib.sha256(data).hexdigest()
                folders.add(blobs.put_unsettled(workspace, name, data))
                photo_rows.keep(
                    db,
                    Photo(
                        sha256=name,
                        bytes=len(data),
                        name=f"IMG_{nth}.jpg",
                        format="jpeg",
                        width=320,
                        height=240,
                        taken_at=moment.isoformat(timespec="seconds"),
                        taken_source=TimeSource.EXIF,
                    ),
                )
                photo_rows.lay_out(db, name, day=moment.date())
                taken.append(name)
    blobs.settle_folders(workspace, folders)
    return taken


def picture(nth: int) -> bytes:
    """A small picture."""
    data = BytesIO()
    Image.radial_gradient("L").rotate(nth * 9).resize((320, 240)).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def main() -> int:
    """Make it; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--photos", type=int, default=30_000)
    asked = parser.parse_args()
    make(asked.folder, sites=asked.sites, findings=asked.findings, shots=asked.photos)
    return 0


if __name__ == "__main__":
    sys.exit(main())
