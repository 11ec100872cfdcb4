"""A visit with small_form that can be signed as it is, and what it points to."""

from __future__ import annotations

from typing import Any

import msgspec

from inspector.model.answer import Answer
from inspector.model.compose import Known
from inspector.model.draft import About, Draft, DraftFinding, Joined, Shot, Team
from inspector.model.inspection import (
    Choice,
    Counterpart,
    Mandate,
    Named,
    PhotoRole,
    SiteSeen,
    Stroke,
    TimeLimit,
)
from inspector.model.person import Person
from inspector.model.photo import Photo, TimeSource
from inspector.model.unit import Unit
from inspector.model.words import Category, TimeLimitKind, Verdict
from tests.model.small_form import DAY, FORM

LEADER, RECORDER, GUEST = "person:aaaaaaaaaaaaaaaa", "person:bbbbbbbbbbbbbbbb", "person:cccccccccccccccc"
PARK, CLEANERS, COMPANY = "unit:公园管理处", "unit:环卫中心", "unit:㐂河物业"
BEFORE, AFTER = "b" * 64, "a" * 64
LITTER = "finding:llllllllllllllll"

PEOPLE = {
    LEADER: Person(id=LEADER, name="检查员甲", organisation="创建办", position="组长"),
    RECORDER: Person(id=RECORDER, name="检查员乙", organisation="督查室"),
    GUEST: Person(id=GUEST, name="检查员丙", organisation="城管局"),
}
UNITS = {
    PARK: Unit(id=PARK, name="示例县公园管理处", roles=("公园管理处",)),
    CLEANERS: Unit(id=CLEANERS, name="示例县环卫中心", roles=("环卫",)),
    COMPANY: Unit(id=COMPANY, name="㐂河物业公司", type="企业", roles=("物业",)),
}
SITE = SiteSeen(
    entity="site:GY-001",
    code="GY-001",
    name="人民公园",
    kind="公园",
    lead_unit=Named(id=PARK, name="示例县公园管理处"),
)


def photo(sha256: str) -> Photo:
    return Photo(
        sha256=sha256,
        bytes=2_000_000,
        name="IMG_0001.jpg",
        format="jpeg",
        width=4000,
        height=3000,
        taken_at="2026-11-23T10:10:00+08:00",
        taken_source=TimeSource.EXIF,
        shift_seconds=60,
        camera="某机型",
    )


FINDING = DraftFinding(
    id=LITTER,
    item="GY-01",
    order=1,
    place="南门内侧",
    description="南门内侧有垃圾2处",
    quantity="2",
    measure="处",
    lead_unit=PARK,
    helping_units=(CLEANERS,),
    party="㐂河物业公司",
    time_limit=TimeLimit(kind=TimeLimitKind.AT_ONCE),
    photos=(Shot(sha256=BEFORE, caption="南门"),),
)

DRAFT = Draft(
    id="dddddddddddddddd",
    about=About(
        inspection="inspection:iiiiiiiiiiiiiiii",
        form=FORM.version,
        site="site:GY-001",
        category=Category.SUPERVISION,
        mandate=Mandate(issuer="示例县创建办", title="联合督查方案"),
        begin="2026-11-23T10:00:00+08:00",
        end="2026-11-23T10:40:00+08:00",
    ),
    team=Team(
        name="督查一组",
        leader=LEADER,
        recorder=RECORDER,
        members=(Joined(person=LEADER), Joined(person=RECORDER)),
    ),
    header=dict(DAY),
    answers={
        "GY-01": Answer(verdict=Verdict.FAIL),
        "GY-02": Answer(verdict=Verdict.PASS, value=110),
        "GY-04": Answer(verdict=Verdict.PASS, option="完好"),
        "GY-05": Answer(verdict=Verdict.PASS),
        "GY-06": Answer(verdict=Verdict.NOT_APPLICABLE, why="没有草坪"),
    },
    findings=(FINDING,),
    counterpart=Counterpart(
        choice=Choice.AGREED, name="公园主任", strokes=(Stroke(points=(0, 0, 100, 100)),)
    ),
)

KNOWN = Known(
    ledger="local-aaaaaaaa",
    number="GY-001-20261123-7QK3-0001",
    made="2026-11-23T10:41:00+08:00",
    issuer="示例县创建办",
    heading="文明城市创建联合督查检查记录表",
    end="2026-11-23T10:40:00+08:00",
    site=SITE,
    people=PEOPLE,
    certificates={LEADER: "1" * 64, RECORDER: "2" * 64},
    units=UNITS,
    photos={BEFORE: photo(BEFORE), AFTER: photo(AFTER)},
    flags={BEFORE: ("photo-used-before",)},
)


def about(**changed: Any) -> Draft:
    """The visit with other facts about it."""
    return msgspec.structs.replace(DRAFT, about=msgspec.structs.replace(DRAFT.about, **changed))


def finding(**changed: Any) -> Draft:
    """The visit with its finding changed."""
    return msgspec.structs.replace(DRAFT, findings=(msgspec.structs.replace(FINDING, **changed),))


def answered(code: str, answer: Answer) -> Draft:
    """The visit with another answer to one item."""
    return msgspec.structs.replace(DRAFT, answers={**DRAFT.answers, code: answer})


def team(**changed: Any) -> Draft:
    """The visit with another team."""
    return msgspec.structs.replace(DRAFT, team=msgspec.structs.replace(DRAFT.team, **changed))


def after(sha256: str = AFTER) -> Shot:
    """A photo of what was put right."""
    return Shot(sha256=sha256, role=PhotoRole.AFTER)
