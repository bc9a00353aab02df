"""The history of runs: a row a job, rival, size and day, with what it was run by."""

import json
import subprocess
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

Row = dict[str, Any]

RIVALS = ("duckdb", "numpy", "pandas", "polars", "pyarrow", "pysimdjson", "pyspark")
_ROOT = Path(__file__).resolve().parents[2]


def facts(today: date, cores: int) -> Row:
    """What a row says of its run: the day, the commit, the cores, the versions."""
    return {
        "on": today.isoformat(),
        "commit": _commit(),
        "cores": cores,
        "versions": {name: found for name in RIVALS if (found := _version(name))},
    }


def append(path: Path, rows: Iterable[Row]) -> None:
    """Add rows to a history, one a line."""
    with path.open("a", encoding="utf-8") as history:
        history.writelines(json.dumps(row) + "\n" for row in rows)


def latest(path: Path) -> list[Row]:
    """The last row of each job and size, in the order in which they first came."""
    if not path.is_file():
        return []
    found: dict[tuple[str, float], Row] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["job"], row["rows"]] = row
    return list(found.values())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    found = subprocess.run(
        ["git", "-c", "safe.directory=*", "rev-parse", "--short=12", "HEAD"],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout.strip()
