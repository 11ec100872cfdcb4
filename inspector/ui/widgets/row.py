"""Rows of a list: what one shows, and the model over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
_ROLES: Final = (
    ROW,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


@dataclass(frozen=True)
class Fact:
    """A fact at the right of a row, in a column `width` px wide (0: as wide as it is)."""

    text: str
    tone: str = "muted"
    width: int = 0
    bold: bool = False
    icon: str = ""
    badge: bool = False


@dataclass(frozen=True)
class Row:
    """What one row shows. `key` is what it opens; `action` a word on a small button at the right end, `photo` the hash
    of a picture at the left instead of the icon, `ring` (done, total) a ring before the last fact."""

    key: str
    title: str
    note: str = ""
    icon: str = ""
    photo: str = ""
    facts: tuple[Fact, ...] = ()
    ring: tuple[int, int] | None = None
    action: str = ""
    faint: bool = False
    group: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        facts = [fact.text for fact in self.facts if fact.text]
        return " ".join((self.title, self.note, *facts, self.action)).strip()


@dataclass(frozen=True)
class Heading:
    """What stands above the first row of a group."""

    text: str
    tone: str = "muted"


class MadeRows(Sequence[Row]):
    """Rows of a long list, by their keys: each is made when it is asked for. `make` may remember some of them."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return MadeRows(self.keys[at], self._make)
        return self._make(self.keys[at])


class RowsModel(QAbstractListModel):
    """Rows in their order; `headings` stand above the first of each group. `show_rows` swaps them all."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self.headings: Mapping[int, Heading] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows if isinstance(rows, MadeRows) else tuple(rows)
        self.headings = {} if isinstance(rows, MadeRows) else _headings(self._rows)
        self.endResetModel()

    def row(self, number: int) -> Row:
        """The row at a place that there is."""
        return self._rows[number]

    def move(self, at: int, to: int) -> bool:
        """Move one row to another place; whether it moved."""
        if at == to or not (0 <= at < len(self._rows) and 0 <= to < len(self._rows)):
            return False
        root = QModelIndex()
        self.beginMoveRows(root, at, at, root, to + 1 if to > at else to)
        rows = list(self._rows)
        rows.insert(to, rows.pop(at))
        self._rows = tuple(rows)
        self.endMoveRows()
        return True

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def place(self, key: str) -> QModelIndex:
        """Where the row with this key is; an invalid index if it is not there."""
        if isinstance(self._rows, MadeRows):
            return self.index(self._rows.keys.index(key)) if key in self._rows.keys else QModelIndex()
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid() or index.row() >= self.rowCount():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.note}" if row.note else row.title
        return row.spoken


def _headings(rows: Sequence[Row]) -> dict[int, Heading]:
    """Above each row whose group is another one than that of the row before."""
    found, before = {}, ""
    for number, row in enumerate(rows):
        if row.group and row.group != before:
            found[number] = Heading(row.group)
        before = row.group
    return found
