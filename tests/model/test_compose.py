"""What a sheet says, made from what was typed."""

from __future__ import annotations

import msgspec
import pytest

from inspector.model import inspection
from inspector.model.answer import Answer
from inspector.model.compose import FoundBefore, Known, asked, compose, in_order
from inspector.model.draft import (
    Draft,
    DraftFinding,
    EarlierSeen,
    Joined,
    Replaces,
    Revisits,
    Shot,
    assemble,
    check_part,
)
from inspector.model.inspection import (
    Answered,
    Choice,
    Corrects,
    Counterpart,
    Follows,
    Named,
    Signs,
    TimeLimit,
)
from inspector.model.words import Severity, TimeLimitKind, UncheckedReason, Verdict
from tests.model.small_form import DAY, FORM, NIGHT
from tests.model.small_visit import (
    BEFORE,
    DRAFT,
    FINDING,
    GUEST,
    KNOWN,
    LEADER,
    PARK,
    RECORDER,
    about,
    answered,
    finding,
    team,
)

FAIL, UNCHECKED = Verdict.FAIL, Verdict.UNCHECKED


def known(**changed: object) -> Known:
    return msgspec.structs.replace(KNOWN, **changed)


def answers(draft: Draft, of: Known = KNOWN) -> dict[str, Answered]:
    return {one.code: one for one in compose(draft, FORM, of).answers}


def test_the_content_says_who_where_when_and_by_which_form():
    content = compose(DRAFT, FORM, KNOWN)
    assert (content.form.id, content.form.edition, content.form.status) == ("GY", 1, "draft")
    assert content.form.version == FORM.version
    assert (content.issuer, content.heading) == ("示例县创建办", "文明城市创建联合督查检查记录表")
    assert (content.begin, content.end) == (DRAFT.about.begin, KNOWN.end)
    assert content.site is KNOWN.site
    assert content.team == "督查一组"
    assert content.header == (("GY-H1", "一级"), ("GY-H2", "否"))
    assert content.counterpart == DRAFT.counterpart
    assert inspection.decode(inspection.encode(content)) == content


def test_the_result_is_the_score_with_its_figures():
    result = compose(DRAFT, FORM, KNOWN).result
    assert (result.score, result.deducted, result.weight, result.vetoes) == (880, 300, 2500, ())
    veto = compose(answered("GY-05", Answer(verdict=FAIL)), FORM, KNOWN).result
    assert (veto.score, veto.vetoes) == (0, ("GY-05",))


def test_answers_stand_in_the_form_s_order_with_their_numbers_as_printed():
    said = answers(DRAFT)
    assert list(said) == ["GY-01", "GY-02", "GY-03", "GY-04", "GY-05", "GY-06"]
    assert (said["GY-01"].count, said["GY-01"].deducted, said["GY-01"].times) == (2, 300, 1)
    assert said["GY-02"].value == "1.10"
    assert said["GY-04"].option == "完好"
    assert (said["GY-06"].verdict, said["GY-06"].why) == (Verdict.NOT_APPLICABLE, "没有草坪")


def test_an_item_that_is_off_names_the_header_item_and_its_answer_is_not_printed():
    draft = answered("GY-03", Answer(verdict=FAIL, numerator=1, denominator=2))
    off = Answered(code="GY-03", verdict=UNCHECKED, reason=UncheckedReason.NOT_NIGHT, off_by="GY-H2")
    assert answers(draft)["GY-03"] == off
    by_night = answers(msgspec.structs.replace(draft, header=NIGHT))["GY-03"]
    assert (by_night.verdict, by_night.numerator, by_night.denominator, by_night.deducted) == (
        FAIL,
        1,
        2,
        500,
    )


def test_a_verdict_other_than_the_number_s_is_printed_with_what_the_number_proposes():
    better = answers(answered("GY-02", Answer(verdict=Verdict.PASS, value=100, why="正在加高")))["GY-02"]
    assert (better.proposed, better.why, better.deducted) == (FAIL, "正在加高", 0)
    worse = answers(answered("GY-02", Answer(verdict=FAIL, value=110)))["GY-02"]
    assert (worse.proposed, worse.deducted) == (Verdict.PASS, 400)
    assert answers(DRAFT)["GY-02"].proposed is None


def test_a_number_of_an_item_that_was_not_observed_is_not_printed():
    said = answers(answered("GY-02", Answer(verdict=UNCHECKED, value=110, reason=UncheckedReason.NO_MEANS)))[
        "GY-02"
    ]
    assert (said.value, said.reason, said.proposed) == ("", UncheckedReason.NO_MEANS, None)


def test_a_text_item_is_printed_when_something_was_written():
    assert "GY-07" not in answers(DRAFT)
    assert "GY-07" not in answers(answered("GY-07", Answer()))
    assert answers(answered("GY-07", Answer(text="长椅干净")))["GY-07"] == Answered(
        code="GY-07", verdict=None, text="长椅干净"
    )


def test_an_item_without_a_verdict_is_left_out():
    assert "GY-02" not in answers(answered("GY-02", Answer(value=110)))


def test_how_often_a_site_failed_an_item_counts_this_time():
    assert answers(DRAFT, known(times={"GY-01": 2, "GY-02": 5}))["GY-01"].times == 3
    assert answers(DRAFT, known(times={"GY-02": 5}))["GY-02"].times == 0


def test_a_finding_names_its_units_as_they_are_called_on_the_day():
    (found,) = compose(DRAFT, FORM, KNOWN).findings
    assert found.lead_unit == Named(id=PARK, name="示例县公园管理处")
    assert [unit.name for unit in found.helping_units] == ["示例县环卫中心"]
    assert (found.party, found.severity, found.time_limit.kind) == (
        "㐂河物业公司",
        Severity.MINOR,
        TimeLimitKind.AT_ONCE,
    )
    gone = compose(finding(lead_unit="unit:没有", helping_units=("unit:没有", PARK)), FORM, KNOWN).findings[0]
    assert gone.lead_unit is None
    assert [unit.id for unit in gone.helping_units] == [PARK]


def test_a_finding_without_a_time_limit_takes_that_of_its_item():
    (found,) = compose(finding(time_limit=None, item="GY-02"), FORM, KNOWN).findings
    assert found.time_limit == TimeLimit(kind=TimeLimitKind.WORKDAY, n=5)


def test_a_photo_carries_its_facts_their_source_and_what_is_odd():
    content = compose(DRAFT, FORM, KNOWN)
    (evidence,) = content.evidence()
    assert (evidence.sha256, evidence.bytes, evidence.caption) == (BEFORE, 2_000_000, "南门")
    assert (evidence.taken_at, evidence.taken_source) == ("2026-11-23T10:10:00+08:00", "exif")
    assert evidence.shifted == "2026-11-23T10:11:00+08:00"
    assert (evidence.camera, evidence.flags) == ("某机型", ("photo-used-before",))


def test_findings_stand_in_the_form_s_order_and_those_of_an_item_as_they_were_opened():
    late = DraftFinding(id="finding:1", item="GY-01", order=9)
    first = DraftFinding(id="finding:2", item="GY-05", order=2)
    lamp = DraftFinding(id="finding:3", item="GY-03", order=3)
    draft = msgspec.structs.replace(DRAFT, findings=(first, FINDING, lamp, late))
    assert [one.id for one in in_order(draft, FORM)] == [FINDING.id, "finding:1", "finding:2"]
    night = msgspec.structs.replace(draft, header=NIGHT)
    assert [one.item for one in compose(night, FORM, KNOWN).findings] == ["GY-01", "GY-01", "GY-03", "GY-05"]


def test_only_who_signs_by_certificate_gets_a_field_and_a_certificate():
    members = compose(
        team(
            members=(Joined(person=GUEST, signs=Signs.HAND), Joined(person=LEADER), Joined(person=RECORDER))
        ),
        FORM,
        KNOWN,
    ).members
    assert [(one.name, one.field, one.certificate[:1]) for one in members] == [
        ("检查员丙", "", ""),
        ("检查员甲", "inspector-1", "1"),
        ("检查员乙", "inspector-2", "2"),
    ]
    assert [(one.leader, one.recorder) for one in members] == [(False, False), (True, False), (False, True)]
    none = compose(
        team(members=(Joined(person=GUEST, signs=Signs.NONE, reason="先走了"),)), FORM, KNOWN
    ).members
    assert (none[0].signs, none[0].reason, none[0].field) == (Signs.NONE, "先走了", "")


def test_a_correction_says_what_it_replaces_and_why():
    replaced = Corrects(
        number="GY-001-20261122-7QK3-0001", date="2026-11-22", sha256="c" * 64, why="位置写错"
    )
    draft = about(corrects=Replaces(inspection=DRAFT.about.inspection, why="位置写错"))
    content = compose(draft, FORM, known(corrects=replaced))
    assert content.corrects == replaced
    assert content.result.score == 880
    assert content.inspection == DRAFT.about.inspection


def test_a_follow_up_asks_only_its_items_and_has_no_score():
    draft = about(follows=Revisits(inspection="inspection:before", items=("GY-03", "GY-05")))
    draft = msgspec.structs.replace(
        draft,
        header=NIGHT,
        answers=draft.answers
        | {"GY-03": Answer(verdict=FAIL, numerator=9, denominator=10), "GY-05": Answer(verdict=FAIL)},
    )
    before = Follows(
        inspection="inspection:before", number="GY-001-20261122-7QK3-0001", items=("GY-03", "GY-05")
    )
    content = compose(draft, FORM, known(follows=before))
    assert [item.code for item in asked(draft, FORM)] == ["GY-03", "GY-05"]
    assert [(one.code, one.deducted) for one in content.answers] == [("GY-03", 0), ("GY-05", 0)]
    assert content.findings == ()
    assert (content.result.score, content.result.deducted, content.result.weight) == (None, 0, 0)
    assert content.follows == before


def test_what_became_of_an_earlier_finding_repeats_what_it_was():
    seen = EarlierSeen(finding="finding:old", item="GY-06", still=True, photos=(Shot(sha256=BEFORE),))
    old = FoundBefore(
        item="GY-06", place="东侧", description="草坪裸露", found_on="2026-10-12T10:00:00+08:00"
    )
    draft = msgspec.structs.replace(
        DRAFT, earlier=(seen, EarlierSeen(finding="finding:lost", item="GY-06", still=True))
    )
    content = compose(draft, FORM, known(earlier={"finding:old": old}))
    (earlier,) = content.earlier
    assert (earlier.finding, earlier.still, earlier.description) == ("finding:old", True, "草坪裸露")
    assert [photo.sha256 for photo in content.evidence()] == [BEFORE, BEFORE]


def test_what_the_counterpart_was_shown_stays_the_same_until_something_he_saw_changes():
    shown = compose(DRAFT, FORM, KNOWN).shown()
    unsigned = msgspec.structs.replace(DRAFT, counterpart=None)
    assert compose(unsigned, FORM, known(made="2026-11-23T11:00:00+08:00")).shown() == shown
    refused = msgspec.structs.replace(
        DRAFT, counterpart=Counterpart(choice=Choice.REFUSED, reason="不在", witness="邻人")
    )
    assert compose(refused, FORM, KNOWN).shown() == shown
    assert compose(finding(place="北门"), FORM, KNOWN).shown() != shown
    assert compose(team(name="督查二组"), FORM, KNOWN).shown() != shown


def test_a_draft_is_the_same_after_a_way_through_its_parts():
    plain = msgspec.to_builtins
    parts = {"about": plain(DRAFT.about), "team": plain(DRAFT.team), "counterpart": plain(DRAFT.counterpart)}
    parts |= {f"header/{code}": value for code, value in DRAFT.header.items()}
    parts |= {f"answers/{code}": plain(answer) for code, answer in DRAFT.answers.items()}
    parts |= {f"findings/{one.id}": plain(one) for one in DRAFT.findings}
    assert assemble(DRAFT.id, parts) == DRAFT
    assert DRAFT.of_item("GY-01") == (FINDING,)
    assert DRAFT.header == DAY
    for path, value in (("answers/GY-01", {"verdict": "maybe"}), ("answers/GY-01", 3), ("header/GY-H1", 3)):
        with pytest.raises(msgspec.ValidationError):
            check_part(path, value)
    with pytest.raises(KeyError):
        check_part("weather", "晴")
