"""Promise 2: what is signed never changes. A correction is a new signed document of the same inspection."""

from __future__ import annotations

import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from inspector.model import canonical, inspection
from inspector.model.answer import Answer
from inspector.model.errors import BadInput
from inspector.model.words import Verdict
from inspector.places import resource
from inspector.services import check, corrections, drafts, inspections, people, preparing, sites, workspaces
from inspector.store import blobs
from inspector.store import inspections as store
from tests.county import NOW, PASSPHRASE, County

LATER = NOW + timedelta(days=1)


def lines(county: County) -> list[tuple[bytes, bytes]]:
    """The ledger as it was signed, batch by batch."""
    with county.workspace.reading() as db:
        return db.execute("SELECT header, signature FROM batch ORDER BY device, seq").fetchall()


def documents(county: County, entity: str) -> list[store.Row]:
    with county.workspace.reading() as db:
        return store.documents_of(db, entity)


def test_nobody_can_type_into_a_signed_sheet(county: County) -> None:
    draft = county.passed()
    county.signed(draft)
    with pytest.raises(BadInput) as refused:
        drafts.answer(county.workspace, draft, "GC-01", Answer(verdict=Verdict.FAIL), now=LATER)
    assert refused.value.key == "draft-unknown"


def test_a_correction_is_a_new_document_beside_the_old_one(county: County) -> None:
    entity = county.signed(county.passed()).inspection
    (first,) = documents(county, entity)
    paper = blobs.read(county.workspace, first.sheet)

    draft = corrections.correct(county.workspace, entity, why="漏记一处问题")
    county.found(draft, "GC-05")
    county.signed(draft, at=LATER)

    old, new = documents(county, entity)
    assert (old.current, new.current) == (False, True)
    assert old.number != new.number
    assert blobs.read(county.workspace, old.sheet) == paper
    assert inspections.pdf(county.workspace, entity, number=old.number) == paper
    said = inspections.document(county.workspace, entity)
    assert said.corrects is not None
    assert (said.corrects.number, said.corrects.sha256) == (old.number, old.content)
    assert said.corrects.why == "漏记一处问题"


def test_whatever_one_does_every_batch_stays_as_it_was_signed(county: County) -> None:
    entity = county.signed(county.passed()).inspection
    before = lines(county)

    county.signed(corrections.correct(county.workspace, entity, why="笔误"), at=LATER)
    sites.import_file(county.workspace, resource("example", "sites.csv"), now=LATER)
    people.add(
        county.workspace,
        name="检查员丙",
        organisation="县创建办",
        position="",
        passphrase=PASSPHRASE,
        now=LATER,
    )
    drafts.discard(county.workspace, county.draft())
    check.rebuild(county.workspace)

    assert set(before) < set(lines(county))
    assert check.check(county.workspace, deep=True) == []


def test_the_record_holds_the_very_bytes_that_were_signed(county: County) -> None:
    """The content of the record, of the list and of the QR code is one value; its hash is the one that is printed."""
    entity = county.signed(county.passed()).inspection
    (row,) = documents(county, entity)
    content = inspections.document(county.workspace, entity)
    data = inspection.encode(content)
    assert row.content == canonical.sha256(data)
    assert any(data in header for header, _ in lines(county))


def test_the_files_of_signed_sheets_are_read_only(county: County) -> None:
    county.signed(county.passed())
    (row,) = inspections.every(county.workspace)
    mode = blobs.path(county.workspace, row.sheet).stat().st_mode
    assert not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_a_byte_that_changes_all_the_same_is_found_and_named(county: County) -> None:
    county.signed(county.passed())
    (row,) = inspections.every(county.workspace)
    file = blobs.path(county.workspace, row.sheet)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(data)
    (problem,) = check.check(county.workspace, deep=True)
    assert (problem.kind, problem.where) == ("check-blob-changed", blobs.relative(row.sheet))


def test_a_copy_of_a_laptop_never_gives_a_number_that_the_original_may_have_given(
    county: County, tmp_path: Path
) -> None:
    """Both go on with one draft, whose number was on the screen when the disk was copied."""
    draft = county.passed()
    number = preparing.prepare(county.workspace, draft, now=NOW).content.number
    county.workspace.close()
    shutil.copytree(county.workspace.path, tmp_path / "copy")
    with workspaces.opened(tmp_path / "copy") as copy:
        assert preparing.prepare(copy, draft, now=NOW).content.number != number
    with workspaces.opened(county.workspace.path) as original:
        assert preparing.prepare(original, draft, now=NOW).content.number == number
