"""Promise 3: merging is set union. Lives of laptops that meet on sticks and a share, whatever happens to them."""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import json
import random
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from inspector.cli.main import main
from inspector.exchange import layout
from inspector.exchange.remote import Folder
from inspector.ledger.record import PREFIX, Record, read_line
from inspector.model import canonical
from inspector.model.compose import compose
from inspector.model.errors import InspectorError, Refused
from inspector.services import bundles, check, conflicts, copies, deciding, findings, keeping, sealing, sync
from inspector.services.conflicts import Kind
from inspector.services.drafts import plain
from inspector.services.sync import PLAIN, Sealing
from inspector.store import blobs, projections, records
from tests import histories
from tests.exchange.desk import NOW, Laptop, Late, Pulled, everybody
from tests.histories import MOVES, oracle
from tests.model.small_form import FORM
from tests.model.small_visit import DRAFT, KNOWN

COUNT = 6
"""Five laptops of teams, and the office's."""

LAPTOPS = st.integers(0, COUNT - 1)
PLACES = ("stick-1", "stick-2", "share", "sealed")
REMOTES = st.sampled_from(PLACES)
SHEETS = ("inspection:AAAAAAAAAAAAAAAA", "inspection:BBBBBBBBBBBBBBBB")
CONTENT = compose(DRAFT, FORM, KNOWN)
ENTITIES = (
    "finding:AAAAAAAAAAAAAAAA",
    "finding:BBBBBBBBBBBBBBBB",
    "site:GJ-004",
    "unit:示例县城管局",
    "raid:CCCC",
)
"""`raid` is a kind of a later version, and `auction` a move."""
WALLS = st.sampled_from([timedelta(0), timedelta(days=-400), timedelta(days=3000), timedelta(seconds=1)])
"""By how much a laptop's clock is wrong."""


class Lives(RuleBasedStateMachine):
    """Everything that may happen to the laptops of a county between two weeks."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="inspector-lives-"))
        self.laptops = [Laptop(self.folder / f"laptop-{number}") for number in range(COUNT)]
        self.born = COUNT
        for name in PLACES:
            (self.folder / name).mkdir()
        sealing.make(self.laptops[0].workspace, now=NOW)
        self.clones = [histories.Laptop(number) for number in range(2)]
        self.newer = histories.Laptop(7)
        self.cloned: list[Any] = []
        self.listed: dict[str, frozenset[str]] = {}
        self.kept: dict[str, set[str]] = {}

    @rule(
        laptop=LAPTOPS,
        entity=st.sampled_from(ENTITIES),
        value=st.sampled_from([0, 1, "甲", ["甲", 1]]),
        field=st.sampled_from(["a", "b", "merged_into"]),
        moves=st.lists(st.sampled_from([*MOVES, "auction"]), max_size=2),
        photo=st.sampled_from([b"", b"one", b"two", b"three"]),
        wrong=WALLS,
    )
    def somebody_signs(
        self,
        laptop: int,
        entity: str,
        value: Any,
        field: str,
        moves: list[str],
        photo: bytes,
        wrong: timedelta,
    ) -> None:
        allowed = tuple(moves) if entity.startswith("finding:") else ()
        self.laptops[laptop].write(
            entity, photos=(photo,) if photo else (), moves=allowed, at=NOW + wrong, **{field: value}
        )

    @rule(
        laptop=LAPTOPS,
        inspection=st.sampled_from(SHEETS),
        number=st.integers(0, 2),
        hour=st.integers(10, 12),
        edition=st.sampled_from(["1" * 64, "2" * 64]),
    )
    def somebody_signs_a_sheet(
        self, laptop: int, inspection: str, number: int, hour: int, edition: str
    ) -> None:
        """Two visits of one site that may overlap, corrected by whoever likes; numbers may be given twice."""
        content = msgspec.structs.replace(
            CONTENT,
            inspection=inspection,
            number=f"GY-001-20261123-7QK3-000{number}",
            begin=f"2026-11-23T{hour}:00:00+08:00",
            end=f"2026-11-23T{hour}:40:00+08:00",
            form=msgspec.structs.replace(CONTENT.form, version=edition),
        )
        pdf = f"the sheet of {number} at {hour}".encode()
        self.laptops[laptop].write(
            inspection, photos=(pdf,), document=plain(content), sheet=canonical.sha256(pdf)
        )

    @rule(laptop=LAPTOPS, side=st.integers(0, 11), regrets=st.booleans())
    def somebody_decides(self, laptop: int, side: int, regrets: bool) -> None:
        workspace = self.laptops[laptop].workspace
        waiting = conflicts.every(workspace)
        assert conflicts.waiting(workspace).total == len(waiting)
        if not waiting:
            return
        asked = waiting[side % len(waiting)]
        taken = asked.sides[side % len(asked.sides)]
        with contextlib.suppress(Refused):  # a newer version wrote to it: read only here
            if asked.kind is Kind.FIELD:
                choice = deciding.Choice(asked.entity, taken.batch, asked.field)
                done = deciding.choose(workspace, [choice], now=NOW)
            elif asked.kind is Kind.DUPLICATE and side % 2:
                done = deciding.keep_both(workspace, [one.value for one in asked.sides], now=NOW)
            elif asked.kind is Kind.DUPLICATE:
                others = [one.value for one in asked.sides if one.value != taken.value]
                done = deciding.mark_duplicate(workspace, others, taken.value, now=NOW)
            else:
                return
            assert asked not in conflicts.every(workspace)
            if regrets:
                deciding.take_back(workspace, done, now=NOW)
                again = conflicts.every(workspace)
                assert (asked.kind, asked.entity, asked.field) in {
                    (one.kind, one.entity, one.field) for one in again
                }

    @rule(laptop=LAPTOPS, keeps=st.sampled_from([keeping.EVERYTHING, keeping.PAPERS]))
    def a_team_makes_room(self, laptop: int, keeps: str) -> None:
        keeping.choose(self.laptops[laptop].workspace, keeps)
        keeping.release(self.laptops[laptop].workspace)

    @rule(laptop=LAPTOPS, entity=st.sampled_from(ENTITIES), value=st.integers(0, 3))
    def a_newer_program_signs(self, laptop: int, entity: str, value: int) -> None:
        """A header with a field that this version does not know."""
        device = self.newer
        record = Record(entity.partition(":")[0], entity, (), {"set": {"d": value}, "later": [1]})
        header = json.loads(device.batch([record]).header_bytes) | {"later": {"x": value}}
        data = canonical.encode(header)
        batch = read_line(data + b"\t" + base64.b64encode(device.sign(PREFIX + data)))
        device.chain[-1] = batch.hash
        with self.laptops[laptop].workspace.transaction() as db:
            records.receive(db, (batch,))

    @rule(laptop=LAPTOPS, remote=REMOTES)
    def somebody_syncs(self, laptop: int, remote: str) -> None:
        done = self.laptops[laptop].sync(self.folder / remote, how=how(remote))
        assert done.failure is None
        if done.complete:
            self.kept[remote] = self.hashes(laptop)

    @rule(laptop=LAPTOPS, other=LAPTOPS, only_new=st.booleans())
    def a_bundle_goes_by_mail(self, laptop: int, other: int, only_new: bool) -> None:
        self.born += 1
        file = self.folder / f"{self.born}.zip"
        writer, reader = self.laptops[laptop].workspace, self.laptops[other].workspace
        known = {seen.device for seen in copies.laptops(writer, now=NOW)}
        device = reader.device.id if only_new and reader.device.id in known and laptop != other else ""
        bundles.write(writer, file, now=NOW, device=device)
        (done,) = bundles.read(reader, [file], now=NOW, accept=everybody)
        assert done.failure is None and not done.broken

    @rule(laptop=LAPTOPS, other=LAPTOPS, shuffled=st.integers(0, 99), lost=st.booleans())
    def a_large_bundle_comes_in_parts(self, laptop: int, other: int, shuffled: int, lost: bool) -> None:
        """In any order, some of them twice, one perhaps not at all."""
        self.born += 1
        writer, reader = self.laptops[laptop].workspace, self.laptops[other].workspace
        done = bundles.write(writer, self.folder / f"{self.born}.zip", now=NOW, most_bytes=4_000)
        parts = [Path(file) for file in done.files]
        came = random.Random(shuffled).choices(parts, k=len(parts)) if lost else [*parts[::-1], parts[0]]
        for read in bundles.read(reader, came, now=NOW, accept=everybody):
            assert read.failure is None and not read.broken

    @rule(laptop=LAPTOPS, remote=REMOTES, after=st.integers(0, 6))
    def somebody_stops(self, laptop: int, remote: str, after: int) -> None:
        steps = itertools.count()
        self.laptops[laptop].sync(self.folder / remote, how=how(remote), stop=lambda: next(steps) >= after)

    @rule(laptop=LAPTOPS, remote=REMOTES, after=st.integers(0, 15))
    def a_stick_is_pulled(self, laptop: int, remote: str, after: int) -> None:
        flaky = Pulled(self.remote(laptop, remote), after=after)
        try:
            done = sync.run(self.laptops[laptop].workspace, flaky, now=NOW, accept=everybody, how=how(remote))
        except InspectorError as error:
            assert error.key == "remote-gone"
        else:
            assert not done.complete or done.failure is None

    @rule(laptop=LAPTOPS, remote=REMOTES)
    def a_listing_comes_late(self, laptop: int, remote: str) -> None:
        late = Late(self.remote(laptop, remote), known=self.listed.get(remote, frozenset()))
        sync.run(self.laptops[laptop].workspace, late, now=NOW, accept=everybody, how=how(remote))
        self.listed[remote] = frozenset(name for name, _ in self.remote(laptop, remote).list())

    @rule(remote=REMOTES, which=st.integers(0, 30), keep=st.floats(0, 0.95))
    def a_file_is_cut(self, remote: str, which: int, keep: float) -> None:
        whole = {layout.MARKER} if remote == "sealed" else set()  # without it nobody goes on there
        there = sorted(
            file for file in (self.folder / remote).rglob("*") if file.is_file() and file.name not in whole
        )
        if there:
            file = there[which % len(there)]
            file.write_bytes(file.read_bytes()[: int(file.stat().st_size * keep)])
            self.kept.pop(remote, None)

    @rule(laptop=LAPTOPS)
    def a_laptop_dies(self, laptop: int) -> None:
        self.laptops[laptop].close()
        shutil.rmtree(self.laptops[laptop].path)
        self.born += 1
        self.laptops[laptop] = Laptop(self.folder / f"laptop-{self.born}")

    @rule(laptop=LAPTOPS, other=LAPTOPS)
    def a_backup_is_restored_elsewhere(self, laptop: int, other: int) -> None:
        self.born += 1
        file, path = self.folder / f"{self.born}.zip", self.folder / f"laptop-{self.born}"
        check.backup(self.laptops[laptop].path, file, now=NOW)
        check.restore(file, path)
        self.laptops[other].close()
        shutil.rmtree(self.laptops[other].path)
        self.laptops[other] = Laptop(path)

    @rule(laptop=LAPTOPS, other=LAPTOPS)
    def a_disk_is_cloned(self, laptop: int, other: int) -> None:
        """The copy takes the place of another laptop, and goes on as a new device."""
        if laptop == other:
            return
        self.born += 1
        path = self.folder / f"laptop-{self.born}"
        device = self.laptops[laptop].workspace.device.id
        self.laptops[laptop].close()
        shutil.copytree(self.laptops[laptop].path, path)
        self.laptops[laptop] = Laptop(self.laptops[laptop].path)
        self.laptops[other].close()
        shutil.rmtree(self.laptops[other].path)
        self.laptops[other] = Laptop(path)
        assert self.laptops[laptop].workspace.device.id == device != self.laptops[other].workspace.device.id

    @rule(
        laptop=LAPTOPS,
        clone=st.integers(0, 1),
        entity=st.sampled_from(ENTITIES),
        after=st.integers(0, 3),
        value=st.integers(0, 3),
        arrives=st.booleans(),
    )
    def a_cloned_disk_signs(
        self, laptop: int, clone: int, entity: str, after: int, value: int, arrives: bool
    ) -> None:
        """A device of which two go on with one key: numbers that stand twice, and batches that do not arrive."""
        device = self.clones[clone]
        parents = [batch.hash for batch in self.cloned if batch.header.records[0].entity == entity][-1:]
        record = Record(entity.partition(":")[0], entity, tuple(parents), {"set": {"c": value}})
        fork = min(after, len(device.chain) - 1) if after else None
        batch = device.batch([record], after=fork)
        self.cloned.append(batch)
        if arrives:
            with self.laptops[laptop].workspace.transaction() as db:
                records.receive(db, (batch,))

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            try:
                self.everybody_meets()
            finally:
                for laptop in self.laptops:
                    laptop.close()
            first, *others = (listed(laptop.path) for laptop in self.laptops)
            assert all(other == first for other in others)
        finally:
            shutil.rmtree(self.folder)

    def everybody_meets(self) -> None:
        """They sync until nothing moves: then all hold the same, and it means the same."""
        for laptop in self.laptops:
            keeping.choose(laptop.workspace, keeping.EVERYTHING)
        expected = set().union(*(self.hashes(number) for number in range(COUNT)), *self.kept.values())
        photos = set().union(*(named(laptop) for laptop in self.laptops))
        for _ in range(6):  # what each says that it holds goes around once or twice more
            moved = 0
            for laptop in self.laptops:
                for remote in PLACES:
                    done = laptop.sync(self.folder / remote, how=how(remote))
                    assert done.failure is None
                    moved += done.put_files + done.taken.batches + done.taken.blobs
            if not moved:
                break
        assert moved == 0
        first = self.laptops[0].state()
        assert expected <= self.hashes(0)
        assert photos <= named(self.laptops[0])
        for laptop in self.laptops[1:]:
            assert laptop.state() == first
            assert findings.every(laptop.workspace) == findings.every(self.laptops[0].workspace)
        with self.laptops[0].workspace.transaction() as db:
            projections.rebuild(db)
        assert self.laptops[0].state() == first
        self.means_what_the_reference_says()

    def means_what_the_reference_says(self) -> None:
        with self.laptops[0].workspace.reading() as db:
            headers = {
                name: json.loads(header) for name, header in db.execute("SELECT hash, header FROM batch")
            }
            entities = {
                name: (json.loads(shown), json.loads(conflicts))
                for name, shown, conflicts in db.execute("SELECT id, shown, conflicts FROM entity")
            }
            states = dict(db.execute("SELECT id, state FROM finding").fetchall())
        for entity, meaning in oracle().meaning(headers).items():
            shown, conflicts = entities[entity]
            assert shown == meaning["fields"]
            assert {name: ordered(values) for name, values in conflicts.items()} == {
                name: ordered(values) for name, values in meaning["conflicts"].items()
            }
            if entity.startswith("finding:"):
                assert states[entity] == meaning["state"]

    def hashes(self, laptop: int) -> set[str]:
        with self.laptops[laptop].workspace.reading() as db:
            return {name for (name,) in db.execute("SELECT hash FROM batch")}

    def remote(self, laptop: int, name: str) -> Folder:
        return Folder(self.folder / name, device=self.laptops[laptop].workspace.device.id)


def how(remote: str) -> Sealing:
    """One of the sticks is sealed with the ledger's key."""
    return Sealing(sealed=True) if remote == "sealed" else PLAIN


def named(laptop: Laptop) -> set[str]:
    """The photos and papers that records name and that are here."""
    with laptop.workspace.reading() as db:
        return records.named_blobs(db) & blobs.names(laptop.workspace)


def listed(path: Path) -> str:
    """What `inspector finding list --json` says."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main(["finding", "list", "--json", "--workspace", str(path)]) == 0
    return out.getvalue()


def ordered(values: list[Any]) -> list[str]:
    return sorted(json.dumps(value, sort_keys=True) for value in values)


def test_whatever_happens_to_the_laptops_they_end_with_the_same_county(long: bool) -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=300 if long else 3,
            stateful_step_count=60 if long else 30,
            deadline=None,
            derandomize=not long,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
