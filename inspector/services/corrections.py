"""更正 and 补查: a new draft that begins with what a signed sheet says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from inspector.model import decimals
from inspector.model.answer import Answer
from inspector.model.draft import About, Draft, DraftFinding, Joined, Replaces, Revisits, Shot, Team
from inspector.model.errors import Refused
from inspector.model.form import Form, Text
from inspector.model.inspection import Answered, Content, Evidence, Found
from inspector.model.words import Of, Verdict
from inspector.services import drafts, forms, inspections
from inspector.services.drafts import plain
from inspector.store import findings, records
from inspector.store import inspections as inspection_store
from inspector.store.workspace import Workspace


def correct(workspace: Workspace, which: str, *, why: str) -> str:
    """A draft that corrects a signed sheet (更正): the same inspection, filled with all that it says; its findings
    keep their ids, one that is struck will be withdrawn. The draft's id.
    Raises BadInput `inspection-unknown`, Refused `correction-of-revisit`."""
    content = inspections.document(workspace, which)
    if content.follows:
        raise Refused("correction-of-revisit", number=content.number)
    form = forms.of_version(workspace, content.form.version)
    with workspace.reading() as db:
        entities = [content.inspection, *findings.of_inspection(db, content.inspection)]
        heads = {entity: list(records.heads(db, entity)) for entity in entities}
    said = as_draft(content, form)
    parts: dict[str, Any] = {f"header/{code}": value for code, value in said.header.items()}
    parts |= {f"answers/{code}": plain(answer) for code, answer in said.answers.items()}
    parts |= {f"findings/{finding.id}": plain(finding) for finding in said.findings}
    return drafts.start(
        workspace,
        site=content.site.entity,
        category=content.category,
        now=datetime.fromisoformat(content.begin),
        form=form,
        mandate=content.mandate,
        team=said.team,
        corrects=Replaces(inspection=content.inspection, why=why),
        inspection=content.inspection,
        end=content.end,
        weather=content.weather,
        late=content.late,
        parts=parts,
        heads=heads,
    )


def revisit(workspace: Workspace, which: str, *, items: Iterable[str] = (), now: datetime) -> str:
    """A draft that asks again what was unchecked (补查): of `items`, else of all that still are. The header says of the
    site what it said; what it said of the visit is asked again. The draft's id.
    Raises BadInput `inspection-unknown`, Refused `nothing-to-revisit`."""
    content = inspections.document(workspace, which)
    form = forms.of_version(workspace, content.form.version)
    wanted = set(items)
    with workspace.reading() as db:
        open_items = inspection_store.unchecked_of(db, content.inspection)
    again = tuple(code for code in open_items if not wanted or code in wanted)
    if not again:
        raise Refused("nothing-to-revisit", number=content.number)
    return drafts.start(
        workspace,
        site=content.site.entity,
        category=content.category,
        now=now,
        form=form,
        mandate=content.mandate,
        team=_team(content),
        parts={
            f"header/{code}": value
            for code, value in content.header
            if form.header_by_code[code].of is Of.SITE
        },
        follows=Revisits(inspection=content.inspection, items=again),
    )


def as_draft(content: Content, form: Form) -> Draft:
    """What a signed sheet says, in the shape in which it is typed. What became of earlier findings is not repeated:
    those are moves, and a sheet that is corrected takes no move back."""
    return Draft(
        id=content.inspection,
        about=About(
            inspection=content.inspection,
            form=content.form.version,
            site=content.site.entity,
            category=content.category,
            mandate=content.mandate,
            begin=content.begin,
            end=content.end,
            weather=content.weather,
            late=content.late,
        ),
        team=_team(content),
        header=dict(content.header),
        answers={one.code: _answer(one, form) for one in content.answers if not one.off_by},
        findings=tuple(_finding(found, order) for order, found in enumerate(content.findings, 1)),
        counterpart=content.counterpart,
    )


def _team(content: Content) -> Team:
    return Team(
        name=content.team,
        leader=next((member.person for member in content.members if member.leader), ""),
        recorder=next((member.person for member in content.members if member.recorder), ""),
        members=tuple(
            Joined(person=member.person, signs=member.signs, reason=member.reason)
            for member in content.members
        ),
    )


def _answer(one: Answered, form: Form) -> Answer:
    item = form.item(one.code)
    if isinstance(item.answer, Text):
        return Answer(text=one.text, note=one.note)
    return Answer(
        verdict=Verdict(one.verdict) if one.verdict else None,
        value=decimals.scaled(one.value, item.decimals) if one.value else None,
        count=one.count,
        numerator=one.numerator,
        denominator=one.denominator,
        option=one.option,
        reason=one.reason,
        why=one.why,
        note=one.note,
        bulk=one.bulk,
    )


def _finding(found: Found, order: int) -> DraftFinding:
    return DraftFinding(
        id=found.id,
        item=found.item,
        order=order,
        place=found.place,
        description=found.description,
        quantity=found.quantity,
        measure=found.measure,
        severity=found.severity,
        lead_unit=found.lead_unit.id if found.lead_unit else "",
        helping_units=tuple(unit.id for unit in found.helping_units),
        party=found.party,
        time_limit=found.time_limit,
        fixed_on_spot=found.fixed_on_spot,
        no_photo=found.no_photo,
        photos=tuple(_shot(photo) for photo in found.photos),
    )


def _shot(photo: Evidence) -> Shot:
    return Shot(
        sha256=photo.sha256, role=photo.role, caption=photo.caption, turned=photo.turned, marks=photo.marks
    )
