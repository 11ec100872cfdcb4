"""What a list of sites must be, and what it makes of the sites that are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from inspector.model.rows import Row, RowProblem, fault_of_form, half_width, problem, split
from inspector.model.site import CODE, DEGREE, Site, entity, folded_code
from inspector.model.unit import Directory, Unit, folded
from inspector.model.words import COMMUNITY, STREET

COLUMNS = (
    "code",
    "name",
    "alias",
    "kind",
    "address",
    "street",
    "community",
    "grid",
    "lead",
    "helpers",
    "position",
    "longitude",
    "latitude",
    "note",
)
LONGITUDE = (Decimal(73), Decimal(136))
LATITUDE = (Decimal(3), Decimal(54))
"""Degrees: the mainland with its seas. Source: the import rules of the lists (docs/forms.md, 单位表和点位表)."""

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_COORDINATES = ("longitude", "latitude")


class SiteRules:
    """The rules of a list of sites against what is known: units, sites, and the kinds of the forms in force."""

    def __init__(self, *, units: Iterable[Unit], sites: Iterable[Site], kinds: Collection[str]) -> None:
        self._units = Directory(units)
        self._kinds = frozenset(kinds)
        self._known: dict[str, Site] = {}
        for site in sorted(sites, key=lambda site: (site.id != entity(site.code), site.id)):
            if site.code:
                self._known.setdefault(folded_code(site.code), site)

    def read(
        self, rows: Sequence[Row], *, present: Collection[str]
    ) -> tuple[tuple[Site, ...], tuple[RowProblem, ...]]:
        """The sites of a list as they will be, in the order of its rows, and every problem of every row.
        Columns that the file lacks (not in `present`) stay as they are."""
        sites: list[Site] = []
        problems: list[RowProblem] = []
        first: set[str] = set()
        for row in rows:
            found = self._faults(row, first)
            code = folded_code(row.cells["code"])
            first.add(code)
            problems += found
            if not found:
                before = self._known.get(code) or Site(id=entity(code), code=code, name="", kind="")
                sites.append(self._filled(before, row, present))
        return tuple(sites), tuple(problems)

    def add(self, row: Row, *, id: str) -> tuple[Site, tuple[RowProblem, ...]]:
        """The site `id` that a row describes, and the problems of its cells. Its code may be missing, and must not
        be that of a known site."""
        found = self._faults(row, self._known)
        if not row.cells["code"]:
            found = [one for one in found if one.column != "code"]
        blank = Site(id=id, code=folded_code(row.cells["code"]), name="", kind="")
        return blank if found else self._filled(blank, row, COLUMNS), tuple(found)

    def change(self, before: Site, row: Row, present: Collection[str]) -> tuple[Site, tuple[RowProblem, ...]]:
        """`before` as a row describes it now, in the columns that are `present`. Its kind stands, since items and
        history hang on it; so does its code, once it has one."""
        code = before.code or row.cells["code"]
        row = Row(row.number, {**row.cells, "kind": before.kind, "code": code})
        found = self._faults(row, self._known.keys() - {before.code})
        found = [one for one in found if one.column != "kind" and (code or one.column != "code")]
        after = before if found else self._filled(before, row, present)
        return msgspec.structs.replace(after, code=folded_code(code)), tuple(found)

    def _faults(self, row: Row, earlier: Collection[str]) -> list[RowProblem]:
        """The problems of one row in the order of the columns. A cell with a fault of form gets no second one."""
        codes: dict[str, str] = {}
        for column in COLUMNS:
            text = row.cells.get(column, "")
            codes[column] = fault_of_form(text, lines=column == "note", number=column in _COORDINATES)
        checks: dict[str, Callable[[Row], str]] = {
            "code": lambda row: self._code(row, earlier),
            "name": lambda row: "" if row.cells["name"].strip() else "missing-value",
            "kind": self._kind,
            "street": self._street,
            "community": self._community,
            "lead": lambda row: self._named(row.cells.get("lead", "")),
            "helpers": self._helpers,
        }
        for column, check in checks.items():
            codes[column] = codes[column] or check(row)
        if not any(codes[column] for column in _COORDINATES):
            codes |= _position(*(half_width(row.cells.get(column, "")) for column in _COORDINATES))
        return [
            self._helper_problem(row, codes[column])
            if column == "helpers"
            else problem(row, column, codes[column])
            for column in COLUMNS
            if codes[column]
        ]

    def _code(self, row: Row, earlier: Collection[str]) -> str:
        code = folded_code(row.cells["code"])
        if not code:
            return "missing-value"
        if not CODE.fullmatch(code):
            return "bad-code"
        return "duplicate-code" if code in earlier else ""

    def _kind(self, row: Row) -> str:
        kind = row.cells["kind"]
        if not kind:
            return "missing-value"
        if kind not in self._kinds:
            return "unknown-kind"
        known = self._known.get(folded_code(row.cells["code"]))
        return "code-kind-conflict" if known and known.kind != kind else ""

    def _named(self, name: str) -> str:
        if not name:
            return ""
        fits = self._units.called(name)
        return "" if len(fits) == 1 else "ambiguous-unit" if fits else "unknown-unit"

    def _helpers(self, row: Row) -> str:
        codes = (self._named(name) for name in split(row.cells.get("helpers", "")))
        return next((code for code in codes if code), "")

    def _helper_problem(self, row: Row, code: str) -> RowProblem:
        """Names the helper at fault, where it is one of several in its cell."""
        names = split(row.cells["helpers"])
        at_fault = [name for name in names if self._named(name) == code]
        cell = at_fault[0] if at_fault else row.cells["helpers"]
        return problem(Row(row.number, {"helpers": cell}), "helpers", code)

    def _street(self, row: Row) -> str:
        name = row.cells.get("street", "")
        if not name:
            return ""
        fits = self._streets(name)
        return "" if len(fits) == 1 else "ambiguous-unit" if fits else "unknown-unit"

    def _community(self, row: Row) -> str:
        """Within its street only; where that is wrong itself, nothing can be said."""
        name = row.cells.get("community", "")
        if not name or self._street(row):
            return ""
        fits = self._communities(name, row.cells.get("street", ""))
        return "" if len(fits) == 1 else "ambiguous-unit" if fits else "unknown-unit"

    def _streets(self, name: str) -> list[Unit]:
        return [unit for unit in self._units.called(name) if STREET in (unit.type, *unit.roles)]

    def _communities(self, name: str, street: str) -> list[Unit]:
        fits = [unit for unit in self._units.called(name) if COMMUNITY in (unit.type, *unit.roles)]
        if not street:
            return fits
        return [unit for unit in fits if any(lies_in(unit, around) for around in self._streets(street))]

    def _filled(self, before: Site, row: Row, present: Collection[str]) -> Site:
        cells = row.cells
        lead = self._units.called(cells.get("lead", ""))
        streets = self._streets(cells.get("street", ""))
        communities = self._communities(cells.get("community", ""), cells.get("street", ""))
        values: dict[str, tuple[str, object]] = {
            "name": ("name", cells["name"]),
            "alias": ("aliases", split(cells.get("alias", ""))),
            "kind": ("kind", cells["kind"]),
            "address": ("address", cells.get("address", "")),
            "street": ("street", streets[0].id if streets else ""),
            "community": ("community", communities[0].id if communities else ""),
            "grid": ("grid", half_width(cells.get("grid", ""))),
            "lead": ("lead_unit", lead[0].id if lead else ""),
            "helpers": (
                "helping_units",
                tuple(self._units.called(name)[0].id for name in split(cells.get("helpers", ""))),
            ),
            "position": ("position", cells.get("position", "")),
            "longitude": ("longitude", _ten_millionths(cells.get("longitude", ""))),
            "latitude": ("latitude", _ten_millionths(cells.get("latitude", ""))),
            "note": ("note", cells.get("note", "")),
        }
        return msgspec.structs.replace(
            before, **dict(values[column] for column in values if column in present)
        )


def lies_in(community: Unit, street: Unit) -> bool:
    """Whether a community belongs to a street: its full name begins with one of the street's names
    (堃阳街道 + 新村社区). The lists have no other sign of it."""
    names = (street.name, street.short, *street.former_names)
    return any(name and folded(community.name).startswith(folded(name)) for name in names)


def _position(longitude: str, latitude: str) -> dict[str, str]:
    """Codes by column for a pair of cells in half width."""
    cells = dict(zip(_COORDINATES, (longitude, latitude), strict=True))
    if not any(cells.values()):
        return {}
    codes = {
        column: "coordinate-incomplete" if not text else "" if _NUMBER.fullmatch(text) else "not-a-number"
        for column, text in cells.items()
    }
    if not any(codes.values()) and _within(longitude, LATITUDE) and _within(latitude, LONGITUDE):
        return {"longitude": "coordinate-swapped"}
    for column, bounds in (("longitude", LONGITUDE), ("latitude", LATITUDE)):
        if not codes[column] and not _within(cells[column], bounds):
            codes[column] = "coordinate-range"
    return codes


def _within(text: str, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= Decimal(text) <= bounds[1]


def _ten_millionths(text: str) -> int | None:
    if not text:
        return None
    return int((Decimal(half_width(text)) * DEGREE).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
