"""给对方看: what was found, by when, whom to ask, and the code, large enough to be photographed by a phone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from inspector.model.inspection import Content, Found, TimeLimit
from inspector.services import standing
from inspector.services.standing import Standing
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import TopBar
from inspector.ui.widgets.buttons import primary
from inspector.ui.widgets.dress import Painted, antialiased
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Label, Line
from inspector.ui.words import clock_words, score_words, short_day

QUIET_MODULES = 4  # ISO/IEC 18004: the white edge that a reader needs
CODE_PX = 264


class Code(Painted):
    """A QR code, drawn in whole modules, on a square of `px`."""

    def __init__(self, px: int = CODE_PX) -> None:
        super().__init__()
        self._px = px
        self._rows: tuple[tuple[int, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """What it says."""
        import segno

        matrix = segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8").matrix
        self._rows = tuple(tuple(row) for row in matrix)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.look.px(self._px), theme.look.px(self._px))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        painter.fillRect(self.rect(), theme.color("paper"))
        if not self._rows:
            return
        module = self.width() // (len(self._rows) + 2 * QUIET_MODULES)
        edge = (self.width() - module * len(self._rows)) / 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        QRectF(edge + x * module, edge + y * module, module, module), theme.color("plate")
                    )


class CounterpartShowScreen(Screen):
    """Full screen. That it was shown is recorded once it stands there."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("show-title"))
        self._before: Qt.WindowState | None = None  # of the window, to go back to
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.top = TopBar(say("show-title"))
        self.top.back.connect(self.back)
        self._done = primary(say("show-done"), icon="check", key="Enter")
        self._done.clicked.connect(self.back)
        self.top.right.addWidget(self._done)
        outer.addWidget(self.top)
        outer.addWidget(self.strip)
        scrolled = Scrolled(margins=(48, 24, 48, 32), spacing=12)
        outer.addWidget(scrolled, 1)
        self._body = scrolled.body
        self._bar = scrolled.verticalScrollBar()
        head = QHBoxLayout()
        head.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._site = Label(role="shown", bold=True, wrap=True)
        self._about = Label(role="page", tone="muted", wrap=True)
        self._sum = Label(role="shown", bold=True, wrap=True)
        for label in (self._site, self._about, self._sum):
            words.addWidget(label)
        words.addStretch(1)
        head.addLayout(words, 1)
        self.code = Code()
        head.addWidget(self.code, alignment=Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(head)
        self._found = QVBoxLayout()
        self._found.setSpacing(12)
        self._body.addLayout(self._found)
        self._body.addWidget(Line())
        self._contact = Label(role="shown", wrap=True)
        self._body.addWidget(self._contact)
        self._note = Label(role="title", tone="muted", wrap=True)
        self._body.addWidget(self._note)
        self._body.addStretch(1)
        self.begin_at(self._done)

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing else is on the screen while it is photographed."""
        super().showEvent(event)
        window = self.window()
        if window is not self and not event.spontaneous():
            self._before = window.windowState()
            window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._before is not None and not event.spontaneous():
            self.window().setWindowState(self._before)
            self._before = None

    def refresh(self) -> None:
        now = self.desk.now()
        self.desk.lanes.read.ask(
            self,
            partial(standing.standing, self.desk.workspace, self.place.which, now=now),
            done=self._show,
            failed=self.strip.show_error,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Down: 0.25, Qt.Key.Key_Up: -0.25}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self._bar.setValue(self._bar.value() + round(step * self._bar.pageStep() * 0.9))
        else:
            super().keyPressEvent(event)

    def _show(self, state: Standing) -> None:
        content = state.prepared.content
        self.top.say(say("show-title"), content.site.name)
        self._site.setText(content.site.name)
        visit = say(
            "show-visit",
            heading=content.heading,
            day=short_day(content.begin),
            begin=clock_words(content.begin),
            end=clock_words(content.end),
        )
        self._about.setText(visit)
        self._sum.setText(
            say("show-sum", score=score_words(content.result.score), count=len(content.findings))
            if content.findings
            else say("show-sum-none", score=score_words(content.result.score))
        )
        shown = content.shown()
        self.code.show_text(say("page-qr", number=content.number, date=content.begin[:10], digits=shown[:16]))
        while item := self._found.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for number, found in enumerate(content.findings, 1):
            self._found.addWidget(Line())
            what = say("show-finding", n=number, place=found.place, description=found.description)
            self._found.addWidget(Label(what, role="shown", wrap=True))
            self._found.addWidget(Label(_who_and_when(found), role="shown", tone="muted", wrap=True))
        self._contact.setText(_contact(content))
        digits = " ".join(shown[at : at + 4] for at in range(0, 16, 4))
        self._note.setText(say("show-note", number=content.number, digits=digits))
        if not state.frozen and state.presented == "":
            self.desk.lanes.save.ask(
                self,
                partial(standing.present, self.desk.workspace, self.place.which, now=self.desk.now()),
                failed=self.strip.show_error,
            )


def _who_and_when(found: Found) -> str:
    units = [found.lead_unit.name] if found.lead_unit else []
    units += [unit.name for unit in found.helping_units]
    return say(
        "show-who-and-when",
        units=say("ui-list").join(units) or say("show-no-unit"),
        limit=say("show-fixed") if found.fixed_on_spot else _limit(found.time_limit),
    )


def _limit(limit: TimeLimit) -> str:
    return say(f"sheet-limit-{limit.kind.value.replace('_', '-')}", n=limit.n)


def _contact(content: Content) -> str:
    leader = next((one for one in content.members if one.leader), None)
    who = say("show-person", name=leader.name, organisation=leader.organisation) if leader else ""
    return say("show-contact", issuer=content.issuer, team=content.team, who=who)
