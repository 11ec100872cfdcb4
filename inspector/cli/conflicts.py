"""conflict list, resolve, keep-shown, keep-both, duplicate; join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group
from inspector.cli.show import show, tell, to_file
from inspector.model.finding import Move
from inspector.text import say, word_of

if TYPE_CHECKING:
    from inspector.services.conflicts import Conflict, Side
    from inspector.services.workspaces import Workspace

app = group("conflict", say("cli-conflict"))

Entity = Annotated[str, typer.Argument(metavar="ID", help=say("cli-conflict-entity"))]
Person = Annotated[str, typer.Option("--person", metavar="PERSON", help=say("cli-conflict-person"))]
_LONGEST = 40


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    entity: str
    field: str
    answer: str
    person: str
    device: str
    at: str
    photos: int
    batch: str


@command(app, "list", help=say("cli-conflict-list"), example=say("cli-conflict-list-example"))
def list_(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """What waits for a person, with both sides."""
    from inspector.services import conflicts, findings, people

    with opened(workspace) as here:
        found = conflicts.every(here)
        called = {**findings.names(here), **{one: who.name for one, who in people.by_entity(here).items()}}
    to_file([_side(one, side) for one in found for side in one.sides], out, called=called)
    if as_json:
        show({"conflicts": found})
        return
    if not found:
        tell(say("cli-conflict-none"))
    for one in found:
        name = called.get(one.entity)
        entity = say("cli-conflict-named", entity=one.entity, name=name) if name else one.entity
        typer.echo(say(f"conflict-{one.kind}", entity=entity, field=one.field))
        for side in one.sides:
            typer.echo(
                say(
                    "cli-conflict-side",
                    batch=side.batch[:16],
                    value=_short(called.get(answer := _plain(one, side), answer)),
                    person=called.get(side.person, side.person),
                    device=side.device,
                    at=f"{side.at[:10]} {side.at[11:16]}",
                    photos=len(side.photos),
                )
            )


@command(app, "resolve", help=say("cli-conflict-resolve"), example=say("cli-conflict-resolve-example"))
def resolve(
    entity: Entity,
    side: Annotated[str, typer.Option("--side", metavar="BATCH", help=say("cli-conflict-batch"))],
    field: Annotated[str, typer.Option("--field", metavar="FIELD", help=say("cli-conflict-field"))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("cli-conflict-reason"))] = "",
    person: Person = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """One side counts from now on."""
    from inspector.services import deciding

    with opened(workspace) as here:
        choice = deciding.Choice(entity, side, field)
        done = deciding.choose(here, [choice], now=now(), person=_who(here, person), reason=reason)
    _say_decided(done.count, as_json=as_json)


@command(app, "keep-shown", help=say("cli-conflict-shown"), example=say("cli-conflict-shown-example"))
def keep_shown(
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=say("cli-conflict-kind"))] = "",
    person: Person = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What is shown counts, for all fields in conflict: after a list was imported again."""
    from inspector.services import deciding

    with opened(workspace) as here:
        done = deciding.choose(here, deciding.shown(here, kind=kind), now=now(), person=_who(here, person))
    _say_decided(done.count, as_json=as_json)


@command(app, "keep-both", help=say("cli-conflict-both"), example=say("cli-conflict-both-example"))
def keep_both(
    inspections: Annotated[list[str], typer.Argument(metavar="ID", help=say("cli-conflict-inspection"))],
    person: Person = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Two visits that overlap, and both count."""
    from inspector.services import deciding

    with opened(workspace) as here:
        deciding.keep_both(here, inspections, now=now(), person=_who(here, person))
    _say_decided(len(inspections), as_json=as_json)


@command(app, "duplicate", help=say("cli-conflict-duplicate"), example=say("cli-conflict-duplicate-example"))
def duplicate(
    inspection: Annotated[str, typer.Argument(metavar="ID", help=say("cli-conflict-inspection"))],
    of: Annotated[str, typer.Option("--of", metavar="ID", help=say("cli-conflict-of"))],
    person: Person = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """One visit that was signed twice."""
    from inspector.services import deciding

    with opened(workspace) as here:
        deciding.mark_duplicate(here, [inspection], of, now=now(), person=_who(here, person))
    _say_decided(1, as_json=as_json)


def join(
    entity: Entity,
    into: Annotated[str, typer.Option("--into", metavar="ID", help=say("cli-join-into"))],
    person: Person = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Two sites, units or people that are one."""
    from inspector.services import deciding

    with opened(workspace) as here:
        deciding.join(here, entity, into, now=now(), person=_who(here, person))
    if as_json:
        show({"joined": entity, "into": into})
    else:
        tell(say("cli-joined", entity=entity, into=into))


def _who(here: Workspace, person: str) -> str | None:
    """Who decides, by name or id; nobody need be named."""
    from inspector.services import people

    return people.one(here, person).id if person else None


def _say_decided(count: int, *, as_json: bool) -> None:
    if as_json:
        show({"decided": count})
    else:
        tell(say("cli-conflict-decided", count=count))


def _side(one: Conflict, side: Side) -> _Side:
    return _Side(
        kind=say(f"conflict-kind-{one.kind}"),
        entity=one.entity,
        field=one.field,
        answer=_plain(one, side),
        person=side.person,
        device=side.device,
        at=side.at,
        photos=len(side.photos),
        batch=side.batch,
    )


def _plain(one: Conflict, side: Side) -> str:
    """What a side says, in one line."""
    if one.kind == "disputed":
        known = frozenset(Move)
        return " ".join(word_of(Move(move)) for move in side.value if move in known)
    return side.value if isinstance(side.value, str) else msgspec.json.encode(side.value).decode()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
