"""Where one is in the inspection: the item, the finding that is open, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.parts import HEADER, section_of
from inspector.ui.inspect.work import DraftWork


class Where(QObject):
    """`code` is the current item (or header item), `finding` the one that is open in it, or empty. `moved` before the
    hand goes there: what is shown is another thing; `spot` its path in the draft."""

    moved = Signal(str)
    finished = Signal()  # nothing waits for an answer any more

    def __init__(self, work: DraftWork, board: ItemBoard) -> None:
        super().__init__()
        self._work, self._board = work, board
        self.code, self.finding = "", ""

    def go_to(self, code: str, *, finding: str = "", focus: bool = True) -> None:
        """Be at an item; what was typed at the one before is kept."""
        if not self._work.ready:
            return
        if (code, finding) != (self.code, self.finding):
            self._board.settle()
        self.code, self.finding = code, finding
        group = "header" if code in self._work.form.header_by_code else "answers"
        self.moved.emit(f"findings/{finding}" if finding else f"{group}/{code}")
        if focus:
            self.focus()

    def next(self) -> None:
        """The next item without an answer; when there is none, signing is the next step."""
        code = self._work.next_waiting(self.code)
        if code:
            self.go_to(code)
            return
        self.go_to(self.code)
        self.finished.emit()

    def focus(self) -> None:
        """Where the hand goes next: the number, the place, else the item list with its keys."""
        card = self._board.current
        if isinstance(card, FindingForm):
            card.start()
            return
        field: QWidget | None = None
        if isinstance(card, ItemCard):
            field = card.first_field
        elif isinstance(card, HeaderCard):
            field = card.field
        (field or self._board).setFocus(Qt.FocusReason.OtherFocusReason)

    def next_header(self, code: str) -> None:
        """The next item of the header without an answer, then the first item."""
        header = self._work.form.header
        codes = [one.code for one in header]
        at = codes.index(code)
        rest = [one for one in codes[at + 1 :] if self._work.waits(one)]
        before = [one.code for one in header[:at] if one.required and self._work.waits(one.code)]
        if rest or before:
            self.go_to((rest or before)[0])
        else:
            self.next()

    def step(self, by: int) -> bool:
        """The item below (+1) or above (−1); not while a finding is open, whose fields the arrows belong to."""
        if isinstance(self._board.current, FindingForm):
            return False
        codes = self._work.codes()
        at = codes.index(self.code) if self.code in codes else 0
        self.go_to(codes[max(0, min(len(codes) - 1, at + by))])
        return True

    def step_section(self, by: int) -> None:
        """The next section that has something to answer, or the one before."""
        form = self._work.form
        shown = [HEADER, *(at for at in range(len(form.sections)) if self._work.in_section(at))]
        at = shown.index(section_of(form, self.code)) + by
        self.open_section(shown[max(0, min(len(shown) - 1, at))])

    def open_section(self, at: int) -> None:
        """The first open item of a section, else its first."""
        codes = [one.code for one in self._work.form.header] if at == HEADER else self._work.in_section(at)
        waiting = [code for code in codes if self._work.waits(code)]
        self.go_to((waiting or codes)[0])

    def go_to_left_over(self) -> None:
        """The first item of which an earlier finding waits to be seen again."""
        if undecided := self._work.undecided():
            self.go_to(undecided[0].finding.item)

    def spot(self, path: str) -> tuple[str, str]:
        """The item (or header item) and the finding that a path of the draft means; else where to begin."""
        draft, form = self._work.draft, self._work.form
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
        return waiting or self._work.next_waiting("") or next(iter(form.by_code)), ""
