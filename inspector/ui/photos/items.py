"""The items of the form as a list that photos are dropped on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from inspector.model.compose import asked
from inspector.model.draft import Draft
from inspector.model.form import Form
from inspector.model.words import Verdict
from inspector.text import say
from inspector.ui.inspect.photo_tiles import dragged
from inspector.ui.widgets.row import ROW, Fact, Row
from inspector.ui.widgets.rows import RowList

ICONS = {Verdict.PASS: "circle-check", Verdict.FAIL: "circle-x", None: "circle"}


class ItemList(RowList):
    """`dropped` with an item's code and the hashes of the photos."""

    dropped = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(name=say("album-items"))
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)

    def show_items(self, typed: Draft | None, form: Form | None) -> None:
        """Failed items first, since photos mostly belong to them; then all in the form's order."""
        if typed is None or form is None:
            self.show_rows([])
            return
        rows = []
        for item in asked(typed, form):
            given = typed.answers.get(item.code)
            verdict = given.verdict if given else None
            photos = sum(len(one.photos) for one in typed.of_item(item.code))
            count = say("album-count", count=photos) if photos else ""
            row = Row(
                key=item.code,
                title=item.text,
                note=item.code,
                icon=ICONS.get(verdict, "circle-minus"),
                facts=(Fact(count, tone="bad" if verdict is Verdict.FAIL else "muted"),),
            )
            rows.append((verdict is not Verdict.FAIL, row))
        self.show_rows([row for _, row in sorted(rows, key=lambda pair: pair[0])])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if dragged(event.mimeData()) and index.isValid():
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.indexAt(event.position().toPoint()).data(ROW)
        photos = dragged(event.mimeData())
        if isinstance(row, Row) and photos:
            event.acceptProposedAction()
            self.dropped.emit(row.key, photos)
