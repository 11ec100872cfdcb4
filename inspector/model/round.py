"""A round (一轮) while it goes on: findings that are seen in one go, and whose papers are signed on the spot, one for
each lead unit. Of re-inspections the papers are 复查意见书, after an inspection they are 现场交办单."""

from __future__ import annotations

import msgspec

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact, Received, Seen
from inspector.model.paper import Kind


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of one finding so far: `seen` is None until somebody has judged it; `photos` are SHA-256 of how it
    looks now, `time_limit` the new limit where it did not pass."""

    finding: str
    seen: Seen | None = None
    note: str = ""
    photos: tuple[str, ...] = ()
    time_limit: TimeLimit | None = None

    def lacks(self, *, closed: bool = False) -> str:
        """The first field that still has to be filled in (`seen`, `photos`, `note`, `time_limit`), empty if none: what
        passes shows it, what does not says why and until when. `closed`: one looks whether it still holds (回头看),
        which needs no photo, and its new limit begins with the next service."""
        if self.seen is None:
            return "seen"
        if self.seen is Seen.PASS:
            return "" if self.photos or closed else "photos"
        if not self.photos and not self.note.strip():
            return "note"
        return "time_limit" if self.time_limit is None and not closed else ""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """The other side of a round's paper for one lead unit. `entity` and `number` are those of the paper, taken with its
    first preview by `device`: a workspace that goes on as another one takes new ones. `received` is what its recipient
    did, `shown` the hash of what he was shown then."""

    unit: str
    entity: str
    number: str
    device: str
    received: Received | None = None
    shown: str = ""


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round. `begin` and `end` are RFC 3339, `end` empty while one is on the way; `signers` are persons (entities),
    the first one hands over; `of` is the inspection whose findings are handed over, or the draw of a 回头看.
    `undo` holds what can be taken back, the latest last."""

    id: str
    kind: Kind
    begin: str
    end: str = ""
    team: str = ""
    signers: tuple[str, ...] = ()
    contact: Contact = Contact()
    sightings: tuple[Sighting, ...] = ()
    sides: tuple[Side, ...] = ()
    of: str = ""
    undo: tuple[Sighting, ...] = ()

    def sighting(self, finding: str) -> Sighting | None:
        """What was seen of a finding; None if it is not in this round."""
        return next((one for one in self.sightings if one.finding == finding), None)

    def side(self, unit: str) -> Side | None:
        """The other side of a unit's paper; None before its first preview."""
        return next((one for one in self.sides if one.unit == unit), None)

    @property
    def looks_back(self) -> bool:
        """Whether it is a 回头看: closed findings that were drawn are looked at again; no paper comes of it."""
        return self.of.startswith("setting:")

    @property
    def judged(self) -> int:
        """How many findings somebody has judged."""
        return sum(one.seen is not None for one in self.sightings)


MOST_UNDONE = 50
"""So many sightings can be taken back, as many as acts of a draft."""


def seen(before: Round, sighting: Sighting) -> Round:
    """The round after something more was seen of one of its findings, which can be taken back."""
    old = before.sighting(sighting.finding)
    if old is None or old == sighting:
        return before
    return msgspec.structs.replace(
        before,
        sightings=tuple(sighting if one.finding == sighting.finding else one for one in before.sightings),
        undo=(*before.undo, old)[-MOST_UNDONE:],
    )


def undone(before: Round) -> tuple[Round, str]:
    """The round without what was seen last, and the finding that it was about; unchanged and empty if there is nothing
    to take back. A finding that has left the round since is passed over."""
    undo = before.undo
    while undo:
        *rest, last = undo
        undo = tuple(rest)
        if before.sighting(last.finding) is not None:
            back = seen(msgspec.structs.replace(before, undo=()), last)
            return msgspec.structs.replace(back, undo=undo), last.finding
    return msgspec.structs.replace(before, undo=()), ""


def without(before: Round, finding: str) -> Round:
    """The round without one of its findings."""
    return msgspec.structs.replace(
        before, sightings=tuple(one for one in before.sightings if one.finding != finding)
    )


def with_side(before: Round, side: Side) -> Round:
    """The round with what is known of a unit's paper now."""
    others = tuple(one for one in before.sides if one.unit != side.unit)
    return msgspec.structs.replace(before, sides=(*others, side))
