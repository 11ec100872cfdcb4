"""登记: people whose keys the office certifies and devices that it knows: requests in, certificates out, who ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from inspector.services import enrolment, notice_files, office, people
from inspector.services.enrolment import Enrolled, Standing
from inspector.services.office import Authority
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.holder import HolderCard
from inspector.ui.office.member_card import MemberCard, RequestCard
from inspector.ui.office.part import DeskPart, SaveButton, save_list
from inspector.ui.screen import Told
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel
from inspector.ui.words import short_day

KINDS: Final = {"person": "user", "device": "device-laptop"}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """How the pinned root sees everybody; whether its key lies here, and whose keys do."""

    members: tuple[Standing, ...]
    holder: bool
    here: frozenset[str]
    pinned: bool


def read(workspace: Workspace, desk: Desk) -> Read:
    root = office.root(workspace)
    return Read(
        members=tuple(enrolment.every(workspace, now=desk.now())) if root else (),
        holder=root is not None and root.key_here,
        here=people.with_key_here(workspace),
        pinned=root is not None,
    )


class MembersPart(DeskPart):
    """The list; beside it the root's passphrase, and what can be done with who is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._read = Read(members=(), holder=False, here=frozenset(), pinned=False)
        self._pem: tuple[str, bytes] = ("", b"")  # a certificate that somebody is to carry away, and whose
        line = QHBoxLayout()
        line.setSpacing(8)
        self.sum = ElidedLabel()
        line.addWidget(self.sum, 1)
        self.save = SaveButton(say("members-title"))
        self.save.asked.connect(self.write)
        line.addWidget(self.save)
        self.take = Button(say("members-request"), icon="file-download", kind="row")
        self.take.clicked.connect(self._choose_request)
        line.addWidget(self.take)
        self.work.addLayout(line)
        self.list = RowList(name=say("members-title"))
        self.list.chosen.connect(self._choose)
        self.work.addWidget(self.list, 1)
        self._empty = EmptyState("shield-lock", say("members-none"), say("members-none-text"))
        self.work.addWidget(self._empty, 1)
        self.holder = HolderCard(desk)
        self.holder.changed.connect(self._fit)
        self.member = MemberCard()
        self.member.enrolled.connect(self._enrol)
        self.member.ended.connect(self._ask_end)
        self.member.saved.connect(self._choose_reply)
        self.request = RequestCard()
        self.request.made.connect(self._choose_request_file)
        for card in (self.holder, self.member, self.request):
            self.aside.addWidget(card)
        self.aside.addStretch(1)
        self._fit()

    def first(self) -> QWidget:
        return self.list

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(read, self.desk.workspace, self.desk), done=self._show, failed=self.failed.emit
        )

    def lock(self) -> None:
        """Forget the root's key: one leaves."""
        self.holder.lock()

    def write(self, file: Path) -> None:
        """The list as a file."""
        keys = ("kind", "name", "entity", "enrolled", "ended", "reason", "after")
        rows = [
            (
                say(f"members-{one.kind}"),
                one.name,
                one.entity,
                one.enrolled[:10],
                one.ended[:10],
                one.reason,
                one.after,
            )
            for one in self._read.members
        ]
        save_list(self, file, [say(f"members-column-{key}") for key in keys], rows)

    def _show(self, seen: Read) -> None:
        self._read = seen
        enrolled = sum(bool(one.enrolled) and not one.ended for one in seen.members)
        self.sum.setText(say("members-sum", enrolled=enrolled, count=len(seen.members)))
        self.list.show_rows([_row(one) for one in seen.members])
        self.list.setVisible(seen.pinned)
        self._empty.setVisible(not seen.pinned)
        if seen.members and not self.list.current():
            self.list.step(1)
        self._fit()

    def _chosen(self) -> Standing | None:
        key = self.list.current()
        return next((one for one in self._read.members if one.entity == key), None)

    def _choose(self, _: str) -> None:
        self._fit()

    def _fit(self) -> None:
        """What can be done now, with whom."""
        one, seen = self._chosen(), self._read
        self.holder.setVisible(seen.holder)
        self.take.setVisible(seen.holder)
        self.take.setEnabled(self.holder.authority is not None)
        self.member.setVisible(one is not None)
        mine = one is not None and one.kind == "person" and one.entity in seen.here
        self.request.setVisible(one is not None and mine and not seen.holder and not one.enrolled)
        if one is not None:
            self.member.show_member(
                one,
                can=self.holder.authority is not None,
                holder=seen.holder,
                reply=self._pem[0] == one.entity and bool(self._pem[1]),
            )
            self.request.show_name(one.name)

    # ── acts of the root's holder

    def _act(self, call: Callable[[Authority], Enrolled]) -> None:
        authority = self.holder.authority
        if authority is not None:
            self.holder.forget.start()
            self.desk.lanes.save.ask(self, partial(call, authority), done=self._done, failed=self.failed.emit)

    def _enrol(self) -> None:
        one = self._chosen()
        if one is not None:
            self._act(partial(_enrol, self.desk.workspace, one, self.desk))

    def enrol_request(self, file: Path) -> None:
        """The certificate for a request that came as a file."""
        self._act(partial(_enrol_request, self.desk.workspace, file, self.desk))

    def _ask_end(self, reason: str) -> None:
        one = self._chosen()
        if one is not None:
            key = "members-end-person" if one.kind == "person" else "members-end-device"
            ask_first(
                self, say("members-end-title", name=one.name), say(key), say("members-end"),
                partial(self._end, one, reason),
            )  # fmt: skip

    def _end(self, one: Standing, reason: str) -> None:
        self._act(partial(_end, self.desk.workspace, one, reason, self.desk))

    def _done(self, done: Enrolled) -> None:
        self._pem = (done.entity, done.pem)
        self.told.emit(Told(say("members-done", name=done.name), icon="shield-check"))
        self.member.forget()
        self.changed.emit()
        self.refresh()

    # ── files

    def _choose_request(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("members-request"), "", say("root-export-kinds"))
        if file:
            self.enrol_request(Path(file))

    def _choose_reply(self) -> None:
        one = self._chosen()
        name = say("members-reply-file", name=one.name if one else "")
        file, _ = QFileDialog.getSaveFileName(self, name, f"{name}.pem", say("root-export-kinds"))
        if file:
            self.write_bytes(Path(file), self._pem[1])

    def _choose_request_file(self, passphrase: str) -> None:
        one = self._chosen()
        name = say("members-request-file", name=one.name if one else "")
        file, _ = QFileDialog.getSaveFileName(self, name, f"{name}.pem", say("root-export-kinds"))
        if file and one is not None:
            self.write_request(one.entity, passphrase, Path(file))

    def write_request(self, person: str, passphrase: str, file: Path) -> None:
        """What a person hands to the office so that it certifies his key."""
        self.desk.lanes.paper.ask(
            self,
            partial(office.request, self.desk.workspace, person, passphrase),
            done=partial(self.write_bytes, file),
            failed=self.request.refuse,
        )

    def write_bytes(self, file: Path, data: bytes) -> None:
        """A file that somebody carries away."""
        self.request.clear()
        self.desk.lanes.paper.ask(
            self, partial(notice_files.write, file, data), done=self._wrote, failed=self.failed.emit
        )

    def _wrote(self, file: Path) -> None:
        self.told.emit(Told(say("office-saved", file=file.name), icon="file-export"))


def _enrol(workspace: Workspace, one: Standing, desk: Desk, holder: Authority) -> Enrolled:
    if one.kind == "person":
        return enrolment.enrol_person(workspace, one.entity, holder, now=desk.now())
    return enrolment.enrol_device(workspace, one.entity.partition(":")[2], holder, now=desk.now())


def _enrol_request(workspace: Workspace, file: Path, desk: Desk, holder: Authority) -> Enrolled:
    return enrolment.enrol_request(workspace, file, holder, now=desk.now())


def _end(workspace: Workspace, one: Standing, reason: str, desk: Desk, holder: Authority) -> Enrolled:
    if one.kind == "person":
        return enrolment.end_person(workspace, one.entity, holder, reason=reason, now=desk.now())
    device = one.entity.partition(":")[2]
    return enrolment.end_device(workspace, device, holder, reason=reason, now=desk.now())


def _row(one: Standing) -> Row:
    if one.ended:
        fact = Fact(say("members-ended", day=short_day(one.ended)), tone="bad", badge=True)
    elif one.enrolled:
        fact = Fact(say("members-enrolled", day=short_day(one.enrolled)), tone="ok", icon="circle-check")
    else:
        fact = Fact(say("members-not"), tone="warn", badge=True)
    after = (Fact(say("members-after", count=one.after), tone="bad"),) if one.after else ()
    return Row(
        key=one.entity,
        title=one.name,
        note=one.reason,
        icon=KINDS[one.kind],
        facts=(*after, fact),
        group=say(f"members-{one.kind}"),
    )
