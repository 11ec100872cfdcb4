"""Who signs the papers of a round, each with his own passphrase; whom the units ask."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.model.inspection import Member
from inspector.model.notice import Contact
from inspector.model.paper import PAPERS, Kind
from inspector.model.person import Person
from inspector.services.round_papers import Standing
from inspector.text import explain, say
from inspector.ui.imewise import TextLine
from inspector.ui.sign.inspectors import SignerRow
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card


class ContactCard(Card):
    """`changed` with the contact and the name of the team."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(say("slips-contact"), note=say("slips-contact-note"))
        self.name = TextLine(name=say("slips-contact-name"))
        self.telephone = TextLine(name=say("slips-contact-telephone"))
        self.place = TextLine(name=say("slips-contact-place"))
        self.team = TextLine(name=say("sign-team-name"))
        self._fields: list[Field] = []
        for pair in ((self.name, self.telephone), (self.place, self.team)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for line in pair:
                field = Field(line.accessibleName(), line)
                self._fields.append(field)
                row.addWidget(field, 1)
                line.settled.connect(self._settled)
            self.body.addLayout(row)

    def show_contact(self, contact: Contact, team: str, *, own_team: bool) -> None:
        """What is stored; `own_team`: the team is typed here, and not taken from the sheets."""
        for line, text in (
            (self.name, contact.name),
            (self.telephone, contact.telephone),
            (self.place, contact.place),
            (self.team, team),
        ):
            if not line.hasFocus():
                line.show_text(text)
        self._fields[-1].setVisible(own_team)
        for field, text in ((self._fields[0], contact.name), (self._fields[1], contact.telephone)):
            if text:
                field.ask("")

    def ask_back(self) -> None:
        """The focus on what is missing."""
        empty = [line for line in (self.name, self.telephone) if not line.text().strip()]
        for field, line in zip(self._fields[:2], (self.name, self.telephone), strict=True):
            field.ask(say("sign-ask") if line in empty else "")
        (empty[0] if empty else self.name).setFocus()

    def _settled(self, _: str) -> None:
        contact = Contact(
            name=self.name.whole_text().strip(),
            telephone=self.telephone.whole_text().strip(),
            place=self.place.whole_text().strip(),
        )
        self.changed.emit(contact, self.team.whole_text().strip())


class SignersCard(Card):
    """`unlock` asks for a key to be opened, `changed` gives all who sign."""

    unlock = Signal(str, str)
    changed = Signal(object)  # tuple of persons

    def __init__(self) -> None:
        super().__init__(say("slips-signers"))
        self._state: Standing | None = None
        self._rows: dict[str, SignerRow] = {}
        self._members: tuple[Member, ...] = ()
        self._holder = QVBoxLayout()
        self._holder.setSpacing(6)
        self.body.addLayout(self._holder)
        self.more = Button(say("sign-add"), icon="user-plus", kind="ghost", flush=True)
        self.more.clicked.connect(self._offer)
        self.body.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_signers(self, state: Standing, unlocked: Collection[str], busy: str) -> None:
        """Who signs, and whose key is open; `busy` is the person whose key is being opened."""
        self._state = state
        least = PAPERS[state.walk.kind].at_least
        self.note.setText(say("slips-least", count=least) if least > 1 else say("slips-leader"))
        by_id = {one.id: one for one in state.people}
        people = [by_id[one] for one in state.walk.signers if one in by_id]
        members = tuple(_member(one, leads=state.walk.kind is Kind.HANDOVER) for one in people)
        if members != self._members:
            self._members = members
            self._make(members)
        for person, row in self._rows.items():
            row.show_state(
                signed=False,
                unlocked=person in unlocked,
                key_here=person in state.keys,
                frozen=state.walk.kind is Kind.HANDOVER,
                busy=bool(busy),
            )
        self.more.setVisible(state.walk.kind is not Kind.HANDOVER and len(people) < len(state.people))

    def row(self, person: str) -> SignerRow | None:
        """The row of one who signs."""
        return self._rows.get(person)

    def ask_back(self) -> None:
        """The focus to the first who has not opened his key."""
        for row in self._rows.values():
            if row.passphrase.isVisibleTo(self):
                row.passphrase.setFocus()
                return
        self.more.setFocus()

    def refuse(self, person: str, error: BaseException) -> None:
        """Why a key did not open, in place."""
        if (row := self._rows.get(person)) and isinstance(error, InspectorError):
            row.ask(explain(error)[0])

    def _make(self, members: tuple[Member, ...]) -> None:
        for old in self._rows.values():
            self._holder.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = {}
        before: QWidget | None = None
        for member in members:
            row = SignerRow(member)
            row.unlock.connect(self.unlock)
            row.menu.connect(self._pop)
            self._rows[member.person] = row
            self._holder.addWidget(row)
            for after in (row.passphrase.line, row.more):  # made later than the button, and read before it
                if before is not None:
                    QWidget.setTabOrder(before, after)
                before = after
        if before is not None:
            QWidget.setTabOrder(before, self.more)

    def _pop(self, person: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("sign-remove")).triggered.connect(partial(self._remove, person))
        menu.popup(at)

    def _remove(self, person: str) -> None:
        if self._state is not None:
            self.changed.emit(tuple(one for one in self._state.walk.signers if one != person))

    def _offer(self) -> None:
        if self._state is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(say("sign-add"))
        for one in self._state.people:
            if one.id not in self._state.walk.signers:
                text = say("sign-add-known", name=one.name, organisation=one.organisation)
                menu.addAction(text).triggered.connect(partial(self._add, one.id))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _add(self, person: str) -> None:
        if self._state is not None:
            self.changed.emit((*self._state.walk.signers, person))


def _member(person: Person, *, leads: bool) -> Member:
    return Member(
        person=person.id,
        name=person.name,
        organisation=person.organisation,
        position=person.position,
        leader=leads,
    )
