"""收工 and 今日小结: what is not finished, and what the signed sheets of a day say."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from PIL import Image

from inspector.model.inspection import Choice
from inspector.model.words import Severity
from inspector.services import day, drafts, photos, today
from tests.county import NOW, County


def picture(shade: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 48), (shade, 90, 60)).save(data, "JPEG")
    return data.getvalue()


def test_what_is_unanswered_unplaced_and_unsigned_is_said_of_each_visit(county: County) -> None:
    begun = county.draft("BX-009")
    drafts.jot(county.workspace, begun, "门口有油烟", now=NOW)
    done = county.passed("GC-001", at=NOW + timedelta(hours=1))
    county.agreed(done)
    seen = day.closing(county.workspace, now=NOW + timedelta(hours=2))
    first, second = seen.undone
    assert (first.draft, first.unplaced) == (begun, 1)
    assert not first.answered
    assert "BX-01" in first.unanswered
    assert (second.draft, second.answered) == (done, True)
    assert second.unsigned == ("检查员甲", "检查员乙")
    assert second.missing == 0


def test_who_has_signed_is_no_longer_waited_for(county: County) -> None:
    from inspector.services import signing

    done = county.passed()
    county.agreed(done)
    signing.sign_draft(county.workspace, done, county.signers()[:1], now=NOW)
    assert day.closing(county.workspace, now=NOW).undone[0].unsigned == ("检查员乙",)


def test_photos_that_no_finding_shows_are_counted(county: County) -> None:
    draft = county.draft("GC-001")
    county.found(draft, "GC-03", picture(10))
    photos.take_bytes(county.workspace, picture(10), name="IMG_1.jpg", now=NOW)
    photos.take_bytes(county.workspace, picture(20), name="IMG_2.jpg", now=NOW)
    assert day.closing(county.workspace, now=NOW).photos == 1


def test_sites_of_the_plan_that_nobody_visited_are_named(county: County) -> None:
    for site in ("site:GC-001", "site:BX-009"):
        today.add_to_plan(county.workspace, site, on=NOW.date())
    county.draft("GC-001")
    seen = day.closing(county.workspace, now=NOW)
    assert len(seen.not_begun) == 1
    assert not seen.nothing


def test_nothing_is_left_when_nothing_was_begun(county: County) -> None:
    assert day.closing(county.workspace, now=NOW).nothing


def test_the_summary_counts_findings_by_unit_and_names_the_severe_and_the_refused(county: County) -> None:
    first = county.passed("GC-001")
    county.found(first, "GC-03", severity=Severity.MAJOR, place="南门")
    county.found(first, "GC-05")
    county.agreed(first, choice=Choice.REFUSED, reason="认为不属于他们", witness="社区工作人员", strokes=())
    county.signed(first)
    county.signed(county.passed("BX-009", at=NOW + timedelta(hours=1)), at=NOW + timedelta(hours=1))
    county.draft("BX-009", at=NOW + timedelta(hours=2))
    seen = day.summary(county.workspace, now=NOW + timedelta(hours=3))
    assert [one.findings for one in seen.visits] == [2, 0]
    assert (seen.findings, sum(count for _, count in seen.units), seen.unsigned) == (2, 2, 1)
    assert [(one.place, one.severity) for one in seen.severe] == [("南门", Severity.MAJOR)]
    assert [one.refused for one in seen.refused] == ["认为不属于他们"]


def test_yesterday_is_not_in_todays_summary(county: County) -> None:
    county.signed(county.passed("GC-001"))
    assert not day.summary(county.workspace, now=NOW + timedelta(days=1)).visits
