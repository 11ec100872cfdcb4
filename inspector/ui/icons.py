"""Icons from resources/icons (Tabler, MIT), drawn in a token's colour at the ratio of the screen.

A pixmap of ratio 1 is visibly rough at 125 % (measured), so every pixmap is drawn for its ratio and kept by
(name, size, colour, ratio, stroke).
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from inspector.places import resource
from inspector.ui.theme import theme


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _pixmap(name: str, px: int, colour: str, ratio: float, stroke: float) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", colour)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    image = QImage(QSize(round(px * ratio), round(px * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, *, px: int, token: str, on: QWidget) -> QPixmap:
    """The icon `name`, `px` logical pixels wide, in the colour of `token`, sharp on the screen of `on`."""
    return _pixmap(name, px, theme.hex(token), on.devicePixelRatioF(), theme.look.stroke)


def icon(name: str, *, px: int, token: str, on: QWidget) -> QIcon:
    """The same for a button; a disabled one is faint."""
    made = QIcon(pixmap(name, px=px, token=token, on=on))
    made.addPixmap(pixmap(name, px=px, token="faint", on=on), QIcon.Mode.Disabled)
    return made


@cache
def _site_kinds() -> dict[str, str]:
    return tomllib.loads(resource("icons", "site-kinds.toml").read_text("utf-8"))


def site_icon(kind: str) -> str:
    """The name of the icon for a kind of site; kinds are words of the forms, which an office may add."""
    return _site_kinds().get(kind, "map-pin")
