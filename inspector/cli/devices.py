"""device list, arrivals, keep, release, name."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group
from inspector.cli.show import listing, show, tell, to_file
from inspector.text import say

app = group("device", say("cli-device"))


@command(app, "list", help=say("cli-device-list"), example=say("cli-device-list-example"))
def list_(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Every laptop that said what it holds, and what lies here alone."""
    from inspector.services import copies

    with opened(workspace) as here:
        rows = copies.laptops(here, now=now())
        whole = copies.overview(here)
    to_file(rows, out)
    if as_json:
        show({"devices": rows, "overview": whole})
        return
    listing("devices", rows, as_json=False)
    tell(
        say(
            "cli-device-overview",
            here=whole.inspections_here,
            handed=whole.inspections_handed,
            blobs=whole.blobs_here,
            missing=whole.missing,
        )
    )


class _Came(msgspec.Struct, frozen=True, kw_only=True):
    device: str
    label: str
    wrote: str
    came: str
    remote: str
    batches: int
    gaps: int
    forks: int
    drafts: int


@command(app, "arrivals", help=say("cli-device-arrivals"), example=say("cli-device-arrivals-example"))
def arrivals(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """What came from which laptop and up to when, what of it is missing, who has unsigned drafts."""
    from inspector.services import arrivals

    with opened(workspace) as here:
        seen = arrivals.desk(here, now=now())
    rows = [
        _Came(
            device=one.device[:8],
            label=one.label,
            wrote=one.wrote,
            came=one.came.at if one.came else "",
            remote=one.came.place if one.came else "",
            batches=one.batches,
            gaps=one.missing,
            forks=len(one.forks),
            drafts=one.open,
        )
        for one in seen.sources
    ]
    if as_json:
        show(seen)
    else:
        listing("devices", rows, as_json=False)
        tell(say("cli-device-wanted", count=seen.wanted))
    to_file(rows, out)


@command(app, "keep", help=say("cli-device-keep"), example=say("cli-device-keep-example"))
def keep(
    what: Annotated[str, typer.Argument(metavar="WHAT", help=say("cli-device-keep-what"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What this laptop asks others for."""
    from inspector.services import keeping

    with opened(workspace) as here:
        keeping.choose(here, what)
    if as_json:
        show({"keeps": what})
    else:
        tell(say("cli-device-keeps", what=what))


@command(app, "release", help=say("cli-device-release"), example=say("cli-device-release-example"))
def release(workspace: At = None, as_json: AsJson = False) -> None:
    """Others' photos that two other laptops hold go from here."""
    from inspector.services import keeping

    with opened(workspace) as here:
        done = keeping.release(here)
    if as_json:
        show(done)
    else:
        tell(say("cli-device-released", blobs=done.blobs, megabytes=f"{done.bytes / 1e6:.1f}"))


@command(app, "name", help=say("cli-device-name"), example=say("cli-device-name-example"))
def name(
    label: Annotated[str, typer.Argument(metavar="NAME", help=say("cli-device-label"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """How this laptop's people call it; others hear of it with the next sync."""
    from inspector.services import copies

    with opened(workspace) as here:
        copies.name_device(here, label)
    if as_json:
        show({"label": label.strip()})
    else:
        tell(say("cli-device-named", label=label.strip()))
