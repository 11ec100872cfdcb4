"""The week of the worked example, made through the same services as everything else. What happens in it is data
(resources/example): lists, findings, people, special cases."""

from __future__ import annotations

import csv
import itertools
import math
import random
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from inspector.model import decimals
from inspector.model.answer import limit_value, off
from inspector.model.form import Choose, Count, Form, Item, Judge, Measure, Op, Ratio, Text
from inspector.model.inspection import Choice, Counterpart, Mandate, PhotoRole, Signs, Stroke, TimeLimit
from inspector.model.inspection_json import (
    Written,
    WrittenAnswer,
    WrittenCounterpart,
    WrittenFinding,
    WrittenMember,
    WrittenPhoto,
    WrittenTeam,
)
from inspector.model.person import Person
from inspector.model.site import Site
from inspector.model.words import Category, Expected, Severity, TimeLimitKind, UncheckedReason, Verdict
from inspector.photos import scenes
from inspector.places import resource
from inspector.services import (
    corrections,
    counterparts,
    drafts,
    forms,
    inspections,
    people,
    signing,
    sites,
    units,
    written,
)
from inspector.services.demo_papers import Office
from inspector.store.workspace import Workspace

CHINA = timezone(timedelta(hours=8))

_ON_THE_WAY = timedelta(minutes=8)
_VISIT = timedelta(minutes=32)
_FIRST_VISIT = time(8, 30)
_NOON, _AFTERNOON = time(11, 50), time(14, 10)
_NOTIFIED = 2
"""The weekday (Wednesday) on which the notices of Monday arrive, issued the evening before."""


class _Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One site on one day of the week, with what is found there."""

    site: Site
    begin: datetime
    end: datetime
    weather: str
    found: tuple[Mapping[str, str], ...]


class Week:
    """Everything that the making of one example needs at hand."""

    def __init__(
        self, workspace: Workspace, folder: Path, *, now: datetime, photos: Path | None, seed: int
    ) -> None:
        self._workspace = workspace
        self._folder = folder
        self._now = now
        self._random = random.Random(seed)
        self._week: dict[str, Any] = tomllib.loads(resource("example", "week.toml").read_text("utf-8"))
        self._mandate = msgspec.convert(self._week["mandate"], Mandate)
        self._real = iter(_photos_in(photos))
        self._pictures = itertools.count(1)
        self._counterparts = self._week["counterpart"]
        folder.mkdir(parents=True)

    def make(self, report: Callable[[int, int], None]) -> None:
        """The whole week."""
        start = _monday_before(self._now)
        units.import_file(self._workspace, resource("example", "units.csv"), now=start)
        sites.import_file(self._workspace, resource("example", "sites.csv"), now=start)
        team = [self._add(person, start) for person in self._week["people"]]
        visits = list(self._visits(start, {site.code: site for site in sites.every(self._workspace)}))
        office = Office(self._workspace, team, self._week, self._random, _signature)
        for done, visit in enumerate(visits):
            report(done, len(visits))
            self._act(office, visits[done - 1] if done else None, visit)
            draft = self._write(visit, team)
            self._sign(draft, team, at=visit.end + timedelta(minutes=4))
            office.hand_over(visit.site.code, visit.end + timedelta(minutes=6))
        self._correct(team, after=visits[-1].end)
        office.close(visits[-1].end + timedelta(minutes=60))
        self._leave_open(team, after=visits[-1].end)
        shutil.rmtree(self._folder)
        report(len(visits), len(visits))

    def _act(self, office: Office, before: _Visit | None, visit: _Visit) -> None:
        """What the office does between two visits, if a night lies between them."""
        if before is None or before.begin.date() == visit.begin.date():
            return
        evening, morning = before.end + timedelta(minutes=30), visit.begin - timedelta(minutes=25)
        day = visit.begin.weekday()
        if day == _NOTIFIED:
            office.notify(evening)
            office.serve(morning)
        elif day == _NOTIFIED + 2:
            office.hear(evening)

    def _add(self, person: Mapping[str, str], now: datetime) -> people.Unlocked:
        added: Person = people.add(
            self._workspace, **person, passphrase=self._week["passphrase"], now=now - timedelta(days=30)
        )
        return people.unlock(self._workspace, added.id, self._week["passphrase"])

    def _visits(self, start: datetime, known: Mapping[str, Site]) -> Iterator[_Visit]:
        with resource("example", "findings.csv").open(encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["date"])
        first = date.fromisoformat(rows[0]["date"])
        for day, of_day in itertools.groupby(rows, key=lambda row: row["date"]):
            nth = (date.fromisoformat(day) - first).days
            begin = datetime.combine(start.date() + timedelta(days=nth), _FIRST_VISIT, start.tzinfo)
            for code, found in itertools.groupby(of_day, key=lambda row: row["site"]):
                if _NOON <= begin.time() < _AFTERNOON:
                    begin = datetime.combine(begin.date(), _AFTERNOON, begin.tzinfo)
                yield _Visit(
                    site=known[code],
                    begin=begin,
                    end=begin + _VISIT,
                    weather=self._week["weather"][nth],
                    found=tuple(found),
                )
                begin += _VISIT + _ON_THE_WAY

    def _write(self, visit: _Visit, team: Sequence[people.Unlocked]) -> str:
        form = forms.for_kind(self._workspace, visit.site.kind)
        findings = tuple(self._finding(visit, row) for row in visit.found)
        whole = Written(
            site=visit.site.id,
            category=Category.SUPERVISION,
            mandate=self._mandate,
            team=_team(self._week["team"], team),
            begin=visit.begin.isoformat(timespec="seconds"),
            end=visit.end.isoformat(timespec="seconds"),
            weather=visit.weather,
            header=self._week["header"][form.id],
            answers=dict(self._answers(form, visit)),
            findings=findings,
            counterpart=self._counterpart(form, visit.site),
        )
        return written.import_written(self._workspace, whole, self._folder, now=visit.end)

    def _answers(self, form: Form, visit: _Visit) -> Iterator[tuple[str, WrittenAnswer]]:
        header = self._week["header"][form.id]
        failed = {row["item"] for row in visit.found}
        unchecked = {one["item"]: one for one in self._week["unchecked"] if one["site"] == visit.site.code}
        notes = {one["item"]: one["text"] for one in self._week["notes"] if one["site"] == visit.site.code}
        for item in form.items():
            if off(item, header) or isinstance(item.answer, Text):
                continue
            if item.code in unchecked:
                why = unchecked[item.code]
                answer = WrittenAnswer(
                    verdict=Verdict.UNCHECKED, reason=UncheckedReason(why["reason"]), why=why["why"]
                )
            else:
                answer = _answer(item, header, fails=item.code in failed)
            yield item.code, msgspec.structs.replace(answer, note=notes.get(item.code, ""))

    def _finding(self, visit: _Visit, row: Mapping[str, str]) -> WrittenFinding:
        kind, _, n = row["time_limit"].partition(" ")
        fixed = row["fixed_on_spot"] == "yes"
        begun = visit.begin + timedelta(minutes=5 + self._random.randrange(12))
        place = self._random.randrange(10**6)
        photos = [self._photo(row["item"], PhotoRole.BEFORE, begun, place, drawn=fixed)]
        if fixed:
            photos.append(
                self._photo(row["item"], PhotoRole.AFTER, begun + timedelta(minutes=9), place, drawn=True)
            )
        return WrittenFinding(
            item=row["item"],
            place=row["place"],
            description=row["description"],
            quantity=row["quantity"],
            measure_unit=row["measure_unit"],
            severity=Severity(row["severity"]),
            lead_unit=row["lead_unit"],
            helping_units=tuple(filter(None, row["helping_units"].split(";"))),
            party=row["party"],
            time_limit=TimeLimit(kind=TimeLimitKind(kind), n=int(n or 0)),
            fixed_on_spot=fixed,
            photos=tuple(photos),
        )

    def _photo(self, item: str, role: PhotoRole, at: datetime, place: int, *, drawn: bool) -> WrittenPhoto:
        """The next real picture as long as there are any, else (or if it must be `drawn`) a scene with what is wrong
        by `item`. The same `place` is the same scene before and after: no real picture shows what was put right."""
        real = None if drawn else next(self._real, None)
        n = next(self._pictures)
        if real is not None:
            file = self._folder / f"{n:03d}{real.suffix}"
            shutil.copyfile(real, file)
        else:
            file = self._folder / f"IMG_{at:%Y%m%d_%H%M%S}_{n:03d}.jpg"
            scene = scenes.scene(item, seed=place, put_right=role is PhotoRole.AFTER, taken_at=at)
            file.write_bytes(scene)
        return WrittenPhoto(file=file.name, role=role)

    def _counterpart(self, form: Form, site: Site) -> WrittenCounterpart:
        case = self._counterparts["sites"].get(site.code)
        if case is None:
            public = form.counterpart is Expected.NOT_NEEDED
            case = self._counterparts["public" if public else "default"]
        act = msgspec.convert(case, WrittenCounterpart)
        if act.choice in (Choice.AGREED, Choice.OBJECTED):
            act = msgspec.structs.replace(act, strokes=_signature(self._random))
        return act

    def _sign(self, draft: str, team: Iterable[people.Unlocked], *, at: datetime) -> None:
        signing.sign_draft(self._workspace, draft, [*team][:2], now=at)

    def _correct(self, team: Sequence[people.Unlocked], *, after: datetime) -> None:
        case = self._week["correction"]
        row = next(one for one in inspections.every(self._workspace) if one.site == f"site:{case['site']}")
        at = after + timedelta(minutes=20)
        draft = corrections.correct(self._workspace, row.id, why=case["why"])
        typed = drafts.read(self._workspace, draft)
        wrong = typed.findings[case["place"]["from"]]
        right = msgspec.structs.replace(wrong, place=case["place"]["to"])
        drafts.put_finding(self._workspace, draft, right, now=at)
        signed = inspections.document(self._workspace, row.id).counterpart
        if signed is not None:
            counterparts.record(self._workspace, draft, _again(signed), now=at)
        self._sign(draft, team, at=at)

    def _leave_open(self, team: Sequence[people.Unlocked], *, after: datetime) -> None:
        for nth, case in enumerate(self._week["draft"]):
            begin = after + timedelta(minutes=40 * (nth + 1))
            site = sites.one(self._workspace, f"site:{case['site']}")
            visit = _Visit(site=site, begin=begin, end=begin + _VISIT, weather="", found=())
            form = forms.for_kind(self._workspace, site.kind)
            whole = Written(
                site=site.id,
                category=Category.SUPERVISION,
                mandate=self._mandate,
                team=_team(self._week["team"], team),
                begin=begin.isoformat(timespec="seconds"),
                weather=self._week["weather"][-1],
                header=self._week["header"][form.id],
                answers=dict(itertools.islice(self._answers(form, visit), case["answered"])),
            )
            draft = written.import_written(self._workspace, whole, self._folder, now=begin)
            if "jotting" in case:
                drafts.jot(self._workspace, draft, case["jotting"], now=begin + timedelta(minutes=9))


def _again(act: Counterpart) -> Counterpart:
    return msgspec.structs.replace(act, shown="", at="")


def _team(name: str, team: Sequence[people.Unlocked]) -> WrittenTeam:
    """The first leads, the second records; both sign by certificate, everybody else by hand."""
    ids = [one.person.id for one in team]
    return WrittenTeam(
        name=name,
        leader=ids[0],
        recorder=ids[1],
        members=tuple(
            WrittenMember(person=one, signs=Signs.CERTIFICATE if nth < 2 else Signs.HAND)
            for nth, one in enumerate(ids)
        ),
    )


def _answer(item: Item, header: Mapping[str, str], *, fails: bool) -> WrittenAnswer:
    """An answer that fits its verdict: a number on the right side of its limit, or on the wrong one."""
    verdict = Verdict.FAIL if fails else Verdict.PASS
    kind = item.answer
    bound = (
        limit_value(kind.limit, header) if isinstance(kind, Count | Measure | Ratio) and kind.limit else None
    )
    if isinstance(kind, Judge):
        return WrittenAnswer(verdict=verdict)
    if isinstance(kind, Choose):
        wrong = [option for option in kind.options if option not in kind.passing]
        return WrittenAnswer(verdict=verdict, option=wrong[0] if fails and wrong else kind.passing[0])
    if isinstance(kind, Count):
        return WrittenAnswer(verdict=verdict, count=None if fails else bound)
    if isinstance(kind, Ratio):
        at_least = kind.limit.op is Op.AT_LEAST
        good = 20 if at_least else 0
        return WrittenAnswer(verdict=verdict, numerator=20 - good if fails else good, denominator=20)
    assert isinstance(kind, Measure)
    if bound is None or kind.limit is None:
        return WrittenAnswer(verdict=verdict, value=decimals.shown(10**item.decimals, item.decimals))
    over = kind.limit.op is Op.AT_MOST
    value = math.ceil(bound * 1.4) + 1 if over else bound * 3 // 5
    return WrittenAnswer(verdict=verdict, value=decimals.shown(value if fails else bound, item.decimals))


def _signature(rng: random.Random) -> tuple[Stroke, ...]:
    """A drawn scribble of three strokes, about 120 × 40 pt."""
    strokes = []
    for nth in range(3):
        left, middle = 400 + 3800 * nth, 1500 + rng.randrange(800)
        bend, reach = rng.uniform(0.6, 1.8), 900 + rng.randrange(900)
        points = [
            coordinate
            for step in range(24)
            for coordinate in (
                left + step * 140,
                round(middle + reach * math.sin(bend * step / 3) * (1 - step / 40)),
            )
        ]
        strokes.append(Stroke(points=tuple(points)))
    return tuple(strokes)


def _photos_in(folder: Path | None) -> Iterator[Path]:
    """The JPEG and HEIC files below a folder, in order of their names; those in a folder of broken ones are not
    taken."""
    if folder is None:
        return
    for file in sorted((folder / "phones").glob("*") if (folder / "phones").is_dir() else folder.glob("*")):
        if file.suffix.lower() in (".jpg", ".jpeg", ".heic"):
            yield file


def _monday_before(now: datetime) -> datetime:
    """Monday of the week before `now`, early."""
    monday = now.date() - timedelta(days=now.weekday() + 7)
    return datetime.combine(monday, time(8, 0), now.tzinfo)
