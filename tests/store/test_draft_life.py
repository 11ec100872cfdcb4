"""A draft under any sequence of acts, undo, redo and restarts is what a few lines in memory say."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from inspector.ledger.record import Record
from inspector.model.errors import BadInput, Refused
from inspector.model.words import Category
from inspector.services import drafts, workspaces
from inspector.store import drafts as store
from inspector.store import records
from tests.county import NOW
from tests.histories import WALLS

SITE = Record("site", "site:GC-001", (), {"set": {"name": "公厕", "code": "GC-001", "kind": "公共厕所"}})
KEPT = 50

answers = st.fixed_dictionaries(
    {}, optional={"note": st.text("备注 é㐂", min_size=1, max_size=5), "verdict": st.just("pass")}
)
parts = st.dictionaries(
    st.sampled_from(["header/GC-H1", "header/GC-H2", "answers/GC-01", "answers/GC-02"]),
    st.none() | st.sampled_from(["一类", "二类"]) | answers,
    max_size=3,
)


def fits(path: str, value: Any) -> bool:
    """Whether the value is one for that path."""
    return value is None or isinstance(value, str) is path.startswith("header/")


class DraftLife(RuleBasedStateMachine):
    """`acts` are (name, before, after) with `done` of them in force; only the last 50 can be taken back."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = workspaces.create(self.folder / "w", ledger="demo")
        with self.workspace.transaction() as db:
            records.append(db, self.workspace, (SITE,), person=None, wall=WALLS[0])
        self.draft = drafts.start(self.workspace, site=SITE.entity, category=Category.SUPERVISION, now=NOW)
        with self.workspace.reading() as db:
            self.parts: dict[str, Any] = store.parts(db, self.draft)
        self.acts: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self.done = self.lost = 0

    @rule(given=parts)
    def act(self, given: dict[str, Any]) -> None:
        name = f"act-{len(self.acts)}"
        if not all(fits(path, value) for path, value in given.items()):
            with pytest.raises(BadInput):
                drafts.change(self.workspace, self.draft, name, given, now=NOW)
            return
        drafts.change(self.workspace, self.draft, name, given, now=NOW)
        if given:
            self.remember(name, given)

    @rule(times=st.integers(20, 40))
    def type_on(self, times: int) -> None:
        for number in range(times):
            drafts.change(self.workspace, self.draft, "act-type", {"header/GC-H1": str(number)}, now=NOW)
            self.remember("act-type", {"header/GC-H1": str(number)})

    def remember(self, name: str, given: dict[str, Any]) -> None:
        del self.acts[self.done :]
        self.acts.append((name, {path: self.parts.get(path) for path in given}, given))
        self.done += 1
        self.lost = max(self.lost, self.done - KEPT)
        self.put(given)

    def put(self, given: dict[str, Any]) -> None:
        for path, value in given.items():
            self.parts[path] = value
            if value is None:
                del self.parts[path]

    @rule()
    def undo(self) -> None:
        act = drafts.undo(self.workspace, self.draft, now=NOW)
        if self.done == self.lost:
            assert act is None
            return
        self.done -= 1
        name, before, _ = self.acts[self.done]
        assert act == store.Act(name, tuple(sorted(before)))
        self.put(before)

    @rule()
    def redo(self) -> None:
        act = drafts.redo(self.workspace, self.draft, now=NOW)
        if self.done == len(self.acts):
            assert act is None
            return
        name, _, after = self.acts[self.done]
        self.done += 1
        assert act == store.Act(name, tuple(sorted(after)))
        self.put(after)

    @rule()
    def start_again(self) -> None:
        self.workspace.close()
        self.workspace = workspaces.opened(self.folder / "w")

    @rule()
    def sign_and_discard_the_signatures(self) -> None:
        """While it is being signed nothing changes."""
        with self.workspace.transaction() as db:
            store.freeze(db, self.draft, content=b"{}", pdf="", at="")
        for forbidden in (drafts.undo, drafts.redo):
            with pytest.raises(Refused) as refused:
                forbidden(self.workspace, self.draft, now=NOW)
            assert refused.value.key == "draft-signing"
        with pytest.raises(Refused):
            drafts.change(self.workspace, self.draft, "act-late", {"header/GC-H1": "一类"}, now=NOW)
        with self.workspace.transaction() as db:
            store.thaw(db, self.draft, at="")

    @invariant()
    def it_is_what_the_memory_says(self) -> None:
        with self.workspace.reading() as db:
            assert store.parts(db, self.draft) == self.parts
            undoable, redoable = store.undoable(db, self.draft), store.redoable(db, self.draft)
        assert undoable == tuple(name for name, _, _ in reversed(self.acts[self.lost : self.done]))
        assert redoable == tuple(name for name, _, _ in self.acts[self.done :])

    def teardown(self) -> None:
        self.workspace.close()
        shutil.rmtree(self.folder)


def test_any_life_of_a_draft_is_what_a_few_lines_in_memory_say(long: bool) -> None:
    run_state_machine_as_test(
        DraftLife, settings=settings(max_examples=400 if long else 12, stateful_step_count=25)
    )
