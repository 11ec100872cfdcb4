"""The column of the list: views and chips, saved filters, the rows under their headings, and the list as a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from inspector.model import search
from inspector.services import finding_list
from inspector.services.filters import Filter
from inspector.services.finding_list import Group, Listed, Narrowed, Overview, Wanted
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.narrowing import ALL, OPEN, Asked, Narrowing, asked_of
from inspector.ui.findings.rows import FindingList
from inspector.ui.findings.saved import SavedFilters
from inspector.ui.findings.words import row
from inspector.ui.findings.writing import write
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button, Chip, IconButton
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.row import Heading

FIRST: Final = 60  # more than any window shows
HEADING_TONES: Final = {Group.LATE: "bad", Group.TODAY: "warn"}
MOST_AT_ONCE: Final = 10_000  # narrowed in 10 ms; longer lists on a lane


class ListColumn(QFrame):
    """`none` when nothing is listed, `archived` asks for the export of a case, `viewed` says which view is shown."""

    none = Signal()
    archived = Signal()
    viewed = Signal(str)
    told = Signal(object)  # Told
    failed = Signal(object)

    def __init__(self, desk: Desk, pictures: Pictures, strip: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self._desk, self._pictures, self._strip = desk, pictures, strip
        self.must = ""  # the finding that was asked for: nothing may hide it
        self._listed: tuple[Listed, ...] = ()
        self._wanted = Wanted()
        self._has_closed = False
        self._soon_estimated = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.several = Chip(say("findings-several"))
        self.register = Button(say("findings-register"), icon="table-export")
        self.reinspect = Button(say("findings-reinspect"), icon="checks")
        self.more = IconButton("dots", say("findings-more-of-list"))
        self.more.clicked.connect(self._offer)
        self.head = PageHead(say("nav-findings"), self.several, self.register, self.reinspect, self.more)
        column.addLayout(self.head)
        column.addWidget(strip)
        self.search = SearchField(name=say("findings-search"), placeholder=say("findings-search-hint"))
        self.search.typed.connect(self._filter)
        self.narrowing = Narrowing()
        across = QHBoxLayout()
        across.setSpacing(4)
        for widget in (self.search, self.narrowing.more, self.narrowing.saved):
            across.addWidget(widget)
        column.addLayout(across)
        self.narrowing.changed.connect(self._narrowed)
        self.narrowing.teams_wanted.connect(self._read_teams)
        self.saved = SavedFilters(desk)
        self.saved.applied.connect(self._apply)
        self.saved.kept.connect(self._keep_filter)
        self.saved.told.connect(self.told)
        self.saved.closed.connect(self._shut_saved)
        self.narrowing.kept.connect(self.saved.open)
        column.addWidget(self.narrowing)
        self.saved.hide()
        column.addWidget(self.saved)
        self.list = FindingList(name=say("nav-findings"), make=row, picture=pictures.image)
        pictures.arrived.connect(self.list.show_picture)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        all_ = Button(say("findings-show-all"))
        all_.clicked.connect(self._show_all)
        self._empty = EmptyState("flag-off", say("findings-empty"), say("findings-empty-next"), [all_])
        column.addWidget(self._empty, 1)
        self._show_only(self._skeleton)

    def refresh(self) -> None:
        """Read again what is listed."""
        self._skeleton.start()
        if self._listed or self.must or self.narrowing.asked != Asked():
            self._read(closed=self.narrowing.asked.needs_closed)
            return
        self._desk.lanes.read.ask(
            self,
            partial(finding_list.first, self._desk.workspace, now=self._desk.now(), most=FIRST),
            done=self._show_first,
            failed=self._not_read,
        )

    def read_again(self) -> None:
        """Something changed: the same list, without a skeleton."""
        self._read(closed=self._has_closed)

    def chosen(self) -> tuple[str, ...]:
        """The findings that are chosen, if there are several."""
        return self.list.chosen_ids() if self.list.chosen_count() > 1 else ()

    def go_to(self, finding: str) -> None:
        """A finding, wherever it is in the list."""
        if self.list.rows.place(finding).isValid():
            self.list.go_to(finding)
        else:
            self.must = finding
            self._show_all()

    # ── showing

    def _read(self, *, closed: bool) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(finding_list.overview, self._desk.workspace, now=self._desk.now(), closed=closed),
            done=partial(self._show, closed),
            failed=self._not_read,
        )

    def _show_first(self, listed: tuple[Listed, ...]) -> None:
        """The most urgent ones, until all are read and counted."""
        if listed and not self._listed:
            self._show_only(self.list)
            self.list.show_findings(listed, {})
            self.list.setCurrentIndex(self.list.rows.index(0))  # its page is read before the long list
        self._read(closed=self.narrowing.asked.needs_closed)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.failed.emit(error)

    def _show(self, closed: bool, seen: Overview) -> None:
        self._skeleton.stop()
        self._listed, self._has_closed, self._soon_estimated = seen.listed, closed, seen.soon_estimated
        self.narrowing.listed = seen.listed
        if self.must and not closed and all(one.id != self.must for one in seen.listed):
            self.narrowing.take(Asked(view=ALL))  # it is closed: the list that holds it is the whole one
            return
        late, today = (seen.groups.get(group, 0) for group in (Group.LATE, Group.TODAY))
        open_ = f"{len(seen.listed) - seen.groups.get(Group.CLOSED, 0):,}"
        self.head.about.setText(say("findings-sum", open=open_, late=late, today=today))
        self.narrowing.count(open_=open_, due=late + today, reported=seen.reported)
        self._filter()

    def _narrowed(self) -> None:
        """The chips want something else; what is closed may have to be read first."""
        self.viewed.emit(self.narrowing.asked.view)
        asked = self.narrowing.asked
        if asked.team and not self.narrowing.teams:
            self._read_teams()
        elif asked.needs_closed and not self._has_closed:
            self._read(closed=True)
        else:
            self._filter()

    def _filter(self, _: object = None) -> None:
        wanted = self.narrowing.asked.wanted(
            search.words(self.search.text()),
            today=self._desk.now().date().isoformat(),
            teams=self.narrowing.teams,
        )
        self._wanted = wanted
        if len(self._listed) <= MOST_AT_ONCE:
            self._show_narrowed(wanted, finding_list.narrowed(self._listed, wanted))
        else:
            self._desk.lanes.read.ask(
                self,
                partial(finding_list.narrowed, self._listed, wanted),
                done=partial(self._show_narrowed, wanted),
                failed=self.failed.emit,
            )

    def _show_narrowed(self, wanted: Wanted, found: Narrowed) -> None:
        if wanted != self._wanted:
            return  # another key was pressed meanwhile
        narrow = bool(wanted.query) or self.narrowing.asked.narrow
        self.search.show_count(say("findings-count", count=f"{len(found.listed):,}") if narrow else "")
        if self.must and narrow and all(one.id != self.must for one in found.listed):
            self._widen()  # it was asked for by its id: nothing may hide it
            return
        kept, chosen = self.list.current(), self.chosen()
        headings = _headings(found, by_unit=wanted.by_unit, estimated=self._soon_estimated)
        self.list.show_findings(found.listed, headings)
        if not found.listed:
            self._say_none(narrow)
            return
        self._show_only(self.list)
        if self.must:
            self.list.go_to(self.must)
            self.must = ""
        elif not self.list.rows.place(kept).isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        if chosen:
            self.list.choose(chosen)

    def _say_none(self, narrowed: bool) -> None:
        self.none.emit()
        if narrowed or self._listed:
            self._empty.tell(say("findings-narrow"), say("findings-narrow-next"), icon="flag-off")
        else:
            self._empty.tell(say("findings-empty"), say("findings-empty-next"), icon="flag-off")
        self._show_only(self._empty)

    def _show_only(self, shown: object) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    def _show_all(self) -> None:
        """Nothing narrowed, the closed ones among them."""
        self._widen(ALL)

    def _widen(self, view: str = "") -> None:
        if self.search.text():
            self.search.line.clear()
        self.narrowing.take(Asked(view=view or (ALL if self._has_closed else OPEN)))

    # ── filters and files

    def _read_teams(self) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(finding_list.teams, self._desk.workspace),
            done=self._show_teams,
            failed=self.failed.emit,
        )

    def _show_teams(self, teams: Mapping[str, str]) -> None:
        if self.narrowing.asked.team:
            self.narrowing.teams = teams
            self._narrowed()
        else:
            self.narrowing.show_teams(teams)

    def _shut_saved(self) -> None:
        self.saved.hide()
        self.narrowing.saved.setFocus()

    def _apply(self, saved: Filter) -> None:
        self.saved.hide()
        self.search.line.clear()
        self.narrowing.take(asked_of(saved))
        self.list.setFocus()

    def _keep_filter(self, name: str) -> None:
        self.saved.store(name, self.narrowing.asked.filter())

    def _offer(self) -> QMenu:
        """What else the whole list is good for."""
        menu = QMenu(self)
        menu.setAccessibleName(say("findings-more-of-list"))
        menu.addAction(say("findings-write")).triggered.connect(self._ask_file)
        menu.addAction(say("findings-case")).triggered.connect(self._archive)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        return menu

    def _archive(self, _checked: bool = False) -> None:
        self.archived.emit()

    def _ask_file(self, _checked: bool = False) -> None:
        self.ask_file()

    def ask_file(self) -> None:
        """Where the list goes, as XLSX or CSV."""
        name = say("findings-write-name", day=f"{self._desk.now():%Y%m%d}")
        file, _ = QFileDialog.getSaveFileName(self, say("findings-write"), name, say("findings-write-files"))
        if file:
            self.write_to(Path(file))

    def write_to(self, file: Path) -> None:
        """Write what is listed, or what is chosen of it, into a file by its ending."""
        chosen = frozenset(self.chosen())
        listed = [one for one in self.list.findings.listed if not chosen or one.id in chosen]
        self._desk.lanes.paper.ask(
            self,
            partial(write, file, listed),
            done=partial(self._written, file),
            failed=self.failed.emit,
        )

    def _written(self, file: Path, count: int) -> None:
        text = say("findings-written", count=count, file=file.name)
        self.told.emit(Told(text, icon="table-export"))


def _headings(found: Narrowed, *, by_unit: bool, estimated: bool) -> dict[int, Heading]:
    """What stands above the first row of each group, or of each unit, with how many there are."""
    headings = {}
    for at, count in found.begins:
        one = found.listed[at]
        name = say(f"findings-group-{one.group.value.replace('_', '-')}")
        if one.group is Group.SOON and estimated:
            name = say("findings-left-estimated", left=name)
        if by_unit:
            name = one.unit or say("findings-group-unit-none")
        headings[at] = Heading(
            say("findings-group", name=name, count=count), HEADING_TONES.get(one.group, "muted")
        )
    return headings
