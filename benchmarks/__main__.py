"""`python -m benchmarks`: every job beside its rivals, in turn; prints ratios, keeps a history.

python -m benchmarks [--posts N] [--pairs N] [--home DIR] [JOB ...]

The jobs are metrics, ndjson, csv, workbook, sheets, composite, copeland, ranks and doubt; composite
has a draw for every hundred posts. For the import of 9 million posts: `--posts 9000000 --pairs 1
ndjson csv`, which takes 25 GB of disk in --home and half an hour; remove the folder then.

python -m benchmarks scale --help: the whole road at 0.9, 9 and 90 million rows.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.composite import (
    UNITS,
    CopelandByPairs,
    CopelandByTolok,
    DrawsByHand,
    DrawsByLoop,
    DrawsByTolok,
)
from benchmarks.data import csv_of, edition_of, ndjson_of
from benchmarks.doubt import DoubtByLoop, DoubtByTolok, scored
from benchmarks.imports import (
    CheckedByDuckDb,
    ImportByTolok,
    ReadByPandas,
    SheetsByTolok,
    TextFeatures,
    TypedByDuckDb,
)
from benchmarks.metrics import MetricsByHand, MetricsByTolok, StoredCaptionFeatures
from benchmarks.ranks import SetsByLoop, SetsByTolok
from benchmarks.scale.run import main as scale
from benchmarks.timing import APART, BEFORE, compare, rows_of
from benchmarks.workbook import write_workbook

GOALS = {
    "metrics / raw captions": 0.5,
    "metrics (first run) / raw captions": 1.1,
    "metrics / by hand": 1.25,
    "ndjson (less text features) / checked": 1.15,
    "ndjson (less text features) / typed": 2.2,
    "csv (less text features) / checked": 1.15,
    "csv (less text features) / typed": 2.2,
    "workbook / pandas": 0.2,
    "sheets / pandas": 0.2,
    "composite / loop": 0.1,
    "composite / by hand": 1.0,
    "copeland / pairs": 0.1,
    "ranks / loop": 0.33,
    "doubt / loop": 0.5,
}
"""Ratios of CPU seconds that we aim to stay under; never a test."""
_WORKBOOK_POSTS = 60_000
_UNITS, _DRAWS = 211, 10_000
_WEEK_DRAWS = 100

Job = tuple[Callable[[], Any], dict[str, Callable[[], Any]]]
"""Ours, and its rivals by name."""


def metrics_job(home: Path, posts: int) -> Job:
    """From the store to every metric."""
    folder = edition_of(home, posts)
    return MetricsByTolok(folder), {
        "raw captions": MetricsByHand(folder, with_captions=True),
        "by hand": MetricsByHand(folder),
        BEFORE: StoredCaptionFeatures(folder),
    }


def ndjson_job(home: Path, posts: int) -> Job:
    """The import of canonical NDJSON."""
    return _import_job(ndjson_of(home, posts))


def csv_job(home: Path, posts: int) -> Job:
    """The import of canonical CSV."""
    return _import_job(csv_of(home, posts))


def workbook_job(home: Path, posts: int) -> Job:
    """The whole import of a merged workbook of Fanpage Karma; the rival only reads it."""
    file = _workbook(home, posts)
    return ImportByTolok(file, "Asia/Jakarta"), {"pandas": ReadByPandas(file)}


def sheets_job(home: Path, posts: int) -> Job:
    """The same workbook read into rows."""
    file = _workbook(home, posts)
    return SheetsByTolok(file), {"pandas": ReadByPandas(file)}


def composite_job(_home: Path, posts: int) -> Job:
    """Draws of weights on 2,000 units and 25 indicators: ranks, intervals, P(top 3)."""
    draws = max(1, posts // 100)
    return DrawsByTolok(draws), {"loop": DrawsByLoop(draws), "by hand": DrawsByHand(draws)}


def copeland_job(_home: Path, _posts: int) -> Job:
    """Copeland's rule over 2,000 units."""
    return CopelandByTolok(UNITS), {"pairs": CopelandByPairs(UNITS)}


def ranks_job(_home: Path, _posts: int) -> Job:
    """Confidence sets of the ranks of 211 units, 10,000 draws."""
    return SetsByTolok(_UNITS, _DRAWS), {"loop": SetsByLoop(_UNITS, _DRAWS)}


def doubt_job(home: Path, posts: int) -> Job:
    """All categories of an edition in 100 draws of weeks."""
    folder = scored(edition_of(home, posts))
    return DoubtByTolok(folder, _WEEK_DRAWS), {"loop": DoubtByLoop(folder, _WEEK_DRAWS)}


def _workbook(home: Path, posts: int) -> Path:
    count = min(posts, _WORKBOOK_POSTS)
    file = home / f"posts-{count}.xlsx"
    if not file.is_file():
        write_workbook(file, count)
    return file


def _import_job(file: Path) -> Job:
    rivals: dict[str, Callable[[], Any]] = {
        "checked": CheckedByDuckDb(file),
        "typed": TypedByDuckDb(file),
        APART: TextFeatures(file),
    }
    return ImportByTolok(file), rivals


JOBS = {
    "metrics": metrics_job,
    "ndjson": ndjson_job,
    "csv": csv_job,
    "workbook": workbook_job,
    "sheets": sheets_job,
    "composite": composite_job,
    "copeland": copeland_job,
    "ranks": ranks_job,
    "doubt": doubt_job,
}


def main() -> None:
    """Run the jobs and print a row for each rival."""
    if sys.argv[1:2] == ["scale"]:
        scale(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)}; else all")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--home", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    asked.home.mkdir(parents=True, exist_ok=True)
    for job in asked.jobs or JOBS:
        ours, rivals = JOBS[job](asked.home, asked.posts)
        for row in rows_of(*compare(job, ours, rivals, pairs=asked.pairs)):
            _show(row | {"posts": asked.posts}, asked.home)


def _show(row: dict[str, Any], home: Path) -> None:
    print(
        f"{row['job']}: {row['ratio_cpu']:.2f} of the rival's CPU time "
        f"({row['ratio_min']:.2f} to {row['ratio_max']:.2f}, {row['pairs']} pairs; "
        f"goal {GOALS.get(row['job'], 'none')}); {row['ours_peak_mb']} MB"
    )
    print("  " + json.dumps(row), flush=True)
    with (home / "history.ndjson").open("a", encoding="utf-8") as history:
        history.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
