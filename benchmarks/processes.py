"""A process and all that it started: their CPU seconds, and the most memory that they held at once.

A program such as Spark works in processes of processes. The system counts a process to its parent
only once it has ended and the parent has waited for it, so a run adopts whatever loses its parent,
and waits for all.
"""

import ctypes
import os
import resource
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

_SET_CHILD_SUBREAPER = 36
"""https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html, 2026-11-29."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
_CPU = slice(11, 15)
"""In /proc/<pid>/stat behind the name: user and system time, its own and of children that ended."""
_PATIENCE_S = 60.0
_EVERY_S = 0.5


def adopt_orphans() -> None:
    """Become the parent of each process below this one that loses its own."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def wait_for_all(patience_s: float = _PATIENCE_S) -> None:
    """Wait until all children have ended; what has not after so many seconds is killed."""
    until = time.monotonic() + patience_s
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if time.monotonic() > until:
                for process in below(os.getpid()):
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
            time.sleep(0.02)  # to wait without an end would outlast the patience


def below(process: int) -> list[int]:
    """The living processes that a process started, and those that they started."""
    found = [process]
    for one in found:  # which grows meanwhile
        for task in Path(f"/proc/{one}/task").glob("*"):
            with suppress(OSError):
                found += [int(child) for child in (task / "children").read_text().split()]
    return found[1:]


def cpu_s() -> float:
    """CPU seconds of this process and of all below it so far, those that have ended included."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return own + sum(_cpu_s_of(process) for process in below(os.getpid()))


def _cpu_s_of(process: int) -> float:
    try:
        stat = Path(f"/proc/{process}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return 0.0
    fields = stat.rpartition(")")[2].split()
    return sum(int(field) for field in fields[_CPU]) / _TICKS


class PeakMemory:
    """While inside, the memory of this process and all below it is looked at twice a second.

    A page that two processes share counts for both.
    """

    def __init__(self) -> None:
        self.mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """The watch itself."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop on leaving."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        own = os.getpid()
        while not self._ended.wait(_EVERY_S):
            children = below(own)
            if children:  # alone, its own peak is known exactly
                self.mb = max(self.mb, sum(_held_mb(one) for one in (own, *children)))


def own_peak_mb() -> float:
    """The peak of this process alone: ru_maxrss would begin with what its parent held."""
    status = Path("/proc/self/status").read_text("utf-8")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _held_mb(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("utf-8").split()[1]) * _PAGE_MB
    except OSError:
        return 0.0
