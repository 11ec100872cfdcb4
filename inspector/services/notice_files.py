"""Documents written out for people without this program: the signed file and what goes with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from inspector.documents import paper, paper_words, word
from inspector.documents.plain_page import plain_page
from inspector.model.document_text import Template
from inspector.model.errors import Environment
from inspector.model.file_name import legal
from inspector.model.inspection import rendition_key
from inspector.model.notice import Document, Notice, Press, Service
from inspector.services import announcements, document_texts, paperwork, photos
from inspector.store import blobs, notices
from inspector.store.notices import Row
from inspector.store.workspace import Workspace


def export(
    workspace: Workspace,
    which: Sequence[str],
    folder: Path,
    *,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write documents into `folder`: the signed PDF (of a draft, its preview) and the 收件人说明; of a notice or 督办单
    also its text for word processors and the form of the answer, of a 送达回证 the 送达告知; and the scans.
    Where they are. `report` hears after each. Raises BadInput `notice-unknown`, Environment `export-failed`."""
    written: list[Path] = []
    for done, one in enumerate(which, 1):
        with workspace.reading() as db:
            row = notices.one(db, one)
            document = notices.document(db, row)
        written += [write(folder / name, data) for name, data in _files(workspace, row, document)]
        if report:
            report(done, len(which))
    return tuple(dict.fromkeys(written))


def _files(workspace: Workspace, row: Row, document: Document) -> list[tuple[str, bytes]]:
    name = paper.file_name(document)
    stem = name.removesuffix(".pdf")
    pdf = blobs.read(workspace, row.sheet) if row.sheet else paperwork.pdf(workspace, document)
    files = [(name, pdf)]
    if isinstance(document, Notice | Press):
        pictures = {rendition_key(photo): photos.paper(workspace, photo) for photo in document.evidence()}
        texts = document_texts.of(workspace, Template.REPLY)
        files.append((f"{stem}.docx", word.official(document)))
        files.append(
            (
                f"{legal(paper_words.reply_file(document.number, document.to.name))}.docx",
                word.reply(document, texts, pictures),
            )
        )
    if isinstance(document, Service) and row.sheet:
        files.append(
            (
                f"{legal(paper_words.announcement_file(document.number, document.to.name))}.pdf",
                announcements.page(workspace, row.id),
            )
        )
    if row.sheet:
        files.append(_guide(workspace, document))
    with workspace.reading() as db:
        scans = notices.scans(db, row)
    files += [(f"{stem}_{legal(one.name)}", blobs.read(workspace, one.sha256)) for one in scans]
    return files


def _guide(workspace: Workspace, document: Document) -> tuple[str, bytes]:
    texts = document_texts.of(workspace, Template.GUIDE)
    data = plain_page(
        title=texts.heading,
        number=document.number,
        issuer=document.issuer,
        made=document.made,
        paragraphs=texts.paragraphs,
        example=document.example,
    )
    return f"{legal(f'{texts.heading}_{document.number}')}.pdf", data


def write(file: Path, data: bytes) -> Path:
    """Under its name only once it is whole. Raises Environment `export-failed`."""
    part = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Environment(
            "export-failed", folder=str(file.parent), reason=error.strerror or str(error)
        ) from error
    return file
