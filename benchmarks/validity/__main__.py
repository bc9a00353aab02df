"""`python -m benchmarks.validity`: how often every method finds the best, in minutes.

python -m benchmarks.validity [--seeds N] [--coverage-seeds N] [--workers N] [PAGE]

Prints the page, and writes it where a file is named. The same seeds give the same page, however
many processes work.
"""

import argparse
import multiprocessing
from functools import partial
from pathlib import Path

from benchmarks.validity.coverage import coverage_of_seed
from benchmarks.validity.page import AllCovered, Found, page
from benchmarks.validity.recovery import hits_of_seed

SEEDS, COVERAGE_SEEDS = 200, 100
DRAWS, WEIGHT_SETS = 200, 5


def measured(seeds: int, coverage_seeds: int, workers: int) -> tuple[Found, AllCovered]:
    """What was found in every seed, in order of the seeds."""
    found: Found = {}
    covered: AllCovered = {}
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for hits in pool.imap(hits_of_seed, range(seeds)):
            for key, hit in hits.items():
                found.setdefault(key, []).append(hit)
        work = partial(coverage_of_seed, draws=DRAWS, weight_sets=WEIGHT_SETS)
        for intervals in pool.imap(work, range(coverage_seeds)):
            for name, one in intervals.items():
                covered.setdefault(name, []).append(one)
    return found, covered


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validity")
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--coverage-seeds", type=int, default=COVERAGE_SEEDS)
    parser.add_argument("--workers", type=int, default=multiprocessing.cpu_count())
    asked = parser.parse_args()
    found, covered = measured(asked.seeds, asked.coverage_seeds, asked.workers)
    numbers = f"--seeds {asked.seeds} --coverage-seeds {asked.coverage_seeds}"
    text = page(found, covered, f"python -m benchmarks.validity {numbers} docs/validity.md")
    if asked.page:
        asked.page.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
