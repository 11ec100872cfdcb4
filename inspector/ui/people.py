"""People (人员): who signs, whose key lies on this laptop, and the fingerprint that two read to each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.person import Person
from inspector.services import people
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.renewing import RenewCard
from inspector.ui.people_panel import ImportCard, NewCard, PersonCard
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.words import site_note

NEW: Final = "new"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A person as listed: `key_here` whether he can sign on this laptop."""

    person: Person
    key_here: bool
    fingerprint: str


class PeopleScreen(Screen):
    """The list at the left; at the right the chosen person, or the fields of a new one (`place.spot` = new)."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-people"))
        self._known: dict[str, Known] = {}
        self._file = Path()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._work = self._make_work()
        row.addWidget(self._work, 1)
        self._side = self._make_side()
        row.addWidget(self._side)
        self._show_only(self._skeleton)
        self._show_card(None)
        self.begin_at(self.list)

    def turn_to(self, place: Place) -> None:
        super().turn_to(place)
        if place.spot == NEW:
            self._begin_new()

    def refresh(self) -> None:
        self._skeleton.start()
        self.desk.lanes.read.ask(
            self, partial(_read, self.desk.workspace), done=self._show, failed=self._not_read
        )

    def leave(self, then: Callable[[], None]) -> None:
        """Nothing typed here is kept half: passphrases are forgotten with the page."""
        self._close_cards()
        super().leave(then)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.new.isVisible() or self.bring.isVisible()):
            self._close_cards()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self._import = Button(say("people-import"), icon="key")
        self._import.clicked.connect(self._choose_file)
        self._new = Button(say("people-new"), icon="user-plus")
        self._new.clicked.connect(self._begin_new)
        self.head = PageHead(say("nav-people"), self._import, self._new)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self.list = RowList(name=say("nav-people"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._choose)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=4)
        column.addWidget(self._skeleton, 1)
        first = primary(say("people-new"), icon="user-plus")
        first.clicked.connect(self._begin_new)
        bring = Button(say("people-import"), icon="key")
        bring.clicked.connect(self._choose_file)
        self._empty = EmptyState("users", say("people-empty"), say("people-empty-next"), [first, bring])
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> Side:
        side = Side()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(16, 16, 16, 16), spacing=12)
        outer.addWidget(scrolled)
        self.card = PersonCard()
        self.card.copied.connect(self._copied)
        self.new = NewCard()
        self.new.made.connect(self._make)
        self.new.closed.connect(self._close_cards)
        self.bring = ImportCard()
        self.bring.made.connect(self._bring)
        self.bring.closed.connect(self._close_cards)
        self._nobody = EmptyState("user", say("people-none"), say("people-none-next"))
        self.renew = RenewCard(self.desk)
        self.renew.renewed.connect(self._renewed)
        for card in (self.card, self.renew, self.new, self.bring, self._nobody):
            scrolled.body.addWidget(card)
        scrolled.body.addStretch(1)
        return side

    # ── showing

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, known: tuple[Known, ...]) -> None:
        self._skeleton.stop()
        self.strip.clear()
        self._known = {one.person.id: one for one in known}
        self.head.about.setText(say("people-sum", count=len(known), keys=sum(one.key_here for one in known)))
        self.list.show_rows([_row(one) for one in known], current=self.place.which or None)
        self._show_only(self.list if known else self._empty)
        if known and not self.list.current():
            self.list.setCurrentIndex(self.list.rows.index(0))
        elif self.list.current():
            self._choose(self.list.current())

    def _show_only(self, shown: object) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)
        for button in (self._new, self._import):
            button.setVisible(shown is not self._empty)

    def _show_card(self, shown: object) -> None:
        for card in (self.card, self.new, self.bring, self._nobody):
            card.setVisible(card is shown)
        self.renew.hide()
        self._nobody.setVisible(shown is None)

    def _choose(self, person: str) -> None:
        self.stand(which=person, spot="")
        if self.new.isVisible() or self.bring.isVisible():
            return
        if known := self._known.get(person):
            self.card.show_person(known.person, fingerprint=known.fingerprint, key_here=known.key_here)
            self._show_card(self.card)
            self.renew.show_person(known.person, key_here=known.key_here)

    # ── acting

    def _begin_new(self) -> None:
        self._show_card(self.new)
        self.new.begin()

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("people-import"), "", say("people-import-files"))
        if file:
            self.take_file(Path(file))

    def take_file(self, file: Path) -> None:
        """Ask for the passphrase of a key that its owner brings."""
        self._file = file
        self._show_card(self.bring)
        self.bring.begin(file.name)

    def _make(self, typed: dict[str, str]) -> None:
        self.new.wait(True)
        self.desk.lanes.save.ask(
            self,
            partial(people.add, self.desk.workspace, now=self.desk.now(), **typed),
            done=self._made,
            failed=self.new.refuse,
        )

    def _bring(self, passphrase: str) -> None:
        self.bring.wait(True)
        self.desk.lanes.save.ask(
            self,
            partial(people.import_p12, self.desk.workspace, self._file, passphrase, now=self.desk.now()),
            done=self._made,
            failed=self.bring.refuse,
        )

    def _made(self, person: Person) -> None:
        self._close_cards()
        self.stand(which=person.id)
        self.told.emit(Told(say("people-made", name=person.name)))
        self.changed.emit()
        self.refresh()
        self.list.setFocus()

    def _renewed(self, person: Person) -> None:
        self.told.emit(Told(say("renew-done", name=person.name), icon="certificate"))
        self.refresh()

    def _close_cards(self) -> None:
        self.new.clear()
        self.bring.clear()
        self.stand(spot="")
        self._show_card(None)
        self._choose(self.list.current())

    def _copied(self) -> None:
        self.told.emit(Told(say("people-copied"), icon="copy"))


def _read(workspace: Workspace) -> tuple[Known, ...]:
    here = people.with_key_here(workspace)
    return tuple(
        Known(person=one, key_here=one.id in here, fingerprint=people.fingerprint(one))
        for one in people.every(workspace)
    )


def _row(known: Known) -> Row:
    person = known.person
    key = say("people-key-here") if known.key_here else say("people-key-away")
    return Row(
        key=person.id,
        title=person.name,
        note=site_note(person.organisation, person.position),
        icon="user-check" if known.key_here else "user",
        facts=(Fact(key, tone="ok" if known.key_here else "warn", badge=True),),
    )
