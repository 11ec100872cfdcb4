"""Workspaces: made, opened, named."""

from __future__ import annotations

import secrets
from pathlib import Path

from inspector.ledger.record import is_ledger
from inspector.model.errors import BadInput
from inspector.store import workspace as store
from inspector.store.projections import Report as Report
from inspector.store.projections import nobody
from inspector.store.workspace import Workspace as Workspace

DEMO = "demo"
"""The ledger of the worked example: 示例 stands on every document and screen."""

LOCAL = "local-"
"""How a ledger begins that nobody named: it cannot be joined with others."""


def create(path: Path, *, ledger: str = "") -> Workspace:
    """A new workspace in `path`. `ledger` is the county's 行政区划代码; without it the ledger gets a name of its own
    that cannot be joined with others, and can be named until its first batch.
    Raises BadInput `ledger-name-invalid`, Refused `workspace-exists`, `workspace-folder-not-empty`, Environment."""
    name = ledger or LOCAL + secrets.token_hex(4)
    _check(name)
    return store.create(path, ledger=name)


def opened(path: Path, *, report: Report = nobody) -> Workspace:
    """The workspace in `path`. After a kill or a power cut, blobs that got no record are set aside first.
    `report` is told how much is done, from 0 to 1, if lists have to be made again: about 20 s for 100,000 findings.
    Raises as `store.workspace.open_at`."""
    workspace = store.open_at(path, report=report)
    if workspace.ended_badly:
        from inspector.store import check  # seldom, and the first page waits for it

        check.tidy(workspace, fresh_seconds=0)
    return workspace


def looked_at(path: Path) -> Workspace:
    """The workspace in `path` to read in, beside whoever owns it. Raises as `store.workspace.look_at`."""
    return store.look_at(path)


def name_ledger(workspace: Workspace, ledger: str) -> None:
    """Give the ledger its name before the first batch. Raises BadInput `ledger-name-invalid`, Refused
    `ledger-begun`."""
    _check(ledger)
    workspace.rename_ledger(ledger)


def _check(name: str) -> None:
    if not is_ledger(name):
        raise BadInput("ledger-name-invalid", ledger=name)
