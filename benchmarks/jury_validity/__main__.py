"""`python -m benchmarks.jury_validity`: how often every tally finds the best, in minutes.

python -m benchmarks.jury_validity [--panels N] [--slow N] [--decisions N] [--votes N] [PAGE]

Prints the page, and writes it where a file is named. The same numbers give the same page, however
many processes work.
"""

import argparse
import multiprocessing
from collections import Counter
from multiprocessing.pool import Pool
from pathlib import Path

from benchmarks.jury_validity.deciding import MISSING_IN_AWARDS, decisions
from benchmarks.jury_validity.finding import BLOCK, Found, found_all, found_fast, merged
from benchmarks.jury_validity.page import Results, page
from benchmarks.jury_validity.voting import found_by_votes
from benchmarks.jury_validity.world import MISSING, WORLDS

PANELS, SLOW, DECISIONS, VOTES = 10_000, 350, 500, 500
FIRST_AWARD = 1000
"""Seed of the first panels that are decided: each world and kind has its own, so that they can be
taken together."""


def measured(asked: argparse.Namespace) -> Results:
    """What was found, in an order that does not hang on the processes."""
    with multiprocessing.get_context("spawn").Pool(asked.workers) as pool:
        every, refused = _found_all(pool, asked.slow)
        kinds = [(world, missing) for world in WORLDS for missing in MISSING_IN_AWARDS]
        awards = [(*kind, FIRST_AWARD + at, asked.decisions) for at, kind in enumerate(kinds)]
        decided = [one for those in pool.starmap(decisions, awards, 1) for one in those]
        voted: Found = {}
        for one in pool.starmap(found_by_votes, [(world, 0, asked.votes) for world in WORLDS], 1):
            voted |= one
        return Results(_found_fast(pool, asked.panels), every, refused, decided, voted)


def _found_fast(pool: Pool, panels: int) -> Found:
    blocks = range(max(1, panels // BLOCK))
    size = min(panels, BLOCK)
    found: Found = {}
    for world in WORLDS:
        found |= merged(pool.starmap(found_fast, [(world, seed, size) for seed in blocks], 1))
    return found


def _found_all(pool: Pool, count: int) -> tuple[Found, dict[str, int]]:
    asked = [(world, missing, 0, count) for world in WORLDS for missing in MISSING]
    found: Found = {}
    refused: Counter[str] = Counter()
    for one, refusals in pool.starmap(found_all, asked, 1):
        found |= one
        refused.update(refusals)
    return found, dict(refused)


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.jury_validity")
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--panels", type=int, default=PANELS)
    for name, default in (("slow", SLOW), ("decisions", DECISIONS), ("votes", VOTES)):
        parser.add_argument(
            f"--{name}", type=int, choices=range(2, BLOCK + 1), default=default, metavar="N"
        )
    parser.add_argument("--workers", type=int, default=multiprocessing.cpu_count())
    asked = parser.parse_args()
    numbers = (
        f"--panels {asked.panels} --slow {asked.slow} "
        f"--decisions {asked.decisions} --votes {asked.votes}"
    )
    command = f"python -m benchmarks.jury_validity {numbers} docs/jury-validity.md"
    text = page(measured(asked), command)
    if asked.page:
        asked.page.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
