"""A searched list and, beside it, the page of its current row; in a narrow window the page covers the list."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.ui.theme import Space, theme
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.page import SIDE_PX
from inspector.ui.widgets.rows import RowList

ANY_WIDTH: Final = 16_777_215


class Folds(Protocol):
    """A page that shows a way back while it stands `alone`."""

    def fold(self, alone: bool) -> None: ...


class Beside(QObject):
    """Fills a screen with `work`, the column that has the list, and `panel`, the page of its current row. Typing on the
    list goes into the search; the arrows and Enter of the search go to the list."""

    def __init__(
        self,
        screen: QWidget,
        work: QWidget,
        panel: QWidget,
        page: Folds,
        *,
        search: SearchField,
        rows: RowList,
        right_px: int,
        narrow_px: int,
    ) -> None:
        super().__init__(screen)
        self._screen, self._work, self._panel, self._page = screen, work, panel, page
        self._search, self._rows = search, rows
        self._right_px, self._narrow_px = right_px, narrow_px
        self._alone = False
        across = QHBoxLayout(screen)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(work, 1)
        across.addWidget(panel)
        search.moved.connect(rows.step)
        search.entered.connect(rows.open_current)
        rows.typed.connect(self.type_on)

    @property
    def covered(self) -> bool:
        """Whether the page covers the list now."""
        return self._alone and self._space().drawer

    def fold(self) -> None:
        """As the window's size asks for: a screen calls it when it is resized."""
        space = self._space()
        usual = self._narrow_px if space.narrow else self._right_px
        width = theme.look.px(SIDE_PX if space.wide else usual)
        self._panel.setMinimumWidth(0 if space.drawer else width)
        self._panel.setMaximumWidth(ANY_WIDTH if space.drawer else width)
        self._work.setVisible(not (space.drawer and self._alone))
        self._panel.setVisible(not space.drawer or self._alone)
        self._page.fold(space.drawer and self._alone)

    def show_page(self) -> None:
        """A row is opened: where there is no room for both, its page covers the list."""
        if self._space().drawer:
            self._alone = True
            self.fold()

    def show_list(self) -> None:
        """Back to the list."""
        self._alone = False
        self.fold()
        self._rows.setFocus()

    def type_on(self, text: str) -> None:
        """A character typed anywhere goes into the search."""
        self._search.line.setFocus()
        self._search.line.insert(text)

    def _space(self) -> Space:
        window = self._screen.window()
        return theme.space(window.width(), window.height())
