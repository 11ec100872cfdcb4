"""Settings of the office (设置): one value for all laptops, each a record that travels. What a laptop alone decides is
no setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

import msgspec

from inspector.ledger.record import Record
from inspector.model import ranking
from inspector.model.errors import BadInput
from inspector.model.rows import fault_of_form, tidy
from inspector.services.drafts import plain, stamp
from inspector.store import entities, records
from inspector.store.workspace import Workspace

T = TypeVar("T", bound=msgspec.Struct)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round of inspections (一轮): a site that was not visited since `begins` (a date) is due. Without one every
    visit counts."""

    name: str = ""
    begins: str = msgspec.field(default="", name="from")


class RankingRules(msgspec.Struct, frozen=True, kw_only=True):
    """Whether units are ranked at all, the fewest due findings of a ranked unit, and the target in percent."""

    on: bool = False
    least: int = ranking.LEAST
    target: int = ranking.TARGET


def current_round(workspace: Workspace) -> Round:
    """The round that is on."""
    return _read(workspace, "round", Round)


def ranking_rules(workspace: Workspace) -> RankingRules:
    """How units are ranked; off until the office switches it on."""
    return _read(workspace, "ranking", RankingRules)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting as it is listed and typed."""

    name: str
    value: str


def every(workspace: Workspace) -> list[Setting]:
    """All settings, those that nobody has set with their defaults."""
    found = {name: _read(workspace, name, struct) for name, struct in _STRUCTS.items()}
    return [
        Setting(name=name, value=_said(getattr(found[name.partition(".")[0]], field)))
        for name, (field, _) in _SETTINGS.items()
    ]


def put(workspace: Workspace, name: str, text: str, *, now: datetime) -> Setting:
    """Set one setting, as typed. The same value again writes nothing. Raises BadInput `setting-unknown`,
    `setting-invalid`."""
    if name not in _SETTINGS:
        raise BadInput("setting-unknown", setting=name, known=" ".join(_SETTINGS))
    field, read = _SETTINGS[name]
    kind = name.partition(".")[0]
    try:
        value = read(tidy(text))
        after = msgspec.structs.replace(_read(workspace, kind, _STRUCTS[kind]), **{field: value})
    except ValueError as error:
        raise BadInput("setting-invalid", setting=name, value=text) from error
    entity = f"setting:{kind}"
    wire = msgspec.structs.fields(_STRUCTS[kind])
    key = next(one.encode_name for one in wire if one.name == field)
    said = plain(after)[key]
    with workspace.transaction() as db:
        if entities.shown_of(db, "setting").get(entity, {}).get(key) != said:
            record = Record("setting", entity, records.heads(db, entity), {"set": {key: said}})
            records.append(db, workspace, (record,), person=None, wall=stamp(now))
    return Setting(name=name, value=_said(getattr(after, field)))


def _read(workspace: Workspace, name: str, struct: type[T]) -> T:
    with workspace.reading() as db:
        shown = entities.shown_of(db, "setting").get(f"setting:{name}", {})
    try:
        return msgspec.convert(shown, struct)
    except msgspec.ValidationError:  # written by a foreign program
        return struct()


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _text(text: str) -> str:
    if fault_of_form(text):
        raise ValueError(text)
    return text


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat() if text else ""


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError(text)
    return text == "on"


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise ValueError(text)
        return int(text)

    return read


_STRUCTS: Final[Mapping[str, type[Any]]] = {"round": Round, "ranking": RankingRules}

_SETTINGS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "round.name": ("name", _text),
    "round.from": ("begins", _day),
    "ranking.on": ("on", _switch),
    "ranking.least": ("least", _between(1, 1000)),
    "ranking.target": ("target", _between(1, 100)),
}
"""Each setting as it is typed: its field, and how it is read. The office's hours are `calendar hours`."""
