"""Drafts: everything that is typed before a sheet is signed. Each function here is one act and one transaction;
when it returns, the act is on the disk. `now` is an instant with offset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.draft import (
    About,
    Draft,
    DraftFinding,
    EarlierSeen,
    Joined,
    Jotting,
    Replaces,
    Revisits,
    Shot,
    Team,
    assemble,
    check_part,
)
from inspector.model.errors import BadInput
from inspector.model.form import Form, Item
from inspector.model.inspection import Mandate
from inspector.model.roles import answerable
from inspector.model.unit import Directory
from inspector.model.words import Category, Severity, Verdict
from inspector.services import forms
from inspector.store import drafts, sites, units
from inspector.store.workspace import Workspace


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """An item whose verdict changed because a header answer changed its limit."""

    item: str
    before: Verdict
    after: Verdict


def start(
    workspace: Workspace,
    *,
    site: str,
    category: Category,
    now: datetime,
    form: Form | None = None,
    mandate: Mandate | None = None,
    team: Team | None = None,
    corrects: Replaces | None = None,
    follows: Revisits | None = None,
    inspection: str = "",
    end: str = "",
    weather: str = "",
    late: bool = False,
    parts: Mapping[str, Any] | None = None,
    heads: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """A new draft for `site` (an entity), with the form of its kind unless `form` is given; its id. `now` is the
    beginning of the visit. `heads` are the batches of the latest records of what a correction builds upon.
    Raises BadInput `site-unknown`, `form-for-kind-missing`."""
    with workspace.transaction() as db:
        place = sites.one(db, site)
        chosen = form or forms.for_kind(workspace, place.kind)
        about = About(
            inspection=inspection or workspace.new_id("inspection"),
            form=chosen.version,
            site=site,
            category=category,
            mandate=mandate,
            corrects=corrects,
            follows=follows,
            begin=stamp(now),
            end=end,
            weather=weather,
            late=late,
        )
        draft = workspace.new_id("draft").partition(":")[2]
        forms.keep(workspace, chosen)
        everything = {"about": plain(about), "team": plain(team or Team()), **(parts or {})}
        drafts.create(
            db, draft, site=site, form=chosen.version, parts=everything, heads=heads or {}, at=stamp(now)
        )
    return draft


def read(workspace: Workspace, draft: str) -> Draft:
    """The draft as it stands. Raises BadInput `draft-unknown`."""
    with workspace.reading() as db:
        drafts.row(db, draft)
        return assemble(draft, drafts.parts(db, draft))


def change(workspace: Workspace, draft: str, act: str, parts: Mapping[str, Any], *, now: datetime) -> None:
    """Save one act over one or several parts (None removes a part). `act` is the key of its name, and what it was
    about: "act-answer GJ-02". Raises BadInput `draft-part-invalid`, Refused `draft-signing`."""
    checked = {path: None if value is None else _checked(path, value) for path, value in parts.items()}
    with workspace.transaction(first=True) as db:
        drafts.act(db, draft, act, checked, at=stamp(now))


def undo(workspace: Workspace, draft: str, *, now: datetime) -> drafts.Act | None:
    """Take the last act back; its name and paths, or None."""
    with workspace.transaction(first=True) as db:
        return drafts.undo(db, draft, at=stamp(now))


def redo(workspace: Workspace, draft: str, *, now: datetime) -> drafts.Act | None:
    """Do again what was taken back last."""
    with workspace.transaction(first=True) as db:
        return drafts.redo(db, draft, at=stamp(now))


def answer(workspace: Workspace, draft: str, item: str, given: Answer | None, *, now: datetime) -> None:
    """Answer one item, or take its answer away."""
    change(workspace, draft, f"act-answer {item}", {f"answers/{item}": given}, now=now)


def answer_header(
    workspace: Workspace, draft: str, answers: Mapping[str, str], *, now: datetime
) -> tuple[Moved, ...]:
    """Answer header items. Numbers whose verdict followed the old limit follow the new one in the same act; which
    ones did is returned. Whoever judged otherwise than the number keeps his verdict."""
    before = read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    header = {**before.header, **answers}
    parts: dict[str, Any] = {f"header/{code}": value or None for code, value in answers.items()}
    moved = []
    for item in form.items():
        given = before.answers.get(item.code)
        if given is None or given.verdict not in (Verdict.PASS, Verdict.FAIL):
            continue
        count = rules.counted(item, before.findings)
        old = rules.proposal(item, before.header, given, counted=count)
        new = rules.proposal(item, header, given, counted=count)
        if given.verdict is old and new is not None and new is not old:
            parts[f"answers/{item.code}"] = msgspec.structs.replace(given, verdict=new, why="")
            moved.append(Moved(item=item.code, before=given.verdict, after=new))
    change(workspace, draft, f"act-header {' '.join(answers)}", parts, now=now)
    return tuple(moved)


def explain_fact(workspace: Workspace, draft: str, code: str, why: str, *, now: datetime) -> None:
    """Why the site is another one than it was known for, in the header item `code`; empty takes it back."""
    change(workspace, draft, f"act-fact {code}", {f"facts/{code}": why.strip() or None}, now=now)


def pass_rest(workspace: Workspace, draft: str, *, now: datetime) -> tuple[str, ...]:
    """其余都合格: the codes of the items that it answered."""
    before = read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    given = rules.rest_passes(form, before.header, before.answers)
    if given:
        change(
            workspace,
            draft,
            "act-pass-rest",
            {f"answers/{code}": value for code, value in given.items()},
            now=now,
        )
    return tuple(given)


def propose(workspace: Workspace, site: str, item: Item, *, place: str = "", order: int = 1) -> DraftFinding:
    """A finding of `item` at `site` (an entity) as the form and the task table propose it: severity, units by their
    roles, party, time limit. It is not saved yet; `order` is its place among the draft's findings."""
    with workspace.reading() as db:
        named = answerable(item, sites.one(db, site), Directory(units.every(db)))
    return DraftFinding(
        id=workspace.new_id("finding"),
        item=item.code,
        order=order,
        place=place,
        severity=Severity.MAJOR if item.severity is Severity.VETO else item.severity,
        lead_unit=named.lead,
        helping_units=named.helping,
        party=named.party,
        time_limit=item.time_limit,
    )


def next_order(draft: Draft) -> int:
    """The place of the finding that is opened next."""
    return 1 + max((finding.order for finding in draft.findings), default=0)


def put_finding(workspace: Workspace, draft: str, finding: DraftFinding, *, now: datetime) -> None:
    """Save a finding. The item's answer becomes 不合格 with it, unless its number allows some. A typed count that is
    lower than what the findings add up to gives way to them."""
    before = read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    item = form.item(finding.item)
    parts = {f"findings/{finding.id}": finding, **_judged(before, item, finding)}
    change(workspace, draft, f"act-finding {item.code}", parts, now=now)


def _judged(before: Draft, item: Item, finding: DraftFinding) -> dict[str, Answer]:
    """The part of the item's answer that changes when `finding` is put."""
    given = before.answers.get(item.code, Answer())
    counted = rules.counted(item, [*(one for one in before.findings if one.id != finding.id), finding])
    after = given
    if counted is not None and given.count is not None and given.count < counted:
        after = msgspec.structs.replace(after, count=None)
    proposed = rules.proposal(item, before.header, after, counted=counted)
    if item.scored and proposed is not Verdict.PASS:
        after = msgspec.structs.replace(after, verdict=Verdict.FAIL, reason=None, bulk=False)
    return {} if after == given else {f"answers/{item.code}": after}


def strike_finding(workspace: Workspace, draft: str, finding: str, *, now: datetime) -> None:
    """Take a finding out of the draft. It can be undone."""
    item = next((one.item for one in read(workspace, draft).findings if one.id == finding), "")
    change(workspace, draft, f"act-strike-finding {item}", {f"findings/{finding}": None}, now=now)


def jot(
    workspace: Workspace, draft: str, text: str, *, photos: tuple[str, ...] = (), now: datetime
) -> Jotting:
    """速记: keep a few words and photos without an item."""
    order = 1 + max((one.order for one in read(workspace, draft).jottings), default=0)
    jotting = Jotting(id=workspace.new_id("jotting").partition(":")[2], order=order, text=text, photos=photos)
    change(workspace, draft, "act-jot", {f"jottings/{jotting.id}": jotting}, now=now)
    return jotting


def place_jotting(
    workspace: Workspace, draft: str, jotting: str, item: str, *, now: datetime
) -> DraftFinding:
    """Turn a jotting into a finding of `item`: its words become the description, its photos come along.
    Raises BadInput `jotting-unknown`, `item-unknown`."""
    before = read(workspace, draft)
    form = forms.of_version(workspace, before.about.form)
    kept = next((one for one in before.jottings if one.id == jotting), None)
    if kept is None:
        raise BadInput("jotting-unknown", jotting=jotting)
    finding = msgspec.structs.replace(
        propose(workspace, before.about.site, form.item(item), order=next_order(before)),
        description=kept.text,
        photos=tuple(Shot(sha256=photo) for photo in kept.photos),
    )
    parts: dict[str, Any] = {f"jottings/{jotting}": None, f"findings/{finding.id}": finding}
    parts |= _judged(before, form.item(item), finding)
    change(workspace, draft, f"act-place-jotting {item}", parts, now=now)
    return finding


def strike_jotting(workspace: Workspace, draft: str, jotting: str, *, now: datetime) -> None:
    """Strike a jotting. It can be undone."""
    change(workspace, draft, "act-strike-jotting", {f"jottings/{jotting}": None}, now=now)


def see_earlier(workspace: Workspace, draft: str, seen: EarlierSeen, *, now: datetime) -> None:
    """仍存在 or 已消除: what became of a finding of an earlier visit. Still there makes the item 不合格."""
    before = read(workspace, draft)
    parts: dict[str, Any] = {f"earlier/{seen.finding}": seen}
    if seen.still and before.answers.get(seen.item, Answer()).verdict is not Verdict.FAIL:
        given = before.answers.get(seen.item, Answer())
        parts[f"answers/{seen.item}"] = msgspec.structs.replace(given, verdict=Verdict.FAIL, bulk=False)
    change(workspace, draft, f"act-earlier {seen.item}", parts, now=now)


def set_team(workspace: Workspace, draft: str, team: Team, *, now: datetime) -> None:
    """Who is in the team, and how each stands behind the sheet."""
    change(workspace, draft, "act-team", {"team": team}, now=now)


def add_member(workspace: Workspace, draft: str, person: str, *, now: datetime) -> None:
    """＋添加检查人: one more member who signs by certificate."""
    team = read(workspace, draft).team
    if all(joined.person != person for joined in team.members):
        members = (*team.members, Joined(person=person))
        set_team(workspace, draft, msgspec.structs.replace(team, members=members), now=now)


def set_about(workspace: Workspace, draft: str, about: About, *, now: datetime) -> None:
    """Times, weather, mandate, category of the visit."""
    change(workspace, draft, "act-about", {"about": about}, now=now)


def discard(workspace: Workspace, draft: str) -> None:
    """Throw a draft away. The window asks first; photos stay in the tray."""
    with workspace.transaction() as db:
        drafts.row(db, draft)
        drafts.remove(db, draft)


def stamp(now: datetime) -> str:
    """RFC 3339 with offset, to the second."""
    return now.isoformat(timespec="seconds")


def plain(value: Any) -> Any:
    """A struct as JSON values."""
    return msgspec.to_builtins(value)


def _checked(path: str, value: Any) -> Any:
    try:
        return plain(check_part(path, plain(value)))
    except (msgspec.ValidationError, KeyError) as error:
        raise BadInput("draft-part-invalid", path=path, reason=str(error)) from error
