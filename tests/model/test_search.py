"""Finding among many things at once is the same as looking at each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.model.search import Index, Searchable, rank, searchable, words

LETTERS = st.text("ab巷路 1", max_size=4)
THINGS = st.lists(
    st.builds(
        searchable,
        st.lists(LETTERS, max_size=2),
        st.lists(LETTERS, max_size=2),
        st.lists(st.text("ab", max_size=3), max_size=2),
    ),
    max_size=12,
)


@given(things=THINGS, query=LETTERS)
def test_an_index_finds_what_a_look_at_each_thing_finds(things: list[Searchable], query: str) -> None:
    wanted = words(query)
    each = [(rank(wanted, one), place) for place, one in enumerate(things)]
    assert Index(things).ranked(wanted) == [(fits, place) for fits, place in each if fits is not None]


def test_a_thing_that_holds_a_word_twice_is_found_once() -> None:
    index = Index([searchable(("巷南巷",)), searchable(("路",)), searchable(("巷",), ("巷口",))])
    assert [place for _, place in index.ranked(words("巷"))] == [0, 2]
