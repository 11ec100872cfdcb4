"""Menus of a few choices under a button."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

Value = TypeVar("Value")


def offer(under: QWidget, choices: Iterable[tuple[str, Value]], take: Callable[[Value], None]) -> QMenu:
    """Show `choices` (text, value) below a widget; `take` hears the one that was chosen. The first is marked, so that
    Enter takes it."""
    menu = QMenu(under)
    menu.setAccessibleName(under.accessibleName())
    for text, value in choices:
        menu.addAction(text).triggered.connect(partial(_taken, take, value))
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))
    return menu


def _taken(take: Callable[[Value], None], value: Value, _checked: bool = False) -> None:
    """An action gives whether it is checked; that is nobody's business."""
    take(value)
