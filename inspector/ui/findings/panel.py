"""One finding: how bad, what, before beside after, who by when, and what happened since."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.inspection import Evidence, PhotoRole
from inspector.model.words import Severity, word
from inspector.services.finding_page import Page
from inspector.services.findings import Event
from inspector.text import say
from inspector.ui.findings.words import event_words, left_words, moment_words, state_words
from inspector.ui.inspect.words import time_limit_words
from inspector.ui.pictures import Pictures
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Scrolled
from inspector.ui.widgets.text import Badge, Label, Line
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import short_day, site_note

TILE = QSize(186, 120)
FACTS = (
    "findings-fact-lead",
    "findings-fact-helping",
    "findings-fact-party",
    "findings-fact-item",
    "findings-fact-quantity",
    "findings-fact-limit",
    "findings-fact-due",
    "findings-fact-found",
    "findings-fact-sheet",
)


class FindingPanel(QFrame):
    """`sheet` gives the inspection whose sheet is wanted."""

    sheet = Signal(str)
    closed = Signal()
    copied = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._page: Page | None = None
        self._tiles: dict[PhotoTile, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scrolled = Scrolled(margins=(20, 14, 20, 20), spacing=8)
        outer.addWidget(self._scrolled)
        self._empty = EmptyState("flag", say("findings-choose"), say("findings-choose-next"))
        outer.addWidget(self._empty)
        body = self._scrolled.body
        head = QHBoxLayout()
        head.setSpacing(8)
        marks = QWidget()
        marks.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._marks = FlowLayout(marks, gap=6, row_gap=4)
        head.addWidget(marks, 1)
        self.copy = IconButton("copy", say("findings-copy"))
        self.copy.clicked.connect(self._copy)
        head.addWidget(self.copy)
        self.shut = IconButton("x", say("findings-shut"), key="Esc")
        self.shut.clicked.connect(self.closed)
        self.shut.hide()
        head.addWidget(self.shut)
        body.addLayout(head)
        self._title = Label(role="section", bold=True, wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.addWidget(self._title)
        self._where = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._where)
        self._photos = QWidget()
        self._photo_row = FlowLayout(self._photos, gap=8, row_gap=8)
        body.addWidget(self._photos)
        self._no_photo = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._no_photo)
        holder = QWidget()
        self._form = QFormLayout(holder)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(4)
        self.values = {key: Label(role="second", wrap=True) for key in FACTS}
        for key, value in self.values.items():
            self._form.addRow(Label(say(key), role="second", tone="muted"), value)
        body.addWidget(holder)
        self.open_sheet = Button(say("findings-sheet"), icon="file-text")
        self.open_sheet.clicked.connect(self._open_sheet)
        body.addWidget(self.open_sheet, alignment=Qt.AlignmentFlag.AlignLeft)
        body.addWidget(Line())
        self._next = Label(bold=True, wrap=True)
        body.addWidget(self._next)
        body.addWidget(Label(say("timeline-heading"), role="second", tone="muted", bold=True))
        self._events = QVBoxLayout()
        self._events.setSpacing(0)
        body.addLayout(self._events)
        body.addStretch(1)
        self.show_nothing()

    def fold(self, alone: bool) -> None:
        """`alone`: it covers the list, and has a way back."""
        self.shut.setVisible(alone)

    def show_nothing(self) -> None:
        self._page = None
        self._scrolled.hide()
        self._empty.show()

    def show_page(self, page: Page) -> None:
        """A finding with everything that is known of it."""
        self._page = page
        finding = page.finding
        self._scrolled.show()
        self._empty.hide()
        self._show_marks(page)
        self._title.setText(finding.description or finding.item)
        lead = page.names.get(finding.lead_unit, "")
        self._where.setText(site_note(page.site_name, finding.place))
        self._show_photos(finding.photos)
        self._no_photo.setVisible(not finding.photos and bool(finding.no_photo))
        self._no_photo.setText(say("findings-photo-none", reason=finding.no_photo))
        limit = time_limit_words(finding.time_limit) if finding.time_limit else ""
        due = moment_words(finding.due)
        if due and finding.due_estimated:
            due = say("findings-estimated", day=due)
        texts = (
            lead,
            say("ui-list").join(page.names.get(unit, "") for unit in finding.helping_units),
            finding.party,
            finding.item,
            f"{finding.quantity} {finding.measure}".strip(),
            limit,
            due,
            moment_words(finding.found_on),
            page.number,
        )
        for value, text in zip(self.values.values(), texts, strict=True):
            value.setText(text)
            self._form.setRowVisible(value, bool(text))
        self.open_sheet.setVisible(bool(page.number))
        self._next.setText(say(f"findings-next-{finding.state.value}"))
        self._show_events(page)

    def _show_marks(self, page: Page) -> None:
        self._marks.clear()
        finding = page.finding
        left, left_tone = left_words(page.left, finding.due)
        severe = "" if finding.severity is Severity.MINOR else word(finding.severity)
        shown = [
            state_words(finding.state),
            (severe, "bad"),
            (left, left_tone if left_tone != "text" else "muted"),
            (say("ui-times", n=page.times) if page.times > 1 else "", "warn"),
        ]
        named = {"contested": "warn", "extended": "muted", "on_spot": "ok"}
        shown += [
            (say(f"mark-{mark.value.replace('_', '-')}"), named[mark]) for mark in page.marks if mark in named
        ]
        for text, tone in shown:
            if text:
                self._marks.addWidget(Badge(text, tone=tone))

    def _show_photos(self, photos: tuple[Evidence, ...]) -> None:
        self._photo_row.clear()
        self._tiles = {}
        for photo in photos:
            after = photo.role is PhotoRole.AFTER
            day = short_day(photo.shifted or photo.taken_at) if photo.shifted or photo.taken_at else ""
            plate = say("findings-after" if after else "findings-before", day=day).strip()
            tile = PhotoTile(
                site_note(plate, photo.caption), size=TILE, plate=plate, tone="ok" if after else "bad"
            )
            tile.show_image(self._image(photo.sha256, photo.turned))
            self._tiles[tile] = photo.sha256
            self._photo_row.addWidget(tile)
        self._photos.setVisible(bool(photos))

    def _show_events(self, page: Page) -> None:
        while item := self._events.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        latest_first = tuple(reversed(page.events))
        for number, event in enumerate(latest_first):
            last = number + 1 == len(latest_first)
            self._events.addWidget(EventLine(event, page, first=not number, last=last))

    def _image(self, photo: str, turned: int = 0) -> QImage | None:
        return self._pictures.image(photo, turned=turned)

    def _arrived(self, photo: str) -> None:
        for tile, shown in self._tiles.items():
            if shown == photo:
                tile.show_image(self._pictures.image(photo))

    def _open_sheet(self) -> None:
        if self._page:
            self.sheet.emit(self._page.finding.inspection)

    def _copy(self) -> None:
        """One line about it, to be pasted into a message."""
        if self._page is None:
            return
        finding, page = self._page.finding, self._page
        text = say(
            "findings-copy-text",
            site=page.site_name,
            place=finding.place,
            text=finding.description,
            unit=page.names.get(finding.lead_unit, say("findings-group-unit-none")),
            due=left_words(page.left, finding.due)[0] or say("findings-group-no-due"),
        )
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()


class EventLine(QWidget):
    """A record on the time line: a dot on its line, what and when, who and what was said."""

    def __init__(self, event: Event, page: Page, *, first: bool, last: bool) -> None:
        super().__init__()
        what, said, tone = event_words(event, page.names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Dot("bad" if tone == "bad" else "accent" if first else "muted", first=first, last=last))
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 8)
        words.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(what, bold=True, tone=tone, wrap=True), 1)
        when = Label(moment_words(event.wall), role="hint", tone="muted")
        head.addWidget(when, alignment=Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        if said:
            words.addWidget(Label(said, role="second", tone="muted", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)


class Dot(Painted):
    """The place of an event on the line: filled for the latest."""

    def __init__(self, tone: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone, self._first, self._last = tone, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(14, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        middle, at = 7, 15
        painter.setPen(pen("line", 2))
        if not self._first:
            painter.drawLine(middle, 0, middle, at - 6)
        if not self._last:
            painter.drawLine(middle, at + 6, middle, self.height())
        painter.setPen(pen(self._tone, 2))
        painter.setBrush(theme.color(self._tone if self._first else "surface"))
        painter.drawEllipse(middle - 5, at - 5, 10, 10)
