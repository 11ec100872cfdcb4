"""What the sync screen asks of its lanes: calls on services and values, and how far the running one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.services import bundles, copies, deciding, inspections, remotes, sync
from inspector.services.bundles import Written
from inspector.services.conflicts import Kind
from inspector.services.copies import Laptop, Overview
from inspector.services.haul import Progress
from inspector.services.remotes import Offer
from inspector.services.sync import Sealing, Stranger, Synced
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.sync import questions
from inspector.ui.sync.questions import Question
from inspector.ui.work import Report


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows, of one moment; `inspections` counts those that were signed."""

    offers: tuple[Offer, ...]
    overview: Overview
    laptops: tuple[Laptop, ...]
    inspections: int
    questions: tuple[Question, ...]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One sync with a folder, or one reading of bundles; `accepted` are the devices that the person lets in."""

    paths: tuple[Path, ...]
    name: str
    bundle: bool = False
    how: Sealing = Sealing()
    accepted: frozenset[str] = frozenset()


class Pace:
    """Where the worker leaves how far it is; the page looks when it is told. One reference is swapped, nothing else."""

    def __init__(self) -> None:
        self.now: Progress | None = None


def read(workspace: Workspace, also: tuple[Path, ...], now: datetime) -> Read:
    """Everything that the page shows."""
    return Read(
        offers=offers(workspace, also),
        overview=copies.overview(workspace),
        laptops=tuple(copies.laptops(workspace, now=now)),
        inspections=len(inspections.every(workspace)),
        questions=questions.every(workspace),
    )


def offers(workspace: Workspace, also: tuple[Path, ...]) -> tuple[Offer, ...]:
    """The places to sync with, now."""
    return tuple(remotes.offered(workspace, say("ui-name"), also=also))


def run(
    workspace: Workspace, attempt: Attempt, pace: Pace, *, now: datetime, report: Report
) -> tuple[Synced, ...]:
    """Sync, or read bundles. Raises as `sync.folder` and `bundles.read`."""
    tell, stop = _heard(pace, report)

    def accept(strangers: tuple[Stranger, ...]) -> bool:
        return {one.device for one in strangers} <= attempt.accepted

    if attempt.bundle:
        done = bundles.read(
            workspace, attempt.paths, now=now, accept=accept, how=attempt.how, report=tell, stop=stop
        )
        return tuple(done)
    (path,) = attempt.paths
    remotes.make(path)
    return (sync.folder(workspace, path, now=now, accept=accept, how=attempt.how, report=tell, stop=stop),)


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


def decide(workspace: Workspace, asked: Question, key: str, reason: str, *, now: datetime) -> None:
    """One side counts from now on. Raises as `deciding.choose` and `deciding.mark_duplicate`."""
    if asked.kind is Kind.DUPLICATE:
        for other in (one.key for one in asked.answers if one.key != key):
            deciding.mark_duplicate(workspace, other, key, now=now)
    else:
        deciding.choose(workspace, [(asked.entity, key)], now=now, reason=reason)
