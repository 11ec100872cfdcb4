"""handover | reinspect: papers that are made, signed and handed over in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inspector.cli import receiving
from inspector.cli.moves import print_preview
from inspector.cli.opening import now, opened, passphrase_files
from inspector.cli.receiving import ContactName, ContactPlace, ContactTelephone, Limit
from inspector.cli.shape import AsJson, At, PassphraseFiles, optional_files
from inspector.cli.show import listing
from inspector.model.errors import BadInput
from inspector.model.notice import Contact, Seen
from inspector.text import say

_USUAL = 30
"""Minutes that a re-inspection is taken to have lasted when nobody says."""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: str
    to: str
    findings: int
    document: str


@receiving.receives
def handover(
    which: Annotated[list[str], typer.Argument(metavar="FINDING", help=say("cli-handover-which"))],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("cli-handover-by"))],
    arrival: receiving.Arrival,
    preview: Annotated[bool, typer.Option("--preview", help=say("cli-preview"))] = False,
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """现场交办单: one for each lead unit; the limits begin."""
    from inspector.services import handovers, people

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        act = arrival(here)
        findings = handovers.chosen(here, which)
        if preview:
            ahead = handovers.preview(here, findings, people.one(here, by), act)
            print_preview(ahead, as_json=as_json)
            return
        leader = receiving.unlocked(here, by, files)
        asked = Contact(name=contact or by, telephone=telephone, place=office)
        done = handovers.hand_over(here, findings, leader, act, contact=asked, now=now())
        rows = [
            _Row(id=one.id, number=one.number, to=one.to.name, findings=len(one.findings), document=one.sheet)
            for one in done
        ]
    listing("notices", rows, as_json=as_json)


@receiving.receives
def reinspect(
    which: Annotated[list[str], typer.Argument(metavar="FINDING", help=say("cli-findings-id"))],
    by: Annotated[list[str], typer.Option("--by", metavar="NAME", help=say("cli-reinspect-by"))],
    arrival: receiving.Arrival,
    passed: Annotated[bool, typer.Option("--pass", help=say("cli-reinspect-pass"))] = False,
    failed: Annotated[bool, typer.Option("--fail", help=say("cli-reinspect-fail"))] = False,
    partly: Annotated[bool, typer.Option("--partly", help=say("cli-reinspect-partly"))] = False,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-reinspect-note"))] = "",
    limit: Limit = "",
    photos: Annotated[list[Path] | None, optional_files("--photo", say("cli-reinspect-photo"))] = None,
    team: Annotated[str, typer.Option("--team", metavar="TEXT", help=say("cli-reinspect-team"))] = "",
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """复查意见书: one for each lead unit; what passed is closed by it."""
    from inspector.services import paperwork, reinspections

    seen = _seen(passed, failed, partly)
    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        act = arrival(here)
        shots = paperwork.evidence(here, photos or ())
        looks = [
            reinspections.Look(
                finding=one if one.startswith("finding:") else f"finding:{one}",
                seen=seen,
                note=note,
                photos=shots,
                time_limit=receiving.limit(limit) if limit else None,
            )
            for one in which
        ]
        end = receiving.instant(act.at)
        done = reinspections.reinspect(
            here,
            looks,
            [receiving.unlocked(here, one, files) for one in by],
            reinspections.Visit(team=team, begin=end - timedelta(minutes=_USUAL), end=end),
            act,
            contact=Contact(name=contact or by[0], telephone=telephone, place=office),
            now=now(),
        )
        rows = [
            _Row(id=one.id, number=one.number, to=one.to.name, findings=len(one.findings), document=one.sheet)
            for one in done
        ]
    listing("notices", rows, as_json=as_json)


def _seen(*chosen: bool) -> Seen:
    """Exactly one of --pass, --fail, --partly."""
    said: Sequence[Seen] = [
        seen for seen, yes in zip((Seen.PASS, Seen.FAIL, Seen.PARTLY), chosen, strict=True) if yes
    ]
    if len(said) != 1:
        raise BadInput("cli-reinspect-one")
    return said[0]
