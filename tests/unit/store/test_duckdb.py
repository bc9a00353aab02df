"""The engine: in memory, in UTC, without network, the same bytes for the same rows."""

import hashlib

import pyarrow as pa
import pytest

from tolok.errors import FileFault
from tolok.store.duckdb import DuckDb, DuckDbSettings

EXTENSIONS = "SELECT extension_name AS name FROM duckdb_extensions() WHERE loaded ORDER BY name"


def test_what_is_needed_is_built_in():
    with DuckDb() as engine:
        loaded = set(engine.query(EXTENSIONS)["name"].to_pylist())
        assert {"icu", "json", "parquet"} <= loaded
        settings = engine.query(
            "SELECT current_setting('TimeZone') AS zone, "
            "current_setting('autoinstall_known_extensions') AS installs, "
            "current_setting('autoload_known_extensions') AS loads"
        )
        assert settings.to_pylist() == [{"zone": "UTC", "installs": False, "loads": False}]


def test_rows_are_appended_and_removed():
    with DuckDb() as engine:
        engine.keep("numbers", "SELECT 1 AS n")
        engine.append("numbers", "SELECT * FROM range(2, 5)", file="a.csv")
        engine.remove("numbers", "n = 3")
        assert engine.query("SELECT n FROM numbers ORDER BY n")["n"].to_pylist() == [1, 2, 4]


def test_file_that_cannot_be_read_is_named(tmp_path):
    with DuckDb() as engine:
        engine.keep("numbers", "SELECT 1 AS n")
        with pytest.raises(FileFault) as refused:
            engine.append(
                "numbers",
                f"SELECT * FROM read_parquet('{tmp_path}/none.parquet')",
                file="a.parquet",
            )
        assert str(refused.value).startswith("a.parquet: cannot be read: ")
        assert engine.query("SELECT n FROM numbers")["n"].to_pylist() == [1]


def test_lent_table_is_given_back():
    with DuckDb() as engine:
        with engine.lent("brought", pa.table({"n": [1, 2]})):
            assert engine.query("SELECT sum(n) AS s FROM brought")["s"].to_pylist() == [3]
        names = engine.query("SELECT view_name AS name FROM duckdb_views() WHERE NOT internal")
        assert names["name"].to_pylist() == []


def test_file_has_the_same_bytes_on_any_number_of_threads(tmp_path):
    rows = "SELECT (i * 7919) % 300007 AS n, md5(i::VARCHAR) AS t FROM range(300007) AS r(i)"
    hashes = set()
    for threads in (1, 2, 4):
        with DuckDb(DuckDbSettings(threads=threads)) as engine:
            path = tmp_path / f"{threads}.parquet"
            assert engine.write(f"{rows} ORDER BY n", path) == 300007
            hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(hashes) == 1
