"""A county where things were found: what tests of notices do again and again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from inspector.model.inspection import Evidence, PhotoRole, TimeLimit
from inspector.model.notice import Contact, Received, Seen
from inspector.model.paper import Way
from inspector.model.words import TimeLimitKind
from inspector.services import drafting, findings, issuing, notices, numbers, photos, reinspections
from inspector.services.issuing import Issuer
from inspector.services.reinspections import Look, Visit
from inspector.store.notices import Row
from tests.county import NOW, County
from tests.documents.sheets import picture

CONTACT = Contact(name="检查员甲", telephone="0000-0000000", place="县政府三楼")
WORKDAYS = TimeLimit(kind=TimeLimitKind.WORKDAY, n=5)
PREFIX = "示创办督"
LATER = NOW + timedelta(hours=2)


def found(
    county: County, *places: str, site: str = "GC-001", at: datetime = NOW, photo: int = 1, **given: Any
) -> list[str]:
    """A signed inspection that found something at each of these places; the findings' entities."""
    draft = county.passed(site, at=at)
    item = f"{site[:2]}-05"
    fields = {"time_limit": WORKDAYS, "quantity": "1"} | given
    ids = [
        county.found(draft, item, picture(n), place=place, **fields).id
        for n, place in enumerate(places, photo)
    ]
    county.signed(draft, at=at + timedelta(minutes=40))
    return ids


def allotted(county: County, first: int = 17, last: int = 60) -> None:
    """A block of numbers for this laptop."""
    numbers.allot(county.workspace, prefix=PREFIX, year=NOW.year, first=first, last=last, now=NOW)


def planned(county: County, **given: Any) -> drafting.Plan:
    """What would be drafted for the week."""
    fields: dict[str, Any] = {
        "first": date(2026, 11, 1),
        "last": date(2026, 11, 30),
        "handled_by": county.signers()[0].person,
        "contact": CONTACT,
        "now": LATER,
    }
    return drafting.plan(county.workspace, **(fields | given))


def drafted(county: County, **given: Any) -> tuple[str, ...]:
    """Drafts for all that was found, checked by the second inspector."""
    made = drafting.draft(county.workspace, planned(county, **given), now=LATER)
    return notices.review(county.workspace, made, county.signers()[1], now=LATER)


def issued(county: County, which: tuple[str, ...] | None = None, **given: Any) -> tuple[Row, ...]:
    """The checked drafts, issued by the first inspector."""
    return issuing.issue(
        county.workspace,
        drafted(county) if which is None else which,
        Issuer(key=county.signers()[0]),
        now=LATER,
        **given,
    )


def receipt(at: datetime = LATER + timedelta(minutes=5), **given: Any) -> Received:
    """Somebody of the unit takes it."""
    fields: dict[str, Any] = {
        "way": Way.RECEIPT,
        "at": at.isoformat(timespec="seconds"),
        "name": "收件人戊",
        "position": "办公室主任",
        "place": "办公室",
    }
    return Received(**(fields | given))


def after(county: County, seed: int = 90) -> Evidence:
    """A photo of what was put right."""
    photo = photos.take_bytes(county.workspace, picture(seed), name=f"IMG_{seed}.jpg")
    return Evidence(sha256=photo.sha256, bytes=photo.bytes, role=PhotoRole.AFTER)


def reinspected(county: County, *looks: Look, at: datetime) -> tuple[Row, ...]:
    """A round of re-inspections by both inspectors."""
    return reinspections.reinspect(
        county.workspace,
        looks,
        county.signers(),
        Visit(team="督查一组", begin=at - timedelta(minutes=30), end=at),
        receipt(at),
        contact=CONTACT,
        now=at,
    )


def passes(county: County, finding: str) -> Look:
    """It was put right."""
    return Look(finding=finding, seen=Seen.PASS, note="已清理", photos=(after(county),))


def state(county: County, finding: str) -> str:
    """Where a finding stands."""
    return findings.one(county.workspace, finding).state.value
