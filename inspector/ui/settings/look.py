"""外观: theme, gloves, size of text. The window remembers what is put on (window.py)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.settings.part import Part, line
from inspector.ui.theme import DARK, LIGHT, RADIUS, SUNLIGHT, SYSTEM, THEMES, TOKENS, theme
from inspector.ui.widgets.buttons import Choice, Segments, Switch, Tick
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import KeyCap, Label

PREVIEW: Final = QSize(146, 90)


class LookPart(Part):
    """Every change is put on at once; F9 may change it from anywhere, too."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(self._make_themes())
        card = Card()
        self.big = Switch(say("settings-big"))
        self.big.toggled.connect(self._wear_big)
        card.add(line(say("settings-big"), say("settings-big-note"), self.big))
        self.text = Segments(
            [
                (100, say("settings-text-normal")),
                (125, say("settings-text-large")),
                (150, say("settings-text-largest")),
            ],
            name=say("settings-text"),
        )
        self.text.chosen.connect(self._wear_text)
        card.add(line(say("settings-text"), say("settings-text-note"), self.text), line=True)
        self.column.addWidget(card)
        self.column.addWidget(Label(say("settings-theme-note"), role="second", tone="muted", wrap=True))
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        look = theme.look
        self._group.setExclusive(False)
        for name, choice in self.themes.items():
            choice.setChecked(name == look.theme)
        self._group.setExclusive(True)
        self.system.setChecked(look.base == SYSTEM)
        self.big.blockSignals(True)
        self.big.setChecked(look.big)
        self.big.blockSignals(False)
        self.text.choose(look.text_percent)
        self.update()

    def _make_themes(self) -> Card:
        card = Card(say("settings-theme"))
        words = {
            LIGHT: say("settings-theme-light"),
            DARK: say("settings-theme-dark"),
            SUNLIGHT: say("settings-theme-sunlight"),
        }
        row = QHBoxLayout()
        row.setSpacing(22)
        self._group = QButtonGroup(self)
        self.themes = {name: Choice(words[name]) for name in THEMES}
        for name, choice in self.themes.items():
            column = QVBoxLayout()
            column.setSpacing(0)
            picture = Preview(name, words[name])
            picture.clicked.connect(choice.click)
            column.addWidget(picture)
            column.addWidget(choice)
            choice.clicked.connect(partial(self._wear_theme, name))
            self._group.addButton(choice)
            row.addLayout(column)
        row.addStretch(1)
        card.body.addLayout(row)
        foot = QHBoxLayout()
        self.system = Tick(say("settings-theme-system"))
        self.system.clicked.connect(self._wear_system)
        foot.addWidget(self.system)
        foot.addStretch(1)
        foot.addWidget(Label(say("settings-theme-key"), role="second", tone="muted"))
        foot.addWidget(KeyCap("F9"))
        card.body.addLayout(foot)
        return card

    def _wear_theme(self, name: str) -> None:
        if name == SUNLIGHT:
            theme.wear(replace(theme.look, sunlight=True))
        else:
            theme.wear(replace(theme.look, base=name, sunlight=False))

    def _wear_system(self, on: bool) -> None:
        base = SYSTEM if on else (DARK if theme.look.theme == DARK else LIGHT)
        theme.wear(replace(theme.look, base=base))

    def _wear_big(self, on: bool) -> None:
        theme.wear(replace(theme.look, big=on))

    def _wear_text(self, percent: object) -> None:
        theme.wear(replace(theme.look, text_percent=int(str(percent))))


class Preview(QAbstractButton):
    """A theme in small. A press is a press on its choice; the keyboard has the choice itself."""

    def __init__(self, name: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = TOKENS[name]
        self._name = name
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return PREVIEW

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        here = theme.look.theme == self._name
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(pen("accent" if here else "line2", 3 if here else theme.look.border))
        painter.setBrush(self._of("bg"))
        painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(4):
            token = "accent" if number == 1 else "muted"
            self._bar(painter, QRectF(box.left() + 8, box.top() + 13 + 16 * number, 20, 6), token)
        page = QRectF(box.left() + 44, box.top() + 11, box.width() - 52, 32)
        painter.setPen(self._of("line2"))
        painter.setBrush(self._of("surface"))
        painter.drawRoundedRect(page, 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        self._bar(painter, QRectF(page.left() + 8, page.top() + 7, 50, 6), "text")
        self._bar(painter, QRectF(page.left() + 8, page.top() + 18, 34, 5), "muted")
        for number, token in enumerate(("ok", "bad", "chart")):
            self._bar(painter, QRectF(page.left() + 31 * number, page.bottom() + 10, 26, 16), token)

    def _bar(self, painter: QPainter, box: QRectF, token: str) -> None:
        painter.setBrush(self._of(token))
        painter.drawRoundedRect(box, 3, 3)

    def _of(self, token: str) -> QColor:
        return QColor(self._token[token])
