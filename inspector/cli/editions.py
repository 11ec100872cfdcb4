"""form publish, offered, adopt, decline."""

from __future__ import annotations

from typing import Annotated

import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile
from inspector.cli.show import listing, show, tell
from inspector.text import say

FormId = Annotated[str, typer.Argument(metavar="FORM", help=say("cli-form-id"))]


def publish(form: FormId, workspace: At = None, as_json: AsJson = False) -> None:
    """The edition that is used here goes to all laptops, and is offered there."""
    from inspector.services import editions

    with opened(workspace) as here:
        done = editions.publish(here, form, now=now())
    if as_json:
        show(done)
    else:
        tell(say("cli-form-published", form=form, edition=done.edition))


def offered(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Editions that came and are not used yet."""
    from inspector.services import editions

    with opened(workspace) as here:
        rows = editions.offered(here)
    listing("offered", rows, as_json=as_json, file=out)


def adopt(form: FormId, workspace: At = None, as_json: AsJson = False) -> None:
    """Uses a published edition from now on."""
    from inspector.services import editions

    with opened(workspace) as here:
        made = editions.adopt(here, form)
    if as_json:
        show({"form": made.id, "edition": made.edition, "version": made.version})
    else:
        tell(say("cli-form-adopted", form=made.id, edition=made.edition))


def decline(form: FormId, workspace: At = None, as_json: AsJson = False) -> None:
    """This edition is offered no more."""
    from inspector.services import editions

    with opened(workspace) as here:
        editions.decline(here, form)
    if as_json:
        show({"declined": form})
    else:
        tell(say("cli-form-declined", form=form))
