"""Signing many: stopped at any step, each sheet is signed by all who came so far, or by nobody."""

from __future__ import annotations

import pytest

from inspector.services import check, drafts, evening, inspections
from tests.county import NOW, County


class Stop(Exception):
    """Somebody pressed 停止."""


def unheard(done: int, total: int) -> None:
    """Nobody listens."""


@pytest.mark.parametrize("step", [0, 1, 2])
def test_stopped_at_any_step_what_is_signed_stays_signed_and_the_rest_waits(
    county: County, step: int
) -> None:
    begun = [county.passed(site) for site in ("GC-001", "GC-002")]
    for draft in begun:
        county.agreed(draft)

    def report(done: int, total: int) -> None:
        assert total == len(begun)
        if done == step:
            raise Stop

    with pytest.raises(Stop):
        evening.sign_all(county.workspace, begun, county.signers(), now=NOW, report=report)
    assert len(inspections.every(county.workspace)) == step
    waiting = evening.waiting(county.workspace, now=NOW)
    assert {one.draft for one in waiting} == set(begun[step:])
    assert all(one.ready and not one.signed for one in waiting)
    assert not check.check(county.workspace, deep=True)


def test_one_that_cannot_be_signed_does_not_hold_up_the_others(county: County) -> None:
    lacking, ready = county.passed("GC-001"), county.passed("GC-002")
    county.agreed(ready)
    first, second = evening.sign_all(
        county.workspace, [lacking, ready], county.signers(), now=NOW, report=unheard
    )
    assert first.error is not None
    assert first.error.key == "draft-not-ready"
    assert second.progress is not None
    assert second.progress.complete


def test_a_sheet_that_one_has_signed_is_sent_back_with_its_remark(county: County) -> None:
    draft = county.passed()
    county.agreed(draft)
    evening.sign_all(county.workspace, [draft], county.signers()[:1], now=NOW, report=unheard)
    evening.send_back(county.workspace, draft, "照片不对", now=NOW)
    (one,) = evening.waiting(county.workspace, now=NOW)
    assert one.signed == 0
    assert not one.ready
    assert [jotting.text for jotting in drafts.read(county.workspace, draft).jottings] == ["照片不对"]
