"""What would be signed now, and what is still in the way."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import sheet
from inspector.model import inspection
from inspector.model.category import CategoryRules
from inspector.model.compose import FoundBefore, Known, compose
from inspector.model.draft import Draft, assemble
from inspector.model.form import Form
from inspector.model.inspection import Content, Corrects, Follows, Named, SiteSeen
from inspector.model.number import sheet_number
from inspector.model.photo import Photo, TimeSource, flags
from inspector.model.readiness import Blocker, blockers, counterpart_blockers
from inspector.model.site import Site
from inspector.model.unit import Unit
from inspector.model.words import Issuer
from inspector.services import forms, people, photos
from inspector.services.drafts import stamp
from inspector.store import drafts, findings, inspections, sites, units
from inspector.store import photos as photo_store
from inspector.store.workspace import Workspace


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What would be signed now: `content` is final once the first has signed. `missing` and `counterpart` say what
    is in the way: first what the team left open, then the counterpart's act."""

    content: Content
    form: Form
    missing: tuple[Blocker, ...] = ()
    counterpart: tuple[Blocker, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the inspectors can sign."""
        return not self.missing and not self.counterpart


def prepare(workspace: Workspace, draft: str, *, now: datetime) -> Prepared:
    """The content that would be signed now, with its number, which is taken once a draft.
    Raises BadInput `draft-unknown`."""
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
    if row.state == "signing":
        content = inspection.decode(row.content)
        return Prepared(content=content, form=forms.of_version(workspace, content.form.version))
    form = forms.of_version(workspace, typed.about.form)
    rules = forms.category(workspace, typed.about.category)
    number = row.number or _take_number(workspace, typed, form, now)
    known = _known(workspace, typed, rules, number=number, now=now)
    content = compose(typed, form, known)
    return Prepared(
        content=content,
        form=form,
        missing=blockers(
            typed,
            form,
            rules,
            units=known.units,
            certified=known.certificates,
            led=bool(_keeping(content.site)),
        ),
        counterpart=counterpart_blockers(typed, shown=content.shown()),
    )


def preview(workspace: Workspace, prepared: Prepared) -> bytes:
    """The PDF exactly as it will be signed, with its empty signature fields. It takes about a second: off the GUI
    thread."""
    content = prepared.content
    renditions = {
        inspection.rendition_key(photo): photos.paper(workspace, photo) for photo in content.evidence()
    }
    if content.counterpart and content.counterpart.photo:
        renditions[content.counterpart.photo] = photos.paper_of(workspace, content.counterpart.photo)
    return sheet.sheet(content, prepared.form, renditions)


def _take_number(workspace: Workspace, typed: Draft, form: Form, now: datetime) -> str:
    """The draft's number: counted before it is used, so that no number comes twice; a gap is allowed."""
    with workspace.transaction() as db:
        site = sites.one(db, typed.about.site)
        number = sheet_number(
            site.code or form.id, now.date(), device=workspace.device.id, count=drafts.take_count(db)
        )
        drafts.remember_number(db, typed.id, number)
    return number


def _known(workspace: Workspace, typed: Draft, rules: CategoryRules, *, number: str, now: datetime) -> Known:
    about = typed.about
    shots = {shot.sha256 for finding in typed.findings for shot in finding.photos}
    shots |= {shot.sha256 for seen in typed.earlier for shot in seen.photos}
    with workspace.reading() as db:
        site = sites.one(db, about.site)
        named = {unit.id: unit for unit in units.every(db)}
        facts = photo_store.facts(db, shots)
        used = inspections.photos_used(db, shots, but=about.inspection)
        earlier = {seen.finding: _before(db, seen.finding) for seen in typed.earlier}
        times = findings.times(db, site=site.id, but=about.inspection)
        corrected = inspections.one(db, about.corrects.inspection) if about.corrects else None
        if corrected:
            facts |= _signed_facts(inspections.document(db, corrected), shots - set(facts))
        followed = inspections.one(db, about.follows.inspection) if about.follows else None
    everybody = people.by_entity(workspace)
    seen = site_seen(site, named)
    end = about.end or stamp(now)
    visit = (datetime.fromisoformat(about.begin), datetime.fromisoformat(end))
    return Known(
        ledger=workspace.ledger,
        number=number,
        made=stamp(now),
        issuer=_issuer(rules, typed, seen),
        heading=rules.heading,
        end=end,
        site=seen,
        people=everybody,
        certificates={one.id: people.fingerprint(one) for one in everybody.values() if one.certificates},
        units=named,
        photos=facts,
        flags={
            name: flags(photo, begin=visit[0], end=visit[1], used_before=name in used, site=_position(site))
            for name, photo in facts.items()
        },
        corrects=Corrects(
            number=corrected.number,
            date=corrected.made[:10],
            sha256=corrected.content,
            why=about.corrects.why,
        )
        if corrected and about.corrects
        else None,
        follows=Follows(inspection=followed.id, number=followed.number, items=about.follows.items)
        if followed and about.follows
        else None,
        earlier=earlier,
        times=times,
    )


def _signed_facts(content: Content, missing: Set[str]) -> dict[str, Photo]:
    """What the corrected sheet says of photos that came in on another laptop."""
    return {
        photo.sha256: Photo(
            sha256=photo.sha256,
            bytes=photo.bytes,
            name="",
            format="",
            width=0,
            height=0,
            taken_at=photo.taken_at,
            taken_source=TimeSource(photo.taken_source),
            camera=photo.camera,
        )
        for photo in content.evidence()
        if photo.sha256 in missing
    }


def _before(db: Connection, finding: str) -> FoundBefore:
    row = findings.one(db, finding)
    return FoundBefore(item=row.item, place=row.place, description=row.description, found_on=row.found_on)


def site_seen(site: Site, named: Mapping[str, Unit]) -> SiteSeen:
    """The site as a document names it today. A company that keeps it is a party (涉及单位), whatever column of the
    list it stands in: a 督查 asks nothing of companies."""
    keepers = [named[one] for one in (site.lead_unit, *site.helping_units) if one in named]
    lead = named.get(site.lead_unit)
    led = lead is not None and not lead.party
    return SiteSeen(
        entity=site.id,
        code=site.code,
        name=site.name,
        kind=site.kind,
        address=site.address,
        street=_name(site.street, named),
        community=_name(site.community, named),
        lead_unit=_named(lead) if lead and led else None,
        helping_units=tuple(
            _named(unit) for unit in keepers if not unit.party and not (led and unit is lead)
        ),
        parties=tuple(_named(unit) for unit in keepers if unit.party),
    )


def _named(unit: Unit) -> Named:
    return Named(id=unit.id, name=unit.name)


def _name(entity: str, named: Mapping[str, Unit]) -> str:
    return named[entity].label if entity in named else ""


def _issuer(rules: CategoryRules, typed: Draft, site: SiteSeen) -> str:
    if rules.issuer is Issuer.LEAD_UNIT:
        return next((unit.name for unit in _keeping(site)), "")
    return typed.about.mandate.issuer if typed.about.mandate else ""


def _keeping(site: SiteSeen) -> tuple[Named, ...]:
    """Who keeps the site, and so inspects it in a 自查: the lead unit, else the company."""
    return (site.lead_unit,) if site.lead_unit else site.parties


def _position(site: Site) -> tuple[int, int] | None:
    if site.latitude is None or site.longitude is None:
        return None
    return site.latitude, site.longitude
