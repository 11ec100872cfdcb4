"""Laptops for tests of syncing: each with a workspace of its own, one ledger, and short ways to write, sync, look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from inspector.exchange.remote import Remote
from inspector.ledger.record import Record
from inspector.model.errors import Environment
from inspector.places import shipped
from inspector.services import forms, sync, workspaces
from inspector.services.sync import Synced
from inspector.store import blobs, projections, records

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
LEDGER = "330199"


class Laptop:
    """A laptop of the county's ledger."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            workspaces.create(path, ledger=LEDGER).close()
        self.workspace = workspaces.opened(path)
        self.wrote = 0

    def write(
        self,
        entity: str,
        *,
        photos: tuple[bytes, ...] = (),
        moves: tuple[str, ...] = (),
        at: datetime = NOW,
        **fields: Any,
    ) -> str:
        """A signed batch with one record of `entity`, that builds on what this laptop sees; the batch's hash."""
        named = tuple((blobs.put(self.workspace, data), len(data)) for data in photos)
        with self.workspace.transaction() as db:
            parents = records.heads(db, entity)
            body: dict[str, Any] = {"set": fields}
            if moves:
                body["moves"] = [{"move": move} for move in moves]
            record = Record(entity.partition(":")[0], entity, parents, body, named)
            return records.append(
                db, self.workspace, (record,), person=None, wall=at.isoformat(timespec="seconds")
            ).hash

    def sync(self, remote: Path, **how: Any) -> Synced:
        """A sync in which every device is accepted, unless `how` says otherwise."""
        return sync.run(
            self.workspace, sync.reached(self.workspace, remote), **{"now": NOW, "accept": everybody, **how}
        )

    def shown(self, entity: str) -> dict[str, Any]:
        """The fields of an entity as this laptop shows them."""
        with self.workspace.reading() as db:
            row = db.execute("SELECT shown FROM entity WHERE id = ?", (entity,)).fetchone()
        return json.loads(row[0]) if row else {}

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All batches and everything that is derived from them, row by row; and which blobs are here."""
        with self.workspace.reading() as db:
            return {**tables(db), "blobs": sorted((name,) for name in blobs.names(self.workspace))}

    def close(self) -> None:
        self.workspace.close()


def everybody(_strangers: object) -> bool:
    """Who comes is let in."""
    return True


def tables(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All batches and projections of a workspace."""
    found = {"batch": db.execute("SELECT * FROM batch ORDER BY hash").fetchall()}
    return found | {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in projections.TABLES}


def own_form(workspace: workspaces.Workspace) -> None:
    """The office changes the checklist of public toilets."""
    text = next(
        file.read_text("utf-8")
        for file in shipped("forms").glob("*.toml")
        if 'id = "GC"' in file.read_text("utf-8")
    )
    edition = forms.of_id(workspace, "GC").edition
    changed = text.replace(f"edition = {edition}", f"edition = {edition + 1}", 1)
    assert changed != text
    (workspace.path / "forms" / "GC.toml").write_text(changed, "utf-8")


def plug_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is in, as the system tells; `tools/umount` is the only tool, and takes it out."""
    root = folder / "media" / "U 盘"
    root.mkdir(parents=True)
    mounts, tools = folder / "mounts", folder / "tools"
    tools.mkdir()
    spelled = str(root).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {spelled} vfat rw 0 0\n")
    (tools / "umount").write_text(f"#!/bin/sh\necho '/dev/sda1 / ext4 rw 0 0' > {mounts}\n")
    (tools / "umount").chmod(0o755)
    monkeypatch.setattr("inspector.services.remotes._MOUNTS", mounts)
    monkeypatch.setattr("inspector.services.remotes._STICKS", (str(folder / "media"),))
    monkeypatch.setenv("PATH", f"{tools}:/nowhere")
    return root


@contextmanager
def laptops(folder: Path, count: int) -> Iterator[list[Laptop]]:
    """So many laptops, numbered."""
    made = [Laptop(folder / f"laptop-{number}") for number in range(count)]
    try:
        yield made
    finally:
        for one in made:
            one.close()


def files(remote: Path, pattern: str = "*") -> list[Path]:
    """The files of a remote whose names fit."""
    return sorted(file for file in remote.rglob(pattern) if file.is_file())


class Pulled:
    """A remote that is pulled out after so many calls, for good."""

    def __init__(self, remote: Remote, *, after: int) -> None:
        self.where = remote.where
        self.calls = 0
        self._remote = remote
        self._after = after

    def list(self) -> Iterator[tuple[str, int]]:
        self._call()
        return self._remote.list()

    def read(self, name: str) -> bytes | None:
        self._call()
        return self._remote.read(name)

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        self._call()
        self._remote.write(name, data, instead_of=instead_of)

    def free(self) -> int | None:
        self._call()
        return self._remote.free()

    def close(self) -> None:
        self._remote.close()

    def _call(self) -> None:
        self.calls += 1
        if self.calls > self._after:
            raise Environment("remote-gone", where=self.where, reason="pulled")


class Late(Pulled):
    """A remote that lists late: of what lies there only what was there at an earlier time."""

    def __init__(self, remote: Remote, *, known: frozenset[str]) -> None:
        super().__init__(remote, after=10**9)
        self._known = known

    def list(self) -> Iterator[tuple[str, int]]:
        return ((name, size) for name, size in self._remote.list() if name in self._known)
