"""收工 and 今日小结: what is not finished at the end of a day, and what the day brought, to be told to the office."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

import msgspec

from inspector.documents import day as documents
from inspector.model.compose import asked
from inspector.model.day import Severe, Summary, Visited
from inspector.model.draft import Draft, assemble
from inspector.model.errors import Environment
from inspector.model.form import Form
from inspector.model.inspection import Choice, Content, Found
from inspector.model.progress import waits
from inspector.model.words import Severity
from inspector.services import evening, forms, today
from inspector.services.workspaces import DEMO
from inspector.store import drafts, inspections, overviews, photos, sites
from inspector.store.workspace import Workspace


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that is not finished. `unanswered` are the codes of items without an answer; `unplaced` counts jottings
    without an item; `missing` what else is in the way of signing; `unsigned` are the names of those who have not
    signed yet."""

    draft: str
    site: str
    kind: str
    begin: str
    unanswered: tuple[str, ...] = ()
    unplaced: int = 0
    missing: int = 0
    unsigned: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether it needs nothing but what stands in the way of signing, and signatures."""
        return not self.unanswered


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a day. `photos` came in today and are in no finding; `not_begun` are sites of the plan that
    nobody visited."""

    undone: tuple[Undone, ...]
    photos: int
    not_begun: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether everything is finished."""
        return not (self.undone or self.photos or self.not_begun)


def closing(workspace: Workspace, *, now: datetime) -> Closing:
    """What is unfinished at the instant `now`: visits by their beginning, photos, sites of the plan."""
    waiting = {one.draft: one for one in evening.waiting(workspace, now=now)}
    home = today.today(workspace, now=now)
    undone = []
    with workspace.reading() as db:
        rows = drafts.rows(db)
        typed = {row.id: assemble(row.id, drafts.parts(db, row.id)) for row in rows}
        names = {row.id: sites.one(db, row.site).name for row in rows}
        came = {photo.sha256 for photo in photos.tray(db, day=now.date())}
        placed = {photo for draft in typed.values() for photo in _photos(draft)}
        left = came - placed - inspections.photos_used(db, came - placed, but="")
    for row in rows:
        draft = typed[row.id]
        form = forms.of_version(workspace, row.form)
        ready = waiting.get(row.id)
        undone.append(
            Undone(
                draft=row.id,
                site=names[row.id],
                kind=form.name,
                begin=draft.about.begin,
                unanswered=_unanswered(draft, form) if ready is None else (),
                unplaced=len(draft.jottings),
                missing=max(0, ready.missing - len(draft.jottings)) if ready else 0,
                unsigned=tuple(member.name for member in ready.waiting) if ready else (),
            )
        )
    return Closing(
        undone=tuple(sorted(undone, key=lambda one: (one.begin, one.draft))),
        photos=len(left),
        not_begun=tuple(one.site.name for one in home.plan if not one.done and one.draft is None),
    )


def summary(workspace: Workspace, *, now: datetime) -> Summary:
    """The day of `now`, by the sheets that were signed: visits that began on it."""
    begin = datetime.combine(now.date(), time.min, tzinfo=now.tzinfo)
    first, last = int(begin.timestamp()), int((begin + timedelta(days=1)).timestamp())
    with workspace.reading() as db:
        contents = [
            inspections.document(db, inspections.one(db, entity))
            for _, _, _, entity in overviews.visits_between(db, first, last)
        ]
        unsigned = len(drafts.rows(db))
    found = [(content, one) for content in contents for one in content.findings]
    units = Counter(one.lead_unit.name if one.lead_unit else "" for _, one in found)
    return Summary(
        on=now.date().isoformat(),
        visits=tuple(_visited(content) for content in contents),
        findings=len(found),
        fixed=sum(one.fixed_on_spot for _, one in found),
        units=tuple(sorted(units.items(), key=lambda pair: (-pair[1], pair[0]))),
        severe=tuple(_severe(content, one) for content, one in found if one.severity is not Severity.MINOR),
        unsigned=unsigned,
        example=workspace.ledger == DEMO,
    )


def text(seen: Summary) -> str:
    """The summary as it is pasted into a group."""
    return documents.text(seen)


def paper(seen: Summary) -> bytes:
    """The summary as one page of PDF. About 0.1 s: off the GUI thread."""
    return documents.page(seen)


def write(seen: Summary, file: Path) -> Path:
    """The page in `file`. Raises Environment `day-not-written`."""
    data = paper(seen)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise Environment("day-not-written", file=str(file), reason=error.strerror or str(error)) from error
    return file


def _unanswered(draft: Draft, form: Form) -> tuple[str, ...]:
    return tuple(item.code for item in asked(draft, form) if waits(draft, item))


def _photos(draft: Draft) -> set[str]:
    """Every photo that the draft shows, with those of its jottings."""
    shown = {shot.sha256 for finding in draft.findings for shot in finding.photos}
    shown |= {shot.sha256 for seen in draft.earlier for shot in seen.photos}
    return shown | {photo for jotting in draft.jottings for photo in jotting.photos}


def _visited(content: Content) -> Visited:
    other = content.counterpart
    refused = other is not None and other.choice is Choice.REFUSED
    return Visited(
        inspection=content.inspection,
        site=content.site.name,
        form=content.form.title,
        number=content.number,
        begin=content.begin,
        score=content.result.score,
        findings=len(content.findings),
        refused=other.reason or other.text if other is not None and refused else None,
    )


def _severe(content: Content, found: Found) -> Severe:
    return Severe(
        site=content.site.name,
        place=found.place,
        text=found.description,
        unit=found.lead_unit.name if found.lead_unit else "",
        severity=found.severity,
    )
