"""Whether a workspace is as it was written; its projections made again; backup and restore."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from inspector.services.drafts import stamp
from inspector.store import backup as backups
from inspector.store import changed, projections, runs
from inspector.store import check as store
from inspector.store.backup import Backed, Manifest
from inspector.store.check import Problem
from inspector.store.projections import Report, nobody
from inspector.store.workspace import Workspace

__all__ = ["Backed", "Manifest", "Problem", "backup", "check", "facts", "rebuild", "restore"]


def check(workspace: Workspace, *, deep: bool = False) -> list[Problem]:
    """Everything that is damaged; empty if nothing is. `deep` reads every byte and takes its time: off the GUI
    thread. Where nothing is damaged, blobs that nothing names are set aside into backups/unnamed; those whose bytes
    have changed are set aside by the next sync, which asks for them. Nothing is deleted."""
    found = store.damage(workspace, deep=deep)
    if found:
        changed.remember(workspace, found)
    else:
        store.tidy(workspace)
    return found


def facts(workspace: Workspace) -> list[Problem]:
    """What is worth knowing and no damage: gaps and forks in the chains of devices, records that wait for others,
    entities that a newer version wrote, blobs that were set aside."""
    return store.facts(workspace)


def rebuild(workspace: Workspace, *, report: Report = nobody) -> None:
    """Makes all lists and states again from the ledger. What is there is not trusted; the ledger is not touched.
    `report` is told how much is done, from 0 to 1."""
    with workspace.transaction() as db:
        projections.rebuild(db, report)
        runs.rebuild(db)


def backup(path: Path, file: Path, *, now: datetime) -> Backed:
    """A backup of the workspace at `path`, which may be open in this or another process, as the new file `file`.
    Raises BadInput `workspace-missing`, `workspace-not-ours`; Refused `backup-file-exists`; Environment, Damaged."""
    return backups.write(path, file, made=stamp(now))


def restore(file: Path, path: Path) -> Manifest:
    """A workspace in `path` (absent or empty) from a backup; it goes on as a new device. What the backup held.
    Raises Refused `workspace-folder-not-empty`; BadInput `backup-unreadable`, `backup-newer`; Damaged
    `backup-damaged`; Environment."""
    return backups.restore(file, path)
