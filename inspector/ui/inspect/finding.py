"""A finding in place: what, where, who, by when, in 30 seconds, without a window of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from inspector.model import wording
from inspector.model.answer import Answer, Header, counted
from inspector.model.draft import DraftFinding, Shot
from inspector.model.form import Form, Item
from inspector.model.inspection import PhotoRole, TimeLimit
from inspector.model.unit import Unit
from inspector.model.words import PLACE, QUANTITY, Severity, TimeLimitKind, Verdict, word
from inspector.services.inspecting import Ground, with_photos
from inspector.text import say
from inspector.ui.imewise import TextArea, TextLine
from inspector.ui.inspect.photo_tiles import dragged
from inspector.ui.inspect.words import COMMON_LIMITS, time_limit_words
from inspector.ui.pictures import Pictures
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Chip, IconButton, Segments, Switch, primary
from inspector.ui.widgets.fields import ComboField, NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label
from inspector.ui.widgets.tiles import AddTile, PhotoTile

LABEL_PX = 66
OPEN, CLOSE = "\u3014", "\u3015"  # the brackets in which an open placeholder is shown
PLACES_SHOWN = 3
DESCRIPTION_PX = (60, 72)


class WordingArea(TextArea):
    """The description. Tab goes from placeholder to placeholder, then on to the next field."""

    def __init__(self, *, name: str, placeholder: str) -> None:
        super().__init__(name=name, placeholder=placeholder)
        self._marks = _Placeholders(self.document())
        theme.changed.connect(self._marks.rehighlight)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.next_stop():
            return True
        return super().focusNextPrevChild(forward)

    def next_stop(self, *, from_start: bool = False) -> bool:
        """Select the next open placeholder; whether there is one."""
        stops = wording.tab_stops(self.toPlainText())
        cursor = self.textCursor()
        at = -1 if from_start else cursor.selectionEnd()
        after = [stop for stop in stops if stop.start >= at]
        if not after:
            return False
        cursor.setPosition(after[0].start)
        cursor.setPosition(after[0].end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()
        return True


class _Placeholders(QSyntaxHighlighter):
    """Open placeholders on amber."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._pattern = QRegularExpression(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")

    def highlightBlock(self, text: str) -> None:
        mark = QTextCharFormat()
        mark.setBackground(QColor(theme.hex("warn_soft")))
        mark.setForeground(QColor(theme.hex("warn")))
        for stop in wording.tab_stops(text):
            self.setFormat(stop.start, stop.end - stop.start, mark)


class FindingForm(QFrame):
    """One finding of an item that failed. Each change says `changed(finding)`; nothing waits for a button."""

    changed = Signal(object)  # DraftFinding
    judged = Signal(object)  # Verdict
    more = Signal()
    done = Signal()
    struck = Signal(str)
    turned = Signal(str)  # another finding of the item
    add_photos = Signal()
    dropped = Signal(object)  # hashes of photos

    def __init__(self, item: Item, form: Form, ground: Ground, pictures: Pictures) -> None:
        super().__init__()
        self.item = item
        self._form, self._ground, self._pictures = form, ground, pictures
        self._finding: DraftFinding | None = None
        self._given = Answer()
        self._header: Header = {}
        self._siblings: tuple[DraftFinding, ...] = ()
        self._tiles: dict[PhotoTile, str] = {}
        pictures.arrived.connect(self._arrived)
        self.setProperty("kind", "failed")
        self.setAcceptDrops(True)
        self.setAccessibleName(f"{item.code} {item.text} {word(Verdict.FAIL)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(5)
        column.addLayout(self._make_head())
        self._tabs = QWidget()
        self._tab_flow = FlowLayout(self._tabs, gap=8)
        column.addWidget(self._tabs)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, theme.look.px(LABEL_PX))
        grid.setColumnStretch(1, 1)
        self._grid = grid
        for row in (
            self._make_place(),
            self._make_description(),
            self._make_quantity(),
            self._make_units(),
            self._make_party(),
            self._make_limit(),
            self._make_photos(),
        ):
            at = grid.rowCount()
            label, widget = row
            grid.addWidget(label, at, 0)
            grid.addWidget(widget, at, 1)
        column.addLayout(grid)
        column.addLayout(self._make_foot())

    # ── showing

    @property
    def finding(self) -> DraftFinding | None:
        """The finding that is open."""
        return self._finding

    def show_finding(
        self, finding: DraftFinding, siblings: tuple[DraftFinding, ...], given: Answer, header: Header
    ) -> None:
        """How it stands on the disk; what is being typed is left alone."""
        another = self._finding is None or self._finding.id != finding.id
        if another and self._finding is not None:
            self.settle()
        self._finding, self._given, self._header, self._siblings = finding, given, dict(header), siblings
        for line, text in ((self._place, finding.place), (self._party, finding.party)):
            if another or not line.hasFocus():
                line.show_text(text)
        if another or not self._description.hasFocus():
            self._description.show_text(finding.description)
        if another or not self._quantity.hasFocus():
            self._quantity.show_text(finding.quantity)
        self._verdict.choose(Verdict.FAIL)
        self._severity.choose(finding.severity)
        _choose(self._measure, finding.measure)
        _choose_unit(self._lead, finding.lead_unit)
        self._show_helping(finding)
        self._show_limit(finding.time_limit)
        self._show_photos(finding)
        self._show_tabs()
        self._show_stops()
        self._fixed.setChecked(finding.fixed_on_spot)
        wanted = bool(self.item.party or finding.party)
        self._party_row[0].setVisible(wanted)
        self._party_row[1].setVisible(wanted)

    def settle(self) -> None:
        """Say what is typed and not said yet."""
        for line in (self._place, self._party, self._quantity):
            line.commit()
        self._description.commit()

    def start(self) -> None:
        """Where one begins: the place; behind it the description."""
        field: QWidget = self._place
        if self._finding and self._finding.place:
            field = self._description
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def word_with(self, text: str) -> None:
        """Take a standard wording; what is known is filled in, the rest are tab stops."""
        if self._finding is None:
            return
        count = counted(self.item, self._siblings)
        values = wording.from_answer(
            self.item,
            self._header,
            self._given,
            place=self._place.text(),
            quantity=self._quantity.text(),
            counted=count,
        )
        filled = wording.fill(text, values)
        for name in wording.names(filled):
            filled = filled.replace(f"{{{name}}}", f"{OPEN}{name}{CLOSE}")
        self._description.setPlainText(filled)
        self._description.settle()
        if not self._place.text():
            self._place.setFocus()
        elif not self._description.next_stop(from_start=True):
            self._description.setFocus()

    def take_photos(self, photos: Sequence[str]) -> None:
        """Put photos of the tray to this finding."""
        if self._finding is not None:
            self._say(with_photos(self._finding, photos))

    def ask(self, key: str) -> None:
        """Ask back in place for what a blocker names."""
        fields: dict[str, QWidget] = {
            "finding-without-place": self._place,
            "finding-without-description": self._description,
            "finding-placeholder-left": self._description,
            "word-forbidden": self._description,
            "finding-without-lead": self._lead,
            "finding-led-by-party": self._lead,
            "finding-without-photo": self._add,
            "finding-fixed-without-photo": self._add,
        }
        if key == "finding-placeholder-left":
            self._description.next_stop(from_start=True)
        elif key in fields:
            fields[key].setFocus()

    # ── making

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.item.code, role="second", tone="bad", bold=True))
        head.addWidget(ElidedLabel(self.item.text, role="title", bold=True), 1)
        self._verdict = Segments(
            [
                (verdict, word(verdict))
                for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
            ],
            name=say("finding-verdict"),
            bad=Verdict.FAIL,
        )
        self._verdict.chosen.connect(self._judge)
        head.addWidget(self._verdict)
        return head

    def _make_place(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._place = TextLine(name=say("finding-place"), placeholder=say("finding-place-hint"))
        self._place.settled.connect(self._place_settled)
        row.addWidget(self._place, 1)
        for place in self._ground.places[:PLACES_SHOWN]:
            chip = Chip(place, checkable=False)
            chip.setMaximumWidth(theme.look.px(120))
            chip.setToolTip(place)
            chip.clicked.connect(partial(self._take_place, place))
            row.addWidget(chip)
        label = QWidget()
        words = QHBoxLayout(label)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(Label(say("finding-place"), role="second", tone="muted"))
        if self._form.place_required:
            words.addWidget(Label(say("ui-required"), role="hint", tone="bad"))
        words.addStretch(1)
        return label, holder

    def _make_description(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._description = WordingArea(
            name=say("finding-description"), placeholder=say("finding-description-hint")
        )
        self._description.setMinimumHeight(DESCRIPTION_PX[0])
        self._description.setMaximumHeight(DESCRIPTION_PX[1])
        self._description.settled.connect(self._description_settled)
        self._description.textChanged.connect(self._show_stops)
        row.addWidget(self._description, 1)
        self._wordings = Button(say("finding-wordings", count=len(self.item.wordings)), icon="list")
        self._wordings.clicked.connect(self._offer_wordings)
        row.addWidget(self._wordings)  # before setVisible: without a parent it would be a window of its own
        self._wordings.setVisible(bool(self.item.wordings))
        label = QWidget()
        words = QVBoxLayout(label)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(Label(say("finding-description"), role="second", tone="muted"))
        self._stops = Label(role="hint", tone="warn", bold=True)
        words.addWidget(self._stops)
        return label, holder

    def _make_quantity(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._quantity = NumberField(name=say("finding-quantity"), decimals=2, width=72)
        self._quantity.settled.connect(self._quantity_settled)
        self._measure = ComboField(name=say("finding-measure"))
        own = self.item.measure_unit
        units = dict.fromkeys(
            (own, *say("finding-measures").split()) if own else say("finding-measures").split()
        )
        self._measure.addItem("")
        self._measure.addItems(list(units))
        self._measure.activated.connect(self._measured)
        row.addWidget(self._quantity)
        row.addWidget(self._measure)
        row.addSpacing(8)
        row.addWidget(Label(say("finding-severity"), role="second", tone="muted"))
        self._severity = Segments(
            [(one, word(one)) for one in (Severity.MINOR, Severity.MAJOR)],
            name=say("finding-severity"),
            bad=Severity.MAJOR,
        )
        self._severity.chosen.connect(self._graded)
        row.addWidget(self._severity)
        row.addStretch(1)
        self._party_on = Button(say("finding-party"), icon="plus", kind="link", tone="accent")
        self._party_on.clicked.connect(self._open_party)
        row.addWidget(self._party_on)
        return Label(say("finding-quantity"), role="second", tone="muted"), holder

    def _make_units(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._lead = ComboField(name=say("finding-lead"))
        self._lead.addItem(say("finding-lead-none"), "")
        for unit in self._ground.leads:
            self._lead.addItem(unit.label, unit.id)
        self._lead.activated.connect(self._led)
        row.addWidget(self._lead, 1)
        row.addWidget(Label(say("finding-helping"), role="second", tone="muted"))
        self._helping = QHBoxLayout()
        self._helping.setSpacing(6)
        row.addLayout(self._helping, 1)
        plus = IconButton("plus", say("finding-helping-add"))
        plus.clicked.connect(self._offer_helping)
        self._plus = plus
        row.addWidget(plus)
        return Label(say("finding-lead"), role="second", tone="muted"), holder

    def _make_party(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._party = TextLine(name=say("finding-party"), placeholder=say("finding-party-hint"))
        self._party.settled.connect(self._party_settled)
        row.addWidget(self._party, 1)
        choose = Button(say("finding-party-choose"), kind="link")
        choose.clicked.connect(self._offer_parties)
        self._party_menu = choose
        row.addWidget(choose)
        choose.setVisible(bool(self._ground.parties))
        label = Label(say("finding-party"), role="second", tone="muted")
        self._party_row = (label, holder)
        return label, holder

    def _make_limit(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        limits = dict.fromkeys((self.item.time_limit, *COMMON_LIMITS))
        ordered = sorted(limits, key=lambda one: (list(TimeLimitKind).index(one.kind), one.n))
        self._limits: dict[TimeLimit, Chip] = {}
        for limit in ordered:
            chip = Chip(time_limit_words(limit))
            chip.clicked.connect(partial(self._limited, limit))
            self._limits[limit] = chip
            row.addWidget(chip)
        self._own = Chip(say("inspect-limit-own"))
        self._own.clicked.connect(self._open_own_limit)
        row.addWidget(self._own)
        self._own_n = NumberField(name=say("inspect-limit-number"), width=56)
        self._own_kind = ComboField(name=say("inspect-limit-kind"))
        for kind in TimeLimitKind:
            if kind is not TimeLimitKind.AT_ONCE:
                self._own_kind.addItem(word(kind), kind)
        self._own_n.settled.connect(self._own_limit)
        self._own_kind.activated.connect(self._own_limit)
        for widget in (self._own_n, self._own_kind):
            widget.hide()
            row.addWidget(widget)
        row.addStretch(1)
        self._limit_note = ElidedLabel(say("inspect-limit-note"), role="second", tone="muted")
        row.addWidget(self._limit_note, 1)
        return Label(say("finding-time-limit"), role="second", tone="muted"), holder

    def _make_photos(self) -> tuple[QWidget, QWidget]:
        holder, row = _row()
        self._shots = QHBoxLayout()
        self._shots.setSpacing(8)
        row.addLayout(self._shots)
        self._add = AddTile(say("finding-photo-add"), size=QSize(66, 50))
        self._add.clicked.connect(self.add_photos)
        row.addWidget(self._add)
        self._none = Button(say("finding-no-photo"), kind="link")
        self._none.clicked.connect(self._offer_no_photo)
        row.addWidget(self._none)
        row.addStretch(1)
        self._fixed = Switch(say("finding-fixed"))
        self._fixed.clicked.connect(self._fixed_turned)
        row.addWidget(self._fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("finding-fixed")))
        words.addWidget(Label(say("finding-fixed-note"), role="hint", tone="muted"))
        row.addLayout(words)
        return Label(say("finding-photos"), role="second", tone="muted"), holder

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
        foot.addStretch(1)
        note = ElidedLabel(say("finding-saved-note"), role="second", tone="muted")
        note.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot.addWidget(note, 2)
        foot.addWidget(KeyCap("Ctrl Enter"))
        self._done = primary(say("finding-done"), icon="arrow-down", key="Ctrl Enter")
        self._done.clicked.connect(self.done)
        foot.addWidget(self._done)
        return foot

    # ── parts that change with the finding

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

    def _show_helping(self, finding: DraftFinding) -> None:
        while self._helping.count():
            item = self._helping.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        named = {unit.id: unit for unit in self._ground.units}
        for entity in finding.helping_units:
            unit = named.get(entity)
            label = unit.label if unit else entity
            button = Button(label, icon="x", kind="row")
            button.setAccessibleName(say("finding-helping-remove", unit=label))
            button.setToolTip(say("finding-helping-remove", unit=label))
            button.clicked.connect(partial(self._without_helping, entity))
            self._helping.addWidget(button)
        self._helping.addStretch(1)

    def _show_limit(self, limit: TimeLimit | None) -> None:
        for one, chip in self._limits.items():
            chip.setChecked(one == limit)
        own = limit is not None and limit not in self._limits
        self._own.setChecked(own)
        self._own_n.setVisible(own)
        self._own_kind.setVisible(own)
        if own and limit is not None:
            if not self._own_n.hasFocus():
                self._own_n.show_text(str(limit.n))
            self._own_kind.setCurrentIndex(self._own_kind.findData(limit.kind))

    def _show_photos(self, finding: DraftFinding) -> None:
        for tile in self._tiles:
            self._shots.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        counts = {PhotoRole.BEFORE: 0, PhotoRole.AFTER: 0}
        for shot in finding.photos:
            counts[shot.role] += 1
            before = shot.role is PhotoRole.BEFORE
            plate = say("finding-photo-before" if before else "finding-photo-after", n=counts[shot.role])
            tile = PhotoTile(plate, size=QSize(66, 50), plate=plate, tone="bad" if before else "ok")
            tile.clicked.connect(partial(self._offer_photo, shot))
            tile.show_image(self._pictures.image(shot.sha256, turned=shot.turned))
            self._tiles[tile] = shot.sha256
            self._shots.addWidget(tile)
        reason = finding.no_photo
        self._none.setVisible(not finding.photos)
        self._none.say(say("finding-no-photo-because", reason=reason) if reason else say("finding-no-photo"))

    def _show_stops(self) -> None:
        left = len(wording.left_over(self._description.toPlainText()))
        self._stops.setText(say("finding-left", count=left) if left else "")
        self._stops.setVisible(bool(left))

    def _arrived(self, photo: str) -> None:
        for tile, sha in self._tiles.items():
            if sha == photo and self._finding is not None:
                shot = next((one for one in self._finding.photos if one.sha256 == sha), None)
                if shot is not None:
                    tile.show_image(self._pictures.image(sha, turned=shot.turned))

    # ── what a person does

    def _say(self, finding: DraftFinding) -> None:
        if finding != self._finding:
            self._finding = finding
            self.changed.emit(finding)

    def _set(self, **fields: object) -> None:
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
        self._set(place=text.strip(), description=self._filled(PLACE, text.strip()))

    def _quantity_settled(self, text: str) -> None:
        self._set(quantity=text.strip(), description=self._filled(QUANTITY, text.strip()))

    def _filled(self, name: str, text: str) -> str:
        """What was typed into its own field is not asked for again in the description."""
        mark = f"{OPEN}{name}{CLOSE}"
        now = self._description.whole_text()
        if text and mark in now and not self._description.preedit:
            self._description.show_text(now.replace(mark, text))
            return self._description.toPlainText().strip()
        return self._finding.description if self._finding else ""

    def _description_settled(self, text: str) -> None:
        self._set(description=text.strip())

    def _party_settled(self, text: str) -> None:
        self._set(party=text.strip())

    def _measured(self) -> None:
        self._set(measure=self._measure.currentText())

    def _graded(self, severity: object) -> None:
        self._set(severity=severity)

    def _led(self) -> None:
        lead = self._lead.currentData()
        helping = self._finding.helping_units if self._finding else ()
        self._set(lead_unit=lead, helping_units=tuple(one for one in helping if one != lead))

    def _limited(self, limit: TimeLimit) -> None:
        self._set(time_limit=limit)
        self._show_limit(limit)

    def _open_own_limit(self) -> None:
        self._own.setChecked(True)
        self._own_n.show()
        self._own_kind.show()
        self._own_n.setFocus()

    def _own_limit(self, _: object = None) -> None:
        text = self._own_n.text()
        if text.isascii() and text.isdigit() and 1 <= int(text) <= 366:
            self._set(time_limit=TimeLimit(kind=self._own_kind.currentData(), n=int(text)))

    def _fixed_turned(self) -> None:
        self._set(fixed_on_spot=self._fixed.isChecked())

    def _strike(self) -> None:
        if self._finding is not None:
            self.struck.emit(self._finding.id)

    def _open_party(self) -> None:
        for widget in self._party_row:
            widget.show()
        self._party.setFocus()

    def _without_helping(self, entity: str) -> None:
        if self._finding is not None:
            left = tuple(one for one in self._finding.helping_units if one != entity)
            self._set(helping_units=left)
            self._plus.setFocus()

    def _offer_helping(self) -> None:
        finding = self._finding
        if finding is None:
            return
        taken = {finding.lead_unit, *finding.helping_units}
        units = [unit for unit in self._ground.leads if unit.id not in taken]
        self._offer_units(units, self._with_helping, self._plus)

    def _with_helping(self, unit: Unit) -> None:
        if self._finding is not None:
            self._set(helping_units=(*self._finding.helping_units, unit.id))

    def _offer_parties(self) -> None:
        self._offer_units(list(self._ground.parties), self._take_party, self._party_menu)

    def _take_party(self, unit: Unit) -> None:
        self._party.setText(unit.name)
        self._party.settle()

    def _offer_units(self, units: list[Unit], take: object, under: QWidget) -> None:
        menu = QMenu(self)
        for unit in units:
            menu.addAction(unit.label).triggered.connect(partial(_call, take, unit))
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _offer_wordings(self) -> None:
        menu = QMenu(self)
        for text in self.item.wordings:
            shown = text.replace("{", OPEN).replace("}", CLOSE)
            menu.addAction(shown).triggered.connect(partial(_call, self.word_with, text))
        menu.popup(self._wordings.mapToGlobal(QPoint(0, self._wordings.height())))

    def _offer_no_photo(self) -> None:
        menu = QMenu(self)
        for reason in say("finding-no-photo-reasons").split():
            menu.addAction(reason).triggered.connect(partial(_call, self._without_photo, reason))
        menu.popup(self._none.mapToGlobal(QPoint(0, self._none.height())))

    def _without_photo(self, reason: str) -> None:
        self._set(no_photo=reason)

    def _offer_photo(self, shot: Shot) -> None:
        tile = next((one for one, sha in self._tiles.items() if sha == shot.sha256), self._add)
        menu = QMenu(self)
        after = shot.role is PhotoRole.BEFORE
        role = PhotoRole.AFTER if after else PhotoRole.BEFORE
        key = "finding-photo-role-after" if after else "finding-photo-role-before"
        menu.addAction(say(key)).triggered.connect(partial(_call, self._as_role, (shot, role)))
        menu.addAction(say("finding-photo-remove")).triggered.connect(partial(_call, self._without, shot))
        menu.popup(tile.mapToGlobal(QPoint(0, tile.height())))

    def _as_role(self, which: tuple[Shot, PhotoRole]) -> None:
        shot, role = which
        if self._finding is not None:
            photos = tuple(replace(one, role=role) if one == shot else one for one in self._finding.photos)
            self._set(photos=photos)

    def _without(self, shot: Shot) -> None:
        if self._finding is not None:
            self._set(photos=tuple(one for one in self._finding.photos if one != shot))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_photos(dragged(event.mimeData()))


def _call(take: object, value: object, _: bool = False) -> None:
    """A menu's action gives its `checked`; it is nobody's business."""
    take(value)  # type: ignore[operator]


def _row() -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return holder, row


def _choose(combo: ComboField, text: str) -> None:
    if combo.findText(text) < 0:
        combo.addItem(text)
    combo.setCurrentIndex(combo.findText(text))


def _choose_unit(combo: ComboField, entity: str) -> None:
    combo.setCurrentIndex(max(0, combo.findData(entity)))
