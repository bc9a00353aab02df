"""CPU seconds of two jobs, run in turn, each in a process of its own; the ratio pair by pair."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.processes import PeakMemory, adopt_orphans, cpu_s, own_peak_mb, wait_for_all

APART = "apart"
"""The name of a job that is no rival, but a share of ours that is told apart."""
BEFORE = "before"
"""The name of one that is no rival either: what was done earlier so that ours need not do it."""
_CONTEXT = multiprocessing.get_context("spawn")


class Died(RuntimeError):
    """A run that ended without a result: mostly for want of memory."""


@dataclass(frozen=True)
class Run:
    """One run: CPU seconds (user and system, all threads), wall seconds, peak memory, result.

    Of the process and of all that it started.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float
    result: Any


@dataclass(frozen=True)
class Comparison:
    """Ours beside the rival's, pair by pair."""

    job: str
    ours: list[Run]
    rival: list[Run]

    @property
    def rival_name(self) -> str:
        """What ours stands beside."""
        return self.job.partition(" / ")[2]

    def shifted(self, what: str, share: list[Run], sign: int) -> "Comparison":
        """The comparison with a share added to ours or taken from it, and what is said of that.

        The share's results are its CPU seconds.
        """
        pairs = zip(self.ours, share, strict=True)
        moved = [replace(run, cpu_s=run.cpu_s + sign * one.result) for run, one in pairs]
        name, _, rival = self.job.partition(" / ")
        return Comparison(f"{name} ({what}) / {rival}", moved, self.rival)

    def row(self) -> dict[str, Any]:
        """The comparison as one JSON row: medians, and the ratio of CPU seconds with its range."""
        pairs = [a.cpu_s / b.cpu_s for a, b in zip(self.ours, self.rival, strict=True)]
        return {
            "job": self.job,
            "pairs": len(pairs),
            "ratio_cpu": round(statistics.median(pairs), 3),
            "ratio_min": round(min(pairs), 3),
            "ratio_max": round(max(pairs), 3),
            "ours_cpu_s": round(statistics.median(run.cpu_s for run in self.ours), 2),
            "ours_cpu_min_s": round(min(run.cpu_s for run in self.ours), 2),
            "ours_cpu_max_s": round(max(run.cpu_s for run in self.ours), 2),
            "rival_cpu_s": round(statistics.median(run.cpu_s for run in self.rival), 3),
            "rival_cpu_min_s": round(min(run.cpu_s for run in self.rival), 3),
            "rival_cpu_max_s": round(max(run.cpu_s for run in self.rival), 3),
            "ours_wall_s": round(statistics.median(run.wall_s for run in self.ours), 2),
            "rival_wall_s": round(statistics.median(run.wall_s for run in self.rival), 2),
            "ours_peak_mb": round(max(run.peak_mb for run in self.ours)),
            "rival_peak_mb": round(max(run.peak_mb for run in self.rival)),
        }


def compare(
    job: str,
    ours: Callable[[], Any],
    rivals: dict[str, Callable[[], Any]],
    *,
    pairs: int,
    warm: bool = True,
) -> tuple[list[Comparison], dict[str, list[Run]]]:
    """Ours beside each rival, and what APART and BEFORE were where they are among the rivals.

    All run in turn, after one uncounted run of each where it is to be warm. A rival that gives a
    result gives ours; one that dies is left out.

    Raises: AssertionError where results differ: then the rival does other work; Died for ours.
    """
    works = {"": ours, **rivals}
    runs: dict[str, list[Run]] = {name: [] for name in works}
    for turn in range(pairs + warm):
        expected = None
        for name, work in list(works.items()):
            try:
                run = in_own_process(work)
            except Died:
                if not name:
                    raise
                print(f"{job} / {name} died", flush=True)
                del works[name], runs[name]
                continue
            expected = run.result if not name else expected
            if turn >= warm:
                runs[name].append(run)
            is_rival = name not in (APART, BEFORE) and run.result is not None
            if is_rival and (told := _differ(expected, run.result)):
                msg = f"{job}: {told} of {name}"
                raise AssertionError(msg)
    shares = {name: runs.pop(name) for name in (APART, BEFORE) if name in runs}
    mine = runs.pop("")
    return [Comparison(f"{job} / {name}", mine, theirs) for name, theirs in runs.items()], shares


def rows_of(
    comparisons: list[Comparison],
    shares: dict[str, list[Run]],
    *,
    beside: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """A row a comparison, then one each without APART, or with BEFORE.

    These may be set beside some rivals alone.
    """
    rows = [comparison.row() for comparison in comparisons]
    fair = [one for one in comparisons if beside is None or one.rival_name in beside]
    if APART in shares:
        rows += [one.shifted("less text features", shares[APART], -1).row() for one in fair]
    if BEFORE in shares:
        rows += [one.shifted("first run", shares[BEFORE], 1).row() for one in fair]
    return rows


def in_own_process(work: Callable[[], Any]) -> Run:
    """One run of some work in a fresh process.

    Raises: what the work raises; Died.
    """
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_measured, args=(work, sender))
    process.start()
    sender.close()  # so that a process that dies is heard
    try:
        run = receiver.recv()
    except EOFError:
        raise Died from None
    finally:
        process.join()
    if isinstance(run, BaseException):
        raise run
    return run  # type: ignore[no-any-return]  # what the pipe carries


def _differ(ours: Any, other: Any) -> str:
    """What differs between two results; one with `differences` says so itself."""
    if hasattr(ours, "differences"):
        return str(ours.differences(other))
    return "" if ours == other else f"{ours} is not {other}"


def _measured(work: Callable[[], Any], sender: Any) -> None:
    # Where memory ends, it is this process that goes, and nobody else's.
    Path("/proc/self/oom_score_adj").write_text("900", "utf-8")
    adopt_orphans()
    before, start = cpu_s(), time.perf_counter()
    try:
        with PeakMemory() as peak:
            result = work()
            wait_for_all()
    except Exception as error:  # noqa: BLE001 -- carried to the parent and raised there
        sender.send(error)
        return
    wall = time.perf_counter() - start
    sender.send(Run(cpu_s() - before, wall, max(own_peak_mb(), peak.mb), result))
