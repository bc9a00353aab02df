"""The workbook of all published tables, as another program reads it."""

import io
import zipfile
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from tolok.publish.documents import workbook
from tolok.publish.documents.workbook import UNPUBLISHED, build_workbook
from tolok.publish.links import WORKBOOK
from tolok.publish.results import read_results
from tolok.store.results import RESULT_TABLES


def sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture(scope="module")
def made(with_intervals):
    ((path, content),) = build_workbook(with_intervals)
    assert path == WORKBOOK
    return content


def test_every_published_table_has_a_sheet(made):
    assert list(sheets(made)) == ["Daftar isi", *(n for n in RESULT_TABLES if n not in UNPUBLISHED)]


def test_first_sheet_explains_every_table_and_column(made):
    rows = [tuple(row) for row in sheets(made)["Daftar isi"]]
    assert rows[0][0] == "Penghargaan Uji 2025"
    for name, table in RESULT_TABLES.items():
        columns = [("", column.name, column.meaning) for column in table.columns]
        starts = [at for at, row in enumerate(rows) if row[0] == name]
        assert len(starts) == (name not in UNPUBLISHED)
        for start in starts:
            assert rows[start + 1 : start + 1 + len(columns)] == columns


def test_cells_have_the_types_of_their_columns(made):
    accounts = sheets(made)["accounts"]
    first = dict(zip(accounts[0], accounts[1], strict=True))
    assert first["counts"] is True
    assert first["checked_on"] == date(2025, 5, 19)
    assert first["post_count"] == 700.0
    assert first["valid_from"] == ""
    nominees = sheets(made)["nominees"]
    first = dict(zip(nominees[0], nominees[1], strict=True))
    assert (first["place"], first["score"], first["separable_from_next"]) == (1.0, 80.0, False)


def test_text_that_looks_like_a_formula_is_a_text(made, invented):
    names = [row[1] for row in sheets(made)["institutions"]]
    assert invented.FORMULA_NAME in names
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        formulas = [n for n in parts.namelist() if b"<f>" in parts.read(n)]
    assert formulas == []


def test_long_table_is_named_and_left_out(with_intervals, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 12)
    ((_, content),) = build_workbook(with_intervals)
    found = sheets(content)
    assert "institutions" in found
    assert "scores" not in found
    (line,) = [row for row in found["Daftar isi"] if row[0] == "scores"]
    assert line == [
        "scores",
        "24",
        "Terlalu panjang untuk buku kerja; berkasnya results/scores.parquet",
    ]


def test_absent_table_is_named(invented, rules, tmp_path):
    folder = tmp_path / "results"
    invented.write_results(folder)
    results = read_results(folder, rules, None)
    (folder / "jury_votes.parquet").unlink()
    ((_, content),) = build_workbook(results)
    (line,) = [row for row in sheets(content)["Daftar isi"] if row[0] == "jury_votes"]
    assert line == ["jury_votes", "–", "Tidak ada pada edisi ini"]


def test_values_without_a_type_are_texts_or_empty(with_intervals, invented, rules, tmp_path):
    folder = tmp_path / "results"
    invented.write_results(folder)
    results = read_results(folder, rules, None)
    table = RESULT_TABLES["metrics"]
    rows = [
        {"institution_id": "a", "account_id": "", "platform": "", "metric": "x" * 40_000,
         "value": float("nan"), "unit": "", "post_count": 2**53 + 1, "missing_count": None}
    ]  # fmt: skip
    pq.write_table(
        pa.Table.from_pylist(rows, schema=table.arrow_schema), folder / "metrics.parquet"
    )
    ((_, content),) = build_workbook(results)
    first = dict(zip(*sheets(content)["metrics"], strict=True))
    assert first["metric"] == "x" * 32_767
    assert first["post_count"] == "9007199254740993"
    assert first["value"] == ""


def test_same_results_give_the_same_bytes(with_intervals, made):
    assert dict(build_workbook(with_intervals)) == {WORKBOOK: made}
