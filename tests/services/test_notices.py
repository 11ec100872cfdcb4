"""From what was found to what is closed: notice, service, re-inspection, and the numbers of it all."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from inspector.model.errors import BadInput, Environment, Refused
from inspector.model.inspection import TimeLimit
from inspector.model.notice import Notice, Press, Received, Seen
from inspector.model.number import Fate, Official, Status
from inspector.model.paper import Kind, Standing, Way
from inspector.model.words import TimeLimitKind
from inspector.places import resource
from inspector.services import (
    announcements,
    calendars,
    drafting,
    findings,
    handovers,
    issuing,
    notice_files,
    notices,
    numbers,
    pressing,
    serving,
    verification,
    workspaces,
)
from inspector.services.drafting import By, Why
from inspector.services.issuing import Issuer
from inspector.services.notices import OnPaper
from inspector.services.reinspections import Look
from inspector.store import blobs, records
from tests.county import NOW, County
from tests.documents.sheets import picture
from tests.services import rectifying
from tests.services.rectifying import CONTACT, LATER, PREFIX, WORKDAYS

AT_ONCE = TimeLimit(kind=TimeLimitKind.AT_ONCE)


def handed(county, which, at=LATER, **given):
    """现场交办 of findings, by the first inspector."""
    return handovers.hand_over(
        county.workspace, which, county.signers()[0], rectifying.receipt(at, **given), contact=CONTACT, now=at
    )


def served(county, *which, at=LATER + timedelta(minutes=5), **given):
    """送达 of documents."""
    return serving.serve(
        county.workspace, which, rectifying.receipt(at, **given), county.signers()[0], now=at
    )


@pytest.fixture
def two(county):
    """Two findings of one visit, and numbers to issue with."""
    rectifying.allotted(county)
    return rectifying.found(county, "东门南侧", "西门北侧")


def test_a_finding_goes_all_the_way_to_its_closing_and_every_paper_proves_itself(county, two, tmp_path):
    (notice,) = rectifying.issued(county)
    assert (notice.kind, notice.number, notice.standing) == (
        Kind.NOTICE,
        "示创办督〔2026〕17号",
        Standing.ISSUED,
    )
    assert rectifying.state(county, two[0]) == "open"

    served = LATER + timedelta(minutes=5)
    (proof,) = serving.serve(
        county.workspace,
        [notice.number],
        rectifying.receipt(served),
        county.signers()[0],
        now=served,
    )
    assert notices.one(county.workspace, notice.id).standing is Standing.SERVED
    assert {rectifying.state(county, one) for one in two} == {"served"}
    # Tuesday 24 November and five working days: Tuesday 1 December
    assert {findings.one(county.workspace, one).due for one in two} == {"2026-12-01"}

    again = served + timedelta(days=3)
    (opinion,) = rectifying.reinspected(county, rectifying.passes(county, two[0]), at=again)
    assert rectifying.state(county, two[0]) == "passed"
    assert rectifying.state(county, two[1]) == "served"

    for n, row in enumerate((notice, proof, opinion)):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(notices.pdf(county.workspace, row.id))
        verdict = verification.in_workspace(county.workspace, file)
        assert verdict.accepted, verdict.problems
        assert "verify-ledger-same" in {line.key for line in verdict.notes}


# The draft


def test_every_finding_comes_into_one_notice_and_into_no_second_one(county, two):
    street = rectifying.found(county, "3 号院", site="BX-001")
    plan = rectifying.planned(county)
    assert sorted(len(one.rows) for one in plan.notices) == [1, 2]
    assert {row.finding for one in plan.notices for row in one.rows} == {*two, *street}
    made = drafting.draft(county.workspace, plan, now=LATER)
    again = rectifying.planned(county)
    assert not again.notices
    assert {(left.why, left.notice in made) for left in again.left} == {(Why.LIVE, True)}
    with pytest.raises(Refused, match="notice-finding-taken"):
        drafting.draft(county.workspace, plan, now=LATER)


def test_a_notice_is_for_a_unit_or_a_site_or_a_party(county):
    first = rectifying.found(county, "东门", site="GC-001")
    second = rectifying.found(county, "东门", "西门", site="GC-002", party="㐂河物业公司")
    whole = rectifying.planned(county).notices
    assert sum(len(one.rows) for one in whole) == len(first + second)
    assert len(rectifying.planned(county, by=By.UNIT_AND_SITE).notices) == 2
    assert len(rectifying.planned(county, by=By.UNIT_AND_PARTY).notices) == 2


def test_a_period_takes_the_findings_of_its_days_alone(county, two):
    assert not rectifying.planned(county, last=date(2026, 11, 23)).notices
    assert len(rectifying.planned(county, first=date(2026, 11, 24), last=date(2026, 11, 24)).notices) == 1
    with pytest.raises(BadInput, match="notice-period-empty"):
        rectifying.planned(county, last=date(2026, 10, 1))


def test_nobody_but_a_unit_is_addressed_and_helping_units_get_a_copy(county, two):
    (draft,) = rectifying.planned(county).notices
    ids = {unit.id for unit in (draft.to, *draft.copied)}
    assert draft.to.id not in {unit.id for unit in draft.copied}
    assert ids and draft.mandate.number == "示创办〔2026〕3号"
    assert "2026年11月24日" in draft.opening and "2处" in draft.opening


def test_what_was_to_be_done_at_once_needs_a_new_limit_for_all_in_one_act(county):
    rectifying.allotted(county)
    (finding,) = rectifying.found(county, "东门", time_limit=AT_ONCE)
    plan = rectifying.planned(county)
    assert plan.at_once == (finding,)
    with pytest.raises(Refused, match="notice-at-once-left"):
        drafting.draft(county.workspace, plan, now=LATER)
    drafting.draft(county.workspace, rectifying.planned(county, limit=WORKDAYS), now=LATER)
    assert findings.one(county.workspace, finding).time_limit == WORKDAYS


def test_a_draft_that_was_changed_has_to_be_checked_again_and_never_orders(county, two):
    (draft,) = rectifying.drafted(county)
    assert notices.one(county.workspace, draft).standing is Standing.CHECKED
    with pytest.raises(Refused, match="doc-word-forbidden"):
        notices.change(county.workspace, draft, asking="责令三日内改正。", now=LATER)
    with pytest.raises(BadInput, match="notice-no-row"):
        notices.change(county.workspace, draft, requirements={3: "请清运"}, now=LATER)
    with pytest.raises(BadInput, match="notice-text-too-long"):
        notices.change(county.workspace, draft, asking="请" * 501, now=LATER)
    notices.change(county.workspace, draft, asking="请三日内改正。", requirements={2: "请清运"}, now=LATER)
    assert [row.requirement for row in notices.document(county.workspace, draft).rows] == ["", "请清运"]
    assert notices.one(county.workspace, draft).standing is Standing.DRAFT
    with pytest.raises(Refused, match="doc-not-checked"):
        rectifying.issued(county, (draft,))


# Numbers


def test_numbers_are_given_in_order_and_void_ones_are_listed_with_their_reason(county):
    rectifying.allotted(county, 17, 20)
    rectifying.found(county, "东门", site="GC-001")
    rectifying.found(county, "3 号院", site="BX-001")
    first, second = rectifying.issued(county)
    assert [first.number, second.number] == ["示创办督〔2026〕17号", "示创办督〔2026〕18号"]
    notices.void(county.workspace, first.id, reason="写错单位", by=county.signers()[0].person, now=LATER)
    (again,) = rectifying.issued(county)
    assert again.number == "示创办督〔2026〕19号"
    numbers.declare(county.workspace, Official(PREFIX, 2026, 20), Fate.VOID, reason="打印坏了", now=LATER)
    ((block, lines),) = [(one.block, one.lines) for one in numbers.every(county.workspace)]
    assert [line.status for line in lines] == [Status.VOID, Status.ISSUED, Status.ISSUED, Status.VOID]
    assert [line.reason for line in lines] == ["写错单位", "", "", "打印坏了"]
    assert len(lines) == block.last - block.first + 1
    with pytest.raises(Refused, match="number-none-left"):
        rectifying.found(county, "西门", site="GC-003")
        rectifying.issued(county)


def test_without_a_block_nothing_is_issued_and_drafts_stay_drafts(county):
    rectifying.found(county, "东门")
    made = rectifying.drafted(county)
    with pytest.raises(BadInput, match="number-prefix-wanted"):
        rectifying.issued(county, made)
    with pytest.raises(Refused, match="number-no-block"):
        rectifying.issued(county, made, prefix=PREFIX)
    assert notices.one(county.workspace, made[0]).standing is Standing.CHECKED


def test_two_laptops_number_at_the_same_time_and_no_number_comes_twice(county, tmp_path):
    rectifying.found(county, "东门", site="GC-001")
    rectifying.found(county, "3 号院", site="BX-001")
    made = rectifying.drafted(county)
    with other_laptop(county, tmp_path) as other:
        rectifying.allotted(county, 17, 18)
        numbers.allot(other.workspace, prefix=PREFIX, year=2026, first=19, last=20, now=NOW)
        (mine,) = rectifying.issued(county, made[:1])
        (theirs,) = rectifying.issued(other, made[1:])
        take(county, other)
        take(other, county)
        for laptop in (county, other):
            listed = {row.number for row in notices.every(laptop.workspace)}
            assert listed == {"示创办督〔2026〕17号", "示创办督〔2026〕19号"}
            assert not numbers.doubles(laptop.workspace)
        assert mine.number != theirs.number


def test_the_same_block_allotted_on_two_laptops_shows_what_came_twice(county, tmp_path):
    rectifying.found(county, "东门", site="GC-001")
    rectifying.found(county, "3 号院", site="BX-001")
    made = rectifying.drafted(county)
    with other_laptop(county, tmp_path) as other:
        rectifying.allotted(county)
        rectifying.allotted(other)
        rectifying.issued(county, made[:1])
        rectifying.issued(other, made[1:])
        take(county, other)
        assert list(numbers.doubles(county.workspace)) == [Official(PREFIX, 2026, 17)]
        with pytest.raises(BadInput, match="notice-ambiguous"):
            notices.one(county.workspace, "示创办督〔2026〕17号")


class Laptop(County):
    """The same people on another machine."""


def other_laptop(county, tmp_path: Path):
    """A second workspace that knows the same and is a device of its own."""
    from contextlib import contextmanager

    @contextmanager
    def opened():
        path = tmp_path / "other"
        shutil.copytree(county.workspace.path, path, ignore=shutil.ignore_patterns("lock"))
        with workspaces.opened(path) as workspace:
            assert workspace.device.id != county.workspace.device.id
            yield Laptop(workspace)

    return opened()


def take(to, source) -> None:
    """Everything that `source` knows."""
    with source.workspace.reading() as db:
        hashes = [row[0] for row in db.execute("SELECT hash FROM batch ORDER BY device, seq")]
        lines = records.lines(db, hashes)
    from inspector.ledger.record import read_line

    with to.workspace.transaction() as db:
        records.receive(db, [read_line(line, ledger=to.workspace.ledger) for line in lines])


# Issuing


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_issuing_that_is_stopped_leaves_whole_notices_and_whole_drafts(county, after):
    rectifying.allotted(county)
    for site in ("GC-001", "BX-001", "BX-002"):
        rectifying.found(county, "东门", site=site)
    made = rectifying.drafted(county)
    heard = []
    rectifying.issued(
        county,
        made,
        report=lambda done, total: heard.append((done, total)),
        stopped=lambda: len(heard) == after,
    )
    rows = [notices.one(county.workspace, one) for one in made]
    assert [row.standing for row in rows] == [Standing.ISSUED] * after + [Standing.CHECKED] * (3 - after)
    assert [row.number for row in rows] == [
        f"示创办督〔2026〕{17 + n}号" if n < after else "" for n in range(3)
    ]
    assert heard == [(n, 3) for n in range(1, after + 1)]
    rectifying.issued(county, made[after:])
    rows = [notices.one(county.workspace, one) for one in made]
    assert [row.official.n for row in rows] == [17, 18, 19]


def test_an_error_in_the_middle_takes_nothing_of_those_before(county, monkeypatch):
    rectifying.allotted(county, 17, 17)
    rectifying.found(county, "东门", site="GC-001")
    rectifying.found(county, "3 号院", site="BX-001")
    made = rectifying.drafted(county)
    with pytest.raises(Refused, match="number-none-left"):
        rectifying.issued(county, made)
    assert [notices.one(county.workspace, one).standing for one in made] == [
        Standing.ISSUED,
        Standing.CHECKED,
    ]


def test_a_decision_on_paper_is_signed_by_the_handler_who_claims_nothing(county, two, tmp_path):
    scan = tmp_path / "签批.jpg"
    scan.write_bytes(picture(7))
    paper = OnPaper(name="签发人丁", position="主任", on=date(2026, 11, 24), scan=scan)
    made = drafting.draft(county.workspace, rectifying.planned(county), now=LATER)
    notices.review(
        county.workspace, made, OnPaper(name="审核人丙", on=date(2026, 11, 24), scan=scan), now=LATER
    )
    (row,) = issuing.issue(county.workspace, made, Issuer(key=county.signers()[0], on_paper=paper), now=LATER)
    said = notices.document(county.workspace, row.id)
    assert isinstance(said, Notice)
    assert (said.issued.name, said.members[0].name) == ("签发人丁", county.signers()[0].person.name)
    assert said.issued.scan == said.checked.scan != ""
    with county.workspace.reading() as db:
        named = records.named_blobs(db)
    assert {row.sheet, said.issued.scan} <= named


def test_a_finding_that_was_closed_since_the_draft_is_not_issued(county, two):
    made = rectifying.drafted(county)
    rectifying.reinspected(county, rectifying.passes(county, two[0]), at=LATER)
    with pytest.raises(Refused, match="notice-finding-done"):
        rectifying.issued(county, made)


# Limits


def test_the_limits_of_the_issue_end_as_it_says(county, monkeypatch):
    """Served 2026-10-19 10:00."""
    clock = serving.Clock(county.workspace)
    ends = {
        ("hour", 24): "2026-10-20T10:00+08:00",
        ("workhour", 24): "2026-10-22T15:30+08:00",
        ("workhour", 4): "2026-10-19T16:30+08:00",
        ("workday", 5): "2026-10-26",
    }
    for (kind, n), end in ends.items():
        due = clock.due(TimeLimit(kind=TimeLimitKind(kind), n=n), "2026-10-19T10:00:00+08:00")
        assert serving.printed(due) == end


def test_a_limit_that_began_on_the_spot_keeps_that_beginning(county, two):
    (slip,) = handed(county, two[:1])
    assert slip.number.startswith("GC-001-20261124-") and "-J0" in slip.number
    assert rectifying.state(county, two[0]) == "handed"
    assert findings.one(county.workspace, two[0]).due == "2026-12-01"
    (notice,) = rectifying.issued(county)
    served(county, notice.id, at=LATER + timedelta(days=3))
    dues = [findings.one(county.workspace, one).due for one in two]
    assert dues == ["2026-12-01", "2026-12-04"]


def test_a_year_that_is_not_known_gives_no_printed_date_until_it_is(county, two, tmp_path):
    (notice,) = rectifying.issued(county)
    late = datetime.fromisoformat("2026-12-29T10:00:00+08:00")
    (proof,) = served(county, notice.id, at=late)
    said = notices.document(county.workspace, proof.id)
    assert [limit.due for limit in said.limits] == ["", ""]
    assert findings.one(county.workspace, two[0]).due_estimated
    assert not pressing.plan(
        county.workspace,
        limit=WORKDAYS,
        handled_by=county.signers()[0].person,
        now=late + timedelta(days=60),
    )
    plan = (resource("calendar") / "2026.toml").read_text("utf-8").replace("2026", "2027").splitlines()
    year = tmp_path / "2027.toml"
    year.write_text(
        "\n".join([*plan[:3], "[[holidays]]", 'name = "元旦"', "first = 2027-01-01", "last = 2027-01-03"]),
        "utf-8",
    )
    calendars.import_file(county.workspace, year, now=late)
    assert serving.settle(county.workspace, person=None, now=late) == 2
    found = findings.one(county.workspace, two[0])
    assert (found.due, found.due_estimated) == ("2027-01-06", False)


# Service


def test_one_proof_of_service_names_all_documents_of_a_recipient(county, two):
    rectifying.found(county, "3 号院", site="BX-001")
    rows = rectifying.issued(county)
    receivers = {row.to.id: rectifying.receipt(name=f"收件人{n}") for n, row in enumerate(rows)}
    at = LATER + timedelta(minutes=5)
    proofs = serving.serve(county.workspace, [row.id for row in rows], receivers, county.signers()[0], now=at)
    assert [notices.document(county.workspace, one.id).received.name for one in proofs] == [
        "收件人0",
        "收件人1",
    ]
    with pytest.raises(Refused, match="notice-not-issued"):
        served(county, rows[0].id)


def test_a_document_arrives_neither_before_it_is_issued_nor_tomorrow(county, two):
    (notice,) = rectifying.issued(county)
    for at in (LATER - timedelta(days=2), LATER + timedelta(days=1)):
        with pytest.raises(BadInput, match="service-time"):
            serving.serve(
                county.workspace,
                [notice.id],
                rectifying.receipt(at),
                county.signers()[0],
                now=LATER + timedelta(hours=1),
            )
    assert rectifying.state(county, two[0]) == "open"


def test_a_refusal_needs_its_witness_and_counts_as_arrived(county, two):
    (notice,) = rectifying.issued(county)
    with pytest.raises(Refused, match="doc-nobody-received"):
        served(county, notice.id, way=Way.REFUSED)
    served(county, notice.id, way=Way.REFUSED, reason="要请示", witness="社区干部己")
    assert rectifying.state(county, two[0]) == "served"


# After the limit


def test_what_is_late_is_pressed_for_once_until_a_new_limit_has_passed(county, two):
    (notice,) = rectifying.issued(county)
    served(county, notice.id)
    late = LATER + timedelta(days=10)
    by = county.signers()[0].person
    plan = pressing.plan(county.workspace, limit=WORKDAYS, handled_by=by, leader="分管副县长", now=late)
    assert [(missed.days_late, missed.row.number) for missed in plan[0].rows] == [(3, "17-1"), (3, "17-2")]
    made = pressing.draft(county.workspace, plan, now=late)
    assert not pressing.plan(county.workspace, limit=WORKDAYS, handled_by=by, now=late)
    notices.review(county.workspace, made, county.signers()[1], now=late)
    (press,) = issuing.issue(county.workspace, made, Issuer(key=county.signers()[0]), now=late)
    assert (press.number, press.kind) == ("示创办督〔2026〕18号", Kind.PRESS)
    assert isinstance(notices.document(county.workspace, press.id), Press)
    served(county, press.id, at=late + timedelta(minutes=5))
    assert findings.one(county.workspace, two[0]).due == "2026-12-11"
    assert len(notices.numbers_of(county.workspace)) == 2
    assert pressing.plan(county.workspace, limit=WORKDAYS, handled_by=by, now=late + timedelta(days=20))


def test_a_reinspection_closes_some_and_gives_others_a_new_limit(county, two):
    (notice,) = rectifying.issued(county)
    served(county, notice.id)
    at = LATER + timedelta(days=3)
    fails = Look(finding=two[1], seen=Seen.FAIL, note="仍有积水", time_limit=WORKDAYS)
    (opinion,) = rectifying.reinspected(county, rectifying.passes(county, two[0]), fails, at=at)
    assert [rectifying.state(county, one) for one in two] == ["passed", "failed"]
    said = notices.document(county.workspace, opinion.id)
    assert said.closed == (two[0],)
    assert [one.row.number for one in said.rows] == ["17-1", "17-2"]
    assert findings.one(county.workspace, two[1]).due == "2026-12-04"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"photos": ()}, "finding-move-needs"),
        ({"seen": Seen.FAIL, "note": "", "photos": (), "time_limit": WORKDAYS}, "finding-move-needs"),
        ({"seen": Seen.PARTLY}, "reinspect-limit-missing"),
    ],
)
def test_a_reinspection_without_its_proof_is_refused_and_changes_nothing(county, two, change, key):
    look = msgspec.structs.replace(rectifying.passes(county, two[0]), **change)
    with pytest.raises((Refused, BadInput), match=key):
        rectifying.reinspected(county, look, at=LATER)
    assert rectifying.state(county, two[0]) == "open"
    assert not notices.every(county.workspace)


def test_a_reinspection_is_signed_by_two(county, two, monkeypatch):
    signers = county.signers()[:1]
    monkeypatch.setattr(county, "signers", lambda: signers)
    with pytest.raises(Refused, match="doc-few-signers"):
        rectifying.reinspected(county, rectifying.passes(county, two[0]), at=LATER)


# Voiding


def test_a_void_notice_sets_its_findings_free_and_says_so_when_verified(county, two, tmp_path):
    (notice,) = rectifying.issued(county)
    with pytest.raises(BadInput, match="notice-void-reason"):
        notices.void(county.workspace, notice.id, reason=" ", by=county.signers()[0].person, now=LATER)
    notices.void(county.workspace, notice.id, reason="单位写错", by=county.signers()[0].person, now=LATER)
    with pytest.raises(Refused, match="notice-void-already"):
        notices.void(county.workspace, notice.id, reason="再来", by=county.signers()[0].person, now=LATER)
    with pytest.raises(Refused, match="notice-not-issued"):
        served(county, notice.id)
    (again,) = rectifying.issued(county)
    assert set(again.findings) == set(two)
    file = tmp_path / "void.pdf"
    file.write_bytes(notices.pdf(county.workspace, notice.id))
    verdict = verification.in_workspace(county.workspace, file)
    assert "verify-ledger-void" in {line.key for line in verdict.notes}


def test_the_same_finding_handed_over_twice_is_refused_before_anything_is_written(county, two):
    rectifying.reinspected(county, rectifying.passes(county, two[0]), at=LATER)
    before = notices.every(county.workspace)
    with pytest.raises(Refused, match="finding-move-not-now"):
        handed(county, two)
    assert notices.every(county.workspace) == before
    assert Received(way=Way.RECEIPT, at="").lacks() == ("name", "place")


def test_two_laptops_that_draft_for_one_finding_see_both_notices_after_they_met(county, two, tmp_path):
    with other_laptop(county, tmp_path) as other:
        (mine,) = drafting.draft(county.workspace, rectifying.planned(county), now=LATER)
        (theirs,) = drafting.draft(other.workspace, rectifying.planned(other), now=LATER)
        take(county, other)
        twice = notices.twice(county.workspace)
        assert set(twice) == set(two)
        assert {row.id for row in twice[two[0]]} == {mine, theirs}
        notices.void(county.workspace, theirs, reason="重复起草", by=county.signers()[0].person, now=LATER)
        assert not notices.twice(county.workspace)


def test_the_office_s_own_hours_count_for_what_is_served_from_then_on(county):
    calendars.set_hours(county.workspace, [(9 * 60, 12 * 60), (13 * 60, 18 * 60)], now=NOW)
    due = serving.Clock(county.workspace).due(
        TimeLimit(kind=TimeLimitKind.WORKHOUR, n=4), "2026-10-19T10:00:00+08:00"
    )
    assert serving.printed(due) == "2026-10-19T15:00+08:00"


def test_a_photo_that_is_not_here_stops_its_notice_alone_and_costs_no_number(county):
    rectifying.allotted(county)
    rectifying.found(county, "东门", site="GC-001")
    rectifying.found(county, "3 号院", site="BX-001", photo=8)
    made = rectifying.drafted(county)
    photo = notices.document(county.workspace, made[1]).evidence()[0]
    file = blobs.path(county.workspace, photo.sha256)
    aside = file.rename(file.with_suffix(".aside"))
    shutil.rmtree(county.workspace.path / "cache")
    with pytest.raises(Environment, match="blob-missing"):
        rectifying.issued(county, made)
    assert [notices.one(county.workspace, one).standing for one in made] == [
        Standing.ISSUED,
        Standing.CHECKED,
    ]
    aside.rename(file)
    (row,) = rectifying.issued(county, made[1:])
    assert row.number == "示创办督〔2026〕18号"


def test_only_the_leader_of_the_visit_hands_over_on_the_spot(county, two):
    with pytest.raises(Refused, match="handover-not-leader"):
        handovers.hand_over(
            county.workspace,
            two,
            county.signers()[1],
            rectifying.receipt(LATER),
            contact=CONTACT,
            now=LATER,
        )
    assert not notices.every(county.workspace)


# What goes to the unit


def test_a_unit_is_told_of_each_date_in_words_to_paste_and_on_a_page(county, two):
    (notice,) = rectifying.issued(county)
    (proof,) = served(county, notice.id)
    said = announcements.text(county.workspace, proof.id).splitlines()
    assert said[0] == "送达告知"
    assert notice.number in said[1] and "2026年11月24日 11:35" in said[1] and "签收" in said[1]
    assert [line for line in said if "到期日：2026年12月1日" in line] == said[2:4]
    assert said[2].startswith("17-1 ") and "东门南侧" in said[2]
    assert announcements.page(county.workspace, proof.id).startswith(b"%PDF")
    with pytest.raises(BadInput, match="notice-no-service"):
        announcements.text(county.workspace, notice.id)


def test_an_export_holds_all_that_the_unit_needs_and_comes_again_the_same(county, two, tmp_path):
    (notice,) = rectifying.issued(county)
    files = notice_files.export(county.workspace, [notice.id], tmp_path / "out")
    assert [file.name.partition("_")[0] for file in files] == [
        "督查整改通知书",
        "督查整改通知书",
        "整改情况报告",
        "收件人说明",
    ]
    assert [file.suffix for file in files] == [".pdf", ".docx", ".docx", ".pdf"]
    assert files[0].read_bytes() == notices.pdf(county.workspace, notice.id)
    assert notice_files.export(county.workspace, [notice.id], tmp_path / "out") == files
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Environment, match="export-failed"):
        notice_files.export(county.workspace, [notice.id], tmp_path / "file")


def test_rows_stand_in_the_order_of_the_sheet(county):
    rectifying.allotted(county)
    places = [f"{n} 号" for n in range(1, 8)]
    ids = rectifying.found(county, *places)
    (draft,) = rectifying.planned(county).notices
    assert [row.place for row in draft.rows] == places
    (slip,) = handed(county, list(reversed(ids)))
    assert [row.place for row in notices.document(county.workspace, slip.id).rows] == places


def test_two_who_issue_on_one_laptop_at_once_get_two_numbers(county):
    rectifying.allotted(county)
    for site in ("GC-001", "BX-001"):
        rectifying.found(county, "东门", site=site)
    made = rectifying.drafted(county)
    county.signers()
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda one: rectifying.issued(county, (one,))[0], made))
    assert sorted(row.official.n for row in rows) == [17, 18]
    assert {notices.document(county.workspace, row.id).number for row in rows} == {row.number for row in rows}
