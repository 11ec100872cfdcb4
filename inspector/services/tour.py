"""The tour of five minutes: which of its steps were done today, and where the next one is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from inspector.model.draft import Draft, assemble
from inspector.model.progress import of_draft, of_header
from inspector.services import forms
from inspector.services.today import day_of
from inspector.store import drafts, overviews
from inspector.store.workspace import Workspace

ENOUGH = 3
"""So many answers, and one knows how it goes."""


class Step(StrEnum):
    """What one does in a visit, in its order."""

    SITE = "site"
    HEADER = "header"
    ANSWER = "answer"
    FINDING = "finding"
    PHOTOS = "photos"
    SIGN = "sign"


class Tour(msgspec.Struct, frozen=True, kw_only=True):
    """`done` are the steps that the visit which was begun last today has behind it; `draft` is empty where none is
    under way."""

    done: frozenset[Step]
    draft: str = ""


def tour(workspace: Workspace, *, now: datetime) -> Tour:
    """How far the tour is at `now`. A visit that was signed today has all of it."""
    begin, end = day_of(now)
    with workspace.reading() as db:
        rows = drafts.rows(db)
        typed = [assemble(row.id, drafts.parts(db, row.id)) for row in rows]
        signed = overviews.visits_between(db, begin, end)
    mine = [one for one in typed if begin <= datetime.fromisoformat(one.about.begin).timestamp() < end]
    if mine:
        last = max(mine, key=lambda one: (datetime.fromisoformat(one.about.begin), one.id))
        return Tour(done=_done(workspace, last), draft=last.id)
    return Tour(done=frozenset(Step) if signed else frozenset())


def _done(workspace: Workspace, typed: Draft) -> frozenset[Step]:
    form = forms.of_version(workspace, typed.about.form)
    reached = {
        Step.SITE: True,
        Step.HEADER: of_header(typed, form).complete,
        Step.ANSWER: of_draft(typed, form).answered >= ENOUGH,
        Step.FINDING: any(one.place and one.description for one in typed.findings),
        Step.PHOTOS: any(one.photos for one in typed.findings),
    }
    return frozenset(step for step, there in reached.items() if there)
