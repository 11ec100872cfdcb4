"""What keeps a sheet from being signed, said where it is put right."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from inspector.model.answer import Answer
from inspector.model.category import CategoryRules, read_categories
from inspector.model.draft import Draft, EarlierSeen, Joined, Jotting, Replaces, Revisits, Shot
from inspector.model.inspection import Choice, Counterpart, Mandate, Signs, Stroke
from inspector.model.photo import MAX_AT_AN_INSPECTION
from inspector.model.readiness import Blocker, blockers, counterpart_blockers
from inspector.model.words import Category, Needed, UncheckedReason, Verdict
from inspector.text import tell
from tests.model.small_form import DAY, FORM, NIGHT
from tests.model.small_visit import (
    AFTER,
    BEFORE,
    COMPANY,
    DRAFT,
    FINDING,
    GUEST,
    LEADER,
    RECORDER,
    UNITS,
    about,
    after,
    answered,
    finding,
    team,
)

ROOT = Path(__file__).parents[2]
RULES = read_categories((ROOT / "forms/texts/categories.toml").read_text("utf-8"), where="categories.toml")
SUPERVISION = RULES[Category.SUPERVISION]
ALL = replace(SUPERVISION, required=tuple(Needed))
ANSWERS = DRAFT.answers
PASS, FAIL = Verdict.PASS, Verdict.FAIL


def missing(draft: Draft, rules: CategoryRules = SUPERVISION, *, led: bool = True) -> list[Blocker]:
    found = blockers(draft, FORM, rules, units=UNITS, certified=CERTIFIED, led=led)
    for one in found:
        line = tell(one)
        assert line
        assert "person:" not in line
    return list(found)


def with_(**changed: object) -> Draft:
    return replace(DRAFT, **changed)


def members(*joined: Joined) -> Draft:
    return team(members=joined)


UNSEEN = EarlierSeen(finding="finding:old", item="GY-06", still=False)


def test_a_visit_that_is_complete_can_be_signed():
    assert missing(DRAFT) == []


OTHER = "person:eeeeeeeeeeeeeeee"
CERTIFIED = {LEADER, RECORDER, GUEST, OTHER}
NEW = "person:dddddddddddddddd"
LEAD, SECOND = Joined(person=LEADER), Joined(person=RECORDER)
WITHOUT_LAWN = {code: answer for code, answer in ANSWERS.items() if code != "GY-06"}

ONE_THING_MISSING = [
    # the draft, the key, the part to jump to, the item
    (about(mandate=None), "mandate-missing", "about", ""),
    (about(mandate=Mandate(issuer="示例县创建办", title=" ")), "mandate-missing", "about", ""),
    (about(end="2026-11-23T09:00:00+08:00"), "visit-ends-before-it-begins", "about", ""),
    (about(corrects=Replaces(inspection="inspection:x", why=" ")), "correction-without-reason", "about", ""),
    (with_(header={"GY-H2": "否"}), "header-missing", "header/GY-H1", "GY-H1"),
    (with_(header=DAY | {"GY-H3": "五百"}), "answer-number-range", "header/GY-H3", "GY-H3"),
    (with_(header=DAY | {"GY-H1": "五级"}), "answer-option-unknown", "header/GY-H1", "GY-H1"),
    (with_(answers=WITHOUT_LAWN), "answer-missing", "answers/GY-06", "GY-06"),
    (answered("GY-06", Answer(verdict=Verdict.UNCHECKED)), "answer-unchecked-without-reason", "answers/GY-06", "GY-06"),
    (answered("GY-02", Answer(verdict=PASS)), "answer-number-missing", "answers/GY-02", "GY-02"),
    (answered("GY-02", Answer(verdict=PASS, value=9)), "answer-better-without-reason", "answers/GY-02", "GY-02"),
    (answered("GY-06", Answer(verdict=FAIL)), "failure-without-finding", "answers/GY-06", "GY-06"),
    (
        answered("GY-01", Answer(verdict=Verdict.NOT_APPLICABLE, why="无")),
        "finding-of-unobserved-item",
        "answers/GY-01",
        "GY-01",
    ),
    (
        with_(findings=(FINDING, replace(FINDING, id="finding:more", item="GY-05"))),
        "finding-of-passed-item",
        "answers/GY-05",
        "GY-05",
    ),
    (finding(place=" "), "finding-without-place", f"findings/{FINDING.id}", "GY-01"),
    (finding(description=""), "finding-without-description", f"findings/{FINDING.id}", "GY-01"),
    (finding(description="{位置}有垃圾"), "finding-placeholder-left", f"findings/{FINDING.id}", "GY-01"),
    (finding(description="南门〔数量〕处"), "finding-placeholder-left", f"findings/{FINDING.id}", "GY-01"),
    (finding(lead_unit=""), "finding-without-lead", f"findings/{FINDING.id}", "GY-01"),
    (finding(lead_unit="unit:没有"), "finding-without-lead", f"findings/{FINDING.id}", "GY-01"),
    (finding(lead_unit=COMPANY), "finding-led-by-party", f"findings/{FINDING.id}", "GY-01"),
    (finding(photos=()), "finding-without-photo", f"findings/{FINDING.id}", "GY-01"),
    (finding(photos=(after(),)), "finding-without-photo", f"findings/{FINDING.id}", "GY-01"),
    (finding(fixed_on_spot=True), "finding-fixed-without-photo", f"findings/{FINDING.id}", "GY-01"),
    (
        finding(photos=tuple(Shot(sha256=BEFORE) for _ in range(MAX_AT_AN_INSPECTION + 1))),
        "too-many-photos",
        "about",
        "",
    ),
    (with_(earlier=(UNSEEN,)), "earlier-without-photo", "earlier/finding:old", "GY-06"),
    (with_(earlier=(replace(UNSEEN, item="GY-99"),)), "earlier-without-photo", "earlier/finding:old", "GY-99"),
    (with_(jottings=(Jotting(id="j", text="门口有人"),)), "jotting-not-placed", "jottings/j", ""),
    (team(name=""), "team-without-name", "team", ""),
    (team(leader=""), "team-without-leader", "team", ""),
    (team(recorder=GUEST), "team-without-recorder", "team", ""),
    (members(LEAD, SECOND, SECOND), "team-member-twice", "team", ""),
    (members(LEAD, SECOND, Joined(person=GUEST, signs=Signs.NONE)), "member-unsigned-without-reason", "team", ""),
    (members(LEAD, SECOND, Joined(person=NEW)), "member-without-certificate", "team", ""),
    (
        members(LEAD, Joined(person=RECORDER, signs=Signs.HAND), Joined(person=GUEST, signs=Signs.HAND)),
        "team-too-few-signers",
        "team",
        "",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "key", "where", "item"),
    ONE_THING_MISSING,
    ids=[f"{row[1]}-{n}" for n, row in enumerate(ONE_THING_MISSING)],
)
def test_one_thing_that_is_missing_is_said_once_with_its_place(draft, key, where, item):
    assert [(one.key, one.where, one.item) for one in missing(draft)] == [(key, where, item)]


def test_two_who_sign_are_enough_only_with_the_leader_or_the_recorder():
    by_hand = Signs.HAND
    strangers = members(
        Joined(person=LEADER, signs=by_hand),
        Joined(person=RECORDER, signs=by_hand),
        Joined(person=GUEST),
        Joined(person=OTHER),
    )
    assert [one.key for one in missing(strangers)] == ["team-too-few-signers"]
    assert missing(members(LEAD, Joined(person=RECORDER, signs=by_hand), Joined(person=GUEST))) == []


def test_a_category_asks_for_what_it_requires():
    bare = replace(
        about(mandate=None, weather=" "),
        team=replace(DRAFT.team, name="", leader="", recorder=""),
    )
    keys = {one.key for one in missing(bare, ALL, led=False)}
    assert keys >= {
        "mandate-missing",
        "site-without-lead",
        "weather-missing",
        "team-without-name",
        "team-without-leader",
        "team-without-recorder",
    }
    own = about(mandate=None, category=Category.SELF)
    assert missing(own, RULES[Category.SELF]) == []
    assert [one.key for one in missing(own, RULES[Category.SELF], led=False)] == ["site-without-lead"]


def test_a_place_is_required_where_the_form_says_so_and_a_photo_where_the_item_does():
    anywhere = replace(FORM, place_required=False)
    assert (
        blockers(finding(place=""), anywhere, SUPERVISION, units=UNITS, certified=CERTIFIED, led=True) == ()
    )
    board = replace(FINDING, item="GY-04", photos=())
    draft = replace(answered("GY-04", Answer(verdict=FAIL, option="破损")), findings=(FINDING, board))
    assert missing(draft) == []


def test_a_reason_stands_in_for_a_missing_photo():
    assert missing(finding(photos=(), no_photo="气味")) == []
    assert missing(finding(fixed_on_spot=True, no_photo="气味", photos=())) == []
    assert missing(finding(fixed_on_spot=True, photos=(*FINDING.photos, after(AFTER)))) == []


def test_a_failure_that_is_still_there_from_before_needs_no_second_finding():
    draft = replace(
        answered("GY-06", Answer(verdict=FAIL)),
        earlier=(replace(UNSEEN, still=True, photos=(Shot(sha256=BEFORE),)),),
    )
    assert missing(draft) == []


def test_what_a_condition_switched_off_keeps_nobody_from_signing():
    lamp = replace(FINDING, id="finding:lamp", item="GY-03", place="", photos=())
    assert missing(with_(findings=(FINDING, lamp))) == []
    by_night = with_(findings=(FINDING, lamp), header=NIGHT)
    assert {one.where for one in missing(by_night)} == {
        "answers/GY-03",
        "findings/finding:lamp",
    }


def test_a_count_within_its_limit_may_have_findings_and_pass():
    allowed = replace(answered("GY-01", Answer(verdict=PASS)), header=DAY | {"GY-H1": "二级"})
    assert missing(allowed) == []


def test_a_follow_up_asks_for_its_own_items_alone():
    draft = replace(
        about(follows=Revisits(inspection="inspection:before", items=("GY-06",))), answers={}, findings=()
    )
    assert [one.where for one in missing(draft)] == ["answers/GY-06"]
    later = replace(
        draft, answers={"GY-06": Answer(verdict=Verdict.UNCHECKED, reason=UncheckedReason.NOT_OPEN)}
    )
    assert missing(later) == []


FORBIDDEN = "责令"
SAYING_IT = [
    (about(mandate=Mandate(issuer="创建办", title="责令整改方案")), "about"),
    (about(corrects=Replaces(inspection="inspection:x", why="应责令")), "about"),
    (answered("GY-06", Answer(verdict=Verdict.NOT_APPLICABLE, why="已责令")), "answers/GY-06"),
    (answered("GY-05", Answer(verdict=PASS, note="上次责 令过")), "answers/GY-05"),
    (answered("GY-07", Answer(text="责\u3000令停业")), "answers/GY-07"),
    (finding(place="责令牌旁"), f"findings/{FINDING.id}"),
    (finding(description="责令清理"), f"findings/{FINDING.id}"),
    (finding(party="责令公司"), f"findings/{FINDING.id}"),
    (finding(photos=(), no_photo="被责令离开"), f"findings/{FINDING.id}"),
    (finding(photos=(Shot(sha256=BEFORE, caption="责令书"),)), f"findings/{FINDING.id}"),
    (
        with_(earlier=(replace(UNSEEN, photos=(Shot(sha256=BEFORE, caption="责令"),)),)),
        "earlier/finding:old",
    ),
    (team(name="责令组"), "team"),
    (members(LEAD, SECOND, Joined(person=GUEST, signs=Signs.NONE, reason="责令回避")), "team"),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "where"), SAYING_IT)
def test_a_word_of_enforcement_blocks_signing_wherever_the_team_wrote_it(draft, where):
    assert [(one.key, one.where, one.got) for one in missing(draft)] == [("word-forbidden", where, FORBIDDEN)]


def test_two_fields_side_by_side_make_no_forbidden_word_and_the_counterpart_says_what_he_likes():
    assert missing(finding(place="安全责", description="令人不快的气味，南门有垃圾2处")) == []
    angry = Counterpart(choice=Choice.OBJECTED, name="主任", text="你们凭什么责令我们")
    assert missing(with_(counterpart=angry)) == []


# The counterpart

SHOWN = "s" * 64
STROKES = (Stroke(points=(0, 0, 10, 10)),)


def act(choice: Choice, **said: object) -> list[str]:
    done = msgspec.convert({"choice": choice, "shown": SHOWN, **said}, Counterpart)
    found = counterpart_blockers(with_(counterpart=done), shown=SHOWN)
    assert all(tell(one) and one.where == "counterpart" for one in found)
    return [one.key for one in found]


def test_the_counterpart_does_something_or_it_is_said_why_not():
    assert [one.key for one in counterpart_blockers(with_(counterpart=None), shown=SHOWN)] == [
        "counterpart-missing"
    ]


@pytest.mark.parametrize(
    ("choice", "whole"),
    [
        (Choice.AGREED, {"name": "主任", "strokes": STROKES}),
        (Choice.OBJECTED, {"name": "主任", "text": "不是我们的地段"}),
        (Choice.REFUSED, {"reason": "不愿签", "witness": "社区网格员"}),
        (Choice.PAPER, {"photo": BEFORE}),
        (Choice.NOT_NEEDED, {"reason": "公共区域"}),
    ],
)
def test_each_way_of_the_counterpart_has_what_it_needs(choice, whole):
    assert act(choice, **whole) == []
    for name in whole:
        part = {key: value for key, value in whole.items() if key != name}
        assert act(choice, **part) == [f"counterpart-{choice.replace('_', '-')}-incomplete"]


def test_a_change_of_what_he_was_shown_voids_what_he_did():
    agreed = Counterpart(choice=Choice.AGREED, name="主任", strokes=STROKES, shown="x" * 64)
    draft = with_(counterpart=agreed)
    (void,) = counterpart_blockers(draft, shown=SHOWN)
    assert tell(void).startswith("对方签名已作废：内容有改动")
    not_needed = Counterpart(choice=Choice.NOT_NEEDED, reason="公共区域", shown="x" * 64)
    assert counterpart_blockers(with_(counterpart=not_needed), shown=SHOWN) == ()
