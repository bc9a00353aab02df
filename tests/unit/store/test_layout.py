"""Which parts of a store count, and how an engine sees them."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tolok.errors import InputError
from tolok.store.atomic import write_text
from tolok.store.duckdb import DuckDb
from tolok.store.layout import (
    Layout,
    StoreOutdated,
    attach_store,
    check_store,
    finish_import,
    finished_import,
    finished_imports,
    read_parts,
)
from tolok.store.report import ImportReport, Reject
from tolok.store.schema import FOLLOWERS, STORE_TABLES

REJECT = Reject(3, "post_id", None, "is missing")
REPORT = ImportReport("a.csv", "a" * 64, "canonical", 10, 6, 3, 1, (REJECT,))


def plant(layout, table, sha256, rows=()):
    path = layout.part(table, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = STORE_TABLES[table].arrow_schema
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path)
    return path


def test_part_counts_only_with_its_report(tmp_path):
    layout = Layout(tmp_path)
    part = plant(layout, "followers", "a" * 64)
    plant(layout, "followers", "b" * 64)
    (part.parent / f".{'c' * 64}.parquet.unfinished").write_text("half")
    assert read_parts(layout, "followers") == []
    finish_import(layout, REPORT, "Asia/Jakarta")
    assert read_parts(layout, "followers") == [part]
    assert read_parts(layout, "observations") == []


def test_part_that_spark_wrote_is_the_files_of_its_folder(tmp_path):
    layout = Layout(tmp_path)
    finish_import(layout, REPORT, "Asia/Jakarta")
    here, elsewhere = layout.part("followers", "a" * 64), tmp_path / "elsewhere.parquet"
    for table, home in (("followers", here), ("aliases", elsewhere)):
        home.mkdir(parents=True, exist_ok=True)
        for name in ("part-1.parquet", "part-0.parquet", ".part-0.parquet.crc", "_SUCCESS"):
            (home / name).touch()
        files = [home / "part-0.parquet", home / "part-1.parquet"]
        if table == "aliases":
            write_text(f"file:{home}\n", layout.part_address(table, "a" * 64))
        assert read_parts(layout, table) == files


def test_part_elsewhere_is_for_spark_alone(tmp_path):
    layout = Layout(tmp_path)
    finish_import(layout, REPORT, "Asia/Jakarta")
    write_text("s3a://b/followers/a.parquet\n", layout.part_address("followers", "a" * 64))
    assert read_parts(layout, "followers") == ["s3a://b/followers/a.parquet"]
    with DuckDb() as engine, pytest.raises(InputError) as refused:
        attach_store(engine, layout)
    assert str(refused.value) == (
        "s3a://b/followers/a.parquet: rows of the edition lie there, where DuckDB does not reach. "
        "Use --engine spark where the command has it."
    )


def test_report_comes_back_as_it_was_written(tmp_path):
    layout = Layout(tmp_path)
    assert finished_import(layout, "a" * 64) is None
    finish_import(layout, REPORT, "Asia/Jakarta")
    assert finished_import(layout, "a" * 64) == REPORT
    assert finished_imports(layout) == [REPORT]


def test_same_bytes_again_bring_nothing_new():
    again = REPORT.again("b.csv")
    assert again == ImportReport("b.csv", "a" * 64, "canonical", 10, 0, 9, 1, (REJECT,))


def test_store_of_another_version_is_refused(tmp_path):
    layout = Layout(tmp_path)
    finish_import(layout, REPORT, "Asia/Jakarta")
    check_store(layout, "Asia/Jakarta")
    path = layout.report(REPORT.sha256)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"store_version": 0}))
    with pytest.raises(StoreOutdated) as refused:
        check_store(layout, "Asia/Jakarta")
    assert str(refused.value) == (
        f"{tmp_path}: the store was made for store version 0. "
        f"Make it again from what was landed with `tolok replay {tmp_path}`."
    )


def test_engine_sees_every_table_also_the_empty_ones(tmp_path):
    layout = Layout(tmp_path)
    row = {
        "platform": "x", "account_id": "x:1", "observed_at": 0, "observed_on": 0,
        "follower_count": 5, "source_sha256": "a" * 64, "source_row": 1,
    }  # fmt: skip
    plant(layout, "followers", "a" * 64, [row])
    plant(layout, "followers", "b" * 64, [row, row])
    finish_import(layout, REPORT, "Asia/Jakarta")
    with DuckDb() as engine:
        attach_store(engine, layout)
        assert engine.query("SELECT * FROM followers").column_names == list(FOLLOWERS.names)
        names = ("observations", "followers", "comment_observations", "aliases", "rejects")
        counts = [
            engine.query(f"SELECT count(*) AS n FROM {name}")["n"][0].as_py() for name in names
        ]
    assert counts == [0, 1, 0, 0, 0]
