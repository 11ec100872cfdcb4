"""What pages have in common: the title with a line about it, and a column beside the work that gives way."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.text import ElidedLabel, Label

USUAL_PX: Final = 420
SIDE_PX: Final = 616  # 40 汉字 of text with their margins: in a wide window photos grow, lines do not
PAGE_PX: Final = 1160  # lines that lead from a name at the left to a number at the right are still followed
MARGIN_PX: Final = 24


def spare_px(page: QWidget) -> int:
    """The margin at the right of a page without a column beside: in a wide window its lines do not grow for ever."""
    return max(MARGIN_PX, page.width() - theme.look.px(PAGE_PX))


class PageHead(QHBoxLayout):
    """The title of a page, `about` it below, its `buttons` at the right; at the left the way `back`, where there is
    one."""

    def __init__(
        self, title: str, *buttons: QWidget, back: SignalInstance | None = None, about: bool = True
    ) -> None:
        super().__init__()
        self.setSpacing(8)
        if back is not None:
            way = Button(say("ui-back"), icon="chevron-left", kind="ghost", key="Esc", flush=True)
            way.clicked.connect(back)
            self.addWidget(way)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = Label(title, role="page", bold=True)
        self.about = ElidedLabel(tone="muted")
        names.addWidget(self.title)
        if about:
            names.addWidget(self.about)
        self.addLayout(names, 1)
        for button in buttons:
            self.addWidget(button)


class Side(QFrame):
    """The grey column at the right of the work, as wide on every page, in a narrow window `narrow` px. A page whose
    column shows paper asks for its own width."""

    def __init__(self, *, wide: int = USUAL_PX, narrow: int = 340) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self._wide, self._narrow = wide, narrow

    def fit(self) -> None:
        """As wide as its window allows; a page calls it when it is resized."""
        window = self.window()
        space = theme.space(window.width(), window.height())
        usual = self._narrow if space.narrow else self._wide
        self.setFixedWidth(theme.look.px(max(usual, SIDE_PX) if space.wide else usual))
