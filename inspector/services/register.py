"""整改台账 out to a unit as a workbook that it fills in; what comes back is read by `services.register_answers`."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec

from inspector.documents.sheet_words import time_limit
from inspector.model.deadline import read_due
from inspector.model.errors import InspectorError
from inspector.model.file_name import legal
from inspector.model.finding import CLOSED, State
from inspector.model.inspection import Evidence, PhotoRole
from inspector.model.request import Report
from inspector.model.site import Site
from inspector.model.unit import Directory, Unit
from inspector.services import findings as finding_service
from inspector.services import notice_files, notices, photos
from inspector.store import findings, sites, units
from inspector.store.findings import Narrow, Row
from inspector.store.workspace import Workspace
from inspector.tables import register
from inspector.tables.headings import REGISTER_JOIN
from inspector.tables.register import Line

_log = logging.getLogger(__name__)


class UnitCount(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that leads findings: how many are not closed, and how many wait for a re-inspection."""

    unit: Unit
    open: int
    reported: int


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A register as bytes, and the findings in it, in the order of the rows."""

    data: bytes
    findings: tuple[str, ...]


def export(workspace: Workspace, unit: str, *, states: Collection[State] = ()) -> Exported:
    """The register of what `unit` (id or name) leads: findings in one of `states`, or all that are not withdrawn, by
    site and day. Photos that are not on this laptop are counted in words.
    Raises BadInput `unit-unknown`, `unit-ambiguous`."""
    with workspace.reading() as db:
        directory = Directory(units.every(db))
        lead = finding_service.unit_of(directory, unit)
        called = {site.id: site for site in sites.every(db)}
        wanted = frozenset(states) or frozenset(State) - {State.WITHDRAWN}
        answered_for = findings.page(db, Narrow(unit=lead, states=wanted))
        rows = [row for row in answered_for if row.lead_unit == lead]  # not those that it only helps with
    rows.sort(key=lambda row: (_rank(called.get(row.site)), row.found_on, row.id))
    numbers = notices.numbers_of(workspace)
    lines = [
        _line(workspace, row, numbers.get(row.id) or str(nth), called, directory.by_id)
        for nth, row in enumerate(rows, 1)
    ]
    data = register.written(lines, unit=directory.by_id[lead].name)
    return Exported(data=data, findings=tuple(row.id for row in rows))


def counts(workspace: Workspace) -> tuple[UnitCount, ...]:
    """The units that have something to put right, in the official order."""
    with workspace.reading() as db:
        by_id = {unit.id: unit for unit in units.every(db)}
        standing = findings.open_by_unit(db)
    return tuple(
        UnitCount(unit=unit, open=standing[unit.id][0], reported=standing[unit.id][1])
        for unit in sorted(by_id.values(), key=lambda one: one.rank)
        if unit.id in standing
    )


def export_files(
    workspace: Workspace,
    which: Sequence[str],
    folder: Path,
    *,
    called: str,
    on: date,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """The registers of these units (ids) in `folder`, each as <called>_<unit>_<day>.xlsx, of what is not closed; where
    they are. `report` hears after each. Raises BadInput `unit-unknown`, Environment `export-failed`."""
    written = []
    for done, unit in enumerate(which, 1):
        made = export(workspace, unit, states=frozenset(State) - CLOSED)
        name = legal(f"{called}_{_named(workspace, unit)}_{on:%Y%m%d}")
        written.append(notice_files.write(folder / f"{name}.xlsx", made.data))
        if report:
            report(done, len(which))
    return tuple(written)


def _named(workspace: Workspace, unit: str) -> str:
    with workspace.reading() as db:
        directory = Directory(units.every(db))
    return directory.by_id[finding_service.unit_of(directory, unit)].label


def sent(workspace: Workspace, evidence: Iterable[Evidence]) -> dict[str, bytes]:
    """The pictures that stand for these photos in a register, by the hash of each; of those that are here."""
    found = {}
    for photo in evidence:
        try:
            data = photos.paper(workspace, photo)
        except InspectorError as error:
            _log.info("a photo is not here: %s", error.key)
            continue
        found[hashlib.sha256(data).hexdigest()] = data
    return found


def _line(
    workspace: Workspace,
    row: Row,
    number: str,
    called: Mapping[str, Site],
    named: Mapping[str, Unit],
) -> Line:
    before = tuple(photo for photo in row.photos if photo.role is PhotoRole.BEFORE)
    after = tuple(photo for photo in row.photos if photo.role is PhotoRole.AFTER)
    report = row.report or Report()
    after += report.photos
    shown = [tuple(sent(workspace, some[-register.PHOTOS :]).values()) for some in (before, after)]
    return Line(
        finding=row.id,
        number=number,
        site=called[row.site].name if row.site in called else "",
        place=row.place,
        description=row.description,
        lead=_label(named, row.lead_unit),
        helping=REGISTER_JOIN.join(_label(named, unit) for unit in row.helping_units),
        party=row.party,
        limit=time_limit(row.time_limit) if row.time_limit else "",
        due=None if row.due_estimated else _date(row.due),
        state=row.state,
        measures=report.measures,
        finished=_date(report.finished),
        person=report.person,
        note=report.note,
        before=shown[0],
        after=shown[1],
        more_before=len(before) - len(shown[0]),
        more_after=len(after) - len(shown[1]),
    )


def _label(named: Mapping[str, Unit], unit: str) -> str:
    return named[unit].label if unit in named else unit.partition(":")[2]


def _rank(site: Site | None) -> tuple[bool, str, str]:
    return site.rank if site else (True, "", "")


def _date(text: str) -> date | datetime | None:
    try:
        return read_due(text)
    except ValueError:
        return None
