"""汇总登记: what came and what is missing, what the round lacks, figures and dossiers, the root and who belongs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from inspector.services import arrivals, coverage, enrolment, office, settings, today, workspaces
from inspector.store import arrivals as kept
from inspector.store.arrivals import Arrival
from inspector.store.workspace import Workspace
from inspector.ui.office.arrivals import ArrivalsPart
from inspector.ui.office.coverage import CoveragePart
from inspector.ui.office.figures import FiguresPart
from inspector.ui.office.members import MembersPart
from inspector.ui.office.root import RootPart
from inspector.ui.office.screen import PARTS, OfficeScreen
from inspector.ui.screen import Place
from tests.county import NOW, PASSPHRASE, County
from tests.services import rectifying as doing
from tests.ui.conftest import type_text


def at(shown, spot: str) -> OfficeScreen:
    return shown(OfficeScreen, Place("office", spot=spot))


def test_every_part_is_reached_by_the_arrow_keys_and_stands_where_one_left(shown, settle):
    screen = at(shown, "")
    seen = [screen.here().spot or "arrivals"]
    for _ in range(len(PARTS) - 1):
        button = next(one for one in screen.tabs._group.buttons() if one.isChecked())
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Right)
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Space)
        settle()
        seen.append(screen.here().spot)
    assert seen == list(PARTS)
    assert not screen.strip.isVisible()


# ── 收到


def test_a_laptop_says_what_came_what_is_missing_and_what_to_do(
    shown, settle, county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    entry = Arrival(
        device="b" * 32, at=NOW.isoformat(), place=str(tmp_path / "三组U盘"), batches=3, records=41
    )
    with county.workspace.transaction() as db:
        kept.keep(db, [entry])
    own = arrivals.desk(county.workspace, now=NOW).sources[0]
    other = arrivals.Source(
        device="b" * 32,
        label="03 号机",
        own=False,
        batches=7,
        wrote=NOW.isoformat(),
        came=entry,
        open=2,
        gaps=((4, 5),),
        forks=(6,),
    )
    known = arrivals.Desk(sources=(own, other), wanted=3, pinned=False)
    monkeypatch.setattr(arrivals, "desk", lambda *_given, **_named: known)
    screen = at(shown, "arrivals")
    part = screen.part
    assert isinstance(part, ArrivalsPart)
    assert "缺 2 个批次、3 个原件" in part.sum.text()
    row = part.list.rows.rows[1]
    assert [fact.text for fact in row.facts] == ["草稿 2", "缺 2 批", "分叉"]
    part.list.go_to("b" * 32)
    assert "缺第 4 至 5 批" in part.faults.text()
    assert "第 6 批有两份" in part.faults.text()
    assert "另有 2 份" in part.draft_words.text()
    assert "三组U盘" in part.came_words.text()
    part.write(tmp_path / "out.xlsx")
    settle()
    cells = list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.values)
    assert cells[2][0] == "03 号机"


# ── 覆盖


def test_sites_that_are_left_are_narrowed_planned_begun_and_a_round_begins(
    shown, settle, county: County, tmp_path: Path
):
    screen = at(shown, "coverage")
    part = screen.part
    assert isinstance(part, CoveragePart)
    every = coverage.of(county.workspace, now=NOW)
    assert len(part.due()) == every.sites
    line = part.kinds.lines[0]
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert {one.kind for one in part.due()} == {line.part.name}
    first = part.due()[0]
    part.list.setFocus()
    part.list.go_to(first.site)
    QTest.keyClick(part.list, Qt.Key.Key_Return)
    settle()
    assert today.plan(county.workspace, on=NOW.date()) == (first.site,)
    gone = []
    screen.go.connect(gone.append)
    QTest.keyClick(part.begin, Qt.Key.Key_Return)
    assert gone == [Place("begin", which=first.site)]
    type_text(part.round.name, "第三轮")
    part.round.name.settle()
    QTest.keyClicks(part.round.begins, "2026-10-01")
    part.round.begins.settle()
    settle()
    assert settings.current_round(county.workspace) == settings.Round(name="第三轮", begins="2026-10-01")
    assert "第三轮 · 从 2026-10-01 起" in part.sum.text()
    part.write(tmp_path / "left.csv")
    settle()
    assert (tmp_path / "left.csv").read_bytes().count(b"\r\n") == len(part.due()) + 1


# ── 统计


def test_figures_by_unit_and_street_and_the_dossier_of_a_unit(shown, settle, county: County, tmp_path: Path):
    doing.found(county, "东门", "西门")
    screen = at(shown, "figures")
    part = screen.part
    assert isinstance(part, FiguresPart)
    (row,) = part.list.rows.rows
    assert row.facts[0].text == "2"
    assert "发现 2 处" in part.sum.text()
    told = []
    screen.told.connect(told.append)
    part.write_dossier(tmp_path / "out")
    settle()
    (folder,) = (tmp_path / "out").iterdir()
    cells = list(openpyxl.load_workbook(folder / "2026年整改情况.xlsx").active.values)
    assert cells[-1][:2] == ("全年", 2)
    assert (folder / "卷内目录.xlsx").is_file()
    assert "卷宗已写好" in told[0].text
    part.begin.line.show_text("2025-01-01")
    part.end.line.show_text("2025-01-31")
    part.refresh()
    settle()
    assert part._empty.isVisible()
    part.begin.line.show_text("no day")
    part.refresh()
    assert part.period() is None


# ── 登记、根证书


def test_the_root_is_made_its_sheet_put_away_and_a_person_and_a_device_are_enrolled_and_ended(
    shown, settle, county: County, tmp_path: Path
):
    screen = at(shown, "root")
    part = screen.part
    assert isinstance(part, RootPart)
    part.make.press()
    assert not office.root(county.workspace)
    type_text(part.make.name, "示例县创建办")
    QTest.keyClicks(part.make.passphrase.line, PASSPHRASE)
    QTest.keyClicks(part.make.again.line, PASSPHRASE)
    QTest.keyClick(part.make.again.line, Qt.Key.Key_Return)
    settle()
    assert part.waits
    assert part.paper.pages == 1
    left = []
    screen.leave(partial_call(left))
    settle()
    assert not left  # it asks first
    part.write(tmp_path / "sheet.pdf", part._sheet)
    QTest.keyClick(part.kept, Qt.Key.Key_Space)
    settle()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not part.waits
    root = office.root(county.workspace)
    assert root is not None
    assert "".join(part.digits.text().split()) == root.fingerprint

    screen.turn_to(Place("office", spot="members"))
    settle()
    members = screen.part
    assert isinstance(members, MembersPart)
    assert not members.member.enrol.isEnabled()
    QTest.keyClicks(members.holder.passphrase.line, "wrong-one")
    QTest.keyClick(members.holder.passphrase.line, Qt.Key.Key_Return)
    settle()
    assert members.holder.strip.isVisible()
    members.holder.passphrase.clear()
    QTest.keyClicks(members.holder.passphrase.line, PASSPHRASE)
    QTest.keyClick(members.holder.passphrase.line, Qt.Key.Key_Return)
    settle()
    QTest.keyClick(members.member.enrol, Qt.Key.Key_Return)
    settle()
    assert members.member.reply.isVisible()
    members.write_bytes(tmp_path / "certificate.pem", members._pem[1])
    device = f"device:{county.workspace.device.id}"
    members.list.go_to(device)
    members.member.enrol.click()
    settle()
    members.member._end()
    assert members.member._reason._asked.isVisible()
    members._end(members._chosen(), "丢失")
    settle()
    said = {one.entity: one for one in enrolment.every(county.workspace, now=NOW)}
    person = county.team.members[0].person
    assert said[person].enrolled
    assert (bool(said[device].enrolled), said[device].reason) == (True, "丢失")
    assert (tmp_path / "certificate.pem").read_bytes().count(b"BEGIN CERTIFICATE") == 2
    screen.leave(partial_call(left))
    settle()
    assert left == [1]
    assert members.holder.authority is None


def partial_call(left: list[int]):
    def call() -> None:
        left.append(1)

    return call


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Workspace]:
    """The office's own laptop, with a root."""
    with workspaces.create(tmp_path / "office", ledger=workspaces.DEMO) as workspace:
        office.begin(workspace, name="示例县创建办", passphrase=PASSPHRASE, now=NOW)
        yield workspace


def test_a_field_laptop_pins_by_photo_or_text_only_after_the_fingerprint_was_compared_and_asks_for_enrolment(
    shown, settle, county: County, elsewhere: Workspace, tmp_path: Path
):
    screen = at(shown, "root")
    part = screen.part
    assert isinstance(part, RootPart)
    part.pin.take("something else")
    settle()
    assert part.pin.strip.isVisible()
    assert not part.pin.yes.isVisible()
    photo = tmp_path / "photo.png"
    drawn = io.BytesIO()
    segno.make(office.code(elsewhere), error="m").save(drawn, kind="png", scale=4)
    photo.write_bytes(drawn.getvalue())
    QGuiApplication.clipboard().setText(office.code(elsewhere))
    for take in (lambda: part.pin.take(photo), part.pin.paste.click):
        take()
        settle()
        shown_digits = "".join(part.pin.digits.text().split())
        assert shown_digits == office.fingerprint(photo).fingerprint
        assert office.root(county.workspace) is None
    QTest.keyClick(part.pin.yes, Qt.Key.Key_Return)
    settle()
    root = office.root(county.workspace)
    assert root is not None
    assert not root.key_here
    assert part.recover.isVisible()

    screen.turn_to(Place("office", spot="members"))
    settle()
    members = screen.part
    assert isinstance(members, MembersPart)
    assert not members.holder.isVisible()
    assert members.request.isVisible()
    members.write_request(county.team.members[0].person, PASSPHRASE, tmp_path / "asked.pem")
    settle()
    assert b"CERTIFICATE REQUEST" in (tmp_path / "asked.pem").read_bytes()
