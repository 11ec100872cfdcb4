"""检查情况: when, in what weather, on whose mandate. What is known already is not asked again."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from inspector.model.draft import About
from inspector.model.inspection import Content, Mandate
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label
from inspector.ui.words import clock_words


class AboutCard(Card):
    """`changed` with what is known of the visit now."""

    changed = Signal(object)  # About

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("sign-about"))
        self._about: About | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(say("sign-about"), role="title", bold=True))
        self._times = Label(tone="muted")
        row.addWidget(self._times)
        row.addStretch(1)
        caption = Label(say("sign-weather"), role="second", tone="muted")
        row.addWidget(caption)
        self.weather = TextLine(name=say("sign-weather"), placeholder=say("sign-weather-hint"))
        caption.setBuddy(self.weather)
        row.addWidget(self.weather, 1)
        self.body.addLayout(row)
        self._mandate = QWidget()
        grid = QGridLayout(self._mandate)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self.title_line = TextLine(name=say("begin-mandate-title"))
        self.issuer = TextLine(name=say("begin-issuer"))
        self.number = TextLine(name=say("begin-mandate-number"))
        for at, (line, optional) in enumerate(
            ((self.title_line, False), (self.issuer, False), (self.number, True))
        ):
            field = Field(line.accessibleName(), line, hint=say("ui-optional") if optional else "")
            grid.addWidget(field, at // 2, at % 2)
        self._mandate.hide()
        self.add(self._mandate)
        for line in (self.weather, self.title_line, self.issuer, self.number):
            line.settled.connect(self._changed)

    def show_about(self, about: About, content: Content, missing: Collection[str]) -> None:
        """What is known; the mandate's fields come up where it is `missing` (keys of blockers), and stay."""
        self._about = about
        self._times.setText(say("sign-times", begin=clock_words(content.begin), end=clock_words(content.end)))
        mandate = about.mandate or Mandate(issuer="")
        for line, text in (
            (self.weather, about.weather),
            (self.title_line, mandate.title),
            (self.issuer, mandate.issuer),
            (self.number, mandate.number),
        ):
            if not line.hasFocus():
                line.show_text(text)
        if "mandate-missing" in missing:
            self._mandate.show()

    def ask_back(self) -> None:
        """The focus to what is asked for."""
        if not self._mandate.isHidden() and not self.title_line.text().strip():
            self.title_line.setFocus()
        else:
            self.weather.setFocus()

    def _changed(self, _text: str) -> None:
        about = self._about
        if about is None:
            return
        after = replace(about, weather=self.weather.whole_text().strip())
        if not self._mandate.isHidden():
            before = about.mandate or Mandate(issuer="")
            mandate = replace(
                before,
                title=self.title_line.whole_text().strip(),
                issuer=self.issuer.whole_text().strip(),
                number=self.number.whole_text().strip(),
            )
            after = replace(after, mandate=mandate if mandate != Mandate(issuer="") else None)
        if after != about:
            self._about = after
            self.changed.emit(after)
