"""The middle column: one section, its rows, and among them the current item as a card or an open finding."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.compose import asked
from inspector.model.draft import Draft
from inspector.model.form import Form, Item
from inspector.model.progress import Progress, of_header, of_items, waits
from inspector.services.inspecting import Ground
from inspector.text import say
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import FactsStrip, HeaderCard, offered
from inspector.ui.inspect.row import HeaderRow, ItemRow
from inspector.ui.inspect.words import section_title
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Label

HEADER = -1
AHEAD_MS = 20
FROM_TOP = 0.4  # where the current item stands in the column


class Rows(Scrolled):
    """Scrolls by wheel and bar; the keys belong to the screen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class ItemBoard(QFrame):
    """Shows a draft at a place. What a person does comes out of the cards and rows: `made` says that there is a new
    one to listen to."""

    made = Signal(object)  # ItemCard, FindingForm or HeaderCard
    chosen = Signal(str)  # the code of an item or header item
    answered = Signal(str, object)  # a row's small button: code, Verdict
    dropped = Signal(str, object)
    rest = Signal()
    facts_accepted = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("inspect-items"))
        self._pictures = pictures
        self._draft: Draft | None = None
        self._form: Form | None = None
        self._ground: Ground | None = None
        self._at: int | None = None
        self._sections: dict[int, QWidget] = {}
        self._all: dict[int, dict[str, ItemRow | HeaderRow]] = {}
        self.current: ItemCard | FindingForm | HeaderCard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 4, 0)
        head.setSpacing(10)
        self._title = Label(role="section", bold=True)
        self._count = Label(role="second", tone="muted")
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        self._rest = Button(say("inspect-rest"), icon="checks", kind="ghost")
        self._rest.clicked.connect(self.rest)
        head.addWidget(self._rest)
        self._head = QWidget()
        self._head.setLayout(head)
        column.addWidget(self._head)
        self._facts = FactsStrip()
        self._facts.accepted.connect(self.facts_accepted)
        column.addWidget(self._facts)
        self._scrolled = Rows(spacing=0)
        self._scrolled.viewport().installEventFilter(self)
        column.addWidget(self._scrolled, 1)
        self._none = Label(say("inspect-empty-section"), tone="muted")
        self._none.setContentsMargins(14, 12, 0, 0)
        self._none.hide()
        self._scrolled.body.addWidget(self._none)
        self._scrolled.body.addStretch(1)
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._build_ahead)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)

    def begin(self, form: Form, ground: Ground) -> None:
        """The form and what was there before."""
        self._form, self._ground = form, ground

    def offered_facts(self) -> dict[str, str]:
        """What one Enter would take over from the site."""
        if self._draft is None or self._form is None or self._ground is None or self._section() != HEADER:
            return {}
        return offered(self._form, self._ground.site.facts, self._draft.header)

    def show_draft(self, draft: Draft, code: str, finding: str, *, only_open: bool) -> None:
        """The draft as it stands, with the item `code` as the current one and its `finding` open."""
        form = self._form
        if form is None:
            return
        self._draft = draft
        at = section_of(form, code)
        if self._at != at:
            self._open_section(at)
        self._thin(code, only_open)
        self._turn(code, finding)
        self._refresh()

    def settle(self) -> None:
        """Keep what is typed in the current card."""
        if self.current is not None:
            commit_all(self.current)

    def flash(self) -> None:
        """The eye finds what undo has changed: the card is drawn as pressed for 200 ms."""
        current = self.current
        if current is not None:
            current.setProperty("flash", True)
            current.style().polish(current)
            QTimer.singleShot(200, self._unflash)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit_head()
            self._later.start()
        return False

    # ── making

    @property
    def _rows(self) -> dict[str, ItemRow | HeaderRow]:
        return self._all.get(self._section(), {})

    def _section(self) -> int:
        return HEADER if self._at is None else self._at

    def _items(self, at: int) -> tuple[Item, ...]:
        if self._form is None or self._draft is None:
            return ()
        here = {item.code for item in self._form.sections[at].items}
        return tuple(item for item in asked(self._draft, self._form) if item.code in here)

    def _open_section(self, at: int) -> None:
        """Show another section; its rows are made once."""
        self._drop_current()
        if at not in self._sections:
            self._build(at)
        self._at = at
        for one, holder in self._sections.items():
            holder.setVisible(one == at)
        self._rest.setVisible(at != HEADER)
        self._ahead.start()

    def _build_ahead(self) -> None:
        """The next section, before somebody turns to it."""
        if self._form is None:
            return
        left = [at for at in range(HEADER, len(self._form.sections)) if at not in self._sections]
        if left:
            after = [at for at in left if at > self._section()]
            self._build((after or left)[0])
            self._ahead.start()

    def _build(self, at: int) -> None:
        form = self._form
        if form is None:
            return
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows: dict[str, ItemRow | HeaderRow] = {}
        if at == HEADER:
            rows = {one.code: HeaderRow(one) for one in form.header}
        else:
            rows = {item.code: ItemRow(item) for item in self._items(at)}
        for row in rows.values():
            row.chosen.connect(self.chosen)
            if isinstance(row, ItemRow):
                row.answered.connect(self.answered)
                row.dropped.connect(self.dropped)
            column.addWidget(row)
        holder.hide()
        self._scrolled.body.insertWidget(0, holder)
        self._sections[at], self._all[at] = holder, rows

    def _thin(self, code: str, only_open: bool) -> None:
        """只看未答: what is answered is hidden, but never the current one."""
        shown = False
        for name, row in self._rows.items():
            keep = not only_open or name == code
            if isinstance(row, ItemRow) and self._draft is not None:
                keep = keep or waits(self._draft, row.item)
            elif self._draft is not None:
                keep = keep or not self._draft.header.get(name)
            row.setProperty("thinned", not keep)
            shown = shown or keep
        self._none.setVisible(not shown)

    def _drop_current(self) -> None:
        if self.current is not None:
            self.current.hide()
            self.current.deleteLater()
            self.current = None

    def _turn(self, code: str, finding: str) -> None:
        """Make the card of `code` the current one, unless it is."""
        form, draft, ground = self._form, self._draft, self._ground
        if form is None or draft is None or ground is None or code not in self._rows:
            return
        wanted: type = HeaderCard if code in form.header_by_code else FindingForm if finding else ItemCard
        if self.current is None or type(self.current) is not wanted or self.current.item.code != code:
            had_focus = self.current is not None and self.current.isAncestorOf(
                self.current.window().focusWidget() or self
            )
            self._drop_current()
            card = self._make(code, finding)
            place = list(self._rows).index(code)
            column = self._sections[self._section()].layout()
            if isinstance(column, QVBoxLayout):
                column.insertWidget(place + 1, card)
            card.show()  # now: what is not shown yet cannot take the focus
            self.current = card
            if had_focus:
                self.setFocus()
            self.made.emit(card)
            self._later.start()
        for name, row in self._rows.items():
            row.setVisible(name != code and not row.property("thinned"))
        self._fit_head()

    def _fit_head(self) -> None:
        """In a low window an open finding needs the height: the section's title scrolls away."""
        low = self.window().height() < 620
        self._head.setVisible(not (low and isinstance(self.current, FindingForm)))

    def _make(self, code: str, finding: str) -> ItemCard | FindingForm | HeaderCard:
        form, draft, ground = self._form, self._draft, self._ground
        if form is None or draft is None or ground is None:
            raise RuntimeError("a card before the draft")
        if code in form.header_by_code:
            return HeaderCard(form.header_by_code[code])
        item = form.item(code)
        if finding:
            mine = tuple(one.place for one in reversed(draft.findings) if one.place and one.id != finding)
            places = tuple(dict.fromkeys((*mine, *ground.places)))
            return FindingForm(item, form, ground, self._pictures, places=places)
        card = ItemCard(item, draft.header, form.header_by_code)
        card.show_before(ground.left_over.get(code, ()), ground.times.get(code, 0), self._pictures)
        return card

    # ── showing

    def _refresh(self) -> None:
        form, draft = self._form, self._draft
        if form is None or draft is None:
            return
        at = self._section()
        if at == HEADER:
            progress = of_header(draft, form)
            self._title.setText(say("inspect-header-title"))
        else:
            progress = of_items(draft, self._items(at))
            self._title.setText(section_title(form, at))
        counts = say("ui-of", answered=progress.answered, total=progress.total)
        self._count.setText(say("inspect-header-note") if at == HEADER else counts)
        self._facts.show_facts(form, self.offered_facts())
        for code, row in self._rows.items():
            if isinstance(row, ItemRow):
                self._show_row(row)
            else:
                row.show_answer(shown_header(form, draft, code))
        self._show_current()

    def _show_row(self, row: ItemRow) -> None:
        form, draft = self._form, self._draft
        if form is None or draft is None:
            return
        item = row.item
        own = draft.of_item(item.code)
        off = rules.off(item, draft.header)
        row.show_answer(
            draft.answers.get(item.code, Answer()),
            header=draft.header,
            found=len(own),
            photos=sum(len(one.photos) for one in own),
            off=off,
            why_off=off_words(form, draft, item) if off else "",
        )

    def _show_current(self) -> None:
        form, draft, card = self._form, self._draft, self.current
        if form is None or draft is None or card is None:
            return
        if isinstance(card, HeaderCard):
            card.show_answer(draft.header.get(card.item.code, ""))
            return
        given = draft.answers.get(card.item.code, Answer())
        if isinstance(card, ItemCard):
            seen = {one.finding: one.still for one in draft.earlier}
            count = rules.counted(card.item, draft.findings)
            card.show_answer(given, draft.header, counted=count, seen=seen)
            card.show_off(off_words(form, draft, card.item))

    def show_finding(self, finding: str) -> None:
        """The finding `finding` in the open form, as the draft has it."""
        card, draft = self.current, self._draft
        if not isinstance(card, FindingForm) or draft is None:
            return
        own = draft.of_item(card.item.code)
        one = next((found for found in own if found.id == finding), None)
        if one is not None:
            card.show_finding(one, own, draft.answers.get(card.item.code, Answer()), draft.header)

    def _place(self) -> None:
        """The current item keeps its place: the list scrolls under it; an open finding begins at the top."""
        card = self.current
        if card is None:
            return
        inside = self._scrolled.widget()
        self._scrolled.body.activate()
        top = card.mapTo(inside, QPoint(0, 0)).y()
        room = self._scrolled.viewport().height()
        tall = card.sizeHint().height()
        share = 0.0 if isinstance(card, FindingForm) else FROM_TOP
        above = min(round(room * share), max(0, room - tall - 8))
        self._scrolled.verticalScrollBar().setValue(max(0, top - above))

    def _unflash(self) -> None:
        if self.current is not None:
            self.current.setProperty("flash", False)
            self.current.style().polish(self.current)


def section_of(form: Form, code: str) -> int:
    """The place of the section of an item; −1 for the header."""
    for at, section in enumerate(form.sections):
        if any(item.code == code for item in section.items):
            return at
    return HEADER


def progress_of(form: Form, draft: Draft) -> dict[int, Progress]:
    """How far each section is; −1 is the header."""
    progress = {HEADER: of_header(draft, form)}
    here = asked(draft, form)
    for at, section in enumerate(form.sections):
        codes = {item.code for item in section.items}
        progress[at] = of_items(draft, [item for item in here if item.code in codes])
    return progress


def shown_header(form: Form, draft: Draft, code: str) -> str:
    """A header answer with its unit."""
    value = draft.header.get(code, "")
    answer = form.header_by_code[code].answer
    unit = getattr(answer, "measure_unit", "")
    return f"{value} {unit}".strip() if value else ""


def off_words(form: Form, draft: Draft, item: Item) -> str:
    """Because of which header answer an item is not asked."""
    off = rules.off(item, draft.header)
    if off is None:
        return ""
    asked_first = form.header_by_code[off.by]
    return say("inspect-off", code=off.by, name=asked_first.key, answer=draft.header.get(off.by, ""))
