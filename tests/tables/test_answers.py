"""A 整改台账 that comes back: which picture belongs to which row, and what a broken or hostile file does."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.drawing.image import Image as Floating
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from PIL import Image

from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.tables import answers, register
from inspector.tables.register import Line

POINT = 12_700
ROW = 96 * POINT
HEAD = (30 + 22 + 15) * POINT


def jpeg(width: int = 640, height: int = 480) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (9, 90, 90)).save(file, "JPEG")
    return file.getvalue()


def line(nth: int, **given: object) -> Line:
    fields = {
        "finding": f"finding:{nth}",
        "number": f"17-{nth}",
        "site": "甲公厕",
        "place": "东门",
        "description": "地面有积水",
        "lead": "住建局",
        "helping": "",
        "party": "",
        "limit": "5个工作日",
        "due": None,
        "state": State.SERVED,
    }
    return Line(**(fields | given))


@pytest.fixture(scope="module")
def sent() -> bytes:
    """Three rows, the first with a photo from before."""
    return register.written([line(1, before=(jpeg(),)), line(2), line(3)], unit="住建局")


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def rows_with_pictures(file: Path) -> tuple[list[int], tuple[str, ...]]:
    with answers.opened(file) as read:
        return [answer.row for answer in read.answers for _ in answer.pictures], read.stray


def after_column(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    return next(cell.column for cell in sheet[3] if cell.value == "整改后照片")


@pytest.mark.parametrize(
    ("down", "size", "row"),
    [
        (0.1, (300, 200), 5),  # far larger than its cell, as it was pasted
        (0.9, (40, 30), 6),  # small, over the edge: its middle counts
        (0.5, (40, 30), 5),
        (0.8, (300, 200), 6),  # large, begun at the foot of the row above
    ],
)
def test_a_picture_belongs_to_the_row_over_which_a_person_laid_it(
    sent: bytes, tmp_path: Path, down: float, size: tuple[int, int], row: int
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    image = Floating(io.BytesIO(jpeg()))
    marker = AnchorMarker(col=after_column(book.active) - 1, row=4, rowOff=int(down * ROW))
    image.anchor = OneCellAnchor(_from=marker, ext=XDRPositiveSize2D(size[0] * 9525, size[1] * 9525))
    book.active.add_image(image)
    assert rows_with_pictures(saved(book, tmp_path)) == ([row], ())


def test_a_picture_that_is_anchored_to_the_page_is_found_too(sent: bytes, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    image = Floating(io.BytesIO(jpeg()))
    right = 12_000_000  # beyond the photos from before
    image.anchor = AbsoluteAnchor(pos=XDRPoint2D(right, HEAD + ROW * 2), ext=XDRPositiveSize2D(9525, 9525))
    book.active.add_image(image)
    assert rows_with_pictures(saved(book, tmp_path)) == ([6], ())


def test_the_office_s_own_photos_are_no_answer(sent: bytes, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    assert rows_with_pictures(saved(book, tmp_path)) == ([], ())


def test_columns_that_were_moved_and_notes_that_were_added_are_read_by_their_headings(
    sent: bytes, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    book.active["R3"] = "本局内部备注"
    book.active["R4"] = "与填报无关"
    book.active["L3"], book.active["M3"] = "责任人", "完成时间"
    book.active["L4"], book.active["M4"] = "王某", "2026-11-25"
    with answers.opened(saved(book, tmp_path)) as read:
        first = read.answers[0]
        assert (first.cells["person"], first.cells["finished"]) == ("王某", "2026-11-25")
        assert read.cell(4, "person") == "L4"


def test_a_list_without_the_headings_of_a_register_is_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "名称"])
    with pytest.raises(BadInput) as refused, answers.opened(saved(book, tmp_path)):
        pass
    assert refused.value.key == "table-heading-missing"


@given(seed=st.integers(0, 2**32), parts=st.booleans())
def test_a_file_with_any_broken_bytes_is_read_or_refused(
    sent: bytes, tmp_path_factory: pytest.TempPathFactory, seed: int, parts: bool
) -> None:
    chance = random.Random(seed)
    file = tmp_path_factory.mktemp("broken") / "台账.xlsx"
    if parts:  # valid packages with broken parts
        with zipfile.ZipFile(io.BytesIO(sent)) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                new.writestr(
                    name, broken(old.read(name), chance) if chance.random() < 0.3 else old.read(name)
                )
    else:
        file.write_bytes(broken(sent, chance))
    try:
        with answers.opened(file) as read:
            for answer in read.answers:
                for part in answer.pictures:
                    read.picture(part)
    except BadInput as error:
        assert error.key.startswith("table-")


def broken(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(spoiled))
        if chance.random() < 0.3:
            del spoiled[at : at + chance.randrange(1, 200)]
        elif spoiled:
            spoiled[at % len(spoiled)] ^= 1 << chance.randrange(8)
        if not spoiled:
            break
    return bytes(spoiled)
