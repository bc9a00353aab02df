"""Seeded data for the benchmarks: a simulated edition, imported once, and its posts as NDJSON."""

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
    plan = SimulationPlan(posts=posts, comments=posts * 3 // 10)
    new_edition(folder)
    write_edition(folder, edition_values(plan))
    simulate_edition(folder / "brought", plan)
    for name in ("institutions.csv", "accounts.csv", "lineage.csv"):
        (folder / "registry" / name).write_bytes(
            (folder / "brought" / "registry" / name).read_bytes()
        )
    import_files(folder, [folder / "brought" / "exports"], ImportOptions())
    (folder / "ready").touch()
    return folder


def ndjson_of(home: Path, posts: int) -> Path:
    """All posts of that edition's exports as one canonical NDJSON file."""
    path = home / f"posts-{posts}.ndjson"
    if not path.is_file():
        exports = edition_of(home, posts) / "brought" / "exports" / "posts-*.parquet"
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            times = ", ".join(
                f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}"
                for name in ("published_at", "observed_at", "deleted_at")
            )
            rows = f"SELECT * REPLACE ({times}, missing::JSON AS missing) FROM '{exports}'"
            connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT json)")
    return path
