"""The left side of the first start: what the program promises, and what one has to know before one uses it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector.text import say
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


def promises() -> QFrame:
    """Three promises, and two warnings."""
    side = QFrame()
    side.setProperty("kind", "sections")
    outer = QVBoxLayout(side)
    outer.setContentsMargins(0, 0, 0, 0)
    scrolled = Scrolled(margins=(40, 48, 36, 32), spacing=6)
    outer.addWidget(scrolled)
    body = scrolled.body
    body.addWidget(Label(say("ui-name"), role="date", bold=True))
    body.addWidget(Label(say("start-motto"), role="title", tone="muted", wrap=True))
    body.addSpacing(20)
    for icon, title, text in (
        ("wifi-off", "start-promise-offline", "start-promise-offline-note"),
        ("device-floppy", "start-promise-saved", "start-promise-saved-note"),
        ("shield-check", "start-promise-signed", "start-promise-signed-note"),
    ):
        row = QHBoxLayout()
        row.setSpacing(14)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(say(title), role="item", bold=True))
        column.addWidget(Label(say(text), tone="muted", wrap=True))
        mark = QVBoxLayout()
        mark.addWidget(Icon(icon, token="accent"))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(column, 1)
        body.addLayout(row)
        body.addSpacing(8)
    body.addStretch(1)
    warn = Card(kind="warn")
    warn.head.addWidget(Icon("alert-triangle", token="warn"))
    warn.head.addWidget(Label(say("start-know"), tone="warn", bold=True))
    warn.head.addStretch(1)
    warn.add(Label(say("start-know-forms"), wrap=True))
    warn.add(Label(say("start-know-secrets"), wrap=True))
    body.addWidget(warn)
    return side
