"""Saved filters (常用筛选) of the list of findings: a habit of this laptop, never a record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.words import Severity
from inspector.store import local
from inspector.store.workspace import Workspace

_KEY = "filters"


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `services.findings.every` narrows by, in the words in which it was asked; `within` are days from today."""

    states: tuple[State, ...] = ()
    unit: str = ""
    site: str = ""
    street: str = ""
    item: str = ""
    severity: Severity | None = None
    team: str = ""
    within: int | None = None
    overdue: bool = False


def every(workspace: Workspace) -> Mapping[str, Filter]:
    """The saved filters, by name."""
    with workspace.reading() as db:
        kept = local.get(db, _KEY, "{}")
    return dict(sorted(msgspec.json.decode(kept, type=dict[str, Filter]).items()))


def one(workspace: Workspace, name: str) -> Filter:
    """The filter that was saved as `name`. Raises BadInput `filter-unknown`."""
    saved = every(workspace)
    if name not in saved:
        raise BadInput("filter-unknown", name=name, known=" ".join(saved))
    return saved[name]


def keep(workspace: Workspace, name: str, asked: Filter) -> None:
    """Saves a filter under a name, in the place of the one that had it."""
    saved = {**every(workspace), name: asked}
    with workspace.transaction() as db:
        local.put(db, _KEY, msgspec.json.encode(saved).decode())
