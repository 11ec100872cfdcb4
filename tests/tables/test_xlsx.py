import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.tables import read_bytes, xlsx
from inspector.tables.headings import SITES
from inspector.tables.table import Table

HEADING = ["编号", "名称", "类别", "备注"]


def book(*rows: list[object], before: int = 0) -> bytes:
    workbook = openpyxl.Workbook()
    for _ in range(before):
        workbook.create_sheet(index=0)
    sheet = workbook.worksheets[-1]
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def table(data: bytes) -> Table:
    return read_bytes(data, SITES, where="x.xlsx")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        (date(2026, 2, 2), "2026-02-02"),
        (datetime(2026, 2, 2), "2026-02-02"),  # noqa: DTZ001  # a spreadsheet knows no zones
        (datetime(2026, 2, 2, 9, 30), "2026-02-02 09:30"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (" 甲 ", " 甲 "),
    ],
)
def test_a_value_reads_as_a_person_sees_it(value: object, text: str):
    assert xlsx.as_text(value) == text


def test_rows_are_counted_as_the_sheet_shows_them():
    data = book(["点位表"], [], HEADING, ["A-1", "甲", "河道"], [], ["A-2", 66.0, "河道", 1.5])
    rows = table(data).rows
    assert [row.number for row in rows] == [4, 6]
    assert rows[1].cells == {"code": "A-2", "name": "66", "kind": "河道", "note": "1.5"}


def test_empty_sheets_before_the_list_are_passed_over():
    assert len(table(book(HEADING, ["A-1", "甲", "河道"], before=2)).rows) == 1


def test_a_formula_is_read_as_its_text():
    data = book(HEADING, ["A-1", "=B1", "河道"])
    assert table(data).rows[0].cells["name"] == "=B1"


def test_a_sheet_that_unpacks_to_too_much_is_refused_before_it_is_read():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as member,
    ):
        for _ in range(xlsx.MAX_UNPACKED_BYTES // 2**20 + 1):
            member.write(bytes(2**20))
    with pytest.raises(BadInput) as refused:
        table(file.getvalue())
    assert refused.value.key == "table-too-large"


def test_an_old_or_locked_spreadsheet_is_called_that():
    with pytest.raises(BadInput) as refused:
        table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert refused.value.key == "table-old-excel"


SAMPLE = book(HEADING, ["A-1", "甲", "河道"])


@given(place=st.integers(0, len(SAMPLE) - 1), mask=st.integers(1, 255))
def test_a_spreadsheet_with_a_broken_byte_is_a_table_or_bad_input(place: int, mask: int):
    broken = bytearray(SAMPLE)
    broken[place] ^= mask
    try:
        table(bytes(broken))
    except BadInput as error:
        assert error.key.startswith("table-")


def member_broken(name: str, place: int, mask: int) -> bytes:
    """The sample with one byte of an unpacked member changed: past the checksums, into the XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as source, zipfile.ZipFile(file, "w") as target:
        for entry in source.namelist():
            data = bytearray(source.read(entry))
            if entry == name:
                data[place % len(data)] ^= mask
            target.writestr(entry, bytes(data))
    return file.getvalue()


@given(
    name=st.sampled_from(zipfile.ZipFile(io.BytesIO(SAMPLE)).namelist()),
    place=st.integers(0, 5000),
    mask=st.integers(1, 255),
)
def test_a_spreadsheet_with_broken_xml_is_a_table_or_bad_input(name: str, place: int, mask: int):
    try:
        table(member_broken(name, place, mask))
    except BadInput as error:
        assert error.key.startswith("table-")


def test_a_title_across_merged_cells_may_stand_above_the_heading():
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (["示例县点位表"], HEADING, ["A-1", "甲", "河道"]):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    file = io.BytesIO()
    workbook.save(file)
    assert [row.number for row in table(file.getvalue()).rows] == [3]


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_is_read_as_it_stands(cell: str):
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEADING)
    sheet.append(["A-1", "甲", "河道", cell])
    sheet["D2"].data_type = "s"
    file = io.BytesIO()
    workbook.save(file)
    assert table(file.getvalue()).rows[0].cells["note"] == cell
