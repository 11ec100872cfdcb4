"""From a draft to the content that is signed: the one place where the one becomes the other.

Pure: what a draft only points to (site, units, people, photos, numbers) comes in as `Known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from inspector.model import decimals, person, photo, score, unit
from inspector.model.answer import Answer, counted, off, proposal, typed_or_counted
from inspector.model.draft import Draft, DraftFinding, Shot
from inspector.model.form import Count, Form, Item, Text
from inspector.model.inspection import (
    Answered,
    Content,
    Corrects,
    Earlier,
    Evidence,
    Follows,
    FormUsed,
    Found,
    Member,
    Named,
    Result,
    Signs,
    SiteSeen,
)
from inspector.model.words import Verdict


class FoundBefore(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of an earlier visit, as far as the sheet repeats it. `found_on` is RFC 3339."""

    item: str
    place: str
    description: str
    found_on: str


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a draft points to, as it is on the day. `flags` are those of each photo by its hash; `times` says how
    often each item failed at this site before."""

    ledger: str
    number: str
    made: str
    issuer: str
    heading: str
    end: str
    site: SiteSeen
    people: Mapping[str, person.Person]
    certificates: Mapping[str, str]
    units: Mapping[str, unit.Unit]
    photos: Mapping[str, photo.Photo]
    flags: Mapping[str, tuple[str, ...]]
    corrects: Corrects | None = None
    follows: Follows | None = None
    earlier: Mapping[str, FoundBefore] = {}
    times: Mapping[str, int] = {}


def compose(draft: Draft, form: Form, known: Known) -> Content:
    """The content of the draft's sheet. `known.certificates` is person → SHA-256 of the certificate that signs.
    The draft may still have gaps (model.readiness says which): what is missing is left out."""
    about = draft.about
    result = score.score(form, draft.header, draft.answers, draft.findings)
    return Content(
        ledger=known.ledger,
        inspection=about.inspection,
        number=known.number,
        issuer=known.issuer,
        heading=known.heading,
        made=known.made,
        form=FormUsed(
            id=form.id, title=form.title, edition=form.edition, status=form.status.value, version=form.version
        ),
        site=known.site,
        category=about.category,
        mandate=about.mandate,
        corrects=known.corrects,
        follows=known.follows,
        team=draft.team.name,
        members=_members(draft, known),
        begin=about.begin,
        end=known.end,
        weather=about.weather,
        late=about.late,
        header=tuple(
            (item.code, draft.header[item.code]) for item in form.header if draft.header.get(item.code)
        ),
        answers=tuple(_answers(draft, form, known, result.deductions)),
        result=Result(
            score=None if about.follows else result.score,
            deducted=0 if about.follows else result.deducted,
            weight=0 if about.follows else result.weight,
            vetoes=result.vetoes,
        ),
        findings=tuple(_found(finding, form, known) for finding in in_order(draft, form)),
        earlier=tuple(
            Earlier(
                finding=seen.finding,
                still=seen.still,
                photos=_evidence(seen.photos, known),
                **msgspec.structs.asdict(known.earlier[seen.finding]),
            )
            for seen in draft.earlier
            if seen.finding in known.earlier
        ),
        counterpart=draft.counterpart,
    )


def asked(draft: Draft, form: Form) -> tuple[Item, ...]:
    """The items that this visit asks: all of the form, or those of a 补查."""
    only = draft.about.follows.items if draft.about.follows else None
    return tuple(item for item in form.items() if only is None or item.code in only)


def in_order(draft: Draft, form: Form) -> tuple[DraftFinding, ...]:
    """The findings in the form's order, those of one item in the order in which they were opened. A finding of an
    item that the header has switched off stays in the draft and is not part of the sheet."""
    return tuple(
        finding
        for item in asked(draft, form)
        if off(item, draft.header) is None
        for finding in draft.of_item(item.code)
    )


def _members(draft: Draft, known: Known) -> tuple[Member, ...]:
    members = []
    fields = 0
    for joined in draft.team.members:
        who = known.people[joined.person]
        signs = joined.signs is Signs.CERTIFICATE
        fields += signs
        members.append(
            Member(
                person=who.id,
                name=who.name,
                organisation=who.organisation,
                position=who.position,
                leader=draft.team.leader == who.id,
                recorder=draft.team.recorder == who.id,
                signs=joined.signs,
                reason=joined.reason,
                certificate=known.certificates.get(who.id, "") if signs else "",
                field=f"inspector-{fields}" if signs else "",
            )
        )
    return tuple(members)


def _answers(draft: Draft, form: Form, known: Known, deductions: Mapping[str, int]) -> Iterable[Answered]:
    for item in asked(draft, form):
        answer = draft.answers.get(item.code)
        gone = off(item, draft.header)
        if gone is not None:
            yield Answered(code=item.code, verdict=gone.verdict, reason=gone.reason, off_by=gone.by)
        elif isinstance(item.answer, Text):
            if answer is not None and (answer.text or answer.note):
                yield Answered(code=item.code, verdict=None, text=answer.text, note=answer.note)
        elif answer is not None and answer.verdict is not None:
            yield _answered(item, draft, answer, known, deductions.get(item.code, 0))


def _answered(item: Item, draft: Draft, answer: Answer, known: Known, deducted: int) -> Answered:
    observed = answer.verdict in (Verdict.PASS, Verdict.FAIL)
    sum_of_findings = counted(item, draft.findings)
    proposed = proposal(item, draft.header, answer, counted=sum_of_findings) if observed else None
    failed = answer.verdict is Verdict.FAIL
    return Answered(
        code=item.code,
        verdict=answer.verdict,
        value=decimals.shown(answer.value, item.decimals) if observed and answer.value is not None else "",
        count=typed_or_counted(answer, sum_of_findings)
        if observed and isinstance(item.answer, Count)
        else None,
        numerator=answer.numerator if observed else None,
        denominator=answer.denominator if observed else None,
        option=answer.option if observed else "",
        reason=answer.reason if answer.verdict is Verdict.UNCHECKED else None,
        why=answer.why,
        note=answer.note,
        bulk=answer.bulk,
        deducted=0 if draft.about.follows else deducted,
        proposed=proposed if proposed is not answer.verdict else None,
        times=known.times.get(item.code, 0) + 1 if failed else 0,
    )


def _found(finding: DraftFinding, form: Form, known: Known) -> Found:
    return Found(
        id=finding.id,
        item=finding.item,
        place=finding.place,
        description=finding.description,
        quantity=finding.quantity,
        measure=finding.measure,
        severity=finding.severity,
        lead_unit=_named(finding.lead_unit, known),
        helping_units=tuple(name for name in (_named(one, known) for one in finding.helping_units) if name),
        party=finding.party,
        time_limit=finding.time_limit or form.item(finding.item).time_limit,
        fixed_on_spot=finding.fixed_on_spot,
        no_photo=finding.no_photo,
        photos=_evidence(finding.photos, known),
    )


def _named(entity: str, known: Known) -> Named | None:
    one = known.units.get(entity)
    return Named(id=one.id, name=one.name) if one else None


def _evidence(shots: Iterable[Shot], known: Known) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            sha256=shot.sha256,
            bytes=facts.bytes,
            role=shot.role,
            caption=shot.caption,
            taken_at=facts.taken_at,
            taken_source=facts.taken_source.value,
            shifted=facts.shifted,
            camera=facts.camera,
            turned=shot.turned,
            marks=shot.marks,
            flags=known.flags.get(shot.sha256, ()),
        )
        for shot in shots
        for facts in [known.photos[shot.sha256]]
    )
