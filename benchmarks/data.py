"""Seeded data for the benchmarks: a simulated edition, and its posts as files to be imported.

One row in 200 of these files is bad, in one of six ways.
"""

from pathlib import Path

import duckdb

from tolok.methodology.template import new_edition, write_edition
from tolok.pipeline.demo import edition_values
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.simulate import SimulationPlan, simulate_edition


def edition_of(home: Path, posts: int) -> Path:
    """An edition with this many simulated posts in its store; made once, then used again."""
    folder = home / f"edition-{posts}"
    if (folder / "ready").is_file():
        return folder
    new_edition(folder)
    write_edition(folder, edition_values(_plan(posts)))
    exports = _exports_of(home, posts)
    for name in ("institutions.csv", "accounts.csv", "lineage.csv"):
        (folder / "registry" / name).write_bytes(
            (folder / "brought" / "registry" / name).read_bytes()
        )
    import_files(folder, [exports], ImportOptions())
    (folder / "ready").touch()
    return folder


def ndjson_of(home: Path, posts: int) -> Path:
    """The posts of a simulation as one canonical NDJSON file; a sixth of the bad lines are cut."""
    path = home / f"posts-{posts}.ndjson"
    if not path.is_file():
        line = "to_json(struct_pack(*COLUMNS(* EXCLUDE (fault))))::VARCHAR"
        cut = f"CASE WHEN fault = 6 THEN left({line}, 100) ELSE {line} END AS line"
        raw = "FORMAT csv, HEADER false, DELIMITER '\\x01', QUOTE '', ESCAPE ''"
        _write(home, posts, f"SELECT {cut}", path, raw)
    return path


def csv_of(home: Path, posts: int) -> Path:
    """The same as CSV, every record of which can be taken apart."""
    path = home / f"posts-{posts}.csv"
    if not path.is_file():
        accounts = "to_json(co_account_ids)::VARCHAR AS co_account_ids"
        rows = f"SELECT * EXCLUDE (fault) REPLACE ({accounts})"
        _write(home, posts, rows, path, "FORMAT csv, HEADER true")
    return path


def _write(home: Path, posts: int, select: str, path: Path, options: str) -> None:
    """Write what is selected from the simulated posts, times and counts being text."""
    exports = _exports_of(home, posts) / "posts-*.parquet"
    times = ", ".join(
        f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}"
        for name in ("published_at", "observed_at", "deleted_at")
    )
    drawn = "hash(post_id, observed_at)"  # the same in every run of one version of DuckDB
    faults = {
        "published_at": "CASE fault WHEN 1 THEN 'kemarin' ELSE published_at END",
        "reaction_count": "CASE fault WHEN 2 THEN -5 ELSE reaction_count END",
        "post_id": "CASE fault WHEN 3 THEN '1.78E+17' ELSE post_id END",
        "platform": "CASE fault WHEN 4 THEN 'myspace' ELSE platform END",
        "observed_at": "CASE fault WHEN 5 THEN '2025-01-01T00:00:00' ELSE observed_at END",
        "is_paid": "CASE fault WHEN 6 THEN 'mungkin' ELSE is_paid::VARCHAR END",
    }
    faulty = ", ".join(f"{sql} AS {name}" for name, sql in faults.items())
    fault = f"CASE WHEN {drawn} % 200 = 0 THEN {drawn} // 200 % 6 + 1 ELSE 0 END AS fault"
    rows = f"SELECT * REPLACE ({times}, missing::JSON AS missing), {fault} FROM '{exports}'"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        source = f"{select} FROM (SELECT * REPLACE ({faulty}) FROM ({rows}))"
        connection.execute(f"COPY ({source}) TO '{path}' ({options})")


def _exports_of(home: Path, posts: int) -> Path:
    """The files that a simulation of so many posts brings."""
    folder = home / f"edition-{posts}" / "brought"
    if not (folder / "ready").is_file():
        simulate_edition(folder, _plan(posts))
        (folder / "ready").touch()
    return folder / "exports"


def _plan(posts: int) -> SimulationPlan:
    return SimulationPlan(posts=posts, comments=posts * 3 // 10)
