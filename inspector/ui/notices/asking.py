"""What every draft is asked for: who handles it and whom the unit asks; and the calls that plan it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact
from inspector.model.person import Person
from inspector.services import drafting, findings, notices, people
from inspector.services.drafting import By, Plan
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.notices.fields import ContactFields, PersonField
from inspector.ui.widgets.frames import Card


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Who can handle a draft, and who was named last time."""

    people: tuple[Person, ...]
    contact: Contact


def known(workspace: Workspace) -> Known:
    """Both, of one moment."""
    return Known(people=tuple(people.every(workspace)), contact=drafting.usual_contact(workspace))


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that no notice takes: what and where, and the number of the notice that it stands in."""

    finding: str
    why: drafting.Why
    text: str
    where: str
    notice: str


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with what its page shows besides: the findings that are left out, by words."""

    plan: Plan
    left: tuple[Left, ...]


def planned(
    workspace: Workspace,
    *,
    first: date,
    last: date,
    by: By,
    handler: Person,
    limit: TimeLimit | None,
    now: datetime,
) -> Planned:
    """Like `drafting.plan`."""
    made = drafting.plan(
        workspace,
        first=first,
        last=last,
        by=by,
        handled_by=handler,
        limit=limit,
        now=now,
    )
    named = findings.names(workspace)
    standing = {row.id: row for row in notices.every(workspace)}
    left = []
    for one in made.left:
        row = findings.one(workspace, one.finding)
        notice = standing.get(one.notice)
        left.append(
            Left(
                finding=one.finding,
                why=one.why,
                text=row.description or row.item,
                where=f"{named.get(row.site, '')} {row.place}".strip(),
                notice=(notice.number or say("doc-number-later")) if notice else "",
            )
        )
    return Planned(plan=made, left=tuple(left))


class HandlerCard(Card):
    """经办人 and 联系人."""

    def __init__(self) -> None:
        super().__init__(say("drafting-handler-card"))
        self.handler = PersonField(say("drafting-handler"))
        self.contact = ContactFields()
        self.add(self.handler)
        self.add(self.contact)

    def show_known(self, known: Known) -> None:
        """Who can be chosen, and who was named last."""
        self.handler.show_people(known.people)
        self.contact.show_contact(known.contact)
