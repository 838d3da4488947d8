"""Tables of statements: CSV that every reader understands, Parquet with types, files that are whole or untouched."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest

from quoth.reports.tables import ROWS_IN_GROUP, CsvTable, ParquetTable, tables
from quoth.types import Examination, MissingPart, UnusableArguments
from quoth.types.statement_rows import COLUMNS


def row(**cells: object) -> dict:
    return {**dict.fromkeys(COLUMNS), "start": 1, "end": 2, "confidence": 0.5, **cells}


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def written(*rows: dict) -> bytes:
    file = io.BytesIO()
    table = CsvTable(file)
    table.write(rows)
    table.close()
    return file.getvalue()


def test_csv_gives_back_what_was_written():
    words = '“One,”\nshe said; "two",\r\nthree 😀'
    (back,) = read_csv(written(row(words=words)))
    assert back["words"] == words
    assert (back["start"], back["confidence"], back["grade"]) == ("1", "0.5", "")


def test_csv_is_as_rfc_4180_has_it():
    data = written(row(words="a, b"), row(words='the "pier"'))
    assert data.startswith(",".join(COLUMNS).encode() + b"\r\n")
    assert b'"a, b"' in data
    assert b'"the ""pier"""' in data
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("words", ["=1+2", "+41", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_no_words_of_strangers(words: str):
    (back,) = read_csv(written(row(words=words, reason="a=b", start=-1)))
    assert back["words"] == f"'{words}"
    assert (back["reason"], back["start"]) == ("a=b", "-1")


def test_a_table_without_rows_has_its_columns():
    assert written() == ",".join(COLUMNS).encode() + b"\r\n"


def test_the_rows_of_an_examination_fit_the_table(examination: Examination):
    back = read_csv(written(*examination.to_rows()))
    assert [one["grade"] for one in back] == [verdict.grade.value for verdict in examination.verdicts]
    assert back[1]["source_words"].startswith("The ministry knew of 40 tonnes")
    assert back[4]["speaker"] == "dock workers"
    assert back[4]["speaker_key"] == ""


def test_parquet_has_types_and_holds_more_rows_than_one_group(tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `table` (pyarrow) is not installed")
    with (tmp_path / "t.parquet").open("wb") as file:
        table = ParquetTable(file)
        for number in range(3):
            table.write([row(words="=1", start=number)] * (ROWS_IN_GROUP // 2))
        table.close()
    back = parquet.read_table(tmp_path / "t.parquet")
    assert back.column_names == list(COLUMNS)
    assert {str(back.schema.field(name).type) for name in ("words", "start", "confidence")} == {
        "string",
        "int64",
        "double",
    }
    assert back.num_rows == 3 * (ROWS_IN_GROUP // 2)
    assert back["words"][0].as_py() == "=1"
    assert back["grade"][0].as_py() is None


def test_without_pyarrow_parquet_is_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with (
        pytest.raises(MissingPart, match=r"pip install quoth\[table\]"),
        tables(None, str(tmp_path / "t.parquet"), [], io.BytesIO()),
    ):
        pytest.fail("the work has begun")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_the_whole_table_or_what_it_was_before(tmp_path: Path):
    target = tmp_path / "t.csv"
    target.write_bytes(before := written(row(words="before")))
    with suppress(RuntimeError), tables(str(target), None, [], io.BytesIO()) as out:
        out.write([row()])
        raise RuntimeError
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]
    with tables(str(target), None, [], io.BytesIO()) as out:
        out.write([row(), row()])
    assert out.rows == 2
    assert len(read_csv(target.read_bytes())) == 2
    assert list(tmp_path.iterdir()) == [target]


def test_csv_on_standard_output_is_written_as_it_comes():
    stdout = io.BytesIO()
    with tables("-", None, [], stdout) as out:
        out.write([row(words="first")])
        assert b"first" in stdout.getvalue()


@pytest.mark.parametrize("target", ["no/such/t.csv", "folder", "input.csv", "folder/t.csv", "a\0b"])
def test_a_table_is_not_written_where_it_cannot_be_or_over_an_input(tmp_path: Path, target: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "input.csv").write_text("id,text\n")
    inputs = [str(tmp_path / "input.csv"), str(tmp_path / "folder")]
    with pytest.raises(UnusableArguments, match="--csv"), tables(str(tmp_path / target), None, inputs, io.BytesIO()):
        pytest.fail("the work has begun")
    assert (tmp_path / "input.csv").read_text() == "id,text\n"


@pytest.mark.parametrize("option", ["--csv", "--parquet"])
def test_a_file_that_somebody_else_made_is_kept(tmp_path: Path, option: str):
    if option == "--parquet":
        pytest.importorskip("pyarrow", reason="the extra `table` (pyarrow) is not installed")
    target = tmp_path / "articles.csv"
    target.write_text("id,text\n1,It rains.\n")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "nowhere")
    for name in (target, link, Path("/dev/null")):
        asked = (str(name), None) if option == "--csv" else (None, str(name))
        kept = pytest.raises(UnusableArguments, match=r"give (another name|the name of a new file)")
        with kept, tables(*asked, [], io.BytesIO()):
            pytest.fail("the work has begun")
    assert target.read_text() == "id,text\n1,It rains.\n"
    assert link.is_symlink()


def test_an_empty_file_and_a_parquet_table_of_ours_are_written_over(tmp_path: Path):
    pytest.importorskip("pyarrow", reason="the extra `table` (pyarrow) is not installed")
    names = [str(tmp_path / "t.csv"), str(tmp_path / "t.parquet")]
    for name in names:
        Path(name).touch()
    for _ in range(2):
        with tables(*names, [], io.BytesIO()) as out:
            out.write([row()])
    assert all(Path(name).stat().st_size for name in names)


def test_a_table_of_an_earlier_version_with_fewer_columns_is_written_over(tmp_path: Path):
    target = tmp_path / "t.csv"
    target.write_text(",".join([*COLUMNS][:-1]) + "\n")
    with tables(str(target), None, [], io.BytesIO()) as out:
        out.write([row()])
    assert target.read_text().startswith(",".join(COLUMNS))


def test_a_file_that_may_not_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "t.csv").write_text("id")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with (
        pytest.raises(UnusableArguments, match=r"cannot be read \(Permission denied"),
        tables(str(tmp_path / "t.csv"), None, [], io.BytesIO()),
    ):
        pytest.fail("the work has begun")
