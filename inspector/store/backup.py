"""A backup: one zip (stored, not compressed) of everything that a workspace cannot make again.

    inspector.db   blobs/ab/<sha256>   forms/…   people/<id>.p12   manifest.json (last)

It is taken beside the owner of the workspace, from one pinned snapshot of the database: a blob is on the disk before
anything names it, so the blobs listed after that snapshot hold all that it names. The key of the device is not in it:
whoever restores it goes on as a new device.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from inspector.ledger.keys import Device
from inspector.ledger.record import fresh_id
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged, Refused
from inspector.store import blobs, check, local, schema
from inspector.store.disk import settle
from inspector.store.faults import told
from inspector.store.workspace import DATABASE, FOLDERS, connect, devices_folder

MANIFEST = "manifest.json"

_PART_OF_NAME = r"[^/\\:\x00-\x1f]+"
_NAME = re.compile(
    rf"inspector\.db|blobs/[0-9a-f]{{2}}/[0-9a-f]{{64}}|(forms|people)/({_PART_OF_NAME}/)*{_PART_OF_NAME}"
)
_CHUNK = 2**20
_MAX_MANIFEST = 2**28


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the backup. `name` is its path in the workspace."""

    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. `made` is RFC 3339."""

    v: int = 1
    ledger: str
    made: str
    entries: tuple[Entry, ...]


class Backed(msgspec.Struct, frozen=True, kw_only=True):
    """A finished backup. `missing` are the blobs that the workspace needs and does not have, `damaged` those whose
    bytes are not what their name says: the backup holds what there was."""

    file: str
    bytes: int
    blobs: int
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


def write(path: Path, file: Path, *, made: str) -> Backed:
    """A backup of the workspace at `path`, which may be in use, into the new file `file`. It is on the disk and read
    back when this returns. Raises BadInput `workspace-missing`, `workspace-not-ours`; Refused `backup-file-exists`;
    Environment and Damaged for what the disk says."""
    path, file = path.absolute(), file.absolute()
    if not (path / DATABASE).is_file():
        raise BadInput("workspace-missing", where=str(path))
    if file.exists():
        raise Refused("backup-file-exists", file=str(file))
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}{blobs.PART}")
    copy = part.with_suffix(".db")
    try:
        with told(file):
            with told(path):
                ledger, needed = _snapshot(path, copy)
            entries = []
            with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED, strict_timestamps=False) as out:
                entries.append(_add(out, copy, DATABASE))
                for source in _sources(path):
                    name = source.relative_to(path).as_posix()
                    with contextlib.suppress(FileNotFoundError):  # set aside meanwhile: nothing names it
                        entries.append(_add(out, source, name))
                manifest = Manifest(ledger=ledger, made=made, entries=tuple(entries))
                out.writestr(MANIFEST, canonical.encode(manifest))
            part.chmod(0o600)  # everything is in it
            settle(part)
            _read_back(part, file)
            part.rename(file)
            settle(file.parent)
    finally:
        for left in (part, copy, copy.with_name(f"{copy.name}-journal")):
            left.unlink(missing_ok=True)
    kept = {Path(entry.name).name: entry.sha256 for entry in entries if entry.name.startswith("blobs/")}
    return Backed(
        file=str(file),
        bytes=file.stat().st_size,
        blobs=len(kept),
        missing=tuple(sorted(needed - kept.keys())),
        damaged=tuple(sorted(name for name, digest in kept.items() if name != digest)),
    )


def restore(file: Path, path: Path) -> Manifest:
    """A workspace in `path` (absent or empty) from a backup; opened for the first time it goes on as a new device.
    Nothing by half: it stands there whole, or not at all. Raises Refused `workspace-folder-not-empty`; BadInput
    `backup-unreadable`, `backup-newer`; Damaged `backup-damaged` (which file); Environment."""
    file, path = file.absolute(), path.absolute()
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Refused("workspace-folder-not-empty", where=str(path))
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{blobs.PART}")
    try:
        with told(path):
            part.mkdir(parents=True)
            for folder in FOLDERS:
                (part / folder).mkdir()
            with _opened(file) as archive:
                manifest = _manifest(archive, file)
                for entry in manifest.entries:
                    _extract(archive, entry, part)
            _become_another(part, manifest.ledger)
            for folder, _, _ in os.walk(part):
                settle(Path(folder))
            if path.exists():
                path.rmdir()
            part.rename(path)
            settle(path.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _snapshot(path: Path, copy: Path) -> tuple[str, set[str]]:
    """The database at this moment, copied to `copy` while its owner goes on writing; its ledger, and the blobs that it
    needs. (Unpinned, a copy in steps begins anew with each foreign commit and never ends.)"""
    with contextlib.closing(connect(path / DATABASE, read_only=True)) as db:
        db.execute("BEGIN")
        if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise BadInput("workspace-not-ours", where=str(path))
        schema.version(db)
        ledger, needed = local.get(db, "ledger"), check.named_blobs(db)
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as target:
            target.execute("PRAGMA synchronous = OFF")  # the zip is brought to the disk, this is not
            db.backup(target, pages=1000, sleep=0.001)
        _settle_mark(db)
        db.execute("COMMIT")
    return ledger, needed


def _settle_mark(db: sqlite3.Connection) -> None:
    """What leaves the laptop must not be ahead of the mark on the disk."""
    identity, known = local.get(db, "workspace"), local.get(db, "device")
    device = None
    with contextlib.suppress(Damaged):  # above all a laptop whose key is broken needs its backup
        device = Device.load(devices_folder(), workspace=identity)
    if device is None:
        return
    try:
        last = db.execute(
            "SELECT seq, hash FROM batch WHERE device = ? ORDER BY seq DESC, hash DESC LIMIT 1", (known,)
        ).fetchone()
        mark = device.mark
        if device.id == known and last and mark is not None and mark.seq < last[0]:
            device.raise_mark(*last)  # its owner was stopped between commit and mark
        device.settle()
    finally:
        device.close()


def _sources(path: Path) -> Iterator[Path]:
    for folder in ("blobs", "forms", "people"):
        for parent, _, names in os.walk(path / folder):
            for name in sorted(names):
                source = Path(parent, name)
                if source.is_file() and _NAME.fullmatch(source.relative_to(path).as_posix()):
                    yield source


def _add(out: zipfile.ZipFile, source: Path, name: str) -> Entry:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read:
        info = zipfile.ZipInfo(name)
        with out.open(info, "w", force_zip64=True) as entry:
            while chunk := read.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                entry.write(chunk)
    return Entry(name=name, bytes=size, sha256=digest.hexdigest())


def _read_back(part: Path, file: Path) -> None:
    with _opened(part) as archive:
        for entry in _manifest(archive, file).entries:
            _check(archive, entry)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise BadInput("backup-unreadable", file=str(file), reason=str(error)) from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """The manifest, which must name every file of the archive once and no other; only then is one unpacked."""
    infos = {info.filename: info for info in archive.infolist()}
    info = infos.pop(MANIFEST, None)
    if info is None or info.file_size > _MAX_MANIFEST:
        raise BadInput("backup-unreadable", file=str(file), reason="no manifest")
    plain = canonical.decode(archive.read(info))
    if isinstance(plain, dict) and plain.get("v") != 1:
        raise BadInput("backup-newer", file=str(file))
    try:
        manifest = msgspec.convert(plain, Manifest)
    except msgspec.ValidationError as error:
        raise BadInput("backup-unreadable", file=str(file), reason=str(error)) from error
    named = {entry.name: entry for entry in manifest.entries}
    if len(named) != len(manifest.entries) or DATABASE not in named:
        raise BadInput("backup-unreadable", file=str(file), reason="no database, or a name twice")
    if len(archive.infolist()) != len(infos) + 1 or infos.keys() - named.keys():
        raise BadInput("backup-unreadable", file=str(file), reason="files that the manifest does not name")
    for name, entry in named.items():
        if not _NAME.fullmatch(name) or any(step in (".", "..") for step in name.split("/")):
            raise BadInput("backup-unreadable", file=str(file), reason=f"name {name!r}")
        inside = infos.get(name)
        if inside is None or inside.file_size != entry.bytes or inside.compress_type != zipfile.ZIP_STORED:
            raise Damaged("backup-damaged", file=str(file), entry=name)
    return manifest


def _extract(archive: zipfile.ZipFile, entry: Entry, part: Path) -> None:
    target = part / entry.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        _check(archive, entry, out)
        out.flush()
        os.fsync(out.fileno())
    if entry.name.startswith("blobs/"):
        target.chmod(0o444)
    elif entry.name.startswith("people/"):
        target.chmod(0o400)


def _check(archive: zipfile.ZipFile, entry: Entry, out: BinaryIO | None = None) -> None:
    """Reads an entry whole, and writes it to `out`. Raises Damaged `backup-damaged`."""
    digest = hashlib.sha256()
    try:
        with archive.open(entry.name) as read:
            while chunk := read.read(_CHUNK):
                digest.update(chunk)
                if out:
                    out.write(chunk)
    except (zipfile.BadZipFile, EOFError) as error:
        raise Damaged("backup-damaged", file=str(archive.filename), entry=entry.name) from error
    if digest.hexdigest() != entry.sha256:
        raise Damaged("backup-damaged", file=str(archive.filename), entry=entry.name)


def _become_another(path: Path, ledger: str) -> None:
    """Gives the restored workspace an identity of its own: the original may still live, here or elsewhere, and two
    of one device would sign the same numbers."""
    with contextlib.closing(connect(path / DATABASE)) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise BadInput("workspace-not-ours", where=str(path))
        schema.version(db)
        faults = [row[0] for row in db.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
        if faults or local.get(db, "ledger") != ledger:
            raise Damaged("workspace-damaged", where=DATABASE, reason="; ".join(faults) or "ledger")
        local.put(db, "workspace", fresh_id())
