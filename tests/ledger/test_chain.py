from __future__ import annotations

import random

import pytest

from inspector.ledger.chain import Chain, Link, chain


def told(*links: Link) -> Chain:
    """The facts about a chain in several orders of arrival: they must be the same."""
    answers = [chain("d", random.Random(seed).sample(links, len(links))) for seed in range(5)]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


ONE, TWO, THREE, FOUR = Link(1, "a", ""), Link(2, "b", "a"), Link(3, "c", "b"), Link(4, "d", "c")


def test_a_whole_chain_has_neither_gaps_nor_forks() -> None:
    assert told(ONE, TWO, THREE) == Chain(device="d", count=3, last=3, gaps=(), forks=())


def test_nothing_is_a_chain_too() -> None:
    assert chain("d", []) == Chain(device="d", count=0, last=0, gaps=(), forks=())


def test_what_is_missing_is_named() -> None:
    assert told(TWO, FOUR).gaps == ((1, 1), (3, 3))
    assert told(FOUR).gaps == ((1, 3),)
    assert told(FOUR).forks == ()


def test_two_batches_of_one_number_are_a_fork() -> None:
    assert told(ONE, TWO, Link(2, "x", "a"), THREE).forks == (2,)


def test_a_batch_that_follows_another_than_the_one_here_is_a_fork() -> None:
    assert told(ONE, TWO, Link(3, "y", "x")).forks == (3,)


@pytest.mark.parametrize("third", [Link(3, "c", "b"), Link(3, "y", "x")])
def test_both_arms_of_a_fork_may_go_on(third: Link) -> None:
    assert told(ONE, TWO, Link(2, "x", "a"), third).forks == (2,)
