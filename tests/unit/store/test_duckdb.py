"""The engine: in memory, in UTC, without network, the same bytes for the same rows."""

import hashlib

import pyarrow as pa
import pytest

from tolok.errors import FileFault, InputError
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


@pytest.mark.parametrize("limit", ["4", "much", "4 XB"])
def test_memory_limit_that_is_no_size_says_what_to_pass(limit):
    with pytest.raises(InputError) as refused:
        DuckDb(DuckDbSettings(memory_limit=limit))
    assert str(refused.value) == (
        f"--memory-limit {limit}: is no size to work with. Pass one such as 4GB or 800MB."
    )


MANY = "SELECT list(md5(i::VARCHAR)) AS texts FROM range(3000000) AS r(i)"


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine, _path: engine.keep("many", MANY),
        lambda engine, _path: engine.query(MANY),
        lambda engine, path: engine.write(MANY, path),
    ],
)
def test_query_beyond_the_memory_says_what_to_raise(tmp_path, ask):
    settings = DuckDbSettings(threads=1, memory_limit="40MB", spill_folder=tmp_path)
    with DuckDb(settings) as engine, pytest.raises(InputError) as refused:
        ask(engine, tmp_path / "many.parquet")
    assert "Raise --memory-limit" in str(refused.value)
