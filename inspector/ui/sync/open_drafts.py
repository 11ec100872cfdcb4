"""The card of open drafts of other laptops, which can be gone on with here (接手)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from inspector.services.travelling import Foreign
from inspector.text import say
from inspector.ui.sync.rows import when_words
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import site_note


class OpenDraftsCard(Card):
    """Hidden while there is none. `taken` gives the draft that somebody goes on with."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("sync-open-drafts"))
        self.add(Label(say("sync-open-drafts-text"), role="second", tone="muted", wrap=True))
        self.list = RowList(name=say("sync-open-drafts"), fitted=True)
        self.list.acted.connect(self.taken)
        self.add(self.list)
        self.hide()

    def show_drafts(self, drafts: tuple[Foreign, ...], names: dict[str, str], now: datetime) -> None:
        """The drafts, the one that was changed last first; `names` of sites."""
        self.list.show_rows([_row(one, names, now) for one in drafts])
        self.setVisible(bool(drafts))


def _row(one: Foreign, names: dict[str, str], now: datetime) -> Row:
    missing = say("sync-open-draft-missing", count=one.missing) if one.missing else ""
    done = say("sync-open-draft-done", answered=one.answered, findings=one.findings)
    return Row(
        key=one.draft,
        title=names.get(one.site, one.site),
        note=site_note(one.label or one.device[:8], when_words(one.changed, now), done, missing),
        icon="clipboard-text",
        action=say("sync-take-over"),
    )
