"""Remotes that fail, tear, lie and list late; kill -9 while syncing; remotes and bundles that are hostile."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.exchange.layout import BatchFile
from inspector.exchange.remote import Folder, Remote
from inspector.ledger import files as files_of_ours
from inspector.ledger.record import Record
from inspector.model.errors import Environment, InspectorError
from inspector.services import bundles, check, sync
from inspector.store import records
from tests import histories
from tests.exchange.desk import NOW, Laptop, Pulled, everybody, files, laptops
from tests.exchange.storages import Forgetting, Tearing, system_fails

ROOT = Path(__file__).resolve().parents[2]


def filled(laptop: Laptop, name: str) -> None:
    """Some work of a day."""
    for number in range(3):
        laptop.write(f"site:{name}-{number}", name="公厕", photos=(f"{name} {number}".encode() * 50,))


def folder(laptop: Laptop, path: Path) -> Folder:
    return Folder(path, device=laptop.workspace.device.id)


def names_nothing_that_it_lacks(stick: Path) -> bool:
    """Whether every blob that a record on the stick names lies there."""
    there = {file.name.partition("-")[0] for file in files(stick / "blobs")}
    lines = [line for file in files(stick, "*.batches") for line in file.read_bytes().splitlines()]
    return {blob for line in lines for blob in records.blobs_of(line)} <= there


def run(laptop: Laptop, remote: Remote) -> sync.Synced | None:
    try:
        return sync.run(laptop.workspace, remote, now=NOW, accept=everybody)
    except InspectorError as error:
        assert error.key == "remote-gone"
        return None


def test_a_stick_that_is_pulled_at_any_call_costs_nothing_but_time(tmp_path: Path, long: bool) -> None:
    with laptops(tmp_path, 2) as (one, other):
        filled(one, "A")
        filled(other, "B")
        whole = Pulled(folder(one, new(tmp_path, "counted")), after=10**9)
        run(one, whole)
        assert whole.calls > 12
        for after in range(0, whole.calls, 1 if long else 3):
            stick = new(tmp_path, f"stick-{after}")
            done = run(one, Pulled(folder(one, stick), after=after))
            assert done is None or (done.failure is not None and not done.complete)
            assert names_nothing_that_it_lacks(stick)
            run(other, Pulled(folder(other, stick), after=after + 3))
            assert names_nothing_that_it_lacks(stick)
            for laptop in (one, other):
                assert check.check(laptop.workspace) == []
        assert one.sync(stick).complete and other.sync(stick).complete and one.sync(stick).complete
        assert one.state() == other.state()
        for laptop in (one, other):
            assert check.check(laptop.workspace, deep=True) == []


@pytest.mark.parametrize("kind", [Tearing, Forgetting])
def test_a_stick_that_lies_is_not_called_complete_and_is_healed(
    tmp_path: Path, kind: type[Tearing], long: bool
) -> None:
    with laptops(tmp_path, 2) as (one, other):
        filled(one, "A")
        counted = Pulled(folder(one, new(tmp_path, "counted")), after=10**9)
        run(one, counted)
        spoilt = set()
        for at in range(5, counted.calls, 1 if long else 2):
            stick = new(tmp_path, f"stick-{at}")
            lying = kind(folder(one, stick), at=at)
            done = run(one, lying)
            counts = lying.spoilt.startswith("blobs/") or lying.spoilt.endswith(".batches")
            assert done is not None and done.complete is not counts
            spoilt.add(lying.spoilt.partition("/")[0])
            other.sync(stick)
            assert one.sync(stick).complete
            came = other.sync(stick)
            assert came.missing == 0
            assert other.state()["batch"] == one.state()["batch"]
            assert check.check(other.workspace, deep=True) == []
        assert {"blobs", "devices"} <= spoilt


def test_a_file_that_reads_back_differently_is_not_left_under_its_name(tmp_path: Path, stick: Path) -> None:
    class Forged(Folder):
        """A stick that claims more room than it has."""

        def _read(self, file: Path) -> bytes:
            return super()._read(file)[:-1] if file.name.endswith(".part") else super()._read(file)

    with laptops(tmp_path, 1) as (one,):
        one.sync(stick)
        filled(one, "A")
        before = files(stick)
        done = run(one, Forged(stick, device="0" * 32))
        assert done is not None and done.failure is not None and done.failure.key == "remote-lies"
        assert files(stick) == before


def test_a_full_stick_is_found_out_before_anything_is_written(tmp_path: Path, stick: Path) -> None:
    class Full(Folder):
        def free(self) -> int | None:
            return 100

    with laptops(tmp_path, 1) as (one,):
        filled(one, "A")
        done = run(one, Full(stick, device="0" * 32))
        assert done is not None and done.failure is not None and done.failure.key == "remote-no-room"
        assert [file.name for file in files(stick)] == ["inspector-remote.json"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_write_protected_folder_is_read_and_says_so(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 2) as (one, other):
        filled(one, "A")
        one.sync(stick)
        stick.chmod(0o500)
        try:
            done = other.sync(stick)
        finally:
            stick.chmod(0o700)
        assert done.read_only and done.taken.records == 3 and not done.complete


def test_a_remote_that_cannot_be_written_is_synced_one_way(tmp_path: Path, stick: Path) -> None:
    class Protected(Folder):
        def free(self) -> int | None:
            return 0

        def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
            raise AssertionError("written")

    with laptops(tmp_path, 2) as (one, other):
        filled(one, "A")
        filled(other, "B")
        one.sync(stick)
        done = run(other, Protected(stick, device="0" * 32))
        assert done is not None and done.read_only and done.taken.records == 3 and not done.complete


def test_a_person_can_stop_at_any_moment_and_go_on_later(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 2) as (one, other):
        filled(one, "A")
        heard: list[sync.Progress] = []
        stopped = one.sync(stick, report=heard.append, stop=lambda: len(heard) == 2)
        assert stopped.stopped and not stopped.complete and len(heard) == 2
        again: list[sync.Progress] = []
        assert one.sync(stick, report=again.append).complete
        put = [how_far for how_far in again if how_far.step == "put"]
        assert put[-2].bytes <= put[-2].bytes_total and len(put) < 8
        other.sync(stick)
        assert one.state() == other.state()


@pytest.mark.skipif(os.name != "posix", reason="the victim forks, and kill -9 is POSIX's")
def test_a_kill_while_syncing_loses_nothing_that_was_acknowledged(tmp_path: Path, long: bool) -> None:
    stick = new(tmp_path, "stick")
    chance = random.Random(20261123)
    signed: set[str] = set()
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        Laptop(path).close()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.syncing"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for life in range(500 if long else 8):
            signed |= _live(process, paths[life % 2], stick, chance)
        assert process.stdin is not None
        process.stdin.close()
    one, two = (Laptop(path) for path in paths)
    try:
        for laptop in (one, two, one):
            laptop.sync(stick)
            assert check.check(laptop.workspace, deep=True) == []
        assert one.state() == two.state()
        assert signed <= {row[0] for row in one.state()["batch"]}
        assert not list(stick.rglob("*.part"))
    finally:
        one.close()
        two.close()


def _live(process: subprocess.Popen[str], path: Path, stick: Path, chance: random.Random) -> set[str]:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{path} {stick}\n")
    process.stdin.flush()
    signed: set[str] = set()
    child, acts, said, dead = 0, chance.randrange(1, 10), 0, False
    killed = False
    while not dead:
        name, _, rest = process.stdout.readline().rstrip("\n").partition(" ")
        assert name in ("pid", "begun", "signed", "complete", "dead"), rest
        child = int(rest) if name == "pid" else child
        said += name in ("signed", "complete")
        if name == "signed":
            signed.add(rest)
        dead = name == "dead"
        if child and said >= acts and not killed:
            end = time.perf_counter() + chance.uniform(0, 0.03)
            while time.perf_counter() < end:
                pass
            os.kill(child, signal.SIGKILL)
            killed = True
    return signed


@pytest.fixture(scope="module")
def given_stick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A stick and a bundle with the same day's work."""
    path = tmp_path_factory.mktemp("hostile")
    with laptops(path, 1) as (one,):
        filled(one, "A")
        one.sync(new(path, "stick"))
        bundles.write(one.workspace, path / "bundle.zip", now=NOW)
    yield path / "stick", path / "bundle.zip"


damage = st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), min_size=1, max_size=5)


def spoilt(data: bytes, where: list[tuple[float, int]], cut: float) -> bytes:
    changed = bytearray(data)
    for place, mask in where:
        if changed:
            changed[int(place * len(changed))] ^= mask
    return bytes(changed[: int(len(changed) * cut)])


@settings(max_examples=25)
@given(which=st.integers(0, 100), where=damage, cut=st.sampled_from([1.0, 1.0, 0.5, 0.0]))
def test_a_remote_that_was_tampered_with_is_never_a_traceback(
    given_stick: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
    which: int,
    where: list[tuple[float, int]],
    cut: float,
) -> None:
    path = tmp_path_factory.mktemp("tampered")
    with laptops(path, 1) as (laptop,):
        stick = new(path, "stick")
        originals = files(given_stick[0])
        for place, file in enumerate(originals):
            target = stick / file.relative_to(given_stick[0])
            target.parent.mkdir(parents=True, exist_ok=True)
            data = file.read_bytes()
            target.write_bytes(spoilt(data, where, cut) if place == which % len(originals) else data)
        try:
            done = laptop.sync(stick)
            assert done.failure is None
        except InspectorError as error:
            assert error.key in ("remote-other-ledger", "remote-newer")
        assert check.check(laptop.workspace, deep=True) == []


@settings(max_examples=25)
@given(where=damage, cut=st.sampled_from([1.0, 1.0, 0.9]))
def test_a_bundle_that_was_tampered_with_is_never_a_traceback(
    given_stick: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
    where: list[tuple[float, int]],
    cut: float,
) -> None:
    path = tmp_path_factory.mktemp("tampered")
    with laptops(path, 1) as (laptop,):
        file = path / "bundle.zip"
        file.write_bytes(spoilt(given_stick[1].read_bytes(), where, cut))
        try:
            (done,) = bundles.read(laptop.workspace, [file], now=NOW, accept=everybody)
            assert done.failure is None
        except InspectorError as error:
            assert error.key in (
                "bundle-unreadable",
                "bundle-entry-damaged",
                "remote-other-ledger",
                "remote-newer",
                "remote-missing",
                "remote-sealed",
            )
        assert check.check(laptop.workspace, deep=True) == []


def test_names_that_are_not_ours_are_neither_read_nor_touched(
    pair: tuple[Laptop, Laptop], stick: Path, tmp_path: Path
) -> None:
    one, other = pair
    filled(one, "A")
    one.sync(stick)
    strange = {
        "devices/notes.txt": b"hello",
        "devices/" + "0" * 32 + "/1-1-0000000000000000-5.batches.exe": b"hello",
        "blobs/zz/what": b"hello",
        "blobs/ab/" + "c" * 64 + "-5": b"hello",
        "drafts/" + "0" * 32 + "/../../x": b"hello",
    }
    for name, data in strange.items():
        (stick / name).parent.mkdir(parents=True, exist_ok=True)
        (stick / name).write_bytes(data)
    secret = tmp_path / "secret"
    secret.write_bytes(b"hello")
    link = (
        stick / "blobs" / "2c" / ("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" + "-5")
    )
    link.parent.mkdir(exist_ok=True)
    if os.name == "posix":
        link.symlink_to(secret)
    assert not other.sync(stick).broken
    assert one.state() == other.state()
    for name, data in strange.items():
        assert (stick / name).read_bytes() == data


def test_a_bundle_with_a_path_that_leads_out_writes_nothing_there(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = pair
    filled(one, "A")
    bundles.write(one.workspace, tmp_path / "b.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as out:
        out.writestr("../../escaped", b"hello")
        out.writestr("/escaped", b"hello")
    before = {file for file in tmp_path.rglob("*") if "laptop" not in file.parts}
    bundles.read(other.workspace, [tmp_path / "b.zip"], now=NOW, accept=everybody)
    assert one.state() == other.state()
    assert not any(file.name == "escaped" for file in before | set(tmp_path.rglob("*")))


def new(folder: Path, name: str) -> Path:
    path = folder / name
    path.mkdir()
    return path


def test_a_stranger_does_not_come_in_under_the_name_of_somebody_who_is_known(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    filled(one, "A")
    one.sync(stick)
    other.sync(stick)
    stranger = histories.Laptop(7)
    batch = stranger.batch([Record("site", "site:A-0", (), {"set": {"name": "假的"}})])
    name = BatchFile(one.workspace.device.id, 9, 9, batch.hash[:16], len(batch.line)).name
    (stick / name).write_bytes(batch.line)
    before = other.state()
    done = other.sync(stick, accept=sync.nobody)
    assert [broken.file for broken in done.broken] == [name]
    assert other.state() == before


def test_a_scanner_that_holds_a_file_is_waited_for_and_then_told(
    pair: tuple[Laptop, Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Photos, the stick and the laptop's key alike; nothing is there by half, and the next try goes on."""
    one, _ = pair
    with system_fails(monkeypatch, at=1, code=errno.EACCES, times=2):
        filled(one, "A")
    monkeypatch.setattr(files_of_ours, "_PATIENCE_SECONDS", 0.0)
    with system_fails(monkeypatch, at=1, code=errno.EACCES, times=50), pytest.raises(Environment) as told:
        one.write("site:B", photos=(b"new",))
    assert told.value.key == "workspace-read-only"
    with system_fails(monkeypatch, at=3, code=errno.EACCES, times=50):
        done = one.sync(stick)
    assert done.failure is not None and done.failure.key == "remote-read-only"
    assert names_nothing_that_it_lacks(stick)
    assert not list(stick.rglob("*.part")) and not list(one.path.rglob("*.part"))
    assert one.sync(stick).complete
    assert check.check(one.workspace, deep=True) == []


def test_a_key_that_cannot_be_made_is_told_and_made_at_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptops(tmp_path, 1) as (one,):
        with system_fails(monkeypatch, at=1, code=errno.ENOSPC), pytest.raises(Environment) as told:
            _ = one.workspace.device
        assert told.value.key == "workspace-disk-full"
        one.write("site:A", name="公厕")


def test_a_mark_that_cannot_be_brought_to_the_disk_lets_nothing_leave(
    pair: tuple[Laptop, Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    filled(one, "A")
    with monkeypatch.context() as patched:
        patched.setattr(type(one.workspace.device), "settle", _broken)
        done = one.sync(stick)
    assert done.failure is not None and done.failure.key == "workspace-disk-fault"
    assert not files(stick / "devices")
    assert one.sync(stick).complete


def _broken(_device: object) -> None:
    raise OSError(errno.EIO, "bad sector")
