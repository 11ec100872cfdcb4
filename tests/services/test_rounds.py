"""A round on the way: kept with every act, signed unit by unit on the spot."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from inspector.model.errors import BadInput, Refused
from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact, Handover, Received, Seen
from inspector.model.paper import Kind, Way
from inspector.model.round import MOST_UNDONE, Round, Sighting, seen, undone
from inspector.model.words import TimeLimitKind
from inspector.services import (
    check,
    chosen,
    findings,
    notices,
    photos,
    round_papers,
    rounds,
    verification,
    workspaces,
)
from inspector.services import inspections as visits
from tests.county import MANDATE, NOW, County
from tests.documents.sheets import picture
from tests.services import rectifying

LATER = NOW + timedelta(days=3)
DAYS = TimeLimit(kind=TimeLimitKind.WORKDAY, n=3)
TAKER = Received(
    way=Way.RECEIPT, at=LATER.isoformat(timespec="seconds"), name="收件人戊", place="现场", position="主任"
)


def shot(county: County, seed: int = 90) -> str:
    return photos.take_bytes(county.workspace, picture(seed), name=f"IMG_{seed}.jpg").sha256


def begun(county: County, which: list[str]) -> Round:
    """A round of both inspectors, who are to be asked at the office."""
    team = chosen.Visit(mandate=MANDATE, team=county.team)
    chosen.keep_visit(county.workspace, team)
    walk = rounds.begin(county.workspace, which, now=LATER)
    return rounds.set_contact(county.workspace, walk.id, rectifying.CONTACT, team="督查一组")


def received(county: County, walk: Round, taker: Received = TAKER) -> None:
    """Every unit's paper is taken on the spot."""
    for paper in round_papers.standing(county.workspace, walk.id, now=LATER).papers:
        round_papers.receive(county.workspace, walk.id, paper.to.id, taker, now=LATER)


def keys(county: County):
    return {one.person.id: one for one in county.signers()}


def stops(county: County, walk: Round) -> set[str]:
    state = round_papers.standing(county.workspace, walk.id, now=LATER)
    return {stop.error.key for paper in state.papers for stop in paper.stops}


def test_a_round_of_two_units_is_signed_as_two_papers_that_close_what_passed(county, tmp_path: Path):
    (road,) = rectifying.found(county, "东门南侧")
    lane, wall = rectifying.found(county, "3 号院", "5 号院", site="BX-001", photo=3)
    assert len({findings.one(county.workspace, one).lead_unit for one in (road, lane)}) == 2
    walk = begun(county, [road, lane, wall])
    assert stops(county, walk) == {"round-unseen"}
    after = shot(county)
    for finding in (road, lane):
        rounds.see(
            county.workspace,
            walk.id,
            Sighting(finding=finding, seen=Seen.PASS, note="已清理", photos=(after,)),
        )
    rounds.see(county.workspace, walk.id, Sighting(finding=wall, seen=Seen.FAIL, note="仍在"))
    assert stops(county, walk) == {"reinspect-limit-missing", "doc-nobody-received"}
    rounds.see(
        county.workspace, walk.id, Sighting(finding=wall, seen=Seen.FAIL, note="仍在", time_limit=DAYS)
    )
    rounds.end_visit(county.workspace, walk.id, now=LATER)
    received(county, walk)
    assert stops(county, walk) == set()
    shown = {
        paper.document.number
        for paper in round_papers.standing(county.workspace, walk.id, now=LATER).papers
        if paper.document
    }
    done = round_papers.sign(county.workspace, walk.id, keys(county), now=LATER)
    assert {row.number for row in done} == shown
    assert [rectifying.state(county, one) for one in (road, lane, wall)] == ["passed", "passed", "failed"]
    assert findings.one(county.workspace, wall).due == "2026-12-02"
    assert rounds.every(county.workspace) == []
    for n, row in enumerate(done):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(notices.pdf(county.workspace, row.id))
        verdict = verification.in_workspace(county.workspace, file)
        assert verdict.accepted, verdict.problems


def test_what_was_signed_for_is_void_once_something_else_is_said(county):
    (finding,) = rectifying.found(county, "东门南侧")
    walk = begun(county, [finding])
    passes = Sighting(finding=finding, seen=Seen.PASS, photos=(shot(county),))
    rounds.see(county.workspace, walk.id, passes)
    received(county, walk)
    rounds.see(county.workspace, walk.id, msgspec.structs.replace(passes, note="墙面也刷了"))
    assert stops(county, walk) == {"round-void"}
    with pytest.raises(Refused, match="round-void"):
        round_papers.sign(county.workspace, walk.id, keys(county), now=LATER)
    assert rectifying.state(county, finding) == "open"


def test_a_round_without_a_photo_a_second_inspector_or_a_contact_says_so(county):
    (finding,) = rectifying.found(county, "东门南侧")
    walk = begun(county, [finding])
    rounds.see(county.workspace, walk.id, Sighting(finding=finding, seen=Seen.PASS))
    rounds.set_signers(county.workspace, walk.id, [county.team.leader])
    rounds.set_contact(county.workspace, walk.id, Contact(), team="督查一组")
    assert stops(county, walk) == {
        "finding-move-needs",
        "doc-few-signers",
        "doc-no-contact",
        "doc-nobody-received",
    }


def test_signing_stopped_after_the_first_paper_keeps_the_rest_of_the_round(county):
    (road,) = rectifying.found(county, "东门南侧")
    (lane,) = rectifying.found(county, "3 号院", site="BX-001", photo=3)
    walk = begun(county, [road, lane])
    for seed, finding in enumerate((road, lane)):
        sighting = Sighting(finding=finding, seen=Seen.PASS, photos=(shot(county, 90 + seed),))
        rounds.see(county.workspace, walk.id, sighting)
    received(county, walk)

    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        round_papers.sign(county.workspace, walk.id, keys(county), now=LATER, report=stop)
    (left,) = rounds.every(county.workspace)
    states = {one: rectifying.state(county, one) for one in (road, lane)}
    assert sorted(states.values()) == ["open", "passed"]
    assert [one.finding for one in left.sightings] == [one for one, now in states.items() if now == "open"]
    round_papers.sign(county.workspace, walk.id, keys(county), now=LATER)
    assert rounds.every(county.workspace) == []


def test_what_an_inspection_found_is_handed_over_on_the_spot_with_a_number_of_this_device(county):
    (road, verge) = rectifying.found(county, "东门南侧", "西门北侧")
    visit = visits.every(county.workspace)[0]
    walk = rounds.hand_over(county.workspace, visit.id, now=LATER)
    assert rounds.hand_over(county.workspace, visit.id, now=LATER) == walk
    rounds.set_contact(county.workspace, walk.id, rectifying.CONTACT, team=walk.team)
    received(county, walk)
    (paper,) = round_papers.standing(county.workspace, walk.id, now=LATER).papers
    assert isinstance(paper.document, Handover)
    assert not paper.stops
    assert round_papers.preview(county.workspace, paper.document).startswith(b"%PDF")
    (done,) = round_papers.sign(county.workspace, walk.id, keys(county), now=LATER)
    assert (done.kind, done.number) == (Kind.HANDOVER, paper.document.number)
    assert "-J" in done.number
    assert {rectifying.state(county, one) for one in (road, verge)} == {"handed"}
    with pytest.raises(Refused, match="handover-nothing"):
        rounds.hand_over(county.workspace, visit.id, now=LATER)


def test_what_was_seen_can_be_taken_back_and_a_finding_left_out(county):
    (road, verge) = rectifying.found(county, "东门南侧", "西门北侧")
    walk = begun(county, [road, verge])
    rounds.see(county.workspace, walk.id, Sighting(finding=road, seen=Seen.FAIL, note="仍在"))
    rounds.see(county.workspace, walk.id, Sighting(finding=road, seen=Seen.PASS))
    back, finding = rounds.undo(county.workspace, walk.id)
    assert (back.sighting(road).seen, finding) == (Seen.FAIL, road)
    assert rounds.one(county.workspace, walk.id) == back
    assert rounds.undo(county.workspace, walk.id)[0].judged == 0
    assert rounds.undo(county.workspace, walk.id)[1] == ""
    rounds.leave_out(county.workspace, walk.id, road)
    assert [one.finding for one in rounds.one(county.workspace, walk.id).sightings] == [verge]
    rounds.leave_out(county.workspace, walk.id, verge)
    with pytest.raises(BadInput, match="round-unknown"):
        rounds.one(county.workspace, walk.id)


def test_fifty_sightings_can_be_taken_back_and_those_of_what_was_left_out_are_passed_over():
    walk = Round(
        id="round:a",
        kind=Kind.REINSPECTION,
        begin="",
        sightings=(Sighting(finding="a"), Sighting(finding="b")),
    )
    for n in range(60):
        walk = seen(walk, Sighting(finding="ab"[n % 2], note=str(n)))
    assert len(walk.undo) == MOST_UNDONE
    alone = msgspec.structs.replace(walk, sightings=walk.sightings[1:])
    back, finding = undone(alone)
    assert (finding, back.sightings[0].note) == ("b", "57")


def test_a_round_that_goes_on_from_a_backup_takes_numbers_of_its_own(county: County, tmp_path: Path):
    (road,) = rectifying.found(county, "东门南侧")
    walk = begun(county, [road])
    rounds.see(county.workspace, walk.id, Sighting(finding=road, seen=Seen.PASS, photos=(shot(county),)))
    received(county, walk)
    check.backup(county.workspace.path, tmp_path / "backup.zip", now=LATER)
    (mine,) = round_papers.sign(county.workspace, walk.id, keys(county), now=LATER)
    check.restore(tmp_path / "backup.zip", tmp_path / "restored")
    with workspaces.opened(tmp_path / "restored") as workspace:
        restored = County(workspace)
        assert stops(restored, walk) == {"round-void"}, "he signed under another number"
        received(restored, walk)
        (theirs,) = round_papers.sign(workspace, walk.id, keys(restored), now=LATER)
    assert theirs.number != mine.number
    assert theirs.id != mine.id


@pytest.mark.parametrize("seen_", [None, *Seen])
@pytest.mark.parametrize("note", ["", "仍在"])
@pytest.mark.parametrize("limit", [None, DAYS])
@pytest.mark.parametrize("photo", [False, True])
def test_what_a_round_says_that_it_lacks_is_what_signing_would_refuse(
    walked: tuple[County, Round, str], seen_: Seen | None, note: str, limit: TimeLimit | None, photo: bool
):
    county, walk, picture_ = walked
    (finding,) = [one.finding for one in walk.sightings]
    sighting = Sighting(
        finding=finding, seen=seen_, note=note, photos=(picture_,) if photo else (), time_limit=limit
    )
    rounds.see(county.workspace, walk.id, sighting)
    state = round_papers.standing(county.workspace, walk.id, now=LATER)
    about = [stop for paper in state.papers for stop in paper.stops if stop.finding]
    assert bool(about) == bool(sighting.lacks()), about


@pytest.fixture(scope="module")
def walked(_county_path: Path, tmp_path_factory: pytest.TempPathFactory):
    """A round of one finding, read again and again."""
    path = tmp_path_factory.mktemp("walked") / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as workspace:
        county = County(workspace)
        walk = begun(county, rectifying.found(county, "东门南侧"))
        yield county, walk, shot(county)
