"""被检查方意见: first what he does, then only the fields that this needs. Every stroke and word is saved at once."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.inspection import Choice, Counterpart
from inspector.model.words import Expected
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.pictures import Pictures
from inspector.ui.sign.signature import SignaturePad
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import AddTile, PhotoTile
from inspector.ui.words import clock_words

CHOICES: Final = {
    Choice.AGREED: "sign-choice-agreed",
    Choice.OBJECTED: "sign-choice-objected",
    Choice.REFUSED: "sign-choice-refused",
    Choice.PAPER: "sign-choice-paper",
    Choice.NOT_NEEDED: "sign-choice-not-needed",
}
HINTS: Final = {
    Choice.OBJECTED: "sign-objected-hint",
    Choice.REFUSED: "sign-refused-hint",
    Choice.PAPER: "sign-paper-hint",
    Choice.NOT_NEEDED: "sign-not-needed-hint",
}
FIELDS: Final = {
    Choice.AGREED: ("position", "name", "pad"),
    Choice.OBJECTED: ("position", "name", "text", "pad"),
    Choice.REFUSED: ("reason", "witness", "name", "text"),
    Choice.PAPER: ("position", "name", "photo"),
    Choice.NOT_NEEDED: ("reason",),
}
NEEDED: Final = {
    Choice.AGREED: ("name",),
    Choice.OBJECTED: ("name", "text"),
    Choice.REFUSED: ("reason", "witness"),
    Choice.PAPER: (),
    Choice.NOT_NEEDED: ("reason",),
}
REASONS: Final = {Choice.REFUSED: "sign-refused-reasons", Choice.NOT_NEEDED: "sign-not-needed-reasons"}
PAPER_TILE: Final = QSize(132, 99)


class CounterpartCard(Card):
    """`acted` with the act whenever it changed: the screen saves it."""

    acted = Signal(object)  # Counterpart
    show_away = Signal()
    bring_photo = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(say("sign-counterpart"))
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._choice: Choice | None = None
        self._said: Counterpart | None = None
        self._photo, self._presented = "", ""
        self._void = False
        self._show_away = Button(say("sign-show-away"), icon="eye-check", kind="ghost", flush=True, key="F8")
        self._show_away.clicked.connect(self.show_away)
        self.head.addWidget(self._show_away)
        self._chips = self._make_choices()
        self._hint = Label(role="second", tone="muted", wrap=True)
        self.add(self._hint)
        self._warn = Label(role="second", tone="warn", bold=True, wrap=True)
        self.add(self._warn)
        self._again = Button(say("sign-void-again"), icon="refresh")
        self._again.clicked.connect(self._say_again)
        self.add(self._again)
        self._lines = {
            name: TextLine(name=say(key), placeholder=say(hint))
            for name, key, hint in (
                ("position", "sign-position", "sign-position-hint"),
                ("name", "sign-name", "sign-name-hint"),
                ("text", "sign-words", "sign-text-hint"),
                ("reason", "sign-reason", "sign-reason-hint"),
                ("witness", "sign-witness", "sign-witness-hint"),
            )
        }
        self._fields: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self._reasons, self._reason_row = _flow()
        for row, (name, column, span) in enumerate(
            (("position", 0, 1), ("name", 1, 1), ("reason", 0, 2), ("witness", 0, 1), ("text", 0, 2))
        ):
            line = self._lines[name]
            line.settled.connect(self._changed)
            field = Field(line.accessibleName(), line)
            self._fields[name] = field
            grid.addWidget(field, {"name": 0}.get(name, row), column, 1, span)
        self.body.addLayout(grid)
        self.add(self._reasons)
        self._pad = SignaturePad(name=say("sign-pad"))
        self._pad.signed.connect(self._changed)
        self._wipe = Button(say("sign-pad-clear"), icon="eraser", kind="ghost")
        self._wipe.clicked.connect(self._wiped)
        pad = QWidget()
        below = QVBoxLayout(pad)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(self._pad)
        foot = QHBoxLayout()
        self._at = Label(role="second", tone="muted")
        foot.addWidget(self._at)
        foot.addStretch(1)
        foot.addWidget(self._wipe)
        below.addLayout(foot)
        self._fields["pad"] = pad
        self.add(pad)
        self._fields["photo"] = self._make_photo()
        self.add(self._fields["photo"])
        self._fit()

    def show_act(self, act: Counterpart | None, *, void: bool, presented: str, frozen: bool) -> None:
        """The act as it is stored. `void`: the content changed since; what he signed then is not shown as his
        signature any more. `presented`: when he was shown exactly this (RFC 3339)."""
        self._void, self._presented = void, presented
        self.note.setText(say("sign-presented", time=clock_words(presented)) if presented else "")
        self._choice = act.choice if act else self._choice
        if act is not None:
            strokes, photo = ((), "") if void else (act.strokes, act.photo)
            self._said = replace(act, shown="", at="", strokes=strokes, photo=photo)
            for name, line in self._lines.items():
                if not line.hasFocus():
                    line.show_text(getattr(act, name))
            if strokes != self._pad.strokes:
                self._pad.show_strokes(strokes)
            self._photo = photo
        self._at.setText(
            say("sign-acted-at", time=clock_words(act.at)) if act and act.at and not void else ""
        )
        for part in (*self._chips.values(), *self._lines.values(), self._pad, self._wipe, self._again):
            part.setEnabled(not frozen)
        self._add.setEnabled(not frozen)
        self._fit()

    def expect(self, expected: Expected | None) -> None:
        """What the form and the category expect, before anybody did anything."""
        if self._choice is None and expected is Expected.NOT_NEEDED:
            self._hint.setText(say("sign-expected-none"))
            self._hint.show()

    def take_photo(self, photo: str) -> None:
        """The picture of the signed paper."""
        self._photo = photo
        self._fit()
        self._changed()

    def ask_back(self) -> None:
        """Red lines under what is missing, focus on the first."""
        if self._choice is None:
            self._chips[Choice.AGREED].setFocus()
            return
        first = ""
        for name in NEEDED[self._choice]:
            empty = not self._lines[name].text().strip()
            field = self._fields[name]
            if isinstance(field, Field):
                field.ask(say("sign-ask") if empty else "")
            first = first or (name if empty else "")
        if first:
            self._lines[first].setFocus()
        elif self._choice is Choice.PAPER:
            self._add.setFocus()

    @property
    def act(self) -> Counterpart | None:
        """What stands in the card now."""
        if self._choice is None:
            return None
        shown = FIELDS[self._choice]
        typed = {name: line.whole_text().strip() for name, line in self._lines.items() if name in shown}
        return Counterpart(
            choice=self._choice,
            strokes=self._pad.strokes if "pad" in shown else (),
            photo=self._photo if "photo" in shown else "",
            **typed,
        )

    # ── making

    def _make_choices(self) -> dict[Choice, Chip]:
        holder, row = _flow()
        holder.setAccessibleName(say("sign-counterpart"))
        chips = {}
        for choice, key in CHOICES.items():
            chip = Chip(say(key))
            chip.clicked.connect(partial(self._choose, choice))
            row.addWidget(chip)
            chips[choice] = chip
        self.add(holder)
        return chips

    def _make_photo(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._tile = PhotoTile(say("sign-paper-photo"), size=PAPER_TILE)
        self._add = AddTile(say("sign-paper-add"), size=PAPER_TILE)
        self._add.clicked.connect(self.bring_photo)
        self._tile.clicked.connect(self.bring_photo)
        row.addWidget(self._tile)
        row.addWidget(self._add)
        row.addWidget(Label(say("sign-paper-note"), role="second", tone="muted", wrap=True), 1)
        return holder

    # ── listening

    def _choose(self, choice: Choice) -> None:
        if choice is self._choice:
            self._chips[choice].setChecked(True)
            return
        self._choice = choice
        if choice is Choice.REFUSED and self._presented and not self._lines["text"].text():
            self._lines["text"].setText(say("sign-was-shown", time=clock_words(self._presented)))
        self._fit()
        self._changed()
        first = next((name for name in FIELDS[choice] if name in self._lines), "")
        if first:
            self._lines[first].setFocus()

    def _say_again(self) -> None:
        """He looked at the new content: what he did stands for that, but a signature is drawn anew."""
        self._void = False
        self._said = None
        self._changed()

    def _wiped(self) -> None:
        self._pad.clear()
        self._changed()

    def _reason(self, text: str) -> None:
        self._lines["reason"].setText(text)
        self._changed()

    def _changed(self, _text: str = "") -> None:
        act = self.act
        if act is not None and act != self._said:  # the same act again must not be bound to newer content
            self._said = act
            self.acted.emit(act)

    def _arrived(self, photo: str) -> None:
        if photo and photo == self._photo:
            self._tile.show_image(self._pictures.image(photo))

    def _fit(self) -> None:
        for choice, chip in self._chips.items():  # no exclusive group: its arrow keys would choose on the way
            chip.setChecked(choice is self._choice)
        shown = FIELDS[self._choice] if self._choice else ()
        for name, field in self._fields.items():
            field.setVisible(name in shown)
            if isinstance(field, Field) and self._choice:
                needed = name in NEEDED[self._choice]
                field.hint("" if needed else say("ui-optional"))
                if self._lines[name].text().strip():
                    field.ask("")
        hint = HINTS.get(self._choice) if self._choice else None
        self._hint.setVisible(hint is not None)
        self._hint.setText(say(hint) if hint else "")
        self._warn.setText(say("sign-void"))
        self._warn.setVisible(self._void)
        self._again.setVisible(self._void)
        key = REASONS.get(self._choice) if self._choice else None
        self._reasons.setVisible(key is not None)
        self._reason_row.clear()
        for text in say(key).split() if key else ():
            chip = Chip(text, checkable=False)
            chip.clicked.connect(partial(self._reason, text))
            self._reason_row.addWidget(chip)
        self._tile.setVisible(bool(self._photo))
        self._tile.show_image(self._pictures.image(self._photo) if self._photo else None)
        self._add.setVisible(not self._photo)


def _flow() -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    return holder, FlowLayout(holder)
