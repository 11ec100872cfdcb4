"""The look of the window: one table of tokens a theme, and the few sizes that text and gloves change.

No colour, size or radius of the window stands anywhere else (`style.py` turns them into one style sheet).
Contrast ratios of the tokens are computed in tests/ui/test_theme.py from the same table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

FAMILY: Final = "Noto Sans SC"
LIGHT, DARK, SUNLIGHT, SYSTEM = "light", "dark", "sunlight", "system"
THEMES: Final = (LIGHT, DARK, SUNLIGHT)
TEXT_PERCENTS: Final = (100, 125, 150)

# use: what the colour is for stands in docs of the design; `*_soft` are fills behind the colour of that name
TOKENS: Final[dict[str, dict[str, str]]] = {
    LIGHT: {
        "bg": "#F6F7F9",
        "side": "#ECEEF2",
        "surface": "#FFFFFF",
        "text": "#171C24",
        "muted": "#4B5565",
        "faint": "#5A6474",
        "accent": "#2457C5",
        "accent_soft": "#E9EFFC",
        "accent_line": "#B9CBF3",
        "accent_hover": "#1D48A6",
        "on_accent": "#FFFFFF",
        "ok": "#0F7045",
        "ok_soft": "#E5F4EC",
        "ok_line": "#A9D8BF",
        "bad": "#BC2318",
        "bad_soft": "#FCEDEB",
        "bad_line": "#F0BBB5",
        "on_bad": "#FFFFFF",
        "warn": "#8A4B00",
        "warn_soft": "#FDF2DF",
        "warn_line": "#E9C98F",
        "neutral_soft": "#ECEEF2",
        "hover": "#F1F3F6",
        "line": "#DFE3E9",
        "line2": "#7F8998",
        "chart": "#8592A8",
        "track": "#DFE3E9",
        "toast": "#20262F",
        "on_toast": "#FFFFFF",
        "toast_accent": "#8AB0FF",
        "selected": "#E9EFFC",
        "on_selected": "#171C24",
        "here": "#FFFFFF",
        "on_here": "#171C24",
        "here_icon": "#2457C5",
        "here_line": "#DFE3E9",
        "paper": "#FFFFFF",
        "veil": "#171C24",
        "plate": "#171C24",
        "on_plate": "#FFFFFF",
        "plate_bad": "#B3140A",
        "plate_ok": "#0F7045",
        "plate_warn": "#8A4B00",
    },
    DARK: {
        "bg": "#14171C",
        "side": "#101318",
        "surface": "#1B1F26",
        "text": "#E9ECF1",
        "muted": "#B1B9C6",
        "faint": "#949EAD",
        "accent": "#8AB0FF",
        "accent_soft": "#1F2C47",
        "accent_line": "#3C5080",
        "accent_hover": "#A6C3FF",
        "on_accent": "#0C1526",
        "ok": "#62CF98",
        "ok_soft": "#17301F",
        "ok_line": "#2C5A3C",
        "bad": "#FF8F84",
        "bad_soft": "#3B1D1B",
        "bad_line": "#6E3631",
        "on_bad": "#2A0F0C",
        "warn": "#F0B860",
        "warn_soft": "#382A12",
        "warn_line": "#68501F",
        "neutral_soft": "#2A3039",
        "hover": "#222730",
        "line": "#2E343E",
        "line2": "#7C8697",
        "chart": "#6C778A",
        "track": "#2E343E",
        "toast": "#E9ECF1",
        "on_toast": "#171C24",
        "toast_accent": "#2457C5",
        "selected": "#1F2C47",
        "on_selected": "#E9ECF1",
        "here": "#1B1F26",
        "on_here": "#E9ECF1",
        "here_icon": "#8AB0FF",
        "here_line": "#2E343E",
        "paper": "#FFFFFF",
        "veil": "#000000",
        "plate": "#171C24",
        "on_plate": "#FFFFFF",
        "plate_bad": "#B3140A",
        "plate_ok": "#0F7045",
        "plate_warn": "#8A4B00",
    },
    SUNLIGHT: {
        "bg": "#FFFFFF",
        "side": "#FFFFFF",
        "surface": "#FFFFFF",
        "text": "#000000",
        "muted": "#1F1F1F",
        "faint": "#333333",
        "accent": "#00257A",
        "accent_soft": "#FFFFFF",
        "accent_line": "#00257A",
        "accent_hover": "#000000",
        "on_accent": "#FFFFFF",
        "ok": "#004A28",
        "ok_soft": "#FFFFFF",
        "ok_line": "#004A28",
        "bad": "#960000",
        "bad_soft": "#FFFFFF",
        "bad_line": "#960000",
        "on_bad": "#FFFFFF",
        "warn": "#5E3300",
        "warn_soft": "#FFFFFF",
        "warn_line": "#5E3300",
        "neutral_soft": "#FFFFFF",
        "hover": "#FFFFFF",
        "line": "#000000",
        "line2": "#000000",
        "chart": "#333333",
        "track": "#C4C4C4",
        "toast": "#000000",
        "on_toast": "#FFFFFF",
        "toast_accent": "#FFFFFF",
        "selected": "#000000",
        "on_selected": "#FFFFFF",
        "here": "#000000",
        "on_here": "#FFFFFF",
        "here_icon": "#FFFFFF",
        "here_line": "#000000",
        "paper": "#FFFFFF",
        "veil": "#000000",
        "plate": "#000000",
        "on_plate": "#FFFFFF",
        "plate_bad": "#960000",
        "plate_ok": "#004A28",
        "plate_warn": "#5E3300",
    },
}

# px at 100 %; the names of the roles are the only sizes of text there are
TYPE: Final = {
    "hint": 12,
    "second": 13,
    "body": 14,
    "item": 15,
    "title": 16,
    "section": 18,
    "current": 19,
    "page": 22,
    "date": 24,
    "shown": 28,
}
RADIUS: Final = {"key": 4, "badge": 5, "photo": 6, "control": 8, "card": 10, "chip": 16}
SCROLL_PX: Final = 10  # what a scroll bar takes at the right of what scrolls


@dataclass(frozen=True)
class Look:
    """What a person chose: the theme by day, whether the sun shines on it now, gloves, size of text."""

    base: str = LIGHT  # light, dark or system
    sunlight: bool = False
    big: bool = False  # big buttons: 56 px instead of 44, text + 4
    text_percent: int = 100

    @property
    def theme(self) -> str:
        if self.sunlight:
            return SUNLIGHT
        if self.base == SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return self.base

    def font_px(self, role: str) -> int:
        """Height of the text of a role, in px; never below 12."""
        scaled = round(TYPE[role] * self.text_percent / 100)
        return scaled + (4 if self.big else 0) + (2 if self.sunlight else 0)

    def px(self, length: int) -> int:
        """A width that holds text, grown with the text (columns, number fields), in px."""
        grown = length * self.font_px("body") / TYPE["body"] if self.text_percent > 100 else length
        return round(grown)

    @property
    def control(self) -> int:
        """Height of everything that is pressed or typed into."""
        return max(56 if self.big else 44, round(self.font_px("body") * 1.448) + 16)

    @property
    def answer(self) -> int:
        return 68 if self.big else max(52, round(self.font_px("title") * 1.448) + 20)

    @property
    def row(self) -> int:
        """Height of a list row with one line."""
        return max(58 if self.big else 46, round(self.font_px("item") * 1.448) + 20)

    @property
    def row2(self) -> int:
        """Height of a list row with two lines."""
        lines = (self.font_px("item") + self.font_px("hint")) * 1.448
        return max(62, round(lines) + 14)

    @property
    def border(self) -> int:
        return 2 if self.sunlight else 1

    @property
    def focus(self) -> int:
        return 3 if self.sunlight else 2

    @property
    def stroke(self) -> float:
        """Stroke of icons on their grid of 24."""
        return 2.5 if self.sunlight else 2.0


@dataclass(frozen=True)
class Space:
    """What fits into a window: the steps at which columns fold (narrow: icons, drawer: right column hidden)."""

    narrow: bool
    drawer: bool
    low: bool
    wide: bool


class Theme(QObject):
    """The look in use. Widgets that paint themselves ask it in their paintEvent; `changed` follows the sheet."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._look = Look()
        self._worn = ""

    @property
    def look(self) -> Look:
        return self._look

    def color(self, token: str) -> QColor:
        return QColor(_colour(TOKENS[self._look.theme][token]))

    def hex(self, token: str) -> str:
        return TOKENS[self._look.theme][token]

    def font(self, role: str, *, bold: bool = False) -> QFont:
        return QFont(_font(self._look.font_px(role), bold))

    def space(self, width: int, height: int) -> Space:
        """Which columns fold in a window of `width` × `height` logical px, seen at the chosen size of text."""
        scale = max(self._look.text_percent / 100, 1.15 if self._look.big else 1.0)
        seen = width / scale
        return Space(narrow=seen < 1180, drawer=seen < 1000, low=height < 620, wide=seen >= 1600)

    def wear(self, look: Look) -> None:
        """Put `look` on the whole program."""
        from inspector.ui.style import style_sheet

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if look == self._look and look.theme == self._worn and application.styleSheet():
            return
        self._look, self._worn = look, look.theme
        application.setFont(self.font("body"))
        application.setPalette(self._palette())
        application.setStyleSheet(style_sheet(look, TOKENS[look.theme]))
        self.changed.emit()

    def toggle_sunlight(self) -> None:
        self.wear(replace(self._look, sunlight=not self._look.sunlight))

    def _palette(self) -> QPalette:
        """What widgets without a rule of the sheet take: placeholder texts, selections, Qt's own dialogs."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in (
            (role.Window, "bg"),
            (role.Base, "surface"),
            (role.AlternateBase, "bg"),
            (role.Button, "surface"),
            (role.WindowText, "text"),
            (role.Text, "text"),
            (role.ButtonText, "text"),
            (role.PlaceholderText, "faint"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.ToolTipBase, "toast"),
            (role.ToolTipText, "on_toast"),
            (role.Link, "accent"),
        ):
            palette.setColor(which, self.color(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("faint"))
        return palette


@lru_cache(maxsize=256)
def _colour(name: str) -> QColor:
    """Read once: a page that is painted asks for hundreds, 25 µs each (measured)."""
    return QColor(name)


@lru_cache(maxsize=128)
def _font(px: int, bold: bool) -> QFont:
    """Made once: copies share what Qt has found out about it."""
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setBold(bold)
    return font


theme: Final = Theme()
