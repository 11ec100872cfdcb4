"""What a sheet costs over bare reportlab pages that say the same: medians in random order, with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/sheet.py [--rounds N]

The sheet has 40 answers and 10 findings with a photo each, renditions ready; PDF/A, the embedded content, the QR
codes and the signature fields are included. The bare pages hold the same words in reportlab's own paragraphs and
tables, with the same pictures and fonts, and nothing of that. The sheet must take at most twice their time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from measure import measure, report
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Table

from inspector.documents import fonts
from inspector.documents import sheet_words as words
from inspector.documents.sheet import sheet
from inspector.model.inspection import Answered, Found, rendition_key
from inspector.model.words import Verdict, word
from tests.documents.sheets import Made, finding, made

ANSWERS = 40
PHOTOS = 10
LIMIT = 2.0
_WIDTH = 174 * mm
_GRID = [("GRID", (0, 0), (-1, -1), 1, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]


def subject() -> Made:
    """The longest shipped forms have 34 items: some of this one's come again under other codes."""
    ready = made("GD", findings=[finding(n, f"GD-{n:02d}") for n in range(1, PHOTOS + 1)])
    first, *others = ready.form.sections
    scored = [answered for answered in ready.content.answers if answered.verdict is not None]
    again = [
        (msgspec.structs.replace(item, code=f"GD-{n}"), msgspec.structs.replace(answered, code=f"GD-{n}"))
        for n, (item, answered) in enumerate(zip(first.items, scored, strict=False), 90)
    ][: ANSWERS - len(scored)]
    longer = msgspec.structs.replace(first, items=first.items + tuple(item for item, _ in again))
    content = msgspec.structs.replace(ready.content, answers=(*scored, *(answered for _, answered in again)))
    form = msgspec.structs.replace(ready.form, sections=(longer, *others))
    assert len(content.answers) == ANSWERS and len(content.evidence()) == PHOTOS
    return Made(content, form, ready.renditions)


class Bare:
    """The same words and pictures, as reportlab's user guide would have it."""

    def __init__(self, ready: Made, folder: Path) -> None:
        self._content, self._form, _ = ready
        self._files: dict[str, Path] = {}
        # From files, as reportlab is fastest: of a picture in memory it decodes every pixel to name it.
        for name, data in ready.renditions.items():
            self._files[name] = folder / f"{name}.jpg"
            self._files[name].write_bytes(data)
        self._plain = self._style(fonts.SANS, 9.5)
        self._bold = self._style(fonts.BOLD, 9.5)

    def _style(self, font: str, size: float) -> ParagraphStyle:
        name = fonts.load(font)
        return ParagraphStyle(name, fontName=name, fontSize=size, leading=size * 1.42, wordWrap="CJK")

    def pdf(self) -> bytes:
        """The file."""
        out = BytesIO()
        document = SimpleDocTemplate(out, pagesize=A4, topMargin=22 * mm, bottomMargin=31 * mm)
        story = [*self._front(), PageBreak()]
        story += [KeepTogether([self._finding(found)]) for found in self._content.findings]
        story += [PageBreak(), *self._answers(), *self._end()]
        document.build(story, onFirstPage=self._foot, onLaterPages=self._foot)
        return out.getvalue()

    def _foot(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(fonts.SANS, 9)
        canvas.drawString(18 * mm, 22 * mm, f"检查记录表 {self._content.number} 第 {document.page} 页")
        canvas.drawString(18 * mm, 17 * mm, "内容指纹 · 任何 PDF 阅读器可验签，“文明巡检”可离线核验数据")

    def _text(self, text: str, style: ParagraphStyle | None = None) -> Paragraph:
        return Paragraph(escape(text), style or self._plain)

    def _table(self, rows: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> Table:
        return Table(rows, colWidths=[width * mm for width in widths], style=_GRID)

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> Table:
        return self._table(
            [[self._text(one, self._bold), self._text(text)] for one, text in pairs], (24, 150)
        )

    def _front(self) -> list[Flowable]:
        content = self._content
        site, mandate = content.site, content.mandate
        assert mandate is not None
        facts = [
            ("检查点位", f"{site.name}（{site.code}）"),
            ("点位类别", site.kind),
            ("位置", site.street + site.address),
            ("检查类别", word(content.category)),
            ("单位", words.units(site.lead_unit, site.helping_units)),
            ("检查时间", words.visit(content)),
            ("检查人员", words.listed(member.name + member.organisation for member in content.members)),
            ("督查依据", mandate.issuer + mandate.title + mandate.number),
            ("检查表", words.form_used(content)),
            ("基本情况", words.listed(code + answer for code, answer in content.header)),
        ]
        worst = content.findings[:3]
        pictures = [[self._picture(found, 52, 39) for found in worst]]
        told = [[self._text(found.item + found.description) for found in worst]]
        sections = [
            [self._text(section.title)] + [self._text(str(len(section.items))) for _ in range(6)]
            for section in self._form.sections
        ]
        title = self._style(fonts.BOLD, 21)
        return [
            self._text(content.issuer, self._style(fonts.SERIF, 12)),
            self._text(content.heading, title),
            self._facts(facts),
            self._text(f"得分 {content.result.score}", title),
            self._text(f"扣分 {content.result.deducted} 权重 {content.result.weight}"),
            self._table(pictures, (58, 58, 58)),
            self._table(told, (58, 58, 58)),
            self._table(sections, (54, 20, 20, 20, 20, 20, 20)),
        ]

    def _picture(self, found: Found, width: float, height: float) -> Image:
        return Image(str(self._files[rendition_key(found.photos[0])]), width * mm, height * mm)

    def _finding(self, found: Found) -> Table:
        item = self._form.item(found.item)
        rows = [
            [
                self._text(f"{found.item} {item.text}", self._bold),
                self._text(word(found.severity), self._bold),
            ],
            [self._text(found.description, self._bold), self._text(f"{found.quantity} {found.measure}")],
            [self._text(found.place), self._text(words.time_limit(found.time_limit))],
            [self._text(words.units(found.lead_unit, found.helping_units)), self._text(words.clause(item))],
            [
                [self._picture(found, 50, 37), self._text(words.caption(self._content, found.photos[0], 0))],
                self._text("未整改（整改后照片复查时补入）"),
            ],
        ]
        return self._table(rows, (100, 74))

    def _answers(self) -> list[Flowable]:
        given = {answered.code: answered for answered in self._content.answers}
        tables: list[Flowable] = []
        for section in self._form.sections:
            rows = [
                [self._text(text, self._bold) for text in ("", section.title, "结果", "实测（限值）", "扣分")]
            ]
            rows += [self._answer(given[item.code]) for item in section.items if item.code in given]
            tables.append(self._table(rows, (17, 76, 30, 39, 12)))
        return tables

    def _answer(self, answered: Answered) -> list[Paragraph]:
        style = self._bold if answered.verdict is Verdict.FAIL else self._plain
        said = "\n".join(words.remarks(self._content, self._form, answered))
        texts = (
            answered.code,
            self._form.item(answered.code).text + said,
            words.verdict_words(answered),
            words.number_of(self._content, self._form, answered),
            words.marks(answered.deducted),
        )
        return [self._text(text, style) for text in texts]

    def _end(self) -> list[Flowable]:
        act = self._content.counterpart
        assert act is not None
        rows = [
            [self._text(text) for text in (member.name, member.organisation, "电子签名见签名面板", "")]
            for member in self._content.members
        ]
        return [self._facts([("意见", act.reason), ("时间", act.at)]), self._table(rows, (36, 46, 44, 48))]


def main() -> int:
    """Prints the figures; 1 if the limit is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    given = arguments.parse_args()
    ready = subject()
    with TemporaryDirectory() as folder:
        return _compared(ready, Bare(ready, Path(folder)), given.rounds)


def _compared(ready: Made, bare: Bare, rounds: int) -> int:
    ways: dict[str, Callable[[], object]] = {
        "sheet": partial(sheet, *ready),
        "bare pages": bare.pdf,
        "bare pages again": bare.pdf,
    }
    print(f"{ANSWERS} answers, {PHOTOS} photos, {rounds} rounds")
    print(f"sheet {len(sheet(*ready)) / 1e3:.0f} kB, bare pages {len(bare.pdf()) / 1e3:.0f} kB")
    seconds = measure(ways, rounds=rounds)
    reference = seconds["bare pages"]
    kept = report("sheet", seconds["sheet"], "bare pages", reference, LIMIT)
    report("bare pages again", seconds["bare pages again"], "bare pages", reference, 1.1)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
