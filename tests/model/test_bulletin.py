"""The lines of a bulletin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.model import bulletin
from inspector.model.ranking import Tally

TALLIES = st.lists(
    st.builds(
        Tally,
        id=st.uuids().map(str),
        name=st.just("单位"),
        group=st.sampled_from(("", "街道", "政府机构", "社区")),
    )
)


@given(TALLIES)
def test_without_a_ranking_the_units_of_a_group_stand_together(tallies: list[Tally]) -> None:
    lines = bulletin.unranked(tallies)
    groups = list(dict.fromkeys(tally.group for tally in tallies))
    assert [line.unit.id for line in lines] == [
        tally.id for group in groups for tally in tallies if tally.group == group
    ]
    assert all(line.place == 0 for line in lines)
