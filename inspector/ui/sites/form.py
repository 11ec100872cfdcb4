"""What is known of a site, as fields: for a new site and for one that is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from inspector.model.errors import BadInput
from inspector.model.form import HeaderItem, Measure
from inspector.model.rows import RowProblem
from inspector.model.unit import Directory, Unit
from inspector.model.words import COMMUNITY, STREET
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.fields import ComboField, Field, NumberField

WIDE_PX = 760
BESIDE = 2


class SiteForm(QWidget):
    """Fields by the columns of the office's list, two beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(theme.look.px(WIDE_PX))
        self.name = TextLine(name=say("new-site-name"))
        self.kind = ComboField(name=say("new-site-kind"))
        self._columns: dict[str, QWidget] = {
            "name": self.name,
            "kind": self.kind,
            "address": TextLine(name=say("new-site-address")),
            "street": ComboField(name=say("new-site-street")),
            "community": ComboField(name=say("new-site-community")),
            "lead": ComboField(name=say("new-site-lead")),
            "code": TextLine(name=say("new-site-code"), placeholder=say("new-site-code-hint")),
            "note": TextLine(name=say("new-site-remark")),
        }
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for at in range(BESIDE):
            self._grid.setColumnStretch(at, 1)
        for column, editor in self._columns.items():
            hint = say("ui-required") if column in ("name", "kind") else ""
            self._put(column, editor.accessibleName(), editor, hint)

    def more(self) -> None:
        """The columns that only somebody who knows the site can fill."""
        for column, label in (
            ("alias", "site-also"),
            ("grid", "site-grid"),
            ("helpers", "site-helping"),
            ("position", "change-site-position"),
        ):
            line = TextLine(name=say(label))
            self._columns[column] = line
            several = column in ("alias", "helpers")
            self._put(column, say(label), line, say("change-site-several") if several else "")

    def ask_facts(self, items: Sequence[HeaderItem]) -> None:
        """One field more for each fact that the form of the site asks for."""
        for item in items:
            editor: QWidget
            unit = ""
            if isinstance(item.answer, Measure):
                editor, unit = (
                    NumberField(name=item.key, decimals=item.answer.decimals),
                    item.answer.measure_unit,
                )
            else:
                editor = ComboField(name=item.key)
                editor.addItems(["", *item.options])
            self._columns[item.code] = editor
            self._put(item.code, item.key, editor, unit or item.code)

    def offer_units(self, directory: Directory) -> None:
        """The units to choose from, each by a word that means no other one."""
        for column, role in (("street", STREET), ("community", COMMUNITY), ("lead", "")):
            combo = self._columns[column]
            assert isinstance(combo, QComboBox)
            kept = combo.currentText()
            combo.clear()
            combo.addItem("")
            combo.addItems([directory.word(one) for one in directory.units if _fits(one, role)])
            combo.setCurrentText(kept)

    def offer_kinds(self, kinds: Sequence[str]) -> None:
        """The kinds of the forms in force."""
        kept = self.kind.currentText()
        self.kind.clear()
        self.kind.addItems(kinds)
        self.kind.setCurrentText(kept or self.kind.itemText(0))

    def show_cells(self, cells: Mapping[str, str]) -> None:
        """What is known; a unit that no list offers stays to be chosen."""
        for column, text in cells.items():
            editor = self._columns.get(column)
            if isinstance(editor, QComboBox):
                if editor.findText(text) < 0:
                    editor.addItem(text)
                editor.setCurrentText(text)
            elif isinstance(editor, TextLine):
                editor.show_text(text)

    def fix(self, column: str) -> None:
        """What stands: it is seen, and not changed here."""
        self._columns[column].setEnabled(False)
        self._fields[column].hint(say("change-site-stands"))

    def cells(self) -> dict[str, str]:
        """What is typed, by column; facts by their code."""
        for editor in self._columns.values():
            if isinstance(editor, TextLine):
                editor.commit()
        return {
            column: editor.currentText() if isinstance(editor, QComboBox) else _text(editor)
            for column, editor in self._columns.items()
        }

    def adopt(self, column: str, field: Field) -> None:
        """A field that stands elsewhere on the page and is asked for like the others."""
        self._fields[column] = field

    def ask(self, error: BaseException) -> bool:
        """Red lines under the fields that `error` is about, the focus to the first; whether there was one."""
        problems = error.values.get("problems") if isinstance(error, BadInput) else None
        found = (
            [one for one in problems if isinstance(one, RowProblem)] if isinstance(problems, tuple) else []
        )
        mine = [one for one in found if one.column in self._fields]
        for one in mine:
            self._fields[one.column].ask(say(f"row-{one.code}", value=one.value))
        if mine:
            self._fields[mine[0].column].editor.setFocus()
        return bool(mine)

    def ask_nothing(self) -> None:
        """The red lines go."""
        for field in self._fields.values():
            field.ask("")

    def _put(self, column: str, label: str, editor: QWidget, hint: str) -> None:
        field = Field(label, editor, hint=hint)
        at = self._grid.count()
        self._grid.addWidget(field, at // BESIDE, at % BESIDE, Qt.AlignmentFlag.AlignTop)
        self._fields[column] = field


def _fits(unit: Unit, role: str) -> bool:
    return not role or role in (unit.type, *unit.roles)


def _text(editor: QWidget) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else ""
