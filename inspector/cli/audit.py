"""audit: what is proven about a document, and what is not."""

from __future__ import annotations

from typing import Annotated

import typer

from inspector.cli.opening import opened
from inspector.cli.shape import AsJson, At
from inspector.cli.show import problem_line, show
from inspector.text import say


def audit(
    which: Annotated[str, typer.Argument(metavar="DOCUMENT", help=say("cli-audit-document"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """0 if the document is whole and nothing contradicts it, else 1."""
    from inspector.services import audit

    with opened(workspace) as here:
        found = audit.of(here, which)
    if as_json:
        show(
            {
                "entity": found.entity,
                "number": found.number,
                "title": found.title,
                "whole": found.whole,
                "wrong": [{"key": line.key, "message": problem_line(line)} for line in found.wrong],
                "proven": [{"key": line.key, "message": problem_line(line)} for line in found.proven],
                "not_proven": [{"key": line.key, "message": problem_line(line)} for line in found.claimed],
            }
        )
    else:
        typer.echo(say("audit-title", title=found.title, number=found.number))
        if found.wrong:
            typer.echo(say("audit-wrong"))
            for line in found.wrong:
                typer.echo(f"  {problem_line(line)}")
        typer.echo(say("audit-proven"))
        for line in found.proven:
            typer.echo(f"  {problem_line(line)}")
        typer.echo(say("audit-claimed"))
        for line in found.claimed:
            typer.echo(f"  {problem_line(line)}")
    return 0 if found.whole else 1
