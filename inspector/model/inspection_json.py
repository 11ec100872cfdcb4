"""The JSON object of `inspection import`, which `inspection show --json` prints as well.

What people and scripts write: identifiers of `model.words`, people, units and sites by id or by unique name,
numbers as decimal strings, photos as relative file names. Unknown keys are refused.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from inspector.model.errors import BadInput
from inspector.model.inspection import Choice, Mandate, Mark, PhotoRole, Signs, Stroke, TimeLimit
from inspector.model.words import Category, Severity, UncheckedReason, Verdict


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class WrittenPhoto(_Written, frozen=True, kw_only=True):
    """A photo by its file, relative to the folder of the JSON file; turned and marked as the sheet prints it."""

    file: str
    role: PhotoRole = PhotoRole.BEFORE
    caption: str = ""
    turned: Annotated[int, msgspec.Meta(ge=0, le=270, multiple_of=90)] = 0
    marks: tuple[Mark, ...] = ()


class WrittenAnswer(_Written, frozen=True, kw_only=True):
    """The answer to one item; a text item has no verdict."""

    verdict: Verdict | None = None
    value: str | None = None
    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    option: str | None = None
    text: str = ""
    reason: UncheckedReason | None = None
    why: str = ""
    note: str = ""
    bulk: bool = False


class WrittenFinding(_Written, frozen=True, kw_only=True):
    """A finding. What is left out is proposed by the item: severity, units, time limit."""

    item: str
    id: str = ""
    place: str = ""
    description: str
    quantity: str = ""
    measure_unit: str = ""
    severity: Severity | None = None
    lead_unit: str = ""
    helping_units: tuple[str, ...] | None = None
    party: str | None = None
    time_limit: TimeLimit | None = None
    fixed_on_spot: bool = False
    no_photo: str = ""
    photos: tuple[WrittenPhoto, ...] = ()


class WrittenMember(_Written, frozen=True, kw_only=True):
    """A member of the team, by id or unique name."""

    person: str
    signs: Signs = Signs.CERTIFICATE
    reason: str = ""


class WrittenTeam(_Written, frozen=True, kw_only=True):
    """The team."""

    name: str = ""
    leader: str = ""
    recorder: str = ""
    members: tuple[WrittenMember, ...] = ()


class WrittenEarlier(_Written, frozen=True, kw_only=True):
    """What became of a finding of an earlier visit."""

    finding: str
    still: bool
    photos: tuple[WrittenPhoto, ...] = ()


class WrittenJotting(_Written, frozen=True, kw_only=True):
    """A note without an item."""

    text: str = ""
    photos: tuple[WrittenPhoto, ...] = ()


class WrittenCounterpart(_Written, frozen=True, kw_only=True):
    """The counterpart's act. `shown` and `at` are filled in by the program."""

    choice: Choice
    name: str = ""
    position: str = ""
    text: str = ""
    reason: str = ""
    witness: str = ""
    strokes: tuple[Stroke, ...] = ()
    photo: str = ""
    shown: str = ""
    at: str = ""


class WrittenCorrects(_Written, frozen=True, kw_only=True):
    """The inspection that this one corrects, by id or number."""

    inspection: str
    why: str


class WrittenFollows(_Written, frozen=True, kw_only=True):
    """The inspection whose unchecked items are asked again; no items: all of them."""

    inspection: str
    items: tuple[str, ...] = ()


class Written(_Written, frozen=True, kw_only=True):
    """One inspection as it is written down outside the program. `form` is a form's id, `site` a code or entity."""

    v: Literal[1] = 1
    form: str = ""
    site: str
    category: Category
    mandate: Mandate | None = None
    corrects: WrittenCorrects | None = None
    follows: WrittenFollows | None = None
    team: WrittenTeam = WrittenTeam()
    begin: str
    end: str = ""
    weather: str = ""
    late: bool = False
    header: dict[str, str] = {}
    answers: dict[str, WrittenAnswer] = {}
    earlier: tuple[WrittenEarlier, ...] = ()
    jottings: tuple[WrittenJotting, ...] = ()
    findings: tuple[WrittenFinding, ...] = ()
    counterpart: WrittenCounterpart | None = None


def read(data: bytes, *, where: str) -> Written:
    """Raises BadInput `inspection-json-invalid` with the place in the object."""
    try:
        return msgspec.json.decode(data, type=Written)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput("inspection-json-invalid", file=where, reason=str(error)) from error


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the object."""
    return msgspec.json.schema(Written)
