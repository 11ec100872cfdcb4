"""Steps in the life of a finding that need no paper: each is one batch, upon what the person saw."""

from __future__ import annotations

import shutil
from datetime import timedelta

import msgspec
import pytest

from inspector.ledger.record import Record
from inspector.model.deed import Deed, Said
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, State, Step
from inspector.model.inspection import TimeLimit
from inspector.model.marks import Mark
from inspector.model.request import Report, Ruling, Subject
from inspector.model.unit import Directory
from inspector.model.words import TimeLimitKind
from inspector.photos import scenes
from inspector.services import deeds, findings, moves, people, photos, requests, units, workspaces
from inspector.services.drafts import stamp
from inspector.services.moves import Act
from inspector.store import records
from tests.county import County


@pytest.fixture(scope="module")
def signed(_county_path, tmp_path_factory):
    """示例县 with two signed findings of one site: its folder and their ids."""
    path = tmp_path_factory.mktemp("moves") / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as workspace:
        made = County(workspace)
        draft = made.passed()
        ids = [made.found(draft, "GC-05", place=place).id for place in ("东门", "西门")]
        made.signed(draft)
    return path, ids


@pytest.fixture
def county(signed, tmp_path):
    shutil.copytree(signed[0], tmp_path / "county")
    with workspaces.opened(tmp_path / "county") as workspace:
        yield County(workspace)


@pytest.fixture
def found(signed):
    return signed[1]


@pytest.fixture
def act(county):
    """The office's act, the day after the visit."""
    return Act(by=people.every(county.workspace)[0].id, now=county.now + timedelta(days=1))


def look(county, *ids):
    return moves.look(county.workspace, ids)


def one(county, finding):
    return findings.one(county.workspace, finding)


def state(county, finding):
    return one(county, finding).state


def batches(county):
    with county.workspace.reading() as db:
        return db.execute("SELECT count(*) FROM batch").fetchone()[0]


def shot(county, seed=1):
    scene = scenes.scene("GC", seed=seed, put_right=True, taken_at=county.now)
    return photos.take_bytes(county.workspace, scene, name="IMG_after.jpg").sha256


def served(county, finding, *, due):
    """The notice has arrived, as the office's documents record it."""
    step = Step(move=Move.SERVE, by="person:X", at=stamp(county.now), to="李某", document="notice:X")
    with county.workspace.transaction() as db:
        record = Record(
            "finding",
            finding,
            records.heads(db, finding),
            {"moves": [step.body()], "set": {"due": due}},
        )
        records.append(db, county.workspace, (record,), person=None, wall=stamp(county.now))


def unit(county, which):
    return Directory(units.every(county.workspace)).called(which)[0]


def other_unit(county, finding):
    lead = one(county, finding).lead_unit
    return next(unit for unit in units.every(county.workspace) if unit.id != lead and not unit.party)


def test_many_are_handed_over_by_telephone_in_one_batch(county, found, act):
    before = batches(county)
    moves.hand_over(county.workspace, look(county, *found), act, to="值班室", way="电话", at=county.now)
    assert [state(county, one) for one in found] == [State.HANDED, State.HANDED]
    assert batches(county) == before + 1


def test_what_cannot_be_done_to_one_of_many_is_done_to_none(county, found, act):
    moves.withdraw(county.workspace, look(county, found[1]), act, reason="不是问题")
    before = batches(county)
    with pytest.raises(Refused) as refused:
        moves.hand_over(county.workspace, look(county, *found), act, to="值班室", way="电话", at=county.now)
    assert refused.value.key == "moves-refused"
    assert refused.value.values["findings"] == found[1]
    assert batches(county) == before
    assert state(county, found[0]) is State.OPEN


def test_the_answer_of_a_unit_is_kept_with_its_photos_and_where_it_came_from(county, found, act):
    said = Report(measures="已清理", person="王某", finished="2026-11-25", source="微信群")
    moves.report(county.workspace, look(county, found[0]), act, said=said, shots=[shot(county)])
    row = one(county, found[0])
    assert row.state is State.REPORTED
    assert (row.report.measures, row.report.person, row.report.source) == ("已清理", "王某", "微信群")
    assert [photo.role for photo in row.report.photos] == ["after"]


def test_a_photo_that_was_shown_before_says_so(county, found, act):
    said = Report(measures="已清理", person="王某")
    moves.report(county.workspace, look(county, found[0]), act, said=said, shots=[shot(county)])
    moves.report(county.workspace, look(county, found[1]), act, said=said, shots=[shot(county)])
    flags = [one(county, finding).report.photos[0].flags for finding in found]
    assert flags == [(), ("photo-used-before",)]


def test_findings_of_several_units_are_told_each_to_its_own(county, found, act):
    other = other_unit(county, found[0])
    asked = {"asked_by": "住建局", "reason": "不在职责范围"}
    requests.grant(county.workspace, look(county, found[0]), act, Subject.TRANSFER, after=other.id, **asked)
    lead = one(county, found[1]).lead_unit
    said = Said(way="微信群", to={other.id: "值班室", lead: "李某"})
    seen = look(county, *found)
    ahead = deeds.preview(county.workspace, seen, Deed.TELL, act, said)
    assert [group.unit for group in ahead.groups] == sorted([lead, other.id])
    assert state(county, found[0]) is State.OPEN
    deeds.do(county.workspace, seen, Deed.TELL, act, said)
    told = [findings.timeline(county.workspace, one)[-1].steps[0].step.to for one in found]
    assert told == ["值班室", "李某"]


def test_a_preview_says_what_cannot_be_handed_over_and_writes_nothing(county, found, act):
    moves.withdraw(county.workspace, look(county, found[1]), act, reason="不是问题")
    before = batches(county)
    seen = look(county, *found)
    ahead = deeds.preview(county.workspace, seen, Deed.TELL, act, Said(way="电话", to="值班室"))
    assert [one.finding for one in ahead.ready] == [found[0]]
    assert {one: error.key for one, error in ahead.refused.items()} == {found[1]: "finding-move-not-now"}
    assert batches(county) == before


def test_one_new_limit_for_all_that_were_to_be_put_right_at_once(county, found, act):
    days = TimeLimit(kind=TimeLimitKind.WORKDAY, n=3)
    moves.new_limit(county.workspace, look(county, *found), act, limit=days)
    assert [one(county, finding).time_limit for finding in found] == [days, days]
    served(county, found[0], due="2026-11-27")
    with pytest.raises(Refused) as refused:
        moves.new_limit(county.workspace, look(county, found[0]), act, limit=days)
    assert refused.value.key == "limit-runs"
    moves.withdraw(county.workspace, look(county, found[1]), act, reason="不是问题")
    with pytest.raises(Refused) as closed:
        moves.new_limit(county.workspace, look(county, found[1]), act, limit=days)
    assert closed.value.key == "finding-closed"


def test_what_was_seen_to_be_right_is_closed_with_a_photo_and_what_was_not_gets_a_limit(county, found, act):
    with pytest.raises(Refused) as refused:
        moves.judge(county.workspace, look(county, found[0]), act, passed=True)
    assert refused.value.key == "finding-move-needs"
    moves.judge(county.workspace, look(county, found[0]), act, passed=True, shots=[shot(county)])
    days = TimeLimit(kind=TimeLimitKind.WORKDAY, n=2)
    served(county, found[1], due="2026-11-20")
    moves.judge(county.workspace, look(county, found[1]), act, passed=False, note="没有清理", limit=days)
    assert [state(county, one) for one in found] == [State.PASSED, State.FAILED]
    row = one(county, found[1])
    assert (row.time_limit, row.due) == (days, "")


def test_a_report_without_measures_photo_or_letter_is_none(county, found, act):
    with pytest.raises(Refused) as refused:
        moves.report(county.workspace, look(county, found[0]), act, said=Report(person="王某"))
    assert refused.value.key == "finding-move-needs"


def test_a_photo_that_never_came_in_proves_nothing(county, found, act):
    with pytest.raises(BadInput) as refused:
        moves.report(county.workspace, look(county, found[0]), act, said=Report(), shots=["0" * 64])
    assert refused.value.key == "photo-unknown"


def test_somebody_who_looked_before_the_last_record_is_told_and_may_sign_as_is(county, found, act):
    seen = look(county, found[0])
    moves.hand_over(county.workspace, seen, act, to="值班室", way="电话", at=county.now)
    with pytest.raises(Refused) as refused:
        moves.withdraw(county.workspace, seen, act, reason="不是问题")
    assert refused.value.key == "finding-moved-on"
    as_is = msgspec.structs.replace(act, as_is=True)
    moves.withdraw(county.workspace, seen, as_is, reason="不是问题")
    assert state(county, found[0]) is State.WITHDRAWN


def test_a_step_as_is_is_judged_by_what_the_person_saw(county, found, act):
    seen = look(county, found[0])
    moves.withdraw(county.workspace, seen, act, reason="不是问题")
    as_is = msgspec.structs.replace(act, as_is=True)
    moves.hand_over(county.workspace, seen, as_is, to="值班室", way="电话", at=county.now)
    assert state(county, found[0]) is State.WITHDRAWN
    assert one(county, found[0]).void == ()


def test_a_duplicate_is_withdrawn_and_names_the_one_that_goes_on(county, found, act):
    with pytest.raises(Refused) as refused:
        moves.duplicate(county.workspace, look(county, found[0]), act, of=found[0], reason="同一处")
    assert refused.value.key == "duplicate-of-itself"
    moves.duplicate(county.workspace, look(county, found[1]), act, of=found[0], reason="同一处")
    assert state(county, found[1]) is State.WITHDRAWN
    assert one(county, found[1]).duplicate_of == found[0]
    with pytest.raises(Refused) as refused:
        moves.duplicate(county.workspace, look(county, found[0]), act, of=found[1], reason="同一处")
    assert refused.value.key == "duplicate-of-closed"


def test_what_is_back_begins_anew_without_its_old_limit(county, found, act):
    served(county, found[0], due="2026-11-27")
    moves.duplicate(county.workspace, look(county, found[0]), act, of=found[1], reason="同一处")
    moves.reopen(county.workspace, look(county, found[0]), act, reason="又有积水")
    row = one(county, found[0])
    assert (row.state, row.due, row.duplicate_of) == (State.REOPENED, "", "")


def test_only_the_office_withdraws(county, found, act):
    member = msgspec.structs.replace(act, role=Role.INSPECTOR)
    with pytest.raises(Refused) as refused:
        moves.withdraw(county.workspace, look(county, found[0]), member, reason="不是问题")
    assert refused.value.key == "finding-move-not-yours"


def test_an_extension_keeps_the_old_date_readable(county, found, act):
    served(county, found[0], due="2026-11-27")
    seen = look(county, found[0])
    with pytest.raises(Refused) as refused:
        requests.grant(
            county.workspace, seen, act, Subject.EXTENSION, asked_by="住建局", reason="雨", after="2026-11-27"
        )
    assert refused.value.key == "extension-not-later"
    requests.grant(
        county.workspace, seen, act, Subject.EXTENSION, asked_by="住建局", reason="雨", after="2026-12-01"
    )
    row = one(county, found[0])
    assert row.due == "2026-12-01"
    assert (row.extension.before, row.extension.after) == ("2026-11-27", "2026-12-01")
    assert row.extension.answered_by == act.by
    assert Mark.EXTENDED in findings.marks(row, at=act.now)


def test_what_was_never_served_is_not_extended(county, found, act):
    with pytest.raises(Refused) as refused:
        requests.ask(
            county.workspace,
            look(county, found[0]),
            act,
            Subject.EXTENSION,
            asked_by="住建局",
            reason="雨",
            after="2026-12-01",
        )
    assert refused.value.key == "extension-nothing-due"


def test_an_extension_that_is_refused_leaves_the_date(county, found, act):
    served(county, found[0], due="2026-11-27")
    requests.ask(
        county.workspace,
        look(county, found[0]),
        act,
        Subject.EXTENSION,
        asked_by="住建局",
        reason="雨",
        after="2026-12-01",
    )
    with pytest.raises(Refused) as refused:
        requests.settle(county.workspace, look(county, found[0]), act, Subject.EXTENSION, Ruling.REFUSED)
    assert refused.value.key == "request-answer-missing"
    requests.settle(
        county.workspace, look(county, found[0]), act, Subject.EXTENSION, Ruling.REFUSED, answer="期限够"
    )
    row = one(county, found[0])
    assert row.due == "2026-11-27"
    assert Mark.EXTENDED not in findings.marks(row, at=act.now)


def test_a_transfer_gives_the_finding_to_the_other_unit_with_a_limit_of_its_own(county, found, act):
    served(county, found[0], due="2026-11-24")
    new = other_unit(county, found[0])
    old = one(county, found[0]).lead_unit
    late = msgspec.structs.replace(act, now=county.now + timedelta(days=3))
    assert findings.marks(one(county, found[0]), at=late.now) == (Mark.OVERDUE,)
    requests.ask(
        county.workspace,
        look(county, found[0]),
        act,
        Subject.TRANSFER,
        asked_by="住建局",
        reason="不归我局",
        after=new.name,
    )
    assert findings.marks(one(county, found[0]), at=late.now) == (Mark.CONTESTED,)
    requests.settle(county.workspace, look(county, found[0]), late, Subject.TRANSFER, Ruling.AGREED)
    row = one(county, found[0])
    assert (row.lead_unit, row.due, row.transfer.before) == (new.id, "", old)
    assert findings.marks(row, at=late.now) == ()


def test_a_company_is_never_given_a_finding(county, found, act):
    company = next(unit for unit in units.every(county.workspace) if unit.party)
    with pytest.raises(Refused) as refused:
        requests.grant(
            county.workspace,
            look(county, found[0]),
            act,
            Subject.TRANSFER,
            asked_by="",
            reason="是它的",
            after=company.id,
        )
    assert refused.value.key == "transfer-to-party"


def test_an_objection_stops_the_clock_until_it_is_answered(county, found, act):
    served(county, found[0], due="2026-11-24")
    ask = {"asked_by": "住建局", "reason": "当天已清理"}
    requests.ask(county.workspace, look(county, found[0]), act, Subject.OBJECTION, **ask)
    assert findings.marks(one(county, found[0]), at=act.now) == (Mark.CONTESTED,)
    with pytest.raises(Refused) as refused:
        requests.ask(county.workspace, look(county, found[0]), act, Subject.OBJECTION, **ask)
    assert refused.value.key == "request-waits"
    requests.settle(
        county.workspace, look(county, found[0]), act, Subject.OBJECTION, Ruling.UPHELD, answer="照片为证"
    )
    assert findings.marks(one(county, found[0]), at=act.now) == (Mark.OVERDUE,)


def test_an_objection_that_changes_something_says_what(county, found, act):
    requests.ask(
        county.workspace, look(county, *found), act, Subject.OBJECTION, asked_by="住建局", reason="位置不对"
    )
    with pytest.raises(Refused) as refused:
        requests.settle(
            county.workspace, look(county, found[0]), act, Subject.OBJECTION, Ruling.CHANGED, answer="属实"
        )
    assert refused.value.key == "objection-changes-nothing"
    requests.settle(
        county.workspace,
        look(county, found[0]),
        act,
        Subject.OBJECTION,
        Ruling.CHANGED,
        answer="属实",
        changes={"place": "北门"},
    )
    assert one(county, found[0]).place == "北门"
    requests.settle(
        county.workspace, look(county, found[1]), act, Subject.OBJECTION, Ruling.WITHDRAWN, answer="属实"
    )
    assert state(county, found[1]) is State.WITHDRAWN


def test_a_scan_is_attached_without_moving_anything(county, found, act):
    moves.attach(county.workspace, look(county, *found), act, scan=("a" * 64, 12), name="回函.pdf")
    row = one(county, found[0])
    assert row.state is State.OPEN
    assert [(scan.sha256, scan.name) for scan in row.attachments] == [("a" * 64, "回函.pdf")]


def test_the_time_line_tells_everything_that_happened_and_what_had_no_effect(county, found, act):
    said = Report(measures="已清理", person="王某", source="电话")
    moves.report(county.workspace, look(county, found[0]), act, said=said, shots=[shot(county)])
    with county.workspace.transaction() as db:
        again = Step(move=Move.REOPEN, by=act.by, at="2026-11-26", reason="x")
        record = Record("finding", found[0], records.heads(db, found[0]), {"moves": [again.body()]})
        records.append(db, county.workspace, (record,), person=act.by, wall="2026-11-26T10:00:00+08:00")
    line = findings.timeline(county.workspace, found[0])
    assert [[taken.step.move for taken in event.steps] for event in line] == [
        [],
        [Move.REPORT],
        [Move.REOPEN],
    ]
    assert [taken.void for event in line for taken in event.steps] == [False, True]
    assert line[1].person == act.by
    assert line[1].fields["report"]["measures"] == "已清理"
    assert len(line[1].blobs) == 1
    assert line[1].wall == stamp(act.now)


def test_the_second_time_at_one_place_is_marked(county, found, act):
    rows = [one(county, finding) for finding in found]
    counted = findings.times(county.workspace, rows)
    assert counted == {found[0]: 1, found[1]: 1}
    draft = county.passed(at=county.now + timedelta(days=7))
    again = county.found(draft, "GC-05", place="东门").id
    county.signed(draft, at=county.now + timedelta(days=7))
    row = one(county, again)
    assert findings.times(county.workspace, [row]) == {again: 2}
    assert Mark.REPEATED in findings.marks(row, at=act.now, times=2)


def test_a_page_of_findings_is_found_in_an_index_alone(county, found):
    """100,000 findings: everything that a list is narrowed by stands in the index that gives its order."""
    with county.workspace.reading() as db:
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT id, found_on FROM finding INDEXED BY finding_found"
            " WHERE state = 'open' AND severity = 'minor' AND instr(helping, 'x') = 0 AND due = ''"
            " AND site <> '' AND item <> '' AND lead_unit <> '' AND inspection <> ''"
            " ORDER BY found_on, id LIMIT 50"
        ).fetchall()
    assert [row[3] for row in plan] == ["SCAN finding USING COVERING INDEX finding_found"]


def test_lists_are_pages_and_units_that_help_are_found(county, found, act):
    both = findings.every(county.workspace)
    assert findings.every(county.workspace, most=1) == both[:1]
    assert findings.every(county.workspace, skip=1) == both[1:]
    helper = other_unit(county, found[0])
    with county.workspace.transaction() as db:
        said = {"set": {"helping_units": [helper.id]}}
        record = Record("finding", found[0], records.heads(db, found[0]), said)
        records.append(db, county.workspace, (record,), person=None, wall=stamp(act.now))
    assert [row.id for row in findings.every(county.workspace, unit=helper.name)] == [found[0]]
