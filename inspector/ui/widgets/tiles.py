"""A photo as a tile: filled, rounded, with a plate that says whose it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inspector.ui import icons
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import antialiased, fill, pen

PHOTO = QSize(116, 87)
ADD = QSize(66, 66)


def paint_photo(painter: QPainter, box: QRectF, image: QImage | None) -> None:
    """Fill `box` with the photo, cropped to its shape; a soft surface until it is there."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(box, RADIUS["photo"], RADIUS["photo"])
    painter.setClipPath(path)
    if image is None or image.isNull():
        fill(painter, box, "neutral_soft" if not theme.look.sunlight else "track")
    else:
        scale = max(box.width() / image.width(), box.height() / image.height())
        width, height = box.width() / scale, box.height() / scale
        source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
        painter.drawImage(box, image, source)
    painter.restore()
    if theme.look.sunlight:
        painter.setPen(pen("line2", theme.look.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS["photo"], RADIUS["photo"])


def paint_plate(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    """The plate at the lower left of a photo: an item's number, a time. Tones: "" (dark), bad, ok, warn."""
    if not text:
        return
    font = theme.font("hint", bold=True)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()) - 24)
    plate = QRectF(
        box.left() + 6,
        box.bottom() - 6 - metrics.height() - 3,
        metrics.horizontalAdvance(shown) + 12,
        metrics.height() + 3,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"plate_{tone}" if tone else "plate"))
    painter.drawRoundedRect(plate, RADIUS["key"], RADIUS["key"])
    painter.setPen(theme.color("on_plate"))
    painter.setFont(font)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)


class PhotoTile(QAbstractButton):
    """A thumbnail. `number` > 0 shows its place in the selection; the picture comes later by `show_image`."""

    def __init__(
        self,
        name: str,
        *,
        size: QSize = PHOTO,
        plate: str = "",
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._plate, self._tone = size, plate, tone
        self._image: QImage | None = None
        self._number, self._taken = 0, False
        self._face = QPixmap()
        self._drawn: tuple[object, ...] = ()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self._draw_again()

    def show_plate(self, plate: str, tone: str = "") -> None:
        self._plate, self._tone = plate, tone
        self._draw_again()

    def show_number(self, number: int) -> None:
        if number != self._number:
            self._number = number
            self._draw_again()

    def take(self, taken: bool) -> None:
        """Whether it is among what is chosen."""
        if taken != self._taken:
            self._taken = taken
            self._draw_again()

    def resize_to(self, size: QSize) -> None:
        self._size = size
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        marked = self.hasFocus() or bool(self._number) or self._taken
        drawn = (self.size(), self.devicePixelRatioF(), theme.look, marked)
        if drawn != self._drawn:
            self._drawn, self._face = drawn, self._draw(marked)
        QPainter(self).drawPixmap(0, 0, self._face)

    def _draw_again(self) -> None:
        self._drawn = ()
        self.update()

    def _draw(self, marked: bool) -> QPixmap:
        """The tile as it looks: kept, as to scale the photo anew each time something moves takes long (0.15 ms for each
        tile of a tray, measured)."""
        face = QPixmap(self.size() * self.devicePixelRatioF())
        face.setDevicePixelRatio(self.devicePixelRatioF())
        face.fill(Qt.GlobalColor.transparent)
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        inner = box.adjusted(4, 4, -4, -4) if marked else box
        paint_photo(painter, inner, self._image)
        paint_plate(painter, inner, self._plate, self._tone)
        if marked:
            painter.setPen(pen("accent", theme.look.focus + 0.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                box.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS["photo"] + 2, RADIUS["photo"] + 2
            )
        if self._number:
            spot = QRectF(inner.right() - 28, inner.top() + 4, 24, 24)
            painter.setPen(pen("on_accent", 1.5))
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(spot)
            painter.setFont(theme.font("hint", bold=True))
            painter.setPen(theme.color("on_accent"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()
        return face


class AddTile(QAbstractButton):
    """The dashed tile that takes a photo: press, drop or paste."""

    def __init__(
        self,
        name: str,
        *,
        size: QSize = ADD,
        icon: str = "photo-plus",
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._size, self._icon = size, icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        border = pen(
            "accent" if self.hasFocus() else "line2",
            theme.look.focus if self.hasFocus() else theme.look.border,
        )
        border.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(border)
        painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS["photo"], RADIUS["photo"])
        picture = icons.pixmap(self._icon, px=20, token="muted", on=self)
        painter.drawPixmap((self.width() - 20) // 2, (self.height() - 20) // 2, picture)
