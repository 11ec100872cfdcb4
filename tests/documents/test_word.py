"""What goes with a document into a word processor: the text in 公文式, and the form of the unit's answer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.shared import Mm

from inspector.documents import word
from inspector.model.document_text import Template
from inspector.model.inspection import rendition_key
from inspector.services import document_texts
from tests.documents import papers
from tests.documents.sheets import picture


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def said(file: Any) -> str:
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def near(length: Any, mm: float) -> bool:
    return abs(length - Mm(mm)) < Mm(1)


@pytest.mark.parametrize("make", [papers.notice, papers.press], ids=["notice", "press"])
def test_the_draft_has_the_paper_margins_and_grid_of_a_public_document(make: Any) -> None:
    section = opened(word.official(make())).sections[0]
    assert near(section.page_width, 210) and near(section.page_height, 297)
    assert near(section.top_margin, 37) and near(section.left_margin, 28)
    assert near(section.page_width - section.left_margin - section.right_margin, 156)
    assert near(section.page_height - section.top_margin - section.bottom_margin, 225)
    grid = section._sectPr.xpath("./w:docGrid")[0]
    pitch = int(grid.get(f"{{{grid.nsmap['w']}}}linePitch")) / 20
    assert 22 * pitch == pytest.approx(225 * 72 / 25.4, abs=1)
    width = 16 + int(grid.get(f"{{{grid.nsmap['w']}}}charSpace")) / 4096
    assert 28 * width == pytest.approx(156 * 72 / 25.4, abs=1)


def test_the_draft_says_what_the_signed_file_says_and_that_it_is_a_draft() -> None:
    content = papers.notice()
    file = opened(word.official(content))
    text = said(file)
    for part in (content.opening, content.asking, content.feedback, content.review, content.number):
        assert part in text
    assert "城关街道办事处：" in text
    assert "17-1．堃宁巷（1 号院东侧墙根）：堆放建筑垃圾，未苫盖。" in text
    assert "自送达次日起5个工作日内" in text
    assert "抄送：示例县城市管理局。" in text
    headers = (file.sections[0].header, file.sections[0].even_page_header)
    assert [header.paragraphs[0].text for header in headers] == ["草稿", "草稿"]


def test_signer_and_date_stay_with_the_text_before_them() -> None:
    paragraphs = opened(word.official(papers.notice())).paragraphs
    date = next(n for n, one in enumerate(paragraphs) if one.text == "2026年10月16日")
    assert paragraphs[date - 1].text == papers.ISSUER
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[date - 3 : date])
    assert paragraphs[date].paragraph_format.right_indent == word.SIZE * 4


def test_the_form_of_the_answer_has_a_row_for_each_finding_with_its_photo_and_empty_cells() -> None:
    content = papers.notice()
    pictures = {rendition_key(photo): picture(n) for n, photo in enumerate(content.evidence())}
    file = opened(word.reply(content, document_texts.of(None, Template.REPLY), pictures))
    (table,) = file.tables
    assert len(table.rows) == 1 + len(content.rows)
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    for row, cells in zip(content.rows, [row.cells for row in table.rows[1:]], strict=True):
        assert cells[0].text == row.number
        assert cells[3]._tc.xpath(".//w:drawing")
        assert [cell.text for cell in cells[4:]] == [""] * 4
    assert "城关街道办事处（盖章）" in said(file)
    assert len(file.inline_shapes) == len(content.rows)
