"""检查: what is under way, what has to be checked again, what is signed; each row says what a press does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.model import search
from inspector.model.search import Searchable, searchable
from inspector.model.words import Category, word
from inspector.services import corrections, drafts, visits
from inspector.services.papers import Listed
from inspector.services.today import OpenDraft
from inspector.services.visits import Unchecked, Visits
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.icons import site_icon
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button, Chip, primary
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import MARGIN_PX, PageHead, spare_px
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.words import score_words, short_day, site_note

EVERY, OPEN, UNCHECKED, SIGNED = "every", "open", "unchecked", "signed"
CHIPS: Final = {
    EVERY: "visits-every",
    OPEN: "visits-open",
    UNCHECKED: "visits-unchecked",
    SIGNED: "visits-signed",
}
MOST_SIGNED: Final = 200  # the rest is found by searching


class VisitsScreen(Screen):
    """`place.spot` is `unchecked`, or a site (an entity) whose visits are looked for."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-inspections"))
        self.setProperty("kind", "work")
        self._read: Visits | None = None
        self._group = EVERY
        self._site = ""
        self._column = column = QVBoxLayout(self)
        column.setSpacing(8)
        self.discard = Button(say("visits-discard"), icon="trash", kind="ghost", key="Delete")
        self.discard.clicked.connect(self._ask_discard)
        self.discard.hide()
        self.start = primary(say("visits-start"), icon="plus", key="Ctrl N")
        self.start.clicked.connect(partial(self.go.emit, Place("sites")))
        self.head = PageHead(say("nav-inspections"), self.discard, self.start)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self.search = SearchField(name=say("visits-search"), placeholder=say("visits-search-hint"))
        self.search.typed.connect(self._filter)
        self.search.entered.connect(self._act_on_first)
        column.addWidget(self.search)
        holder = QWidget()
        row = FlowLayout(holder)
        self._chips: dict[str, Chip] = {}
        for group, key in CHIPS.items():
            chip = Chip(say(key, count=0))
            chip.clicked.connect(partial(self._only, group))
            row.addWidget(chip)
            self._chips[group] = chip
        column.addWidget(holder)
        self.list = RowList(name=say("nav-inspections"))
        self.search.moved.connect(self.list.step)
        self.list.opened.connect(self._act)
        self.list.acted.connect(self._act)
        self.list.chosen.connect(self._chosen)
        self.list.typed.connect(self._type_on)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        begin = Button(say("visits-start"), icon="plus")
        begin.clicked.connect(partial(self.go.emit, Place("sites")))
        self._empty = EmptyState("clipboard-check", say("visits-none"), say("visits-none-text"), [begin])
        column.addWidget(self._empty, 1)
        self._missing = EmptyState("zoom-question", say("visits-missing"))
        column.addWidget(self._missing, 1)
        self._show_only(self._skeleton)
        self.begin_at(self.search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.setContentsMargins(MARGIN_PX, 16, spare_px(self), 0)

    # ── reading and showing

    def turn_to(self, place: Place) -> None:
        if place.spot == UNCHECKED:
            self._group = UNCHECKED
        elif place.spot:
            self._group, self._site = EVERY, place.spot
        super().turn_to(place)

    def refresh(self) -> None:
        if self._read is None:
            self._skeleton.start()
        self.desk.lanes.read.ask(
            self,
            partial(visits.every, self.desk.workspace, now=self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, read: Visits) -> None:
        self._skeleton.stop()
        self._read = read
        items = sum(len(one.items) for one in read.unchecked)
        self.head.about.setText(say("visits-sum", open=len(read.open), items=items, signed=len(read.signed)))
        counts = {OPEN: len(read.open), UNCHECKED: len(read.unchecked), SIGNED: len(read.signed)}
        counts[EVERY] = sum(counts.values())
        for group, chip in self._chips.items():
            chip.say(say(CHIPS[group], count=counts[group]))
        if name := self._name_of(read, self._site):
            self.search.line.setText(name)
        self._site = ""
        self._filter("")

    def _name_of(self, read: Visits, entity: str) -> str:
        """The name of a site that was visited."""
        names = {one.site.id: one.site.name for one in read.open}
        names |= {one.entity: one.site for one in read.unchecked}
        names |= {one.entity: one.site for one in read.signed}
        return names.get(entity, "")

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty, self._missing):
            widget.setVisible(widget is shown)

    def _filter(self, _text: str) -> None:
        read = self._read
        if read is None:
            return
        for group, chip in self._chips.items():
            chip.setChecked(group == self._group)
        rows = list(self._rows(read))
        self.list.show_rows(rows)
        self.search.show_count(say("visits-found", count=len(rows)) if self.search.text() else "")
        anything = read.open or read.unchecked or read.signed
        self._show_only(self.list if rows else self._missing if anything else self._empty)
        self._chosen(self.list.current())

    def _rows(self, read: Visits) -> Iterator[Row]:
        wanted = search.words(self.search.text())

        def fits(among: Searchable) -> bool:
            return search.rank(wanted, among) is not None

        if self._group in (EVERY, OPEN):
            for one in read.open:
                if fits(searchable((one.site.name, one.site.code), (one.kind,), one.site.initials)):
                    yield _open_row(one)
        if self._group in (EVERY, UNCHECKED):
            yield from (_unchecked_row(one) for one in read.unchecked if fits(one.search))
        if self._group in (EVERY, SIGNED):
            signed = (_signed_row(one) for one in read.signed if fits(one.search))
            for _, row in zip(range(MOST_SIGNED), signed, strict=False):
                yield row

    def _only(self, group: str) -> None:
        self._group = group
        self._filter("")

    # ── acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.discard.isVisible() and self.list.hasFocus():
            self._ask_discard()
        else:
            super().keyPressEvent(event)

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.line.insert(text)

    def _chosen(self, key: str) -> None:
        self.discard.setVisible(key.startswith("open:"))

    def _act_on_first(self) -> None:
        if not self.list.current():
            self.list.step(0)
        if key := self.list.current():
            self._act(key)

    def _act(self, key: str) -> None:
        group, _, which = key.partition(":")
        if group == "open":
            self.go.emit(Place("inspect", which=which))
        elif group == "signing":
            self.go.emit(Place("sign", which=which))
        elif group == "signed":
            self.go.emit(Place("documents", which=which))
        else:
            self.desk.lanes.save.ask(
                self,
                partial(corrections.revisit, self.desk.workspace, which, now=self.desk.now()),
                done=self._begun,
                failed=self.strip.show_error,
            )

    def _begun(self, draft: str) -> None:
        self.changed.emit()
        self.go.emit(Place("inspect", which=draft))

    def _ask_discard(self) -> None:
        group, _, draft = self.list.current().partition(":")
        one = next((one for one in self._read.open if one.draft == draft), None) if self._read else None
        if group == "open" and one is not None:
            ask_first(
                self,
                say("visits-discard-ask", site=one.site.name),
                say("visits-discard-text", answered=one.progress.answered),
                say("visits-discard"),
                partial(self._discard, draft),
            )

    def _discard(self, draft: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(drafts.discard, self.desk.workspace, draft),
            done=self._discarded,
            failed=self.strip.show_error,
        )

    def _discarded(self, _nothing: None) -> None:
        self.changed.emit()
        self.refresh()


def _open_row(one: OpenDraft) -> Row:
    signing = one.signing or one.answered
    stopped = say("visits-stopped", item=one.stopped) if one.stopped and not signing else ""
    return Row(
        key=f"{'signing' if signing else 'open'}:{one.draft}",
        title=one.site.name,
        note=site_note(one.kind, word(Category(one.category)), short_day(one.begin), stopped),
        icon=site_icon(one.site.kind),
        facts=(
            Fact(
                say("visits-waiting")
                if signing
                else say("ui-of", answered=one.progress.answered, total=one.progress.total),
                tone="warn" if signing else "muted",
            ),
        ),
        ring=None if signing else (one.progress.answered, one.progress.total),
        action=say("visits-sign") if signing else say("visits-go-on"),
        group=say("visits-group-open"),
    )


def _unchecked_row(one: Unchecked) -> Row:
    first = say("visits-item", code=one.items[0][0], text=one.items[0][1])
    return Row(
        key=f"unchecked:{one.inspection}",
        title=one.site,
        note=site_note(
            one.kind, first, say("visits-more", count=len(one.items)) if len(one.items) > 1 else ""
        ),
        icon="moon",
        facts=(Fact(say("visits-left", day=short_day(one.begin), count=len(one.items)), tone="warn"),),
        action=say("visits-revisit"),
        group=say("visits-group-unchecked"),
    )


def _signed_row(one: Listed) -> Row:
    return Row(
        key=f"signed:{one.inspection}",
        title=one.site,
        note=site_note(one.kind, one.number, word(one.category)),
        icon="file-check",
        facts=(Fact(short_day(one.begin), width=72), Fact(score_words(one.score), width=64)),
        group=say("visits-group-signed"),
    )
