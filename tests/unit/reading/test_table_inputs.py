"""Tables of texts: told by their content or their name, read a row at a time."""

import io
from pathlib import Path

import pytest

from quoth.reading.table_inputs import TableKind, columns_of, csv_rows, parquet_rows, table_kind
from quoth.types import MissingPart, UnusableInput

PROSE = b"Harbour opens again, text of the notice\n\nThe master said so, and the mayor too.\n"


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"id,text\n1,It rains.\n", "news.txt", TableKind.CSV),
        (b"\xef\xbb\xbfid;date;text\r\n", "news", TableKind.CSV),
        (b'"id"\t"text"\n', "news", TableKind.CSV),
        (b"name,body\n", "news.CSV", TableKind.CSV),
        (b"name\tbody\n", "news.tsv", TableKind.CSV),
        (b'{"id": 1, "text": "It rains."}\n{', "news", TableKind.JSONL),
        (b'{"id": 1, "text": "It ra', "news.jsonl", TableKind.JSONL),
        (b"PAR1\x15\x04", "news", TableKind.PARQUET),
        (b"", "news.csv", TableKind.CSV),
        (PROSE, "news.txt", None),
        (PROSE, "news.parquet", None),
        (b"text\n", "news.txt", None),
        (b"", "news.txt", None),
        (b'{curly} and "quoted"', "news.txt", None),
        (b"\xff\xfe\x00", "news.txt", None),
    ],
)
def test_a_table_is_told_by_its_content_else_by_its_name(head: bytes, name: str, kind: TableKind | None):
    assert table_kind(head, name) is kind


def test_a_column_that_is_named_makes_a_table_of_what_has_it():
    assert table_kind(b"name,body\n", "news.txt") is None
    assert table_kind(b"name,body\n", "news.txt", "body") is TableKind.CSV


def read(data: bytes, text: str | None = None, key: str | None = None) -> list:
    return list(csv_rows(io.BytesIO(data), "t.csv", text, key))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_rows_are_read_whatever_parts_their_cells(mark: str):
    data = f'id{mark}text{mark}day\na{mark}"It rains{mark}\r\nshe said."{mark}3\n\nb{mark}It snows.{mark}4\n'.encode()
    assert read(data) == [{"id": "a", "text": f"It rains{mark}\r\nshe said."}, {"id": "b", "text": "It snows."}]


def test_columns_are_chosen_by_name_and_rows_counted_where_there_is_no_id():
    data = "\ufeffname,body\nx,It rains.\ny,It snows.\n".encode()
    assert read(data, "body") == [{"id": "t.csv:1", "text": "It rains."}, {"id": "t.csv:2", "text": "It snows."}]
    assert read(data, "body", "name")[1] == {"id": "y", "text": "It snows."}


@pytest.mark.parametrize(
    ("data", "text", "key", "told"),
    [
        (b"name,body\nx,y\n", None, None, "name the column of the texts with --text-column; there is no column 'text'"),
        (b"name,body\nx,y\n", "words", None, "no column 'words' among name, body"),
        (b"name,body\nx,y\n", "body", "key", "no column 'key' among name, body"),
        (b"", None, None, "among none"),
        (b"id,text\na,caf\xe9\n", None, None, "not UTF-8"),
        (b'id,text\na,"It rains.\n', None, None, "cannot be read further"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(data: bytes, text: str | None, key: str | None, told: str):
    with pytest.raises(UnusableInput, match=told):
        read(data, text, key)


def test_a_row_of_another_length_is_its_own_error():
    first, second = read(b"id,text\na,b,c\nd,e\n")
    assert "row 1: it has 3 cells and the table 2 columns" in str(first)
    assert second == {"id": "d", "text": "e"}


def test_rows_come_before_the_rest_is_read():
    class Slow(io.BytesIO):
        reads = 0

        def read1(self, size: int | None = -1) -> bytes:
            self.reads += 1
            return super().read1(min(size or 64, 64))

    file = Slow(b"id,text\n" + b"a,It rains in Orl today.\n" * 1_000)
    rows = csv_rows(file, "t", None, None)
    assert next(rows) == {"id": "a", "text": "It rains in Orl today."}
    assert file.reads < 20


def test_a_long_text_is_one_cell():
    text = "It rains in Orl. " * 20_000
    assert read(f"id,text\na,{text}\n".encode())[0]["text"] == text


def test_parquet_is_read_by_its_columns(tmp_path: Path):
    pa = pytest.importorskip("pyarrow", reason="the extra `table` (pyarrow) is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"key": [7, 8], "body": ["It rains.", None], "other": [1.5, 2.5]})
    parquet.write_table(table, tmp_path / "t")
    with (tmp_path / "t").open("rb") as file:
        assert list(parquet_rows(file, "t", "body", "key")) == [
            {"id": 7, "text": "It rains."},
            {"id": 8, "text": None},
        ]
    with (tmp_path / "t").open("rb") as file, pytest.raises(UnusableInput, match="no column 'text' among key, body"):
        list(parquet_rows(file, "t", None, None))
    with pytest.raises(UnusableInput, match="the Parquet file cannot be read"):
        list(parquet_rows(io.BytesIO(b"PAR1 and no more"), "t", None, None))


def test_without_pyarrow_a_parquet_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingPart, match=r"pip install quoth\[table\]"):
        list(parquet_rows(io.BytesIO(b"PAR1"), "t", None, None))


def test_records_get_the_names_that_all_records_have():
    record = {"id": 1, "name": "a", "body": "It rains."}
    assert columns_of(record, "body", "name") == {"id": "a", "body": "It rains.", "name": "a", "text": "It rains."}
    assert columns_of(record, None, None) == record
    assert "text" not in columns_of({"text": "x"}, "body", None)
