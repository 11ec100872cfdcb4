"""What came together at the office: from which laptop, up to when, what is still missing, who has unsigned drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspector.model.office import Act
from inspector.services import copies, statements, travelling
from inspector.services.travelling import Foreign
from inspector.store import arrivals, runs
from inspector.store.arrivals import Arrival as Arrival
from inspector.store.runs import Row as Run
from inspector.store.workspace import Workspace


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A device of the ledger as it is known here. `wrote` is when it wrote its latest record that is here, `heard` when
    it last said what it holds (both by its own clock); `came` the last arrival, None for what was here before arrivals
    were kept. `open` counts its unsigned drafts, of which `drafts` came here; `gaps` are batches that are not here
    (first, last), `forks` the numbers that two of its batches bear: a disk that was cloned or set back. `lacks` and
    `wants` count what it does not have of ours. `enrolled` and `ended` are RFC 3339, empty where the office has said
    nothing."""

    device: str
    label: str
    own: bool
    batches: int
    wrote: str = ""
    heard: str = ""
    came: Arrival | None = None
    open: int = 0
    drafts: tuple[Foreign, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    forks: tuple[int, ...] = ()
    lacks: int = 0
    wants: int = 0
    enrolled: str = ""
    ended: str = ""

    @property
    def missing(self) -> int:
        """How many batches of it are known to exist and are not here."""
        return sum(last - first + 1 for first, last in self.gaps)


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """All devices, those that were heard last first, this one at the head; photos and documents that records name and
    that are not here; whether the office's root is pinned: without it nobody is enrolled."""

    sources: tuple[Source, ...]
    wanted: int
    pinned: bool

    @property
    def drafts(self) -> int:
        """Unsigned drafts on other laptops."""
        return sum(one.open for one in self.sources if not one.own)


def desk(workspace: Workspace, *, now: datetime) -> Desk:
    """What is known of every device. It costs by devices, not by records."""
    laptops = {one.device: one for one in copies.laptops(workspace, now=now)}
    said = statements.of_kind(workspace, "device")
    with workspace.reading() as db:
        chains: dict[str, list[Run]] = defaultdict(list)
        for run in runs.every(db):
            chains[run.device].append(run)
        log = arrivals.every(db)
        tips = {
            device: max(found, key=lambda one: (one.last, one.tip)).tip for device, found in chains.items()
        }
        walls = arrivals.last_walls(db, tips)
    named: dict[str, list[Foreign]] = defaultdict(list)
    for draft in travelling.every(workspace):
        named[draft.device].append(draft)
    last = {one.device: one for one in reversed(log)}
    own = workspace.device.id
    found = []
    for device in sorted({own} | set(chains) | set(laptops)):
        laptop = laptops.get(device)
        about = said.get(f"device:{device}", {})
        gaps, forks = chain_facts(chains[device])
        found.append(
            Source(
                device=device,
                label=laptop.label if laptop else "",
                own=device == own,
                batches=sum(one.last - one.first + 1 for one in chains[device]),
                wrote=walls.get(device, ""),
                heard=laptop.said if laptop and device != own else "",
                came=last.get(device),
                open=laptop.drafts if laptop else 0,
                drafts=tuple(named[device]),
                gaps=gaps,
                forks=forks,
                lacks=laptop.lacks if laptop else 0,
                wants=laptop.wants if laptop else 0,
                enrolled=about[Act.ENROLLED].at if Act.ENROLLED in about else "",
                ended=about[Act.ENDED].at if Act.ENDED in about else "",
            )
        )
    found.sort(key=lambda one: (one.own, _instant(one.heard or one.wrote), one.device), reverse=True)
    return Desk(
        sources=tuple(found),
        wanted=laptops[own].wants,
        pinned=statements.pinned(workspace) is not None,
    )


def history(workspace: Workspace, device: str = "") -> list[Arrival]:
    """What came with each sync, the latest first; of one device, or of all."""
    with workspace.reading() as db:
        return [one for one in arrivals.every(db) if device in ("", one.device)]


def chain_facts(found: Sequence[Run]) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The gaps and forks of one device, out of its unbroken runs."""
    gaps = []
    forks = set()
    reached = 0
    for run in sorted(found, key=lambda one: (one.first, one.last, one.tip)):
        if run.first > reached + 1:
            gaps.append((reached + 1, run.first - 1))
        elif run.first > 1 or reached:
            forks.add(run.first)  # it stands beside another run, or follows none of those that end before it
        reached = max(reached, run.last)
    return tuple(gaps), tuple(sorted(forks))


def _instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp() if text else 0.0
