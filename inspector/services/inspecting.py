"""What the screen of an inspection reads, and its acts of more than one part: one act, one transaction, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.category import CategoryRules
from inspector.model.draft import Draft, DraftFinding, EarlierSeen, Shot, assemble
from inspector.model.form import Form
from inspector.model.inspection import PhotoRole
from inspector.model.photo import Photo
from inspector.model.site import Site
from inspector.model.unit import Unit
from inspector.model.words import Verdict
from inspector.services import drafts as acts
from inspector.services import forms, photos
from inspector.services.site_list import CLOSED, days_left
from inspector.store import drafts, findings, sites, units
from inspector.store.workspace import Workspace

MOST_PLACES = 6


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The draft as it stands on the disk, and the acts that can be taken back or done again (the next one first).
    `signing`: somebody has signed, nothing can be changed."""

    draft: Draft
    form: Form
    undo: tuple[str, ...] = ()
    redo: tuple[str, ...] = ()
    signing: bool = False


class LeftOver(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of an earlier visit that is still open (上次遗留): `left` are the days to its last day (−1: overdue),
    None without a date; `heads` are what one sees of it when deciding."""

    finding: findings.Row
    heads: tuple[str, ...]
    left: int | None
    photo: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What was there before the visit: the site with its facts, what is left over by item, how often each item failed
    here before, places named here lately, units in official order, what the category demands."""

    site: Site
    kind: str
    left_over: dict[str, tuple[LeftOver, ...]]
    times: dict[str, int]
    places: tuple[str, ...]
    units: tuple[Unit, ...]
    rules: CategoryRules

    @property
    def leads(self) -> tuple[Unit, ...]:
        """The units that can answer for a finding."""
        return tuple(unit for unit in self.units if not unit.party)

    @property
    def parties(self) -> tuple[Unit, ...]:
        """The companies that can be concerned by one."""
        return tuple(unit for unit in self.units if unit.party)


class InTray(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the day's tray. `at` names what it was put to: an item's code of this draft, the site of another, or
    nothing yet."""

    photo: Photo
    at: str = ""
    here: bool = False


def sheet(workspace: Workspace, draft: str) -> Sheet:
    """The draft as it is on the disk. Raises BadInput `draft-unknown`."""
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
        undo, redo = drafts.undoable(db, draft), drafts.redoable(db, draft)
    return Sheet(
        draft=typed,
        form=forms.of_version(workspace, row.form),
        undo=undo,
        redo=redo,
        signing=row.state == drafts.SIGNING,
    )


def ground(workspace: Workspace, draft: str, *, now: datetime) -> Ground:
    """What was there before. Raises BadInput `draft-unknown`, `site-unknown`."""
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
        site = sites.one(db, row.site)
        known = tuple(units.every(db))
        found = findings.of_site(db, site.id)
        times = findings.times(db, site=site.id, but=typed.about.inspection)
        heads = {one.id: findings.heads(db, one.id) for one in found if one.state not in CLOSED}
    left_over: dict[str, tuple[LeftOver, ...]] = {}
    for one in found:
        if one.id in heads and one.inspection != typed.about.inspection:
            kept = LeftOver(
                finding=one,
                heads=heads[one.id],
                left=days_left(one.due, now),
                photo=one.photos[0].sha256 if one.photos else "",
            )
            left_over[one.item] = (*left_over.get(one.item, ()), kept)
    form = forms.of_version(workspace, row.form)
    return Ground(
        site=site,
        kind=form.name,
        left_over=left_over,
        times=times,
        places=tuple(dict.fromkeys(one.place for one in found if one.place))[:MOST_PLACES],
        units=known,
        rules=forms.category(workspace, typed.about.category),
    )


def tray(workspace: Workspace, draft: str, *, day: date) -> tuple[InTray, ...]:
    """The photos that came in on `day`, the latest first, with what each was put to. The tray belongs to the
    workspace: a photo of another visit is there, too, and says so."""
    taken = photos.tray(workspace, day=day)
    put: dict[str, tuple[str, bool]] = {}
    with workspace.reading() as db:
        for row in drafts.rows(db):
            typed = assemble(row.id, drafts.parts(db, row.id))
            here = row.id == draft
            site = "" if here else sites.one(db, row.site).name
            for item, shots in _shots(typed):
                for shot in shots:
                    if here or shot.sha256 not in put:
                        put[shot.sha256] = (item if here else site, here)
    return tuple(
        InTray(
            photo=photo, at=put.get(photo.sha256, ("", False))[0], here=put.get(photo.sha256, ("", False))[1]
        )
        for photo in reversed(taken)
    )


def judge(workspace: Workspace, draft: str, item: str, given: Answer, *, now: datetime) -> int:
    """Answer an item otherwise than 不合格. Its findings go with the same act where the answer leaves them no ground
    (the number of a count may allow some); how many went."""
    before = acts.read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    asked = form.item(item)
    parts: dict[str, Any] = {f"answers/{item}": given}
    own = before.of_item(item)
    count = rules.counted(asked, own)
    number = rules.typed_or_counted(given, count)
    allowed = (
        given.verdict is Verdict.PASS and count is not None and number is not None and number >= count > 0
    )
    gone = () if allowed or given.verdict in (None, Verdict.FAIL) else own
    parts |= {f"findings/{one.id}": None for one in gone}
    acts.change(workspace, draft, f"act-answer {item}", parts, now=now)
    return len(gone)


def fail(
    workspace: Workspace, draft: str, item: str, given: Answer, *, photos: Sequence[str] = (), now: datetime
) -> DraftFinding:
    """不合格, with its first finding as form and task table propose it, in one act; the finding. Where there are
    findings already, the last one; photos go to it."""
    before = acts.read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    own = before.of_item(item)
    finding = (
        own[-1]
        if own
        else acts.propose(workspace, before.about.site, form.item(item), order=acts.next_order(before))
    )
    finding = with_photos(finding, photos)
    failed = msgspec.structs.replace(
        given, verdict=Verdict.FAIL, reason=None, why="", bulk=False, count=_count(form, item, given)
    )
    parts = {f"answers/{item}": failed, f"findings/{finding.id}": finding}
    acts.change(workspace, draft, f"act-answer {item}", parts, now=now)
    return finding


def one_more(workspace: Workspace, draft: str, item: str, *, now: datetime) -> DraftFinding:
    """再加一处: another finding of the item, with the units and the time limit of the last one."""
    before = acts.read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    proposed = acts.propose(workspace, before.about.site, form.item(item), order=acts.next_order(before))
    own = before.of_item(item)
    if own:
        last = own[-1]
        proposed = msgspec.structs.replace(
            proposed,
            severity=last.severity,
            lead_unit=last.lead_unit,
            helping_units=last.helping_units,
            party=last.party,
            time_limit=last.time_limit,
        )
    acts.put_finding(workspace, draft, proposed, now=now)
    return proposed


def see(workspace: Workspace, draft: str, left: LeftOver, *, still: bool, now: datetime) -> None:
    """仍存在 or 已消除, in one act."""
    seen = EarlierSeen(finding=left.finding.id, item=left.finding.item, heads=left.heads, still=still)
    acts.see_earlier(workspace, draft, seen, now=now)


def with_photos(finding: DraftFinding, taken: Sequence[str], role: PhotoRole | None = None) -> DraftFinding:
    """The finding with more photos, each once; after it was put right on the spot they show 整改后."""
    there = {shot.sha256 for shot in finding.photos}
    as_role = role or (PhotoRole.AFTER if finding.fixed_on_spot and finding.photos else PhotoRole.BEFORE)
    more = tuple(Shot(sha256=photo, role=as_role) for photo in dict.fromkeys(taken) if photo not in there)
    return msgspec.structs.replace(finding, photos=(*finding.photos, *more))


def _count(form: Form, item: str, given: Answer) -> int | None:
    """A count of 0 was the pass; failing, the findings count."""
    limit = form.item(item).limit
    return None if given.count == 0 and limit is not None and limit.value == 0 else given.count


def _shots(typed: Draft) -> list[tuple[str, tuple[Shot, ...]]]:
    shown = [(one.item, one.photos) for one in typed.findings]
    shown += [(seen.item, seen.photos) for seen in typed.earlier]
    return shown + [("", tuple(Shot(sha256=photo) for photo in one.photos)) for one in typed.jottings]
