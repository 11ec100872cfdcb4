"""One finding: how bad, what, before beside after, who by when, what happened since, and the next step."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.inspection import PhotoRole
from inspector.model.next_step import Next
from inspector.model.words import Severity, word
from inspector.services.finding_page import Page, Shot
from inspector.text import say
from inspector.ui.findings.steps import Action, actions, deed_words, next_words, others
from inspector.ui.findings.story import moments
from inspector.ui.findings.timeline import TimeLine
from inspector.ui.findings.words import due_of, left_words, moment_words, state_words
from inspector.ui.inspect.words import time_limit_words
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, IconButton, make_primary
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Scrolled
from inspector.ui.widgets.text import Badge, Label, Line
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import short_day, site_note

TILE: Final = QSize(180, 116)
MOST_PX: Final = 300
MARGINS_PX: Final = 56  # of the column, with its scroll bar
GAP_PX: Final = 8
FACTS: Final = (
    "findings-fact-number",
    "findings-fact-helping",
    "findings-fact-party",
    "findings-fact-item",
    "findings-fact-quantity",
    "findings-fact-limit",
    "findings-fact-due",
    "findings-fact-found",
)
MARKED: Final = {"contested": "warn", "extended": "muted", "on_spot": "ok"}


class FindingPanel(QFrame):
    """`acted` gives the Action that was chosen, `photo` and `link` what is to be looked at; `archived` asks for the
    export of the case."""

    closed = Signal()
    copied = Signal()
    acted = Signal(object)
    photo = Signal(str)
    link = Signal(object)
    archived = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self.page: Page | None = None
        self.tiles: dict[PhotoTile, Shot] = {}
        self._actions: tuple[Action | None, ...] = (None, None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scrolled = Scrolled(margins=(20, 14, 20, 12), spacing=8)
        outer.addWidget(self._scrolled, 1)
        self._empty = EmptyState("flag", say("findings-choose"), say("findings-choose-next"))
        outer.addWidget(self._empty)
        body = self._scrolled.body
        body.addLayout(self._make_head())
        self._title = Label(role="section", bold=True, wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.addWidget(self._title)
        self._where = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._where)
        self._photos = QWidget()
        self._photo_row = FlowLayout(self._photos, gap=GAP_PX, row_gap=GAP_PX)
        body.addWidget(self._photos)
        self._no_photo = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._no_photo)
        self.timeline = TimeLine(pictures)
        self.timeline.photo.connect(self.photo)
        self.timeline.link.connect(self.link)
        body.addWidget(self.timeline)
        body.addWidget(Line())
        body.addWidget(self._make_facts())
        body.addStretch(1)
        self._foot = self._make_foot()
        outer.addWidget(self._foot)
        self.show_nothing()

    # ── making

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(4)
        marks = QWidget()
        marks.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._marks = FlowLayout(marks, gap=6, row_gap=4)
        head.addWidget(marks, 1, Qt.AlignmentFlag.AlignVCenter)
        self.copy = IconButton("copy", say("findings-copy"))
        self.copy.clicked.connect(self._copy)
        head.addWidget(self.copy)
        self.more = IconButton("dots", say("findings-more"), key="Ctrl M")
        self.more.clicked.connect(self.offer)
        head.addWidget(self.more)
        self.shut = IconButton("x", say("findings-shut"), key="Esc")
        self.shut.clicked.connect(self.closed)
        self.shut.hide()
        head.addWidget(self.shut)
        return head

    def _make_facts(self) -> QWidget:
        holder = QWidget()
        self._form = QFormLayout(holder)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(4)
        self.values = {key: Label(role="second", wrap=True) for key in FACTS}
        for key, value in self.values.items():
            self._form.addRow(Label(say(key), role="second", tone="muted"), value)
        return holder

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(20, 8, 20, 14)
        column.setSpacing(6)
        column.addWidget(Line())
        self._next = Label(role="second", bold=True, wrap=True)
        column.addWidget(self._next)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.steps = (Button(""), Button("", key="Ctrl Enter"))
        for place, button in enumerate(self.steps):
            button.clicked.connect(partial(self._act, place))
            row.addWidget(button, 1)
        column.addLayout(row)
        return foot

    # ── showing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def fold(self, alone: bool) -> None:
        """`alone`: it covers the list, and has a way back."""
        self.shut.setVisible(alone)

    def show_nothing(self) -> None:
        self.page = None
        self._scrolled.hide()
        self._foot.hide()
        self._empty.show()

    def show_page(self, page: Page) -> None:
        """A finding with everything that is known of it."""
        self.page = page
        finding = page.finding
        self._scrolled.show()
        self._foot.show()
        self._empty.hide()
        self._show_marks(page)
        self._title.setText(finding.description or finding.item)
        lead = page.names.get(finding.lead_unit, "")
        led = say("findings-led-by", unit=lead) if lead else say("findings-group-unit-none")
        self._where.setText(site_note(page.site_name, finding.place, led))
        self._show_photos(page.shots)
        self._no_photo.setVisible(not finding.photos and bool(finding.no_photo))
        self._no_photo.setText(say("findings-photo-none", reason=finding.no_photo))
        texts = (
            page.printed,
            say("ui-list").join(page.names.get(unit, "") for unit in finding.helping_units),
            finding.party,
            finding.item,
            f"{finding.quantity} {finding.measure}".strip(),
            time_limit_words(finding.time_limit) if finding.time_limit else "",
            due_of(finding.due, estimated=finding.due_estimated),
            moment_words(finding.found_on),
        )
        for value, text in zip(self.values.values(), texts, strict=True):
            value.setText(text)
            self._form.setRowVisible(value, bool(text))
        self.timeline.show_moments(moments(page))
        self._next.setText(next_words(page))
        self._show_steps(actions(page))

    def _show_steps(self, wanted: tuple[Action, ...]) -> None:
        """As drawn: the next step at the right, what may be done instead at its left."""
        second, first = self.steps
        self._actions = (wanted[1] if len(wanted) > 1 else None, wanted[0] if wanted else None)
        for button, action in zip((second, first), self._actions, strict=True):
            button.setVisible(action is not None)
            if action is not None:
                button.say(action.text)
                button.wear_icon(action.icon)
        make_primary(first, self.page is not None and self.page.next is not Next.DONE)

    def _show_marks(self, page: Page) -> None:
        self._marks.clear()
        finding = page.finding
        left, left_tone = left_words(page.left, finding.due, estimated=finding.due_estimated)
        severe = "" if finding.severity is Severity.MINOR else word(finding.severity)
        shown = [
            state_words(finding.state),
            (severe, "bad"),
            (left, left_tone if left_tone != "text" else "muted"),
            (say("ui-times", n=page.times) if page.times > 1 else "", "warn"),
        ]
        shown += [
            (say(f"mark-{mark.value.replace('_', '-')}"), MARKED[mark])
            for mark in page.marks
            if mark in MARKED
        ]
        for text, tone in shown:
            if text:
                self._marks.addWidget(Badge(text, tone=tone))

    def _show_photos(self, shots: tuple[Shot, ...]) -> None:
        """Before beside the latest after, the others behind them."""
        self._photo_row.clear()
        self.tiles = {}
        before = [shot for shot in shots if shot.before]
        after = [shot for shot in shots if not shot.before]
        for shot in (*before[:1], *after[:1], *before[1:], *after[1:]):
            plate = shot_words(shot)
            tone = "bad" if shot.before or shot.of in ("fail", "reopen") else "ok"
            tile = PhotoTile(site_note(plate, shot.caption), size=TILE, plate=plate, tone=tone)
            tile.show_image(self._pictures.image(shot.sha256, turned=shot.turned))
            tile.clicked.connect(partial(self.photo.emit, shot.sha256))
            self.tiles[tile] = shot
            self._photo_row.addWidget(tile)
        self._photos.setVisible(bool(shots))
        self._fit()

    def _fit(self) -> None:
        """Two photos side by side, as wide as the column allows."""
        wide = min(MOST_PX, (self.width() - MARGINS_PX - GAP_PX) // 2)
        for tile in self.tiles:
            tile.resize_to(QSize(wide, round(wide * 0.645)))
        self._photo_row.invalidate()

    def _arrived(self, photo: str) -> None:
        for tile, shot in self.tiles.items():
            if shot.sha256 == photo:
                tile.show_image(self._pictures.image(photo, turned=shot.turned))

    # ── acting

    def step(self) -> None:
        """The next step, by key."""
        if self.page is not None and not self.steps[1].isHidden():
            self.steps[1].click()

    def offer(self) -> QMenu | None:
        """Everything else that can be done now, and the export of the case."""
        if self.page is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(say("findings-more"))
        for deed in others(self.page):
            action = Action(deed_words(deed), "", deed=deed)
            menu.addAction(action.text).triggered.connect(partial(self._chosen, action))
        menu.addSeparator()
        menu.addAction(say("findings-case")).triggered.connect(self._archive)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        return menu

    def _act(self, place: int) -> None:
        if (action := self._actions[place]) is not None:
            self.acted.emit(action)

    def _chosen(self, action: Action, _checked: bool = False) -> None:
        self.acted.emit(action)

    def _archive(self) -> None:
        self.archived.emit()

    def _copy(self) -> None:
        """One line about it, to be pasted into a message."""
        if self.page is None:
            return
        finding, page = self.page.finding, self.page
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


def shot_words(shot: Shot) -> str:
    """整改前 9月3日, 复查 10月8日."""
    key = "findings-before" if shot.of == PhotoRole.BEFORE else f"findings-shot-{shot.of}"
    return say(key, day=short_day(shot.at) if shot.at else "").strip()
