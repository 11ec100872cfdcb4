"""A draft (草稿): what is typed and not signed yet. It lives in parts that are saved one by one.

The path of a part is `about`, `team`, `counterpart`, `header/<code>`, `answers/<code>`, `findings/<id>`,
`earlier/<id>`, `jottings/<id>`; `assemble` puts them together. The JSON of `inspection import` and
`inspection show --json` is `inspector.model.inspection_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from inspector.model.answer import Answer
from inspector.model.inspection import (
    Counterpart,
    Mandate,
    Mark,
    PhotoRole,
    Signs,
    TimeLimit,
)
from inspector.model.words import Category, Severity


class Replaces(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection that is corrected (更正), and why."""

    inspection: str
    why: str = ""


class Revisits(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection whose unchecked items are asked again (补查)."""

    inspection: str
    items: tuple[str, ...]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known before the first answer. `form` is a form's version, `site` an entity;
    `begin` and `end` are RFC 3339 with offset, `end` empty while the visit goes on."""

    inspection: str
    form: str
    site: str
    category: Category
    mandate: Mandate | None = None
    corrects: Replaces | None = None
    follows: Revisits | None = None
    begin: str
    end: str = ""
    weather: str = ""
    late: bool = False


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the team, by person entity, and how he stands behind the sheet."""

    person: str
    signs: Signs = Signs.CERTIFICATE
    reason: str = ""


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """The team: `leader` (组长) and `recorder` (记录人) are among the members."""

    name: str = ""
    leader: str = ""
    recorder: str = ""
    members: tuple[Joined, ...] = ()


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A photo at its finding, by the hash of the original."""

    sha256: str
    role: PhotoRole = PhotoRole.BEFORE
    caption: str = ""
    turned: int = 0
    marks: tuple[Mark, ...] = ()


class DraftFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding while it is typed. Units and people by entity; `quantity` a decimal string.
    `order` keeps the sequence in which findings of one draft were opened."""

    id: str
    item: str
    order: int = 0
    place: str = ""
    description: str = ""
    quantity: str = ""
    measure: str = ""
    severity: Severity = Severity.MINOR
    lead_unit: str = ""
    helping_units: tuple[str, ...] = ()
    party: str = ""
    time_limit: TimeLimit | None = None
    fixed_on_spot: bool = False
    no_photo: str = ""
    photos: tuple[Shot, ...] = ()


class EarlierSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a finding of an earlier visit; `item` is its item, `heads` are the batches of the finding's
    latest records as they were when the inspector decided."""

    finding: str
    item: str
    heads: tuple[str, ...] = ()
    still: bool
    photos: tuple[Shot, ...] = ()


class Jotting(msgspec.Struct, frozen=True, kw_only=True):
    """速记: a few words and photos without an item yet; it blocks signing until it is placed or struck."""

    id: str
    order: int = 0
    text: str = ""
    photos: tuple[str, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stands. `facts` says by header code why a fact of the site is another one now."""

    id: str
    about: About
    team: Team = Team()
    header: dict[str, str] = {}
    facts: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    findings: tuple[DraftFinding, ...] = ()
    earlier: tuple[EarlierSeen, ...] = ()
    jottings: tuple[Jotting, ...] = ()
    counterpart: Counterpart | None = None

    def of_item(self, code: str) -> tuple[DraftFinding, ...]:
        """The findings of an item, in the order in which they were opened."""
        return tuple(finding for finding in self.findings if finding.item == code)


SINGLE: dict[str, Any] = {"about": About, "team": Team, "counterpart": Counterpart}
MANY: dict[str, Any] = {
    "header": str,
    "facts": str,
    "answers": Answer,
    "findings": DraftFinding,
    "earlier": EarlierSeen,
    "jottings": Jotting,
}


def check_part(path: str, value: object) -> Any:
    """The part's value, checked. Raises msgspec.ValidationError and KeyError for what no draft holds."""
    group, _, name = path.partition("/")
    return msgspec.convert(value, MANY[group] if name else SINGLE[group])


def assemble(draft: str, parts: Mapping[str, Any]) -> Draft:
    """The draft made of its parts: path → plain JSON value."""
    single: dict[str, Any] = {}
    many: dict[str, dict[str, Any]] = {group: {} for group in MANY}
    for path, value in parts.items():
        group, _, name = path.partition("/")
        if name:
            many[group][name] = check_part(path, value)
        else:
            single[group] = check_part(path, value)
    return Draft(
        id=draft,
        header=many["header"],
        facts=many["facts"],
        answers=many["answers"],
        findings=tuple(sorted(many["findings"].values(), key=lambda found: (found.order, found.id))),
        earlier=tuple(sorted(many["earlier"].values(), key=lambda seen: seen.finding)),
        jottings=tuple(sorted(many["jottings"].values(), key=lambda jotting: (jotting.order, jotting.id))),
        **single,
    )
