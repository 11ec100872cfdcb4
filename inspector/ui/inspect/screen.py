"""The inspection: one answer after another, without looking for anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from time import monotonic

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.draft import Draft, DraftFinding
from inspector.model.form import Item, Text
from inspector.model.progress import of_draft
from inspector.model.words import UncheckedReason, Verdict, word
from inspector.services import chosen, item_index
from inspector.services.drafts import Moved
from inspector.services.inspecting import LeftOver
from inspector.services.item_index import Entry
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all, digit
from inspector.ui.inspect.asides import Asides
from inspector.ui.inspect.bars import InspectTop, keys_now, minutes_words
from inspector.ui.inspect.board import HEADER, ItemBoard, progress_of, section_of
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.sections import Sections
from inspector.ui.inspect.words import act_words, none_allowed, section_letter, section_title, takes_number
from inspector.ui.inspect.work import DraftWork
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar
from inspector.ui.words import site_note

VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
TAP_S = 0.3  # a second tap within this is the same one: a glove, a shaky hand
MINUTE_MS = 30_000
BOARD_PX = 960  # text lines do not get longer than 40 characters on a wide screen


class InspectScreen(Screen):
    """Sections at the left, items in the middle, photos at the right."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.work = DraftWork(desk, place.which)
        self._code, self._finding = "", ""
        self._only_open = False
        self._asking: Verdict | None = None
        self._last_tap = 0.0
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
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._tell_minutes)
        self._minute.start()
        self._connect()
        self.begin_at(self.board)

    # ── opening and leaving

    def refresh(self) -> None:
        self.work.open()

    def _opened(self, stopped: str) -> None:
        work = self.work
        site, about = work.ground.site, work.draft.about
        mark = say("inspect-corrects") if about.corrects else say("inspect-follows") if about.follows else ""
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
        code, finding = self._spot(self.place.spot or stopped)
        self._go_to(code, finding=finding)
        self._tell_minutes()
        self.bottom.saved.rest(say("inspect-all-saved"))
        self.asides.read_tray()
        self.desk.lanes.read.ask(self, partial(item_index.index, work.form), done=self._indexed)

    def _spot(self, path: str) -> tuple[str, str]:
        """The item (or header item) and the finding that a path of the draft means; else where to begin."""
        draft, form = self.work.draft, self.work.form
        group, _, name = path.partition("/")
        if group == "findings":
            item = next((one.item for one in draft.findings if one.id == name), "")
            if item:
                return item, name
        if group == "earlier":
            name = next((one.item for one in draft.earlier if one.finding == name), "")
        if name in form.by_code or name in form.header_by_code:
            return name, ""
        waiting = next(
            (one.code for one in form.header if one.required and not draft.header.get(one.code)), ""
        )
        return waiting or self.work.next_waiting("") or next(iter(form.by_code)), ""

    def _indexed(self, entries: tuple[Entry, ...]) -> None:
        self.asides.finder.show_entries(entries)

    # ── listening

    def _connect(self) -> None:
        work, asides = self.work, self.asides
        work.opened.connect(self._opened)
        work.changed.connect(self._show)
        work.reread.connect(self._reread)
        work.stepped.connect(self._jump)
        work.refused.connect(self.strip.show_error)
        self.top.back.connect(self.back)
        self.top.undo.clicked.connect(self._undo)
        self.top.redo.clicked.connect(self._redo)
        self.top.only_open.clicked.connect(self._toggle_open)
        self.top.sign.clicked.connect(self._sign)
        self.top.drawer.clicked.connect(self._toggle_drawer)
        self.sections.opened.connect(self._open_section)
        self.sections.placed.connect(asides.place_jotting)
        self.sections.struck.connect(work.strike_jotting)
        self.sections.left_over.connect(self._go_to_left_over)
        self.board.made.connect(self._listen)
        self.board.chosen.connect(self._go_to)
        self.board.answered.connect(self._row_answered)
        self.board.dropped.connect(self._photos_on_item)
        self.board.rest.connect(self._pass_rest)
        self.board.facts_accepted.connect(self._accept_facts)
        asides.given.connect(self._give_photos)
        asides.found.connect(self._found)
        asides.placed.connect(self._jotting_placed)
        asides.closed.connect(self._focus)
        asides.told.connect(self.told)
        asides.failed.connect(self.strip.show_error)
        asides.loose.connect(self.top.say_loose)
        asides.sort.connect(self._sort_photos)
        for keys, slot in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+I", asides.intake.ask),
            ("Ctrl+V", asides.paste),
            ("Ctrl+D", self._one_more),
            ("Ctrl+Return", self._done),
            ("Alt+1", partial(self._judge, Verdict.PASS)),
            ("Alt+2", partial(self._judge, Verdict.FAIL)),
            ("Alt+3", partial(self._judge, Verdict.NOT_APPLICABLE)),
            ("Alt+4", partial(self._judge, Verdict.UNCHECKED)),
        ):
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _listen(self, card: QWidget) -> None:
        """A new current card."""
        if isinstance(card, HeaderCard):
            card.answered.connect(self._header_answered)
        elif isinstance(card, ItemCard):
            card.judged.connect(self._tapped)
            card.numbered.connect(self._numbered)
            card.worded.connect(self._worded)
            card.reasoned.connect(self._reasoned)
            card.seen.connect(self._see)
        elif isinstance(card, FindingForm):
            card.changed.connect(self.work.put)
            card.judged.connect(self._judge_failed)
            card.more.connect(self._one_more)
            card.done.connect(self._done)
            card.struck.connect(self._strike_finding)
            card.turned.connect(self._turn_finding)
            card.add_photos.connect(self.asides.intake.ask)

    # ── keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not self.work.ready or held not in plain:
            return False
        number = digit(event)
        if number is not None and not self._in_field():
            return self._digit(number)
        moves: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
            Qt.Key.Key_Down: partial(self._step, 1),
            Qt.Key.Key_Up: partial(self._step, -1),
            Qt.Key.Key_PageDown: partial(self._step_section, 1),
            Qt.Key.Key_PageUp: partial(self._step_section, -1),
            Qt.Key.Key_Escape: self._escape,
        }
        letters: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Slash: self.asides.find,
            Qt.Key.Key_J: self.asides.jot_down,
            Qt.Key.Key_U: self._toggle_open,
            Qt.Key.Key_N: self._write_note,
            Qt.Key.Key_R: partial(self._see_first, True),
            Qt.Key.Key_T: partial(self._see_first, False),
        }
        act = moves.get(key) or (None if self._in_field() else letters.get(key))
        return act is not None and act() is not False

    def _digit(self, number: int) -> bool:
        card = self.board.current
        if isinstance(card, HeaderCard):
            return card.choose(number)
        if not isinstance(card, ItemCard):
            return False
        if card.asks_reason:
            return card.choose_reason(number)
        if card.choose_option(number):
            return True
        if number <= len(VERDICTS):
            self._judge(VERDICTS[number - 1])
        return number <= len(VERDICTS)

    def _enter(self) -> bool:
        card = self.board.current
        if isinstance(card, FindingForm):
            return isinstance(QApplication.focusWidget(), QLineEdit) and self.focusNextChild()
        if self.board.offered_facts():
            self._accept_facts()
            return True
        self.board.settle()
        if isinstance(card, HeaderCard):
            self._next_header(card.item.code)
            return True
        if isinstance(card, ItemCard) and not card.asks_reason and self.work.waits(card.item.code):
            proposed = card.proposed()
            if proposed is not None and (takes_number(card.item) or card.typed().option):
                self._judge(proposed)
                return True
        self._next()
        return True

    def _escape(self) -> bool:
        card = self.board.current
        if isinstance(card, ItemCard) and card.asks_reason:
            card.fold_reasons()
            self._asking = None
            self._focus()
        elif self._finding:
            self._go_to(self._code)
        elif self._in_field():
            self.board.settle()
            self.board.setFocus()
        else:
            return False
        return True

    # ── moving

    def _go_to(self, code: str, *, finding: str = "", focus: bool = True) -> None:
        if not self.work.ready:
            return
        if (code, finding) != (self._code, self._finding):
            self.board.settle()
        self._code, self._finding, self._asking = code, finding, None
        group = "header" if code in self.work.form.header_by_code else "answers"
        spot = f"findings/{finding}" if finding else f"{group}/{code}"
        if spot != self.place.spot:
            self.stand(spot=spot)
            at = chosen.Stood(screen="inspect", which=self.place.which, spot=spot)
            self.desk.lanes.read.ask(self, partial(chosen.stand, self.desk.workspace, at))
        self._show()
        if focus:
            self._focus()

    def _focus(self) -> None:
        """Where the hand goes next: the number, the place, else the item list with its keys."""
        card = self.board.current
        if isinstance(card, FindingForm):
            card.start()
            return
        field: QWidget | None = None
        if isinstance(card, ItemCard):
            field = card.first_field
        elif isinstance(card, HeaderCard):
            field = card.field
        (field or self.board).setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        """The next item without an answer; when there is none, signing is the next step."""
        code = self.work.next_waiting(self._code)
        if code:
            self._go_to(code)
            return
        self._go_to(self._code)
        self.told.emit(Told(say("inspect-all-answered"), icon="checks"))
        self.top.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_header(self, code: str) -> None:
        """The next item of the header without an answer, then the first item."""
        header = self.work.form.header
        codes = [one.code for one in header]
        at = codes.index(code)
        rest = [one for one in codes[at + 1 :] if self.work.waits(one)]
        before = [one.code for one in header[:at] if one.required and self.work.waits(one.code)]
        if rest or before:
            self._go_to((rest or before)[0])
        else:
            self._next()

    def _step(self, by: int) -> bool:
        if isinstance(self.board.current, FindingForm):
            return False
        codes = self.work.codes()
        at = codes.index(self._code) if self._code in codes else 0
        self._go_to(codes[max(0, min(len(codes) - 1, at + by))])
        return True

    def _step_section(self, by: int) -> None:
        form = self.work.form
        shown = [HEADER, *(at for at in range(len(form.sections)) if self.work.in_section(at))]
        at = shown.index(section_of(form, self._code)) + by
        self._open_section(shown[max(0, min(len(shown) - 1, at))])

    def _open_section(self, at: int) -> None:
        codes = [one.code for one in self.work.form.header] if at == HEADER else self.work.in_section(at)
        waiting = [code for code in codes if self.work.waits(code)]
        self._go_to((waiting or codes)[0])

    def _go_to_left_over(self) -> None:
        if undecided := self.work.undecided():
            self._go_to(undecided[0].finding.item)

    def _toggle_open(self) -> None:
        self._only_open = not self._only_open
        self.top.only_open.setChecked(self._only_open)
        self._show()

    # ── answering

    def _double_tap(self) -> bool:
        now = monotonic()
        again = now - self._last_tap < TAP_S
        if not again:
            self._last_tap = now
        return again

    def _tapped(self, verdict: Verdict) -> None:
        if not self._double_tap():
            self._judge(verdict)

    def _row_answered(self, code: str, verdict: Verdict) -> None:
        if not self._double_tap():
            self._go_to(code, focus=False)
            self._judge(verdict)

    def _judge(self, verdict: Verdict) -> None:
        card = self.board.current
        if isinstance(card, FindingForm):
            self._judge_failed(verdict)
            return
        if not isinstance(card, ItemCard) or isinstance(card.item.answer, Text) or card.is_off:
            return
        item, given = card.item, card.typed()
        if verdict in (Verdict.NOT_APPLICABLE, Verdict.UNCHECKED):
            self._asking = verdict
            card.ask_reason(verdict)
            self.board.setFocus()
        elif takes_number(item) and rules.proposal(item, self.work.draft.header, given) is None:
            self._focus()
        elif verdict is Verdict.FAIL:
            self.work.fail(item, given, partial(self._finding_opened, item.code, ""))
        else:
            self._pass(card, item, given)

    def _pass(self, card: ItemCard, item: Item, given: Answer) -> None:
        given = replace(given, verdict=Verdict.PASS, reason=None, why="", bulk=False)
        if none_allowed(item):
            given = replace(given, count=0)
        draft = self.work.draft
        count = rules.counted(item, draft.findings)
        better = rules.better_than_proposed(item, draft.header, given, counted=count)
        self._answer(item, given)
        if better and not none_allowed(item):
            card.ask_why()
        else:
            self._next()

    def _judge_failed(self, verdict: Verdict) -> None:
        """Another answer than 不合格, while its finding is open."""
        if verdict is not Verdict.FAIL:
            self._go_to(self._code, focus=False)
            self._judge(verdict)

    def _answer(self, item: Item, given: Answer) -> None:
        own = self.work.draft.of_item(item.code)
        self.work.answer(item, given, partial(self._answered, item.code, given) if own else None)

    def _answered(self, code: str, given: Answer, gone: int) -> None:
        if gone and given.verdict is not None:
            text = say("inspect-findings-gone", item=code, verdict=word(given.verdict), count=gone)
            self.told.emit(Told(text, undo=self._undo))

    def _numbered(self, given: Answer) -> None:
        """A number or an option was typed: kept at once, judged by Enter; an option judges by itself."""
        card = self.board.current
        if not isinstance(card, ItemCard):
            return
        item, before = card.item, self.work.given(card.item.code)
        self.work.keep(item, replace(given, bulk=False))
        if given.option and given.option != before.option:
            proposed = rules.proposal(item, self.work.draft.header, given)
            if proposed is not None:
                self._judge(proposed)

    def _worded(self, given: Answer) -> None:
        card = self.board.current
        if isinstance(card, ItemCard):
            self.work.keep(card.item, given)

    def _reasoned(self, reason: UncheckedReason | None, why: str) -> None:
        card, verdict = self.board.current, self._asking
        self._asking = None
        if not isinstance(card, ItemCard) or verdict is None:
            return
        self._answer(card.item, replace(card.typed(), verdict=verdict, reason=reason, why=why, bulk=False))
        if (verdict is Verdict.NOT_APPLICABLE and not why) or reason is UncheckedReason.OTHER:
            card.ask_why()
        else:
            self._next()

    def _header_answered(self, code: str, text: str) -> None:
        self.work.answer_header({code: text}, self._limits_moved)
        if self.work.form.header_by_code[code].options:
            self._next_header(code)

    def _accept_facts(self) -> None:
        if facts := self.board.offered_facts():
            self.work.answer_header(facts, self._limits_moved)
            self._next_header(self.work.form.header[-1].code)

    def _limits_moved(self, moved: tuple[Moved, ...]) -> None:
        if moved:
            items = say("ui-list").join(
                say("inspect-moved-one", item=one.item, before=word(one.before), after=word(one.after))
                for one in moved
            )
            self.told.emit(Told(say("inspect-moved", items=items), icon="alert-triangle", undo=self._undo))

    def _pass_rest(self) -> None:
        self.work.pass_rest(self._rest_passed)

    def _rest_passed(self, codes: tuple[str, ...]) -> None:
        text = say("inspect-rest-done", count=len(codes)) if codes else say("inspect-rest-none")
        self.told.emit(Told(text, undo=self._undo if codes else None))

    def _write_note(self) -> None:
        card = self.board.current
        if isinstance(card, ItemCard):
            card.write_note()

    def _see_first(self, still: bool) -> bool:
        mine = [one for one in self.work.undecided() if one.finding.item == self._code]
        left = mine or list(self.work.ground.left_over.get(self._code, ()))
        if left:
            self._see(left[0], still)
        return bool(left)

    def _see(self, left: LeftOver, still: bool) -> None:
        self.work.see(left, still=still)

    # ── findings

    def _finding_opened(self, code: str, wording: str, finding: DraftFinding) -> None:
        self.work.show_finding(finding)
        if self._code == code:  # else one has gone on meanwhile
            self._go_to(code, finding=finding.id)
            card = self.board.current
            if wording and isinstance(card, FindingForm):
                card.word_with(wording)

    def _one_more(self) -> None:
        card = self.board.current
        if isinstance(card, FindingForm):
            card.settle()
            self.work.one_more(card.item.code, partial(self._finding_opened, card.item.code, ""))

    def _done(self) -> None:
        """记好，下一未答."""
        self.board.settle()
        self._finding = ""
        self._next()

    def _strike_finding(self, finding: str) -> None:
        code = self._code
        self.work.strike(finding)
        self.told.emit(Told(say("finding-struck", item=code), undo=self._undo))
        self._finding = ""
        own = self.work.draft.of_item(code)
        self._go_to(code, finding=own[-1].id if own else "")

    def _turn_finding(self, finding: str) -> None:
        self._go_to(self._code, finding=finding)

    def _found(self, code: str, wording: str) -> None:
        """An item was found, or one of its wordings: then its finding opens with it."""
        self._go_to(code)
        if wording:
            item = self.work.form.item(code)
            self.work.fail(item, self.work.given(code), partial(self._finding_opened, code, wording))

    def _jotting_placed(self, jotting: str, code: str, wording: str) -> None:
        self._go_to(code, focus=False)
        self.work.place_jotting(jotting, code, partial(self._finding_opened, code, wording))

    # ── photos

    def _give_photos(self, photos: tuple[str, ...]) -> None:
        """Photos for the finding that is open; without one they stay in the tray."""
        card = self.board.current
        if isinstance(card, FindingForm):
            card.take_photos(photos)

    def _photos_on_item(self, code: str, photos: tuple[str, ...]) -> None:
        """Dropped on an item: it fails, and the photos belong to its finding."""
        self._go_to(code, focus=False)
        item = self.work.form.item(code)
        self.work.fail(item, self.work.given(code), partial(self._finding_opened, code, ""), photos=photos)

    def _sort_photos(self) -> None:
        self.go.emit(Place("photos", which=self.place.which))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.asides.intake.take(event.mimeData()):
            event.acceptProposedAction()

    # ── undoing, signing

    def _undo(self) -> None:
        if self.work.ready:
            commit_all(self)
            self.work.undo()

    def _redo(self) -> None:
        if self.work.ready:
            commit_all(self)
            self.work.redo()

    def _jump(self, paths: tuple[str, ...], before: Draft) -> None:
        """Undo goes to the item, and the eye sees where."""
        findings = [one for one in self.work.draft.findings if f"findings/{one.id}" in paths]
        struck = [one.item for one in before.findings if f"findings/{one.id}" in paths]
        named = [path.partition("/")[2] for path in paths if path.startswith(("answers/", "header/"))]
        if findings:
            self._go_to(findings[0].item, finding=findings[0].id)
        elif named or struck:
            self._go_to((named or struck)[0])
        else:
            self._show()
        self.board.flash()
        self.asides.read_tray()

    def _sign(self) -> None:
        self.go.emit(Place("sign", which=self.place.which))

    # ── showing

    def _reread(self) -> None:
        gone = self._finding and all(one.id != self._finding for one in self.work.draft.findings)
        if gone:
            self._go_to(self._code)
        else:
            self._show()
        self.asides.photos_moved()

    def _show(self) -> None:
        if not self.work.ready or not self._code:
            return
        draft, form, sheet = self.work.draft, self.work.form, self.work.sheet
        self.board.show_draft(draft, self._code, self._finding, only_open=self._only_open)
        if self._finding:
            self.board.show_finding(self._finding)
        self.sections.show_progress(progress_of(form, draft), section_of(form, self._code))
        self.sections.show_left_over(len(self.work.undecided()))
        self.sections.show_jottings(draft.jottings)
        self.top.show_progress(of_draft(draft, form))
        undo = act_words(sheet.undo[0]) if sheet.undo else ""
        redo = act_words(sheet.redo[0]) if sheet.redo else ""
        self.top.show_acts(undo, redo)
        self.asides.show_pair(self._code, self._finding)
        self.board.setEnabled(not sheet.signing)
        if sheet.signing and self.strip.isHidden():
            self.strip.tell(say("inspect-signing"), say("inspect-signing-note"), kind="warn")
        self._show_keys()

    def _show_keys(self) -> None:
        card = self.board.current
        if card is not None and not isinstance(card, FindingForm):
            card.show_caps(self._in_field())
        self.bottom.show_keys(keys_now(card, in_field=self._in_field()))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_keys()

    def _in_field(self) -> bool:
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and self.isAncestorOf(focus)

    def _tell_minutes(self) -> None:
        if self.work.ready:
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
