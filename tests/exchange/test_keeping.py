from __future__ import annotations

from pathlib import Path

import pytest

from inspector.model.errors import BadInput
from inspector.services import check, copies, keeping
from inspector.services.copies import Copy
from inspector.store import blobs
from tests.exchange.desk import Laptop, laptops

FINDING = "finding:AAAAAAAAAAAAAAAA"
VISIT = "inspection:AAAAAAAAAAAAAAAA"


def test_a_team_asks_for_papers_and_for_the_photos_that_it_must_look_at_again(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, team = pair
    keeping.choose(team.workspace, "papers")
    one.write(VISIT, n=1, photos=(b"the sheet",))
    one.write(FINDING, place="东门", photos=(b"a photo",))
    one.sync(stick)
    assert team.sync(stick).missing == 0
    (kept,) = blobs.names(team.workspace)
    assert blobs.read(team.workspace, kept) == b"the sheet"
    assert check.check(team.workspace, deep=True) == []
    one.write(FINDING, moves=("report",))
    one.sync(stick)
    team.sync(stick)
    assert blobs.names(team.workspace) == blobs.names(one.workspace)


def test_a_laptop_that_keeps_papers_is_no_second_copy_of_photos(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, team = pair
    keeping.choose(team.workspace, "papers")
    one.write(VISIT, n=1, photos=(b"the sheet",))
    one.write(f"finding:{'B' * 16}", photos=(b"a photo",))
    for laptop in (one, team, one):
        laptop.sync(stick)
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.SECOND
    with one.workspace.reading() as db:
        others = copies._others(db, one.workspace.ledger)
        photo = next(name for name in blobs.names(one.workspace) if name not in blobs.names(team.workspace))
        assert copies.holders_of(db, others, photo) == 0


def test_a_photo_goes_only_when_two_others_hold_it_and_never_ones_own(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 4) as (author, team, office, archive):
        author.write(FINDING, place="东门", photos=(b"a photo",))
        team.write(VISIT, n=1, photos=(b"a sheet",))
        for laptop in (author, team, author, team):
            laptop.sync(stick)
        keeping.choose(team.workspace, "papers")
        assert keeping.release(team.workspace).blobs == 0
        office.sync(stick)
        team.sync(stick)
        assert keeping.releasable(team.workspace) == keeping.Released(1, 7)
        assert keeping.release(team.workspace) == keeping.Released(1, 7)
        assert [blobs.read(team.workspace, name) for name in blobs.names(team.workspace)] == [b"a sheet"]
        assert check.check(team.workspace, deep=True) == []
        keeping.choose(author.workspace, "papers")
        archive.sync(stick)
        author.sync(stick)
        assert keeping.release(author.workspace).blobs == 0
        assert team.sync(stick).taken.blobs == 0
        keeping.choose(team.workspace, "everything")
        assert team.sync(stick).taken.blobs == 1


def test_what_to_keep_is_one_of_two(pair: tuple[Laptop, Laptop]) -> None:
    with pytest.raises(BadInput):
        keeping.choose(pair[0].workspace, "nothing")
