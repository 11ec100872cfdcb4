"""The workspace (工作区): the folder that holds everything of one laptop, open in one process.

One connection does all writing and all checkpoints, behind one fair turn; every thread that reads has a query_only
connection of its own (docs/architecture.md, Threads).
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from inspector.ledger.keys import Device, this_machine
from inspector.ledger.record import fresh_id
from inspector.model.errors import BadInput, Damaged, Environment, Refused
from inspector.store import local, projections, schema
from inspector.store.checkpoints import Checkpoints
from inspector.store.disk import settle
from inspector.store.faults import told
from inspector.store.lock import Lock, holder
from inspector.store.turn import Turn, give_way

_log = logging.getLogger(__name__)

DATABASE = "inspector.db"
FOLDERS = ("blobs", "forms", "people", "cache", "backups", "logs")


class Workspace:
    """An open workspace; made by `create`, `open_at` and `look_at`, released by `close`."""

    def __init__(self, path: Path, lock: Lock | None, db: sqlite3.Connection) -> None:
        self.path = path
        self._lock = lock
        self._db = db
        self._turn = Turn()
        self._mine = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._device: Device | None = None
        self._committed: tuple[int, str] | None = None
        self._random: random.Random | None = None
        self._checkpoints = Checkpoints(db)
        self.ledger = local.get(db, "ledger")
        self.is_new_device = False
        """Whether this start found that the workspace was copied, restored or set back, and goes on as a new
        device. It is said once."""
        self.ended_badly = False
        """Whether the process before was killed, or the power failed: blobs without a record may lie about."""

    @contextmanager
    def transaction(self, *, first: bool = False) -> Iterator[sqlite3.Connection]:
        """The writing connection, for one transaction of at most 100 ms. When the block ends, what it wrote is on the
        disk; if it raises, nothing is. `first`: before everybody who waits (answers that are typed).
        Raises Environment or Damaged for what the disk says."""
        self._turn.take(first=first)
        due = False
        try:
            with told(self.path):
                db = self._db
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    db.execute("COMMIT")
                    due = self._checkpoints.due(first=first)
                except BaseException:
                    self._committed = None
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
            if self._committed:
                (seq, digest), self._committed = self._committed, None
                try:
                    self.device.raise_mark(seq, digest)
                except OSError as error:  # the act is on the disk: nobody may be told that it failed
                    _log.warning("mark %d not raised: %s", seq, error)
        finally:
            self._turn.give()
        if due:
            self._turn.take(first=False)
            try:
                self._checkpoints.make()
            finally:
                self._turn.give()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's query_only connection; all reads inside see one state."""
        db = self._reader()
        with told(self.path):
            if db.in_transaction:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.execute("COMMIT")

    @property
    def device(self) -> Device:
        """The device that signs what is appended here. Its key is made with the first batch or preview. Raises
        Environment."""
        with self._guard:
            if self._device is None:
                with told(self.path):
                    self._device = Device.create(
                        devices_folder(), workspace=local.get(self._db, "workspace"), path=self.path
                    )
            return self._device

    def committed(self, seq: int, digest: str) -> None:
        """The open transaction holds the batch `seq` of this device: the mark is raised once it is committed."""
        self._committed = (seq, digest)

    def settle(self) -> None:
        """Brings the mark to the disk: before anything leaves this laptop. Raises Environment."""
        with told(self.path):
            self.device.settle()

    def new_id(self, kind: str) -> str:
        """A new entity `kind:<16 base32 characters>`."""
        return f"{kind}:{fresh_id(self._random.randbytes(10) if self._random else None)}"

    def seed(self, seed: int) -> None:
        """From now on ids come from `seed`: for an example that must be the same from run to run."""
        self._random = random.Random(seed)

    def rename_ledger(self, ledger: str) -> None:
        """Give the ledger its name. Raises Refused `ledger-begun` after the first batch."""
        with self.transaction() as db:
            if db.execute("SELECT 1 FROM batch LIMIT 1").fetchone():
                raise Refused("ledger-begun", ledger=self.ledger)
            local.put(db, "ledger", ledger)
            for table in ("met", "parcel", "remote"):  # whom it met belongs to the other ledger
                db.execute(f"DELETE FROM {table}")
            local.put(db, "seen", "")
        self.ledger = ledger

    def close(self) -> None:
        """Releases everything; the last commit was on the disk before."""
        with self._guard:
            readers, self._readers = self._readers, []
            device, self._device = self._device, None
        for reader in readers:
            reader.close()
        self._db.close()
        if device:
            device.close()
        if self._lock:
            with suppress(OSError):
                self._lock.write("")
            self._lock.release()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reader(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if db is None:
            with told(self.path):
                db = connect(self.path / DATABASE, read_only=True)
            give_way(db)
            self._mine.db = db
            with self._guard:
                self._readers.append(db)
        return db

    def resolve_device(self) -> None:
        """Whether this is still the device that the key was made for (docs/format.md, "A device")."""
        identity = local.get(self._db, "workspace")
        known = local.get(self._db, "device")
        device = Device.load(devices_folder(), workspace=identity)
        if device is None:
            if known:
                self._go_on_as_new()
            return
        moved = device.workspace != str(self.path)
        copy = moved and _another(Path(device.workspace), self.path, identity)
        if copy or device.machine != this_machine() or self._behind(device):
            device.close()
            self._go_on_as_new()
            return
        if moved:
            device.move_to(self.path)
        self._device = device

    def _behind(self, device: Device) -> bool:
        mark = device.mark
        if mark is None:
            return True
        if mark.seq == 0:
            return False
        found = self._db.execute(
            "SELECT 1 FROM batch WHERE device = ? AND seq = ? AND hash = ?", (device.id, mark.seq, mark.hash)
        ).fetchone()
        return found is None

    def _go_on_as_new(self) -> None:
        with self.transaction() as db:
            local.put(db, "former", f"{local.get(db, 'former')} {local.get(db, 'device')}".strip())
            local.put(
                db, "workspace", fresh_id()
            )  # a key file of its own: the original may still use the old one
            local.put(db, "device", "")
            local.put(db, "documents", "0")
            db.execute(
                "UPDATE draft SET number = '' WHERE state = 'editing'"
            )  # the original may print it, too
        self.is_new_device = True
        _log.info("workspace goes on as a new device")


def create(path: Path, *, ledger: str) -> Workspace:
    """A new workspace in the folder `path`, which is absent or empty.
    Raises Refused `workspace-folder-not-empty`, `workspace-exists`, Environment."""
    path = path.absolute()
    with told(path), ExitStack() as undo:
        if (path / DATABASE).exists():
            raise Refused("workspace-exists", where=str(path))
        if path.exists() and any(path.iterdir()):
            raise Refused("workspace-folder-not-empty", where=str(path))
        path.mkdir(parents=True, exist_ok=True)
        undo.callback(
            shutil.rmtree, path, ignore_errors=True
        )  # half a workspace is in the way of a whole one
        for folder in FOLDERS:
            (path / folder).mkdir()
        lock, _ = _locked(path)
        undo.callback(lock.release)
        db = connect(path / DATABASE)
        undo.callback(db.close)
        schema.migrate(db)
        db.execute("BEGIN IMMEDIATE")
        local.put(db, "workspace", fresh_id())
        local.put(db, "ledger", ledger)
        projections.create(db)
        db.execute("COMMIT")
        settle(path)
        settle(path.parent)
        undo.pop_all()
    return Workspace(path, lock, db)


def open_at(path: Path, *, report: projections.Report = projections.nobody) -> Workspace:
    """The workspace in the folder `path`, brought to this version. Made by an older version: its database is first
    copied to backups/. Lists that are derived otherwise now are made again, which `report` hears of.
    Raises BadInput `workspace-missing`, `workspace-not-ours`; Environment `workspace-in-use`, `workspace-newer` and
    what the disk says; Damaged `workspace-damaged`."""
    path = path.absolute()
    if not (path / DATABASE).is_file():
        raise BadInput("workspace-missing", where=str(path))
    with told(path), ExitStack() as undo:
        lock, ended_badly = _locked(path)
        undo.callback(lock.release)
        with closing(connect(path / DATABASE, read_only=True)) as look:  # what is not for us is not touched
            if look.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                raise BadInput("workspace-not-ours", where=str(path))
            schema.version(look)
        for folder in FOLDERS:
            (path / folder).mkdir(exist_ok=True)
        db = connect(path / DATABASE)
        undo.callback(db.close)
        if schema.version(db) < len(schema.STEPS):
            _keep_copy(db, path / "backups")
            schema.migrate(db)
        workspace = Workspace(path, lock, db)
        if not workspace.ledger:  # killed while it was made
            raise BadInput("workspace-not-ours", where=str(path))
        workspace.ended_badly = ended_badly
        with workspace.transaction() as writing:
            projections.bring_up_to_date(writing, report)
        workspace.resolve_device()
        undo.pop_all()
    return workspace


def look_at(path: Path) -> Workspace:
    """The workspace in the folder `path` to read in, beside whoever owns it: without the lock; a transaction is
    refused. One that an older version made is opened and brought up to date first. Raises as `open_at`."""
    path = path.absolute()
    if not (path / DATABASE).is_file():
        raise BadInput("workspace-missing", where=str(path))
    with told(path), ExitStack() as undo:
        db = connect(path / DATABASE, read_only=True)
        undo.callback(db.close)
        if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise BadInput("workspace-not-ours", where=str(path))
        if schema.version(db) == len(schema.STEPS) and projections.up_to_date(db):
            undo.pop_all()
            return Workspace(path, None, db)
    open_at(path).close()
    return look_at(path)


def devices_folder() -> Path:
    """Where the keys of this user's devices lie: outside every workspace, never in a backup."""
    return platformdirs.user_data_path("inspector", appauthor=False, roaming=False) / "devices"


def _locked(path: Path) -> tuple[Lock, bool]:
    """The lock of the workspace, and whether whoever had it before did not give it back."""
    file = path / "lock"
    try:
        lock = Lock(file)
    except BlockingIOError as error:
        raise Environment("workspace-in-use", where=str(path), process=holder(file)) from error
    with suppress(OSError):  # a full disk: whoever comes second is told less
        lock.write(str(os.getpid()))
    return lock, bool(lock.left)


def connect(file: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to a workspace's database: the one that writes, in WAL mode and with every commit brought to the
    disk (asserted), or one that reads. Raises Environment `workspace-not-durable`; Damaged `workspace-damaged`,
    sqlite3.Error."""
    uri = f"{file.as_uri()}?mode={'ro' if read_only else 'rwc'}"
    with ExitStack() as undo:
        db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
        undo.callback(db.close)
        try:
            db.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except UnicodeDecodeError as error:  # SQLite's complaint about a broken schema quotes what is no text
            raise Damaged("workspace-damaged", where=str(file), reason="schema") from error
        if read_only:
            db.execute("PRAGMA query_only = ON")
        else:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA wal_autocheckpoint = 0")  # store.checkpoints does it, outside of commits
            mode = db.execute("PRAGMA journal_mode").fetchone()[0]
            level = db.execute("PRAGMA synchronous").fetchone()[0]
            if (mode, level) != ("wal", 2):
                raise Environment("workspace-not-durable", where=str(file), mode=mode, level=level)
        undo.pop_all()
    return db


def _keep_copy(db: sqlite3.Connection, folder: Path) -> None:
    copy = sqlite3.connect(folder / f"before-migration-{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
    try:
        db.backup(copy)
    finally:
        copy.close()


def _another(path: Path, here: Path, identity: str) -> bool:
    """Whether the workspace with this identity lies at `path` as well, and that is not `here` under another name."""
    try:
        if path.samefile(here):
            return False
        db = connect(path / DATABASE, read_only=True)
    except (sqlite3.Error, OSError):
        return False
    try:
        return local.get(db, "workspace") == identity
    except sqlite3.Error:
        return False
    finally:
        db.close()
