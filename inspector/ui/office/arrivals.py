"""收到: what came from which laptop and when, what is still missing, who has drafts without a signature."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtWidgets import QHBoxLayout

from inspector.services import arrivals, findings
from inspector.services.arrivals import Arrival, Source
from inspector.services.arrivals import Desk as Known
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.part import DeskPart, SaveButton, save_list
from inspector.ui.screen import Place
from inspector.ui.sync.rows import when_words
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card, EmptyState
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import site_note

MOST_HISTORY: Final = 8


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Every laptop, the latest arrivals, and what sites are called."""

    known: Known
    history: tuple[Arrival, ...]
    names: dict[str, str]


def read(workspace: Workspace, desk: Desk) -> Read:
    return Read(
        known=arrivals.desk(workspace, now=desk.now()),
        history=tuple(arrivals.history(workspace)),
        names=dict(findings.names(workspace)),
    )


class ArrivalsPart(DeskPart):
    """The list of laptops; beside it the one that is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._read: Read | None = None
        line = QHBoxLayout()
        line.setSpacing(8)
        self.sum = Label(wrap=True)
        line.addWidget(self.sum, 1)
        self.save = SaveButton(say("arrivals-title"))
        self.save.asked.connect(self.write)
        line.addWidget(self.save)
        self.sync = Button(say("arrivals-sync"), icon="refresh", kind="row")
        self.sync.clicked.connect(partial(self.go.emit, Place("sync")))
        line.addWidget(self.sync)
        self.work.addLayout(line)
        self.list = RowList(name=say("arrivals-title"))
        self.list.chosen.connect(self._choose)
        self.work.addWidget(self.list, 1)
        self.about = Card()
        self._title = Label(role="section", bold=True, wrap=True)
        self.about.add(self._title)
        self._facts = Label(role="second", tone="muted", wrap=True)
        self.about.add(self._facts)
        self.aside.addWidget(self.about)
        self.wrong = Card(kind="bad")
        self.faults = Label(wrap=True)
        self.wrong.add(self.faults)
        self.aside.addWidget(self.wrong)
        self.drafts = Card(say("arrivals-drafts"))
        self.draft_words = Label(wrap=True)
        self.drafts.add(self.draft_words)
        self.aside.addWidget(self.drafts)
        self.came = Card(say("arrivals-history"))
        self.came_words = Label(role="second", wrap=True)
        self.came.add(self.came_words)
        self.aside.addWidget(self.came)
        self._alone = EmptyState("device-laptop", say("arrivals-none"), say("arrivals-none-text"))
        self.aside.addWidget(self._alone)
        self.aside.addStretch(1)

    def first(self) -> RowList:
        return self.list

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(read, self.desk.workspace, self.desk), done=self._show, failed=self.failed.emit
        )

    def write(self, file: Path) -> None:
        """The list as a file."""
        if self._read is not None:
            keys = ("name", "wrote", "came", "from", "batches", "gaps", "forks", "drafts")
            save_list(
                self,
                file,
                [say(f"arrivals-column-{key}") for key in keys],
                [
                    (
                        _name(one),
                        one.wrote,
                        one.came.at if one.came else "",
                        one.came.place if one.came else "",
                        one.batches,
                        one.missing,
                        len(one.forks),
                        one.open,
                    )
                    for one in self._read.known.sources
                ],
            )

    def _show(self, seen: Read) -> None:
        self._read = seen
        known = seen.known
        self.sum.setText(
            say(
                "arrivals-sum",
                others=len(known.sources) - 1,
                drafts=known.drafts,
                gaps=sum(one.missing for one in known.sources),
                wanted=known.wanted,
            )
        )
        self.list.show_rows([self._row(one) for one in known.sources])
        if not self.list.current():
            self.list.step(1)
        self._choose(self.list.current())
        alone = len(known.sources) < 2
        self._alone.setVisible(alone)

    def _row(self, one: Source) -> Row:
        now = self.desk.now()
        wrote = (
            say("arrivals-wrote", when=when_words(one.wrote, now)) if one.wrote else say("arrivals-nothing")
        )
        came = say("arrivals-came", when=when_words(one.came.at, now)) if one.came and not one.own else ""
        heard = say("arrivals-heard", when=when_words(one.heard, now)) if one.heard else ""
        return Row(
            key=one.device,
            title=say("sync-own", label=_name(one)) if one.own else _name(one),
            note=site_note(wrote, came, heard),
            icon="device-laptop",
            facts=self._row_facts(one),
        )

    def _row_facts(self, one: Source) -> tuple[Fact, ...]:
        pinned = self._read is not None and self._read.known.pinned
        facts = []
        if one.open:
            facts.append(Fact(say("arrivals-open", count=one.open), tone="warn", badge=True))
        if one.missing:
            facts.append(Fact(say("arrivals-missing", count=one.missing), tone="bad", badge=True))
        if one.forks:
            facts.append(Fact(say("arrivals-forked"), tone="bad", badge=True))
        if one.ended:
            facts.append(Fact(say("arrivals-ended"), tone="bad", badge=True))
        elif pinned and not one.enrolled:
            facts.append(Fact(say("arrivals-unenrolled"), tone="muted", badge=True))
        if not facts:
            facts.append(Fact(say("arrivals-whole"), tone="ok", icon="circle-check"))
        return tuple(facts)

    def _choose(self, device: str) -> None:
        seen = self._read
        one = next((one for one in seen.known.sources if one.device == device), None) if seen else None
        for card in (self.about, self.wrong, self.drafts, self.came):
            card.setVisible(one is not None)
        if seen is None or one is None:
            return
        self._title.setText(_name(one))
        facts = [say("arrivals-id", device=one.device[:16]), say("arrivals-batches", count=one.batches)]
        if one.lacks and not one.own:
            facts.append(say("arrivals-lacks", count=one.lacks))
        if one.wants:
            facts.append(say("arrivals-wants", count=one.wants))
        self._facts.setText("\n".join(facts))
        faults = [say("arrivals-gap", first=first, last=last) for first, last in one.gaps]
        if one.gaps:
            faults.append(say("arrivals-gap-next"))
        if one.forks:
            at = say("ui-list").join(str(number) for number in one.forks)
            faults.append(say("arrivals-fork", at=at))
        if one.ended:
            faults.append(say("arrivals-ended-next"))
        self.faults.setText("\n".join(faults))
        self.wrong.setVisible(bool(faults))
        lines = [
            say(
                "arrivals-draft",
                site=seen.names.get(draft.site, draft.site),
                when=when_words(draft.changed, self.desk.now()),
                answered=draft.answered,
                findings=draft.findings,
            )
            for draft in one.drafts
        ]
        if one.open > len(lines):
            lines.append(say("arrivals-drafts-unseen", count=one.open - len(lines)))
        self.draft_words.setText("\n".join(lines))
        self.drafts.setVisible(bool(lines) and not one.own)
        came = [entry for entry in seen.history if entry.device == device][:MOST_HISTORY]
        self.came_words.setText("\n".join(self._entry(entry) for entry in came))
        self.came.setVisible(bool(came))

    def _entry(self, entry: Arrival) -> str:
        return say(
            "arrivals-entry",
            when=when_words(entry.at, self.desk.now()),
            records=entry.records,
            place=Path(entry.place).name or entry.place,
        )


def _name(one: Source) -> str:
    return one.label or one.device[:8]
