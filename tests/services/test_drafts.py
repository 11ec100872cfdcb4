"""Drafts: what is typed is kept act by act, can be taken back, and says what it changes."""

from __future__ import annotations

import msgspec
import pytest

from inspector.model.answer import Answer
from inspector.model.errors import BadInput, Refused
from inspector.model.words import Verdict
from inspector.services import drafts, forms, preparing, signing, workspaces
from inspector.store import drafts as store

PASS = Answer(verdict=Verdict.PASS)


def keys(county, draft):
    prepared = preparing.prepare(county.workspace, draft, now=county.now)
    return [one.key for one in (*prepared.missing, *prepared.counterpart)]


def test_an_answer_is_there_after_the_workspace_was_closed_and_opened(county):
    draft = county.draft()
    drafts.answer(county.workspace, draft, "GC-05", PASS, now=county.now)
    county.workspace.close()
    with workspaces.opened(county.workspace.path) as again:
        assert drafts.read(again, draft).answers["GC-05"] == PASS


def test_undo_takes_back_the_last_act_and_redo_does_it_again(county):
    draft = county.draft()
    before = drafts.read(county.workspace, draft)
    drafts.answer(county.workspace, draft, "GC-05", PASS, now=county.now)
    county.found(draft, "GC-06")
    after = drafts.read(county.workspace, draft)

    undone = [drafts.undo(county.workspace, draft, now=county.now).name for _ in range(2)]
    assert undone == ["act-finding GC-06", "act-answer GC-05"]
    assert drafts.read(county.workspace, draft) == before

    drafts.redo(county.workspace, draft, now=county.now)
    drafts.redo(county.workspace, draft, now=county.now)
    assert drafts.read(county.workspace, draft) == after
    assert drafts.redo(county.workspace, draft, now=county.now) is None


def test_the_last_fifty_acts_can_be_undone_also_after_a_restart(county):
    draft = county.draft()
    for n in range(store.ACTS_KEPT + 5):
        drafts.answer(county.workspace, draft, "GC-05", Answer(note=str(n)), now=county.now)
    county.workspace.close()
    with workspaces.opened(county.workspace.path) as again:
        undone = 0
        while drafts.undo(again, draft, now=county.now):
            undone += 1
        assert undone == store.ACTS_KEPT
        assert drafts.read(again, draft).answers["GC-05"].note == "4"


def test_a_new_act_makes_what_was_undone_unreachable(county):
    draft = county.draft()
    drafts.answer(county.workspace, draft, "GC-05", PASS, now=county.now)
    drafts.undo(county.workspace, draft, now=county.now)
    drafts.answer(county.workspace, draft, "GC-04", PASS, now=county.now)
    assert drafts.redo(county.workspace, draft, now=county.now) is None
    assert "GC-05" not in drafts.read(county.workspace, draft).answers


def test_a_header_answer_that_changes_a_limit_judges_again_and_names_what_moved(county):
    draft = county.draft()
    drafts.answer_header(county.workspace, draft, {"GC-H1": "二类"}, now=county.now)
    drafts.answer(county.workspace, draft, "GC-14", Answer(verdict=Verdict.PASS, count=3), now=county.now)
    drafts.answer(county.workspace, draft, "GC-06", Answer(verdict=Verdict.PASS, count=0), now=county.now)

    moved = drafts.answer_header(county.workspace, draft, {"GC-H1": "一类"}, now=county.now)

    assert moved == (drafts.Moved(item="GC-14", before=Verdict.PASS, after=Verdict.FAIL),)
    assert drafts.read(county.workspace, draft).answers["GC-14"].verdict is Verdict.FAIL
    drafts.undo(county.workspace, draft, now=county.now)
    typed = drafts.read(county.workspace, draft)
    assert (typed.header["GC-H1"], typed.answers["GC-14"].verdict) == ("二类", Verdict.PASS)


def test_a_verdict_that_was_worse_than_its_number_stays_when_the_limit_changes(county):
    draft = county.draft()
    drafts.answer_header(county.workspace, draft, {"GC-H1": "二类"}, now=county.now)
    drafts.answer(county.workspace, draft, "GC-14", Answer(verdict=Verdict.FAIL, count=3), now=county.now)
    assert drafts.answer_header(county.workspace, draft, {"GC-H1": "三类"}, now=county.now) == ()
    assert drafts.read(county.workspace, draft).answers["GC-14"].verdict is Verdict.FAIL


def test_all_the_rest_passes_but_vetoes_and_what_must_be_counted_or_smelled(county):
    draft = county.draft()
    given = drafts.pass_rest(county.workspace, draft, now=county.now)
    assert "GC-05" in given
    assert not {"GC-01", "GC-09", "GC-13", "GC-14"} & set(given)
    assert all(drafts.read(county.workspace, draft).answers[code].bulk for code in given)
    drafts.undo(county.workspace, draft, now=county.now)
    assert drafts.read(county.workspace, draft).answers == {}


def test_a_finding_fails_its_item_and_blocks_nothing_but_what_it_lacks(county):
    draft = county.passed()
    county.found(draft, "GC-05", description="")
    assert drafts.read(county.workspace, draft).answers["GC-05"].verdict is Verdict.FAIL
    assert keys(county, draft) == ["finding-without-description", "counterpart-missing"]


def test_findings_beyond_the_limit_of_a_count_replace_the_count_that_was_typed(county):
    draft = county.passed()
    drafts.answer(county.workspace, draft, "GC-06", Answer(verdict=Verdict.PASS, count=0), now=county.now)
    county.found(draft, "GC-06", quantity="2", measure="处")
    answer = drafts.read(county.workspace, draft).answers["GC-06"]
    assert (answer.verdict, answer.count) == (Verdict.FAIL, None)


def test_units_and_time_limit_are_proposed_by_the_item_and_the_task_table(county):
    draft = county.draft()
    form = forms.of_version(county.workspace, drafts.read(county.workspace, draft).about.form)
    proposed = drafts.propose(county.workspace, "site:GC-001", form.item("GC-13"), place="女厕")
    assert proposed.lead_unit.startswith("unit:")
    assert proposed.time_limit == form.item("GC-13").time_limit
    assert drafts.read(county.workspace, draft).findings == ()


def test_a_jotting_blocks_signing_until_it_is_placed_or_struck(county):
    draft = county.passed()
    first = drafts.jot(county.workspace, draft, "便池 溢水", now=county.now)
    second = drafts.jot(county.workspace, draft, "门口 摊贩", now=county.now)
    assert keys(county, draft).count("jotting-not-placed") == 2

    finding = drafts.place_jotting(county.workspace, draft, first.id, "GC-05", now=county.now)
    drafts.strike_jotting(county.workspace, draft, second.id, now=county.now)

    typed = drafts.read(county.workspace, draft)
    assert typed.jottings == ()
    assert (typed.findings[0].id, typed.findings[0].description) == (finding.id, "便池 溢水")
    assert typed.answers["GC-05"].verdict is Verdict.FAIL
    assert "jotting-not-placed" not in keys(county, draft)


def test_what_the_counterpart_did_is_void_once_anything_he_was_shown_changes(county):
    draft = county.passed()
    county.agreed(draft)
    assert keys(county, draft) == []
    drafts.answer(
        county.workspace, draft, "GC-05", msgspec.structs.replace(PASS, note="已更换"), now=county.now
    )
    assert keys(county, draft) == ["counterpart-void"]
    drafts.undo(county.workspace, draft, now=county.now)
    assert keys(county, draft) == []


def test_a_draft_that_is_being_signed_takes_no_change_until_the_signatures_are_discarded(county):
    draft = county.passed()
    county.agreed(draft)
    signing.sign_draft(county.workspace, draft, county.signers()[:1], now=county.now)
    with pytest.raises(Refused) as refused:
        drafts.answer(county.workspace, draft, "GC-05", PASS, now=county.now)
    assert refused.value.key == "draft-signing"

    signing.thaw(county.workspace, draft, now=county.now)
    drafts.answer(county.workspace, draft, "GC-05", None, now=county.now)
    assert keys(county, draft) == ["answer-missing", "counterpart-void"]


def test_a_draft_that_was_thrown_away_is_unknown(county):
    draft = county.draft()
    drafts.discard(county.workspace, draft)
    for act in (drafts.read, drafts.discard):
        with pytest.raises(BadInput) as bad:
            act(county.workspace, draft)
        assert bad.value.key == "draft-unknown"


@pytest.mark.parametrize(
    ("path", "value"),
    [("answers/GC-05", {"verdict": "perhaps"}), ("somewhere/else", {}), ("header/GC-H1", 3), ("about", {})],
)
def test_a_part_that_no_draft_holds_is_refused_and_nothing_is_changed(county, path, value):
    draft = county.draft()
    before = drafts.read(county.workspace, draft)
    with pytest.raises(BadInput) as bad:
        drafts.change(county.workspace, draft, "act-answer GC-05", {path: value}, now=county.now)
    assert bad.value.key == "draft-part-invalid"
    assert drafts.read(county.workspace, draft) == before
