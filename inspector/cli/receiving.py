"""What commands share that hand a paper to somebody: who took it, how, when; limits; keys that sign."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

import msgspec
import typer

from inspector.cli.opening import now, passphrase
from inspector.cli.shape import optional_files
from inspector.cli.show import tell
from inspector.model.errors import BadInput
from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact, Received
from inspector.model.paper import Way
from inspector.model.unit import Directory
from inspector.model.words import TimeLimitKind
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.people import Unlocked
    from inspector.services.workspaces import Workspace


def text(name: str, help: str, metavar: str = "TEXT") -> Any:
    """An option that takes a text."""
    return typer.Option(name, metavar=metavar, help=help)


WayOption = Annotated[str, text("--way", say("cli-way"), "WAY")]
At_ = Annotated[str, text("--at", say("cli-served-at"), "ISO")]
To = Annotated[str, text("--to", say("cli-served-to"))]
Position = Annotated[str, text("--position", say("cli-served-position"))]
Telephone = Annotated[str, text("--to-telephone", say("cli-served-telephone"))]
Place = Annotated[str, text("--place", say("cli-served-place"))]
Relation = Annotated[str, text("--relation", say("cli-served-relation"))]
Reason = Annotated[str, text("--reason", say("cli-served-reason"))]
Witness = Annotated[str, text("--witness", say("cli-served-witness"))]
Photos = Annotated[list[Path] | None, optional_files("--photo", say("cli-served-photo"))]
ContactName = Annotated[str, text("--contact", say("cli-contact"), "NAME")]
ContactTelephone = Annotated[str, text("--telephone", say("cli-contact-telephone"))]
ContactPlace = Annotated[str, text("--office", say("cli-contact-place"))]
Limit = Annotated[str, text("--limit", say("cli-limit"), "LIMIT")]


Arrival = Callable[[Any], Received]
"""Reads how a paper arrived, out of the options that say so; it needs the workspace, into which photos come."""

_SAYING: Final[Mapping[str, tuple[Any, Any]]] = {
    "to": (To, ""),
    "way": (WayOption, "receipt"),
    "at": (At_, ""),
    "position": (Position, ""),
    "to_telephone": (Telephone, ""),
    "place": (Place, ""),
    "relation": (Relation, ""),
    "reason": (Reason, ""),
    "witness": (Witness, ""),
    "photos": (Photos, None),
}


def receives(call: Callable[..., None]) -> Callable[..., None]:
    """A command with a parameter `arrival: Arrival`: the options that say how a paper arrived stand here once for all
    such commands. One that the command has itself (re-inspections have photos of their own) is not taken away."""
    own = inspect.signature(call).parameters
    hints = get_type_hints(call, include_extras=True)
    taken = {name: of for name, of in _SAYING.items() if name not in own}

    @wraps(call)
    def told(**given: Any) -> None:
        saying = {name: given.pop(name) if name in taken else empty for name, (_, empty) in _SAYING.items()}
        call(**given, arrival=lambda here: _received(here, **saying))

    plain = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        *(
            inspect.Parameter(name, plain, default=one.default, annotation=hints[name])
            for name, one in own.items()
            if name != "arrival"
        ),
        *(
            inspect.Parameter(name, plain, default=empty, annotation=option)
            for name, (option, empty) in taken.items()
        ),
    ]
    told.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    told.__annotations__ = {one.name: one.annotation for one in parameters}
    return told


def _received(
    here: Workspace,
    *,
    way: str,
    at: str,
    to: str,
    position: str,
    to_telephone: str,
    place: str,
    relation: str,
    reason: str,
    witness: str,
    photos: Sequence[Path] | None,
) -> Received:
    """How a paper arrived. Raises BadInput `cli-way-unknown`, `cli-time-invalid`."""
    from inspector.services import paperwork

    if way not in set(Way):
        raise BadInput("cli-way-unknown", way=way, known=" ".join(Way))
    when = instant(at) if at else now()
    return Received(
        way=Way(way),
        at=when.isoformat(timespec="seconds"),
        place=place,
        name=to,
        position=position,
        telephone=to_telephone,
        relation=relation,
        reason=reason,
        witness=witness,
        photos=paperwork.evidence(here, photos or ()),
    )


def each_unit(
    here: Workspace, act: Received, given: Sequence[str], file: Path | None
) -> Received | Mapping[str, Received]:
    """The act for all units, or for each unit with its own receiver: those of a list, and UNIT=NAME, which wins. Raises
    BadInput `cli-receiver-invalid`, `unit-unknown`, `unit-ambiguous`, `receivers-invalid`."""
    from inspector.services import findings, receivers, units

    if not given and file is None:
        return act
    directory = Directory(units.every(here))
    found: dict[str, Received] = {}
    if file is not None:
        listed = receivers.read_file(here, file, act)
        for wrong in listed.errors:
            message = say(f"row-{wrong.code}", value=wrong.value, column=wrong.column)
            key = "cli-import-cell" if wrong.column else "cli-import-row"
            tell(say(key, row=wrong.row, column=wrong.column, message=message))
        if listed.errors:
            raise BadInput("receivers-invalid", file=file.name, count=len(listed.errors))
        found |= listed.by_unit
    for one in given:
        unit, equals, name = one.partition("=")
        if not unit or not equals or not name:
            raise BadInput("cli-receiver-invalid", given=one)
        found[findings.unit_of(directory, unit)] = msgspec.structs.replace(act, name=name)
    return found


def instant(given: str) -> datetime:
    """A time, with this machine's offset where it has none. Raises BadInput `cli-time-invalid`."""
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadInput("cli-time-invalid", given=given) from error
    return at if at.tzinfo is not None else at.astimezone()


def day(given: str) -> date:
    """A date. Raises BadInput `cli-time-invalid`."""
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadInput("cli-time-invalid", given=given) from error


def limit(given: str) -> TimeLimit:
    """workday:3, calday:7, hour:24, workhour:4 or at_once. Raises BadInput `cli-limit-invalid`."""
    kind, _, n = given.partition(":")
    if kind not in set(TimeLimitKind) or not (n.isascii() and n.isdigit() if n else kind == "at_once"):
        raise BadInput("cli-limit-invalid", given=given, known=" ".join(TimeLimitKind))
    return TimeLimit(kind=TimeLimitKind(kind), n=int(n or 0))


def contact(name: str, telephone: str, place: str) -> Contact | None:
    """Whom a unit asks; None if nobody is named: the last one then."""
    return Contact(name=name, telephone=telephone, place=place) if name or telephone or place else None


def unlocked(here: Workspace, name: str, files: Mapping[str, str]) -> Unlocked:
    """A person with his key opened."""
    from inspector.services import people

    return people.unlock(here, people.one(here, name).id, passphrase(name, files))
