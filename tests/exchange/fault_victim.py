"""A laptop that signs, answers, syncs, reads and writes bundles and rebuilds without end until it is killed, and says
what it has acknowledged. Started once; forks a life for each line on stdin: "<workspace> <stick> <shelf> <seed>"."""

from __future__ import annotations

import os
import random
import sys
import traceback
from datetime import timedelta
from pathlib import Path

from inspector.model.errors import InspectorError
from inspector.services import bundles, check, sync
from inspector.store import drafts
from tests.exchange.desk import NOW, Laptop, everybody

DRAFT = "DDDDDDDDDDDDDDDD"
ABOUT = {
    "inspection": "inspection:AAAAAAAAAAAAAAAA",
    "form": "",
    "site": "site:A",
    "category": "supervision",
    "begin": NOW.isoformat(),
}
ACTS = ("sign", "sign", "answer", "sync", "sync", "write", "read", "rebuild")
CLOCKS = (timedelta(0), timedelta(days=-4000), timedelta(days=3000), timedelta(seconds=-1))
"""By how much the laptop's clock is wrong, anew for each act."""


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def sign(laptop: Laptop, chance: random.Random) -> str:
    """A signed batch of a finding or a visit with a photo; its hash."""
    number = chance.randrange(6)
    entity = chance.choice([f"finding:{number:016}", f"inspection:{chance.randrange(10**9):016}"])
    moves = (chance.choice(["hand", "report", "pass", "reopen"]),) if entity.startswith("finding") else ()
    photo = chance.randbytes(chance.randrange(10, 3000))
    return laptop.write(
        entity, photos=(photo,), moves=moves, at=NOW + chance.choice(CLOCKS), n=chance.randrange(3)
    )


def begun(laptop: Laptop) -> None:
    """The laptop has an open draft."""
    with laptop.workspace.transaction() as db:
        drafts.create(db, DRAFT, site="site:A", form="", parts={"about": ABOUT}, heads={}, at=NOW.isoformat())


def answered(laptop: Laptop) -> int:
    """The number that was answered last."""
    with laptop.workspace.reading() as db:
        return int(drafts.parts(db, DRAFT).get("header/A", 0))


def answer(laptop: Laptop) -> int:
    """The next number, saved."""
    number = answered(laptop) + 1
    with laptop.workspace.transaction(first=True) as db:
        drafts.act(db, DRAFT, "act-answer", {"header/A": str(number)}, at=NOW.isoformat())
    return number


def act(laptop: Laptop, name: str, stick: Path, shelf: Path, chance: random.Random) -> str:
    """Does it; what is acknowledged by that."""
    now = NOW + chance.choice(CLOCKS)
    if name == "sign":
        return sign(laptop, chance)
    if name == "answer":
        return str(answer(laptop))
    if name == "sync":
        done = sync.run(
            laptop.workspace, sync.reached(laptop.workspace, stick), now=now, accept=everybody, how=sync.PLAIN
        )
        return "complete" if done.complete else "partial"
    if name == "write":
        bundles.write(laptop.workspace, shelf / f"{chance.randrange(10**12)}.zip", now=now)
    if name == "read":
        for file in sorted(shelf.glob("*.zip"))[:2]:
            bundles.read(laptop.workspace, [file], now=now, accept=everybody)
    if name == "rebuild":
        check.rebuild(laptop.workspace)
    return ""


def live(path: Path, stick: Path, shelf: Path, seed: str) -> None:
    chance = random.Random(seed)
    laptop = Laptop(path)
    say("begun")
    while True:
        name = chance.choice(ACTS)
        try:
            say(f"{name} {act(laptop, name, stick, shelf, chance)}")
        except InspectorError as error:
            say(f"refused {error.key}")


def main() -> None:
    for line in sys.stdin:
        path, stick, shelf, seed = line.split()
        child = os.fork()
        if child == 0:
            try:
                live(Path(path), Path(stick), Path(shelf), seed)
            except BaseException:  # noqa: BLE001 - the end of a process
                say(f"failed {traceback.format_exc()!r}")
                os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
