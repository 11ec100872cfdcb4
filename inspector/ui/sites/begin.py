"""How a visit begins: category, mandate and team, asked once and remembered."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.category import CategoryRules
from inspector.model.draft import Joined, Team
from inspector.model.inspection import Mandate
from inspector.model.person import Person
from inspector.model.words import Category, Needed, word
from inspector.services import chosen, drafts, forms, people, site_list
from inspector.services.chosen import Visit
from inspector.services.site_list import Page
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place, Screen
from inspector.ui.sites.late import LATE, LateCard
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Choice, Segments, Tick, primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.page import MARGIN_PX, PageHead, spare_px
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.words import days_ago, site_note

COLUMN_PX = 420


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen begins with."""

    page: Page
    visit: Visit
    people: list[Person]
    rules: dict[Category, CategoryRules]


class BeginScreen(Screen):
    """One page: what is known is filled in, so that Ctrl Enter is enough from the second time on."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("begin-title"))
        self._asked: Asked | None = None
        self._members: dict[str, _Member] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled)
        self._body = body = scrolled.body
        self.start = primary(say("begin-start"), icon="player-play", key="Ctrl Enter", big=True)
        self.start.clicked.connect(self._start)
        self._head = PageHead("", KeyCap("Ctrl Enter"), self.start, back=self.back)
        body.addLayout(self._head)
        body.addWidget(self.strip)
        self._category = Segments(
            [(one, word(one)) for one in Category],
            name=say("begin-category"),
        )
        self._category.chosen.connect(self._fit)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(say("begin-category"), tone="muted"))
        row.addWidget(self._category)
        row.addSpacing(12)
        self.late = LateCard(desk.now)
        row.addWidget(self.late.asked)
        row.addStretch(1)
        body.addLayout(row)
        body.addWidget(self.late)
        self.late.asked.setChecked(place.spot == LATE)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._make_mandate(), 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self._make_team(), 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(columns)
        body.addStretch(1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._body.setContentsMargins(MARGIN_PX, 16, spare_px(self), 24)

    def refresh(self) -> None:
        now = self.desk.now()
        self.desk.lanes.read.ask(
            self,
            partial(_read, self.desk.workspace, self.place.which, now),
            done=self._show,
            failed=self.strip.show_error,
        )

    def _make_mandate(self) -> Card:
        self._mandate = Card(say("begin-mandate"), note=say("begin-mandate-note"))
        self._issuer = TextLine(name=say("begin-issuer"))
        self._title = TextLine(name=say("begin-mandate-title"))
        self._number = TextLine(name=say("begin-mandate-number"))
        self._date = TextLine(name=say("begin-mandate-date"), placeholder=say("begin-date-hint"))
        self._asks = {
            "issuer": Field(say("begin-issuer"), self._issuer, hint=say("begin-issuer-hint")),
            "title": Field(say("begin-mandate-title"), self._title),
            "number": Field(say("begin-mandate-number"), self._number),
            "date": Field(say("begin-mandate-date"), self._date, hint=say("ui-optional")),
        }
        for field in self._asks.values():
            self._mandate.add(field)
        return self._mandate

    def _make_team(self) -> Card:
        card = Card(say("begin-team"))
        self._team = TextLine(name=say("begin-team-name"), placeholder=say("begin-team-hint"))
        self._asks["team"] = Field(say("begin-team-name"), self._team)
        card.add(self._asks["team"])
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        holder = QWidget()
        holder.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._asks["members"] = Field(say("begin-members"), holder, hint=say("begin-members-hint"))
        card.add(self._asks["members"])
        add = Button(say("begin-add-person"), icon="user-plus", kind="link")
        add.clicked.connect(partial(self.go.emit, Place("people", spot="new")))
        card.body.addWidget(add, alignment=Qt.AlignmentFlag.AlignLeft)
        return card

    def _show(self, asked: Asked) -> None:
        self._asked = asked
        page, visit = asked.page, asked.visit
        self._head.title.setText(page.site.name)
        seen = say("site-never")
        if page.visits:
            who = say("ui-list").join(page.seen_by)
            ago = days_ago(page.visits[0].begin, self.desk.now())
            seen = say("begin-seen", ago=ago, who=who)
        self._head.about.setText(site_note(page.kind, page.site.code, seen))
        self._category.choose(visit.category)
        mandate = visit.mandate or Mandate(issuer="")
        self._issuer.show_text(mandate.issuer)
        self._title.show_text(mandate.title)
        self._number.show_text(mandate.number)
        self._date.show_text(mandate.date)
        self._team.show_text(visit.team.name)
        self._show_people(asked.people, visit.team)
        self._fit(visit.category)
        (self.late.begin if self.late.asked.isChecked() else self.start).setFocus()

    def _show_people(self, known: list[Person], team: Team) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item and (widget := item.widget()):
                widget.deleteLater()
        self._members = {}
        joined = {one.person for one in team.members}
        for row, person in enumerate(known):
            member = _Member(person)
            member.joins.setChecked(person.id in joined or (not joined and row < 2))
            member.leads.setChecked(person.id == team.leader or (not team.leader and row == 0))
            member.records.setChecked(
                person.id == team.recorder or (not team.recorder and row == min(1, len(known) - 1))
            )
            self._members[person.id] = member
            for column, widget in enumerate((member.joins, member.leads_holder, member.records_holder)):
                self._grid.addWidget(widget, row, column)
            member.leads.toggled.connect(partial(self._only, person.id, "leads"))
            member.records.toggled.connect(partial(self._only, person.id, "records"))
        self._grid.setColumnStretch(0, 1)

    def _only(self, person: str, what: str, on: bool) -> None:
        """One leader, one recorder; both join."""
        if not on:
            return
        for other, member in self._members.items():
            button = member.leads if what == "leads" else member.records
            if other != person:
                button.setChecked(False)
            else:
                member.joins.setChecked(True)

    def _fit(self, category: object) -> None:
        rules = self._asked.rules[Category(str(category))] if self._asked else None
        self._mandate.setVisible(rules is not None and Needed.MANDATE in rules.required)

    def _visit(self) -> Visit:
        category = Category(str(self._category.value))
        joined = [person for person, member in self._members.items() if member.joins.isChecked()]
        leader = next((one for one in joined if self._members[one].leads.isChecked()), "")
        recorder = next((one for one in joined if self._members[one].records.isChecked()), "")
        mandate = None
        if not self._mandate.isHidden():
            mandate = Mandate(
                issuer=self._issuer.text().strip(),
                title=self._title.text().strip(),
                number=self._number.text().strip(),
                date=self._date.text().strip(),
            )
        team = Team(
            name=self._team.text().strip(),
            leader=leader,
            recorder=recorder,
            members=tuple(Joined(person=one) for one in joined),
        )
        return Visit(category=category, mandate=mandate, team=team)

    def _start(self) -> None:
        if self._asked is None or not self.start.isEnabled():
            return
        for line in (self._issuer, self._title, self._number, self._date, self._team):
            line.commit()
        visit = self._visit()
        self._asks["members"].ask("" if visit.team.members else say("begin-nobody"))
        if not visit.team.members:
            return
        times = self.late.times()
        if times is None:
            return
        self.start.setEnabled(False)
        self.desk.lanes.save.ask(
            self,
            partial(_begin, self.desk.workspace, self.place.which, visit, *times),
            done=self._begun,
            failed=self._refused,
        )

    def _begun(self, draft: str) -> None:
        self.changed.emit()
        self.go.emit(Place("inspect", which=draft))

    def _refused(self, error: BaseException) -> None:
        self.start.setEnabled(True)
        self.strip.show_error(error)


class _Member:
    """One person of the list: joins, leads, records."""

    def __init__(self, person: Person) -> None:
        self.joins = Tick(say("begin-member", name=person.name, organisation=person.organisation))
        self.joins.setMaximumWidth(theme.look.px(COLUMN_PX))
        self.leads_holder, self.leads = _held(say("begin-leader"), person)
        self.records_holder, self.records = _held(say("begin-recorder"), person)


def _held(text: str, person: Person) -> tuple[QWidget, Choice]:
    """A choice of its own: those of one parent would exclude each other."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    choice = Choice(text, holder)
    choice.setAccessibleDescription(person.name)
    choice.setAutoExclusive(False)
    row.addWidget(choice)
    return holder, choice


def _read(workspace: Workspace, site: str, now: datetime) -> Asked:
    return Asked(
        page=site_list.page(workspace, site, now=now),
        visit=chosen.visit(workspace),
        people=people.every(workspace),
        rules={one: forms.category(workspace, one) for one in Category},
    )


def _begin(workspace: Workspace, site: str, visit: Visit, began: datetime, ended: datetime | None) -> str:
    """`ended` is there if the visit was made earlier (补录)."""
    chosen.keep_visit(workspace, visit)
    return drafts.start(
        workspace,
        site=site,
        category=visit.category,
        mandate=visit.mandate,
        team=visit.team,
        now=began,
        end=drafts.stamp(ended) if ended else "",
        late=ended is not None,
    )
