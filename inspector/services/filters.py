"""Saved filters (常用筛选) of the list of findings: a habit of this laptop, never a record."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.unit import Directory
from inspector.model.words import Severity
from inspector.store import local, sites, units
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


def labelled(workspace: Workspace) -> Mapping[str, Filter]:
    """The same as lists show them: units, streets and sites as they are labelled there; what is not known stays."""
    with workspace.reading() as db:
        directory = Directory(units.every(db))
        called = {name: site.name for site in sites.every(db) for name in (site.id, site.code) if name}

    def label(name: str) -> str:
        found = (directory.by_id[name],) if name in directory.by_id else directory.called(name)
        return found[0].label if len(found) == 1 else name

    return {
        name: msgspec.structs.replace(
            asked, unit=label(asked.unit), street=label(asked.street), site=called.get(asked.site, asked.site)
        )
        for name, asked in every(workspace).items()
    }


def one(workspace: Workspace, name: str) -> Filter:
    """The filter that was saved as `name`. Raises BadInput `filter-unknown`."""
    saved = every(workspace)
    if name not in saved:
        raise BadInput("filter-unknown", name=name, known=" ".join(saved))
    return saved[name]


def keep(workspace: Workspace, name: str, asked: Filter) -> None:
    """Saves a filter under a name, in the place of the one that had it. Raises BadInput `filter-nameless`."""
    _put(workspace, {**every(workspace), _named(name): asked})


def rename(workspace: Workspace, name: str, to: str) -> None:
    """Another name for a saved filter. Raises BadInput `filter-unknown`, `filter-nameless`; Refused `filter-taken`."""
    asked = one(workspace, name)
    saved = dict(every(workspace))
    to = _named(to)
    if to == name:
        return
    if to in saved:
        raise Refused("filter-taken", name=to)
    del saved[name]
    _put(workspace, {**saved, to: asked})


def remove(workspace: Workspace, name: str) -> Filter:
    """Forgets a saved filter; what it was, so that `keep` brings it back. Raises BadInput `filter-unknown`."""
    gone = one(workspace, name)
    _put(workspace, {saved: asked for saved, asked in every(workspace).items() if saved != name})
    return gone


def _put(workspace: Workspace, saved: Mapping[str, Filter]) -> None:
    with workspace.transaction() as db:
        local.put(db, _KEY, msgspec.json.encode(saved).decode())


def _named(name: str) -> str:
    if not name.strip():
        raise BadInput("filter-nameless")
    return name.strip()
