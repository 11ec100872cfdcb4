"""The visit under way that pictures show: begun on the example at the site with most open findings, half answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from inspector.model import wording
from inspector.model.answer import Answer, off
from inspector.model.draft import Joined, Team
from inspector.model.form import Choose, Count, Form, Measure, Ratio, Text
from inspector.model.inspection import Mandate
from inspector.model.words import PLACE, Category, Verdict
from inspector.services import (
    chosen,
    drafts,
    findings,
    forms,
    inspecting,
    inspections,
    people,
    photos,
    site_list,
    today,
)
from inspector.services.workspaces import Workspace
from inspector.ui.inspect.description import bracketed


class ShownVisit:
    """`draft` and `site` are its ids; the others are codes of items that a picture stands at."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self.workspace, self.now = workspace, now
        self.draft, self.site = self._begin()

    def _begin(self) -> tuple[str, str]:
        workspace = self.workspace
        everybody = people.every(workspace)[:3]
        signed = inspections.every(workspace)
        mandate = inspections.document(workspace, signed[0].id).mandate if signed else None
        team = Team(
            name=_team_name(workspace, signed[0].id) if signed else "",
            leader=everybody[0].id,
            recorder=everybody[1].id,
            members=tuple(Joined(person=one.id) for one in everybody),
        )
        chosen.keep_visit(
            workspace,
            chosen.Visit(category=Category.SUPERVISION, mandate=mandate or Mandate(issuer=""), team=team),
        )
        listed = site_list.every(workspace)
        most = max(listed, key=lambda one: (one.open_findings, one.site.id))
        for one in [one for one in listed if one is not most][:4]:
            today.add_to_plan(workspace, one.site.id, on=self.now.date())
        draft = drafts.start(
            workspace,
            site=most.site.id,
            category=Category.SUPERVISION,
            now=self.now - timedelta(minutes=24),
            mandate=mandate,
            team=team,
        )
        self.draft, self.site = draft, most.site.id
        form = self.form()
        header = {
            one.code: most.site.facts.get(one.code) or (one.options[0] if one.options else "100")
            for one in form.header
        }
        drafts.answer_header(workspace, draft, header, now=self.now)
        self._answer_some(form, header)
        return draft, most.site.id

    def form(self) -> Form:
        """The form of the visit."""
        return forms.of_version(self.workspace, drafts.read(self.workspace, self.draft).about.form)

    def _answer_some(self, form: Form, header: dict[str, str]) -> None:
        """The first sections pass, one item in them fails, with photos."""
        workspace, draft = self.workspace, self.draft
        stop = self.left_over()
        failed = ""
        for item in form.items():
            if item.code == stop:
                break
            if off(item, header) or isinstance(item.answer, Text | Measure | Ratio):
                continue
            if not failed and isinstance(item.answer, Count) and len(item.wordings) > 1:
                failed = item.code
                continue
            option = item.answer.passing[0] if isinstance(item.answer, Choose) else ""
            count = 0 if isinstance(item.answer, Count) else None
            given = Answer(verdict=Verdict.PASS, option=option, count=count)
            drafts.answer(workspace, draft, item.code, given, now=self.now)
        known = [one.photos[0].sha256 for one in findings.every(workspace) if one.photos][:6]
        came = [
            photos.take_bytes(
                workspace,
                photos.screen(workspace, photo),
                name=f"IMG_{self.now - timedelta(minutes=number):%Y%m%d_%H%M%S}.jpg",
                now=self.now,
            ).sha256
            for number, photo in enumerate(known)
        ]
        if failed:
            finding = inspecting.fail(workspace, draft, failed, Answer(), photos=came[:2], now=self.now)
            place = next((one.place for one in findings.every(workspace) if one.place), "")
            text = wording.fill(form.item(failed).wordings[0], {PLACE: place})
            kept = replace(finding, place=place, description=bracketed(text))
            drafts.put_finding(workspace, draft, kept, now=self.now)

    def left_over(self) -> str:
        """An item that failed here before."""
        ground = inspecting.ground(self.workspace, self.draft, now=self.now)
        form = self.form()
        left = [code for code in form.by_code if code in ground.left_over]
        return left[len(left) // 2] if left else list(form.by_code)[8]

    def number(self) -> str:
        """An item that is judged by a ratio."""
        header = drafts.read(self.workspace, self.draft).header
        ratios = [
            item.code
            for item in self.form().items()
            if isinstance(item.answer, Ratio) and off(item, header) is None
        ]
        return ratios[0] if ratios else self.left_over()


def _team_name(workspace: Workspace, inspection: str) -> str:
    """The name of the team that made an inspection."""
    return inspections.document(workspace, inspection).team
