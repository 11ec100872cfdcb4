"""How an item is answered: by a tap, a digit, a number that was typed, a reason that was chosen."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.form import Item, Text
from inspector.model.words import UncheckedReason, Verdict, word
from inspector.services.drafts import Moved
from inspector.services.inspecting import LeftOver
from inspector.text import say
from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.finding_acts import FindingActs
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.undoing import Undoing
from inspector.ui.inspect.where import Where
from inspector.ui.inspect.words import none_allowed, takes_number
from inspector.ui.inspect.work import DraftWork
from inspector.ui.screen import Told

TAP_S: Final = 0.3  # a second tap within this is the same one: a glove, a shaky hand


class Answering(QObject):
    """Takes answers to the current item, and goes on to the next one."""

    told = Signal(object)  # Told

    def __init__(
        self, work: DraftWork, board: ItemBoard, where: Where, findings: FindingActs, undoing: Undoing
    ) -> None:
        super().__init__()
        self._work, self._board, self._where = work, board, where
        self._findings, self._undoing = findings, undoing
        self._asking: Verdict | None = None
        self._last_tap = 0.0
        where.moved.connect(self.ask_no_reason)

    def ask_no_reason(self) -> None:
        """The list of reasons was folded, or one has gone on."""
        self._asking = None

    def _double_tap(self) -> bool:
        now = monotonic()
        again = now - self._last_tap < TAP_S
        if not again:
            self._last_tap = now
        return again

    def tapped(self, verdict: Verdict) -> None:
        """An answer was pressed."""
        if not self._double_tap():
            self.judge(verdict)

    def row_answered(self, code: str, verdict: Verdict) -> None:
        """An answer was pressed on a row that was not the current one."""
        if not self._double_tap():
            self._where.go_to(code, focus=False)
            self.judge(verdict)

    def judge(self, verdict: Verdict) -> None:
        """Answer the current item, or ask first for what the answer needs: a number, a reason, a finding."""
        card = self._board.current
        if isinstance(card, FindingForm):
            self.judge_failed(verdict)
            return
        if not isinstance(card, ItemCard) or isinstance(card.item.answer, Text) or card.is_off:
            return
        item, given = card.item, card.typed()
        if verdict in (Verdict.NOT_APPLICABLE, Verdict.UNCHECKED):
            self._asking = verdict
            card.ask_reason(verdict)
            self._board.setFocus()
        elif takes_number(item) and rules.proposal(item, self._work.draft.header, given) is None:
            self._where.focus()
        elif verdict is Verdict.FAIL:
            self._work.fail(item, given, partial(self._findings.opened, item.code, ""))
        else:
            self._pass(card, item, given)

    def _pass(self, card: ItemCard, item: Item, given: Answer) -> None:
        given = replace(given, verdict=Verdict.PASS, reason=None, why="", bulk=False)
        if none_allowed(item):
            given = replace(given, count=0)
        draft = self._work.draft
        count = rules.counted(item, draft.findings)
        better = rules.better_than_proposed(item, draft.header, given, counted=count)
        self._answer(item, given)
        if better and not none_allowed(item):
            card.ask_why()
        else:
            self._where.next()

    def judge_failed(self, verdict: Verdict) -> None:
        """Another answer than 不合格, while its finding is open."""
        if verdict is not Verdict.FAIL:
            self._where.go_to(self._where.code, focus=False)
            self.judge(verdict)

    def _answer(self, item: Item, given: Answer) -> None:
        own = self._work.draft.of_item(item.code)
        self._work.answer(item, given, partial(self._answered, item.code, given) if own else None)

    def _answered(self, code: str, given: Answer, gone: int) -> None:
        if gone and given.verdict is not None:
            text = say("inspect-findings-gone", item=code, verdict=word(given.verdict), count=gone)
            self.told.emit(Told(text, undo=self._undoing.undo))

    def numbered(self, given: Answer) -> None:
        """A number or an option was typed: kept at once, judged by Enter; an option judges by itself."""
        card = self._board.current
        if not isinstance(card, ItemCard):
            return
        item, before = card.item, self._work.given(card.item.code)
        self._work.keep(item, replace(given, bulk=False))
        if given.option and given.option != before.option:
            proposed = rules.proposal(item, self._work.draft.header, given)
            if proposed is not None:
                self.judge(proposed)

    def worded(self, given: Answer) -> None:
        """A note, a reason or a text was typed."""
        card = self._board.current
        if isinstance(card, ItemCard):
            self._work.keep(card.item, given)

    def reasoned(self, reason: UncheckedReason | None, why: str) -> None:
        """A reason was chosen for 不适用 (None) or 未检."""
        card, verdict = self._board.current, self._asking
        self._asking = None
        if not isinstance(card, ItemCard) or verdict is None:
            return
        self._answer(card.item, replace(card.typed(), verdict=verdict, reason=reason, why=why, bulk=False))
        if (verdict is Verdict.NOT_APPLICABLE and not why) or reason is UncheckedReason.OTHER:
            card.ask_why()
        else:
            self._where.next()

    def header_answered(self, code: str, text: str) -> None:
        """A header item was answered; limits may move with it."""
        self._work.answer_header({code: text}, self._limits_moved)
        card = self._board.current
        if isinstance(card, HeaderCard) and card.item.code == code and card.ask_why(text):
            return
        if self._work.form.header_by_code[code].options:
            self._where.next_header(code)

    def fact_explained(self, code: str, why: str) -> None:
        """Why a fact of the site is another one now."""
        self._work.explain_fact(code, why)

    def accept_facts(self) -> None:
        """What is known of the site is taken into the header."""
        if facts := self._board.offered_facts():
            self._work.answer_header(facts, self._limits_moved)
            self._where.next_header(self._work.form.header[-1].code)

    def _limits_moved(self, moved: tuple[Moved, ...]) -> None:
        if moved:
            items = say("ui-list").join(
                say("inspect-moved-one", item=one.item, before=word(one.before), after=word(one.after))
                for one in moved
            )
            self.told.emit(
                Told(say("inspect-moved", items=items), icon="alert-triangle", undo=self._undoing.undo)
            )

    def pass_rest(self) -> None:
        """其余都合格."""
        self._work.pass_rest(self._rest_passed)

    def _rest_passed(self, codes: tuple[str, ...]) -> None:
        text = say("inspect-rest-done", count=len(codes)) if codes else say("inspect-rest-none")
        self.told.emit(Told(text, undo=self._undoing.undo if codes else None))

    def write_note(self) -> None:
        """备注 on the current item."""
        card = self._board.current
        if isinstance(card, ItemCard):
            card.write_note()

    def see_first(self, still: bool) -> bool:
        """仍存在 or 已消除 for the first earlier finding of the item; whether there is one."""
        mine = [one for one in self._work.undecided() if one.finding.item == self._where.code]
        left = mine or list(self._work.ground.left_over.get(self._where.code, ()))
        if left:
            self.see(left[0], still)
        return bool(left)

    def see(self, left: LeftOver, still: bool) -> None:
        """仍存在 or 已消除 for an earlier finding."""
        self._work.see(left, still=still)
