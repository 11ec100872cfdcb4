"""From a draft to a signed sheet, its corrections and revisits."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from inspector.model.answer import Answer
from inspector.model.draft import EarlierSeen, Shot
from inspector.model.errors import Refused
from inspector.model.finding import State
from inspector.model.inspection import Choice, PhotoRole
from inspector.model.words import UncheckedReason, Verdict
from inspector.photos import scenes
from inspector.services import (
    corrections,
    counterparts,
    drafts,
    inspections,
    people,
    photos,
    preparing,
    signing,
)
from inspector.store import drafts as draft_store
from inspector.store import findings as finding_store
from inspector.store import sites
from tests.county import PASSPHRASE

UNCHECKED = Answer(verdict=Verdict.UNCHECKED, reason=UncheckedReason.NOT_OPEN, why="")


def findings(county):
    with county.workspace.reading() as db:
        return finding_store.every(db)


def open_drafts(county):
    with county.workspace.reading() as db:
        return draft_store.rows(db)


def photo(county, seed):
    scene = scenes.scene("GC", seed=seed, put_right=False, taken_at=county.now)
    return photos.take_bytes(county.workspace, scene, name=f"IMG_{seed}.jpg").sha256


def test_two_signatures_make_a_sheet_and_its_findings_and_end_the_draft(county):
    draft = county.passed()
    found = county.found(draft, "GC-05")
    progress = county.signed(draft)

    assert progress.complete
    assert open_drafts(county) == []
    (row,) = inspections.every(county.workspace)
    content = inspections.document(county.workspace, row.number)
    assert [one.id for one in content.findings] == [found.id]
    assert inspections.pdf(county.workspace, row.id).startswith(b"%PDF-1.7")
    assert [(one.id, one.state) for one in findings(county)] == [(found.id, State.OPEN)]


def test_what_was_put_right_on_the_spot_is_closed_with_its_photo(county):
    draft = county.passed()
    shots = (
        Shot(sha256=photo(county, 1)),
        Shot(sha256=photo(county, 2), role=PhotoRole.AFTER),
    )
    county.found(draft, "GC-05", fixed_on_spot=True, photos=shots)
    county.signed(draft)
    assert [one.state for one in findings(county)] == [State.PASSED]


def test_one_may_sign_now_and_the_other_hours_later(county):
    draft = county.passed()
    county.agreed(draft)
    first, second = county.signers()
    begun = signing.sign_draft(county.workspace, draft, [first], now=county.now)
    assert (begun.signed, begun.waiting) == ((first.person.id,), (second.person.id,))
    assert inspections.every(county.workspace) == []

    done = signing.sign_draft(county.workspace, draft, [second], now=county.now + timedelta(hours=5))
    assert done.complete
    content = inspections.document(county.workspace, done.inspection)
    assert content.made == county.now.isoformat()


def test_nobody_signs_twice_and_nobody_who_is_not_listed(county):
    draft = county.passed()
    county.agreed(draft)
    first = county.signers()[0]
    signing.sign_draft(county.workspace, draft, [first], now=county.now)
    stranger = people.add(
        county.workspace, name="检查员丙", organisation="", position="", passphrase=PASSPHRASE, now=county.now
    )
    unlocked = people.unlock(county.workspace, stranger.id, PASSPHRASE)
    for signer, key in ((first, "signer-already"), (unlocked, "signer-not-listed")):
        with pytest.raises(Refused) as refused:
            signing.sign_draft(county.workspace, draft, [signer], now=county.now)
        assert refused.value.key == key


def test_a_draft_with_gaps_is_not_signed_and_every_gap_is_named(county):
    draft = county.draft()
    with pytest.raises(Refused) as refused:
        signing.sign_draft(county.workspace, draft, county.signers(), now=county.now)
    named = [blocker.item for blocker in refused.value.values["blockers"] if blocker.key == "answer-missing"]
    assert refused.value.key == "draft-not-ready"
    assert "GC-05" in named and len(named) > 20


def test_signatures_that_are_discarded_leave_their_number_unused(county):
    draft = county.passed()
    county.agreed(draft)
    first = preparing.prepare(county.workspace, draft, now=county.now).content.number
    signing.sign_draft(county.workspace, draft, county.signers()[:1], now=county.now)
    signing.thaw(county.workspace, draft, now=county.now)
    assert preparing.prepare(county.workspace, draft, now=county.now).content.number != first


def test_a_correction_is_a_new_sheet_of_the_same_inspection(county):
    draft = county.passed()
    kept, gone = county.found(draft, "GC-05"), county.found(draft, "GC-06")
    county.signed(draft)
    (before,) = inspections.every(county.workspace)

    correction = corrections.correct(county.workspace, before.number, why="位置写错")
    right = msgspec.structs.replace(drafts.read(county.workspace, correction).findings[0], place="一层洗手区")
    drafts.put_finding(county.workspace, correction, right, now=county.now)
    drafts.strike_finding(county.workspace, correction, gone.id, now=county.now)
    drafts.answer(
        county.workspace, correction, "GC-06", Answer(verdict=Verdict.PASS, count=0), now=county.now
    )
    county.signed(correction)

    (after,) = inspections.every(county.workspace)
    assert after.id == before.id and after.number != before.number
    content = inspections.document(county.workspace, after.id)
    assert (content.corrects.number, content.corrects.sha256) == (before.number, before.content)
    assert (
        inspections.document(county.workspace, after.id, number=before.number).findings[0].place == "东门南侧"
    )
    states = {one.id: (one.state, one.place) for one in findings(county)}
    assert states == {kept.id: (State.OPEN, "一层洗手区"), gone.id: (State.WITHDRAWN, "东门南侧")}


def test_a_revisit_asks_only_what_was_unchecked_and_has_no_score(county):
    draft = county.passed()
    drafts.answer(county.workspace, draft, "GC-05", UNCHECKED, now=county.now)
    county.signed(draft)
    (row,) = inspections.every(county.workspace)
    assert inspections.unchecked(county.workspace) == [(row.site, row.id, "GC-05")]

    later = county.now + timedelta(days=2)
    revisit = corrections.revisit(county.workspace, row.number, now=later)
    drafts.answer(county.workspace, revisit, "GC-05", Answer(verdict=Verdict.PASS), now=later)
    fill_header(county, revisit, later)
    county.signed(revisit, at=later + timedelta(hours=1))

    content = inspections.document(county.workspace, inspections.every(county.workspace)[0].id)
    assert [one.code for one in content.answers] == ["GC-05"]
    assert content.result.score is None
    assert inspections.unchecked(county.workspace) == []


def fill_header(county, draft, at):
    first = inspections.every(county.workspace)[0]
    header = dict(inspections.document(county.workspace, first.id).header)
    drafts.answer_header(county.workspace, draft, header, now=at)
    about = drafts.read(county.workspace, draft).about
    end = (at + timedelta(minutes=20)).isoformat()
    drafts.set_about(county.workspace, draft, msgspec.structs.replace(about, end=end), now=at)


def seen(county, finding, *, still):
    with county.workspace.reading() as db:
        heads = finding_store.heads(db, finding)
    shots = (Shot(sha256=photo(county, 9)),)
    return EarlierSeen(finding=finding, item="GC-05", heads=heads, still=still, photos=shots)


@pytest.mark.parametrize(("still", "state"), [(True, State.FAILED), (False, State.PASSED)])
def test_an_earlier_finding_is_still_there_or_gone(county, still, state):
    draft = county.passed()
    found = county.found(draft, "GC-05")
    county.signed(draft)
    later = county.now + timedelta(days=7)
    again = county.passed(at=later)
    drafts.see_earlier(county.workspace, again, seen(county, found.id, still=still), now=later)
    county.signed(again, at=later + timedelta(hours=1))
    assert [one.state for one in findings(county)] == [state]


def test_an_earlier_finding_that_changed_meanwhile_is_looked_at_again_or_signed_as_is(county):
    draft = county.passed()
    found = county.found(draft, "GC-05")
    county.signed(draft)
    later = county.now + timedelta(days=7)
    slow, quick = county.passed(at=later), county.passed(at=later)
    drafts.see_earlier(county.workspace, slow, seen(county, found.id, still=True), now=later)
    drafts.see_earlier(county.workspace, quick, seen(county, found.id, still=False), now=later)
    county.signed(quick, at=later)
    county.agreed(slow)
    with pytest.raises(Refused) as refused:
        signing.sign_draft(county.workspace, slow, county.signers(), now=later)
    assert refused.value.key == "draft-findings-moved"
    signing.sign_draft(county.workspace, slow, county.signers(), now=later, as_is=True)
    assert [one.state for one in findings(county)] == [State.DISPUTED]


def test_what_the_header_says_of_the_site_is_offered_at_the_next_visit(county):
    draft = county.passed()
    drafts.answer_header(county.workspace, draft, {"GC-H1": "二类"}, now=county.now)
    county.signed(draft)
    with county.workspace.reading() as db:
        assert sites.one(db, "site:GC-001").facts["GC-H1"] == "二类"


@pytest.mark.parametrize(
    ("choice", "act"),
    [
        (Choice.OBJECTED, {"text": "对数量有异议"}),
        (Choice.REFUSED, {"reason": "称须请示", "witness": "检查员丁"}),
        (Choice.NOT_NEEDED, {"reason": "公共区域"}),
    ],
)
def test_every_way_in_which_a_counterpart_may_answer_ends_in_a_sheet(county, choice, act):
    draft = county.passed()
    county.agreed(draft, choice=choice, **act)
    progress = county.signed(draft)
    assert inspections.document(county.workspace, progress.inspection).counterpart.choice is choice


def test_a_counterpart_act_that_was_taken_back_is_missing_again(county):
    draft = county.passed()
    county.agreed(draft)
    counterparts.forget(county.workspace, draft, now=county.now)
    prepared = preparing.prepare(county.workspace, draft, now=county.now)
    assert [one.key for one in prepared.counterpart] == ["counterpart-missing"]
