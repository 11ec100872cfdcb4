"""What a day's notices cost over bare documents and bare signatures: medians in random order, with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/notices.py [--rounds N] [--notices N]

40 notices of 5 findings with a photo each, renditions ready, drawn and signed by one unlocked key. The bare ones hold
the same words in reportlab's own paragraphs and tables with the same pictures and fonts, signed by pyHanko as its guide
does (P-256), in a loop. The notices must take at most 1.3 times as long.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import measure, report
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Image, KeepTogether, Paragraph, SimpleDocTemplate, Table

from inspector.documents import fonts, paper, sign
from inspector.documents import paper_words as words
from inspector.model.inspection import rendition_key
from inspector.model.notice import Notice
from inspector.model.paper import Kind
from tests.documents import papers, signing
from tests.documents.sheets import picture

NOTICES = 40
PHOTOS = 5
LIMIT = 1.3
_GRID = [("GRID", (0, 0), (-1, -1), 1, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]


class Day:
    """The notices of a day, our way and the bare way."""

    def __init__(self, count: int, folder: Path) -> None:
        self._signer = signing.person("检查员甲")
        members = papers.members(Kind.NOTICE, certificates=(signing.fingerprint(self._signer),))
        rows = tuple(papers.row(n) for n in range(1, PHOTOS + 1))
        self._notices = [
            papers.notice(number=f"示创办督〔2026〕{n}号", members=members, rows=rows)
            for n in range(1, count + 1)
        ]
        evidence = self._notices[0].evidence()
        self._pictures = {rendition_key(photo): picture(n) for n, photo in enumerate(evidence, 1)}
        self._files = {}
        for name, data in self._pictures.items():
            self._files[name] = folder / f"{name}.jpg"
            self._files[name].write_bytes(data)
        self._bare_signer = SimpleSigner(
            signing_cert=self._signer.signing_cert,
            signing_key=self._signer.signing_key,
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    def ours(self) -> None:
        """Drawn, complete with its content, and signed."""
        for notice in self._notices:
            pdf = paper.paper(notice, self._pictures)
            field = notice.members[0].field
            sign.sign(pdf, field=field, signer=self._signer, certify=True, at=signing.AT)

    def bare(self) -> None:
        """The same words and pictures, and a signature."""
        for notice in self._notices:
            writer = IncrementalPdfFileWriter(BytesIO(self._drawn(notice)))
            metadata = PdfSignatureMetadata(field_name="issuer", md_algorithm="sha256")
            sign_pdf(writer, metadata, signer=self._bare_signer)

    def _drawn(self, notice: Notice) -> bytes:
        plain, bold = _style(fonts.SERIF, 10.5), _style(fonts.BOLD, 21)

        def text(said: str, style: ParagraphStyle = plain) -> Paragraph:
            return Paragraph(escape(said), style)

        facts = [
            ("受通知单位", notice.to.name),
            ("抄送", words.names(notice.copied)),
            ("涉及单位", words.listed(notice.parties)),
            ("督查依据", words.mandate(notice.mandate)),
            ("检查情况", notice.opening),
        ]
        rows = [
            [
                text(row.number),
                text(row.site.name + row.place),
                text(words.what(row)),
                text(words.quantity(row)),
                text(words.period(row.time_limit)),
                text(""),
            ]
            for row in notice.rows
        ]
        ends = [
            ("办理要求", notice.asking),
            ("反馈方式", notice.feedback),
            ("异议复核", notice.review),
            ("签发", notice.issued.name + notice.issued.at),
            ("盖章", notice.issuer + notice.issued_on),
        ]
        photos = [
            KeepTogether(
                [
                    Image(str(self._files[rendition_key(photo)]), 83 * mm, 60 * mm),
                    text(words.caption(row, photo)),
                ]
            )
            for row in notice.rows
            for photo in row.photos
        ]
        out = BytesIO()
        wide = [26 * mm, 148 * mm]
        SimpleDocTemplate(out, pagesize=A4, topMargin=22 * mm, bottomMargin=31 * mm).build(
            [
                text(notice.issuer),
                text(notice.heading, bold),
                text(notice.number),
                Table([[text(one), text(said)] for one, said in facts], colWidths=wide, style=_GRID),
                Table(rows, colWidths=[w * mm for w in (14, 38, 56, 15, 29, 22)], style=_GRID),
                Table([[text(one), text(said)] for one, said in ends], colWidths=wide, style=_GRID),
                *photos,
            ]
        )
        return out.getvalue()


def _style(font: str, size: float) -> ParagraphStyle:
    name = fonts.load(font)
    return ParagraphStyle(name, fontName=name, fontSize=size, leading=size * 1.42, wordWrap="CJK")


def main() -> int:
    """Whether the limit is kept: 0, else 1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--notices", type=int, default=NOTICES)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        day = Day(given.notices, Path(folder))
        ways: dict[str, Callable[[], object]] = {
            "notices": day.ours,
            "bare": day.bare,
            "control": partial(day.bare),
        }
        taken = measure(ways, rounds=given.rounds)
    print(
        f"{given.notices} notices of {PHOTOS} photos; control / bare {taken['control'] / taken['bare']:.2f}"
    )
    return 0 if report("notices", taken["notices"], "bare", taken["bare"], LIMIT) else 1


if __name__ == "__main__":
    sys.exit(main())
