"""How far a draft is on its way to a signed sheet: what the screens of signing read, and how its visit ends."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inspector.documents import sign
from inspector.model.draft import Draft, assemble
from inspector.model.person import Person
from inspector.model.words import Expected
from inspector.services import drafts as acts
from inspector.services import forms, people, preparing
from inspector.services.preparing import Prepared
from inspector.store import blobs, drafts, local
from inspector.store.workspace import Workspace


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A draft before its last signature. `signed` are the persons whose signatures are in the PDF: with the first one
    nothing can be changed any more. `keys` are the persons whose keys lie on this laptop. `presented` is the instant
    at which the counterpart was shown exactly this (RFC 3339), else empty; `made` the moment that the preview
    carries; `expected` what form and category expect of the counterpart; `people` are all who are known."""

    draft: str
    typed: Draft
    prepared: Prepared
    made: datetime
    expected: Expected
    people: tuple[Person, ...] = ()
    signed: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    presented: str = ""

    @property
    def frozen(self) -> bool:
        """Whether somebody has signed."""
        return bool(self.signed)


def standing(workspace: Workspace, draft: str, *, now: datetime) -> Standing:
    """Where the draft stands. Raises BadInput `draft-unknown`."""
    prepared = preparing.prepare(workspace, draft, now=now)
    content = prepared.content
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
        shown, _, at = local.get(db, _presented(draft)).partition(" ")
    rules = forms.category(workspace, content.category)
    done = set(sign.signed_fields(blobs.read(workspace, row.pdf))) if row.pdf else set()
    with_key = people.with_key_here(workspace)
    return Standing(
        draft=draft,
        typed=typed,
        prepared=prepared,
        made=now,
        expected=rules.counterpart or prepared.form.counterpart,
        people=tuple(people.every(workspace)),
        signed=tuple(member.person for member in content.signers if member.field in done),
        keys=tuple(member.person for member in content.signers if member.person in with_key),
        presented=at if shown == content.shown() else "",
    )


def paper(workspace: Workspace, state: Standing) -> bytes:
    """The PDF of a standing: exactly what will be signed, or what is signed so far. About a second: off the GUI
    thread."""
    with workspace.reading() as db:
        row = drafts.row(db, state.draft)
    return blobs.read(workspace, row.pdf) if row.pdf else preparing.preview(workspace, state.prepared)


def end_visit(workspace: Workspace, draft: str, *, now: datetime) -> None:
    """The visit ends when signing begins. While the counterpart has done nothing, coming back later ends it later;
    after that the time stands, since he was shown it."""
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
    if row.state != drafts.EDITING or typed.counterpart is not None:
        return
    about = typed.about
    changed = datetime.fromisoformat(row.changed).replace(second=0)
    still = about.end and changed <= datetime.fromisoformat(about.end)
    if still or about.late or about.corrects is not None:
        return
    end = max(now.replace(second=0, microsecond=0), datetime.fromisoformat(about.begin))
    acts.set_about(workspace, draft, msgspec.structs.replace(about, end=acts.stamp(end)), now=now)


def present(workspace: Workspace, draft: str, *, now: datetime) -> None:
    """给对方看: remember that the counterpart was shown exactly what would be signed now."""
    shown = preparing.prepare(workspace, draft, now=now).content.shown()
    with workspace.transaction() as db:
        local.put(db, _presented(draft), f"{shown} {acts.stamp(now)}")


def _presented(draft: str) -> str:
    return f"presented/{draft}"
