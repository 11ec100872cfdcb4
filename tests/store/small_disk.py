"""A workspace on a disk of 2 MiB of its own: filled up, made read-only. Run by test_disks.py in a mount namespace;
prints what happened as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector.ledger.record import Record
from inspector.model.errors import InspectorError
from inspector.services import check, workspaces
from inspector.store import blobs, records
from inspector.store.workspace import Workspace
from tests.county import NOW
from tests.histories import WALLS


def sign(workspace: Workspace, number: int) -> None:
    with workspace.transaction() as db:
        record = Record("site", f"site:{number}", (), {"set": {"name": "点位" * 500}})
        records.append(db, workspace, (record,), person=None, wall=WALLS[0])


def keep(workspace: Workspace, number: int) -> None:
    blobs.put(workspace, b"photo %d" % number * 3000)


def fill(disk: Path, act: Callable[[Workspace, int], None], workspace: Workspace) -> dict[str, Any]:
    """Acts until the disk is full; what was said then, and what is left when there is room again."""
    done, said = 0, ""
    while not said:
        try:
            act(workspace, done)
            done += 1
        except InspectorError as error:
            said = error.key
    again = ""
    try:
        act(workspace, done)
    except InspectorError as error:
        again = error.key
    (disk / "ballast").unlink()
    act(workspace, done)
    parts = [file.name for file in (workspace.path / "blobs").rglob("*.part")]
    problems = [problem.kind for problem in check.check(workspace, deep=True)]
    with workspace.reading() as db:
        signed = db.execute("SELECT count(*) FROM batch").fetchone()[0]
    return {
        "done": done,
        "said": said,
        "again": again,
        "parts": parts,
        "problems": problems,
        "signed": signed,
    }


def key_of(call: Callable[[], object]) -> str:
    try:
        call()
    except InspectorError as error:
        return error.key
    return ""


def main(disk: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, act in (("acts", sign), ("photos", keep)):
        (disk / "ballast").write_bytes(bytes(512 * 1024))
        with workspaces.create(disk / name, ledger="demo") as workspace:
            sign(workspace, -1)
            told[name] = fill(disk, act, workspace)
        subprocess.run(["rm", "-rf", disk / name], check=True)
    with workspaces.create(disk / "w", ledger="demo") as workspace:
        sign(workspace, 0)
    room = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(room.f_bavail * room.f_frsize))
    told["backup when full"] = key_of(lambda: check.backup(disk / "w", disk / "b.zip", now=NOW))
    told["left of it"] = [file.name for file in disk.iterdir() if file.name.startswith("b.zip")]
    told["create when full"] = key_of(lambda: workspaces.create(disk / "v"))
    told["left of create"] = (disk / "v").exists()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    told["open when read-only"] = key_of(lambda: workspaces.opened(disk / "w"))
    told["create when read-only"] = key_of(lambda: workspaces.create(disk / "u"))
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    (disk / "ballast").unlink()
    with workspaces.opened(disk / "w") as workspace:
        told["afterwards"] = [problem.kind for problem in check.check(workspace, deep=True)]
        subprocess.run(["mount", "-o", "remount,ro", disk], check=False, capture_output=True)
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
