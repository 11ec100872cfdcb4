import csv as standard
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.tables import csv, read_bytes
from inspector.tables.headings import SITES, UNITS

CELLS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)


def lines(text: str) -> list[tuple[int, tuple[str, ...], str]]:
    return [tuple(record) for record in csv.records(text)]


def test_lf_crlf_and_cr_end_a_line_and_a_vertical_tab_does_not():
    assert [record[0] for record in lines("a\nb\r\nc\rd\x0be\u2028f\x85g\nh")] == [1, 2, 3, 4, 5]


def test_a_record_stands_where_it_begins_and_a_quoted_line_end_counts():
    assert lines('a\n"x\r\ny\rz",1\nb') == [(1, ("a",), ""), (2, ("x\r\ny\rz", "1"), ""), (5, ("b",), "")]


def test_a_quote_that_is_doubled_is_one_quote():
    assert lines('"雁集""早市""","a, b",""') == [(1, ('雁集"早市"', "a, b", ""), "")]


def test_text_after_a_closing_quote_spoils_its_record_and_no_other():
    assert lines('a\n1,"x\ny"（旧）,2\nb') == [
        (1, ("a",), ""),
        (2, ("1", "x\ny", "2"), "bad-quoting"),
        (4, ("b",), ""),
    ]


def test_blanks_after_a_closing_quote_are_no_text():
    assert lines('"a" ,b') == [(1, ("a", "b"), "")]


def test_a_quote_that_never_closes_takes_the_rest_of_the_file_with_it():
    assert lines('a\n1,"x\nb\nc') == [(1, ("a",), ""), (2, (), "unclosed-quote")]


def test_a_quote_inside_a_cell_without_quotes_is_kept():
    assert lines('5"x,b') == [(1, ('5"x', "b"), "")]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]], end: str):
    file = io.StringIO(newline="")
    standard.writer(file, lineterminator=end, quoting=standard.QUOTE_ALL).writerows(rows)
    assert [list(record.cells) for record in csv.records(file.getvalue())] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_offices_are_told_by_the_bytes(encoding: str):
    text = "编号,名称,类别\nA-1,𬭎钟路㐂,主次干道\n"
    assert csv.decode(text.encode(encoding), where="x.csv") == text


@pytest.mark.parametrize("data", ["编号,名称".encode("utf-16"), b"a,b\xff\xff\n"])
def test_what_is_in_no_known_encoding_is_refused(data: bytes):
    with pytest.raises(BadInput) as refused:
        csv.decode(data, where="x.csv")
    assert refused.value.key == "table-encoding"


@given(st.one_of(st.binary(max_size=200), CELLS.map(lambda text: f"编号,名称,类别\n{text}".encode())))
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0")
def test_any_bytes_are_a_table_or_bad_input(data: bytes):
    for columns in (UNITS, SITES):
        try:
            table = read_bytes(data, columns, where="x")
        except BadInput as error:
            assert error.key.startswith("table-")
        else:
            assert set(table.headings) <= set(columns.spellings)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", '=HYPERLINK(""x"")'])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(cell: str):
    table = read_bytes(f'编号,名称,类别\nA-1,"{cell}",河道\n'.encode(), SITES, where="x.csv")
    assert table.rows[0].cells["name"] == cell.replace('""', '"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_reads_the_same_from_every_encoding(encoding: str):
    text = "编号,名称,类别\r\nＡ-１,𬭎钟路 𠮷㐂龘䶮,河道\r\n"
    table = read_bytes(text.encode(encoding), SITES, where="x.csv")
    assert table.rows[0].cells == {"code": "Ａ-１", "name": "𬭎钟路 𠮷㐂龘䶮", "kind": "河道"}
