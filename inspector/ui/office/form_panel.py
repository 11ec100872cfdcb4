"""One checklist: what it is and what it asks, section by section; a file that was looked at, with its faults by line or
what would change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.form import Form, HeaderItem, Item
from inspector.model.words import AnswerKind, FormStatus, Severity, word
from inspector.services.editions import Published
from inspector.services.form_files import Looked
from inspector.services.forms import Edition
from inspector.text import say, tell
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Badge, Label
from inspector.ui.words import site_note

MOST_CHANGES = 60


class FormPanel(QWidget):
    """`published` when the edition in use is to go to all laptops."""

    published = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card()
        self.title = Label(role="section", bold=True, wrap=True)
        card.add(self.title)
        self._status = Badge()
        card.body.addWidget(self._status, alignment=Qt.AlignmentFlag.AlignLeft)
        self.about = Label(role="second", tone="muted", wrap=True)
        card.add(self.about)
        self.publish = primary(say("forms-publish"), icon="send")
        self.publish.clicked.connect(self.published)
        card.add(self.publish)
        self._sent = Label(role="second", tone="muted", wrap=True)
        card.add(self._sent)
        column.addWidget(card)
        self.items = RowList(name=say("forms-items"))
        preview = Card(say("forms-items"), rows=True)
        preview.body.addWidget(self.items, 1)
        column.addWidget(preview, 1)

    def show_edition(self, one: Edition, published: Published | None) -> None:
        form = one.form
        self.title.setText(form.title)
        draft = form.status is FormStatus.DRAFT
        self._status.show_fact(word(form.status), "warn" if draft else "ok")
        lines = [
            say("forms-about", kind=form.site_kind, edition=form.edition, items=len(form.by_code)),
            form.approval,
            say("forms-file", file=one.file) if one.own else say("forms-shipped"),
            say("forms-replaces", edition=one.replaced.edition) if one.replaced else "",
            say("forms-version", digits=form.version[:16]),
        ]
        self.about.setText("\n".join(line for line in lines if line))
        sent = published is not None and published.version == form.version
        self.publish.setEnabled(not sent)
        words = say("forms-sent-note") if sent else ""
        if published is not None and not sent:
            words = say("forms-sent-other", edition=published.edition)
        self._sent.setText(words)
        self._sent.setVisible(bool(words))
        self.items.show_rows(item_rows(form))


def item_rows(form: Form) -> list[Row]:
    """What is asked first, then every item under its section."""
    rows = [
        Row(
            key=one.code,
            title=one.key,
            note=site_note(one.code, _answer(one), one.text),
            group=say("forms-header"),
        )
        for one in form.header
    ]
    return rows + [_item(item, section.title) for section in form.sections for item in section.items]


def _item(item: Item, section: str) -> Row:
    veto = item.severity is Severity.VETO
    marks = (
        say("forms-marks", whole=item.weight // 100, part=f"{item.weight % 100:02d}") if item.weight else ""
    )
    return Row(
        key=item.code,
        title=item.text,
        note=site_note(item.code, _answer(item), say("ui-list").join(word(how) for how in item.how)),
        facts=(Fact(word(item.severity) if veto else marks, tone="bad" if veto else "muted", badge=veto),),
        group=section,
    )


def _answer(item: Item | HeaderItem) -> str:
    """选择, 计数 …: how it is answered."""
    return word(AnswerKind(str(item.answer.__struct_config__.tag)))


class LookedCard(Card):
    """`used` when the file is to count here from now on, `closed` when it is left alone."""

    used = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(role="section", bold=True, wrap=True)
        self.add(self.title)
        self.about = Label(wrap=True)
        self.add(self.about)
        self.lines = Label(role="second", wrap=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.lines)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.no = Button(say("forms-close"), kind="ghost")
        self.no.clicked.connect(self.closed)
        self.yes = primary(say("forms-use"), icon="file-check")
        self.yes.clicked.connect(self.used)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.body.addLayout(row)

    def show_looked(self, looked: Looked) -> None:
        checked = looked.checked
        self.title.setText(checked.file)
        self.yes.setVisible(checked.form is not None)
        self.become("bad" if checked.form is None else "card")
        if checked.form is None:
            self.about.setText(say("forms-faults", count=len(checked.faults)))
            self.lines.setText("\n".join(tell(fault) for fault in checked.faults[:MOST_CHANGES]))
            return
        form = checked.form
        same = looked.used is not None and looked.used.form.version == form.version
        key = "forms-same" if same else "forms-good"
        self.about.setText(say(key, name=form.name, edition=form.edition, items=len(form.by_code)))
        self.yes.setVisible(not same)
        changes = [tell(one) for one in looked.changed[:MOST_CHANGES]]
        if len(looked.changed) > MOST_CHANGES:
            changes.append(say("forms-more", count=len(looked.changed) - MOST_CHANGES))
        self.lines.setText("\n".join(changes) or say("forms-no-changes"))
