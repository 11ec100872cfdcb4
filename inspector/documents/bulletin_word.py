"""A 督查通报 for word processors and spreadsheets: the same text as the signed PDF, the same figures."""

from __future__ import annotations

from inspector.documents import paper_words as words
from inspector.documents import word
from inspector.documents.bulletin import percent
from inspector.model import ranking
from inspector.model.bulletin import Standing
from inspector.model.notice import Bulletin
from inspector.text import say

Cells = tuple[tuple[str, ...], list[list[str | int | None]]]


def bulletin(content: Bulletin) -> bytes:
    """The text in 公文式 (.docx), to be changed and printed on red-headed paper."""
    parts: list[tuple[str, list[str]]] = [
        ("bulletin-word-figures", [*[_unit(one) for one in content.units], say("desk-formula")]),
    ]
    if content.praise:
        parts[0][1].append(content.praise)
    rows = []
    for one in content.problems:
        rows.append(say("bulletin-unit-count", unit=one.unit.name, count=len(one.rows)))
        rows += [
            say(
                "bulletin-word-row",
                n=n,
                site=row.site,
                place=row.place,
                what=row.description,
                due=words.due(row.due),
            )
            for n, row in enumerate(one.rows, 1)
        ]
    if rows:
        parts.append(("bulletin-word-problems", rows))
    parts.append(("bulletin-word-asking", [content.asking]))
    return word.text(content, content.opening, [(say(heading), lines) for heading, lines in parts])


def figures(content: Bulletin) -> Cells:
    """Heading and rows of the figures, a unit a row, as they stand behind the picture."""
    heading = (
        "bulletin-group",
        "bulletin-place",
        "bulletin-unit",
        "bulletin-found",
        "bulletin-due",
        "bulletin-in-time",
        "bulletin-late",
        "bulletin-overdue",
        "bulletin-reopened",
        "bulletin-rate",
    )
    rows: list[list[str | int | None]] = [_row(one, one.unit.name) for one in content.units]
    rows.append(_row(content.total, say("bulletin-total")))
    return tuple(say(key) for key in heading), rows


def problems(content: Bulletin) -> Cells:
    """Heading and rows of what is overdue."""
    heading = ("bulletin-unit", "bulletin-where", "bulletin-what", "bulletin-was-due")
    rows: list[list[str | int | None]] = [
        [one.unit.name, f"{row.site} {row.place}".strip(), row.description, row.due]
        for one in content.problems
        for row in one.rows
    ]
    return tuple(say(key) for key in heading), rows


def problems_name() -> str:
    """What the workbook of overdue findings is called, behind the name of the bulletin."""
    return say("bulletin-problems")


def rate(in_time: int, due: int) -> str:
    """A rate in words, 无 of nothing."""
    tenths = ranking.rate(in_time, due)
    return say("sheet-none") if tenths is None else percent(tenths)


def _unit(one: Standing) -> str:
    return say(
        "bulletin-word-unit-ranked" if one.place else "bulletin-word-unit",
        place=one.place,
        unit=one.unit.name,
        due=one.due,
        in_time=one.in_time,
        rate=rate(one.in_time, one.due),
        overdue=one.overdue,
    )


def _row(one: Standing, name: str) -> list[str | int | None]:
    return [
        one.group,
        one.place or None,
        name,
        one.found,
        one.due,
        one.in_time,
        one.late,
        one.overdue,
        one.reopened,
        rate(one.in_time, one.due),
    ]
