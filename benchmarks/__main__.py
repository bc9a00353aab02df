"""`python -m benchmarks`: every job beside its rival, in turn; prints ratios, keeps a history.

python -m benchmarks [--posts N] [--pairs N] [--home DIR]
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.data import edition_of, ndjson_of
from benchmarks.jobs import ImportByDuckDb, ImportByTolok, MetricsByHand, MetricsByTolok
from benchmarks.timing import compare

GOALS = {"metrics": 1.25, "import-ndjson": 2.5}
"""Ratios of CPU seconds that we aim to stay under; reported, never a test."""


def main() -> None:
    """Run all jobs and print a row each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--home", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    asked.home.mkdir(parents=True, exist_ok=True)
    folder, file = edition_of(asked.home, asked.posts), ndjson_of(asked.home, asked.posts)
    jobs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "metrics": (MetricsByTolok(folder), MetricsByHand(folder)),
        "import-ndjson": (ImportByTolok(file), ImportByDuckDb(file)),
    }
    for name, (ours, rival) in jobs.items():
        row = compare(name, ours, rival, pairs=asked.pairs).row() | {"posts": asked.posts}
        goal = GOALS[name]
        print(
            f"{name}: {row['ratio_cpu']:.2f} of the rival's CPU time "
            f"({row['ratio_min']:.2f} to {row['ratio_max']:.2f}, {row['pairs']} pairs; goal {goal})"
        )
        print("  " + json.dumps(row))
        with (asked.home / "history.ndjson").open("a", encoding="utf-8") as history:
            history.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
