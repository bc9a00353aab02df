"""Files of results/ as rows: nulls stay nulls, and every fault says its file and the way out."""

import json
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tolok.errors import FileFault
from tolok.publish.reading import Erratum, read_csv, read_manifest, read_parquet


@dataclass(frozen=True)
class Row:
    name: str | None
    count: int | None
    share: float | None
    is_known: bool | None


def test_parquet_rows_keep_null_and_turn_nan_into_null(tmp_path):
    path = tmp_path / "rows.parquet"
    table = pa.table(
        {
            "share": pa.array([0.5, float("nan"), None], pa.float64()),
            "count": pa.array([0, None, 2], pa.int64()),
            "name": ["a", None, ""],
            "is_known": [True, False, None],
            "more": [1, 2, 3],
        }
    )
    pq.write_table(table, path)
    assert read_parquet(path, Row) == (
        Row("a", 0, 0.5, True),
        Row(None, None, None, False),
        Row("", 2, None, None),
    )


def test_csv_cells_take_the_type_of_their_field(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text('share,name,count,is_known\n0.25,"a,b",3,true\n,,,\n1,c,0,false\n', "utf-8")
    assert read_csv(path, Row) == (
        Row("a,b", 3, 0.25, True),
        Row("", None, None, None),
        Row("c", 0, 1.0, False),
    )


def test_csv_cell_that_is_no_number_is_told_with_its_line(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("name,count,share,is_known\na,1,0.5,true\nb,many,,\n", "utf-8")
    with pytest.raises(FileFault) as caught:
        read_csv(path, Row)
    assert str(caught.value) == (
        "rows.csv, line 3: 'many' is no number. Make the results again with `tolok score`."
    )


def rows_of_parquet(path):
    return read_parquet(path, Row)


def rows_of_csv(path):
    return read_csv(path, Row)


@pytest.mark.parametrize(
    ("read", "content", "problem"),
    [
        (rows_of_parquet, None, "there is no such file."),
        (rows_of_csv, None, "there is no such file."),
        (read_manifest, None, "there is no such file."),
        (read_manifest, "{", "is not JSON"),
        (rows_of_parquet, "text", "is not Parquet"),
        (rows_of_csv, "name,share\n", "has no column count, is_known."),
    ],
)
def test_file_at_fault_is_named(tmp_path, read, content, problem):
    path = tmp_path / "table"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(FileFault) as caught:
        read(path)
    found = caught.value
    assert (found.file, found.problem.startswith(problem)) == ("table", True)


def test_manifest_may_leave_things_out(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text('{"tolok_version": "0.1.0", "seed": 0, "commit": null}', "utf-8")
    manifest = read_manifest(path)
    assert (manifest.tolok_version, manifest.commit, manifest.seed) == ("0.1.0", "", "0")
    assert (manifest.inputs, dict(manifest.record_counts), manifest.errata) == ((), {}, ())


def test_errata_are_notes_or_names(tmp_path):
    change = "edition.toml, line 4: was 'a', is 'b'"
    note = {
        "number": 1,
        "recorded_at": "2026-01-05T08:00:00+07:00",
        "reason": "A weight was mistyped.",
        "replaces_rules_sha256": "ab" * 32,
        "changes": [change],
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"errata": [note, "errata/002.json", {"number": 3}]}), "utf-8")
    assert read_manifest(path).errata == (
        Erratum("1", date(2026, 1, 5), "A weight was mistyped.", "ab" * 32, (change,)),
        Erratum("errata/002.json"),
        Erratum("3"),
    )


@pytest.mark.parametrize(
    ("kind", "count", "shown"),
    [
        ("comments", 0, None),  # none were brought: that is not "no comment was made"
        ("follower_readings", 0, None),
        ("comments", 3, 3),
        ("rejected_rows", 0, 0),
        ("posts", 0, 0),
    ],
)
def test_records_that_were_never_brought_are_unknown_not_none(tmp_path, kind, count, shown):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"record_counts": {kind: count}}), "utf-8")
    assert read_manifest(path).records(kind) == shown


def test_records_that_the_manifest_does_not_name_are_unknown(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text("{}", "utf-8")
    assert read_manifest(path).records("posts") is None
