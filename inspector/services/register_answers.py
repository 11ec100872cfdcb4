"""整改台账 back from a unit: each row with what it says, seen before anything is written, then taken in. A row comes in
whole or not at all, good rows come in as one batch, the same file again changes nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.model import register as rules
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Step
from inspector.model.register import Filled
from inspector.model.request import Report
from inspector.model.rows import tidy
from inspector.services import moves, notices, photos
from inspector.services.drafts import plain, stamp
from inspector.services.moves import Act, Change
from inspector.services.register import sent
from inspector.store import findings, sites
from inspector.store.findings import Row
from inspector.store.workspace import Workspace
from inspector.tables import answers
from inspector.tables.answers import Answer, Register

_log = logging.getLogger(__name__)


class CellProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one cell (`K7`) of a register; `code` is the end of the key of its text (`row-<code>`)."""

    cell: str
    row: int
    code: str
    value: str = ""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: findings whose answer came in, findings that say the same as before, and the problems of the
    rows that stayed outside, in the order of the rows."""

    changed: tuple[str, ...] = ()
    unchanged: int = 0
    errors: tuple[CellProblem, ...] = ()


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One row that says something. `row` is its number in the file; `finding` is empty where the row belongs to none;
    `pictures` are small JPEGs of the new ones. Without `problems` and not `same` it comes in."""

    row: int
    finding: str = ""
    number: str = ""
    site: str = ""
    place: str = ""
    description: str = ""
    said: Filled = Filled()
    pictures: tuple[bytes, ...] = ()
    same: bool = False
    problems: tuple[CellProblem, ...] = ()

    @property
    def comes(self) -> bool:
        """Whether it comes in."""
        return not self.same and not self.problems


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What `import_file` would do with a file of these bytes (SHA-256). `silent` rows say nothing; `stray` are pictures
    outside of all rows."""

    digest: str
    rows: tuple[Read, ...]
    silent: int = 0
    stray: tuple[CellProblem, ...] = ()

    @property
    def coming(self) -> int:
        """How many rows come in."""
        return sum(row.comes for row in self.rows)


Looked = tuple[str, bytes]
"""A picture of a file: the SHA-256 of its original, and a small JPEG."""


def preview(workspace: Workspace, path: Path, *, now: datetime) -> Preview:
    """What a file would do, row by row; nothing is written. Raises like `tables.answers.opened`."""
    act = Act(by="nobody", now=now)
    with answers.opened(path) as file:
        reading = _Reading(workspace, file, _Known(workspace), act, _peeked)
        rows = [read for answer in file.answers if (read := reading.read(answer))]
        return Preview(
            digest=_digest(path),
            rows=tuple(msgspec.structs.replace(read, pictures=reading.small(read)) for read in rows),
            silent=reading.silent,
            stray=_stray(file),
        )


def import_file(workspace: Workspace, path: Path, act: Act, *, previewed: str = "") -> Imported:
    """Takes in what a unit filled in. A row that says nothing, or what is known, changes nothing. `previewed`: the
    digest of the file that somebody looked at. Raises BadInput for a file that is no register
    (`tables.answers.opened`), Refused `register-changed`, `finding-moved-on`."""
    if previewed and _digest(path) != previewed:
        raise Refused("register-changed", file=path.name)
    with answers.opened(path) as file:
        reading = _Reading(workspace, file, _Known(workspace), act, _taker(workspace))
        rows = [read for answer in file.answers if (read := reading.read(answer))]
        stray = _stray(file)
    changes = {read.finding: reading.change(read) for read in rows if read.comes}
    if changes:
        seen = moves.look(workspace, list(changes))
        moves.keep(workspace, seen, act, lambda row: changes[row.id])
    errors = [problem for read in rows for problem in read.problems]
    _log.info("register: %d answers, %d faults", len(changes), len(errors) + len(stray))
    return Imported(
        changed=tuple(changes),
        unchanged=reading.silent + sum(read.same for read in rows),
        errors=tuple(sorted((*errors, *stray), key=lambda one: one.row)),
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput("table-unreadable", file=path.name, reason=reason) from error


def _stray(file: Register) -> tuple[CellProblem, ...]:
    return tuple(
        CellProblem(cell=cell, row=int("".join(filter(str.isdigit, cell))), code="picture-outside")
        for cell in file.stray
    )


def _peeked(data: bytes, name: str) -> Looked:
    return hashlib.sha256(data).hexdigest(), photos.peek(data, name=name)


def _taker(workspace: Workspace) -> Callable[[bytes, str], Looked]:
    def take(data: bytes, name: str) -> Looked:
        return photos.take_bytes(workspace, data, name=name).sha256, b""

    return take


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
    """The rows of one file, one after another: what they say, and what is wrong with them. `look` sees or takes in a
    picture, of rows that are right otherwise."""

    def __init__(
        self,
        workspace: Workspace,
        file: Register,
        known: _Known,
        act: Act,
        look: Callable[[bytes, str], Looked],
    ) -> None:
        self._workspace, self._file, self._known, self._act, self._look = workspace, file, known, act, look
        self._seen: set[str] = set()
        self._looked: dict[int, list[Looked]] = {}
        self.silent = 0

    def read(self, answer: Answer) -> Read | None:
        """One row; None if it says nothing."""
        if not answer.cells and not answer.pictures and not answer.errors:
            return None
        row, code = self._known.finding(answer.cells)
        if row is None:
            return self._stranger(answer, code) if _filled_in(answer) else None
        if row.id in self._seen:
            return self._stranger(answer, "finding-twice")
        self._seen.add(row.id)
        if not _filled_in(answer):
            self.silent += 1
            return None
        said, faults = rules.filled(
            answer.cells,
            answer.formulas | answer.errors,
            found_on=row.found_on,
            today=self._act.now.date(),
        )
        read = Read(
            row=answer.row,
            finding=row.id,
            number=self._known.numbers.get(row.id, ""),
            site=self._known.site_name(row),
            place=row.place,
            description=row.description,
            said=said,
        )
        shots = self._shots(answer, row)
        if _same(row, said, shots):
            return msgspec.structs.replace(read, same=True)
        problems = [self._problem(answer, column, fault) for column, fault in faults]
        if "after" in answer.formulas:
            problems.append(self._problem(answer, "after", "formula"))
        if "after" in answer.errors:
            problems.append(self._problem(answer, "after", "picture-unreadable"))
        try:
            self._looked[answer.row] = [self._looked_at(answer, data) for data in shots]
        except BadInput as error:
            _log.info("a picture of a register did not come in: %s", error.key)
            problems.append(self._problem(answer, "after", "picture-unreadable"))
        if not problems and self._refused(read):
            problems.append(self._problem(answer, "state", "finding-not-now"))
        return msgspec.structs.replace(read, problems=tuple(problems))

    def small(self, read: Read) -> tuple[bytes, ...]:
        """The new pictures of a row, small."""
        return tuple(small for _, small in self._looked.get(read.row, ()))

    def change(self, read: Read) -> Change:
        """What a row that comes in does to its finding."""
        row = self._known.findings[read.finding]
        shots = [sha256 for sha256, _ in self._looked.get(read.row, ())]
        before = row.report.photos if row.report else ()
        with self._workspace.reading() as db:
            evidence = (*before, *moves.after(db, shots))
        report = Report(**msgspec.structs.asdict(read.said), source=_SOURCE, photos=evidence)
        return Change(step=self._step(read), fields={"report": plain(report)}, blobs=moves.blobs_of(evidence))

    def _step(self, read: Read) -> Step:
        shots = tuple(sha256 for sha256, _ in self._looked.get(read.row, ()))
        return Step(
            move=Move.REPORT,
            by=self._act.by,
            at=stamp(self._act.now),
            photos=shots,
            reason=read.said.measures,
        )

    def _refused(self, read: Read) -> bool:
        seen = moves.look(self._workspace, [read.finding])
        step = self._step(read)
        return bool(moves.refusals(self._workspace, seen, self._act, lambda _: Change(step=step)))

    def _stranger(self, answer: Answer, code: str) -> Read:
        """A row that belongs to no finding, or to one that stands above it already."""
        return Read(
            row=answer.row,
            number=str(answer.cells.get("number", "")),
            site=str(answer.cells.get("site", "")),
            place=str(answer.cells.get("place", "")),
            description=str(answer.cells.get("description", "")),
            problems=(self._problem(answer, "number", code),),
        )

    def _problem(self, answer: Answer, column: str, code: str) -> CellProblem:
        value = str(answer.cells.get(column, ""))
        cell = self._file.cell(answer.row, column)
        return CellProblem(cell=cell, row=answer.row, code=code, value=value[:40].replace("\n", " "))

    def _looked_at(self, answer: Answer, data: bytes | None) -> Looked:
        name = f"{self._file.cell(answer.row, 'after')}.jpg"
        if data is None:
            raise BadInput("photo-truncated", name=name)
        return self._look(data, name)

    def _shots(self, answer: Answer, row: Row) -> list[bytes | None]:
        """The pictures of a row that are not here already: neither as they are nor as they were sent out."""
        if not answer.pictures:
            return []
        reported = row.report.photos if row.report else ()
        here = {photo.sha256 for photo in reported}
        here |= set(sent(self._workspace, (*row.photos, *reported)))
        data = [self._file.picture(part) for part in answer.pictures]
        return [one for one in data if one is None or hashlib.sha256(one).hexdigest() not in here]


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
