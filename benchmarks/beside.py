"""What a person notices while 100 laptops' work comes in: how long an answer waits to be saved, how late the window is,
how much memory it takes.

    PYTHONPATH=. .venv/bin/python benchmarks/beside.py [--laptops N]

An answer is saved in at most 50 ms (p99). What of that is the disk is measured apart: a bare write of 4 KB with fsync
beside it, and the same sync in memory (/dev/shm) if there is one, where the program alone counts. A 4 ms timer in a
process that syncs on a lane of the window is at most 16 ms later (p99) than one that does nothing beside another
process with the same sync. Memory at most 500 MB.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer
from sync import merged, remote_of
from window import Lateness

from inspector.model.answer import Answer
from inspector.services import drafts, sync, workspaces
from inspector.store import drafts as draft_store
from inspector.store.workspace import Workspace
from inspector.ui.work import SWITCH_SECONDS, Lanes, Rubbish
from tests.exchange.desk import NOW, everybody
from tests.histories import LEDGER

DRAFT = "AAAAAAAAAAAAAAAA"
MEMORY = Path("/dev/shm")
ANSWER_MS, LATE_MS, MEMORY_MB = 50, 16, 500


def told(name: str, value: float, limit: float, unit: str) -> bool:
    """One line for a figure with its limit; whether it is kept."""
    kept = value <= limit
    print(f"{name} | {value:.1f} {unit} | <= {limit} {unit} | {'ok' if kept else 'OVER'}")
    return kept


def p99(many: list[float]) -> float:
    """In milliseconds."""
    return sorted(many)[int(len(many) * 0.99)] * 1000


def answered(folder: Path, remote: Path) -> Iterator[bool]:
    """Answers, and bare writes with fsync, while everything comes in."""
    with workspaces.create(folder / "typing", ledger=LEDGER) as office:
        with office.transaction() as db:
            draft_store.create(db, DRAFT, site="site:1", form="", parts={}, heads={}, at=drafts.stamp(NOW))
        alone = [_answer(office, number) for number in range(50)]
        over = threading.Event()
        waited: list[float] = []
        bare: list[float] = []

        def type_on() -> None:
            with (folder / "bare").open("wb", buffering=0) as file:
                while not over.is_set():
                    waited.append(_answer(office, len(waited)))
                    over.wait(0.02)
                    bare.append(_write(file.fileno()))
                    over.wait(0.02)

        typist = threading.Thread(target=type_on)
        typist.start()
        sync.run(office, sync.reached(office, remote), now=NOW, accept=everybody)
        over.set()
        typist.join()
    print(
        f"in {folder.parent}: {len(waited)} answers beside the sync, median"
        f" {statistics.median(waited) * 1000:.1f} ms, alone {statistics.median(alone) * 1000:.1f} ms;"
        " a bare fsync beside it: median"
        f" {statistics.median(bare) * 1000:.1f} ms, p99 {p99(bare):.1f} ms"
    )
    yield told("an answer saved meanwhile, p99", p99(waited), ANSWER_MS, "ms")
    yield told("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, MEMORY_MB, "MB")


def _answer(workspace: Workspace, number: int) -> float:
    begin = perf_counter()
    drafts.answer(workspace, DRAFT, "GC-01", Answer(note=f"第 {number} 次"), now=NOW)
    return perf_counter() - begin


def _write(file: int) -> float:
    begin = perf_counter()
    os.write(file, bytes(4096))
    os.fsync(file)
    return perf_counter() - begin


def late(folder: Path, remote: Path) -> bool:
    """The loop of a window that syncs, and a bare one beside a process that does."""
    bare = _bare(folder / "bare-sync", remote)
    lanes, rubbish, loop, asker = Lanes(), Rubbish(), QEventLoop(), QObject()
    with Lateness() as ours:
        lanes.paper.ask(
            asker,
            partial(merged, folder / "window", remote),
            done=lambda _: loop.quit(),
            failed=lambda _: loop.quit(),
        )
        loop.exec()
    lanes.close()
    rubbish.deleteLater()
    print(
        f"window: {len(ours.late)} ticks, p99 {ours.p99:.1f} ms; bare {len(bare.late)}, p99 {bare.p99:.1f} ms"
    )
    return told("the window's lateness above a bare loop, p99", ours.p99 - bare.p99, LATE_MS, "ms")


def _bare(office: Path, remote: Path) -> Lateness:
    loop = QEventLoop()
    other = subprocess.Popen([sys.executable, __file__, "--merge", str(office), str(remote)])
    watch = QTimer(interval=50)
    watch.timeout.connect(lambda: None if other.poll() is None else loop.quit())
    watch.start()
    with Lateness() as seen:
        loop.exec()
    if other.returncode:
        raise AssertionError(other.returncode)
    return seen


def main() -> Iterator[bool]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--laptops", type=int, default=100)
    parser.add_argument("--merge", nargs=2, type=Path, help="only sync, for the loop that stands beside it")
    given = parser.parse_args()
    sys.setswitchinterval(SWITCH_SECONDS)  # as the window does
    if given.merge:
        merged(*given.merge)
        return
    application = QCoreApplication([])
    with TemporaryDirectory(dir=Path(__file__).parent) as data:  # a real disk: /tmp may be memory
        os.environ["XDG_DATA_HOME"] = data
        folder = Path(data)
        remote_of(folder / "remote", given.laptops)
        yield from answered(folder, folder / "remote")
        if MEMORY.is_dir():
            with TemporaryDirectory(dir=MEMORY) as memory:
                yield from answered(Path(memory), folder / "remote")
        yield late(folder, folder / "remote")
    application.quit()


if __name__ == "__main__":
    sys.exit(0 if all(list(main())) else 1)
