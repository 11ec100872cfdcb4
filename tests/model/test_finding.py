from __future__ import annotations

import itertools

import pytest

from inspector.model.errors import Refused
from inspector.model.fields import Fact, history
from inspector.model.finding import RULES, Life, Move, Need, Role, State, Step, life, moves_for, take

WAY_TO = {
    State.OPEN: (),
    State.HANDED: ("hand",),
    State.SERVED: ("hand", "serve"),
    State.REPORTED: ("serve", "report"),
    State.FAILED: ("report", "fail"),
    State.PASSED: ("report", "pass"),
    State.WITHDRAWN: ("withdraw",),
    State.REOPENED: ("pass", "reopen"),
}
TABLE = {  # design.md: what each state allows
    State.OPEN: "hand serve report pass fail withdraw",
    State.FAILED: "hand serve report pass fail withdraw",
    State.REOPENED: "hand serve report pass fail withdraw",
    State.HANDED: "hand serve report pass fail withdraw",
    State.SERVED: "serve report pass fail withdraw",
    State.REPORTED: "report pass fail withdraw",
    State.PASSED: "reopen",
    State.WITHDRAWN: "reopen",
    State.DISPUTED: "pass fail withdraw reopen",
}


def moved(batch: str, *moves: str, after: tuple[str, ...] = ()) -> Fact:
    return Fact(batch=batch, parents=after, moves=moves)


def lived(*facts: Fact) -> Life:
    """The life of a finding in every order in which its records can arrive: it must be one and the same."""
    lives = [life(history(order)) for order in itertools.permutations(facts)]
    assert all(one == lives[0] for one in lives)
    return lives[0]


def one_after_another(*moves: str) -> list[Fact]:
    chain = [moved("0")]
    for place, move in enumerate(moves, 1):
        chain.append(moved(str(place), move, after=(str(place - 1),)))
    return chain


def disputed() -> list[Fact]:
    return [moved("0"), moved("1", "pass", after=("0",)), moved("2", "fail", after=("0",))]


@pytest.mark.parametrize("state", State)
def test_each_state_allows_what_the_table_says(state: State) -> None:
    assert [move.value for move in moves_for(state)] == TABLE[state].split()


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_move_that_the_state_does_not_allow_is_kept_without_effect(state: State, move: Move) -> None:
    past = disputed() if state is State.DISPUTED else one_after_another(*WAY_TO[state])
    heads = history(past).heads
    assert lived(*past).state is state
    after = lived(*past, moved("z", move.value, after=heads))
    if move.value in TABLE[state].split():
        assert after.void == ()
        assert after.state is not State.DISPUTED
    else:
        assert after.void == (("z", 0),)
        assert after.state is state


def test_seen_right_by_one_and_wrong_by_another_is_disputed_until_somebody_who_knows_both_decides() -> None:
    assert lived(*disputed()).state is State.DISPUTED
    settled = lived(*disputed(), moved("3", "fail", after=("1", "2")))
    assert settled.state is State.FAILED
    assert settled.standing == ("3",)


def test_two_who_saw_the_same_do_not_disagree() -> None:
    both = lived(moved("0"), moved("1", "pass", after=("0",)), moved("2", "pass", after=("0",)))
    assert both.state is State.PASSED
    assert both.standing == ("1", "2")


def test_a_notice_served_by_who_did_not_know_of_the_failure_still_counts() -> None:
    found = lived(moved("0"), moved("1", "fail", after=("0",)), moved("2", "serve", after=("0",)))
    assert (found.outcome, found.stage, found.state) == (State.FAILED, State.SERVED, State.SERVED)


def test_a_new_round_begins_after_a_failed_reinspection() -> None:
    found = lived(*one_after_another("serve", "report", "fail"))
    assert (found.outcome, found.stage) == (State.FAILED, None)


def test_a_new_round_begins_inside_a_record_too() -> None:
    assert lived(moved("0", "serve", "report", "fail")).stage is None
    assert lived(moved("0", "serve", "fail", "hand")).stage is State.HANDED


def test_a_closed_finding_ignores_a_notice_that_arrives_late() -> None:
    found = lived(moved("0"), moved("1", "pass", after=("0",)), moved("2", "serve", after=("0",)))
    assert found.state is State.PASSED
    assert found.void == ()


def test_the_furthest_of_concurrent_steps_counts() -> None:
    found = lived(moved("0"), moved("1", "report", after=("0",)), moved("2", "hand", after=("0",)))
    assert found.state is State.REPORTED


def test_put_right_on_the_spot_is_one_record_that_opens_and_closes() -> None:
    assert lived(moved("0", "hand", "pass")).state is State.PASSED


def test_moves_in_one_record_follow_each_other() -> None:
    found = lived(moved("0", "pass", "pass", "reopen", "serve"))
    assert found.void == (("0", 1),)
    assert (found.outcome, found.state) == (State.REOPENED, State.SERVED)


def test_what_arrives_later_makes_no_good_move_bad() -> None:
    """Whoever closed it did not know that it was withdrawn: both moves stand, and a person decides."""
    found = lived(moved("0"), moved("1", "withdraw", after=("0",)), moved("2", "pass", after=("0",)))
    assert found.state is State.DISPUTED
    assert found.void == ()


def test_a_void_move_overrules_nothing() -> None:
    found = lived(
        *one_after_another("pass"), moved("2", "pass", after=("1",)), moved("3", "reopen", after=("1",))
    )
    assert found.void == (("2", 0),)
    assert found.state is State.REOPENED


def test_moves_of_a_record_of_a_later_version_have_no_effect() -> None:
    strange = Fact(batch="1", parents=("0",), known=False, moves=("pass",))
    assert lived(moved("0"), strange, moved("2", "serve", after=("1",))).state is State.SERVED


def test_a_step_taken_here_must_carry_what_the_table_asks() -> None:
    step = Step(move=Move.PASS, by="person:A", at="2026-11-23")
    with pytest.raises(Refused) as refused:
        take(State.SERVED, step, role=Role.INSPECTOR)
    assert refused.value.key == "finding-move-needs"
    assert refused.value.values["need"] == Need.PHOTOS.value


def test_one_of_several_things_is_enough_where_the_table_says_so() -> None:
    step = Step(move=Move.FAIL, by="person:A", at="2026-11-23", reason="门锁着")
    assert take(State.SERVED, step, role=Role.INSPECTOR) is State.FAILED
    with pytest.raises(Refused) as refused:
        take(State.SERVED, Step(move=Move.FAIL, by="person:A", at="2026-11-23"), role=Role.INSPECTOR)
    assert refused.value.values["need"] == (Need.PHOTOS, Need.REASON)


def test_papers_are_served_by_the_office_alone() -> None:
    step = Step(move=Move.SERVE, by="person:A", at="2026-11-23", to="李某", document="notice:A")
    assert take(State.OPEN, step, role=Role.OFFICE) is State.SERVED
    with pytest.raises(Refused) as refused:
        take(State.OPEN, step, role=Role.INSPECTOR)
    assert refused.value.key == "finding-move-not-yours"


def test_a_step_out_of_turn_is_refused_before_it_is_recorded() -> None:
    step = Step(move=Move.PASS, by="person:A", at="2026-11-23", photos=("0" * 64,))
    with pytest.raises(Refused) as refused:
        take(State.PASSED, step, role=Role.OFFICE)
    assert refused.value.key == "finding-move-not-now"


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_step_taken_here_leads_where_its_record_will_lead(state: State, move: Move) -> None:
    if move not in moves_for(state):
        return
    past = disputed() if state is State.DISPUTED else one_after_another(*WAY_TO[state])
    full = Step(move=move, by="p", to="q", at="t", photos=("0" * 64,), document="d", reason="r")
    role = next(iter(RULES[move].who))
    told = lived(*past, moved("z", move.value, after=history(past).heads)).state
    assert take(state, full, role=role) is told


def test_a_step_is_recorded_without_what_it_does_not_have() -> None:
    assert Step(move=Move.HAND, by="person:A", to="李某").body() == {
        "move": "hand",
        "by": "person:A",
        "to": "李某",
    }
