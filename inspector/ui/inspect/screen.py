"""The inspection: one answer after another, without looking for anything."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from inspector.model.progress import of_draft
from inspector.model.words import Verdict, word
from inspector.services import chosen, item_index
from inspector.services.item_index import Entry
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.dropping import holds_photos
from inspector.ui.inspect.answering import Answering
from inspector.ui.inspect.asides import Asides
from inspector.ui.inspect.bars import InspectTop, keys_now, minutes_words
from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.finding_acts import FindingActs
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.keys import Keys
from inspector.ui.inspect.parts import HEADER, progress_of, section_of
from inspector.ui.inspect.sections import Sections
from inspector.ui.inspect.undoing import Undoing
from inspector.ui.inspect.where import Where
from inspector.ui.inspect.words import act_words, section_letter, section_title
from inspector.ui.inspect.work import DraftWork
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar
from inspector.ui.words import site_note

MINUTE_MS = 30_000
BOARD_PX = 960  # text lines do not get longer than 40 characters on a wide screen


class InspectScreen(Screen):
    """Sections at the left, items in the middle, photos at the right."""

    immersive = True
    _changed = (
        Signal()
    )  # queued: an answer and the step to the next item are shown at once, not one after another

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.work = DraftWork(desk, place.which)
        self._only_open, self._stale = False, False
        self.setAcceptDrops(True)
        pictures = Pictures(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = InspectTop(example=desk.example)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self.sections = Sections()
        self.board = ItemBoard(pictures)
        self.asides = Asides(desk, self, pictures, self.work)
        columns.addWidget(self.sections)
        columns.addWidget(self.board, 1)
        columns.addWidget(self.asides.photos)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self.where = Where(self.work, self.board)
        self.undoing = Undoing(self, self.work, self.board, self.where)
        self.findings = FindingActs(self.work, self.board, self.where, self.undoing)
        self.answering = Answering(self.work, self.board, self.where, self.findings, self.undoing)
        self.keys = Keys(self, self.work, self.board, self.where, self.answering, self.asides)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._tell_minutes)
        self._minute.start()
        self._around = QTimer(self, singleShot=True, interval=0)
        self._around.timeout.connect(self._show_around)
        self._connect()
        self.begin_at(self.board)

    # ── opening and leaving

    def refresh(self) -> None:
        self.work.open()

    def _opened(self, stopped: str) -> None:
        work = self.work
        site, about = work.ground.site, work.draft.about
        marks = {
            "inspect-corrects": about.corrects,
            "inspect-follows": about.follows,
            "begin-late-title": about.late,
        }
        mark = next((say(key) for key, on in marks.items() if on), "")
        self.top.say_site(site.name, site_note(work.ground.kind, site.code, word(about.category), mark))
        self.say_title(say("inspect-title", site=site.name))
        self.board.begin(work.form, work.ground)
        titles = [(HEADER, say("inspect-header"), say("inspect-header")[:1])]
        titles += [
            (at, section_title(work.form, at), section_letter(work.form, at))
            for at in range(len(work.form.sections))
            if work.in_section(at)
        ]
        self.sections.show_sections(titles)
        self._fold()
        code, finding = self.where.spot(self.place.spot or stopped)
        self.where.go_to(code, finding=finding)
        self._tell_minutes()
        self.bottom.saved.rest(say("inspect-all-saved"))
        self.asides.read_tray()
        self.desk.lanes.read.ask(self, partial(item_index.index, work.form), done=self._indexed)

    def _moved(self, spot: str) -> None:
        """One is at another item, or at the same one again."""
        if spot != self.place.spot:
            self.stand(spot=spot)
            at = chosen.Stood(screen="inspect", which=self.place.which, spot=spot)
            self.desk.lanes.read.ask(self, partial(chosen.stand, self.desk.workspace, at))
        self._show()

    def _finished(self) -> None:
        """Nothing waits for an answer any more: signing is the next step."""
        self.told.emit(Told(say("inspect-all-answered"), icon="checks"))
        self.top.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _indexed(self, entries: tuple[Entry, ...]) -> None:
        self.asides.finder.show_entries(entries)

    # ── listening

    def _connect(self) -> None:
        work, asides = self.work, self.asides
        work.opened.connect(self._opened)
        work.changed.connect(self._show_soon)
        self._changed.connect(self._show_stale, Qt.ConnectionType.QueuedConnection)
        work.reread.connect(self._reread)
        work.kept.connect(self._show_acts)
        work.stepped.connect(self.undoing.jump)
        work.refused.connect(self.strip.show_error)
        self.where.moved.connect(self._moved)
        self.where.finished.connect(self._finished)
        self.undoing.shown.connect(self._show)
        self.undoing.jumped.connect(asides.read_tray)
        self.findings.told.connect(self.told)
        self.answering.told.connect(self.told)
        self.keys.toggled_open.connect(self._toggle_open)
        self.top.back.connect(self.back)
        self.top.undo.clicked.connect(self.undoing.undo)
        self.top.redo.clicked.connect(self.undoing.redo)
        self.top.only_open.clicked.connect(self._toggle_open)
        self.top.sign.clicked.connect(self._sign)
        self.top.drawer.clicked.connect(self._toggle_drawer)
        self.sections.opened.connect(self.where.open_section)
        self.sections.placed.connect(asides.place_jotting)
        self.sections.struck.connect(work.strike_jotting)
        self.sections.left_over.connect(self.where.go_to_left_over)
        self.board.made.connect(self._listen)
        self.board.chosen.connect(self.where.go_to)
        self.board.answered.connect(self.answering.row_answered)
        self.board.dropped.connect(self.findings.photos_on_item)
        self.board.rest.connect(self.answering.pass_rest)
        self.board.facts_accepted.connect(self.answering.accept_facts)
        asides.given.connect(self.findings.give_photos)
        asides.found.connect(self.findings.found)
        asides.placed.connect(self.findings.jotting_placed)
        asides.closed.connect(self.where.focus)
        asides.told.connect(self.told)
        asides.failed.connect(self.strip.show_error)
        asides.loose.connect(self.top.say_loose)
        asides.sort.connect(self._sort_photos)
        for keys, slot in (
            ("Ctrl+Z", self.undoing.undo),
            ("Ctrl+Y", self.undoing.redo),
            ("Ctrl+I", asides.intake.ask),
            ("Ctrl+V", asides.paste),
            ("Ctrl+D", self.findings.one_more),
            ("Ctrl+Return", self.findings.done),
            ("Alt+1", partial(self.answering.judge, Verdict.PASS)),
            ("Alt+2", partial(self.answering.judge, Verdict.FAIL)),
            ("Alt+3", partial(self.answering.judge, Verdict.NOT_APPLICABLE)),
            ("Alt+4", partial(self.answering.judge, Verdict.UNCHECKED)),
        ):
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _listen(self, card: QWidget) -> None:
        """A new current card."""
        if isinstance(card, HeaderCard):
            card.answered.connect(self.answering.header_answered)
            card.reasoned.connect(self.answering.fact_explained)
        elif isinstance(card, ItemCard):
            card.judged.connect(self.answering.tapped)
            card.numbered.connect(self.answering.numbered)
            card.worded.connect(self.answering.worded)
            card.reasoned.connect(self.answering.reasoned)
            card.seen.connect(self.answering.see)
        elif isinstance(card, FindingForm):
            card.changed.connect(self.work.put)
            card.judged.connect(self.answering.judge_failed)
            card.more.connect(self.findings.one_more)
            card.done.connect(self.findings.done)
            card.struck.connect(self.findings.strike)
            card.turned.connect(self.findings.turn_to)
            card.add_photos.connect(self.asides.intake.ask)

    # ── keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    # ── moving

    def _toggle_open(self) -> None:
        self._only_open = not self._only_open
        self.top.only_open.setChecked(self._only_open)
        self._show()

    # ── photos

    def _sort_photos(self) -> None:
        self.go.emit(Place("photos", which=self.place.which))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_photos(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.asides.intake.take(event.mimeData()):
            event.acceptProposedAction()

    # ── undoing, signing

    def _sign(self) -> None:
        self.go.emit(Place("sign", which=self.place.which))

    # ── showing

    def _reread(self) -> None:
        gone = self.where.finding and all(one.id != self.where.finding for one in self.work.draft.findings)
        if gone:
            self.where.go_to(self.where.code)
        else:
            self._show()
        self.asides.photos_moved()

    def _show_soon(self) -> None:
        self.board.show_card(self.work.draft)  # at once: what its fields say next is said of this answer
        self._stale = True
        self._changed.emit()

    def _show_stale(self) -> None:
        if self._stale:
            self._show()

    def _show(self) -> None:
        self._stale = False
        if not self.work.ready or not self.where.code:
            return
        draft = self.work.draft
        self.board.show_draft(draft, self.where.code, self.where.finding, only_open=self._only_open)
        if self.where.finding:
            self.board.show_finding(self.where.finding)
        self.board.setEnabled(not self.work.sheet.signing)
        self._around.start()

    def _show_around(self) -> None:
        """What stands around the board, in a turn of its own: the next key, or a photo, gets in between."""
        if not self.work.ready or not self.where.code:
            return
        draft, form, sheet = self.work.draft, self.work.form, self.work.sheet
        self.sections.show_progress(progress_of(form, draft), section_of(form, self.where.code))
        self.sections.show_left_over(len(self.work.undecided()))
        self.sections.show_jottings(draft.jottings)
        self.top.show_progress(of_draft(draft, form))
        self._show_acts()
        self.asides.show_pair(self.where.code, self.where.finding)
        if sheet.signing and self.strip.isHidden():
            self.strip.tell(say("inspect-signing"), say("inspect-signing-note"), kind="warn")
        self._show_keys()

    def _show_acts(self) -> None:
        sheet = self.work.sheet
        undo = act_words(sheet.undo[0]) if sheet.undo else ""
        redo = act_words(sheet.redo[0]) if sheet.redo else ""
        self.top.show_acts(undo, redo)

    def _show_keys(self) -> None:
        card = self.board.current
        if card is not None and not isinstance(card, FindingForm):
            card.show_caps(self.keys.in_field())
        self.bottom.show_keys(keys_now(card, in_field=self.keys.in_field()))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_keys()

    def _tell_minutes(self) -> None:
        if self.work.ready and not self.work.draft.about.late:  # a visit that is over takes no time any more
            begin = datetime.fromisoformat(self.work.draft.about.begin)
            self.bottom.show_right(minutes_words(begin, self.desk.now()))

    def _toggle_drawer(self) -> None:
        self.asides.drawer_open = not self.asides.drawer_open
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        window = self.window()
        space = theme.space(window.width(), window.height())
        self.sections.fold(space.narrow)
        self.board.setMaximumWidth(theme.look.px(BOARD_PX) if space.wide else 16_777_215)
        self.asides.fold(space)
        self.top.fold(narrow=space.narrow, drawer=space.drawer)
