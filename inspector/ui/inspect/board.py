"""The middle column: one section, its rows, and among them the current item as a card or an open finding."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from inspector.model import answer as rules
from inspector.model.answer import Answer
from inspector.model.compose import asked
from inspector.model.draft import Draft
from inspector.model.form import Form, Item
from inspector.model.progress import of_items, waits
from inspector.services.inspecting import Ground
from inspector.text import say
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.head import Rows, SectionHead
from inspector.ui.inspect.header import FactsStrip, HeaderCard, offered
from inspector.ui.inspect.parts import HEADER, section_of
from inspector.ui.inspect.row import HeaderRow, ItemRow
from inspector.ui.inspect.words import off_words, section_title, shown_header
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.text import Label

Card = ItemCard | FindingForm | HeaderCard
AHEAD_MS = 20
DRESSED_AT_ONCE = 12
FROM_TOP = 0.4  # where the current item stands in the column


class ItemBoard(QFrame):
    """Shows a draft at a place. What a person does comes out of the cards and rows: `made` says that there is a new
    one to listen to.

    Rows of all sections stand in one column, and a card of each kind among them, which is turned from item to item."""

    made = Signal(object)  # Card
    chosen = Signal(str)  # the code of an item or header item
    answered = Signal(str, object)  # a row's small button: code, Verdict
    dropped = Signal(str, object)
    rest = Signal()
    facts_accepted = Signal()
    _moved = Signal()  # queued: the current item is placed after the layout, and before anything is painted

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
        self._all: dict[int, dict[str, ItemRow | HeaderRow]] = {}
        self._cards: dict[type, Card] = {}
        self._undressed: list[QWidget] = []
        self.current: Card | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 0)
        column.setSpacing(4)
        self._head = SectionHead()
        self._rest = self._head.rest
        self._rest.clicked.connect(self.rest)
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
        self._moved.connect(self._place, Qt.ConnectionType.QueuedConnection)

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

    def show_card(self, draft: Draft) -> None:
        """The current item alone, as the draft stands."""
        self._draft = draft
        self._show_current()

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
            self._moved.emit()
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
        for row in self._rows.values():
            row.hide()
        if at not in self._all:
            self._build(at)
        self._at = at
        self._rest.setVisible(at != HEADER)
        self._ahead.start()

    def _build_ahead(self) -> None:
        """What one turns to next is made and dressed before that, a few milliseconds at a time."""
        if self._form is None or self._ground is None:
            return
        left = [at for at in range(HEADER, len(self._form.sections)) if at not in self._all]
        kinds = [kind for kind in (ItemCard, FindingForm) if kind not in self._cards]
        if self._undressed:
            for widget in self._undressed[:DRESSED_AT_ONCE]:
                if isValid(widget):
                    widget.ensurePolished()
            del self._undressed[:DRESSED_AT_ONCE]
        elif kinds:
            card = self._make(kinds[0], self._form, self._ground, next(iter(self._form.by_code)))
            if isinstance(card, ItemCard):
                card.prepare()
            card.hide()
            self._scrolled.body.addWidget(card)
            card.style()  # its first look at a style loads eleven classes of flags, 20 ms (measured)
            self._undressed = card.findChildren(QWidget)
        elif left:
            after = [at for at in left if at > self._section()]
            self._build((after or left)[0])
        else:
            return
        self._ahead.start()

    def _build(self, at: int) -> None:
        form = self._form
        if form is None:
            return
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
            row.hide()
            self._scrolled.body.insertWidget(self._scrolled.body.indexOf(self._none), row)
        self._all[at] = rows

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

    def _turn(self, code: str, finding: str) -> None:
        """Make the card of `code` the current one, unless it is."""
        form = self._form
        if form is None or code not in self._rows:
            return
        wanted: type[Card] = (
            HeaderCard if code in form.header_by_code else FindingForm if finding else ItemCard
        )
        if self.current is None or type(self.current) is not wanted or self.current.item.code != code:
            self._leave_current(wanted)
            card = self._turned(wanted, code, finding)
            column = self._scrolled.body
            column.removeWidget(card)
            column.insertWidget(column.indexOf(self._rows[code]) + 1, card)
            card.show()  # now: what is not shown yet cannot take the focus
            self.current = card
            self._moved.emit()
        for name, row in self._rows.items():
            hidden = name == code or bool(row.property("thinned"))
            if row.isHidden() != hidden:
                row.setVisible(not hidden)
        self._fit_head()

    def _leave_current(self, for_one: type[Card]) -> None:
        """The hand leaves the card before it becomes another item's."""
        card = self.current
        if card is None:
            return
        focus = self.window().focusWidget()
        if focus is not None and card.isAncestorOf(focus):
            self.setFocus()
        if type(card) is not for_one:
            card.hide()

    def _fit_head(self) -> None:
        """In a low window an open finding needs the height: the section's title scrolls away."""
        low = self.window().height() < 620
        self._head.setVisible(not (low and isinstance(self.current, FindingForm)))

    def _turned(self, kind: type[Card], code: str, finding: str) -> Card:
        """The card of a kind, at an item."""
        form, draft, ground = self._form, self._draft, self._ground
        if form is None or draft is None or ground is None:
            raise RuntimeError("a card before the draft")
        card = self._cards.get(kind) or self._make(kind, form, ground, code)
        if isinstance(card, HeaderCard):
            card.turn_to(form.header_by_code[code], ground.site.facts.get(code, ""))
        elif isinstance(card, ItemCard):
            left_over, times = ground.left_over.get(code, ()), ground.times.get(code, 0)
            card.turn_to(form.item(code), draft.header, left_over, times)
        else:
            mine = tuple(one.place for one in reversed(draft.findings) if one.place and one.id != finding)
            card.turn_to(form.item(code), tuple(dict.fromkeys((*mine, *ground.places))))
        return card

    def _make(self, kind: type[Card], form: Form, ground: Ground, code: str) -> Card:
        card: Card
        if kind is HeaderCard:
            card = HeaderCard(form.header_by_code[code])
        elif kind is ItemCard:
            card = ItemCard(form.item(code), form.header_by_code, self._pictures)
        else:
            card = FindingForm(form.item(code), form, ground, self._pictures)
        self._cards[kind] = card
        self.made.emit(card)
        return card

    # ── showing

    def _refresh(self) -> None:
        form, draft = self._form, self._draft
        if form is None or draft is None:
            return
        at = self._section()
        if at == HEADER:
            self._head.show_section(say("inspect-header-title"), say("inspect-header-note"))
        else:
            progress = of_items(draft, self._items(at))
            counts = say("ui-of", answered=progress.answered, total=progress.total)
            self._head.show_section(section_title(form, at), counts)
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
            code = card.item.code
            card.show_answer(draft.header.get(code, ""), draft.facts.get(code, ""))
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
        QCoreApplication.sendPostedEvents(inside, QEvent.Type.LayoutRequest.value)
        top = card.mapTo(inside, QPoint(0, 0)).y()
        room = self._scrolled.viewport().height()
        tall = card.sizeHint().height()
        share = 0.0 if isinstance(card, FindingForm) else FROM_TOP
        above = min(round(room * share), max(0, room - tall - 8))
        self._scrolled.verticalScrollBar().setValue(max(0, top - above))

    def _unflash(self) -> None:
        for card in self._cards.values():
            if card.property("flash"):
                card.setProperty("flash", False)
                card.style().polish(card)
