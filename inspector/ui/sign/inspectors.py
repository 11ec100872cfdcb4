"""检查员签名: each person opens his key with his own passphrase; nobody is called signed before his key has signed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.draft import Joined, Team
from inspector.model.errors import InspectorError
from inspector.model.inspection import Member, Signs
from inspector.services.standing import Standing
from inspector.text import explain, say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import ElidedLabel, Label

NAME_PX: Final = 84
FIELD_PX: Final = 150
MOST_PX: Final = 220


class SignerRow(QWidget):
    """One member of the team: who, in which role, and how far he is."""

    unlock = Signal(str, str)  # person, passphrase
    menu = Signal(str, object)  # person, where
    reasoned = Signal(str, str)

    def __init__(self, member: Member) -> None:
        super().__init__()
        self.member = member
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._icon = Icon("circle", px=20, token="faint")
        row.addWidget(self._icon)
        roles = [say("sign-leader")] if member.leader else []
        roles += [say("sign-recorder")] if member.recorder else []
        who = QVBoxLayout()
        who.setSpacing(0)
        name = ElidedLabel(member.name, role="item")
        name.setMinimumWidth(theme.look.px(NAME_PX))
        who.addWidget(name)
        about = say("ui-dot").join(one for one in (say("ui-list").join(roles), member.organisation) if one)
        who.addWidget(ElidedLabel(about, role="hint", tone="muted"))
        row.addLayout(who, 1)
        self._state = Label(role="second", tone="muted")
        row.addWidget(self._state)
        self.passphrase = PassphraseField(name=say("sign-passphrase-of", name=member.name))
        self.passphrase.setMinimumWidth(theme.look.px(FIELD_PX))
        self.passphrase.setMaximumWidth(theme.look.px(MOST_PX))
        self.passphrase.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.passphrase.entered.connect(self._entered)
        self.passphrase.typed.connect(self._typed)
        row.addWidget(self.passphrase)
        self.open = IconButton(
            "lock-open", say("sign-unlock-of", name=member.name), key="Enter", tone="accent"
        )
        self.open.clicked.connect(self._entered)
        self.open.hide()  # until there is a passphrase to try
        row.addWidget(self.open)
        self.reason = TextLine(member.reason, name=say("sign-none-reason"), placeholder=say("sign-none-hint"))
        self.reason.settled.connect(partial(self.reasoned.emit, member.person))
        row.addWidget(self.reason)
        self.more = IconButton("dots", say("sign-member-more", name=member.name))
        self.more.clicked.connect(self._more)
        row.addWidget(self.more)
        column.addLayout(row)
        self._asked = Label(role="second", tone="bad", wrap=True)
        self._asked.hide()
        column.addWidget(self._asked)

    def show_state(self, *, signed: bool, unlocked: bool, key_here: bool, frozen: bool, busy: bool) -> None:
        """How far this member is."""
        by_key = self.member.signs is Signs.CERTIFICATE
        wanted = by_key and not signed and not unlocked and key_here
        self.passphrase.setVisible(wanted)
        self.passphrase.setEnabled(not busy)
        self.open.setVisible(wanted and bool(self.passphrase.passphrase()))
        self.open.setEnabled(not busy)
        self.reason.setVisible(self.member.signs is Signs.NONE)
        self.reason.setEnabled(not frozen)
        self.more.setVisible(not frozen)
        text, icon, token = {
            Signs.HAND: (say("sign-by-hand"), "writing", "muted"),
            Signs.NONE: (say("sign-none"), "circle-minus", "muted"),
        }.get(self.member.signs, ("", "circle", "faint"))
        if signed:
            text, icon, token = say("sign-signed"), "circle-check", "ok"
        elif unlocked:
            text, icon, token = say("sign-unlocked"), "circle-check", "ok"
        elif by_key and not key_here:
            text, icon, token = say("sign-key-elsewhere"), "key", "warn"
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._state.tone(token)
        self._icon.show_icon(icon, token)

    def ask(self, text: str) -> None:
        """What was wrong with the passphrase; an empty text takes it away."""
        self._asked.setText(text)
        self._asked.setVisible(bool(text))
        if text:
            self.passphrase.clear()
            self.passphrase.setFocus()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What Tab reaches, in order."""
        return (self.passphrase.line, self.open, self.reason, self.more)

    def _typed(self) -> None:
        self.ask("")
        self.open.setVisible(bool(self.passphrase.passphrase()))

    def _entered(self) -> None:
        if passphrase := self.passphrase.passphrase():
            self.unlock.emit(self.member.person, passphrase)

    def _more(self) -> None:
        self.menu.emit(self.member.person, self.more.mapToGlobal(QPoint(0, self.more.height())))


class InspectorsCard(Card):
    """The team. `unlock` asks for a key to be opened, `team` says that the team changed."""

    unlock = Signal(str, str)
    team = Signal(object)  # Team
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(say("sign-inspectors"), note=say("sign-inspectors-note"))
        self._rows: dict[str, SignerRow] = {}
        self._members: tuple[Member, ...] = ()
        self._team = Team()
        self._name = TextLine(name=say("sign-team-name"), placeholder=say("sign-team-name-hint"))
        self._name.settled.connect(self._named)
        self._named_field = Field(say("sign-team-name"), self._name)
        self.add(self._named_field)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(6)
        self.body.addLayout(self._holder)
        self._add = Button(say("sign-add"), icon="user-plus", kind="ghost", flush=True)
        self._add.clicked.connect(self.more_wanted)
        self.body.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_team(
        self, state: Standing, team: Team, unlocked: Collection[str], busy: str, *, nameless: bool
    ) -> None:
        """The members as they stand; `busy` is the person whose key is being opened."""
        members = state.prepared.content.members
        self._team = team
        if members != self._members:
            self._members = members
            self._make(members)
        for person, row in self._rows.items():
            row.show_state(
                signed=person in state.signed,
                unlocked=person in unlocked,
                key_here=person in state.keys,
                frozen=state.frozen,
                busy=bool(busy),
            )
        self._add.setVisible(not state.frozen)
        self._named_field.setVisible(nameless or self._name.hasFocus())
        self._name.show_text(team.name)

    def row(self, person: str) -> SignerRow | None:
        """The row of a member."""
        return self._rows.get(person)

    def ask_back(self) -> None:
        """The focus to the first who has not opened his key."""
        if self._named_field.isVisible() and not self._name.text().strip():
            self._name.setFocus()
            return
        for row in self._rows.values():
            if row.passphrase.isVisible():
                row.passphrase.setFocus()
                return
        self._add.setFocus()

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
        for member in members:
            row = SignerRow(member)
            row.unlock.connect(self.unlock)
            row.menu.connect(self._pop)
            row.reasoned.connect(self._reason)
            self._rows[member.person] = row
            self._holder.addWidget(row)
        before: QWidget | None = None
        for row in self._rows.values():  # made later than the button, and read before it
            for after in row.parts:
                if before is not None:
                    QWidget.setTabOrder(before, after)
                before = after
        if before is not None:
            QWidget.setTabOrder(before, self._add)

    def _pop(self, person: str, at: QPoint) -> None:
        joined = next((one for one in self._team.members if one.person == person), None)
        if joined is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for signs, key in (
            (Signs.CERTIFICATE, "sign-how-certificate"),
            (Signs.HAND, "sign-how-hand"),
            (Signs.NONE, "sign-how-none"),
        ):
            action = self._action(menu, say(key), partial(self._how, person, signs))
            action.setCheckable(True)
            action.setChecked(joined.signs is signs)
        menu.addSeparator()
        self._action(menu, say("sign-make-leader"), partial(self._lead, person, "leader"))
        self._action(menu, say("sign-make-recorder"), partial(self._lead, person, "recorder"))
        menu.addSeparator()
        self._action(menu, say("sign-remove"), partial(self._remove, person))
        menu.popup(at)

    def _action(self, menu: QMenu, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    def _how(self, person: str, signs: Signs) -> None:
        self._put(person, partial(replace, signs=signs, reason=""))

    def _reason(self, person: str, reason: str) -> None:
        self._put(person, partial(replace, reason=reason.strip()))

    def _put(self, person: str, change: Callable[[Joined], Joined]) -> None:
        members = tuple(change(one) if one.person == person else one for one in self._team.members)
        self.team.emit(replace(self._team, members=members))

    def _lead(self, person: str, role: str) -> None:
        self.team.emit(replace(self._team, **{role: person}))

    def _remove(self, person: str) -> None:
        members = tuple(one for one in self._team.members if one.person != person)
        leader = "" if self._team.leader == person else self._team.leader
        recorder = "" if self._team.recorder == person else self._team.recorder
        self.team.emit(replace(self._team, members=members, leader=leader, recorder=recorder))

    def _named(self, name: str) -> None:
        self.team.emit(replace(self._team, name=name.strip()))
