"""整改情况报告: the forms in which units answer, one for each notice that still has something open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from inspector.documents import paper_words, word
from inspector.model.document_text import Template
from inspector.model.errors import InspectorError
from inspector.model.file_name import legal
from inspector.model.finding import CLOSED
from inspector.model.inspection import rendition_key
from inspector.model.notice import Notice, Press
from inspector.services import document_texts, notice_files, photos
from inspector.store import findings, notices
from inspector.store.notices import Row
from inspector.store.workspace import Workspace


def waiting(workspace: Workspace, unit: str) -> tuple[Row, ...]:
    """The signed notices and 督办单 of a unit (id) with a finding that is not closed, the latest first."""
    with workspace.reading() as db:
        return tuple(
            row
            for row in notices.every(db)
            if row.to.id == unit
            and row.sheet
            and row.live
            and isinstance(notices.document(db, row), Notice | Press)
            and any(findings.one(db, one).state not in CLOSED for one in row.findings)
        )


def export(
    workspace: Workspace,
    units: Sequence[str],
    folder: Path,
    *,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """The forms of these units (ids) as .docx in `folder`, with photos from before, empty cells and room for the seal;
    where they are. A photo that is not on this laptop is left out. `report` hears after each unit. Raises Environment
    `export-failed`."""
    texts = document_texts.of(workspace, Template.REPLY)
    written = []
    for done, unit in enumerate(units, 1):
        for row in waiting(workspace, unit):
            with workspace.reading() as db:
                document = notices.document(db, row)
            assert isinstance(document, Notice | Press)
            pictures = {}
            for photo in document.evidence():
                try:
                    pictures[rendition_key(photo)] = photos.paper(workspace, photo)
                except InspectorError:
                    continue  # the form says 无照片 in its place
            name = legal(paper_words.reply_file(document.number, document.to.name))
            data = word.reply(document, texts, pictures)
            written.append(notice_files.write(folder / f"{name}.docx", data))
        if report:
            report(done, len(units))
    return tuple(written)
