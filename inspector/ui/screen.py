"""What a screen is to the window: a page that is opened at a place, says where to go next, and is left in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.widgets.strips import ErrorStrip


@dataclass(frozen=True)
class Place:
    """Where one is: a screen, `which` of its things (an id), and the `spot` in it (a path of a draft, an item)."""

    screen: str
    which: str = ""
    spot: str = ""


@dataclass(frozen=True)
class Told:
    """A toast: one line about something done that the screen does not show."""

    text: str
    icon: str = "circle-check"
    undo: Callable[[], None] | None = None


class Screen(QFrame):
    """A page. It knows no window: it emits where to go, and the window opens that.

    `immersive` pages stand alone, without the navigation, and bring their own bars; `kept` ones are made once and
    turned to again."""

    immersive = False
    kept = False

    go = Signal(object)  # Place
    back = Signal()
    told = Signal(object)  # Told
    changed = Signal()  # something stored changed: what needs attention is counted again
    titled = Signal(str)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.desk = desk
        self.place = place
        self.title = ""
        self._first: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip = ErrorStrip()
        self.strip.retry.connect(self._again)

    def say_title(self, title: str) -> None:
        """The name of the page: window title and accessible name."""
        self.title = title
        self.setAccessibleName(title)
        self.titled.emit(title)

    def begin_at(self, first: QWidget) -> None:
        """Where the focus begins when the page is opened. It is no focus proxy: one on a page takes what stands before
        it out of the tab order (measured with Qt 6.9.3)."""
        self._first = first

    def take_focus(self) -> None:
        """The page is opened: the hand goes to its first field."""
        (self._first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is shown, through a lane. The window calls it when the page is opened."""

    def turn_to(self, place: Place) -> None:
        """Be at `place`: another thing or spot of the same screen."""
        self.place = place
        self.refresh()

    def here(self) -> Place:
        """Where one would like to stand after a restart."""
        return self.place

    def stand(self, *, which: str | None = None, spot: str | None = None) -> None:
        """Remember that one is at another thing or spot."""
        self.place = replace(
            self.place,
            which=self.place.which if which is None else which,
            spot=self.place.spot if spot is None else spot,
        )

    def leave(self, then: Callable[[], None]) -> None:
        """Keep everything typed, wait until it is on the disk, then call `then`."""
        commit_all(self)
        self.desk.lanes.save.when_idle(self, then)

    def _again(self) -> None:
        self.strip.clear()
        self.refresh()
