"""A 督查通报 for word processors and spreadsheets: the same text as the signed PDF, the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspector.documents import paper_words as words
from inspector.documents import word
from inspector.documents.bulletin import boarded, issue, percent, told
from inspector.documents.word import Part
from inspector.model import ranking
from inspector.model.bulletin import Case, Standing
from inspector.model.inspection import rendition_key
from inspector.model.notice import Bulletin
from inspector.text import say

Cells = tuple[tuple[str, ...], list[list[str | int | None]]]


def bulletin(content: Bulletin, renditions: Mapping[str, bytes]) -> bytes:
    """The text in 公文式 (.docx), to be changed and printed on red-headed paper; `renditions` are JPEGs, of each photo
    by its `rendition_key`."""
    parts: list[tuple[str, list[Part]]] = [("bulletin-word-figures", [_table(content), *_notes(content)])]
    if content.boards:
        boards = (("bulletin-red", content.red), ("bulletin-black", content.black))
        parts[0][1].extend(
            say("bulletin-word-board", board=say(key), units=boarded(units)) for key, units in boards
        )
    if content.praise:
        parts[0][1].append(content.praise)
    if content.good:
        parts.append(("bulletin-good", _shown(content.good, renditions)))
    rows: list[Part] = []
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
    if content.cases:
        parts.append(("bulletin-cases", _shown(content.cases, renditions)))
    parts.append(("bulletin-word-asking", [content.asking]))
    said = [(say(heading), lines) for heading, lines in parts]
    return word.text(content, content.opening, said, under=issue(content) if content.issue_no else "")


def _table(content: Bulletin) -> Part:
    keys = ["bulletin-unit", "bulletin-due", "bulletin-in-time", "bulletin-rate", "bulletin-overdue"]
    heads = [say(key) for key in (["bulletin-place"] if content.ranked else []) + keys]
    rows = []
    for one in (*content.units, content.total):
        name = one.unit.name or say("bulletin-total")
        cells = [name, str(one.due), str(one.in_time), rate(one.in_time, one.due), str(one.overdue)]
        rows.append([str(one.place or ""), *cells] if content.ranked else cells)
    return word.table(heads, rows)


def _notes(content: Bulletin) -> list[Part]:
    notes: list[Part] = [say("desk-formula")]
    if content.ranked:
        notes.append(say("desk-least", least=content.least))
    return notes


def _shown(cases: Sequence[Case], renditions: Mapping[str, bytes]) -> list[Part]:
    """Each case in a sentence, with its first pictures before and after."""
    said: list[Part] = []
    for n, case in enumerate(cases, 1):
        said.append(told(n, case))
        sides = [renditions[rendition_key(one[0])] if one else b"" for one in (case.before, case.after)]
        under = [
            say(key) if data else say("bulletin-no-photo", role=say(key))
            for key, data in zip(("sheet-before", "sheet-after"), sides, strict=True)
        ]
        said.append(word.pictures(sides[0], sides[1], under=(under[0], under[1])))
    return said


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
