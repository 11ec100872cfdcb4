"""About: versions, and the licences of what the program brings with it."""

from __future__ import annotations

import platform
import sqlite3
from functools import partial
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from inspector import __version__
from inspector.places import resource
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label


class AboutScreen(Screen):
    """Versions at the top, a licence below, chosen at the left."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("about-title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addLayout(PageHead(say("about-title"), back=self.back, about=False))
        column.addWidget(self.strip)
        card = Card(say("ui-name"), note=say("about-what"))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        for word, version in (
            ("about-program", __version__),
            ("about-qt", qVersion()),
            ("about-sqlite", sqlite3.sqlite_version),
            ("about-python", platform.python_version()),
            ("about-system", platform.platform()),
            ("about-workspace", str(desk.workspace.path)),
        ):
            value = Label(version, wrap=True)
            form.addRow(Label(say(word), tone="muted"), value)
        card.body.addLayout(form)
        column.addWidget(card)
        licences = Card(say("about-licences"), note=say("about-licences-note"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self._list = RowList(name=say("about-licences"))
        self._list.setMaximumWidth(280)
        self._list.chosen.connect(self._choose)
        row.addWidget(self._list)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setAccessibleName(say("about-licences"))
        row.addWidget(self._text, 1)
        licences.body.addLayout(row, 1)
        column.addWidget(licences, 1)

    def refresh(self) -> None:
        self.desk.lanes.read.ask(self, _names, done=self._show, failed=self.strip.show_error)

    def _show(self, names: tuple[str, ...]) -> None:
        self._list.show_rows(
            [
                Row(key=name, title=name.removesuffix(".txt").replace("-", " "), icon="receipt")
                for name in names
            ]
        )
        if names:
            self._list.setCurrentIndex(self._list.rows.index(0))

    def _choose(self, name: str) -> None:
        self.desk.lanes.read.ask(
            self, partial(_read, name), done=self._text.setPlainText, failed=self.strip.show_error
        )


def _folder() -> Path:
    return resource("licences")


def _names() -> tuple[str, ...]:
    return tuple(sorted(file.name for file in _folder().glob("*.txt")))


def _read(name: str) -> str:
    return (_folder() / name).read_text("utf-8", "replace")
