"""整改台账: out to a unit as a workbook, and back with what it did. A row comes in whole or not at all, good rows come
in as one batch, the same file again changes nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from inspector.documents.sheet_words import time_limit
from inspector.model import register as rules
from inspector.model.deadline import read_due
from inspector.model.errors import BadInput, InspectorError
from inspector.model.finding import Move, State, Step
from inspector.model.inspection import Evidence, PhotoRole
from inspector.model.register import Filled
from inspector.model.request import Report
from inspector.model.rows import tidy
from inspector.model.site import Site
from inspector.model.unit import Directory, Unit
from inspector.services import findings as finding_service
from inspector.services import moves, notices, photos
from inspector.services.drafts import plain, stamp
from inspector.services.moves import Act, Change
from inspector.store import findings, sites, units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace
from inspector.tables import answers, register
from inspector.tables.answers import Answer, Register
from inspector.tables.headings import REGISTER_JOIN
from inspector.tables.register import Line

_log = logging.getLogger(__name__)


class CellProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one cell (`K7`) of a register; `code` is the end of the key of its text (`row-<code>`)."""

    cell: str
    row: int
    code: str
    value: str = ""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A register as bytes, and the findings in it, in the order of the rows."""

    data: bytes
    findings: tuple[str, ...]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: findings whose answer came in, findings that say the same as before, and the problems of the
    rows that stayed outside, in the order of the rows."""

    changed: tuple[str, ...] = ()
    unchanged: int = 0
    errors: tuple[CellProblem, ...] = ()


def export(workspace: Workspace, unit: str, *, states: Collection[State] = ()) -> Exported:
    """The register of what `unit` (id or name) leads: findings in one of `states`, or all that are not withdrawn, by
    site and day. Photos that are not on this laptop are counted in words.
    Raises BadInput `unit-unknown`, `unit-ambiguous`."""
    with workspace.reading() as db:
        directory = Directory(units.every(db))
        lead = finding_service.unit_of(directory, unit)
        called = {site.id: site for site in sites.every(db)}
        rows = [row for row in findings.every(db) if row.lead_unit == lead]
    wanted = set(states) or set(State) - {State.WITHDRAWN}
    rows = [row for row in rows if row.state in wanted]
    rows.sort(key=lambda row: (_rank(called.get(row.site)), row.found_on, row.id))
    numbers = notices.numbers_of(workspace)
    lines = [
        _line(workspace, row, numbers.get(row.id) or str(nth), called, directory.by_id)
        for nth, row in enumerate(rows, 1)
    ]
    data = register.written(lines, unit=directory.by_id[lead].name)
    return Exported(data=data, findings=tuple(row.id for row in rows))


def import_file(workspace: Workspace, path: Path, act: Act) -> Imported:
    """Takes in what a unit filled in. A row that says nothing, or what is known, changes nothing.
    Raises BadInput for a file that is no register (`tables.answers.opened`), Refused `finding-moved-on`."""
    known = _Known(workspace)
    with answers.opened(path) as file:
        reading = _Reading(workspace, file, known, act)
        for answer in file.answers:
            reading.take(answer)
    stray = [
        CellProblem(cell=cell, row=int("".join(filter(str.isdigit, cell))), code="picture-outside")
        for cell in file.stray
    ]
    if reading.changes:
        seen = moves.look(workspace, list(reading.changes))
        moves.keep(workspace, seen, act, lambda row: reading.changes[row.id])
    _log.info("register: %d answers, %d faults", len(reading.changes), len(reading.errors) + len(stray))
    return Imported(
        changed=tuple(reading.changes),
        unchanged=reading.unchanged,
        errors=tuple(sorted((*reading.errors, *stray), key=lambda one: one.row)),
    )


class _Known:
    """What rows are compared with, read once."""

    def __init__(self, workspace: Workspace) -> None:
        with workspace.reading() as db:
            self.sites = {site.id: site for site in sites.every(db)}
            self.findings = {row.id: row for row in findings.every(db)}
        self.numbers = notices.numbers_of(workspace)

    def finding(self, cells: Mapping[str, rules.Value]) -> tuple[Row | None, str]:
        """The finding of a row: by the hidden id, else by printed number and site; or why there is none (a code). A
        row whose id, number and site do not belong together was mixed up in sorting or copying."""
        entity, number, site = (str(cells.get(name, "")) for name in ("finding", "number", "site"))
        row = self.findings.get(entity)
        if row is not None:
            right = self.numbers.get(row.id, "")
            mixed = (right and "-" in number and number != right) or (site and site != self.site_name(row))
            return (None, "finding-mixed-up") if mixed else (row, "")
        fitting = [
            self.findings[one]
            for one, printed in self.numbers.items()
            if printed == number and one in self.findings and self.site_name(self.findings[one]) == site
        ]
        return (fitting[0], "") if len(fitting) == 1 else (None, "finding-not-found")

    def site_name(self, row: Row) -> str:
        """What the register calls the site of a finding."""
        return self.sites[row.site].name if row.site in self.sites else ""


class _Reading:
    """The rows of one file, one after another: what they change, and what is wrong with them."""

    def __init__(self, workspace: Workspace, file: Register, known: _Known, act: Act) -> None:
        self._workspace, self._file, self._known, self._act = workspace, file, known, act
        self._seen: set[str] = set()
        self.changes: dict[str, Change] = {}
        self.unchanged = 0
        self.errors: list[CellProblem] = []

    def take(self, answer: Answer) -> None:
        """One row, in whole or not at all."""
        if not answer.cells and not answer.pictures and not answer.errors:
            return
        row, code = self._known.finding(answer.cells)
        if row is None:
            if _filled_in(answer):
                self._wrong(answer, "number", code)
            return
        if row.id in self._seen:
            self._wrong(answer, "number", "finding-twice")
            return
        self._seen.add(row.id)
        if not _filled_in(answer):
            self.unchanged += 1
            return
        said, faults = rules.filled(
            answer.cells,
            answer.formulas | answer.errors,
            found_on=row.found_on,
            today=self._act.now.date(),
        )
        shots = self._shots(answer, row)
        if _same(row, said, shots):
            self.unchanged += 1
            return
        for column, fault in faults:
            self._wrong(answer, column, fault)
        if "after" in answer.formulas:
            self._wrong(answer, "after", "formula")
        if "after" in answer.errors:
            self._wrong(answer, "after", "picture-unreadable")
        taken = self._taken(answer, shots)
        if faults or {"after"} & (answer.formulas | answer.errors) or taken is None:
            return
        change = self._change(row, said, taken)
        seen = moves.look(self._workspace, [row.id])
        if moves.refusals(self._workspace, seen, self._act, lambda _: change):
            self._wrong(answer, "state", "finding-not-now")
            return
        self.changes[row.id] = change

    def _wrong(self, answer: Answer, column: str, code: str) -> None:
        value = str(answer.cells.get(column, ""))
        cell = self._file.cell(answer.row, column)
        self.errors.append(
            CellProblem(cell=cell, row=answer.row, code=code, value=value[:40].replace("\n", " "))
        )

    def _shots(self, answer: Answer, row: Row) -> list[bytes | None]:
        """The pictures of a row that are not here already: neither as they are nor as they were sent out."""
        if not answer.pictures:
            return []
        reported = row.report.photos if row.report else ()
        here = {photo.sha256 for photo in reported}
        here |= set(_sent(self._workspace, (*row.photos, *reported)))
        data = [self._file.picture(part) for part in answer.pictures]
        return [one for one in data if one is None or hashlib.sha256(one).hexdigest() not in here]

    def _taken(self, answer: Answer, shots: Iterable[bytes | None]) -> list[str] | None:
        """The new pictures as photos that came in; None if one of them is no photo."""
        taken: list[str] = []
        for data in shots:
            try:
                if data is None:
                    raise BadInput("photo-truncated", name=self._file.cell(answer.row, "after"))
                name = f"{self._file.cell(answer.row, 'after')}.jpg"
                taken.append(photos.take_bytes(self._workspace, data, name=name).sha256)
            except BadInput as error:
                _log.info("a picture of a register did not come in: %s", error.key)
                self._wrong(answer, "after", "picture-unreadable")
                return None
        return taken

    def _change(self, row: Row, said: Filled, shots: list[str]) -> Change:
        before = row.report.photos if row.report else ()
        with self._workspace.reading() as db:
            evidence = (*before, *moves.after(db, shots))
        now = stamp(self._act.now)
        report = Report(**msgspec.structs.asdict(said), source=_SOURCE, photos=evidence)
        return Change(
            step=Step(move=Move.REPORT, by=self._act.by, at=now, photos=tuple(shots), reason=said.measures),
            fields={"report": plain(report)},
            blobs=moves.blobs_of(evidence),
        )


_SOURCE = "register"
"""How the answer came, for whoever reads the record."""


def _filled_in(answer: Answer) -> bool:
    """Whether a unit wrote anything into a row."""
    return bool(
        answer.pictures
        or "after" in answer.formulas | answer.errors
        or any(name in answer.cells or name in answer.errors for name in ("measures", "finished", "person"))
    )


def _same(row: Row, said: Filled, shots: Collection[bytes | None]) -> bool:
    """Whether the finding says exactly this already."""
    report = row.report or Report()
    known = {name: tidy(getattr(report, name)) for name in said.__struct_fields__}
    known["finished"] = known["finished"][:10]
    return not shots and known == msgspec.structs.asdict(said)


def _sent(workspace: Workspace, evidence: Iterable[Evidence]) -> dict[str, bytes]:
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
    shown = [tuple(_sent(workspace, some[-register.PHOTOS :]).values()) for some in (before, after)]
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
