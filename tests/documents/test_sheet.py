"""The sheet says everything that its content says, on whole pages, and is the same file wherever it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
import segno
from pikepdf import pdfa as validator

from inspector.documents.sheet import sheet
from inspector.model import canonical, inspection
from inspector.model.answer import Answer
from inspector.model.compose import FoundBefore
from inspector.model.draft import EarlierSeen, Joined
from inspector.model.inspection import Choice, Corrects, Counterpart, Follows, Mark, Signs, Stroke, TimeLimit
from inspector.model.photo import TimeSource
from inspector.model.words import Category, Severity, TimeLimitKind, UncheckedReason, Verdict
from tests.documents.builders import solid, text_of
from tests.documents.sheets import NOT_NEEDED, Made, after, finding, made, picture, sha, shot

MM = 72 / 25.4


def said(made: Made) -> str:
    """All that the sheet says, without blanks."""
    return solid(text_of(sheet(*made)))


def pages(pdf: bytes) -> list[str]:
    """What each page says, without blanks."""
    return [solid(page) for page in text_of(pdf).split("\f")[:-1]]


def words(pdf: bytes) -> list[tuple[int, float, float, str]]:
    """Page, left edge, upper edge and text of each word, as poppler sees them."""
    command = ["pdftotext", "-bbox", "-enc", "UTF-8", "-", "-"]
    out = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    found, page = [], 0
    for line in out.splitlines():
        page += "<page " in line
        if match := re.search(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*)</word>', line):
            found.append((page, float(match[1]), float(match[2]), match[3]))
    return found


def at(pdf: bytes, text: str) -> tuple[int, float, float]:
    """Where the word that begins with `text` stands first."""
    return next((page, x, y) for page, x, y, word in words(pdf) if word.startswith(text))


# The first page


def test_page_one_says_how_bad_what_who_and_by_when() -> None:
    first = pages(sheet(*made(findings=[finding(1, "BX-05"), finding(2, "BX-10", severity=Severity.MAJOR)])))[
        0
    ]
    for text in (
        "编号BX-017-20261013-7QK3-0041",
        "堃宁巷（BX-017）",
        "城关街道学府路南侧，长310米",
        "点位类别背街小巷",
        "督查一组",
        "检查员甲（县委督查室副主任）、检查员乙（示例县创建办科员）",
        "2026年10月13日10:18—11:06",
        "《2026年秋季文明城市创建联合督查方案》（示创办〔2026〕17号、2026年9月28日）",
        "背街小巷文明巡检检查表（第1版，草案待审定）",
        "25项：合格22·不合格2·不适用0·未检1",
        "得分=100×（1−扣分3÷已查项权重96）=96.87…，四舍五入到96.9",
        "问题2处：一票否决0·严重1·一般1；现场已整改0处",
        "未检（列入待补查）：BX-23（非夜间）",
        "牵头城关街道办事处·立行立改",
    ):
        assert text in first
    assert first.startswith("示例县创建省级文明城市工作领导小组办公室文明城市创建联合督查检查记录表编号")


def test_the_three_worst_come_first_on_page_one() -> None:
    found = [
        finding(1, "GC-06"),
        finding(2, "GC-07", severity=Severity.MAJOR),
        finding(3, "GC-08", severity=Severity.MAJOR, fixed_on_spot=True, photos=(shot(3), after(4))),
        finding(4, "GC-09"),
        finding(5, "GC-01"),
    ]
    first = pages(sheet(*made("GC", findings=found)))[0]
    order = [first.index(text) for text in ("GC-01一票否决", "GC-07严重", "GC-08严重·现场已整改")]
    assert order == sorted(order)
    assert "GC-06一般" not in first


def test_a_veto_makes_nought_and_is_named_with_what_the_formula_gives() -> None:
    first = pages(sheet(*made("GC", findings=[finding(1, "GC-01")])))[0]
    assert "一票否决：GC-01不合格，得分记0" in first
    assert "得分0" in first
    assert "扣分6÷已查项权重94）=93.61…，四舍五入到93.6" in first


def test_a_score_that_comes_out_even_is_not_said_to_be_rounded() -> None:
    assert "÷已查项权重100）=100.0" in pages(sheet(*made("CK")))[0]


def test_page_one_says_on_which_page_the_rest_stands() -> None:
    pdf = sheet(*made(findings=[finding(n, "BX-05") for n in range(1, 5)]))
    told = re.search(
        r"问题明细与照片见第(\d+)页，逐项结果见附件（第(\d+)页），被检查方意见与签名见第(\d+)页",
        pages(pdf)[0],
    )
    assert told is not None
    for number, title in zip(
        told.groups(), ("问题明细", "附件：逐项检查结果", "被检查方意见与签名"), strict=True
    ):
        assert title in pages(pdf)[int(number) - 1]


# What kind of sheet it is


def test_a_correction_says_what_it_replaces_and_why() -> None:
    corrects = Corrects(
        number="GC-002-20261012-7QK3-0003", date="2026-10-12", sha256="9f3c1a7be204d568" * 4, why="数量写错"
    )
    first = pages(sheet(*made("GC", corrects=corrects)))[0]
    assert "检查记录表（更正）" in first
    assert "本表取代2026年10月12日的GC-002-20261012-7QK3-0003（内容指纹9f3c1a7be204d568）" in first
    assert "更正原因：数量写错" in first


def test_a_revisit_has_no_score_and_names_what_it_follows() -> None:
    follows = Follows(inspection="inspection:b", number="BX-017-20261012-7QK3-0040", items=("BX-23", "BX-24"))
    again = made(follows=follows, header={"BX-H2": "夜间"})
    first = pages(sheet(*again))[0]
    assert "补查：只查BX-017-20261012-7QK3-0040的未检项2项，不计分" in first
    assert "得分不计分" in first
    assert solid(again.form.item("BX-01").text) not in said(again)


def test_a_covert_and_a_late_visit_say_so() -> None:
    first = pages(sheet(*made("GD", category=Category.COVERT, about={"late": True})))[0]
    assert "文明城市创建暗访检查记录表" in first
    assert "暗访：事先未通知，现场未与被检查方见面；检查结束后补录" in first
    assert "一式一份·检查组存档" in first


@pytest.mark.parametrize(("ledger", "every"), [("demo", True), ("410000", False)])
def test_each_page_of_the_example_and_of_nothing_else_says_example(ledger: str, every: bool) -> None:
    for page in pages(sheet(*made(findings=[finding(1, "BX-05")], ledger=ledger))):
        assert ("示例·虚构内容，不作为正式文书" in page) is every


@pytest.mark.parametrize("category", Category)
def test_no_sheet_speaks_the_language_of_enforcement(category: Category) -> None:
    text = said(made("CK", category=category, findings=[finding(1, "CK-01")]))
    assert not any(word in text for word in ("责令", "处罚", "执法"))


# Every page


def test_every_page_has_number_page_count_and_fingerprint() -> None:
    ready = made(findings=[finding(n, "BX-05") for n in range(1, 8)])
    pdf = sheet(*ready)
    digits = canonical.sha256(inspection.encode(ready.content))[:16]
    texts = pages(pdf)
    for n, page in enumerate(texts, 1):
        assert f"检查记录表{ready.content.number}" in page
        assert f"第{n}页共{len(texts)}页" in page
        assert f"内容指纹{digits}" in page


def test_every_page_has_a_qr_code_of_20_mm_with_the_words_that_a_phone_shows() -> None:
    ready = made(findings=[finding(1, "BX-05")])
    digits = canonical.sha256(inspection.encode(ready.content))[:16]
    text = f"文明巡检 {ready.content.number} 2026-10-13 {digits}"
    wanted = [
        list(row)
        for row in segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8").matrix
    ]
    side = 21 * MM
    for page in pypdfium2.PdfDocument(sheet(*ready)):
        image = page.render(scale=8, grayscale=True).to_pil()
        left, top = (page.get_width() - 18 * MM - side) * 8, (page.get_height() - 6.8 * MM - side) * 8
        module = side * 8 / len(wanted)
        dark = [
            [
                int(image.getpixel((left + (x + 0.5) * module, top + (y + 0.5) * module)) < 128)
                for x in range(len(wanted))
            ]
            for y in range(len(wanted))
        ]
        assert dark == wanted
        quiet = image.crop(
            (int(left - 4 * module), int(top - 4 * module), int(left) - 1, int(top + side * 8))
        )
        assert quiet.getextrema() == (255, 255)


# Findings


def test_a_finding_says_place_quantity_clause_units_party_and_limit_in_words() -> None:
    found = finding(
        1, "BX-12", place="巷中段 70 号门前", description="墙面小广告 6 处。", quantity="6", measure="处",
        severity=Severity.MAJOR, party="示例物业有限公司", time_limit=TimeLimit(kind=TimeLimitKind.CALDAY, n=7),
    )  # fmt: skip
    ready = made(findings=[found])
    text = said(ready)
    assert "1BX-12" + solid(ready.form.item("BX-12").text) in text
    assert "问题墙面小广告6处。" in text
    assert "位置巷中段70号门前" in text
    assert "单位牵头城关街道办事处；配合示例县城市管理局；涉及单位示例物业有限公司" in text
    assert "7日（自然日）" in text
    assert "城市市容和环境卫生管理条例" in text


def test_clauses_that_nobody_verified_are_for_reference_only() -> None:
    assert "城市道路清扫保洁与质量评价标准CJJ/T126-2022（参考，条款待核实）" in said(
        made(findings=[finding(1, "BX-06")])
    )
    assert "创建办自拟（参考）" in said(made(findings=[finding(1, "BX-05")]))


def test_the_description_is_bold_and_the_photos_stand_before_left_after_right() -> None:
    found = finding(1, "BX-05", description="墙脚堆放木料", photos=(after(3), shot(2)), fixed_on_spot=True)
    pdf = sheet(*made(findings=[found]))
    _, left, upper = at(pdf, "整改前")
    _, right, lower = at(pdf, "整改后")
    assert left < 210 / 2 * MM < right and upper == lower
    with pikepdf.open(BytesIO(pdf)) as document:
        names = {str(font.BaseFont).split("+")[1] for font in document.pages[1].Resources.Font.values()}
    assert any("Bold" in name for name in names)
    assert "现场已整改" in said(made(findings=[found]))


def test_what_is_not_put_right_yet_says_so_in_the_empty_half() -> None:
    _, x, _ = at(sheet(*made(findings=[finding(1, "BX-05")])), "未整改")
    assert x > 210 / 2 * MM


def test_a_caption_names_the_source_of_its_time() -> None:
    shots = tuple(shot(n) for n in range(1, 6))
    photos = {
        sha(1): {},
        sha(2): {"taken_source": TimeSource.FILENAME},
        sha(3): {"taken_source": TimeSource.NONE, "taken_at": ""},
        sha(4): {"taken_source": TimeSource.EXIF_LOCAL, "taken_at": "2011-05-13T10:24:00+08:00"},
        sha(5): {"shift_seconds": 3600},
    }
    text = said(made(findings=[finding(1, "BX-05", photos=shots)], photos=photos))
    for caption in (
        f"整改前1·拍摄时间10:40（相机）·原件{sha(1)[:8]}",
        "整改前2·保存时间10:40（文件名）",
        "整改前3·拍摄时间不详",
        "整改前4·拍摄时间2011年5月13日10:24（相机，时区按本机）",
        "拍摄时间10:40（相机）；校正后11:40",
    ):
        assert caption in text


def test_a_caption_says_what_is_odd_and_what_was_drawn_on_the_photo() -> None:
    ready = made(findings=[finding(1, "BX-05")])
    found = ready.content.findings[0]
    marks = (Mark(kind="arrow", x0=0, y0=0, x1=9, y1=9), Mark(kind="pixelate", x0=0, y0=0, x1=9, y1=9))
    odd = msgspec.structs.replace(
        found.photos[0], flags=("photo-before-visit", "photo-used-before"), marks=marks
    )
    content = msgspec.structs.replace(
        ready.content, findings=(msgspec.structs.replace(found, photos=(odd,)),)
    )
    text = said(Made(content, ready.form, {inspection.rendition_key(odd): picture(1)}))
    assert "早于本次检查·已用于其他检查或问题·图上标注为检查人员所加·局部已打码" in text


def test_a_finding_without_a_photo_says_why() -> None:
    assert "照片无照片：气味" in said(made(findings=[finding(1, "BX-05", photos=(), no_photo="气味")]))


def test_no_finding_is_split_over_pages() -> None:
    photos = iter(range(1, 100))
    found = [
        finding(n, f"BX-{n:02d}", description=f"问题描述{n:02d}" + "，详见照片" * (3 * n % 14),
                photos=tuple(shot(next(photos)) for _ in range(n % 4)), no_photo="" if n % 4 else "其他")
        for n in range(1, 13)
    ]  # fmt: skip
    ready = made(findings=found)
    texts = pages(sheet(*ready))[1:]
    for one in ready.content.findings:
        of = [n for n, page in enumerate(texts) if solid(one.description) in page]
        assert len(of) == 1
        for photo in one.photos:
            assert f"原件{photo.sha256[:8]}" in texts[of[0]]
    assert list(range(1, 13)) == [
        int(number) for page in texts for number in re.findall(r"问题描述(\d\d)", page)
    ]


def test_a_finding_larger_than_a_page_goes_on_under_its_heading_and_loses_nothing() -> None:
    long = "".join(f"第{n}点：路面堆放建筑垃圾。" for n in range(400))
    found = finding(1, "BX-05", description=long, photos=tuple(shot(n) for n in range(1, 12)))
    ready = made(findings=[found])
    texts = pages(sheet(*ready))
    assert sum("1BX-05" + solid(ready.form.item("BX-05").text) in page for page in texts) >= 3
    numbers = [int(number) for page in texts[1:] for number in re.findall(r"第(\d+)点：", page)]
    assert numbers == list(range(400))
    assert all(f"原件{sha(n)[:8]}" in "".join(texts) for n in range(1, 12))


def test_earlier_findings_say_whether_they_are_still_there() -> None:
    def seen(key: str, still: bool) -> tuple[FoundBefore, EarlierSeen]:
        before = FoundBefore(
            item="GC-07", place=f"女厕{key}", description=f"积粪{key}", found_on="2026-09-12T10:00:00+08:00"
        )
        return before, EarlierSeen(finding=key, item="GC-07", still=still, photos=(shot(9),))

    pdf = sheet(*made("GC", earlier={"a": seen("a", True), "b": seen("b", False)}))
    text = "".join(pages(pdf))
    assert "上次遗留2处：仍存在1处，已消除1处" in text
    assert "仍存在原问题积粪a" in text and "已消除原问题积粪b" in text and "发现日期2026年9月12日" in text


# Answers


def test_failures_come_first_in_their_section_and_every_item_stands_once() -> None:
    ready = made(findings=[finding(1, "BX-09")])
    annex = said(ready).split("每节先列不合格项。")[1]
    section = next(part for part in ready.form.sections if any(item.code == "BX-09" for item in part.items))
    codes = [item.code for item in section.items]
    order = sorted(codes, key=annex.index)
    assert order == ["BX-09", *(code for code in codes if code != "BX-09")]
    for answered in ready.content.answers:
        assert annex.count(answered.code + solid(ready.form.item(answered.code).text)) == 1


def test_the_six_hundred_percents_are_grouped() -> None:
    answers = {"GJ-13": Answer(verdict=Verdict.NOT_APPLICABLE, why="土方已完工")}
    text = said(made("GJ", findings=[finding(1, "GJ-03")], answers=answers))
    assert "六个百分之百（按专项归集）结果对应检查项" in text
    assert "周边围挡不合格" in text and "不合格GJ-03；合格GJ-01、GJ-02" in text
    assert "路面硬化合格" in text


def test_reasons_and_numbers_stand_beside_the_answers() -> None:
    answers = {
        "GJ-02": Answer(verdict=Verdict.PASS, value=240, why="坡地，按最高处量"),
        "GJ-13": Answer(verdict=Verdict.NOT_APPLICABLE, why="土方已完工"),
        "GJ-21": Answer(verdict=Verdict.FAIL, numerator=2, denominator=3),
        "GJ-27": Answer(
            verdict=Verdict.UNCHECKED, reason=UncheckedReason.OTHER, why="监测室上锁", note="已约周五"
        ),
        "GJ-34": Answer(text="引导员在岗"),
    }
    text = said(made("GJ", answers=answers))
    for remark in (
        "按数值为不合格，检查人员判合格，理由：坡地，按最高处量",
        "2.40m（≥2.50）",
        "2/3辆，66.7%（≥100%）",
        "理由：土方已完工",
        "未检（其他）",
        "理由：监测室上锁",
        "备注：已约周五",
        "记录：引导员在岗",
        "因“施工阶段：土方”",
    ):
        assert remark in text


# Counterpart and signatures

STROKES = (Stroke(points=(0, 0, 3000, 1500, 6000, 0)), Stroke(points=(7000, 700)))
AT = "2026-10-13T11:02:00+08:00"


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        (Counterpart(choice=Choice.AGREED, name="王某", position="班长", strokes=STROKES, shown="ab" * 32, at=AT),
         ("王某（班长）", "2026年10月13日11:02", "以上检查情况已核对，无误。", "指纹abababababababab（不含本栏）")),
        (Counterpart(choice=Choice.OBJECTED, name="李某", text="积水不是我们排放", at=AT),
         ("有异议：积水不是我们排放",)),
        (Counterpart(choice=Choice.REFUSED, reason="称无权签字", witness="网格员赵某", at=AT),
         ("拒绝签字。原因：称无权签字", "见证人网格员赵某")),
        (Counterpart(choice=Choice.PAPER, photo=sha(5), at=AT), ("已在纸质检查记录表上签字", f"原件{sha(5)[:8]}")),
        (NOT_NEEDED, ("无需签字：公共区域，无人在场",)),
        (None, ("由被检查方核对后填写",)),
    ],
)  # fmt: skip
def test_the_counterparts_act_is_printed(act: Counterpart | None, texts: tuple[str, ...]) -> None:
    last = said(made(counterpart=act))
    assert all(text in last for text in texts)


def test_a_drawn_signature_is_lines_in_the_page_and_no_picture() -> None:
    line = Counterpart(choice=Choice.AGREED, name="王某", at=AT, strokes=STROKES[:1])
    line_and_dot = msgspec.structs.replace(line, strokes=STROKES)
    drawn = [_operators(sheet(*made(counterpart=act))).count("l") for act in (line, line_and_dot)]
    assert drawn[1] - drawn[0] == 1
    with pikepdf.open(BytesIO(sheet(*made(counterpart=line_and_dot)))) as pdf:
        assert not any(page.get_images() for page in pdf.pages)


def test_each_member_has_a_place_to_sign_and_each_certificate_a_field() -> None:
    members = (
        Joined(person="person:a"),
        Joined(person="person:b"),
        Joined(person="person:c", signs=Signs.NONE, reason="先行离开"),
    )
    pdf = sheet(*made(members=members))
    last = "".join(pages(pdf))
    assert last.count("电子签名见签名面板") == 2
    assert "检查员甲组长" in last and "检查员乙记录" in last and "未签：先行离开" in last
    with pikepdf.open(BytesIO(pdf)) as document:
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == ["inspector-1", "inspector-2"]


def test_a_member_who_signs_by_hand_has_a_line_and_no_field() -> None:
    members = (
        Joined(person="person:a"),
        Joined(person="person:b"),
        Joined(person="person:c", signs=Signs.HAND),
    )
    pdf = sheet(*made(members=members))
    assert "手写签名，不用证书" in "".join(pages(pdf))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.Root.AcroForm.Fields) == 2


# The paper


def _operators(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [str(op) for page in document.pages for _, op in pikepdf.parse_content_stream(page)]


def test_a_worn_grey_printer_shows_everything() -> None:
    found = [finding(1, "BX-05"), finding(2, "BX-06", photos=(shot(2), after(3)), fixed_on_spot=True)]
    signed = Counterpart(choice=Choice.AGREED, name="王某", strokes=STROKES, at=AT)
    with pikepdf.open(BytesIO(sheet(*made(findings=found, ledger="demo", counterpart=signed)))) as document:
        for page in document.pages:
            assert "/ExtGState" not in page.Resources and "/Group" not in page
            for operands, operator in pikepdf.parse_content_stream(page):
                given = [float(value) for value in operands if isinstance(value, int | Decimal)]
                match str(operator):
                    case "Tf":
                        assert given[-1] >= 9
                    case "w":
                        assert given[0] >= 0.35 * MM - 0.001
                    case "g" | "G":
                        assert given[0] in (0.0, 1.0, 0.937)
                    case "rg" | "RG":
                        assert len(set(given)) == 1
                    case "k" | "K" | "gs" | "sh":
                        pytest.fail(str(operator))


def test_a_sheet_of_30_photos_of_full_size_stays_below_10_mb() -> None:
    found = [finding(n, f"BX-{n:02d}", photos=tuple(shot(n * 10 + k) for k in range(5))) for n in range(1, 7)]
    ready = made(findings=found)
    big = {key: jpeg + bytes(300_000 - len(jpeg)) for key, jpeg in ready.renditions.items()}
    big = {key: jpeg[:-4] + n.to_bytes(4, "big") for n, (key, jpeg) in enumerate(big.items())}
    assert len(big) == 30
    pdf = sheet(ready.content, ready.form, big)
    assert 9_000_000 < len(pdf) < 10_000_000


def test_a_photo_that_is_drawn_twice_is_stored_once_and_as_it_is(ready: Made) -> None:
    pdf = sheet(*ready)
    (jpeg,) = ready.renditions.values()
    assert pdf.count(jpeg) == 1


# What people type


def test_rare_characters_markup_and_long_names_come_out_as_typed() -> None:
    typed = "𬭎𠮷㐂龘䶮 <b>不是标记</b> &amp; {0} %s 〔2026〕"
    ready = made(
        findings=[finding(1, "BX-05", place=typed, description=typed + "😀")],
        names={"person:a": "欧阳𠮷𬭎"},
        site={"name": "㐂居花苑" * 12, "address": typed},
        team=typed,
    )
    text = said(ready)
    assert text.count(solid(typed)) >= 4
    assert solid(typed) + "〓U+1F600" in text
    assert "㐂居花苑" * 12 in text and "欧阳𠮷𬭎" in text


def test_texts_without_end_lose_nothing_wherever_they_stand() -> None:
    long = "".join(f"〈{n}〉路侧堆放杂物；" for n in range(500))
    act = Counterpart(choice=Choice.OBJECTED, name=long[:400], text=long, at=AT)
    ready = made(
        answers={"BX-02": Answer(verdict=Verdict.PASS, note=long)},
        counterpart=act,
        corrects=Corrects(number="X", date="2026-10-12", sha256="ab" * 32, why=long),
        about={"weather": long[:900]},
    )
    text = "".join(pages(sheet(*ready)))
    for n in range(500):
        assert text.count(f"〈{n}〉") >= 3
    assert all(
        later > earlier for earlier, later in pairwise(text.index(f"〈{n}〉") for n in range(0, 500, 50))
    )


def test_no_line_begins_with_a_closing_mark() -> None:
    pdf = sheet(*made(findings=[finding(1, "BX-05", description="发现，（详见照片），路面破损；" * 30)]))
    for line in text_of(pdf).splitlines():
        assert not line or line[0] not in "，。；！？）》」』】”%℃㎡"


# The file

SCRIPT = """
import sys
from inspector.documents.sheet import sheet
from tests.documents.sheets import after, finding, made, shot
found = [finding(1, "BX-05"), finding(2, "BX-06", photos=(shot(2), after(3)), place="𠮷祥店㐂")]
sys.stdout.buffer.write(sheet(*made(findings=found)))
"""


def test_two_processes_with_other_hash_seeds_and_zones_write_the_same_sheet() -> None:
    written = []
    for seed, zone in (("1", "Asia/Shanghai"), ("4242", "America/New_York")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, env=environment, check=True)
        written.append(ran.stdout)
    assert written[0] == written[1]
    assert written[0].startswith(b"%PDF-1.7")


def test_the_same_sheet_is_the_same_after_another_one_was_drawn(ready: Made) -> None:
    before = sheet(*ready)
    sheet(*made("GJ", findings=[finding(1, "GJ-03", place="𠮷祥")]))
    assert sheet(*ready) == before


def test_the_sheet_carries_exactly_its_content(ready: Made) -> None:
    with pikepdf.open(BytesIO(sheet(*ready))) as pdf:
        assert pdf.attachments["content.json"].get_file().read_bytes() == inspection.encode(ready.content)
        assert str(pdf.docinfo.Title) == ready.content.heading


@pytest.mark.parametrize("form", ["BX", "CK", "GC", "GD", "GJ", "HD", "NM", "SQ"])
def test_a_sheet_of_each_form_is_archival_and_whole(form: str, tmp_path: Path) -> None:
    pdf = sheet(
        *made(form, counterpart=Counterpart(choice=Choice.AGREED, name="𠮷某", strokes=STROKES, at=AT))
    )
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", tmp_path / "sheet.pdf"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.Root.AcroForm
        del document.pages[0].Annots
        document.save(tmp_path / "bare.pdf")
    verdict = validator.validate_written(tmp_path / "bare.pdf", "3b")
    assert (verdict.verdict, list(verdict.findings)) == ("pass", [])


def test_a_draft_with_gaps_has_a_preview_all_the_same() -> None:
    gaps = finding(
        1,
        "BX-05",
        place="",
        description="",
        quantity="",
        measure="",
        lead_unit="",
        helping_units=(),
        photos=(),
    )
    ready = made(
        findings=[gaps],
        counterpart=None,
        members=(),
        team="",
        issuer="",
        site={"lead_unit": None, "code": ""},
    )
    empty = msgspec.structs.replace(
        ready.content,
        answers=(),
        header=(),
        mandate=None,
        weather="",
        result=inspection.Result(score=None, deducted=0, weight=0),
    )
    first = pages(sheet(empty, ready.form, {}))[0]
    assert "没有查到可计分的项，不计分" in first
    assert "牵头单位无" in first
