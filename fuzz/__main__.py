"""`python -m fuzz [--files N] [--only MODULE] [--seed S]`: mutated files of every format.

N is the number of mutated files a format; its samples share it. Every sample runs in a process of
its own, whose largest memory is printed.
"""

import argparse
import multiprocessing
import sys
from collections import Counter

from fuzz.harness import Outcome, in_a_folder
from fuzz.samples import samples

MOST_MB = 1024


def main() -> int:
    """The exit status: 1 if any file was read wrongly."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    listed = [sample for sample in samples() if asked.only in sample.module]
    shares = Counter(sample.module for sample in listed)
    jobs = [(s, -(-asked.files // shares[s.module]), asked.seed) for s in listed]
    faults = 0
    context = multiprocessing.get_context("spawn")
    with context.Pool(asked.processes, maxtasksperchild=1) as pool:
        for outcome in pool.imap_unordered(in_a_folder, jobs):
            faults += len(outcome.faults) + (outcome.peak_mb > MOST_MB)
            _print(outcome)
    print(f"{len(listed)} samples of {len(shares)} formats, {faults} faults")
    return 1 if faults else 0


def _print(outcome: Outcome) -> None:
    sample = outcome.sample
    print(
        f"{sample.module}: {sample.name}: {outcome.files:,} files, {outcome.refused:,} refused, "
        f"{outcome.kept_rows:,} rows kept, slowest {outcome.slowest_s:.1f} s, "
        f"peak {outcome.peak_mb} MB, {len(outcome.faults)} faults",
        flush=True,
    )
    for fault in outcome.faults[:5]:
        print(f"  {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
