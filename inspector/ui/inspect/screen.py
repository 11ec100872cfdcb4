"""The inspection: one answer after another, without looking for anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.compose import asked
from inspector.model.draft import Draft, DraftFinding, Jotting
from inspector.model.form import Form, Item, Text
from inspector.model.progress import next_waiting, of_draft
from inspector.model.words import UncheckedReason, Verdict, word
from inspector.services import chosen, drafts, inspecting, item_index
from inspector.services.drafts import Moved
from inspector.services.inspecting import Ground, InTray, LeftOver, Sheet
from inspector.services.item_index import Entry
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all, digit
from inspector.ui.inspect.bars import InspectTop, keys_now, minutes_words
from inspector.ui.inspect.board import HEADER, ItemBoard, progress_of, section_of
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finder import ItemFinder, JotLine
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.inspect.photos import PhotoColumn
from inspector.ui.inspect.sections import Sections
from inspector.ui.inspect.words import act_words, none_allowed, section_letter, section_title, takes_number
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar
from inspector.ui.words import site_note

VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
TAP_S = 0.3  # a second tap within this is the same one: a glove, a shaky hand
MINUTE_MS = 30_000
FINDER_PX = (640, 430)


class InspectScreen(Screen):
    """Sections at the left, items in the middle, photos at the right; every act goes to the save lane at once."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._sheet: Sheet | None = None
        self._ground: Ground | None = None
        self._draft: Draft | None = (
            None  # as typed: the sheet on the disk, and the acts that are on their way
        )
        self._under_way = 0
        self._code, self._finding = "", ""
        self._only_open = False
        self._asking: Verdict | None = None
        self._jotting = ""
        self._entries: tuple[Entry, ...] = ()
        self._last_tap = 0.0
        self._drawer_open = False
        self.setAcceptDrops(True)
        self._pictures = Pictures(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = InspectTop(example=desk.example)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self.sections = Sections()
        self.board = ItemBoard(self._pictures)
        self.photos = PhotoColumn(self._pictures)
        self.photos.can_sort("photos" in OPENINGS)
        columns.addWidget(self.sections)
        columns.addWidget(self.board, 1)
        columns.addWidget(self.photos)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self._intake = PhotoIntake(desk, self)
        self.finder = ItemFinder(self)
        self.jot = JotLine(self)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._tell_minutes)
        self._minute.start()
        self._connect()
        self.setFocusProxy(self.board)

    # ── opening and leaving

    def refresh(self) -> None:
        now = self.desk.now()
        self.desk.lanes.read.ask(
            self,
            partial(_open, self.desk.workspace, self.place.which, now),
            done=self._opened,
            failed=self.strip.show_error,
        )

    def here(self) -> Place:
        spot = f"findings/{self._finding}" if self._finding else self.place.spot
        return Place("inspect", which=self.place.which, spot=spot)

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self.desk.lanes.save.when_idle(self, then)

    def _opened(self, read: tuple[Sheet, Ground, str]) -> None:
        self._sheet, self._ground, stopped = read
        self._draft = self._sheet.draft
        form = self._sheet.form
        site = self._ground.site
        about = self._draft.about
        mark = say("inspect-corrects") if about.corrects else say("inspect-follows") if about.follows else ""
        self.top.say_site(site.name, site_note(self._ground.kind, site.code, word(about.category), mark))
        self.say_title(say("inspect-title", site=site.name))
        self.board.begin(form, self._ground)
        titles = [(HEADER, say("inspect-header"), say("inspect-header")[:1])]
        here = {item.code for item in asked(self._draft, form)}
        for at, section in enumerate(form.sections):
            if any(item.code in here for item in section.items):
                titles.append((at, section_title(form, at), section_letter(form, at)))
        self.sections.show_sections(titles)
        self._fold()
        code, finding = self._spot(self.place.spot or stopped)
        self._finding = finding
        self._go_to(code, finding=finding)
        self._tell_minutes()
        self._read_tray()
        self.desk.lanes.read.ask(self, partial(item_index.index, form), done=self._indexed)

    def _spot(self, path: str) -> tuple[str, str]:
        """The item (or header item) and the finding that a path of the draft means; else where to begin."""
        draft, form = self.draft, self.form
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
        return waiting or next_waiting(draft, form, "") or next(iter(form.by_code)), ""

    def _indexed(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self.finder.show_entries(entries)

    # ── listening

    def _connect(self) -> None:
        self.top.back.connect(self.back)
        self.top.undo.clicked.connect(self._undo)
        self.top.redo.clicked.connect(self._redo)
        self.top.only_open.clicked.connect(self._toggle_open)
        self.top.sign.clicked.connect(self._sign)
        self.top.drawer.clicked.connect(self._toggle_drawer)
        self.sections.opened.connect(self._open_section)
        self.sections.placed.connect(self._place_jotting)
        self.sections.struck.connect(self._strike_jotting)
        self.sections.left_over.connect(self._go_to_left_over)
        self.board.made.connect(self._listen)
        self.board.chosen.connect(self._go_to)
        self.board.answered.connect(self._row_answered)
        self.board.dropped.connect(self._photos_on_item)
        self.board.rest.connect(self._pass_rest)
        self.board.facts_accepted.connect(self._accept_facts)
        self.photos.given.connect(self._give_photo)
        self.photos.bring.connect(self._intake.ask)
        self.photos.paste.connect(self._paste)
        self.photos.stop.connect(self._intake.stop)
        self.photos.sort.connect(self._sort_photos)
        self._intake.came.connect(self._photos_came)
        self._intake.coming.connect(self.photos.show_coming)
        self._intake.taken.connect(self.photos.show_taken)
        self._intake.failed.connect(self.strip.show_error)
        self.finder.found.connect(self._found)
        self.finder.closed.connect(self._focus)
        self.jot.jotted.connect(self._jotted)
        self.jot.closed.connect(self._focus)
        for keys, slot in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+I", self._intake.ask),
            ("Ctrl+V", self._paste),
            ("Ctrl+D", self._one_more),
            ("Ctrl+Return", self._done),
            ("Alt+1", partial(self._judge, Verdict.PASS)),
            ("Alt+2", partial(self._judge, Verdict.FAIL)),
            ("Alt+3", partial(self._judge, Verdict.NOT_APPLICABLE)),
            ("Alt+4", partial(self._judge, Verdict.UNCHECKED)),
        ):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(slot)
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
            card.changed.connect(self._keep_finding)
            card.judged.connect(self._judge_failed)
            card.more.connect(self._one_more)
            card.done.connect(self._done)
            card.struck.connect(self._strike_finding)
            card.turned.connect(self._turn_finding)
            card.add_photos.connect(self._intake.ask)

    # ── keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._sheet is None or plain not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
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
            Qt.Key.Key_Slash: self._find,
            Qt.Key.Key_J: self.jot_down,
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
            return True
        return False

    def _enter(self) -> bool:
        card = self.board.current
        if isinstance(card, FindingForm):
            focus = QApplication.focusWidget()
            if isinstance(focus, QLineEdit):
                self.focusNextChild()
                return True
            return False
        if self.board.offered_facts():
            self._accept_facts()
            return True
        self.board.settle()
        if isinstance(card, HeaderCard):
            self._next_header(card.item.code)
            return True
        if isinstance(card, ItemCard) and not card.asks_reason and self._needs_verdict(card.item):
            proposed = card.proposed()
            if proposed is not None and (takes_number(card.item) or card.typed().option):
                self._judge(proposed)
                return True
        self._next()
        return True

    def _needs_verdict(self, item: Item) -> bool:
        draft = self.draft
        given = draft.answers.get(item.code)
        return given is None or given.verdict is None

    def _escape(self) -> bool:
        card = self.board.current
        if isinstance(card, ItemCard) and card.asks_reason:
            card.fold_reasons()
            self._asking = None
            self._focus()
            return True
        if self._finding:
            self.board.settle()
            self._go_to(self._code)
            return True
        if self._in_field():
            self.board.settle()
            self.board.setFocus()
            return True
        return False

    # ── moving

    def _go_to(self, code: str, *, finding: str = "", focus: bool = True) -> None:
        if self._draft is None:
            return
        if code != self._code or finding != self._finding:
            self.board.settle()
        self._code, self._finding, self._asking = code, finding, None
        form = self.form
        header = code in form.header_by_code
        spot = f"findings/{finding}" if finding else f"header/{code}" if header else f"answers/{code}"
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
        field: QWidget | None = None
        if isinstance(card, ItemCard):
            field = card.first_field
        elif isinstance(card, HeaderCard):
            field = card.field
        if isinstance(card, FindingForm):
            card.start()
        elif field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        """The next item without an answer; when there is none, signing is the next step."""
        draft, form = self.draft, self.form
        code = next_waiting(draft, form, self._code)
        if code:
            self._go_to(code)
            return
        self._go_to(self._code)
        self.told.emit(Told(say("inspect-all-answered"), icon="checks"))
        self.top.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_header(self, code: str) -> None:
        """The next item of the header without an answer, then the first item."""
        draft, form = self.draft, self.form
        codes = [one.code for one in form.header]
        at = codes.index(code)
        rest = [one for one in codes[at + 1 :] if not draft.header.get(one)]
        before = [
            one for one in codes[:at] if not draft.header.get(one) and form.header_by_code[one].required
        ]
        if rest or before:
            self._go_to((rest or before)[0])
        else:
            self._next()

    def _codes(self) -> list[str]:
        """All that one walks over with the arrows, in order."""
        draft, form = self.draft, self.form
        return [one.code for one in form.header] + [item.code for item in asked(draft, form)]

    def _step(self, by: int) -> bool:
        if isinstance(self.board.current, FindingForm):
            return False
        codes = self._codes()
        at = codes.index(self._code) if self._code in codes else 0
        self._go_to(codes[max(0, min(len(codes) - 1, at + by))])
        return True

    def _step_section(self, by: int) -> None:
        form = self.form
        here = section_of(form, self._code)
        shown = [HEADER, *(at for at in range(len(form.sections)) if self._in_section(at))]
        at = shown.index(here) + by
        self._open_section(shown[max(0, min(len(shown) - 1, at))])

    def _in_section(self, at: int) -> list[str]:
        draft, form = self.draft, self.form
        here = {item.code for item in form.sections[at].items}
        return [item.code for item in asked(draft, form) if item.code in here]

    def _open_section(self, at: int) -> None:
        form = self.form
        codes = [one.code for one in form.header] if at == HEADER else self._in_section(at)
        waiting = [code for code in codes if self._waits(code)]
        self._go_to((waiting or codes)[0])

    def _waits(self, code: str) -> bool:
        draft, form = self.draft, self.form
        if code in form.header_by_code:
            return not draft.header.get(code)
        given = draft.answers.get(code)
        item = form.item(code)
        off = rules.off(item, draft.header)
        return off is None and not isinstance(item.answer, Text) and (given is None or given.verdict is None)

    def _go_to_left_over(self) -> None:
        undecided = self._undecided()
        if undecided:
            self._go_to(undecided[0].finding.item)

    def _toggle_open(self) -> None:
        self._only_open = not self._only_open
        self.top.only_open.setChecked(self._only_open)
        self._show()

    # ── answering

    def _tapped(self, verdict: Verdict) -> None:
        now = monotonic()
        if now - self._last_tap >= TAP_S:
            self._last_tap = now
            self._judge(verdict)

    def _row_answered(self, code: str, verdict: Verdict) -> None:
        now = monotonic()
        if now - self._last_tap < TAP_S:
            return
        self._last_tap = now
        self._go_to(code, focus=False)
        self._judge(verdict)

    def _judge(self, verdict: Verdict) -> None:
        card = self.board.current
        if isinstance(card, FindingForm):
            self._judge_failed(verdict)
            return
        if not isinstance(card, ItemCard) or isinstance(card.item.answer, Text):
            return
        item, given = card.item, card.typed()
        if verdict in (Verdict.NOT_APPLICABLE, Verdict.UNCHECKED):
            self._asking = verdict
            card.ask_reason(verdict)
            self.board.setFocus()
            self._show_keys()
            return
        if takes_number(item) and not self._has_number(item, given):
            self._focus()
            return
        if verdict is Verdict.FAIL:
            self._fail(item, given)
            return
        given = replace(given, verdict=verdict, reason=None, why="", bulk=False)
        if none_allowed(item):
            given = replace(given, count=0)
        draft = self.draft
        better = rules.better_than_proposed(
            item, draft.header, given, counted=rules.counted(item, draft.findings)
        )
        self._answer(item, given)
        if better and not none_allowed(item):
            card.ask_why()
        else:
            self._next()

    def _judge_failed(self, verdict: Verdict) -> None:
        """Another answer than 不合格, while its finding is open."""
        if verdict is Verdict.FAIL:
            return
        code = self._code
        self._go_to(code, focus=False)
        self._judge(verdict)

    def _has_number(self, item: Item, given: Answer) -> bool:
        draft = self.draft
        return rules.proposal(item, draft.header, given, counted=None) is not None

    def _answer(self, item: Item, given: Answer) -> None:
        """Save an answer; it is shown at once, and as the disk has it when it is there."""
        draft = self.draft
        self._draft = replace(draft, answers={**draft.answers, item.code: given})
        done = partial(self._answered, item.code, given) if draft.of_item(item.code) else None
        self._act(
            partial(inspecting.judge, self.desk.workspace, draft.id, item.code, given, now=self.desk.now()),
            done,
        )
        self._show()

    def _answered(self, code: str, given: Answer, gone: int) -> None:
        if gone and given.verdict is not None:
            text = say("inspect-findings-gone", item=code, verdict=word(given.verdict), count=gone)
            self.told.emit(Told(text, undo=self._undo))

    def _fail(self, item: Item, given: Answer, *, photos: Sequence[str] = ()) -> None:
        draft = self.draft
        failed = replace(given, verdict=Verdict.FAIL)
        self._draft = replace(draft, answers={**draft.answers, item.code: failed})
        self._act(
            partial(
                inspecting.fail,
                self.desk.workspace,
                draft.id,
                item.code,
                given,
                photos=tuple(photos),
                now=self.desk.now(),
            ),
            partial(self._finding_opened, item.code, ""),
        )
        self._show()

    def _finding_opened(self, code: str, wording: str, finding: DraftFinding) -> None:
        draft = self.draft
        others = tuple(one for one in draft.findings if one.id != finding.id)
        self._draft = replace(draft, findings=(*others, finding))
        if self._code == code:  # else one has gone on meanwhile
            self._go_to(code, finding=finding.id)
            card = self.board.current
            if wording and isinstance(card, FindingForm):
                card.word_with(wording)

    def _numbered(self, given: Answer) -> None:
        """A number or an option was typed: kept at once, judged by Enter; an option judges by itself."""
        card = self.board.current
        if not isinstance(card, ItemCard):
            return
        draft = self.draft
        before = draft.answers.get(card.item.code, Answer())
        self._keep_answer(card.item, replace(given, bulk=False))
        if given.option and given.option != before.option:
            proposed = rules.proposal(card.item, draft.header, given)
            if proposed is not None:
                self._judge(proposed)

    def _worded(self, given: Answer) -> None:
        card = self.board.current
        item = card.item if isinstance(card, ItemCard) else None
        if item is not None:
            self._keep_answer(item, given)

    def _keep_answer(self, item: Item, given: Answer) -> None:
        draft = self.draft
        if given == draft.answers.get(item.code, Answer()):
            return
        self._draft = replace(draft, answers={**draft.answers, item.code: given})
        self._act(
            partial(drafts.answer, self.desk.workspace, draft.id, item.code, given, now=self.desk.now())
        )
        self._show()

    def _reasoned(self, reason: UncheckedReason | None, why: str) -> None:
        card, verdict = self.board.current, self._asking
        self._asking = None
        if not isinstance(card, ItemCard) or verdict is None:
            return
        given = replace(card.typed(), verdict=verdict, reason=reason, why=why, bulk=False)
        self._answer(card.item, given)
        if (verdict is Verdict.NOT_APPLICABLE and not why) or reason is UncheckedReason.OTHER:
            card.ask_why()
        else:
            self._next()

    def _header_answered(self, code: str, text: str) -> None:
        self._answer_header({code: text})
        form = self.form
        if form.header_by_code[code].options:
            self._next_header(code)

    def _accept_facts(self) -> None:
        facts = self.board.offered_facts()
        if facts:
            self._answer_header(facts)
            form = self.form
            self._next_header(form.header[-1].code)

    def _answer_header(self, answers: dict[str, str]) -> None:
        draft = self.draft
        if all(draft.header.get(code, "") == value for code, value in answers.items()):
            return
        self._draft = replace(draft, header={**draft.header, **answers})
        self._act(
            partial(drafts.answer_header, self.desk.workspace, draft.id, answers, now=self.desk.now()),
            self._limits_moved,
        )
        self._show()

    def _limits_moved(self, moved: tuple[Moved, ...]) -> None:
        if moved:
            items = say("ui-list").join(
                say("inspect-moved-one", item=one.item, before=word(one.before), after=word(one.after))
                for one in moved
            )
            self.told.emit(Told(say("inspect-moved", items=items), icon="alert-triangle", undo=self._undo))

    def _pass_rest(self) -> None:
        draft = self.draft
        self._act(
            partial(drafts.pass_rest, self.desk.workspace, draft.id, now=self.desk.now()), self._rest_passed
        )

    def _rest_passed(self, codes: tuple[str, ...]) -> None:
        text = say("inspect-rest-done", count=len(codes)) if codes else say("inspect-rest-none")
        self.told.emit(Told(text, undo=self._undo if codes else None))

    def _write_note(self) -> None:
        card = self.board.current
        if isinstance(card, ItemCard):
            card.write_note()

    # ── what is left over from before

    def _undecided(self) -> list[LeftOver]:
        draft = self.draft
        decided = {one.finding for one in draft.earlier}
        left = self._ground.left_over if self._ground else {}
        return [one for many in left.values() for one in many if one.finding.id not in decided]

    def _see_first(self, still: bool) -> bool:
        mine = [one for one in self._undecided() if one.finding.item == self._code]
        left = self._ground.left_over.get(self._code, ()) if self._ground else ()
        if not left:
            return False
        self._see((mine or list(left))[0], still)
        return True

    def _see(self, left: LeftOver, still: bool) -> None:
        draft = self.draft
        self._act(
            partial(inspecting.see, self.desk.workspace, draft.id, left, still=still, now=self.desk.now())
        )

    # ── findings

    def _keep_finding(self, finding: DraftFinding) -> None:
        draft = self.draft
        others = tuple(one for one in draft.findings if one.id != finding.id)
        ordered = sorted((*others, finding), key=lambda one: (one.order, one.id))
        self._draft = replace(draft, findings=tuple(ordered))
        self._act(partial(drafts.put_finding, self.desk.workspace, draft.id, finding, now=self.desk.now()))

    def _one_more(self) -> None:
        card = self.board.current
        if not isinstance(card, FindingForm):
            return
        card.settle()
        draft = self.draft
        self._act(
            partial(inspecting.one_more, self.desk.workspace, draft.id, card.item.code, now=self.desk.now()),
            partial(self._finding_opened, card.item.code, ""),
        )

    def _done(self) -> None:
        """记好，下一未答."""
        self.board.settle()
        self._finding = ""
        self._next()

    def _strike_finding(self, finding: str) -> None:
        draft = self.draft
        code = self._code
        left = tuple(one for one in draft.findings if one.id != finding)
        self._draft = replace(draft, findings=left)
        own = [one for one in left if one.item == code]
        self._act(partial(drafts.strike_finding, self.desk.workspace, draft.id, finding, now=self.desk.now()))
        self.told.emit(Told(say("finding-struck", item=code), undo=self._undo))
        self._finding = ""
        self._go_to(code, finding=own[-1].id if own else "")

    def _turn_finding(self, finding: str) -> None:
        self._go_to(self._code, finding=finding)

    # ── jottings, finding an item

    def _find(self) -> None:
        self._jotting = ""
        self._pop_finder(say("inspect-find"))

    def _pop_finder(self, title: str) -> None:
        wide, tall = (
            min(a, b) for a, b in zip(FINDER_PX, (self.width() - 40, self.height() - 120), strict=True)
        )
        self.finder.setGeometry((self.width() - wide) // 2, 60, wide, tall)
        self.finder.pop(title)

    def _found(self, code: str, wording: str) -> None:
        if self._jotting:
            draft = self.draft
            self._go_to(code, focus=False)
            self._act(
                partial(
                    drafts.place_jotting,
                    self.desk.workspace,
                    draft.id,
                    self._jotting,
                    code,
                    now=self.desk.now(),
                ),
                partial(self._finding_opened, code, wording),
            )
            self._jotting = ""
            return
        self._go_to(code)
        draft = self.draft
        if wording:
            given = draft.answers.get(code, Answer())
            self._act(
                partial(inspecting.fail, self.desk.workspace, draft.id, code, given, now=self.desk.now()),
                partial(self._finding_opened, code, wording),
            )

    def jot_down(self) -> None:
        """速记: one line over the items."""
        wide = min(FINDER_PX[0], self.width() - 40)
        self.jot.setGeometry((self.width() - wide) // 2, 72, wide, max(64, theme.look.control + 22))
        self.jot.pop()

    def _jotted(self, text: str) -> None:
        draft = self.draft
        self._act(
            partial(drafts.jot, self.desk.workspace, draft.id, text, now=self.desk.now()), self._jotting_kept
        )

    def _jotting_kept(self, jotting: Jotting) -> None:
        draft = self.draft
        count = len([one for one in draft.jottings if one.id != jotting.id]) + 1
        self.told.emit(Told(say("inspect-jotted", count=count), undo=self._undo))

    def _place_jotting(self, jotting: str) -> None:
        self._jotting = jotting
        self._pop_finder(say("inspect-place-jotting"))

    def _strike_jotting(self, jotting: str) -> None:
        draft = self.draft
        self._act(partial(drafts.strike_jotting, self.desk.workspace, draft.id, jotting, now=self.desk.now()))

    # ── photos

    def _read_tray(self) -> None:
        day = self.desk.now().date()
        self.desk.lanes.read.ask(
            self,
            partial(inspecting.tray, self.desk.workspace, self.place.which, day=day),
            done=self._show_tray,
            failed=self.strip.show_error,
        )

    def _show_tray(self, tray: tuple[InTray, ...]) -> None:
        self.photos.show_tray(tray)
        self.top.drawer.say(say("photos-button", count=sum(not one.at for one in tray)))

    def _photos_came(self, taken: tuple[str, ...]) -> None:
        card = self.board.current
        if taken and isinstance(card, FindingForm):
            card.take_photos(taken)
        self._read_tray()

    def _give_photo(self, photo: str) -> None:
        card = self.board.current
        if isinstance(card, FindingForm):
            card.take_photos((photo,))

    def _photos_on_item(self, code: str, photos: tuple[str, ...]) -> None:
        """Dropped on an item: it fails, and the photos belong to its finding."""
        draft, form = self.draft, self.form
        self._go_to(code, focus=False)
        self._fail(form.item(code), draft.answers.get(code, Answer()), photos=photos)

    def _paste(self) -> None:
        if not self._intake.paste():
            self.told.emit(Told(say("photos-nothing-to-paste"), icon="clipboard"))

    def _sort_photos(self) -> None:
        self.go.emit(Place("photos", which=self.place.which))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._intake.take(event.mimeData()):
            event.acceptProposedAction()

    # ── saving, undoing

    @property
    def draft(self) -> Draft:
        """The draft as typed."""
        if self._draft is None:
            raise RuntimeError("an act before the draft was read")
        return self._draft

    @property
    def form(self) -> Form:
        """The form of the visit."""
        if self._sheet is None:
            raise RuntimeError("an act before the draft was read")
        return self._sheet.form

    def _act(self, call: Callable[[], object], done: Callable[[Any], None] | None = None) -> None:
        self._under_way += 1
        self.desk.lanes.save.ask(self, call, done=partial(self._acted, done), failed=self._refused)

    def _acted(self, done: Callable[[Any], None] | None, result: object) -> None:
        self._under_way -= 1
        if done is not None:
            done(result)
        self._reread()

    def _refused(self, error: BaseException) -> None:
        self._under_way -= 1
        self.strip.show_error(error)
        self._reread()

    def _reread(self) -> None:
        """As the disk has it, once nothing is on its way: what is typed meanwhile is never put back."""
        if not self._under_way:
            self.desk.lanes.read.ask(
                self,
                partial(inspecting.sheet, self.desk.workspace, self.place.which),
                done=self._show_sheet,
                failed=self.strip.show_error,
            )

    def _show_sheet(self, sheet: Sheet) -> None:
        if self._under_way:
            return
        photos_before = _photos(self._sheet.draft) if self._sheet else frozenset()
        self._sheet, self._draft = sheet, sheet.draft
        if self._finding and all(one.id != self._finding for one in sheet.draft.findings):
            self._go_to(self._code, focus=False)
            self._focus()
        else:
            self._show()
        if _photos(sheet.draft) != photos_before:
            self._read_tray()

    def _undo(self) -> None:
        self._back_or_forth(drafts.undo)

    def _redo(self) -> None:
        self._back_or_forth(drafts.redo)

    def _back_or_forth(self, step: Callable[..., Any]) -> None:
        if self._draft is None:
            return
        commit_all(self)
        self._act(partial(step, self.desk.workspace, self._draft.id, now=self.desk.now()), self._stepped)

    def _stepped(self, act: Any) -> None:
        """It jumps to the item, and the eye sees where."""
        if act is None:
            return
        self.desk.lanes.read.ask(
            self,
            partial(inspecting.sheet, self.desk.workspace, self.place.which),
            done=partial(self._jump, act.paths),
            failed=self.strip.show_error,
        )

    def _jump(self, paths: tuple[str, ...], sheet: Sheet) -> None:
        if self._under_way:
            return
        before = self._draft
        self._sheet, self._draft = sheet, sheet.draft
        findings = [one for one in sheet.draft.findings if f"findings/{one.id}" in paths]
        struck = [one for one in (before.findings if before else ()) if f"findings/{one.id}" in paths]
        header = next((path.partition("/")[2] for path in paths if path.startswith("header/")), "")
        answered = next((path.partition("/")[2] for path in paths if path.startswith("answers/")), "")
        if findings:
            self._go_to(findings[0].item, finding=findings[0].id)
        elif code := answered or (struck[0].item if struck else "") or header:
            self._go_to(code)
        else:
            self._show()
        self.board.flash()

    def _sign(self) -> None:
        self.go.emit(Place("sign", which=self.place.which))

    # ── showing

    def _show(self) -> None:
        draft, form = self.draft, self.form
        sheet = self._sheet
        if sheet is None or self._ground is None:
            return
        self.board.show_draft(draft, self._code, self._finding, only_open=self._only_open)
        if self._finding:
            self.board.show_finding(self._finding)
        here = section_of(form, self._code)
        self.sections.show_progress(progress_of(form, draft), here)
        self.sections.show_left_over(len(self._undecided()))
        self.sections.show_jottings(draft.jottings)
        progress = of_draft(draft, form)
        self.top.show_progress(progress)
        undo = act_words(sheet.undo[0]) if sheet.undo else ""
        redo = act_words(sheet.redo[0]) if sheet.redo else ""
        self.top.show_acts(undo, redo)
        self._show_pair(draft)
        self._show_signing(sheet.signing)
        self._show_keys()

    def _show_pair(self, draft: Draft) -> None:
        left = self._ground.left_over.get(self._code, ()) if self._ground and self._finding else ()
        own = [one for one in draft.findings if one.id == self._finding]
        now_photo = own[0].photos[0].sha256 if own and own[0].photos else ""
        times = self._ground.times.get(self._code, 0) if self._ground else 0
        self.photos.show_pair(left[0] if left else None, now_photo, times)

    def _show_signing(self, signing: bool) -> None:
        self.board.setEnabled(not signing)
        if signing and self.strip.isHidden():
            self.strip.tell(say("inspect-signing"), say("inspect-signing-note"), kind="warn")

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
        if self._draft is not None:
            begin = datetime.fromisoformat(self._draft.about.begin)
            self.bottom.show_right(minutes_words(begin, self.desk.now()))

    def _toggle_drawer(self) -> None:
        self._drawer_open = not self._drawer_open
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        window = self.window()
        space = theme.space(window.width(), window.height())
        self.sections.fold(space.narrow)
        self.photos.fold(narrow=space.narrow, wide=space.wide)
        self.photos.setVisible(not space.drawer or self._drawer_open)
        self.top.fold(narrow=space.narrow, drawer=space.drawer)


def _open(workspace: Any, draft: str, now: datetime) -> tuple[Sheet, Ground, str]:
    return (
        inspecting.sheet(workspace, draft),
        inspecting.ground(workspace, draft, now=now),
        chosen.stopped_at(workspace, draft),
    )


def _photos(draft: Draft) -> frozenset[str]:
    return frozenset(shot.sha256 for one in draft.findings for shot in one.photos)
