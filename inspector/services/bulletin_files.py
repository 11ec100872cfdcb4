"""A 通报 as files: the PDF, its text for word processors, its figures and what is open as workbooks."""

from __future__ import annotations

from pathlib import Path

from inspector.documents import bulletin_word, paper
from inspector.model.inspection import rendition_key
from inspector.services import bulletins, notice_files, notices, photos
from inspector.store.workspace import Workspace
from inspector.tables import export


def export_files(workspace: Workspace, which: str, folder: Path) -> tuple[Path, ...]:
    """Write a bulletin into `folder`: the PDF (of a draft, its preview) and what stands behind it. Where they are.
    Raises BadInput `bulletin-unknown`; Environment `export-failed`."""
    row, content = bulletins.one(workspace, which)
    name = paper.file_name(content).removesuffix(".pdf")
    heading, units = bulletin_word.figures(content)
    open_heading, rows = bulletin_word.problems(content)
    pictures = {rendition_key(photo): photos.paper(workspace, photo) for photo in content.evidence()}
    files = {
        f"{name}.pdf": notices.pdf(workspace, row.id),
        f"{name}.docx": bulletin_word.bulletin(content, pictures),
        f"{name}.xlsx": export.as_xlsx(heading, units),
        f"{name}_{bulletin_word.problems_name()}.xlsx": export.as_xlsx(open_heading, rows),
    }
    return tuple(notice_files.write(folder / file, data) for file, data in files.items())
