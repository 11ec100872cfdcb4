"""A laptop that is killed while it signs and syncs without end, and says what it has acknowledged. As
tests/store/victim.py, which is started once and forks a life for each line on stdin: "<workspace> <remote>"."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from inspector.services import sync
from tests.exchange.desk import NOW, Laptop, everybody


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def work(path: Path, remote: Path) -> None:
    laptop = Laptop(path)
    say("begun")
    while True:
        for _ in range(3):
            photo = os.urandom(300)
            say(f"signed {laptop.write(f'inspection:{photo[:10].hex()}', n=1, photos=(photo,))}")
        done = sync.run(laptop.workspace, sync.reached(laptop.workspace, remote), now=NOW, accept=everybody)
        if done.failure or done.broken:
            raise AssertionError(done)
        say("complete" if done.complete else "partial")


def main() -> None:
    for line in sys.stdin:
        path, _, remote = line.rstrip("\n").partition(" ")
        child = os.fork()
        if child == 0:
            try:
                work(Path(path), Path(remote))
            except BaseException:  # noqa: BLE001 - the end of a process
                say(f"failed {traceback.format_exc()!r}")
                os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
