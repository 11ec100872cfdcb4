"""Signed documents of every kind written out as files, for people who have no program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from inspector.model.file_name import legal
from inspector.services import notice_files, notices, papers
from inspector.store.workspace import Workspace

_NOTICE = "notice:"


def export(
    workspace: Workspace,
    which: Sequence[str],
    folder: Path,
    *,
    called: str,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write documents (ids) into `folder`: the current sheet of an inspection as 日期/街道/<called>_<number>_<site>,
    any other document with what goes with it as 日期/单位/…; the folder is proposed the next time. Where they are.
    `report` hears after each. Raises like `papers.export` and `notice_files.export`."""
    papers.keep_export_folder(workspace, folder)
    written: list[Path] = []
    for done, one in enumerate(which, 1):
        if one.startswith(_NOTICE):
            row = notices.one(workspace, one)
            day = (row.issued or row.drafted)[:10]
            written += notice_files.export(workspace, [one], folder / day / legal(row.to.name, limit=80))
        else:
            written += papers.export(workspace, [one], folder, called=called)
        if report:
            report(done, len(which))
    return tuple(written)
