"""What one site is: pictures, the one button, who answers for it, its scores, what is open."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.services.site_list import OpenFinding, Page, Visit
from inspector.text import say
from inspector.ui import icons
from inspector.ui.pictures import Pictures
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.frames import EmptyState, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel, Label, Line
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import days_ago, due_words, short_day, site_note

MOST_VISITS = 5


class SitePanel(QFrame):
    """The detail column of a site."""

    begin = Signal(str)  # the site
    proceed = Signal(str)  # its open draft
    plan = Signal(str)
    finding = Signal(str)
    history = Signal(str)
    change_team = Signal(str)
    late = Signal(str)
    change_site = Signal(str)
    own_workspace = Signal()
    closed = Signal()

    def __init__(self, pictures: Pictures, *, example: bool) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._page: Page | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scrolled = Scrolled(margins=(20, 18, 20, 20), spacing=10)
        outer.addWidget(self._scrolled)
        self._empty = EmptyState("map-pin", say("site-none"), say("site-none-next"))
        outer.addWidget(self._empty)
        body = self._scrolled.body
        head = QHBoxLayout()
        head.setSpacing(12)
        self._back = Button(say("ui-back"), icon="chevron-left", kind="ghost")
        self._back.clicked.connect(self.closed)
        self._back.hide()
        head.addWidget(self._back)
        self._icon = Icon("map-pin", px=24, token="accent")
        head.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name = Label(role="section", bold=True, wrap=True)
        self._note = ElidedLabel(role="second", tone="muted")
        names.addWidget(self._name)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        edit = Button(say("site-change"), icon="pencil", kind="ghost", flush=True)
        edit.clicked.connect(self._change_site)
        head.addWidget(edit)
        body.addLayout(head)
        self._photos = QHBoxLayout()
        self._photos.setSpacing(8)
        self._tiles = [PhotoTile(say("site-photo"), size=QSize(186, 118)) for _ in range(2)]
        for tile in self._tiles:
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._photos.addWidget(tile)
        body.addLayout(self._photos)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.start = primary(say("site-begin"), icon="player-play")
        self.start.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start.clicked.connect(self._begin)
        self.add = Button(say("site-plan"), icon="calendar-plus", key="Ctrl Enter")
        self.add.setToolTip(f"{say('site-plan')}  Ctrl Enter")
        self.add.clicked.connect(self._plan)
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.add)
        body.addLayout(buttons)
        team = QHBoxLayout()
        self._team = ElidedLabel(role="second", tone="muted")
        change = Button(say("site-change-team"), kind="link")
        change.clicked.connect(self._change_team)
        team.addWidget(self._team, 1)
        team.addWidget(change)
        late = Button(say("site-late"), kind="link")
        late.clicked.connect(self._enter_late)
        team.addWidget(late)
        body.addLayout(team)
        self._seen_by = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._seen_by)
        if example:
            own = Button(say("site-example"), icon="alert-triangle", kind="ghost", tone="warn", flush=True)
            own.clicked.connect(self.own_workspace)
            body.addWidget(own, alignment=Qt.AlignmentFlag.AlignLeft)
        self._facts = QVBoxLayout()
        body.addLayout(self._facts)
        self._line = Line()
        body.addWidget(self._line)
        self._score_title = Label(say("site-scores"), role="second", tone="muted", bold=True)
        body.addWidget(self._score_title)
        self._scores = ScoreLine()
        body.addWidget(self._scores)
        open_head = QHBoxLayout()
        open_head.setSpacing(8)
        self._open_title = Label(say("site-open-title"), role="second", tone="muted", bold=True)
        self._open_count = Label(role="second", tone="bad", bold=True)
        open_head.addWidget(self._open_title)
        open_head.addWidget(self._open_count)
        open_head.addStretch(1)
        self._history = Button(say("site-history"), kind="link")
        self._history.clicked.connect(self._show_history)
        open_head.addWidget(self._history)
        body.addLayout(open_head)
        self._open = RowList(name=say("site-open-title"), picture=self._image, fitted=True)
        self._open.opened.connect(self.finding)
        body.addWidget(self._open)
        body.addStretch(1)
        self._scrolled.hide()

    def fold(self, alone: bool) -> None:
        """`alone`: it covers the list, and has a way back to it."""
        self._back.setVisible(alone)

    def show_team(self, text: str) -> None:
        """With whom the visit would begin."""
        self._team.setText(text)

    def show_page(self, page: Page, now: datetime) -> None:
        """A site. Until one is chosen, the column says so."""
        self._page = page
        self._scrolled.show()
        self._empty.hide()
        site = page.site
        self._icon.show_icon(icons.site_icon(site.kind))
        self._name.setText(site.name)
        self._note.setText(site_note(page.kind, site.code, page.street))
        self.start.say(say("site-continue") if page.draft else say("site-begin"))
        self.start.setAccessibleDescription(site.name)
        for tile, photo in zip(self._tiles, (*page.photos, "", ""), strict=False):
            tile.setVisible(bool(photo))
            tile.show_image(self._image(photo) if photo else None)
        if page.visits:
            last = page.visits[0]
            who = say("ui-list").join(page.seen_by)
            self._seen_by.setText(
                say("site-seen-by", ago=days_ago(last.begin, now), day=short_day(last.begin), who=who)
            )
        else:
            self._seen_by.setText(say("site-never"))
        self._show_facts(page)
        scored = [visit for visit in page.visits if visit.score is not None]
        for widget in (self._line, self._score_title, self._scores):
            widget.setVisible(bool(scored))
        self._scores.show_visits(tuple(reversed(scored[:MOST_VISITS])))
        self._open_count.setText(str(len(page.open_findings)) if page.open_findings else "")
        self._open_title.setVisible(bool(page.open_findings))
        self._history.setVisible(bool(page.visits))
        self._open.setVisible(bool(page.open_findings))
        self._open.show_rows([_finding_row(one) for one in page.open_findings])

    def _show_facts(self, page: Page) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        site = page.site
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(6)
        for word, text in (
            ("site-address", site.address),
            ("site-lead", page.lead_unit or say("site-no-lead")),
            ("site-helping", say("ui-list").join(page.helping_units)),
            ("site-grid", site_note(site.grid, site.position)),
            ("site-also", say("ui-list").join(site.aliases)),
            ("site-remark", site.note),
            ("site-changed", _change_words(page)),
        ):
            if text:
                label = Label(text, wrap=True)
                label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
                form.addRow(Label(say(word), role="second", tone="muted"), label)
        self._facts.addWidget(holder)

    def _image(self, photo: str) -> QImage | None:
        return self._pictures.image(photo)

    def _arrived(self, photo: str) -> None:
        if self._page is None:
            return
        for tile, shown in zip(self._tiles, self._page.photos, strict=False):
            if shown == photo:
                tile.show_image(self._pictures.image(photo))
        self._open.show_picture(photo)

    def _begin(self) -> None:
        if self._page is None:
            return
        if self._page.draft:
            self.proceed.emit(self._page.draft)
        else:
            self.begin.emit(self._page.site.id)

    def _plan(self) -> None:
        if self._page is not None:
            self.plan.emit(self._page.site.id)

    def _change_team(self) -> None:
        if self._page is not None:
            self.change_team.emit(self._page.site.id)

    def _enter_late(self) -> None:
        if self._page is not None:
            self.late.emit(self._page.site.id)

    def _change_site(self) -> None:
        if self._page is not None:
            self.change_site.emit(self._page.site.id)

    def _show_history(self) -> None:
        if self._page is not None:
            self.history.emit(self._page.site.id)


def _change_words(page: Page) -> str:
    """When somebody last changed what is known of the site, and why."""
    last = page.changes[0] if page.changes else None
    return say("site-changed-why", day=short_day(last.at), reason=last.reason) if last else ""


def _finding_row(one: OpenFinding) -> Row:
    found = one.finding
    facts: tuple[Fact, ...] = ()
    if one.left is not None:
        text, tone = due_words(one.left)
        facts = (Fact(text, tone=tone, badge=True),)
    return Row(
        key=found.id,
        title=say("site-finding", item=found.item, text=found.description),
        note=site_note(one.lead_unit, say("ui-times", n=one.times) if one.times > 1 else ""),
        icon="" if one.photo else "flag",
        photo=one.photo,
        facts=facts,
    )


class ScoreLine(Painted):
    """The scores of the last visits, each with its number and month. Nothing is told by the line alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits: tuple[Visit, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_visits(self, visits: tuple[Visit, ...]) -> None:
        self._visits = visits
        said = (f"{short_day(one.begin)} {(one.score or 0) / 10:.1f}" for one in visits)
        self.setAccessibleName(say("ui-list").join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if len(self._visits) == 1:  # no line yet: one number stands like the facts above
            return QSize(200, round(theme.look.font_px("body") * 1.448) + 4)
        return QSize(200, 92)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._visits:
            return
        painter = antialiased(self)
        if len(self._visits) == 1:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.accessibleName())
            return
        painter.setFont(theme.font("hint"))
        small = painter.fontMetrics().height()
        top, bottom = small + 10, self.height() - small - 12
        scores = [(one.score or 0) / 10 for one in self._visits]
        low, high = min(scores) - 2, max(scores) + 2
        wide = self.width() - 48
        step = wide / (len(scores) - 1)
        points = [
            QPointF(24 + n * step, bottom - (score - low) / (high - low) * (bottom - top))
            for n, score in enumerate(scores)
        ]
        painter.setPen(pen("accent", 2))
        painter.drawPolyline(points)
        for point, score, visit in zip(points, scores, self._visits, strict=True):
            painter.setPen(pen("accent", 2))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(point, 4, 4)
            painter.setPen(theme.color("text"))
            box = QRectF(point.x() - 40, point.y() - small - 8, 80, small)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{score:.1f}")
            painter.setPen(theme.color("muted"))
            box = QRectF(point.x() - 40, self.height() - small - 2, 80, small)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short_day(visit.begin))
