"""What keeps a draft from being signed: one list, each entry with the place that it jumps to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from inspector.model import wording
from inspector.model.answer import check_answer, check_header, counted, off
from inspector.model.category import CategoryRules
from inspector.model.compose import asked, in_order
from inspector.model.draft import Draft, DraftFinding
from inspector.model.form import Count, Form, Item, Text
from inspector.model.inspection import Choice, PhotoRole, Signs
from inspector.model.photo import MAX_AT_AN_INSPECTION
from inspector.model.unit import Unit
from inspector.model.words import Needed, Verdict

MIN_SIGNERS = 2
"""组长 or 记录人 and one more sign by certificate (docs/decisions.md, Drafts and signing)."""


class Blocker(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is missing: `key` names its text, `where` is the path of the draft's part to jump to, `item`
    its code; `got` and `want` are figures for the text."""

    key: str
    where: str
    item: str = ""
    got: str = ""
    want: str = ""


def blockers(
    draft: Draft,
    form: Form,
    rules: CategoryRules,
    *,
    units: Mapping[str, Unit],
    certified: Container[str],
    led: bool,
) -> tuple[Blocker, ...]:
    """Everything that must be put right before the inspectors sign, in the order of the sheet. What the
    counterpart does comes after this: `counterpart_blockers`. `certified` are the people who have a certificate;
    `led`: the site has a lead unit."""
    return (
        *_about(draft, rules, led),
        *_header(draft, form),
        *_items(draft, form),
        *_findings(draft, form, units),
        *_earlier(draft, form),
        *_forbidden(draft, form, rules),
        *(
            Blocker(key="jotting-not-placed", where=f"jottings/{one.id}", got=one.text)
            for one in draft.jottings
        ),
        *_team(draft, rules, certified),
    )


def counterpart_blockers(draft: Draft, *, shown: str) -> tuple[Blocker, ...]:
    """What is missing on the counterpart's side. `shown` is the hash of what would be signed now: when he was
    shown something else, his act is void (对方签名已作废：内容有改动)."""
    other = draft.counterpart
    where = "counterpart"
    if other is None:
        return (Blocker(key="counterpart-missing", where=where),)
    missing = {
        Choice.AGREED: not other.name.strip() or not other.strokes,
        Choice.OBJECTED: not other.name.strip() or not other.text.strip(),
        Choice.REFUSED: not other.reason.strip() or not other.witness.strip(),
        Choice.PAPER: not other.photo,
        Choice.NOT_NEEDED: not other.reason.strip(),
    }[other.choice]
    if missing:
        return (Blocker(key=f"counterpart-{other.choice.value.replace('_', '-')}-incomplete", where=where),)
    if other.choice is not Choice.NOT_NEEDED and other.shown != shown:
        return (Blocker(key="counterpart-void", where=where),)
    return ()


def _about(draft: Draft, rules: CategoryRules, led: bool) -> Iterator[Blocker]:
    about = draft.about
    if Needed.MANDATE in rules.required and (about.mandate is None or not about.mandate.title.strip()):
        yield Blocker(key="mandate-missing", where="about")
    if Needed.LEAD_UNIT in rules.required and not led:
        yield Blocker(key="site-without-lead", where="about")
    if Needed.WEATHER in rules.required and not about.weather.strip():
        yield Blocker(key="weather-missing", where="about")
    if about.end and datetime.fromisoformat(about.end) < datetime.fromisoformat(about.begin):
        yield Blocker(key="visit-ends-before-it-begins", where="about", got=about.end, want=about.begin)
    if about.corrects and not about.corrects.why.strip():
        yield Blocker(key="correction-without-reason", where="about")


def _header(draft: Draft, form: Form) -> Iterator[Blocker]:
    for asked_first in form.header:
        for problem in check_header(asked_first, draft.header.get(asked_first.code, "")):
            yield Blocker(
                key=problem.key,
                where=f"header/{asked_first.code}",
                item=asked_first.code,
                got=problem.got,
                want=problem.want,
            )


def _items(draft: Draft, form: Form) -> Iterator[Blocker]:
    still_there = {seen.item for seen in draft.earlier if seen.still}
    for item in asked(draft, form):
        answer = draft.answers.get(item.code)
        where = f"answers/{item.code}"
        for problem in check_answer(item, draft.header, answer, counted=counted(item, draft.findings)):
            yield Blocker(key=problem.key, where=where, item=item.code, got=problem.got, want=problem.want)
        if off(item, draft.header) is not None or isinstance(item.answer, Text):
            continue
        failed = answer is not None and answer.verdict is Verdict.FAIL
        own = draft.of_item(item.code)
        if failed and not own and item.code not in still_there:
            yield Blocker(key="failure-without-finding", where=where, item=item.code)
        if own and answer is not None and answer.verdict in (Verdict.UNCHECKED, Verdict.NOT_APPLICABLE):
            yield Blocker(key="finding-of-unobserved-item", where=where, item=item.code)
        passed = answer is not None and answer.verdict is Verdict.PASS
        if own and passed and not isinstance(item.answer, Count):  # a count may allow some
            yield Blocker(key="finding-of-passed-item", where=where, item=item.code)


def _findings(draft: Draft, form: Form, units: Mapping[str, Unit]) -> Iterator[Blocker]:
    printed = in_order(draft, form)
    for finding in printed:
        for key, got in _finding(finding, form.item(finding.item), form, units):
            yield Blocker(key=key, where=f"findings/{finding.id}", item=finding.item, got=got)
    photos = sum(len(finding.photos) for finding in printed) + sum(len(seen.photos) for seen in draft.earlier)
    if photos > MAX_AT_AN_INSPECTION:
        yield Blocker(key="too-many-photos", where="about", got=str(photos), want=str(MAX_AT_AN_INSPECTION))


def _finding(
    finding: DraftFinding, item: Item, form: Form, units: Mapping[str, Unit]
) -> Iterable[tuple[str, str]]:
    if form.place_required and not finding.place.strip():
        yield "finding-without-place", ""
    if not finding.description.strip():
        yield "finding-without-description", ""
    for name in wording.left_over(finding.description):
        yield "finding-placeholder-left", name
    lead = units.get(finding.lead_unit)
    if lead is None:
        yield "finding-without-lead", ""
    elif lead.party:
        yield "finding-led-by-party", lead.name
    before = any(shot.role is PhotoRole.BEFORE for shot in finding.photos)
    after = any(shot.role is PhotoRole.AFTER for shot in finding.photos)
    if item.photo_required and not before and not finding.no_photo.strip():
        yield "finding-without-photo", ""
    if finding.fixed_on_spot and not after and not finding.no_photo.strip():
        yield "finding-fixed-without-photo", ""


def _earlier(draft: Draft, form: Form) -> Iterator[Blocker]:
    """仍存在 and 已消除 want a photo where the form wants one, and for an item that it no longer has."""
    for seen in draft.earlier:
        item = form.by_code.get(seen.item)
        if not seen.photos and (item is None or item.photo_required):
            yield Blocker(key="earlier-without-photo", where=f"earlier/{seen.finding}", item=seen.item)


def _forbidden(draft: Draft, form: Form, rules: CategoryRules) -> Iterator[Blocker]:
    for where, item, text in _own_words(draft, form):
        for word in rules.forbidden_in(text):
            yield Blocker(key="word-forbidden", where=where, item=item, got=word)


def _own_words(draft: Draft, form: Form) -> Iterator[tuple[str, str, str]]:
    """What the team typed and the sheet prints, a part at a time: its path, the item, the text. What the counterpart
    says is printed as he says it."""
    about = draft.about
    mandate = about.mandate
    yield "about", "", _apart(mandate.issuer, mandate.title) if mandate else ""
    yield "about", "", about.corrects.why if about.corrects else ""
    for item in asked(draft, form):
        answer = draft.answers.get(item.code)
        if answer is not None and off(item, draft.header) is None:
            yield f"answers/{item.code}", item.code, _apart(answer.text, answer.why, answer.note)
    for finding in in_order(draft, form):
        said = (finding.place, finding.description, finding.party, finding.no_photo)
        captions = (shot.caption for shot in finding.photos)
        yield f"findings/{finding.id}", finding.item, _apart(*said, *captions)
    for seen in draft.earlier:
        yield f"earlier/{seen.finding}", seen.item, _apart(*(shot.caption for shot in seen.photos))
    yield "team", "", _apart(draft.team.name, *(joined.reason for joined in draft.team.members))


def _apart(*texts: str) -> str:
    """The texts so that no word is made of the end of one and the beginning of the next."""
    return "|".join(texts)


def _team(draft: Draft, rules: CategoryRules, certified: Container[str]) -> Iterator[Blocker]:
    team = draft.team
    members = {joined.person: joined for joined in team.members}
    if Needed.TEAM in rules.required and not team.name.strip():
        yield Blocker(key="team-without-name", where="team")
    if Needed.LEADER in rules.required and team.leader not in members:
        yield Blocker(key="team-without-leader", where="team")
    if Needed.RECORDER in rules.required and team.recorder not in members:
        yield Blocker(key="team-without-recorder", where="team")
    if len(members) < len(team.members):
        yield Blocker(key="team-member-twice", where="team")
    for place, joined in enumerate(team.members, 1):
        if joined.signs is Signs.NONE and not joined.reason.strip():
            yield Blocker(key="member-unsigned-without-reason", where="team", got=str(place))
        if joined.signs is Signs.CERTIFICATE and joined.person not in certified:
            yield Blocker(key="member-without-certificate", where="team", got=str(place))
    signing = {joined.person for joined in team.members if joined.signs is Signs.CERTIFICATE}
    if len(signing) < MIN_SIGNERS or not {team.leader, team.recorder} & signing:
        yield Blocker(key="team-too-few-signers", where="team", got=str(len(signing)), want=str(MIN_SIGNERS))
