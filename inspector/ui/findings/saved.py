"""Saved filters (我的筛选): applied by a press, renamed in place, taken away with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import filters
from inspector.services.filters import Filter
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button, Chip, IconButton
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label


class SavedFilters(Card):
    """`applied` gives a Filter, `kept` a name under which `store` shall keep what is asked for now."""

    applied = Signal(object)
    kept = Signal(str)
    told = Signal(object)  # Told
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("findings-chip-saved"), note=say("findings-saved-note"))
        self._desk = desk
        self.shut = IconButton("x", say("findings-saved-shut"), key="Esc")
        self.shut.clicked.connect(self.closed)
        self.head.addWidget(self.shut)
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self._none = Label(say("findings-saved-none"), role="second", tone="muted", wrap=True)
        self.add(self._none)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addLayout(self._rows)
        self.chips: dict[str, Chip] = {}
        self.lines: dict[str, TextLine] = {}
        self._removes: dict[str, IconButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = TextLine(name=say("findings-saved-name"), placeholder=say("findings-saved-hint"))
        self.name.returnPressed.connect(self._keep)
        self.keep = Button(say("findings-saved-keep"), icon="bookmark")
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep)
        self.body.addLayout(row)

    def open(self) -> None:
        """Read what is saved, and show it."""
        self._desk.lanes.read.ask(
            self,
            partial(filters.labelled, self._desk.workspace),
            done=self._show,
            failed=self.strip.show_error,
        )

    def store(self, name: str, asked: Filter) -> None:
        """Keep a filter under a name."""
        self._change(partial(filters.keep, self._desk.workspace, name, asked))
        self.name.clear()

    def _show(self, saved: Mapping[str, Filter]) -> None:
        self.show_filters(saved)
        self.show()
        first = next(iter(self.chips.values()), None)
        (first or self.name).setFocus()

    def _change(self, call: partial[None]) -> None:
        self._desk.lanes.save.ask(self, call, done=self._changed, failed=self.strip.show_error)

    def _changed(self, _: None) -> None:
        self.strip.clear()
        self.open()

    def show_filters(self, saved: Mapping[str, Filter]) -> None:
        """All that are saved."""
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.chips, self.lines, self._removes = {}, {}, {}
        self._none.setVisible(not saved)
        for name, asked in saved.items():
            self._rows.addWidget(self._row(name, asked))

    def remove_button(self, name: str) -> IconButton:
        """What takes a filter away."""
        return self._removes[name]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _row(self, name: str, asked: Filter) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        chip = Chip(name, checkable=False)
        chip.clicked.connect(partial(self.applied.emit, asked))
        line = TextLine(name, name=say("findings-saved-rename-to", name=name))
        line.hide()
        line.returnPressed.connect(partial(self._renamed, name, line))
        pencil = IconButton("pencil", say("findings-saved-rename", name=name))
        pencil.clicked.connect(partial(self._rename, name))
        bin_ = IconButton("trash", say("findings-saved-remove", name=name))
        bin_.clicked.connect(partial(self._remove, name))
        row.addWidget(chip)
        row.addWidget(line, 1)
        row.addStretch(1)
        row.addWidget(pencil)
        row.addWidget(bin_)
        self.chips[name], self.lines[name], self._removes[name] = chip, line, bin_
        return holder

    def _rename(self, name: str) -> None:
        self.chips[name].hide()
        self.lines[name].show()
        self.lines[name].selectAll()
        self.lines[name].setFocus()

    def _renamed(self, name: str, line: TextLine) -> None:
        line.commit()
        self._change(partial(filters.rename, self._desk.workspace, name, line.text().strip()))

    def _remove(self, name: str) -> None:
        self._desk.lanes.save.ask(
            self,
            partial(filters.remove, self._desk.workspace, name),
            done=partial(self._removed, name),
            failed=self.strip.show_error,
        )

    def _removed(self, name: str, gone: Filter) -> None:
        back = partial(self._change, partial(filters.keep, self._desk.workspace, name, gone))
        self.told.emit(Told(say("findings-saved-gone", name=name), icon="trash", undo=back))
        self.open()

    def _keep(self) -> None:
        self.name.commit()
        self.kept.emit(self.name.text().strip())
