"""A unit's dossier of a year, for the assessment of 文明单位: its figures month by month, and the case behind them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from inspector.model.errors import BadInput
from inspector.model.file_name import legal
from inspector.model.ranking import Tally
from inspector.model.unit import Directory
from inspector.services import case_file, figures, list_files, notice_files
from inspector.services import findings as finding_service
from inspector.services.case_file import Exported
from inspector.services.figures import Figures, Period
from inspector.store import units
from inspector.store.workspace import Workspace
from inspector.tables.headings import DOSSIER_COLUMNS, DOSSIER_FILE, DOSSIER_FOLDER, DOSSIER_TOTAL

FIRST_YEAR, LAST_YEAR = 2000, 2199


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: the `folder`, in it the workbook of figures and the case; `case` is None for a unit about which
    nothing was found in the year. `total` are the figures of the year."""

    folder: Path
    figures: Path
    total: Tally
    case: Exported | None


def of_unit(workspace: Workspace, unit: str, year: int, folder: Path, *, now: datetime) -> Dossier:
    """The dossier of a unit (an entity or a name), in a new folder below `folder`. Raises BadInput `unit-unknown`,
    `unit-ambiguous`, `dossier-year-odd`, `case-folder-not-empty`; Environment `export-failed`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput("dossier-year-odd", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    with workspace.reading() as db:
        directory = Directory(units.every(db))
    lead = finding_service.unit_of(directory, unit)
    name = directory.by_id[lead].name if lead in directory.by_id else lead.partition(":")[2]
    target = folder / legal(DOSSIER_FOLDER.format(year=year, unit=name))
    try:
        case = case_file.of_year(workspace, year, target, unit=lead)
    except BadInput as error:
        if error.key != "case-empty":
            raise
        case = None
    months = _months(year, now)
    whole = Period(first=date(year, 1, 1), last=date(year, 12, 31))
    *parts, total = (_of(one, lead) for one in figures.each(workspace, [*months, whole], at=now))
    rows = [(f"{month.first:%Y-%m}", *_cells(one)) for month, one in zip(months, parts, strict=True)]
    rows.append((DOSSIER_TOTAL, *_cells(total)))
    file = target / f"{DOSSIER_FILE.format(year=year)}.xlsx"
    notice_files.write(file, list_files.as_file(file, DOSSIER_COLUMNS, rows))
    return Dossier(folder=target, figures=file, total=total, case=case)


def _months(year: int, now: datetime) -> list[Period]:
    """The months that have begun."""
    found = []
    for month in range(1, 13):
        first = date(year, month, 1)
        if first <= now.date():
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            found.append(Period(first=first, last=last))
    return found


def _of(seen: Figures, unit: str) -> Tally:
    return next((one for one in seen.units if one.id == unit), Tally(id=unit, name=""))


def _cells(one: Tally) -> tuple[str | int, ...]:
    rate = "" if one.tenths is None else f"{one.tenths // 10}.{one.tenths % 10}%"
    return one.found, one.due, one.in_time, rate, one.late, one.overdue, one.reopened
