"""收工签名: what waits for signatures at the end of a day, and signing all of it with keys that are opened once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import msgspec

from inspector.model.draft import assemble
from inspector.model.errors import InspectorError
from inspector.model.inspection import Member
from inspector.model.progress import of_draft
from inspector.services import drafts as acts
from inspector.services import forms, signing, standing
from inspector.services.people import Unlocked
from inspector.services.signing import Progress
from inspector.store import drafts
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that is answered, or signed by some. `missing` counts what is still in the way; `waiting` are the
    members whose signatures it lacks; `keys` are the persons whose keys lie on this laptop."""

    draft: str
    site: str
    kind: str
    number: str
    begin: str
    findings: int
    missing: int
    signed: int
    waiting: tuple[Member, ...]
    keys: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be signed now."""
        return not self.missing


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one draft: how far it is now, or the `error` why it was not signed."""

    draft: str
    progress: Progress | None = None
    error: InspectorError | None = None


def waiting(workspace: Workspace, *, now: datetime) -> tuple[Waiting, ...]:
    """Every draft that needs nothing but signatures and what is listed on the way there, the first visit first."""
    with workspace.reading() as db:
        rows = drafts.rows(db)
        typed = {row.id: assemble(row.id, drafts.parts(db, row.id)) for row in rows}
    found = [
        _waiting(workspace, row.id, now)
        for row in rows
        if row.state == drafts.SIGNING
        or of_draft(typed[row.id], forms.of_version(workspace, row.form)).complete
    ]
    return tuple(sorted(found, key=lambda one: (one.begin, one.draft)))


def sign_all(
    workspace: Workspace,
    chosen: Sequence[str],
    signers: Collection[Unlocked],
    *,
    now: datetime,
    report: Callable[[int, int], None],
) -> tuple[Outcome, ...]:
    """Add the signatures of `signers` to each of the drafts where they are listed and have not signed. One that
    cannot be signed does not hold up the others. `report` hears after each; what it raises stops the rest, and what
    is signed until then stays signed."""
    outcomes = []
    report(0, len(chosen))
    for done, draft in enumerate(chosen, 1):
        try:
            state = standing.standing(workspace, draft, now=now)
            open_ = {one.person for one in state.prepared.content.signers} - set(state.signed)
            here = [one for one in signers if one.person.id in open_]
            progress = signing.sign_draft(workspace, draft, here, now=now) if here else None
            outcomes.append(Outcome(draft=draft, progress=progress))
        except InspectorError as error:
            _log.info("a sheet was left unsigned: %s", error.key)
            outcomes.append(Outcome(draft=draft, error=error))
        report(done, len(chosen))
    return tuple(outcomes)


def send_back(workspace: Workspace, draft: str, remark: str, *, now: datetime) -> None:
    """One is left out: its remark goes back to who types, as a jotting that has to be dealt with before signing.
    Signatures that are there already are given up, for the content may change; the window asks first."""
    with workspace.reading() as db:
        frozen = drafts.row(db, draft).state == drafts.SIGNING
    if frozen:
        signing.thaw(workspace, draft, now=now)
    acts.jot(workspace, draft, remark, now=now)


def _waiting(workspace: Workspace, draft: str, now: datetime) -> Waiting:
    state = standing.standing(workspace, draft, now=now)
    prepared, content = state.prepared, state.prepared.content
    return Waiting(
        draft=draft,
        site=content.site.name,
        kind=prepared.form.name,
        number=content.number,
        begin=content.begin,
        findings=len(content.findings),
        missing=len(prepared.missing) + len(prepared.counterpart),
        signed=len(state.signed),
        waiting=tuple(one for one in content.signers if one.person not in state.signed),
        keys=state.keys,
    )
