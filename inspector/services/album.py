"""整理照片: the tray of a day as pictures, what each belongs to, and putting them where they belong.

A picture's turn, marks, caption, role and place in the order belong to the finding that shows it (a `Shot`), so they
are acts of the draft and can be undone; the clock of a phone belongs to the photo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection

import msgspec

from inspector.model.answer import Answer
from inspector.model.draft import Draft, DraftFinding, EarlierSeen, Shot, assemble
from inspector.model.errors import BadInput
from inspector.model.form import Form, Item
from inspector.model.photo import Photo
from inspector.photos.intake import file_name
from inspector.services import drafts as acts
from inspector.services import forms, inspecting, photos
from inspector.store import drafts, findings, local, sites
from inspector.store import photos as store
from inspector.store.workspace import Workspace

MOST_OFFERED = 200
_FOLDER = "photos/watched"


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a photo is put: the draft, its site's name, the path of the part that shows it, the item (empty for a
    jotting), how it is shown, and its place among the `of` photos there."""

    draft: str
    site: str
    path: str
    item: str
    shot: Shot
    place: int = 1
    of: int = 1


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the tray. `spots` are where it is put, those of the draft at hand first."""

    photo: Photo
    spots: tuple[Spot, ...] = ()


class Album(msgspec.Struct, frozen=True, kw_only=True):
    """A day's photos by time, those without a time last. `typed` and `form` are of the draft at hand (None without
    one), `then` the photo of the latest earlier finding by item; `days` are all days with how many came in."""

    day: date
    days: tuple[tuple[date, int], ...]
    pictures: tuple[Picture, ...]
    site: str = ""
    typed: Draft | None = None
    form: Form | None = None
    then: dict[str, str] = {}


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What a typed number means: an item of a draft; `site` is empty for the draft at hand."""

    draft: str
    item: Item
    site: str = ""


def album(workspace: Workspace, draft: str, *, day: date) -> Album:
    """The tray of `day`, and what else the draft at hand shows. `draft` may be empty: photos without a visit.
    Raises BadInput `draft-unknown`."""
    taken = photos.tray(workspace, day=day)
    with workspace.reading() as db:
        typed = assemble(draft, drafts.parts(db, draft)) if draft else None
        site = sites.one(db, drafts.row(db, draft).site) if draft else None
        spots = _spots(db, draft)
        mine = {spot.shot.sha256 for many in spots.values() for spot in many if spot.draft == draft}
        known = {photo.sha256 for photo in taken}
        more = store.facts(db, mine - known).values()
        days = tuple(store.days(db))
        then: dict[str, str] = {}
        for one in findings.of_site(db, site.id) if site and typed else ():
            if one.inspection != (typed.about.inspection if typed else "") and one.photos:
                then.setdefault(one.item, one.photos[0].sha256)
    everything = sorted(
        (*taken, *more),
        key=lambda photo: (
            photo.moment is None,
            photo.moment.timestamp() if photo.moment else 0.0,
            photo.name,
            photo.sha256,
        ),
    )
    return Album(
        day=day,
        days=days,
        pictures=tuple(
            Picture(photo=photo, spots=tuple(spots.get(photo.sha256, ()))) for photo in everything
        ),
        site=site.name if site else "",
        typed=typed,
        form=forms.of_version(workspace, typed.about.form) if typed else None,
        then=then,
    )


def target(workspace: Workspace, draft: str, text: str) -> Target:
    """What was typed: 12 or GD-12 is an item of the draft at hand, `GC-007 14` one of the open draft of site GC-007.
    Raises BadInput `photo-target-unknown`, `photo-target-without-draft`."""
    words = text.split()
    site = ""
    if len(words) == 2:
        draft, site = _draft_of(workspace, words[0])
    if len(words) not in (1, 2) or not draft:
        raise BadInput("photo-target-unknown", text=text.strip())
    form = forms.of_version(workspace, acts.read(workspace, draft).about.form)
    wanted = words[-1].casefold()
    exact = [item for item in form.items() if item.code.casefold() == wanted]
    numbered = [item for item in form.items() if _number(item.code) == wanted.lstrip("0")]
    found = exact or (numbered if wanted.isdecimal() else [])
    if len(found) != 1:
        raise BadInput("photo-target-unknown", text=text.strip())
    return Target(draft=draft, item=found[0], site=site)


def assign(
    workspace: Workspace, at: Target, chosen: Collection[str], *, now: datetime
) -> tuple[DraftFinding, int]:
    """Put photos to an item: to its last finding, or to a new one, by which the item fails. From another finding of
    the same draft they move there, with caption and marks. The finding, and how many acts it took (for undo)."""
    before = acts.read(workspace, at.draft)
    own = before.of_item(at.item.code)
    kept = {shot.sha256: shot for finding in before.findings for shot in finding.photos}
    elsewhere = [
        photo
        for photo in chosen
        if any(
            photo == shot.sha256
            for finding in before.findings
            if not own or finding.id != own[-1].id
            for shot in finding.photos
        )
    ]
    steps = 1 + take_back(workspace, at.draft, elsewhere, now=now)
    given = before.answers.get(at.item.code, Answer())
    finding = inspecting.fail(workspace, at.draft, at.item.code, given, photos=tuple(chosen), now=now)
    moved = tuple(
        msgspec.structs.replace(shot, caption=old.caption, turned=old.turned, marks=old.marks)
        if (old := kept.get(shot.sha256)) and shot.sha256 in elsewhere
        else shot
        for shot in finding.photos
    )
    if moved != finding.photos:
        finding = msgspec.structs.replace(finding, photos=moved)
        acts.change(
            workspace, at.draft, f"act-photos {at.item.code}", {f"findings/{finding.id}": finding}, now=now
        )
        steps += 1
    return finding, steps


def take_back(workspace: Workspace, draft: str, chosen: Collection[str], *, now: datetime) -> int:
    """Take photos off every finding of the draft; they lie in the tray again. How many acts it took: one or none."""
    before = acts.read(workspace, draft)
    parts = {}
    items = []
    for path, part in _parts(before):
        left = tuple(shot for shot in part.photos if shot.sha256 not in chosen)
        if left != part.photos:
            parts[path] = msgspec.structs.replace(part, photos=left)
            items.append(part.item)
    if parts:
        acts.change(workspace, draft, f"act-photos {' '.join(dict.fromkeys(items))}", parts, now=now)
    return 1 if parts else 0


def edit(workspace: Workspace, spot: Spot, shot: Shot, *, now: datetime) -> None:
    """Another caption, turn, role or other marks, where the photo is put; the original is never touched."""
    _change(
        workspace,
        spot,
        lambda shots: tuple(shot if one.sha256 == shot.sha256 else one for one in shots),
        now=now,
    )


def move(workspace: Workspace, spot: Spot, by: int, *, now: datetime) -> None:
    """Earlier (−1) or later (+1) among the photos of its finding: so they are printed."""

    def moved(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
        order = list(shots)
        at = next(place for place, one in enumerate(order) if one.sha256 == spot.shot.sha256)
        to = max(0, min(len(order) - 1, at + by))
        order.insert(to, order.pop(at))
        return tuple(order)

    _change(workspace, spot, moved, now=now)


def same_phone(pictures: Iterable[Picture], photo: Photo) -> tuple[str, ...]:
    """The photos with a camera's time that the same phone took: one clock, one correction."""
    return tuple(
        one.photo.sha256 for one in pictures if one.photo.taken_at and one.photo.camera == photo.camera
    )


def watched(workspace: Workspace) -> str:
    """The folder (of a messenger, a phone, a card) in which new pictures are looked for; empty if none."""
    with workspace.reading() as db:
        return local.get(db, _FOLDER)


def watch(workspace: Workspace, folder: str) -> None:
    """Look there from now on; an empty name ends it."""
    with workspace.transaction() as db:
        local.put(db, _FOLDER, folder)


def offered(workspace: Workspace, *, on: date) -> tuple[Path, ...]:
    """The pictures that came into the watched folder on a day and are not in the workspace, by time. They are
    offered, never taken by themselves. A folder that is not there offers nothing."""
    folder = watched(workspace)
    if not folder:
        return ()
    with workspace.reading() as db:
        known = store.names(db)
    found = []
    try:
        for file in Path(folder).iterdir():
            if file.suffix.lower() not in photos.SUFFIXES or file.name.startswith("."):
                continue
            state = file.stat()
            came = datetime.fromtimestamp(state.st_mtime).astimezone().date()
            if came == on and (file_name(file.name), state.st_size) not in known:
                found.append((state.st_mtime, file))
    except OSError:
        return ()
    return tuple(file for _, file in sorted(found)[:MOST_OFFERED])


def _spots(db: Connection, here: str) -> dict[str, list[Spot]]:
    spots: dict[str, list[Spot]] = {}
    for row in sorted(drafts.rows(db), key=lambda row: row.id != here):
        typed = assemble(row.id, drafts.parts(db, row.id))
        site = sites.one(db, row.site).name
        shown = [(path, part.item, part.photos) for path, part in _parts(typed)]
        shown += [
            (f"jottings/{one.id}", "", tuple(Shot(sha256=photo) for photo in one.photos))
            for one in typed.jottings
        ]
        for path, item, shots in shown:
            for place, shot in enumerate(shots, 1):
                spot = Spot(
                    draft=row.id, site=site, path=path, item=item, shot=shot, place=place, of=len(shots)
                )
                spots.setdefault(shot.sha256, []).append(spot)
    return spots


def _parts(typed: Draft) -> Iterator[tuple[str, DraftFinding | EarlierSeen]]:
    for finding in typed.findings:
        yield f"findings/{finding.id}", finding
    for seen in typed.earlier:
        yield f"earlier/{seen.finding}", seen


def _change(
    workspace: Workspace,
    spot: Spot,
    change: Callable[[tuple[Shot, ...]], tuple[Shot, ...]],
    *,
    now: datetime,
) -> None:
    part = dict(_parts(acts.read(workspace, spot.draft))).get(spot.path)
    if part is None:
        raise BadInput("photo-not-placed", photo=spot.shot.sha256[:16])
    after = msgspec.structs.replace(part, photos=change(part.photos))
    if after != part:
        acts.change(workspace, spot.draft, f"act-photos {spot.item}", {spot.path: after}, now=now)


def _draft_of(workspace: Workspace, code: str) -> tuple[str, str]:
    """The open draft of the site with this code, the one changed last, and the site's name."""
    with workspace.reading() as db:
        for row in drafts.rows(db):
            site = sites.one(db, row.site)
            if site.code.casefold() == code.casefold() and row.state == drafts.EDITING:
                return row.id, site.name
    raise BadInput("photo-target-without-draft", site=code)


def _number(code: str) -> str:
    return code.rpartition("-")[2].lstrip("0")
