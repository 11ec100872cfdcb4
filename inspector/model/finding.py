"""The life of a finding (问题): the moves that lead it from a sheet to its closing, and what each of them needs.

A finding is never edited. People record *moves*; its state is what the moves mean together, also when two laptops
recorded them without knowing of each other:

- `outcome` is set by pass (销号), fail (复查未过), withdraw (撤销) and reopen (反弹). The latest one counts: the one
  whose author knew the others. If several stand side by side and differ, the finding is disputed (有争议), counts as
  open, and a person decides.
- `stage` is how far the paper has come since then: handed < served < reported. The furthest counts; what the author
  of the standing outcome knew belongs to an earlier round and does not.
- A move is judged in its own causal past, by what its author could know. So nothing that arrives later makes a good
  move bad; one that was not allowed is kept, shown as 无效步骤, and has no effect.

Everything else that a finding has (units, party, severity, due date, objection …) is an ordinary field
(`inspector.model.fields`). Overdue, extended, objected to, put right on the spot are marks, no states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from inspector.model.errors import Refused
from inspector.model.fields import History


class Move(StrEnum):
    """A step in the life of a finding. The value is the word in a record's `moves`."""

    HAND = "hand"
    """交办: 现场交办单, told on the spot."""
    SERVE = "serve"
    """送达: 整改通知书 arrived; the time limit begins."""
    REPORT = "report"
    """上报: the unit says that it is put right."""
    PASS = "pass"
    """销号: seen to be put right, at a re-inspection or on the spot."""
    FAIL = "fail"
    """复查未过: seen not to be put right."""
    WITHDRAW = "withdraw"
    """撤销: was none, or is a duplicate of another."""
    REOPEN = "reopen"
    """反弹: back after it was closed."""


class State(StrEnum):
    """Where a finding stands, for lists, screens and JSON."""

    OPEN = "open"
    """待交办"""
    HANDED = "handed"
    """已交办"""
    SERVED = "served"
    """已送达"""
    REPORTED = "reported"
    """待复查"""
    FAILED = "failed"
    """复查未过"""
    REOPENED = "reopened"
    """反弹"""
    PASSED = "passed"
    """已销号"""
    WITHDRAWN = "withdrawn"
    """已撤销"""
    DISPUTED = "disputed"
    """有争议"""


class Role(StrEnum):
    """Who takes a step: a member of the team that looked (检查人), or the office that handles the papers (经办)."""

    INSPECTOR = "inspector"
    OFFICE = "office"


class Need(StrEnum):
    """What a step must carry; the name of the field of `Step` that holds it."""

    BY = "by"
    """The person who takes the step."""
    TO = "to"
    """Who received it."""
    AT = "at"
    """When."""
    PHOTOS = "photos"
    """At least one photo."""
    REASON = "reason"
    """Why."""
    DOCUMENT = "document"
    """The paper: notice, 送达回证, the unit's answer."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: who may take the step, from which states, and what it must carry. `either` is a group of
    which one is enough."""

    who: frozenset[Role]
    states: frozenset[State]
    needs: tuple[Need, ...]
    either: tuple[Need, ...] = ()


BOTH = frozenset(Role)
OFFICE = frozenset({Role.OFFICE})
AT_WORK = frozenset({State.OPEN, State.HANDED, State.FAILED, State.REOPENED})
CLOSED = frozenset({State.PASSED, State.WITHDRAWN})

RULES: Mapping[Move, Rule] = {
    Move.HAND: Rule(who=BOTH, states=AT_WORK, needs=(Need.BY, Need.AT, Need.TO)),
    Move.SERVE: Rule(
        who=OFFICE, states=AT_WORK | {State.SERVED}, needs=(Need.BY, Need.AT, Need.TO, Need.DOCUMENT)
    ),
    Move.REPORT: Rule(
        who=BOTH,
        states=AT_WORK | {State.SERVED, State.REPORTED},
        needs=(Need.BY, Need.AT),
        either=(Need.PHOTOS, Need.DOCUMENT, Need.REASON),
    ),
    Move.PASS: Rule(who=BOTH, states=frozenset(State) - CLOSED, needs=(Need.BY, Need.AT, Need.PHOTOS)),
    Move.FAIL: Rule(
        who=BOTH,
        states=frozenset(State) - CLOSED,
        needs=(Need.BY, Need.AT),
        either=(Need.PHOTOS, Need.REASON),
    ),
    Move.WITHDRAW: Rule(who=OFFICE, states=frozenset(State) - CLOSED, needs=(Need.BY, Need.AT, Need.REASON)),
    Move.REOPEN: Rule(
        who=BOTH,
        states=CLOSED | {State.DISPUTED},
        needs=(Need.BY, Need.AT),
        either=(Need.PHOTOS, Need.REASON),
    ),
}
"""The one table. Its column `states` is the table of docs/format.md; the others are the office's rules, which are
checked when a step is taken here and never hold against a step that was taken elsewhere."""

OUTCOMES: Mapping[Move, State] = {
    Move.PASS: State.PASSED,
    Move.FAIL: State.FAILED,
    Move.WITHDRAW: State.WITHDRAWN,
    Move.REOPEN: State.REOPENED,
}
STAGES: Mapping[Move, State] = {
    Move.HAND: State.HANDED,
    Move.SERVE: State.SERVED,
    Move.REPORT: State.REPORTED,
}
FURTHER = (State.HANDED, State.SERVED, State.REPORTED)
WITHOUT_STAGE = frozenset({State.PASSED, State.WITHDRAWN, State.DISPUTED})


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A move as it is recorded. `by` is a person's entity; `to` says who received it, in words; `at` is a date or an
    RFC 3339 time; `way` how (电话, 群, 留置 …); `photos` are SHA-256; `document` is an entity or a number."""

    move: Move
    by: str = ""
    to: str = ""
    at: str = ""
    way: str = ""
    photos: tuple[str, ...] = ()
    document: str = ""
    reason: str = ""

    def body(self) -> dict[str, Any]:
        """The JSON object for a record's `moves`: what is empty is left out."""
        plain = msgspec.to_builtins(self)
        assert isinstance(plain, dict)
        return plain | {"move": self.move.value}


def take(state: State, step: Step, *, role: Role) -> State:
    """The state after `step`, taken by somebody in `role` who sees the finding in `state`.
    Raises Refused `finding-move-not-now`, `finding-move-not-yours`, `finding-move-needs`."""
    rule = RULES[step.move]
    if state not in rule.states:
        raise Refused("finding-move-not-now", move=step.move, state=state)
    if role not in rule.who:
        raise Refused("finding-move-not-yours", move=step.move, role=role)
    for need in rule.needs:
        if not getattr(step, need):
            raise Refused("finding-move-needs", move=step.move, need=need)
    if rule.either and not any(getattr(step, need) for need in rule.either):
        raise Refused("finding-move-needs", move=step.move, need=rule.either)
    if step.move in OUTCOMES:
        return OUTCOMES[step.move]
    stage = STAGES[step.move]
    return state if state in FURTHER and FURTHER.index(state) > FURTHER.index(stage) else stage


def moves_for(state: State) -> tuple[Move, ...]:
    """The moves that a finding in `state` allows, in the order of the table."""
    return tuple(move for move, rule in RULES.items() if state in rule.states)


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """What the moves of a finding mean. `stage` is None where the outcome ignores it. `void` are the moves that were
    not allowed when they were made, by batch and place in their record. `standing` are the batches of the outcomes
    that stand: more than one kind of them makes a dispute."""

    outcome: State
    stage: State | None
    state: State
    void: tuple[tuple[str, int], ...]
    standing: tuple[str, ...]


_UNTOUCHED = Life(outcome=State.OPEN, stage=None, state=State.OPEN, void=(), standing=())


class _Kept(msgspec.Struct):
    """The moves of one record that were allowed: place in the record and move."""

    outcomes: list[tuple[int, Move]] = []
    stages: list[tuple[int, Move]] = []


def life(past: History) -> Life:
    """The meaning of all records of a finding that are here. A record of an unknown kind has no moves."""
    if not any(fact.moves for fact in past.facts):
        return _UNTOUCHED
    kept: list[_Kept] = []
    void: list[tuple[str, int]] = []
    for place, fact in enumerate(past.facts):
        mine = _Kept()
        kept.append(mine)
        for index, word in enumerate(fact.moves if fact.known else ()):
            move = Move(word)
            _, _, state = _stand(past, kept, past.before[place], place)
            if state not in RULES[move].states:
                void.append((fact.batch, index))
            elif move in OUTCOMES:
                mine.outcomes.append((index, move))
            else:
                mine.stages.append((index, move))
    everything = (1 << len(past.facts)) - 1
    live, stage, state = _stand(past, kept, everything, None)
    kinds = {OUTCOMES[kept[place].outcomes[-1][1]] for place in live}
    outcome = State.DISPUTED if len(kinds) > 1 else next(iter(kinds), State.OPEN)
    return Life(
        outcome=outcome,
        stage=stage,
        state=state,
        void=tuple(sorted(void)),
        standing=tuple(sorted(past.facts[place].batch for place in live)),
    )


def _stand(
    past: History, kept: list[_Kept], known: int, inside: int | None
) -> tuple[list[int], State | None, State]:
    """Standing outcomes, stage and state of the records in the mask `known`, and of the moves so far of the record
    `inside`, whose author knew all of them."""
    places = [*_bits(known)] + ([] if inside is None else [inside])
    with_outcome = [place for place in places if kept[place].outcomes]
    overruled = 0
    for place in with_outcome:
        overruled |= past.before[place]
    live = [place for place in with_outcome if not overruled >> place & 1]
    kinds = {OUTCOMES[kept[place].outcomes[-1][1]] for place in live}
    outcome = State.DISPUTED if len(kinds) > 1 else next(iter(kinds), State.OPEN)
    if outcome in WITHOUT_STAGE:
        return live, None, outcome
    earlier_round = 0
    for place in live:
        earlier_round |= past.before[place]
    reached = []
    for place in places:
        if not earlier_round >> place & 1:
            since = kept[place].outcomes[-1][0] if place in live else -1
            reached += [STAGES[move] for index, move in kept[place].stages if index > since]
    stage = max(reached, key=FURTHER.index, default=None)
    return live, stage, stage or outcome


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
