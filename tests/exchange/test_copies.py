from __future__ import annotations

from pathlib import Path

import pytest

from inspector.model.errors import BadInput
from inspector.services import alone, bundles, copies
from inspector.services.copies import Copy
from inspector.store import blobs
from tests.exchange.desk import NOW, Laptop, everybody

VISIT = "inspection:AAAAAAAAAAAAAAAA"


def test_three_words_say_where_an_inspection_lies(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    copies.name_device(other.workspace, "03 号机")
    one.write(VISIT, n=1, photos=(b"photo",))
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.HERE
    assert copies.standings(one.workspace) == {VISIT: Copy.HERE}
    one.sync(stick)
    handed = copies.of_inspection(one.workspace, VISIT)
    assert (handed.copy, handed.where) == (Copy.HANDED, (str(stick),))
    assert copies.standings(one.workspace) == {VISIT: Copy.HANDED}
    other.sync(stick)
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.HANDED
    one.sync(stick)
    second = copies.of_inspection(one.workspace, VISIT)
    assert (second.copy, second.where) == (Copy.SECOND, ("03 号机",))
    assert copies.standings(one.workspace) == {}


def test_what_went_with_a_bundle_is_handed_over_until_a_receipt_comes(
    pair: tuple[Laptop, Laptop], tmp_path: Path, stick: Path
) -> None:
    one, other = pair
    one.write(VISIT, n=1, photos=(b"photo",))
    bundles.write(one.workspace, tmp_path / "b.zip", now=NOW)
    handed = copies.of_inspection(one.workspace, VISIT)
    assert (handed.copy, handed.where) == (Copy.HANDED, (str(tmp_path / "b.zip"),))
    bundles.read(other.workspace, [tmp_path / "b.zip"], now=NOW, accept=everybody)
    for laptop in (other, one):
        laptop.sync(stick)
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.SECOND


def test_what_lies_on_this_laptop_alone_is_counted_until_it_is_handed_over(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    for number in range(3):
        one.write(f"inspection:{number}", n=1)
    one.write("site:GJ-001", name="公厕")
    assert alone.inspections(one.workspace) == 3
    one.sync(stick)
    assert alone.inspections(one.workspace) == 0
    one.write("inspection:0", n=2)
    assert alone.inspections(one.workspace) == 1, "its correction"
    other.sync(stick)
    assert alone.inspections(other.workspace) == 0, "others' are theirs to hand over"


def test_a_laptop_that_lacks_a_photo_is_no_second_copy(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    one.write(VISIT, n=1, photos=(b"photo",))
    (name,) = blobs.names(one.workspace)
    blobs.path(one.workspace, name).rename(stick.parent / "hidden")
    one.sync(stick)
    other.sync(stick)
    one.sync(stick)
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.HANDED
    assert copies.standings(one.workspace) == {VISIT: Copy.HANDED}
    assert copies.overview(one.workspace).missing == 1
    blobs.put(one.workspace, (stick.parent / "hidden").read_bytes())
    for laptop in (one, other, one):
        laptop.sync(stick)
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.SECOND


def test_a_correction_that_nobody_has_brings_the_inspection_back_to_only_here(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    one.write(VISIT, n=1)
    for laptop in (one, other, one):
        laptop.sync(stick)
    one.write(VISIT, n=2, photos=(b"a new sheet",))
    assert copies.of_inspection(one.workspace, VISIT).copy is Copy.HERE
    assert copies.overview(one.workspace) == copies.Overview(
        inspections=1, inspections_here=1, inspections_handed=0, blobs_here=1, missing=0
    )


def test_each_laptop_is_listed_with_what_it_lacks(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    copies.name_device(one.workspace, " 01 号机 ")
    one.write(VISIT, n=1)
    for laptop in (one, other, one):
        laptop.sync(stick)
    one.write(VISIT, n=2)
    mine, theirs = copies.laptops(one.workspace, now=NOW)
    assert (mine.label, mine.own, mine.lacks) == ("01 号机", True, 1)
    assert (theirs.device, theirs.own, theirs.lacks, theirs.wants) == (other.workspace.device.id, False, 1, 0)
    with pytest.raises(BadInput):
        copies.name_device(one.workspace, "\n")
