"""Lists as CSV and XLSX: what people typed is never a formula, and numbers are numbers."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.services.list_files import as_file
from inspector.tables import csv as reading
from inspector.tables import export

texts = st.text(alphabet="=+-@\t\r\n'\",;|A1冰𠮷()!cmd", max_size=12)


@given(rows=st.lists(st.tuples(texts, st.integers(-9, 9)), min_size=1, max_size=5))
def test_no_cell_of_either_file_can_be_a_formula(rows):
    data = export.as_csv(("名称", "数"), rows)
    text = reading.decode(data, where="x")
    _, *records = reading.records(text)
    for record, (name, number) in zip(records, rows, strict=True):
        assert not record.cells[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert record.cells[0].removeprefix("'") == name.removeprefix("'")
        assert record.cells[1] == str(number)
    sheet = openpyxl.load_workbook(io.BytesIO(export.as_xlsx(("名称", "数"), rows))).active
    for line, (name, number) in enumerate(rows, 2):
        assert sheet.cell(line, 1).data_type in ("s", "n")  # n: empty
        assert (sheet.cell(line, 1).value or "").replace("\r", "") == name.replace("\r", "")
        assert sheet.cell(line, 2).value == number


def test_an_empty_list_has_its_heading():
    sheet = openpyxl.load_workbook(io.BytesIO(export.as_xlsx(("名称",), ()))).active
    assert sheet["A1"].value == "名称"
    assert export.as_csv(("名称",), ()) == b"\xef\xbb\xbf" + "名称\r\n".encode()


def test_the_ending_of_the_name_says_which_file_it_is():
    assert as_file(Path("单位.XLSX"), ("a",), ()).startswith(b"PK")
    with pytest.raises(BadInput):
        as_file(Path("单位.xls"), ("a",), ())
