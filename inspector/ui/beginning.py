"""What the first start asks of its lanes: a workspace of one's own, out of an office's bundle, or the example."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from inspector.model.errors import InspectorError
from inspector.services.workspaces import Workspace
from inspector.ui.work import Report


class Myself(msgspec.Struct, frozen=True, kw_only=True):
    """Who works on this laptop, as he typed it; `number` is the 证件号."""

    name: str
    position: str
    organisation: str
    number: str
    passphrase: str


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """An office's bundle: its files, of which ledger it is, whether a passphrase opens it."""

    files: tuple[Path, ...]
    ledger: str
    sealed: bool


def look(files: tuple[Path, ...]) -> Brought:
    """What one brings. Raises BadInput `bundle-unreadable`, `remote-newer`."""
    from inspector.services import bundles

    found = bundles.look(files[0])
    return Brought(files=files, ledger=found.ledger, sealed=bool(found.recipient))


def make(folder: Path, myself: Myself, *, ledger: str, now: datetime, report: Report) -> Workspace:
    """A new workspace with its first person."""
    from inspector.services import workspaces

    report(0, 2)
    workspace = workspaces.create(folder, ledger=ledger)
    report(1, 2)
    return _with(workspace, myself, now)


def from_bundle(
    folder: Path, myself: Myself, brought: Brought, opens: str, *, now: datetime, report: Report
) -> Workspace:
    """A new workspace with everything that an office's bundle holds, and whoever works with it. What he left empty is
    as the office knows it of the only one of his name."""
    from inspector.services import bundles, people
    from inspector.services.sync import Sealing

    report(0, 2)
    workspace = bundles.begin(folder, brought.files, now=now, how=Sealing(passphrase=opens))
    report(1, 2)
    known = [one for one in people.every(workspace) if one.name == myself.name.strip()]
    if len(known) == 1:
        myself = msgspec.structs.replace(
            myself,
            position=myself.position or known[0].position,
            organisation=myself.organisation or known[0].organisation,
        )
    return _with(workspace, myself, now)


def reopen(folder: Path, *, report: Report) -> Workspace:
    """The workspace that lies there already."""
    from inspector.services import workspaces

    report(0, 1)
    return workspaces.opened(folder, report=lambda done: report(round(done * 100), 100))


def example(folder: Path, now: datetime, *, report: Report) -> Workspace:
    """The example, built the first time (about a minute), opened from then on."""
    from inspector.services import demo, workspaces

    demo.build(folder, now=now, report=report)
    return workspaces.opened(folder)


def _with(workspace: Workspace, myself: Myself, now: datetime) -> Workspace:
    """What was made is closed again if the person cannot be added; a second try finds it and goes on."""
    from inspector.services import people

    try:
        people.add(
            workspace,
            name=myself.name,
            organisation=myself.organisation,
            position=myself.position,
            passphrase=myself.passphrase,
            number=myself.number,
            now=now,
        )
    except InspectorError:
        workspace.close()
        raise
    return workspace
