"""Contents of sheets to draw: composed like those of real inspections, out of the shipped forms."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

import msgspec
from PIL import Image, ImageDraw

from inspector.model.answer import Answer
from inspector.model.category import read_categories
from inspector.model.compose import FoundBefore, Known, compose
from inspector.model.draft import (
    About,
    Draft,
    DraftFinding,
    EarlierSeen,
    Joined,
    Replaces,
    Revisits,
    Shot,
    Team,
)
from inspector.model.form import Choose, Form, Measure, Ratio, Text
from inspector.model.form_toml import read_form
from inspector.model.inspection import (
    Choice,
    Content,
    Corrects,
    Counterpart,
    Follows,
    Mandate,
    Named,
    PhotoRole,
    SiteSeen,
    rendition_key,
)
from inspector.model.person import Person
from inspector.model.photo import Photo, TimeSource
from inspector.model.unit import Unit
from inspector.model.words import Category, Verdict
from inspector.places import shipped

BEGIN = datetime.fromisoformat("2026-10-13T10:18:00+08:00")
MANDATE = Mandate(
    issuer="示例县创建省级文明城市工作领导小组办公室",
    title="2026年秋季文明城市创建联合督查方案",
    number="示创办〔2026〕17号",
    date="2026-09-28",
)
LEAD = Named(id="unit:城关街道办事处", name="城关街道办事处")
HELPING = Named(id="unit:示例县城市管理局", name="示例县城市管理局")
NOT_NEEDED = Counterpart(choice=Choice.NOT_NEEDED, reason="公共区域，无人在场")


class Made(NamedTuple):
    """What `sheet.sheet` takes."""

    content: Content
    form: Form
    renditions: Mapping[str, bytes]


@cache
def form(name: str) -> Form:
    """A shipped form by its id: BX, GJ, GC …"""
    file = shipped("forms") / f"{name}.toml"
    return read_form(file.read_text("utf-8"), where=file.name)


@cache
def picture(seed: int, size: tuple[int, int] = (1200, 900), quality: int = 80) -> bytes:
    """A JPEG that shows its number: sky, ground, a wall, some litter."""
    random = Random(seed)
    small = Image.frombytes(
        "RGB", (size[0] // 12, size[1] // 12), random.randbytes(size[0] // 12 * (size[1] // 12) * 3)
    )
    image = Image.blend(
        small.resize(size, Image.Resampling.BICUBIC), Image.new("RGB", size, (150, 160, 165)), 0.75
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] * 0.62, size[0], size[1]), fill=(112, 110, 104))
    for _ in range(14):
        x, y = random.uniform(0, size[0]), random.uniform(size[1] * 0.6, size[1] * 0.95)
        draw.ellipse(
            (x, y, x + size[0] * 0.05, y + size[1] * 0.03), fill=tuple(random.choices(range(40, 220), k=3))
        )
    draw.text((size[0] * 0.45, size[1] * 0.2), str(seed), fill=(20, 20, 20), font_size=size[1] // 5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def sha(n: int) -> str:
    """The hash of an original that exists by name alone."""
    return hashlib.sha256(b"original %d" % n).hexdigest()


def shot(n: int, role: PhotoRole = PhotoRole.BEFORE, caption: str = "") -> Shot:
    """The photo `n` at a finding."""
    return Shot(sha256=sha(n), role=role, caption=caption)


def after(n: int) -> Shot:
    """The photo `n`, taken when it had been put right."""
    return shot(n, PhotoRole.AFTER)


def finding(n: int, item: str, **given: Any) -> DraftFinding:
    """A finding with everything that a form may ask for."""
    filled: dict[str, Any] = {
        "id": f"finding:{n:016d}",
        "item": item,
        "order": n,
        "place": f"{10 + n} 号院门前",
        "description": f"{10 + n} 号院门前路面破损 1 处，约 0.5 ㎡。",
        "quantity": "1",
        "measure": "处",
        "lead_unit": LEAD.id,
        "helping_units": (HELPING.id,),
        "photos": (shot(n),),
    }
    return DraftFinding(**(filled | given))


def made(
    name: str = "BX",
    *,
    findings: Sequence[DraftFinding] = (),
    answers: Mapping[str, Answer] | None = None,
    header: Mapping[str, str] | None = None,
    category: Category = Category.SUPERVISION,
    counterpart: Counterpart | None = NOT_NEEDED,
    earlier: Mapping[str, tuple[FoundBefore, EarlierSeen]] | None = None,
    members: Sequence[Joined] = (Joined(person="person:a"), Joined(person="person:b")),
    names: Mapping[str, str] | None = None,
    ledger: str = "410000",
    site: Mapping[str, Any] | None = None,
    about: Mapping[str, Any] | None = None,
    corrects: Corrects | None = None,
    follows: Follows | None = None,
    issuer: str = MANDATE.issuer,
    team: str = "督查一组",
    photos: Mapping[str, Mapping[str, Any]] | None = None,
    number: str = "BX-017-20261013-7QK3-0041",
) -> Made:
    """A sheet of this form: what is not answered passes, an item with findings fails."""
    checklist = form(name)
    told = {
        item.code: item.options[0] if isinstance(item.answer, Choose) else "12" for item in checklist.header
    } | dict(header or {})
    kept = dict(answers or {})
    for one in findings:
        kept.setdefault(one.item, Answer(verdict=Verdict.FAIL))
    for item in checklist.items():
        kept.setdefault(item.code, _passed(item))
    people = {
        person: Person(id=person, name=called, organisation=organisation, position=position)
        for person, called, organisation, position in (
            ("person:a", "检查员甲", "县委督查室", "副主任"),
            ("person:b", "检查员乙", "示例县创建办", "科员"),
            ("person:c", "检查员丙", "县纪委监委", ""),
        )
    }
    for person, called in (names or {}).items():
        people[person] = msgspec.structs.replace(people[person], name=called)
    shots = [one for found in findings for one in found.photos]
    shots += [one for _, seen in (earlier or {}).values() for one in seen.photos]
    draft = Draft(
        id="draft:1",
        about=About(
            **(
                {
                    "inspection": "inspection:aaaaaaaaaaaaaaaa",
                    "form": checklist.version,
                    "site": "site:BX-017",
                    "category": category,
                    "mandate": None if category is Category.SELF else MANDATE,
                    "corrects": Replaces(inspection="inspection:aaaaaaaaaaaaaaaa") if corrects else None,
                    "follows": Revisits(inspection=follows.inspection, items=follows.items)
                    if follows
                    else None,
                    "begin": BEGIN.isoformat(),
                    "end": (BEGIN + timedelta(minutes=48)).isoformat(),
                    "weather": "多云",
                }
                | dict(about or {})
            )
        ),
        team=Team(name=team, leader="person:a", recorder="person:b", members=tuple(members)),
        header=told,
        answers=kept,
        findings=tuple(findings),
        earlier=tuple(seen for _, seen in (earlier or {}).values()),
        counterpart=counterpart,
    )
    file = shipped("forms") / "texts" / "categories.toml"
    rules = read_categories(file.read_text("utf-8"), where=file.name)[category]
    known = Known(
        ledger=ledger,
        number=number,
        made=(BEGIN + timedelta(minutes=50)).isoformat(),
        issuer=issuer,
        heading=rules.heading,
        end=draft.about.end,
        site=_site(checklist, dict(site or {})),
        people=people,
        certificates={person: hashlib.sha256(person.encode()).hexdigest() for person in people},
        units={
            named.id: Unit(id=named.id, name=named.name, short=named.name, type="政府部门", roles=())
            for named in (LEAD, HELPING)
        },
        photos={one.sha256: _photo(one.sha256, dict(photos or {}).get(one.sha256, {})) for one in shots},
        flags={},
        corrects=corrects,
        follows=follows,
        earlier={key: before for key, (before, _) in (earlier or {}).items()},
    )
    content = compose(draft, checklist, known)
    printed = {
        rendition_key(photo): picture(index % 9, (900, 1200) if index % 5 == 4 else (1200, 900))
        for index, photo in enumerate(content.evidence())
    }
    if counterpart and counterpart.photo:
        printed[counterpart.photo] = picture(7, (900, 1200))
    return Made(content, checklist, printed)


def _site(checklist: Form, given: dict[str, Any]) -> SiteSeen:
    filled: dict[str, Any] = {
        "entity": "site:BX-017",
        "code": "BX-017",
        "name": "堃宁巷",
        "kind": checklist.site_kind,
        "address": "学府路南侧，长 310 米",
        "street": "城关街道",
        "lead_unit": LEAD,
        "helping_units": (HELPING, Named(id="unit:示例县住房和城乡建设局", name="示例县住房和城乡建设局")),
    }
    return SiteSeen(**(filled | given))


def _passed(item: Any) -> Answer:
    if isinstance(item.answer, Text):
        return Answer(text="")
    if isinstance(item.answer, Choose):
        return Answer(verdict=Verdict.PASS, option=item.answer.passing[0])
    if isinstance(item.answer, Ratio):
        return Answer(verdict=Verdict.PASS, numerator=50, denominator=50)
    if isinstance(item.answer, Measure):
        return Answer(verdict=Verdict.PASS, value=260)
    return Answer(verdict=Verdict.PASS)


def _photo(name: str, given: Mapping[str, Any]) -> Photo:
    filled: dict[str, Any] = {
        "sha256": name,
        "bytes": 3_000_000,
        "name": "IMG_0001.jpg",
        "format": "JPEG",
        "width": 4000,
        "height": 3000,
        "taken_at": "2026-10-13T10:40:12+08:00",
        "taken_source": TimeSource.EXIF,
    }
    return Photo(**(filled | dict(given)))
