"""Documents of rectification to check, draw, sign and attack: one of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from inspector.model.bulletin import Boarded, Case, Open, Problems, Standing
from inspector.model.inspection import Evidence, Mandate, Member, Named, PhotoRole, Stroke, TimeLimit
from inspector.model.notice import (
    Bulletin,
    Contact,
    Decision,
    Document,
    Handover,
    Missed,
    Notice,
    Press,
    Received,
    Reinspection,
    Reseen,
    Row,
    Seen,
    ServedLimit,
    ServedPaper,
    Service,
)
from inspector.model.number import Official
from inspector.model.paper import PAPERS, Kind, Way, field_name
from inspector.model.words import Category, Severity, TimeLimitKind

ISSUER = "示例县创建省级文明城市工作领导小组办公室"
STREET = Named(id="unit:城关街道办事处", name="城关街道办事处")
BUREAU = Named(id="unit:示例县城市管理局", name="示例县城市管理局")
COMPANY = Named(id="unit:㐂河物业公司", name="㐂河物业公司")
SERVED = "2026-10-19T10:00:00+08:00"
WORKDAYS = TimeLimit(kind=TimeLimitKind.WORKDAY, n=5)


def photo(digit: str, role: PhotoRole = PhotoRole.BEFORE) -> Evidence:
    """A photo whose hash is the digit, repeated."""
    return Evidence(
        sha256=digit * 64,
        bytes=2_000_000,
        role=role,
        taken_at="2026-10-13T10:31:00+08:00",
        taken_source="exif",
    )


def row(n: int, **given: Any) -> Row:
    """A finding with one photo."""
    fields: dict[str, Any] = {
        "row": n,
        "finding": f"finding:{n:016}",
        "number": f"17-{n}",
        "site": Named(id="site:BX-003", name="堃宁巷"),
        "site_code": "BX-003",
        "place": f"{n} 号院东侧墙根",
        "description": "堆放建筑垃圾，未苫盖",
        "requirement": "请清运干净，恢复地面",
        "quantity": "3",
        "measure": "㎡",
        "severity": Severity.MINOR,
        "helping_units": (BUREAU,),
        "party": COMPANY.name,
        "time_limit": WORKDAYS,
        "found_on": "2026-10-13",
        "sheet": "BX-003-20261013-7QK3-0007",
        "photos": (photo(f"{n % 10}"),),
    }
    return Row(**(fields | given))


def members(kind: Kind, count: int = 0, *, certificates: tuple[str, ...] = ()) -> tuple[Member, ...]:
    """As many signers as this kind needs, or `count`; the first one leads."""
    paper = PAPERS[kind]
    return tuple(
        Member(
            person=f"person:{n:016}",
            name=f"检查员{'甲乙丙丁'[n - 1]}",
            organisation="示例县创建办",
            position="督查一组组长" if n == 1 else "",
            leader=n == 1,
            certificate=certificates[n - 1] if certificates else f"{n}" * 64,
            field=field_name(paper.signers, n),
        )
        for n in range(1, (count or paper.at_least) + 1)
    )


RECEIVED = Received(
    way=Way.RECEIPT,
    at=SERVED,
    place="城关街道办事处",
    name="收件人戊",
    position="办公室主任",
    telephone="0000-0000000",
    strokes=(Stroke(points=(100, 100, 2000, 900, 4000, 200)),),
)


def _common(kind: Kind, number: str, heading: str) -> dict[str, Any]:
    return {
        "ledger": "demo",
        "entity": "notice:aaaaaaaaaaaaaaaa",
        "number": number,
        "heading": heading,
        "issuer": ISSUER,
        "made": "2026-10-16T15:00:00+08:00",
        "category": Category.SUPERVISION,
        "mandate": Mandate(
            issuer=ISSUER, title="联合督查方案（示例）", number="示创办〔2026〕3号", date="2026-09-01"
        ),
        "to": STREET,
        "copied": (BUREAU,),
        "parties": (COMPANY.name,),
        "members": members(kind),
    }


_ISSUED = {
    "contact": Contact(name="检查员甲", telephone="0000-0000000", place="县政府三楼"),
    "handled_by": Named(id="person:0000000000000001", name="检查员甲"),
    "checked": Decision(by="person:0000000000000002", name="检查员乙", position="副主任", at="2026-10-15"),
    "issued": Decision(by="person:0000000000000001", name="检查员甲", position="主任", at="2026-10-16"),
    "issued_on": "2026-10-16",
    "official": Official("示创办督", 2026, 17),
    "opening": "督查一组于2026年10月12日至16日检查上述点位，发现下列问题，请按期整改。",
    "asking": "请逐条落实整改措施和责任人，按期完成。",
    "feedback": "请于到期前书面报送整改情况报告，逐条附整改前后对比照片。",
}


def handover(**given: Any) -> Handover:
    """现场交办单."""
    fields = _common(Kind.HANDOVER, "BX-003-20261013-7QK3-J0008", "现场交办单") | {
        "team": "督查一组",
        "inspections": ("inspection:aaaaaaaaaaaaaaaa",),
        "rows": (row(1, number="", began=SERVED), row(2, number="")),
        "opening": "督查一组检查发现下列问题，请安排整改。",
        "asking": "请在期限内整改。",
        "contact": _ISSUED["contact"],
        "received": RECEIVED,
    }
    return Handover(**(fields | given))


def notice(**given: Any) -> Notice:
    """督查整改通知书 of three findings."""
    fields = _common(Kind.NOTICE, "示创办督〔2026〕17号", "督查整改通知书") | _ISSUED
    fields |= {
        "period_from": "2026-10-12",
        "period_to": "2026-10-16",
        "rows": tuple(row(n) for n in (1, 2, 3)),
        "review": "对本通知有异议的，请自收到之日起30日内书面提出复核申请。",
    }
    return Notice(**(fields | given))


def service(**given: Any) -> Service:
    """送达回证 of one notice."""
    fields = _common(Kind.SERVICE, "城关街道办事处-20261019-7QK3-J0009", "送达回证") | {
        "papers": (
            ServedPaper(
                kind=Kind.NOTICE,
                entity="notice:aaaaaaaaaaaaaaaa",
                number="示创办督〔2026〕17号",
                title="督查整改通知书",
                sha256="d" * 64,
            ),
        ),
        "received": RECEIVED,
        "limits": tuple(
            ServedLimit(
                finding=f"finding:{n:016}",
                number=f"17-{n}",
                time_limit=WORKDAYS,
                began=SERVED,
                due="2026-10-26",
            )
            for n in (1, 2, 3)
        ),
        "note": "本回证由送达人填写，收件人核对后签收。",
    }
    return Service(**(fields | given))


def press(**given: Any) -> Press:
    """督办单 of one finding that is late."""
    fields = _common(Kind.PRESS, "示创办督〔2026〕18号", "督办单") | _ISSUED
    fields |= {
        "official": Official("示创办督", 2026, 18),
        "leader_in_charge": "分管领导",
        "rows": (
            Missed(
                row=row(2, due="2026-10-26"),
                notice="示创办督〔2026〕17号",
                served_on="2026-10-19",
                days_late=3,
                time_limit=TimeLimit(kind=TimeLimitKind.WORKDAY, n=2),
            ),
        ),
    }
    return Press(**(fields | given))


def reinspection(**given: Any) -> Reinspection:
    """复查意见书: one passed, one failed with a new limit."""
    fields = _common(Kind.REINSPECTION, "BX-003-20261027-7QK3-J0010", "复查意见书") | {
        "team": "督查一组",
        "begin": "2026-10-27T09:00:00+08:00",
        "end": "2026-10-27T09:40:00+08:00",
        "rows": (
            Reseen(row=row(1), seen=Seen.PASS, note="已清运", photos=(photo("a", PhotoRole.AFTER),)),
            Reseen(
                row=row(2),
                seen=Seen.FAIL,
                note="仍有堆放",
                photos=(photo("b", PhotoRole.AFTER),),
                time_limit=TimeLimit(kind=TimeLimitKind.WORKDAY, n=3),
            ),
        ),
        "opening": "督查一组对下列问题进行了复查。",
        "asking": "未通过的请在新期限内整改。",
        "review": "对复查意见有异议的，请自收到之日起30日内书面提出复核申请。",
        "contact": _ISSUED["contact"],
        "received": RECEIVED,
    }
    return Reinspection(**(fields | given))


def bulletin(**given: Any) -> Bulletin:
    """督查通报 of two units in one group, one overdue finding, one case before and after."""
    fields = _common(Kind.BULLETIN, "示创办督〔2026〕19号", "督查通报") | _ISSUED
    del fields["feedback"]
    best = Standing(
        unit=BUREAU,
        group="政府机构",
        place=1,
        moved=2,
        found=40,
        due=53,
        in_time=51,
        late=2,
        overdue=0,
        reopened=1,
    )
    fields |= {
        "official": Official("示创办督", 2026, 19),
        "to": Named(id="", name="各责任单位"),
        "copied": (),
        "period_from": "2026-09-17",
        "period_to": "2026-10-16",
        "ranked": True,
        "least": 10,
        "target": 90,
        "units": (
            best,
            msgspec.structs.replace(best, unit=STREET, group="街道", moved=-1, in_time=30, overdue=21),
        ),
        "total": msgspec.structs.replace(best, place=0, moved=0, due=106, in_time=81, overdue=21),
        "red": (Boarded(unit=BUREAU),),
        "black": (Boarded(unit=STREET),),
        "problems": (
            Problems(
                unit=STREET,
                rows=(
                    Open(
                        finding="finding:0000000000000001",
                        site="示例巷",
                        place="3号门前",
                        description="堆放建筑垃圾",
                        due="2026-10-12",
                    ),
                ),
            ),
        ),
        "cases": (
            Case(
                finding="finding:0000000000000002",
                unit=BUREAU,
                site="示例路",
                place="东段",
                description="窨井盖破损",
                found_on="2026-10-01",
                due="2026-10-08",
                closed="2026-10-07",
                before=(photo("d"),),
                after=(photo("e", PhotoRole.AFTER),),
            ),
        ),
        "praise": "整改及时，予以表扬。",
    }
    return Bulletin(**(fields | given))


EVERY: Mapping[Kind, Callable[..., Document]] = {
    Kind.HANDOVER: handover,
    Kind.NOTICE: notice,
    Kind.SERVICE: service,
    Kind.PRESS: press,
    Kind.REINSPECTION: reinspection,
    Kind.BULLETIN: bulletin,
}


def changed(document: Document, **fields: Any) -> Document:
    """The document with other fields."""
    return msgspec.structs.replace(document, **fields)
