"""The day's plan on paper: one line a site, with room to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from inspector.services.today import Planned
from inspector.text import say
from inspector.ui.theme import theme
from inspector.ui.words import day_words

COLUMNS = (
    "plan-number",
    "plan-site",
    "plan-kind",
    "plan-street",
    "plan-open",
    "plan-unchecked",
    "plan-remark",
)


def plan_document(plan: Sequence[Planned], now: datetime) -> QTextDocument:
    """The page: date and sites in their order; what was done already is left out."""
    left = [one for one in plan if not one.done]
    head = "".join(f"<th align='left'>{escape(say(key))}</th>" for key in COLUMNS)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(cell)}</td>"
            for cell in (
                str(number),
                f"{one.site.code} {one.site.name}".strip(),
                one.kind,
                one.street,
                str(one.open_findings or ""),
                str(one.unchecked or ""),
                "",
            )
        )
        + "</tr>"
        for number, one in enumerate(left, 1)
    )
    document = QTextDocument()
    document.setDefaultFont(theme.font("body"))
    title = escape(say("plan-title", day=day_words(now)))
    document.setHtml(
        f"<h2>{title}</h2><table border='1' cellspacing='0' cellpadding='6' width='100%'>"
        f"<tr>{head}</tr>{rows}</table>"
    )
    return document


def print_plan(plan: Sequence[Planned], now: datetime, over: QWidget) -> QPrintDialog:
    """The printer's dialog; on yes it prints."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(say("plan-title", day=day_words(now)))
    document = plan_document(plan, now)
    document.setParent(over)
    dialog = QPrintDialog(printer, over)
    dialog.accepted.connect(partial(document.print_, printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.finished.connect(document.deleteLater)
    QDialog.open(dialog)  # its own open() wants a slot
    return dialog
