"""form list | check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from inspector.cli.opening import looked_at
from inspector.cli.shape import AsJson, At, Files, command, group, optional_file
from inspector.cli.show import fail, listing, problem_line, show
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.forms import Checked

app = group("form", say("cli-form"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    site_kind: str
    title: str
    edition: int
    replaced_edition: int | None
    version: str
    scored_items: int


@command(app, "list", help=say("cli-form-list"), example=say("cli-form-list-example"))
def every(workspace: At = None, as_json: AsJson = False) -> None:
    """Forms in the order of the kinds of site; the workspace's own ones count, where there is one."""
    from inspector.services import forms

    with looked_at(workspace) as here:
        editions = forms.every(here)
        unusable = forms.unusable(here)
    rows = [
        _Row(
            id=one.form.id,
            site_kind=one.form.site_kind,
            title=one.form.title,
            edition=one.form.edition,
            replaced_edition=one.replaced.edition if one.replaced else None,
            version=one.form.version,
            scored_items=sum(item.scored for item in one.form.items()),
        )
        for one in editions
    ]
    listing("forms", rows, as_json=as_json)
    for error in unusable:
        fail(error, as_json=False)


@command(app, "check", help=say("cli-form-check"), example=say("cli-form-check-example"))
def check(
    files: Files,
    against: Annotated[Path | None, optional_file("--against", say("cli-form-against"))] = None,
    as_json: AsJson = False,
) -> int:
    """Whether the files can be used: 0 yes, 1 no."""
    from inspector.services import forms

    checked = forms.check(files, against)
    if as_json:
        show({"forms": [_as_json(one) for one in checked]})
    else:
        for one in checked:
            key = "cli-form-is-wrong" if one.faults else "cli-form-is-right"
            typer.echo(say(key, file=one.file, count=len(one.faults)))
            for problem in (*one.faults, *one.changed):
                typer.echo(f"  {problem_line(problem)}")
    return int(any(one.faults for one in checked))


def _as_json(one: Checked) -> dict[str, Any]:
    def told(problem: msgspec.Struct) -> dict[str, Any]:
        return {**msgspec.to_builtins(problem), "message": problem_line(problem)}

    return {
        "file": one.file,
        "ok": not one.faults,
        "id": one.form.id if one.form else "",
        "edition": one.form.edition if one.form else None,
        "version": one.form.version if one.form else "",
        "faults": [told(fault) for fault in one.faults],
        "changes": [told(change) for change in one.changed],
    }
