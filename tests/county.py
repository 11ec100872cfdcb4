"""示例县 for tests: a workspace with the example's units and sites and two inspectors, without any inspection yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from inspector.model.answer import Answer, limit_value, off
from inspector.model.draft import DraftFinding, Joined, Shot, Team
from inspector.model.form import Choose, Count, Item, Measure, Op, Ratio, Text
from inspector.model.inspection import Choice, Counterpart, Mandate, Stroke
from inspector.model.words import Category, Verdict
from inspector.places import resource
from inspector.services import counterparts, drafts, forms, people, photos, signing, sites, units, workspaces
from inspector.services.signing import Progress
from inspector.store.workspace import Workspace

PASSPHRASE = "example1"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
MANDATE = Mandate(
    issuer="示例县创建省级文明城市工作领导小组办公室", title="联合督查方案", number="示创办〔2026〕3号"
)


_UNLOCKED: dict[str, people.Unlocked] = {}


class County:
    """A workspace and what tests do in it again and again; every default can be replaced."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.now = NOW
        self.team = Team(
            name="督查一组",
            leader=people.every(workspace)[0].id,
            recorder=people.every(workspace)[1].id,
            members=tuple(Joined(person=one.id) for one in people.every(workspace)),
        )

    def signers(self) -> list[people.Unlocked]:
        """Both inspectors, unlocked; once a test run, for it costs half a second each."""
        for member in self.team.members:
            if member.person not in _UNLOCKED:
                _UNLOCKED[member.person] = people.unlock(self.workspace, member.person, PASSPHRASE)
        return [_UNLOCKED[member.person] for member in self.team.members]

    def draft(self, site: str = "GC-001", *, at: datetime = NOW) -> str:
        """A draft of a 督查 at a site, header answered, everything else open."""
        draft = drafts.start(
            self.workspace,
            site=f"site:{site}",
            category=Category.SUPERVISION,
            now=at,
            mandate=MANDATE,
            team=self.team,
            end=(at + timedelta(minutes=30)).isoformat(timespec="seconds"),
        )
        form = forms.of_version(self.workspace, drafts.read(self.workspace, draft).about.form)
        header = {
            item.code: item.options[0] if item.options else "10" for item in form.header if item.required
        }
        drafts.answer_header(self.workspace, draft, header, now=at)
        return draft

    def passed(self, site: str = "GC-001", *, at: datetime = NOW) -> str:
        """A draft in which every item passes."""
        draft = self.draft(site, at=at)
        typed = drafts.read(self.workspace, draft)
        form = forms.of_version(self.workspace, typed.about.form)
        for item in form.items():
            answer = passing(item, typed.header)
            if answer is not None:
                drafts.answer(self.workspace, draft, item.code, answer, now=at)
        return draft

    def found(self, draft: str, item: str, photo: bytes | None = None, **fields: Any) -> DraftFinding:
        """A finding of `item` in the draft, as proposed, with a place and a description."""
        typed = drafts.read(self.workspace, draft)
        form = forms.of_version(self.workspace, typed.about.form)
        proposed = drafts.propose(
            self.workspace,
            typed.about.site,
            form.item(item),
            place="东门南侧",
            order=drafts.next_order(typed),
        )
        given = {"description": "地面有积水", "no_photo": "" if photo else "气味", **fields}
        if photo:
            taken = photos.take_bytes(self.workspace, photo, name="IMG_20261124_093500.jpg")
            given["photos"] = (Shot(sha256=taken.sha256),)
        finding = msgspec.structs.replace(proposed, **given)
        drafts.put_finding(self.workspace, draft, finding, now=self.now)
        return finding

    def agreed(self, draft: str, **act: Any) -> None:
        """The counterpart's act: he agrees and signs, unless `act` says otherwise."""
        given: dict[str, Any] = {
            "choice": Choice.AGREED,
            "name": "现场负责人",
            "strokes": (Stroke(points=(100, 100, 2000, 900, 4000, 200)),),
            **act,
        }
        counterparts.record(self.workspace, draft, Counterpart(**given), now=self.now)

    def signed(self, draft: str, *, at: datetime | None = None) -> Progress:
        """The draft with the counterpart's act and all signatures."""
        if drafts.read(self.workspace, draft).counterpart is None:
            self.agreed(draft)
        return signing.sign_draft(self.workspace, draft, self.signers(), now=at or self.now)


def made(path: Path) -> None:
    """The workspace that every County begins with; made once a test run, for it costs a second."""
    with workspaces.create(path, ledger=workspaces.DEMO) as workspace:
        units.import_file(workspace, resource("example", "units.csv"), now=NOW)
        sites.import_file(workspace, resource("example", "sites.csv"), now=NOW)
        for name, organisation in (("检查员甲", "县创建办"), ("检查员乙", "县政府办公室督查室")):
            people.add(
                workspace, name=name, organisation=organisation, position="", passphrase=PASSPHRASE, now=NOW
            )


def passing(item: Item, header: Mapping[str, str]) -> Answer | None:
    """An answer that passes; None for a text, or where a condition switches the item off."""
    if isinstance(item.answer, Text) or off(item, header):
        return None
    bound = limit_value(item.limit, header) if item.limit else None
    if isinstance(item.answer, Choose):
        return Answer(verdict=Verdict.PASS, option=item.answer.passing[0])
    if isinstance(item.answer, Count):
        return Answer(verdict=Verdict.PASS, count=bound)
    if isinstance(item.answer, Measure):
        return Answer(verdict=Verdict.PASS, value=10 if bound is None else bound)
    if isinstance(item.answer, Ratio):
        most = item.answer.limit.op is Op.AT_MOST
        return Answer(verdict=Verdict.PASS, numerator=0 if most else 10, denominator=10)
    return Answer(verdict=Verdict.PASS)
