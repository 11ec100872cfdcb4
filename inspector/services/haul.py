"""One run of a sync: where it goes, what was found broken, how far it is, and whether it should stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import msgspec

from inspector.exchange.depot import Depot
from inspector.exchange.layout import File
from inspector.ledger.record import Batch
from inspector.model.errors import InspectorError
from inspector.store.workspace import Workspace


class Broken(msgspec.Struct, frozen=True):
    """A file of a remote that is not what its name says: where, whose, and why (a key with its values)."""

    where: str
    file: str
    device: str
    why: str
    values: dict[str, str]


class Progress(msgspec.Struct, frozen=True):
    """How far a sync is: `step` is take or put; files and bytes done and in all, seconds since it began."""

    step: str
    files: int
    files_total: int
    bytes: int
    bytes_total: int
    seconds: float

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take at this pace; None while nobody can say."""
        if not self.bytes or self.seconds < 1:
            return None
        return (self.bytes_total - self.bytes) * self.seconds / self.bytes


_KEPT_BYTES = 16 * 2**20

Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Nobody looks."""


def never() -> bool:
    """Nobody wants it to stop."""
    return False


class Stopped(Exception):
    """The person wants no more. What was done until here is whole."""


class Haul:
    """What the steps of one sync share."""

    def __init__(
        self,
        workspace: Workspace,
        depot: Depot,
        *,
        now: datetime,
        report: Report = silent,
        stop: Callable[[], bool] = never,
    ) -> None:
        self.workspace = workspace
        self.depot = depot
        self.now = now
        self.broken: dict[str, Broken] = {}
        self.mended: set[str] = set()
        self.put_files = self.put_bytes = 0
        self.read_before: dict[str, list[Batch]] = {}
        self.came: dict[str, tuple[int, int]] = {}
        self._kept_bytes = 0
        self._report = report
        self._stop = stop
        self.begin("take", 0, 0)

    def begin(self, step: str, files: int, size: int) -> None:
        """A step of so many files and bytes."""
        self._step, self._files, self._bytes = step, 0, 0
        self._files_total, self._bytes_total = files, size
        self._began = time.monotonic()

    def went(self, files: int, size: int) -> None:
        """So much more is done. Raises Stopped if the person wants no more."""
        self._files += files
        self._bytes += size
        self._report(
            Progress(
                self._step,
                self._files,
                self._files_total,
                self._bytes,
                max(self._bytes_total, self._bytes),
                time.monotonic() - self._began,
            )
        )
        if self._stop():
            raise Stopped

    def put(self, file: File, data: bytes, *, instead_of: tuple[File, ...] = ()) -> File:
        """Writes a file; if it was broken there, it is so no longer. Raises as `Depot.write`, and Stopped."""
        done = self.depot.write(file, data, instead_of=instead_of)
        if done.name in self.broken:
            self.mended.add(done.name)
        self.put_files += 1
        self.put_bytes += len(data)
        self.went(1, len(data))
        return done

    def keep_read(self, file: File, batches: list[Batch]) -> None:
        """Remembers what was verified at the door, as far as it is little: it is wanted in a moment."""
        if self._kept_bytes + file.bytes <= _KEPT_BYTES:
            self._kept_bytes += file.bytes
            self.read_before[file.name] = batches

    def keep_came(self, new: list[Batch]) -> None:
        """Counts batches and records that are new here, by device."""
        for batch in new:
            batches, records = self.came.get(batch.header.device, (0, 0))
            self.came[batch.header.device] = batches + 1, records + len(batch.header.records)

    def found_broken(self, file: File, error: InspectorError) -> None:
        """Names a file of the remote that is not what it should be; the first reason counts."""
        device = file.name.split("/")[1] if not file.name.startswith("blobs/") else ""
        self._name_broken(self.depot.where, file.name, device, error)

    def found_own_broken(self, path: str, error: InspectorError) -> None:
        """Names a blob of this workspace that is damaged: it does not leave this laptop."""
        self._name_broken(str(self.workspace.path), path, "", error)

    def _name_broken(self, where: str, file: str, device: str, error: InspectorError) -> None:
        values = {name: str(value)[:200] for name, value in error.values.items()}
        self.broken.setdefault(file, Broken(where, file, device, error.key, values))
