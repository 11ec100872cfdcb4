"""A finding in place: what, where, who, by when, in 30 seconds, without a window of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model import wording
from inspector.model.answer import Answer, Header, counted
from inspector.model.draft import DraftFinding
from inspector.model.form import Form, Item
from inspector.model.words import PLACE, QUANTITY, Verdict, word
from inspector.services.inspecting import Ground, with_photos
from inspector.text import say
from inspector.ui.inspect.description import Description, bracketed
from inspector.ui.inspect.finding_rows import AmountRow, PlaceRow
from inspector.ui.inspect.menus import offer
from inspector.ui.inspect.photo_tiles import dragged
from inspector.ui.inspect.responsible import Limits, Party, Units, bare_row
from inspector.ui.inspect.shots import Shots
from inspector.ui.pictures import Pictures
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Chip, IconButton, Segments, primary
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label

LABEL_PX = 66
DESCRIPTION_PX = (60, 72)
VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)


class FindingForm(QFrame):
    """One finding of an item that failed. Each change says `changed(finding)`; nothing waits for a button.

    One form is turned from item to item: to make it takes 60 ms (measured)."""

    changed = Signal(object)  # DraftFinding
    judged = Signal(object)  # Verdict
    more = Signal()
    done = Signal()
    struck = Signal(str)
    turned = Signal(str)  # another finding of the item
    add_photos = Signal()

    def __init__(self, item: Item, form: Form, ground: Ground, pictures: Pictures) -> None:
        super().__init__()
        self.item = item
        self._finding: DraftFinding | None = None
        self._given = Answer()
        self._header: Header = {}
        self._siblings: tuple[DraftFinding, ...] = ()
        self.setProperty("kind", "failed")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(5)
        column.addLayout(self._make_head())
        self._tabs = QWidget()
        self._tab_flow = FlowLayout(self._tabs, gap=8)
        column.addWidget(self._tabs)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, theme.look.px(LABEL_PX))
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._add_place(form.place_required)
        self._add_description()
        self._add_amount()
        self._units = Units(ground)
        self._units.changed.connect(self._set)
        self._row(Label(say("finding-lead"), role="second", tone="muted"), self._units)
        self._party = Party(ground)
        self._party.changed.connect(self._set)
        self._party_label = Label(say("finding-party"), role="second", tone="muted")
        self._row(self._party_label, self._party)
        self._limits = Limits(None)
        self._limits.changed.connect(self._set)
        self._row(Label(say("finding-time-limit"), role="second", tone="muted"), self._limits)
        self._shots = Shots(pictures)
        self._shots.changed.connect(self._set)
        self._shots.add.connect(self.add_photos)
        self._row(Label(say("finding-photos"), role="second", tone="muted"), self._shots)
        column.addLayout(self._make_foot())

    def turn_to(self, item: Item, places: tuple[str, ...]) -> None:
        """Be the form of findings of an item; `places` are offered, the latest first. `show_finding` says which."""
        self.item, self._finding = item, None
        self.setAccessibleName(f"{item.code} {item.text} {word(Verdict.FAIL)}")
        self._code.setText(item.code)
        self._text.setText(item.text)
        self._places.offer(places)
        self._wordings.say(say("finding-wordings", count=len(item.wordings)))
        self._wordings.setVisible(bool(item.wordings))
        self._amount.offer(item.measure_unit)
        self._limits.offer(item.time_limit)

    # ── showing

    def show_finding(
        self, finding: DraftFinding, siblings: tuple[DraftFinding, ...], given: Answer, header: Header
    ) -> None:
        """How it stands on the disk; what is being typed is left alone."""
        another = self._finding is None or self._finding.id != finding.id
        if another and self._finding is not None:
            self.settle()
        self._finding, self._given, self._header, self._siblings = finding, given, dict(header), siblings
        for line, text in (
            (self._place, finding.place),
            (self._party.line, finding.party),
            (self._quantity, finding.quantity),
        ):
            if another or not line.hasFocus():
                line.show_text(text)
        if another or not self._description.hasFocus():
            self._description.show_text(finding.description)
        self._verdict.choose(Verdict.FAIL)
        self._amount.severity.choose(finding.severity)
        self._amount.show_measure(finding.measure)
        self._units.show_finding(finding)
        self._limits.show_limit(finding.time_limit)
        self._shots.show_finding(finding)
        self._show_tabs()
        self._show_stops()
        wanted = bool(self.item.party or finding.party) or self._party.line.hasFocus()
        self._party.setVisible(wanted)
        self._party_label.setVisible(wanted)

    def settle(self) -> None:
        """Say what is typed and not said yet."""
        for line in (self._place, self._party.line, self._quantity):
            line.commit()
        self._description.commit()

    def start(self) -> None:
        """Where one begins: the place; behind it the description."""
        known = self._finding is not None and self._finding.place
        (self._description if known else self._place).setFocus(Qt.FocusReason.OtherFocusReason)

    def word_with(self, text: str) -> None:
        """Take a standard wording; what is known is filled in, the rest are tab stops."""
        values = wording.from_answer(
            self.item,
            self._header,
            self._given,
            place=self._place.text(),
            quantity=self._quantity.text(),
            counted=counted(self.item, self._siblings),
        )
        self._description.setPlainText(bracketed(wording.fill(text, values)))
        self._description.settle()
        if not self._place.text():
            self._place.setFocus()
        elif not self._description.next_stop(from_start=True):
            self._description.setFocus()

    def take_photos(self, photos: Sequence[str]) -> None:
        """Put photos of the tray to this finding."""
        if self._finding is not None:
            self._say(with_photos(self._finding, photos))

    # ── making

    def _row(self, label: QWidget, widget: QWidget) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(widget, at, 1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._code = Label(role="second", tone="bad", bold=True)
        self._text = ElidedLabel(role="title", bold=True)
        head.addWidget(self._code)
        head.addWidget(self._text, 1)
        self._verdict = Segments(
            [(verdict, word(verdict)) for verdict in VERDICTS],
            name=say("finding-verdict"),
            bad=Verdict.FAIL,
        )
        self._verdict.chosen.connect(self._judge)
        head.addWidget(self._verdict)
        return head

    def _add_place(self, required: bool) -> None:
        self._places = PlaceRow()
        self._places.taken.connect(self._take_place)
        self._place = self._places.line
        self._place.settled.connect(self._place_settled)
        label = QWidget()
        words = bare_row(label)
        words.setSpacing(4)
        words.addWidget(Label(say("finding-place"), role="second", tone="muted"))
        if required:
            words.addWidget(Label(say("ui-required"), role="hint", tone="bad"))
        words.addStretch(1)
        self._row(label, self._places)

    def _add_description(self) -> None:
        holder, label = QWidget(), QWidget()
        row = bare_row(holder)
        self._description = Description(
            name=say("finding-description"), placeholder=say("finding-description-hint")
        )
        self._description.setMinimumHeight(DESCRIPTION_PX[0])
        self._description.setMaximumHeight(DESCRIPTION_PX[1])
        self._description.settled.connect(self._description_settled)
        self._description.textChanged.connect(self._show_stops)
        self._description.wanted.connect(self._offer_wordings)
        row.addWidget(self._description, 1)
        self._wordings = Button("", icon="list", key="↓")
        self._wordings.clicked.connect(self._offer_wordings)
        row.addWidget(self._wordings)
        words = QVBoxLayout(label)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(Label(say("finding-description"), role="second", tone="muted"))
        self._stops = Label(role="hint", tone="warn", bold=True)
        words.addWidget(self._stops)
        self._row(label, holder)

    def _add_amount(self) -> None:
        self._amount = AmountRow()
        self._quantity = self._amount.quantity
        self._quantity.settled.connect(self._quantity_settled)
        self._amount.measure.activated.connect(self._measured)
        self._amount.severity.chosen.connect(self._graded)
        self._amount.party.clicked.connect(self._open_party)
        self._row(Label(say("finding-quantity"), role="second", tone="muted"), self._amount)

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        more = Button(say("finding-more"), icon="plus", key="Ctrl D")
        more.clicked.connect(self.more)
        foot.addWidget(more)
        foot.addWidget(KeyCap("Ctrl D"))
        strike = IconButton("trash", say("finding-strike"))
        strike.clicked.connect(self._strike)
        foot.addWidget(strike)
        note = ElidedLabel(say("finding-saved-note"), role="second", tone="muted")
        note.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot.addWidget(note, 1)
        foot.addWidget(KeyCap("Ctrl Enter"))
        done = primary(say("finding-done"), icon="arrow-down", key="Ctrl Enter")
        done.clicked.connect(self.done)
        foot.addWidget(done)
        return foot

    def _show_tabs(self) -> None:
        self._tab_flow.clear()
        self._tabs.setVisible(len(self._siblings) > 1)
        if len(self._siblings) < 2:
            return
        for number, sibling in enumerate(self._siblings, 1):
            chip = Chip(say("finding-tab", n=number, place=sibling.place).strip())
            chip.setChecked(self._finding is not None and sibling.id == self._finding.id)
            chip.clicked.connect(partial(self.turned.emit, sibling.id))
            self._tab_flow.addWidget(chip)

    def _show_stops(self) -> None:
        left = len(wording.left_over(self._description.toPlainText()))
        self._stops.setText(say("finding-left", count=left) if left else "")
        self._stops.setVisible(bool(left))

    # ── what a person does

    def _say(self, finding: DraftFinding) -> None:
        if finding != self._finding:
            self._finding = finding
            self.changed.emit(finding)

    def _set(self, fields: dict[str, object]) -> None:
        if self._finding is not None:
            self._say(replace(self._finding, **fields))

    def _judge(self, verdict: object) -> None:
        self._verdict.choose(Verdict.FAIL)
        if verdict is not Verdict.FAIL:
            self.judged.emit(verdict)

    def _take_place(self, place: str) -> None:
        self._place.setText(place)
        self._place.settle()
        self._description.setFocus()

    def _place_settled(self, text: str) -> None:
        self._own_field("place", PLACE, text)

    def _quantity_settled(self, text: str) -> None:
        self._own_field("quantity", QUANTITY, text)

    def _own_field(self, field: str, placeholder: str, text: str) -> None:
        """What was typed into its own field is not asked for again in the description."""
        fields: dict[str, object] = {field: text.strip()}
        if self._description.fill(placeholder, text.strip()):
            fields["description"] = self._description.toPlainText().strip()
        self._set(fields)

    def _description_settled(self, text: str) -> None:
        self._set({"description": text.strip()})

    def _measured(self) -> None:
        self._set({"measure": self._amount.measure.currentText()})

    def _graded(self, severity: object) -> None:
        self._set({"severity": severity})

    def _strike(self) -> None:
        if self._finding is not None:
            self.struck.emit(self._finding.id)

    def _open_party(self) -> None:
        self._party.show()
        self._party_label.show()
        self._party.line.setFocus()

    def _offer_wordings(self) -> None:
        if self.item.wordings:
            choices = [(bracketed(text), text) for text in self.item.wordings]
            offer(self._wordings, choices, self.word_with)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_photos(dragged(event.mimeData()))
