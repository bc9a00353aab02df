"""`python -m benchmarks scale`: every job at every size beside its rivals; table, fit and history.

python -m benchmarks scale [JOB ...] [--rows 0.9 9 90] [--pairs N] [--home DIR]

The jobs are import, road, metrics, posts, score, uncertainty, site, spark and spark-import. Each
run is a process of its own, and all that belong to a job run in turn. The 90 million rows take
60 GB of disk in --home. Spark is run up to 9 million rows, where PySpark and Java are installed.
"""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scale import history, page
from benchmarks.scale.break_even import break_even_cells, line_cells, lines_of
from benchmarks.scale.chart import chart_svg
from benchmarks.scale.data import MOST_DRAWN, Data
from benchmarks.scale.history import Row
from benchmarks.scale.jobs import GOALS, JOBS, LIKE_OURS
from benchmarks.scale.spark import MOST_ROWS, spark_is_there
from benchmarks.timing import compare, rows_of

SIZES = (0.9, 9.0, 90.0)
_PAIRS = 5
_LONG_PAIRS = 1
_SPARK = ("spark", "spark-import")
_LONG = ("site", "road", *_SPARK)
"""Jobs whose cost is in minutes at every size."""
_LONG_JOB_PAIRS = 2


def main(arguments: Sequence[str]) -> None:
    """Run what is asked, print the table and the fit, and write history and page."""
    asked = _asked(arguments)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself has it
    if not asked.only_page:
        asked.home.mkdir(parents=True, exist_ok=True)
        if not (has_spark := spark_is_there()):
            print(f"Left out: {', '.join(_SPARK)}. They need PySpark and Java; see docs/spark.md.")
        for rows in asked.rows:
            for job in jobs_at(rows, asked.jobs):
                if job in _SPARK and not has_spark:
                    continue
                history.append(asked.history, _measured(asked, job, rows))
    rows = history.latest(asked.history)
    print(f"\n{page.plain(page.result_cells(rows))}\n\n{page.plain(page.fit_cells(rows))}")
    print(f"\n{page.plain(page.run_cells(rows))}\n\n{page.missed(rows)}\n{page.verdict(rows)}")
    if lines_of(rows):
        print(f"\n{page.plain(line_cells(rows))}\n\n{page.plain(break_even_cells(rows))}")
    if asked.write_docs:
        page.write_between(asked.write_docs, page.results_text(rows, WANTED))
        picture = asked.write_docs.parent / page.PICTURE
        picture.write_text(chart_svg(rows), "utf-8")


def jobs_at(rows: float, asked: Sequence[str]) -> list[str]:
    """The jobs of a size: those asked for, or all.

    `posts` only where the simulator draws so many, and Spark only where it ends within the hour.
    """
    most = {"posts": MOST_DRAWN} | dict.fromkeys(_SPARK, MOST_ROWS)
    return [job for job in asked or JOBS if rows <= most.get(job, rows)]


def pairs_of(job: str, rows: float, asked: int | None) -> int:
    """How many pairs a job is given: fewer where one takes long, and what is asked where it is."""
    if asked:
        return asked
    if rows > MOST_DRAWN:
        return _LONG_PAIRS
    return _LONG_JOB_PAIRS if job in _LONG else _PAIRS


WANTED = {rows: jobs_at(rows, ()) for rows in SIZES}
"""What the page of the docs is to show in the end."""


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale")
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)}; else all")
    parser.add_argument("--rows", type=float, nargs="+", default=SIZES, help="millions of rows")
    parser.add_argument("--pairs", type=int, help="runs of each; else 5, and fewer of what is long")
    parser.add_argument("--home", type=Path, default=Path("build/bench"))
    parser.add_argument("--history", type=Path, default=Path("benchmarks/history.ndjson"))
    parser.add_argument("--write-docs", type=Path, metavar="PAGE", help="e.g. docs/benchmarks.md")
    parser.add_argument("--only-page", action="store_true", help="run nothing, show what was run")
    asked = parser.parse_args(arguments)
    unknown = [job for job in asked.jobs if job not in JOBS]
    if unknown:
        parser.error(f"{', '.join(unknown)} is none of {', '.join(JOBS)}")
    return asked


def _measured(asked: argparse.Namespace, job: str, rows: float) -> list[Row]:
    work = JOBS[job](Data(asked.home, rows))
    # What runs for minutes need not be warmed up.
    warm = rows < MOST_DRAWN and job not in _LONG
    pairs = pairs_of(job, rows, asked.pairs)
    print(f"{job}, {rows:g} million rows, {pairs} pairs", flush=True)
    found = compare(job, work.ours, work.rivals, pairs=pairs, warm=warm)
    more = {comparison.job: work.more(comparison) for comparison in found[0]}
    said = history.facts(datetime.now(UTC).date(), len(os.sched_getaffinity(0)))
    measured = [
        row | dict(more.get(row["job"], {})) | {"rows": rows, "goal": GOALS.get(row["job"])} | said
        for row in rows_of(*found, beside=LIKE_OURS)
    ]
    for row in measured:
        print(f"  {row['job']}: {row['ratio_cpu']:.2f}", flush=True)
    return measured
