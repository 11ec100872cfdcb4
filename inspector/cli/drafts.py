"""draft list, draft take."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group
from inspector.cli.show import listing, show, tell
from inspector.text import say

app = group("draft", say("cli-draft"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    device: str
    site: str
    changed: str
    answered: int
    findings: int
    missing: int


@command(app, "list", help=say("cli-draft-list"), example=say("cli-draft-list-example"))
def list_(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """The open drafts of other laptops."""
    from inspector.services import sites, travelling

    with opened(workspace) as here:
        rows = [
            _Row(
                id=one.draft,
                device=one.label or one.device[:8],
                site=one.site,
                changed=one.changed,
                answered=one.answered,
                findings=one.findings,
                missing=one.missing,
            )
            for one in travelling.every(here)
        ]
        called = {one.id: one.name for one in sites.every(here)}
    listing("drafts", rows, as_json=as_json, called=called, file=out)


@command(app, "take", help=say("cli-draft-take"), example=say("cli-draft-take-example"))
def take(
    draft: Annotated[str, typer.Argument(metavar="ID", help=say("cli-draft-id"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Goes on with another laptop's draft here."""
    from inspector.services import travelling

    with opened(workspace) as here:
        taken = travelling.take_over(here, draft, now=now())
    if as_json:
        show(taken)
    else:
        tell(say("cli-draft-taken", draft=taken.draft, missing=taken.missing))
