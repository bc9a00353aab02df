"""CPU seconds of two jobs, run in turn, each in a process of its own; the ratio pair by pair."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Run:
    """One run: CPU seconds (user and system, all threads), wall seconds, peak memory, result."""

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
    def ratio(self) -> float:
        """Median of the pairwise ratios of CPU seconds, ours to the rival's."""
        pairs = zip(self.ours, self.rival, strict=True)
        return statistics.median(one.cpu_s / other.cpu_s for one, other in pairs)

    def row(self) -> dict[str, Any]:
        """The comparison as one JSON row: medians, and the ratio with its range."""
        pairs = [a.cpu_s / b.cpu_s for a, b in zip(self.ours, self.rival, strict=True)]
        return {
            "job": self.job,
            "pairs": len(pairs),
            "ratio_cpu": round(self.ratio, 3),
            "ratio_min": round(min(pairs), 3),
            "ratio_max": round(max(pairs), 3),
            "ours_cpu_s": round(statistics.median(run.cpu_s for run in self.ours), 2),
            "rival_cpu_s": round(statistics.median(run.cpu_s for run in self.rival), 2),
            "ours_wall_s": round(statistics.median(run.wall_s for run in self.ours), 2),
            "rival_wall_s": round(statistics.median(run.wall_s for run in self.rival), 2),
            "ours_peak_mb": round(max(run.peak_mb for run in self.ours)),
            "rival_peak_mb": round(max(run.peak_mb for run in self.rival)),
        }


def compare(
    job: str, ours: Callable[[], Any], rival: Callable[[], Any], *, pairs: int
) -> Comparison:
    """Both jobs in turn, after one uncounted run of each; both must give equal results.

    Raises: AssertionError where the results differ: then the rival does other work.
    """
    runs: tuple[list[Run], list[Run]] = ([], [])
    for turn in range(pairs + 1):
        for side, work in zip(runs, (ours, rival), strict=True):
            run = _in_own_process(work)
            if turn:
                side.append(run)
        if turn and runs[0][-1].result != runs[1][-1].result:
            msg = f"{job}: {runs[0][-1].result} is not {runs[1][-1].result}"
            raise AssertionError(msg)
    return Comparison(job, *runs)


def _in_own_process(work: Callable[[], Any]) -> Run:
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_measured, args=(work, sender))
    process.start()
    run = receiver.recv()
    process.join()
    if isinstance(run, BaseException):
        raise run
    return run  # type: ignore[no-any-return]  # what the pipe carries


def _measured(work: Callable[[], Any], sender: Any) -> None:
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    try:
        result = work()
    except Exception as error:  # noqa: BLE001 -- carried to the parent and raised there
        sender.send(error)
        return
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sender.send(Run(cpu, time.perf_counter() - start, after.ru_maxrss / 1024, result))
