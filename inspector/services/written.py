"""The JSON object of `inspection import` and `inspection show --json`: from a file to a draft, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from inspector.model import decimals, inspection_json
from inspector.model.answer import Answer
from inspector.model.draft import (
    DraftFinding,
    EarlierSeen,
    Joined,
    Jotting,
    Shot,
    Team,
    assemble,
)
from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.inspection import Counterpart
from inspector.model.inspection_json import (
    Written,
    WrittenAnswer,
    WrittenCorrects,
    WrittenCounterpart,
    WrittenEarlier,
    WrittenFinding,
    WrittenFollows,
    WrittenJotting,
    WrittenMember,
    WrittenPhoto,
    WrittenTeam,
)
from inspector.model.unit import Directory
from inspector.services import corrections, counterparts, drafts, forms, inspections, people, photos
from inspector.store import blobs, findings, units
from inspector.store import drafts as draft_store
from inspector.store import sites as site_store
from inspector.store.workspace import Workspace

_Found = TypeVar("_Found")


def import_file(workspace: Workspace, file: Path, *, now: datetime) -> str:
    """The draft that the JSON file describes; its id. Nothing by half: photos come first, and a blob without a draft
    does no harm. Raises BadInput `inspection-json-invalid`, `photo-outside-folder`, `site-unknown`,
    `person-unknown`, `person-ambiguous`, `unit-unknown`, `unit-ambiguous`, `form-unknown`, and those of photos."""
    written = inspection_json.read(file.read_bytes(), where=file.name)
    return import_written(workspace, written, file.parent, now=now)


def import_written(workspace: Workspace, written: Written, folder: Path, *, now: datetime) -> str:
    """The same for an object that is already read; its photos lie below `folder`."""
    reader = _Reader(workspace, written, folder)
    parts = reader.parts()
    act = reader.counterpart(written.counterpart) if written.counterpart else None
    if written.corrects:
        draft = corrections.correct(workspace, written.corrects.inspection, why=written.corrects.why)
    elif written.follows:
        draft = corrections.revisit(
            workspace, written.follows.inspection, items=written.follows.items, now=reader.begin
        )
    else:
        draft = drafts.start(
            workspace, site=reader.site, category=written.category, now=reader.begin, form=reader.form
        )
    typed = drafts.read(workspace, draft)
    about = msgspec.structs.replace(
        typed.about,
        category=written.category,
        mandate=written.mandate,
        begin=written.begin,
        end=written.end,
        weather=written.weather,
        late=written.late,
    )
    gone: dict[str, Any] = {f"findings/{one.id}": None for one in typed.findings}
    drafts.change(workspace, draft, "act-import", {**gone, **parts, "about": about}, now=now)
    if act:
        counterparts.record(workspace, draft, act, now=now)
    return draft


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("time-invalid", text=text) from error
    if moment.tzinfo is None:
        raise BadInput("time-without-offset", text=text)
    return moment


def _unique(found: Sequence[_Found], name: str, kind: str) -> _Found:
    if len(found) == 1:
        return found[0]
    raise BadInput(f"{kind}-{'ambiguous' if found else 'unknown'}", name=name)


class _Reader:
    """Turns names into entities and files into blobs, for one object."""

    def __init__(self, workspace: Workspace, written: Written, folder: Path) -> None:
        self._workspace = workspace
        self._written = written
        self._folder = folder.resolve()
        self.begin = _time(written.begin)
        if written.end:
            _time(written.end)
        with workspace.reading() as db:
            self._units = Directory(units.every(db))
            self.site = site_store.find(db, written.site)
            self._kind = site_store.one(db, self.site).kind
        self._people = people.every(workspace)
        earlier = written.corrects or written.follows
        built_upon = inspections.document(workspace, earlier.inspection) if earlier else None
        self._kept = {found.id for found in built_upon.findings} if built_upon and written.corrects else set()
        self.form = forms.of_version(workspace, built_upon.form.version) if built_upon else self._chosen()

    def _chosen(self) -> Form:
        if self._written.form:
            return forms.of_id(self._workspace, self._written.form)
        return forms.for_kind(self._workspace, self._kind)

    def parts(self) -> dict[str, Any]:
        """The parts of the draft, by path. Ids of findings are kept in a correction only: elsewhere one object that
        is imported twice would make two inspections of one finding."""
        written = self._written
        for code in written.header:
            if code not in self.form.header_by_code:
                raise BadInput("header-unknown", form=self.form.id, item=code)
        parts: dict[str, Any] = {f"header/{code}": value for code, value in written.header.items()}
        for code, answer in written.answers.items():
            parts[f"answers/{code}"] = self._answer(code, answer)
        parts["team"] = self._team()
        for order, found in enumerate(written.findings, 1):
            finding = self._finding(found, order)
            parts[f"findings/{finding.id}"] = finding
        for seen in map(self._earlier, written.earlier):
            parts[f"earlier/{seen.finding}"] = seen
        for order, jotting in enumerate(written.jottings, 1):
            name = self._workspace.new_id("jotting").partition(":")[2]
            shots = tuple(shot.sha256 for shot in self._shots(jotting.photos))
            parts[f"jottings/{name}"] = Jotting(id=name, order=order, text=jotting.text, photos=shots)
        return parts

    def counterpart(self, written: WrittenCounterpart) -> Counterpart:
        """The counterpart's act, its photo as a blob."""
        plain_act = msgspec.structs.asdict(written)
        photo = self._shots((WrittenPhoto(file=written.photo),))[0].sha256 if written.photo else ""
        return Counterpart(**{**plain_act, "photo": photo, "shown": "", "at": ""})

    def _answer(self, code: str, written: WrittenAnswer) -> Answer:
        item = self.form.item(code)
        return Answer(
            verdict=written.verdict,
            value=decimals.scaled(written.value, item.decimals) if written.value is not None else None,
            count=written.count,
            numerator=written.numerator,
            denominator=written.denominator,
            option=written.option or "",
            text=written.text,
            reason=written.reason,
            why=written.why,
            note=written.note,
            bulk=written.bulk,
        )

    def _team(self) -> Team:
        team = self._written.team
        return Team(
            name=team.name,
            leader=self._person(team.leader) if team.leader else "",
            recorder=self._person(team.recorder) if team.recorder else "",
            members=tuple(
                Joined(person=self._person(one.person), signs=one.signs, reason=one.reason)
                for one in team.members
            ),
        )

    def _person(self, name: str) -> str:
        found = [one for one in self._people if name in (one.id, one.name)]
        return _unique(found, name, "person").id

    def _unit(self, name: str) -> str:
        if name in self._units.by_id:
            return name
        return _unique(self._units.called(name), name, "unit").id

    def _finding(self, written: WrittenFinding, order: int) -> DraftFinding:
        item = self.form.item(written.item)
        proposed = drafts.propose(self._workspace, self.site, item, place=written.place)
        helping = written.helping_units
        return msgspec.structs.replace(
            proposed,
            id=written.id if written.id in self._kept else proposed.id,
            order=order,
            description=written.description,
            quantity=written.quantity,
            measure=written.measure_unit,
            severity=written.severity or proposed.severity,
            lead_unit=self._unit(written.lead_unit) if written.lead_unit else proposed.lead_unit,
            helping_units=proposed.helping_units if helping is None else tuple(map(self._unit, helping)),
            party=proposed.party if written.party is None else written.party,
            time_limit=written.time_limit or proposed.time_limit,
            fixed_on_spot=written.fixed_on_spot,
            no_photo=written.no_photo,
            photos=self._shots(written.photos),
        )

    def _earlier(self, seen: WrittenEarlier) -> EarlierSeen:
        with self._workspace.reading() as db:
            before = findings.one(db, seen.finding)
            heads = findings.heads(db, before.id)
        return EarlierSeen(
            finding=before.id,
            item=before.item,
            heads=heads,
            still=seen.still,
            photos=self._shots(seen.photos),
        )

    def _shots(self, written: Iterable[WrittenPhoto]) -> tuple[Shot, ...]:
        shots = []
        for one in written:
            file = (self._folder / one.file).resolve()
            if not file.is_relative_to(self._folder):
                raise BadInput("photo-outside-folder", file=one.file)
            taken = photos.take_file(self._workspace, file)
            shots.append(
                Shot(
                    sha256=taken.sha256,
                    role=one.role,
                    caption=one.caption,
                    turned=one.turned,
                    marks=one.marks,
                )
            )
        return tuple(shots)


def show(workspace: Workspace, which: str) -> Written:
    """A draft, or a signed inspection, as the object that `import_written` takes; photos by their path in the
    workspace. Raises BadInput `inspection-unknown`."""
    with workspace.reading() as db:
        open_drafts = {row.id for row in draft_store.rows(db)}
        typed = assemble(which, draft_store.parts(db, which)) if which in open_drafts else None
    if typed is None:
        content = inspections.document(workspace, which)
        typed = corrections.as_draft(content, forms.of_version(workspace, content.form.version))
    form = forms.of_version(workspace, typed.about.form)
    about = typed.about
    return Written(
        form=form.id,
        site=about.site,
        category=about.category,
        mandate=about.mandate,
        corrects=WrittenCorrects(inspection=about.corrects.inspection, why=about.corrects.why)
        if about.corrects
        else None,
        follows=WrittenFollows(inspection=about.follows.inspection, items=about.follows.items)
        if about.follows
        else None,
        team=WrittenTeam(
            name=typed.team.name,
            leader=typed.team.leader,
            recorder=typed.team.recorder,
            members=tuple(WrittenMember(**msgspec.structs.asdict(one)) for one in typed.team.members),
        ),
        begin=about.begin,
        end=about.end,
        weather=about.weather,
        late=about.late,
        header=typed.header,
        answers={code: _written_answer(form, code, answer) for code, answer in typed.answers.items()},
        earlier=tuple(
            WrittenEarlier(finding=seen.finding, still=seen.still, photos=_photos(seen.photos))
            for seen in typed.earlier
        ),
        jottings=tuple(
            WrittenJotting(
                text=one.text,
                photos=tuple(WrittenPhoto(file=blobs.relative(photo)) for photo in one.photos),
            )
            for one in typed.jottings
        ),
        findings=tuple(_written_finding(finding) for finding in typed.findings),
        counterpart=WrittenCounterpart(
            **{
                **msgspec.structs.asdict(typed.counterpart),
                "photo": blobs.relative(typed.counterpart.photo) if typed.counterpart.photo else "",
            }
        )
        if typed.counterpart
        else None,
    )


def _written_answer(form: Form, code: str, answer: Answer) -> WrittenAnswer:
    item = form.item(code)
    value = decimals.shown(answer.value, item.decimals) if answer.value is not None else None
    fields = {**msgspec.structs.asdict(answer), "value": value, "option": answer.option or None}
    return WrittenAnswer(**fields)


def _written_finding(finding: DraftFinding) -> WrittenFinding:
    fields = msgspec.structs.asdict(finding)
    fields["measure_unit"] = fields.pop("measure")
    del fields["order"]
    return WrittenFinding(**{**fields, "photos": _photos(finding.photos)})


def _photos(shots: Iterable[Shot]) -> tuple[WrittenPhoto, ...]:
    return tuple(
        WrittenPhoto(
            file=blobs.relative(shot.sha256),
            role=shot.role,
            caption=shot.caption,
            turned=shot.turned,
            marks=shot.marks,
        )
        for shot in shots
    )
