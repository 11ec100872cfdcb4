"""今日小结: what a day brought, by the sheets that were signed."""

from __future__ import annotations

import msgspec

from inspector.model.words import Severity


class Visited(msgspec.Struct, frozen=True, kw_only=True):
    """A signed visit of the day. `score` in tenths, None for a 补查; `refused` is why the counterpart did not sign,
    where he refused."""

    inspection: str
    site: str
    form: str
    number: str
    begin: str
    score: int | None
    findings: int
    refused: str | None


class Severe(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that is more than 一般, in a few words."""

    site: str
    place: str
    text: str
    unit: str
    severity: Severity


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the day `on` (a date) brought, of the signed sheets alone: `units` are (name, how many findings) of the
    lead units, the most first; `fixed` counts what was put right on the spot; `unsigned` visits are not in it yet."""

    on: str
    visits: tuple[Visited, ...]
    findings: int
    fixed: int
    units: tuple[tuple[str, int], ...]
    severe: tuple[Severe, ...]
    unsigned: int
    example: bool = False

    @property
    def refused(self) -> tuple[Visited, ...]:
        """The visits where the counterpart refused to sign."""
        return tuple(one for one in self.visits if one.refused is not None)
