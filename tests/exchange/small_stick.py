"""Sticks and disks of a few MiB of their own: full, write-protected. Run by test_disks.py in a mount namespace; prints
what happened as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from inspector.exchange.remote import Folder
from inspector.services import check, sync
from tests.exchange.desk import NOW, Laptop, everybody


class Silent(Folder):
    """A stick that does not say how much room it has."""

    def free(self) -> int | None:
        return None


def key(done: sync.Synced) -> str:
    return done.failure.key if done.failure else ""


def names(path: Path) -> list[str]:
    return sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())


def main(disk: Path, elsewhere: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    one = Laptop(elsewhere / "one")
    for number in range(40):
        one.write(f"site:{number}", name="公厕", photos=(os.urandom(100_000),))
    stick = disk / "stick"
    stick.mkdir()
    told["known room"] = key(one.sync(stick))
    told["written then"] = names(stick)
    told["unknown room"] = key(
        sync.run(one.workspace, Silent(stick, device="0" * 32), now=NOW, accept=everybody)
    )
    told["left then"] = [name for name in names(stick) if name.endswith(".part")]
    told["whole prefix"] = len(names(stick / "blobs")) > 5
    subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
    told["with room"] = one.sync(stick).complete

    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    other = Laptop(elsewhere / "other")
    other.write("site:other", name="公厕")
    done = other.sync(stick)
    told["write-protected"] = [done.read_only, done.complete, done.taken.records, key(done)]
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    told["again"] = [other.sync(stick).complete, one.sync(stick).complete, one.state() == other.state()]

    whole = elsewhere / "share"
    whole.mkdir()
    one.sync(whole)
    subprocess.run(["rm", "-rf", stick], check=True)
    subprocess.run(["mount", "-o", "remount,size=3m", disk], check=True)
    small = Laptop(disk / "small")
    told["taking onto a full disk"] = key(small.sync(whole))
    subprocess.run(["mount", "-o", "remount,size=32m", disk], check=True)
    told["taken with room"] = [small.sync(whole).missing, small.state() == one.state()]
    told["problems"] = [problem.kind for problem in check.check(small.workspace, deep=True)]
    for laptop in (one, other, small):
        laptop.close()
    return told


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
