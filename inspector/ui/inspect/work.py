"""A draft while one works on it: what is typed is shown at once and goes to the save lane in order; it is read again
only when nothing is on its way, so that nothing typed is ever put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from inspector.model import progress
from inspector.model.answer import Answer
from inspector.model.compose import asked
from inspector.model.draft import Draft, DraftFinding
from inspector.model.form import Form, Item
from inspector.model.words import Verdict
from inspector.services import chosen, drafts, inspecting
from inspector.services.inspecting import Ground, LeftOver, Sheet
from inspector.services.workspaces import Workspace
from inspector.ui.desk import Desk

Then = Callable[[Any], None]


class DraftWork(QObject):
    """The draft as typed, and every act on it. `then` of an act hears its result on the GUI thread."""

    opened = Signal(str)  # the spot at which one stopped
    changed = Signal()  # the draft is another one now, as typed or as read
    reread = Signal()  # the draft is as the disk has it, and another one than was typed
    kept = Signal()  # the disk has what was typed: nothing but the acts that can be taken back changes
    stepped = Signal(object, object)  # undo or redo: the paths of its parts, and the draft before
    refused = Signal(object)

    def __init__(self, desk: Desk, which: str) -> None:
        super().__init__()
        self.which = which
        self._desk = desk
        self._sheet: Sheet | None = None
        self._ground: Ground | None = None
        self._draft: Draft | None = None
        self._under_way = 0

    # ── what there is

    @property
    def ready(self) -> bool:
        """Whether the draft was read."""
        return self._draft is not None

    @property
    def draft(self) -> Draft:
        """The draft as typed."""
        if self._draft is None:
            raise RuntimeError("a draft that was not read yet")
        return self._draft

    @property
    def sheet(self) -> Sheet:
        """As the disk had it last."""
        if self._sheet is None:
            raise RuntimeError("a draft that was not read yet")
        return self._sheet

    @property
    def form(self) -> Form:
        """The form of the visit."""
        return self.sheet.form

    @property
    def ground(self) -> Ground:
        """What was there before the visit."""
        if self._ground is None:
            raise RuntimeError("a draft that was not read yet")
        return self._ground

    def given(self, code: str) -> Answer:
        """The answer to an item as typed."""
        return self.draft.answers.get(code, Answer())

    def next_waiting(self, after: str) -> str:
        """The code of the next item without an answer, or nothing."""
        return progress.next_waiting(self.draft, self.form, after)

    def waits(self, code: str) -> bool:
        """Whether an item, or an item of the header, still needs an answer."""
        if code in self.form.header_by_code:
            return not self.draft.header.get(code)
        return progress.waits(self.draft, self.form.item(code))

    def codes(self) -> list[str]:
        """All that one walks over with the arrows: the header, then the items."""
        return [one.code for one in self.form.header] + [item.code for item in asked(self.draft, self.form)]

    def in_section(self, at: int) -> list[str]:
        """The items of a section that this visit asks."""
        here = {item.code for item in self.form.sections[at].items}
        return [item.code for item in asked(self.draft, self.form) if item.code in here]

    def undecided(self) -> list[LeftOver]:
        """What is left over from before and nobody has decided yet."""
        decided = {one.finding for one in self.draft.earlier}
        return [
            one for many in self.ground.left_over.values() for one in many if one.finding.id not in decided
        ]

    # ── reading

    def open(self) -> None:
        """Read the draft and what was there before it."""
        self._desk.lanes.read.ask(
            self,
            partial(_open, self._desk.workspace, self.which, self._desk.now()),
            done=self._opened,
            failed=self.refused.emit,
        )

    def _opened(self, read: tuple[Sheet, Ground, str]) -> None:
        self._sheet, self._ground, stopped = read
        self._draft = self._sheet.draft
        self.opened.emit(stopped)

    def _read_again(self, then: Callable[[Sheet], None]) -> None:
        if not self._under_way:
            self._desk.lanes.read.ask(
                self,
                partial(inspecting.sheet, self._desk.workspace, self.which),
                done=then,
                failed=self.refused.emit,
            )

    def _take(self, sheet: Sheet) -> None:
        if not self._under_way:
            same = sheet.draft == self._draft
            self._sheet, self._draft = sheet, sheet.draft
            (self.kept if same else self.reread).emit()

    # ── acting

    def act(self, call: Callable[[], object], then: Then | None = None) -> None:
        """Save one act, in its turn."""
        self._under_way += 1
        self._desk.lanes.save.ask(self, call, done=partial(self._acted, then), failed=self._failed)

    def _acted(self, then: Then | None, result: object) -> None:
        self._under_way -= 1
        if then is not None:
            then(result)
        self._read_again(self._take)

    def _failed(self, error: BaseException) -> None:
        self._under_way -= 1
        self.refused.emit(error)
        self._read_again(self._take)

    def _call(self, act: Callable[..., object], *values: object) -> Callable[[], object]:
        return partial(act, self._desk.workspace, self.which, *values, now=self._desk.now())

    def answer(self, item: Item, given: Answer, then: Then | None = None) -> None:
        """Another answer than 不合格; findings that it leaves no ground go along."""
        self._show(answers={**self.draft.answers, item.code: given})
        self.act(self._call(inspecting.judge, item.code, given), then)

    def keep(self, item: Item, given: Answer) -> None:
        """A number, a note, words: no verdict changes."""
        if given != self.given(item.code):
            self._show(answers={**self.draft.answers, item.code: given})
            self.act(self._call(drafts.answer, item.code, given))

    def fail(self, item: Item, given: Answer, then: Then, *, photos: Sequence[str] = ()) -> None:
        """不合格, with its first finding."""
        failed = replace(given, verdict=Verdict.FAIL)
        self._show(answers={**self.draft.answers, item.code: failed})
        self.act(
            partial(
                inspecting.fail,
                self._desk.workspace,
                self.which,
                item.code,
                given,
                photos=tuple(photos),
                now=self._desk.now(),
            ),
            then,
        )

    def answer_header(self, answers: dict[str, str], then: Then) -> None:
        """Answer items of the header; `then` hears which verdicts moved."""
        if any(self.draft.header.get(code, "") != value for code, value in answers.items()):
            self._show(header={**self.draft.header, **answers})
            self.act(self._call(drafts.answer_header, answers), then)

    def explain_fact(self, code: str, why: str) -> None:
        """Why the site is another one than it was known for."""
        if why.strip() != self.draft.facts.get(code, ""):
            self._show(facts={**self.draft.facts, code: why.strip()})
            self.act(self._call(drafts.explain_fact, code, why))

    def pass_rest(self, then: Then) -> None:
        """其余都合格."""
        self.act(self._call(drafts.pass_rest), then)

    def see(self, left: LeftOver, *, still: bool) -> None:
        """仍存在, 已消除."""
        self.act(
            partial(inspecting.see, self._desk.workspace, self.which, left, still=still, now=self._desk.now())
        )

    def put(self, finding: DraftFinding) -> None:
        """Save a finding."""
        self.show_finding(finding)
        self.act(self._call(drafts.put_finding, finding))

    def show_finding(self, finding: DraftFinding) -> None:
        """The draft with this finding, as it was typed or as a service made it."""
        others = [one for one in self.draft.findings if one.id != finding.id]
        ordered = sorted((*others, finding), key=lambda one: (one.order, one.id))
        self._draft = replace(self.draft, findings=tuple(ordered))

    def one_more(self, code: str, then: Then) -> None:
        """再加一处."""
        self.act(self._call(inspecting.one_more, code), then)

    def strike(self, finding: str) -> None:
        """Take a finding out."""
        left = tuple(one for one in self.draft.findings if one.id != finding)
        self._draft = replace(self.draft, findings=left)
        self.act(self._call(drafts.strike_finding, finding))

    def jot(self, text: str, then: Then) -> None:
        """速记."""
        self.act(self._call(drafts.jot, text), then)

    def place_jotting(self, jotting: str, code: str, then: Then) -> None:
        """A jotting becomes a finding of an item."""
        self.act(self._call(drafts.place_jotting, jotting, code), then)

    def strike_jotting(self, jotting: str) -> None:
        """Strike a jotting."""
        self.act(self._call(drafts.strike_jotting, jotting))

    def undo(self) -> None:
        """Take the last act back."""
        self.act(self._call(drafts.undo), self._stepped)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.act(self._call(drafts.redo), self._stepped)

    def _stepped(self, act: Any) -> None:
        if act is not None:
            self._read_again(partial(self._jump, act.paths))

    def _jump(self, paths: tuple[str, ...], sheet: Sheet) -> None:
        if self._under_way or self._draft is None:
            return
        before = self._draft
        self._sheet, self._draft = sheet, sheet.draft
        self.stepped.emit(paths, before)

    def _show(self, **fields: object) -> None:
        self._draft = replace(self.draft, **fields)
        self.changed.emit()


def _open(workspace: Workspace, draft: str, now: datetime) -> tuple[Sheet, Ground, str]:
    return (
        inspecting.sheet(workspace, draft),
        inspecting.ground(workspace, draft, now=now),
        chosen.stopped_at(workspace, draft),
    )
