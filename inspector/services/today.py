"""What there is to do now: open drafts with where they stopped, the day's plan, what waits, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from sqlite3 import Connection

import msgspec

from inspector.model.draft import Draft, assemble
from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.progress import Progress, next_waiting, of_draft
from inspector.model.site import Site
from inspector.model.words import Severity
from inspector.services import kinds
from inspector.services.form_versions import of_version
from inspector.services.site_list import days_left
from inspector.store import drafts, findings, inspections, local, overviews, sites, units
from inspector.store.workspace import Workspace


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it is listed: its site, how far it is, where one stopped (`stopped` an item's code, `stopped_text`
    its words), `photo` one of its pictures. `signing`: the first has signed."""

    draft: str
    site: Site
    kind: str
    category: str
    progress: Progress
    stopped: str
    stopped_text: str
    begin: str
    changed: str
    signing: bool
    photo: str

    @property
    def answered(self) -> bool:
        """Nothing is left but signing."""
        return self.progress.complete


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A site of the day's plan. `draft` is its open draft, if any; `score` in tenths and `done` (RFC 3339) belong to
    a visit that was signed today."""

    site: Site
    kind: str
    street: str
    last: str = ""
    open_findings: int = 0
    unchecked: int = 0
    draft: OpenDraft | None = None
    score: int | None = None
    done: str = ""


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """The home screen. `waiting` are drafts that are answered or being signed; `unchecked` items wait for a 补查 at
    `unchecked_sites` sites; `overdue` and `due_today` count findings, `reported` those that wait for a re-inspection;
    `found` are those of today's signed visits."""

    drafts: tuple[OpenDraft, ...]
    plan: tuple[Planned, ...]
    unchecked: int
    unchecked_sites: int
    overdue: int
    due_today: int
    reported: int
    found: tuple[overviews.FoundBrief, ...]
    sites: int

    @property
    def waiting(self) -> tuple[OpenDraft, ...]:
        """Drafts that need nothing but signatures."""
        return tuple(one for one in self.drafts if one.signing or one.answered)

    @property
    def going_on(self) -> OpenDraft | None:
        """The draft that was worked on last and is not finished."""
        return next((one for one in self.drafts if not one.signing and not one.answered), None)

    @property
    def found_major(self) -> int:
        """How many of today's findings are severe."""
        return sum(one.severity == Severity.MAJOR for one in self.found)

    @property
    def left(self) -> int:
        """How many planned sites were not begun."""
        return sum(not one.done and one.draft is None for one in self.plan)


def today(workspace: Workspace, *, now: datetime) -> Today:
    """What there is to do at the instant `now`."""
    begin, end = day_of(now)
    with workspace.reading() as db:
        rows = drafts.rows(db)
        typed = {row.id: assemble(row.id, drafts.parts(db, row.id)) for row in rows}
        stopped = {row.id: local.get(db, f"stopped/{row.id}") for row in rows}
        places = {row.site: sites.one(db, row.site) for row in rows}
        dues = overviews.open_dues(db)
        reported = overviews.reported(db)
        unchecked = inspections.unchecked(db)
        found = overviews.found_between(db, begin, end)
        count = db.execute("SELECT count(*) FROM entity WHERE kind = 'site'").fetchone()[0]
    listed = tuple(
        _open(
            typed[row.id],
            of_version(workspace, row.form),
            places[row.site],
            stopped[row.id],
            row,
        )
        for row in rows
    )
    days = [(left, many) for due, many in dues if (left := days_left(due, now)) is not None]
    return Today(
        drafts=listed,
        plan=_plan(workspace, listed, unchecked, now),
        unchecked=len(unchecked),
        unchecked_sites=len({site for site, _, _ in unchecked}),
        overdue=sum(many for left, many in days if left < 0),
        due_today=sum(many for left, many in days if left == 0),
        reported=reported,
        found=tuple(found),
        sites=count,
    )


def counts(workspace: Workspace, *, now: datetime) -> dict[str, int]:
    """What needs somebody now, by the screen where it is done: findings that are overdue or due today."""
    with workspace.reading() as db:
        dues = overviews.open_dues(db)
    late = (many for due, many in dues if (left := days_left(due, now)) is not None and left <= 0)
    return {"findings": sum(late)}


def plan(workspace: Workspace, *, on: date) -> tuple[str, ...]:
    """The sites planned for a day, in order, as entities."""
    with workspace.reading() as db:
        return _planned(db, on)


def keep_plan(workspace: Workspace, chosen: Sequence[str], *, on: date) -> None:
    """Put the plan of a day: its sites in their order."""
    with workspace.transaction() as db:
        local.put(db, f"plan/{on.isoformat()}", " ".join(dict.fromkeys(chosen)))


def add_to_plan(workspace: Workspace, site: str, *, on: date) -> None:
    """One more site at the end of the day's plan."""
    with workspace.transaction() as db:
        chosen = (*_planned(db, on), site)
        local.put(db, f"plan/{on.isoformat()}", " ".join(dict.fromkeys(chosen)))


def take_from_plan(workspace: Workspace, site: str, *, on: date) -> None:
    """Not today."""
    with workspace.transaction() as db:
        chosen = [one for one in _planned(db, on) if one != site]
        local.put(db, f"plan/{on.isoformat()}", " ".join(chosen))


def _planned(db: Connection, on: date) -> tuple[str, ...]:
    return tuple(local.get(db, f"plan/{on.isoformat()}").split())


def day_of(now: datetime) -> tuple[int, int]:
    """Where the day of `now` begins and where the next one does, in seconds."""
    begin = datetime.combine(now.date(), time.min, tzinfo=now.tzinfo)
    return int(begin.timestamp()), int((begin + timedelta(days=1)).timestamp())


def _open(typed: Draft, form: Form, site: Site, stopped: str, row: drafts.Row) -> OpenDraft:
    code = stopped.rpartition("/")[2]
    if stopped.startswith("findings/"):
        code = next((one.item for one in typed.findings if one.id == code), "")
    if code not in form.by_code:
        code = next_waiting(typed, form, "")
    photos = [shot.sha256 for finding in typed.findings for shot in finding.photos]
    return OpenDraft(
        draft=typed.id,
        site=site,
        kind=form.name,
        category=typed.about.category,
        progress=of_draft(typed, form),
        stopped=code,
        stopped_text=form.item(code).text if code else "",
        begin=typed.about.begin,
        changed=row.changed,
        signing=row.state == drafts.SIGNING,
        photo=photos[0] if photos else "",
    )


def _known(db: Connection, site: str) -> Site | None:
    """A planned site, unless its record has not arrived or it was joined into another one meanwhile."""
    try:
        found = sites.one(db, site)
    except BadInput:
        return None
    return found if found.id == site else None


def _plan(
    workspace: Workspace,
    listed: Sequence[OpenDraft],
    unchecked: Sequence[tuple[str, str, str]],
    now: datetime,
) -> tuple[Planned, ...]:
    begin, end = day_of(now)
    names = kinds.names(workspace)
    with workspace.reading() as db:
        chosen = _planned(db, now.date())
        visited = {site: (score, done) for site, done, score, _ in overviews.visits_between(db, begin, end)}
        wanted = dict.fromkeys((*chosen, *visited, *(one.site.id for one in listed if not one.signing)))
        if not wanted:
            return ()
        known = {site: found for site in wanted if (found := _known(db, site))}
        labels = {unit.id: unit.label for unit in units.every(db)}
        last = overviews.last_visits(db, sites=wanted)
        still_open = findings.open_by_site(db, sites=wanted)
    by_site = {one.site.id: one for one in reversed(listed)}
    return tuple(
        Planned(
            site=known[site],
            kind=names.get(known[site].kind, known[site].kind),
            street=labels.get(known[site].street, ""),
            last=last[site].begins if site in last else "",
            open_findings=still_open.get(site, 0),
            unchecked=sum(one == site for one, _, _ in unchecked),
            draft=by_site.get(site),
            score=visited[site][0] if site in visited else None,
            done=visited[site][1] if site in visited else "",
        )
        for site in wanted
        if site in known
    )
