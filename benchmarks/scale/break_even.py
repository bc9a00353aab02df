"""The size from which a cluster takes less time than one machine, by a line through what was run.

Seconds are what a run costs at any size, and so much more for each million rows. The best that a
cluster can do with more cores is to share the second part among all of them; the first part, which
is mostly the start and the planning of queries, stays as it was measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.scale.history import Row
from benchmarks.scale.spark import RIVAL

JOBS = {"spark": "scoring", "spark-import": "import"}
"""The jobs that both engines do, and what the page calls them."""
CORES = (8, 32, 128)
_KINDS = ("wall", "CPU")
_LINE_HEAD = (
    "work", "seconds", "engine", "rows (M)", "start", "at any size", "for each million rows",
    "cores busy",
)  # fmt: skip
_SIDES = {"ours": "DuckDB", "rival": "Spark"}

Cells = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Line:
    """Seconds at any size, and for each million rows."""

    fixed_s: float
    per_million_s: float

    def shared(self, share: float) -> "Line":
        """The line of more cores: the growing part takes this share of its time."""
        return Line(self.fixed_s, self.per_million_s * share)


def line_of(seconds: Mapping[float, float]) -> Line | None:
    """The line nearest to seconds by size, in shares of them; None for fewer than two sizes.

    >>> line_of({1: 12.0, 10: 30.0})
    Line(fixed_s=10.0, per_million_s=2.0)
    """
    if len(seconds) < 2:
        return None
    weights = {size: 1 / taken**2 for size, taken in seconds.items()}
    whole = sum(weights.values())
    size = sum(weight * size for size, weight in weights.items()) / whole
    mean = sum(weights[size] * taken for size, taken in seconds.items()) / whole
    spread = sum(weight * (one - size) ** 2 for one, weight in weights.items())
    pull = sum(weights[one] * (one - size) * (taken - mean) for one, taken in seconds.items())
    slope = pull / spread
    return Line(round(mean - slope * size, 6), round(slope, 6))


def break_even(one: Line, cluster: Line) -> float | None:
    """The millions of rows from which on the cluster takes less time; None where it never does.

    >>> break_even(Line(1, 10), Line(91, 1)), break_even(Line(1, 10), Line(91, 10))
    (10.0, None)
    """
    gain = one.per_million_s - cluster.per_million_s
    if gain <= 0:
        return None
    return max(0.0, (cluster.fixed_s - one.fixed_s) / gain)


def lines_of(rows: Sequence[Row]) -> dict[tuple[str, str, str], Line]:
    """A line by job, kind of seconds and side, of what was run at two sizes or more."""
    found = {
        (job, kind, side): line_of({row["rows"]: row[f"{side}_{kind.lower()}_s"] for row in own})
        for job in JOBS
        if (own := _rows_of(rows, job))
        for kind in _KINDS
        for side in _SIDES
    }
    return {key: line for key, line in found.items() if line}


def line_cells(rows: Sequence[Row]) -> Cells:
    """The head and a row a line."""
    return [_LINE_HEAD, *(_line_cells(rows, key, line) for key, line in lines_of(rows).items())]


def break_even_cells(rows: Sequence[Row]) -> Cells:
    """For each job and kind of seconds the size from which a cluster of so many cores pays.

    Beside the machine that was measured, then beside one of as many cores that loses nothing.
    """
    lines = lines_of(rows)
    body = []
    for job, kind in dict.fromkeys(key[:2] for key in lines):
        one, cluster = lines[job, kind, "ours"], lines[job, kind, "rival"]
        had = _rows_of(rows, job)[-1]["cores"]
        shares = [had / many for many in CORES]
        for machine, own in ((f"of {had} cores", [1.0] * len(CORES)), ("of as many", shares)):
            sizes = [
                break_even(one.shared(mine), cluster.shared(theirs))
                for mine, theirs in zip(own, shares, strict=True)
            ]
            body.append((JOBS[job], kind, machine, *map(_size, sizes)))
    return [("work", "seconds", "one machine", *(f"{many} cores" for many in CORES)), *body]


def _rows_of(rows: Sequence[Row], job: str) -> list[Row]:
    own = [row for row in rows if row["job"] == f"{job} / {RIVAL}"]
    return sorted(own, key=lambda row: row["rows"])


def _line_cells(rows: Sequence[Row], key: tuple[str, str, str], line: Line) -> tuple[str, ...]:
    job, kind, side = key
    own = _rows_of(rows, job)
    largest = own[-1]
    start = largest.get(f"{side}_start_{kind.lower()}_s")
    return (
        JOBS[job],
        kind,
        _SIDES[side],
        ", ".join(f"{row['rows']:g}" for row in own),
        "" if start is None else f"{start:.1f}",
        f"{line.fixed_s:.1f}",
        f"{line.per_million_s:.2f}",
        f"{largest[f'{side}_cpu_s'] / largest[f'{side}_wall_s']:.2f}",
    )


def _size(millions: float | None) -> str:
    if millions is None:
        return "never"
    return f"{millions:,.0f}" if millions >= 10 else f"{millions:.2g}"
