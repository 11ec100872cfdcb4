"""Cases of a fault run: two laptops, a stick and a shelf of bundles, and one thing that goes wrong. After each case
nothing that was acknowledged is missing, nothing is damaged, and a sync brings both laptops to the same state."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from inspector.exchange.remote import Folder, Remote
from inspector.ledger.record import Record
from inspector.model.errors import InspectorError
from inspector.services import bundles, check, sync
from inspector.store.workspace import DATABASE, Workspace
from tests import histories
from tests.exchange import fault_victim as victim
from tests.exchange.desk import NOW, Laptop, Late, Pulled, everybody, files
from tests.exchange.storages import (
    FaultyDisk,
    Forgetting,
    Full,
    Stumbling,
    Tearing,
    system_fails,
)
from tests.store.lossy import LossyDisk, PowerCut

ROOT = Path(__file__).resolve().parents[2]
CASES_OF_A_WORLD = 12
"""Then new laptops begin: what they hold would make each case slower."""


class World:
    """Two laptops, what they acknowledged, a stick, a shelf."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stick, self.shelf = folder / "stick", folder / "shelf"
        self.paths = [folder / "one", folder / "other"]
        self.stick.mkdir(parents=True)
        self.shelf.mkdir()
        self.signed: list[set[str]] = [set(), set()]
        self.answered = [0, 0]
        for path in self.paths:
            laptop = Laptop(path)
            victim.begun(laptop)
            laptop.close()

    def acknowledged(self, which: int, name: str, rest: str) -> None:
        """The laptop has said that an act is done."""
        if name == "sign":
            self.signed[which].add(rest)
        if name == "answer":
            self.answered[which] = int(rest)

    def look(self, which: int, laptop: Laptop) -> None:
        """Everything acknowledged is there, and nothing is damaged."""
        with laptop.workspace.reading() as db:
            here = {name for (name,) in db.execute("SELECT hash FROM batch")}
        assert not laptop.workspace.is_new_device  # nothing was set back
        assert self.signed[which] <= here
        assert self.answered[which] <= victim.answered(laptop) <= self.answered[which] + 1
        self.answered[which] = victim.answered(laptop)
        assert check.check(laptop.workspace, deep=True) == []

    def heal(self) -> None:
        """Both sync until nothing moves; then both have everything, and so has the stick."""
        one, other = (Laptop(path) for path in self.paths)
        try:
            for which, laptop in enumerate((one, other)):
                self.look(which, laptop)
            for laptop in (one, other, one, other):
                done = laptop.sync(self.stick)
                assert done.failure is None, done.failure
            assert done.complete and not done.missing and not done.broken, done
            ours, theirs = one.state(), other.state()
            for state in (ours, theirs):
                del state["blobs"]  # what an act left that failed later is named by nothing
            assert ours == theirs, [name for name in ours if ours[name] != theirs[name]]
            assert self.signed[0] | self.signed[1] <= {row[0] for row in ours["batch"]}
            assert not [
                file for file in files(self.stick, "*.part") if file.parent.name == "blobs"
            ]  # what was begun and not finished went with the next sync
        finally:
            one.close()
            other.close()


class Killer:
    """Lives that end with kill -9."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.fault_victim"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def life(self, world: World, which: int, chance: random.Random) -> None:
        """One laptop works until it is killed, a random moment after a random act."""
        assert self._process.stdin is not None
        told = f"{world.paths[which]} {world.stick} {world.shelf} {chance.random()}\n"
        self._process.stdin.write(told)
        self._process.stdin.flush()
        child, said, wanted, dead = 0, 0, chance.randrange(5), False
        while not dead:
            name, _, rest = self._line()
            child = int(rest) if name == "pid" else child
            said += name not in ("pid", "dead", "begun")
            world.acknowledged(which, name, rest)
            dead = name == "dead"
            if child and said >= wanted:
                end = time.perf_counter() + chance.choice([0.001, 0.01, 0.04]) * chance.random()
                while time.perf_counter() < end:
                    pass
                os.kill(child, signal.SIGKILL)
                child, wanted = 0, 10**9

    def _line(self) -> tuple[str, str, str]:
        assert self._process.stdout is not None
        name, _, rest = self._process.stdout.readline().rstrip("\n").partition(" ")
        assert name and name != "failed", rest
        return name, "", rest


class Run:
    """So many cases, each a function of the seed and its number."""

    def __init__(self, folder: Path, monkeypatch: Any, *, seed: int, **disk: Any) -> None:
        self._folder = folder
        self._disk_of_power = disk
        self._patch = monkeypatch
        self._seed = seed
        self._killer = Killer()
        self._world: World | None = None
        self.done: Counter[str] = Counter()
        self.kinds: dict[str, Callable[[World, int, random.Random], None]] = {
            "kill": self._kill,
            "remote": self._remote,
            "power": self._power,
            "disk": self._disk,
            "system": self._system,
            "scanner": self._scanner,
            "full": self._full,
            "clock": self._clock,
            "stick": self._fuzzed_stick,
            "bundle": self._fuzzed_bundle,
            "rot": self._rot,
        }

    def close(self) -> None:
        self._killer.close()

    def case(self, number: int) -> None:
        """Case `number`; its name is in `done` if it went well. Cases of a world build on each other."""
        if self._world is None or number % CASES_OF_A_WORLD == 0:
            if self._world:
                shutil.rmtree(self._world.folder)
            self._world = World(self._folder / f"world-{number}")
        chance = random.Random(f"{self._seed} {number}")
        name = chance.choice(["kill", "kill", "kill", *self.kinds])
        self.kinds[name](self._world, chance.randrange(2), chance)
        self._world.heal()
        self.done[name] += 1

    def _kill(self, world: World, which: int, chance: random.Random) -> None:
        self._killer.life(world, which, chance)

    def _remote(self, world: World, which: int, chance: random.Random) -> None:
        """The storage fails, tears, lies, lists late or is full, at any call."""
        laptop = Laptop(world.paths[which])
        try:
            for _ in range(2):
                world.acknowledged(which, "sign", victim.sign(laptop, chance))
            folder = Folder(world.stick, device=laptop.workspace.device.id)
            known = frozenset(name for name, _ in folder.list() if chance.random() < 0.5)
            storage: Remote = chance.choice(
                [
                    lambda: Pulled(folder, after=chance.randrange(40)),
                    lambda: Stumbling(folder, at=chance.randrange(40)),
                    lambda: Tearing(folder, at=chance.randrange(2, 30)),
                    lambda: Forgetting(folder, at=chance.randrange(2, 30)),
                    lambda: Late(folder, known=known),
                    lambda: Full(folder, room=chance.randrange(6000)),
                ]
            )()
            try:
                done = sync.run(laptop.workspace, storage, now=NOW, accept=everybody)
            except InspectorError as error:
                assert error.key in ("remote-gone", "remote-full"), error
            else:
                spoilt = getattr(storage, "spoilt", "")
                counts = spoilt.startswith("blobs/") or spoilt.endswith(".batches")
                assert not (counts and done.complete), spoilt
        finally:
            laptop.close()

    def _power(self, world: World, which: int, chance: random.Random) -> None:
        """The power goes at any write or sync; of what was not synced any sectors stay."""
        path = world.paths[which]
        after = path.with_name("after")
        disk = LossyDisk(f"lossy-{chance.random()}", **self._disk_of_power)
        workspace = _opened(path, disk.name)
        disk.fuse = chance.randrange(200)
        with suppress(PowerCut):
            self._work(world, which, workspace, chance)
        shutil.copytree(path, after, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
        disk.left(after, random.Random(chance.random()) if chance.random() < 0.7 else None)
        disk.fuse = None
        workspace.close()
        shutil.rmtree(path)
        after.rename(path)

    def _disk(self, world: World, which: int, chance: random.Random) -> None:
        """One write or sync of the database fails, and the laptop goes on."""
        disk = FaultyDisk(f"faulty-{chance.random()}", at=chance.randrange(1, 120))
        workspace = _opened(world.paths[which], disk.name)
        try:
            for _ in range(2):
                with suppress(apsw.Error, InspectorError):
                    self._work(world, which, workspace, chance)
        finally:
            disk.at = 0
            workspace.close()

    def _system(self, world: World, which: int, chance: random.Random) -> None:
        """A call of the system that brings a file to the disk fails: bad sectors, no room, write-protected."""
        laptop = Laptop(world.paths[which])
        code = chance.choice([errno.EIO, errno.ENOSPC, errno.EROFS])
        times = chance.choice([1, 1, 5])
        try:
            with system_fails(self._patch, at=chance.randrange(1, 40), code=code, times=times):
                for _ in range(3):
                    with suppress(InspectorError):
                        self._work(world, which, laptop.workspace, chance)
        finally:
            laptop.close()

    def _scanner(self, world: World, which: int, chance: random.Random) -> None:
        """A scanner holds a file for a moment: nobody notices."""
        laptop = Laptop(world.paths[which])
        try:
            with system_fails(self._patch, at=chance.randrange(1, 8), code=errno.EACCES, times=2):
                self._work(world, which, laptop.workspace, chance)
        finally:
            laptop.close()

    def _full(self, world: World, which: int, chance: random.Random) -> None:
        """The database may not grow: the disk is full for it."""
        laptop = Laptop(world.paths[which])
        try:
            with laptop.workspace.transaction() as db:
                pages = db.execute("PRAGMA page_count").fetchone()[0] + chance.randrange(12)
                db.execute(f"PRAGMA max_page_count = {pages}")
            for _ in range(3):
                with suppress(InspectorError):
                    self._work(world, which, laptop.workspace, chance)
        finally:
            laptop.close()

    def _clock(self, world: World, which: int, chance: random.Random) -> None:
        """The clock jumps by years while the laptop works."""
        real = time.time
        laptop = Laptop(world.paths[which])
        try:
            with self._patch.context() as patched:
                patched.setattr(time, "time", lambda: real() + chance.choice([0, -3e8, 3e8]))
                self._work(world, which, laptop.workspace, chance)
                check.check(laptop.workspace)
        finally:
            laptop.close()

    def _fuzzed_stick(self, world: World, which: int, chance: random.Random) -> None:
        """Somebody has been at the stick."""
        laptop = Laptop(world.paths[which])
        try:
            world.acknowledged(which, "sign", victim.sign(laptop, chance))
            laptop.sync(world.stick)
            before = laptop.state()
            marker = (world.stick / "inspector-remote.json").read_bytes()
            for _ in range(chance.randrange(1, 4)):
                _spoil(chance.choice(files(world.stick)), chance)
            if chance.random() < 0.3:
                _stranger(world.stick, chance)
            try:
                done = laptop.sync(world.stick, accept=lambda _: False, read_all=chance.random() < 0.5)
                assert done.failure is None, done.failure
            except InspectorError as error:
                assert error.key in ("remote-other-ledger", "remote-newer", "remote-sealed"), error
            assert laptop.state() == before
            (world.stick / "inspector-remote.json").write_bytes(marker)
            assert laptop.sync(world.stick, read_all=True).failure is None
        finally:
            laptop.close()

    def _fuzzed_bundle(self, world: World, which: int, chance: random.Random) -> None:
        """Somebody has been at a bundle."""
        laptop, other = (Laptop(world.paths[one]) for one in (which, 1 - which))
        try:
            world.acknowledged(which, "sign", victim.sign(laptop, chance))
            file = world.shelf / f"{chance.randrange(10**12)}.zip"
            bundles.write(laptop.workspace, file, now=NOW)
            _spoil(file, chance)
            with suppress(InspectorError):
                (done,) = bundles.read(other.workspace, [file], now=NOW, accept=everybody)
                assert done.failure is None, done.failure
            file.unlink()
        finally:
            laptop.close()
            other.close()

    def _rot(self, world: World, which: int, chance: random.Random) -> None:
        """A photo on this laptop's disk is no longer what it was: it is named, does not spread, and comes again."""
        laptop = Laptop(world.paths[which])
        try:
            world.acknowledged(which, "sign", victim.sign(laptop, chance))
            laptop.sync(world.stick)
            rotten = chance.choice(files(world.paths[which] / "blobs"))
            with laptop.workspace.reading() as db:
                named = db.execute("SELECT 1 FROM record_blob WHERE blob = ?", (rotten.name,)).fetchone()
            _spoil(rotten, chance)
            (problem, *_) = check.check(laptop.workspace, deep=True)
            assert (problem.kind, Path(problem.where).name) == ("check-blob-changed", rotten.name)
            done = laptop.sync(world.stick)
            assert done.complete and done.taken.blobs == (1 if named else 0)
        finally:
            laptop.close()

    def _work(self, world: World, which: int, workspace: Workspace, chance: random.Random) -> None:
        """Some acts, each acknowledged when it returns."""
        laptop = Laptop.__new__(Laptop)
        laptop.path, laptop.workspace, laptop.wrote = world.paths[which], workspace, 0
        for _ in range(chance.randrange(1, 5)):
            name = chance.choice(victim.ACTS)
            world.acknowledged(which, name, victim.act(laptop, name, world.stick, world.shelf, chance))


def _opened(path: Path, vfs: str) -> Workspace:
    """The workspace with its database on another disk."""
    db: Any = apsw.Connection(str(path / DATABASE), vfs=vfs)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 0"):
        db.execute(f"PRAGMA {pragma}")
    workspace = Workspace(path, None, db)
    workspace.resolve_device()
    return workspace


def _spoil(file: Path, chance: random.Random) -> None:
    """Flips bytes of a file, cuts it, or makes it longer."""
    data = bytearray(file.read_bytes())
    how = chance.randrange(4)
    if how == 0:
        data = data[: int(len(data) * chance.random())]
    elif how == 1:
        data += chance.randbytes(50)
    else:
        for _ in range(chance.randrange(1, 6)):
            if data:
                data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    file.chmod(0o644)
    file.write_bytes(data)


def _stranger(stick: Path, chance: random.Random) -> None:
    """Batches of somebody whom nobody let in lie there, and names that nobody gave."""
    stranger = histories.Laptop(chance.randrange(9))
    batch = stranger.batch([Record("site", "site:A", (), {"set": {"name": "假的"}})])
    folder = stick / "devices" / stranger.id
    folder.mkdir(exist_ok=True)
    (folder / f"1-1-{batch.hash[:16]}-{len(batch.line)}.batches").write_bytes(batch.line)
    (folder / f"2-{10**30}-{'0' * 16}-5.batches").write_bytes(b"hello")
    (stick / "blobs" / "zz").mkdir(exist_ok=True)
    (stick / "blobs" / "zz" / "x").write_bytes(b"")
