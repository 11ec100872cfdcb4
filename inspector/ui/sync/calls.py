"""What the sync screen asks of its lanes: calls on services and values, and how far the running one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.model.person import Person
from inspector.services import (
    bundles,
    copies,
    deciding,
    editions,
    keeping,
    people,
    remotes,
    sealing,
    sites,
    sync,
    travelling,
)
from inspector.services.bundles import Written
from inspector.services.conflicts import Kind
from inspector.services.copies import Laptop, Overview
from inspector.services.deciding import Choice, Decided
from inspector.services.haul import Progress
from inspector.services.remotes import Offer
from inspector.services.sync import Sealing, Stranger, Synced
from inspector.services.travelling import Foreign
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.sync import questions
from inspector.ui.sync.deciding import Chosen
from inspector.ui.sync.new_editions import Edition
from inspector.ui.sync.questions import Asked
from inspector.ui.work import Report


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows, of one moment: `label`, `keeps`, `has_key` (the ledger's, for sealing) are of this laptop,
    `drafts` of others at `sites`, by name; `people` are those who can decide."""

    offers: tuple[Offer, ...]
    overview: Overview
    laptops: tuple[Laptop, ...]
    label: str
    keeps: str
    has_key: bool
    drafts: tuple[Foreign, ...]
    sites: dict[str, str]
    editions: tuple[Edition, ...]
    asked: Asked
    people: tuple[Person, ...]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One sync with a place (a path or an address), or one reading of bundles. `how` is None until the person has said
    whether a new place is sealed; `accepted` are the devices that he lets in."""

    places: tuple[str, ...]
    name: str
    bundle: bool = False
    how: Sealing | None = None
    accepted: frozenset[str] = frozenset()


class Pace:
    """Where the worker leaves how far it is; the page looks when it is told. One reference is swapped, nothing else."""

    def __init__(self) -> None:
        self.now: Progress | None = None


def read(workspace: Workspace, also: tuple[str, ...], now: datetime) -> Read:
    """Everything that the page shows."""
    asked = questions.asked(workspace)
    drafts = tuple(travelling.every(workspace))
    return Read(
        offers=offers(workspace, also),
        overview=copies.overview(workspace),
        laptops=tuple(copies.laptops(workspace, now=now)),
        label=copies.own_label(workspace),
        keeps=keeping.chosen(workspace),
        has_key=sealing.key(workspace) is not None,
        drafts=drafts,
        sites={one.id: one.name for one in sites.every(workspace)} if drafts else {},
        editions=tuple(
            Edition(offered=one, changes=editions.changes(workspace, one.form))
            for one in editions.offered(workspace)
        ),
        asked=asked,
        people=tuple(people.every(workspace)) if asked.questions else (),
    )


def offers(workspace: Workspace, also: tuple[str, ...]) -> tuple[Offer, ...]:
    """The places to sync with, now."""
    return tuple(remotes.offered(workspace, say("ui-name"), also=also))


def run(
    workspace: Workspace, attempt: Attempt, pace: Pace, *, now: datetime, report: Report
) -> tuple[Synced, ...]:
    """Sync, or read bundles. Raises as `sync.run` and `bundles.read`."""
    tell, stop = _heard(pace, report)

    def accept(strangers: tuple[Stranger, ...]) -> bool:
        return {one.device for one in strangers} <= attempt.accepted

    if attempt.bundle:
        files, how = [Path(file) for file in attempt.places], attempt.how or Sealing()
        return tuple(bundles.read(workspace, files, now=now, accept=accept, how=how, report=tell, stop=stop))
    (where,) = attempt.places
    remotes.make(where)
    remote = sync.reached(workspace, where)
    done = sync.run(workspace, remote, now=now, accept=accept, how=attempt.how, report=tell, stop=stop)
    return (done,)


def write(
    workspace: Workspace,
    file: Path,
    device: str,
    how: Sealing,
    pace: Pace,
    *,
    now: datetime,
    report: Report,
) -> Written:
    """Write a bundle of everything, or of what a device lacks. Raises as `bundles.write`."""
    tell, stop = _heard(pace, report)
    return bundles.write(workspace, file, now=now, device=device, how=how, report=tell, stop=stop)


def _heard(pace: Pace, report: Report) -> tuple[Callable[[Progress], None], Callable[[], bool]]:
    def tell(progress: Progress) -> None:
        pace.now = progress
        if not report.stopped:  # the sync itself hears `stop`, and ends in order
            report(progress.bytes, progress.bytes_total)

    def stop() -> bool:
        return report.stopped

    return tell, stop


def decide(workspace: Workspace, chosen: Chosen, *, now: datetime) -> Decided:
    """One side counts from now on. Raises as `deciding.choose` and `deciding.mark_duplicate`."""
    asked, person = chosen.asked, chosen.person or None
    if asked.kind is Kind.DUPLICATE:
        others = [one.key for one in asked.answers if one.key != chosen.key]
        return deciding.mark_duplicate(workspace, others, chosen.key, now=now, person=person)
    choice = Choice(asked.entity, chosen.key, asked.field)
    return deciding.choose(workspace, [choice], now=now, person=person, reason=chosen.reason)


def decide_all(workspace: Workspace, kind: str, person: str, *, now: datetime) -> Decided:
    """What is shown counts, for all fields in conflict of a kind of thing. Raises as `deciding.choose`."""
    return deciding.choose(workspace, deciding.shown(workspace, kind=kind), now=now, person=person or None)
