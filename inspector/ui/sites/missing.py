"""No site is called so: the nearest one, or a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from inspector.model import search
from inspector.services.site_list import Listed
from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.words import site_note


class MissingSite(EmptyState):
    """`near_wanted` with the site that was probably meant, `new_wanted` for another one."""

    near_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self) -> None:
        near, new = Button(""), Button("", kind="ghost")
        super().__init__("zoom-question", "", "", [near, new])
        self.near, self.new = near, new
        self._meant = ""
        self.near.clicked.connect(self._open)
        self.new.clicked.connect(self.new_wanted)

    def say_missing(self, text: str, listed: tuple[Listed, ...]) -> None:
        """What was looked for among which sites."""
        near = _nearest(text, listed)
        self._meant = near.site.id if near else ""
        self.near.setVisible(near is not None)
        self.new.setVisible(bool(text))
        self.new.say(say("site-add-named", name=text))
        if near is None:
            self.tell(say("site-missing", name=text))
            return
        self.near.say(say("site-open-near", name=near.site.name))
        note = site_note(near.site.name, near.site.code, near.street)
        self.tell(say("site-missing", name=text), say("site-near", site=note))

    def _open(self) -> None:
        self.near_wanted.emit(self._meant)


def _nearest(text: str, listed: tuple[Listed, ...]) -> Listed | None:
    """The site that was probably meant: most characters in common."""
    wanted = set(search.folded(text))
    best = max(listed, key=lambda one: len(wanted & set(one.site.name)), default=None)
    return best if best is not None and wanted & set(best.site.name) else None
