"""What can be done to a finding without a paper, what it asks for, and what comes next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.deed import RULINGS_OF, TERMS, Ask, Case, Deed, Said, deeds_for, lacks
from inspector.model.finding import CLOSED, RULES, Need, Role, State
from inspector.model.next_step import Next, Standpoint, next_step
from inspector.model.paper import Standing
from inspector.model.request import Ruling, Subject

CASES = st.builds(
    Case,
    state=st.sampled_from(State),
    waits=st.frozensets(st.sampled_from(Subject)),
    dated=st.booleans(),
    limit_free=st.booleans(),
)


@given(CASES)
def test_a_deed_that_takes_a_step_is_offered_exactly_where_the_table_allows_the_step(case: Case) -> None:
    offered = deeds_for(case)
    for deed, terms in TERMS.items():
        if terms.move is not None:
            assert (deed in offered) == (case.state in RULES[terms.move].states)


@given(CASES)
def test_what_a_unit_asked_for_is_answered_and_not_asked_twice(case: Case) -> None:
    offered = deeds_for(case)
    for subject, ruling in RULINGS_OF.items():
        waits = subject in case.waits and case.state not in CLOSED
        assert (ruling in offered) == waits
        asking = next(
            deed for deed, terms in TERMS.items() if terms.subject is subject and deed is not ruling
        )
        assert not (waits and asking in offered)


def test_every_deed_has_its_terms_and_asks_for_what_the_table_needs() -> None:
    assert set(TERMS) == set(Deed)
    assert {need.value for need in Need} <= {ask.value for ask in Ask}
    for terms in TERMS.values():
        assert Ask.BY in terms.needs
        if terms.move is not None:
            assert {need.value for need in RULES[terms.move].needs} <= {ask.value for ask in terms.needs}
            assert terms.who == RULES[terms.move].who


@pytest.mark.parametrize("deed", Deed)
def test_nothing_said_lacks_all_that_is_needed(deed: Deed) -> None:
    terms = TERMS[deed]
    assert set(lacks(deed, Said())) == {*terms.needs, *terms.either} - {Ask.BY}


def test_one_of_several_is_enough_and_a_blank_is_nothing() -> None:
    assert Ask.REASON in lacks(Deed.FAIL, Said(at="2026-11-24", reason="  "))
    assert lacks(Deed.FAIL, Said(at="2026-11-24", reason="没有清理")) == ()
    assert lacks(Deed.FAIL, Said(at="2026-11-24", photos=("ab",))) == ()


def test_what_is_not_granted_needs_its_reason_and_a_change_what_is_changed() -> None:
    assert lacks(Deed.RULE_EXTENSION, Said(ruling=Ruling.AGREED)) == ()
    assert lacks(Deed.RULE_EXTENSION, Said(ruling=Ruling.REFUSED)) == (Ask.REPLY,)
    changed = Said(ruling=Ruling.CHANGED, reply="位置写错了")
    assert lacks(Deed.RULE_OBJECTION, changed) == (Ask.CHANGES,)


def test_each_unit_has_a_receiver() -> None:
    told = Said(way="电话", at="2026-11-24", to={"unit:A": "值班室", "unit:B": ""})
    assert lacks(Deed.TELL, told) == (Ask.TO,)


def test_only_the_office_withdraws_and_answers() -> None:
    office = {deed for deed, terms in TERMS.items() if terms.who == {Role.OFFICE}}
    assert {Deed.WITHDRAW, Deed.DUPLICATE, *RULINGS_OF.values()} <= office


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (Standpoint(state=State.OPEN), Next.HAND),
        (Standpoint(state=State.OPEN, fresh=True), Next.SLIP),
        (Standpoint(state=State.OPEN, led=False), Next.UNIT),
        (Standpoint(state=State.OPEN, at_once_over=True), Next.LIMIT),
        (Standpoint(state=State.OPEN, notice=Standing.DRAFT), Next.ISSUE),
        (Standpoint(state=State.OPEN, notice=Standing.ISSUED), Next.SERVE),
        (Standpoint(state=State.SERVED, notice=Standing.SERVED, dated=True), Next.ANSWER),
        (Standpoint(state=State.SERVED, notice=Standing.SERVED, dated=True, late=True), Next.PRESS),
        (Standpoint(state=State.SERVED, waits=True), Next.RULE),
        (Standpoint(state=State.REPORTED, late=True), Next.REINSPECT),
        (Standpoint(state=State.FAILED, late=True, dated=True), Next.PRESS),
        (Standpoint(state=State.FAILED, dated=True), Next.ANSWER),
        (Standpoint(state=State.REOPENED), Next.HAND),
        (Standpoint(state=State.DISPUTED, waits=True), Next.DECIDE),
        (Standpoint(state=State.PASSED, waits=True), Next.DONE),
    ],
)
def test_the_next_step_follows_from_how_it_stands(at: Standpoint, then: Next) -> None:
    assert next_step(at) is then
