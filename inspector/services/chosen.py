"""What a person last chose on this laptop, so that it is asked once: the look of the window, where one stood, who acts
at the desk, and the category, mandate and team of a visit. Local facts: never records, never merged."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from inspector.model.draft import Joined, Team
from inspector.model.finding import Role
from inspector.model.inspection import Mandate
from inspector.model.words import Category
from inspector.store import local
from inspector.store.workspace import Workspace

Kept = TypeVar("Kept", bound=msgspec.Struct)


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """How the window looks: `base` light, dark or system; `text_percent` 100, 125 or 150."""

    base: str = "light"
    sunlight: bool = False
    big: bool = False
    text_percent: int = 100


class Stood(msgspec.Struct, frozen=True, kw_only=True):
    """Where one stood last: screen, thing, spot in it."""

    screen: str = ""
    which: str = ""
    spot: str = ""


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """Who recorded the last step in the life of a finding (a person's entity), and in which role."""

    person: str = ""
    role: Role = Role.OFFICE


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """How the last visit was begun: the next one is proposed the same way."""

    category: Category = Category.SUPERVISION
    mandate: Mandate | None = None
    team: Team = Team()


def appearance(workspace: Workspace) -> Appearance:
    """The look chosen last."""
    return _read(workspace, "appearance", Appearance)


def keep_appearance(workspace: Workspace, chosen: Appearance) -> None:
    """Remember a look."""
    _keep(workspace, "appearance", chosen)


def stood(workspace: Workspace) -> Stood:
    """Where the window was when it was closed, or killed."""
    return _read(workspace, "stood", Stood)


def stand(workspace: Workspace, at: Stood) -> None:
    """Remember where one is; a draft's spot is kept for itself, too, so that every open draft knows where it
    stopped."""
    with workspace.transaction(first=True) as db:
        local.put(db, "stood", _text(at))
        if at.screen == "inspect" and at.spot:
            local.put(db, f"stopped/{at.which}", at.spot)


def stopped_at(workspace: Workspace, draft: str) -> str:
    """The path of the draft's part at which one stopped; empty if nothing was opened yet."""
    with workspace.reading() as db:
        return local.get(db, f"stopped/{draft}")


def acting(workspace: Workspace) -> Acting:
    """Who acts at this desk: proposed the next time."""
    return _read(workspace, "acting", Acting)


def keep_acting(workspace: Workspace, by: Acting) -> None:
    """Remember who acted."""
    _keep(workspace, "acting", by)


def visit(workspace: Workspace) -> Visit:
    """Category, mandate and team as last chosen."""
    return _read(workspace, "visit", Visit)


def keep_visit(workspace: Workspace, chosen: Visit) -> None:
    """Remember them for the next visit. Signers who were left out once are asked again next time."""
    members = tuple(Joined(person=joined.person) for joined in chosen.team.members)
    team = msgspec.structs.replace(chosen.team, members=members)
    _keep(workspace, "visit", msgspec.structs.replace(chosen, team=team))


def _read(workspace: Workspace, key: str, struct: type[Kept]) -> Kept:
    with workspace.reading() as db:
        text = local.get(db, key)
    try:
        return msgspec.json.decode(text, type=struct) if text else struct()
    except msgspec.DecodeError:
        return struct()  # written by another version: it is asked again


def _keep(workspace: Workspace, key: str, value: Any) -> None:
    with workspace.transaction() as db:
        local.put(db, key, _text(value))


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
