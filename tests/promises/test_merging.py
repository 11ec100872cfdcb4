"""Promise 3: merging is set union. Lives of laptops that meet on sticks and a share, whatever happens to them."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from inspector.exchange.remote import Folder
from inspector.ledger.record import Record
from inspector.services import bundles, check, copies, findings, sync
from inspector.store import projections, records
from tests import histories
from tests.exchange.desk import NOW, Laptop, Late, Pulled, everybody
from tests.histories import MOVES, oracle

COUNT = 6
"""Five laptops of teams, and the office's."""

LAPTOPS = st.integers(0, COUNT - 1)
REMOTES = st.sampled_from(["stick-1", "stick-2", "share"])
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
        for name in ("stick-1", "stick-2", "share"):
            (self.folder / name).mkdir()
        self.clones = [histories.Laptop(number) for number in range(2)]
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

    @rule(laptop=LAPTOPS, remote=REMOTES)
    def somebody_syncs(self, laptop: int, remote: str) -> None:
        done = self.laptops[laptop].sync(self.folder / remote)
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

    @rule(laptop=LAPTOPS, remote=REMOTES, after=st.integers(0, 15))
    def a_stick_is_pulled(self, laptop: int, remote: str, after: int) -> None:
        flaky = Pulled(self.remote(laptop, remote), after=after)
        try:
            done = sync.run(self.laptops[laptop].workspace, flaky, now=NOW, accept=everybody)
        except sync.InspectorError as error:
            assert error.key == "remote-gone"
        else:
            assert not done.complete or done.failure is None

    @rule(laptop=LAPTOPS, remote=REMOTES)
    def a_listing_comes_late(self, laptop: int, remote: str) -> None:
        late = Late(self.remote(laptop, remote), known=self.listed.get(remote, frozenset()))
        sync.run(self.laptops[laptop].workspace, late, now=NOW, accept=everybody)
        self.listed[remote] = frozenset(name for name, _ in self.remote(laptop, remote).list())

    @rule(remote=REMOTES, which=st.integers(0, 30), keep=st.floats(0, 0.95))
    def a_file_is_cut(self, remote: str, which: int, keep: float) -> None:
        there = sorted(file for file in (self.folder / remote).rglob("*") if file.is_file())
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
            self.everybody_meets()
        finally:
            for laptop in self.laptops:
                laptop.close()
            shutil.rmtree(self.folder)

    def everybody_meets(self) -> None:
        """They sync until nothing moves: then all hold the same, and it means the same."""
        expected = set().union(*(self.hashes(number) for number in range(COUNT)), *self.kept.values())
        for _ in range(3):
            moved = 0
            for laptop in self.laptops:
                for remote in ("stick-1", "stick-2", "share"):
                    done = laptop.sync(self.folder / remote)
                    assert done.failure is None
                    moved += done.put_files + done.taken.batches + done.taken.blobs
        assert moved == 0
        first = self.laptops[0].state()
        assert expected <= self.hashes(0)
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


def ordered(values: list[Any]) -> list[str]:
    return sorted(json.dumps(value, sort_keys=True) for value in values)


def test_whatever_happens_to_the_laptops_they_end_with_the_same_county(long: bool) -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=300 if long else 5,
            stateful_step_count=60 if long else 25,
            deadline=None,
            derandomize=not long,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
