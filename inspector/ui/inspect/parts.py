"""The parts of a form: its header and its sections, and how far each is."""

from __future__ import annotations

from typing import Final

from inspector.model.compose import asked
from inspector.model.draft import Draft
from inspector.model.form import Form
from inspector.model.progress import Progress, of_header, of_items

HEADER: Final = -1


def section_of(form: Form, code: str) -> int:
    """The place of the section of an item; −1 for the header."""
    for at, section in enumerate(form.sections):
        if any(item.code == code for item in section.items):
            return at
    return HEADER


def progress_of(form: Form, draft: Draft) -> dict[int, Progress]:
    """How far each section is; −1 is the header."""
    here = {item.code for item in asked(draft, form)}
    progress = {HEADER: of_header(draft, form)}
    for at, section in enumerate(form.sections):
        progress[at] = of_items(draft, [item for item in section.items if item.code in here])
    return progress
