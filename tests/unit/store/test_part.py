"""Rows of large files: the good ones as a part, the others as they stood in the file."""

import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from tests.import_cases import post

from tolok.store.canonical import CANONICAL, Defaults
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.part import PartSource, write_part
from tolok.store.records import CsvRecords, JsonLines

POSTS = CANONICAL["posts"]


def source_of(records, columns):
    return PartSource(
        name=records.path.name,
        sha256="0f",
        canonical=POSTS,
        columns=frozenset(columns),
        sql=records.rows_sql(records.path),
        defaults=Defaults(),
        time_zone="Asia/Jakarta",
        records=records,
    )


def written(source, folder):
    """What is counted, the good posts by row, and the rejects."""
    part, rejects = folder / "part", folder / "rejects"
    with DuckDb(DuckDbSettings(spill_folder=folder)) as engine:
        counts = write_part(engine, source, part, rejects)
    good = pq.read_table(part).select(["source_row", "post_id"]).to_pylist()
    found = pq.read_table(rejects).to_pylist() if rejects.exists() else []
    names = ("row", "column", "value", "reason", "raw")
    return (
        counts,
        {row["source_row"]: row["post_id"] for row in good},
        [tuple(row[name] for name in names) for row in found],
    )


@pytest.fixture
def lines(tmp_path):
    bad = json.dumps(post("B", reaction_count=-1, text="á" * 3_000), ensure_ascii=False)
    rows = [json.dumps(post("A")), "", bad, '{"cut": ', json.dumps(post("C"))]
    path = tmp_path / "posts.ndjson"
    path.write_text("\n".join(rows), "utf-8")
    source = source_of(JsonLines(path, POSTS.columns), [*POSTS.columns, "broken"])
    return source, bad


def test_lines_that_are_bad_are_kept_as_they_stand(lines, tmp_path):
    source, bad = lines
    counts, good, rejects = written(source, tmp_path)
    no_count = "is no count, expected 0, 1, 2 and so on"
    no_json = "is not JSON: Expecting value at character 8"
    assert (counts, good) == ((2, 2), {1: "A", 4: "C"})
    assert rejects == [
        (2, "reaction_count", "-1", no_count, bad[:2_000]),
        (3, "row", '{"cut":', no_json, '{"cut":'),
    ]


@pytest.mark.parametrize("first_row", [0, 2])
def test_file_that_is_numbered_otherwise_is_read_anew(lines, tmp_path, first_row):
    source, _ = lines
    wrong = replace(source.records, first_row=first_row)
    counts, good, rejects = written(replace(source, records=wrong), tmp_path)
    assert (counts, good) == ((2, 2), {1: "A", 4: "C"})
    assert [(row, column) for row, column, *_ in rejects] == [(2, "reaction_count"), (3, "row")]
    assert rejects[0][4].startswith('{"platform":"instagram","post_id":"B",')
    assert (len(rejects[0][4]), rejects[1][3:]) == (2_000, ("holds nothing that can be read", "{}"))


def test_records_of_csv_are_kept_with_their_line_ends(tmp_path):
    path = tmp_path / "posts.csv"
    row = "x,{},@a,2025-03-01T08:00:00Z,2025-04-01T08:00:00Z,{}\n"
    names = ["platform", "post_id", "account_id", "published_at", "observed_at", "text"]
    good, bad = row.format("A", '"a\n""b"""'), row.format("", '"c\nd"')
    path.write_text(",".join(names) + "\n" + good + bad + good + bad.strip(), "utf-8")
    file = CsvRecords(path, ",", 6, {name: place for place, name in enumerate(names)})
    counts, posts, rejects = written(source_of(file, names), tmp_path)
    assert (counts, posts) == ((2, 2), {2: "A", 4: "A"})
    missing = ("post_id", None, "is missing", bad.strip())
    assert rejects == [(3, *missing), (5, *missing)]


def test_many_bad_rows_are_looked_at_a_share_at_a_time(tmp_path):
    path = tmp_path / "posts.ndjson"
    path.write_text('{"post_id": "A"}\n' * 20_001 + json.dumps(post("B")), "utf-8")
    source = source_of(JsonLines(path, POSTS.columns), [*POSTS.columns, "broken"])
    counts, good, rejects = written(source, tmp_path)
    assert (counts, good) == ((1, 20_001), {20_002: "B"})
    expected = ("platform", None, "is missing", '{"post_id": "A"}')
    assert rejects == [(row, *expected) for row in range(1, 20_002)]
