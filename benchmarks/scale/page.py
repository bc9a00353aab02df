"""The results in words and tables: what a run prints, and what it writes into the docs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.scale.break_even import break_even_cells, line_cells, lines_of
from benchmarks.scale.fit import Cost, Fit, fit_of
from benchmarks.scale.history import Row

BEGIN, END = "<!-- results: written by the run -->", "<!-- end of results -->"
PICTURE = "pictures/cost-by-size.svg"
_HEAD = (
    "job / beside", "rows (M)", "ratio of CPU s", "pairs", "goal", "CPU s", "beside it",
    "peak MB", "beside it",
)  # fmt: skip
_RUN_HEAD = ("job", "rows (M)", "wall", "CPU s", "peak MB", "on")
_FIT_HEAD = ("job", "rows (M)", "exponent", "range", "last step")
_LINEAR = 1.0

Cells = Sequence[tuple[str, ...]]


def ordered(rows: Sequence[Row]) -> list[Row]:
    """The rows by job in the order in which they came, then by rival, then by size."""
    jobs = list(dict.fromkeys(_ours(row) for row in rows))
    names = list(dict.fromkeys(row["job"] for row in rows))
    return sorted(
        rows, key=lambda row: (jobs.index(_ours(row)), names.index(row["job"]), row["rows"])
    )


def result_cells(rows: Sequence[Row]) -> Cells:
    """The head and a line a row."""
    return [_HEAD, *(_cells(row) for row in ordered(rows))]


def fits_of(rows: Sequence[Row]) -> dict[str, tuple[list[float], Fit]]:
    """How each job grows, ours by its name and a rival's by both; only what has two sizes."""
    costs: dict[str, dict[float, Cost]] = {}
    for row in ordered(rows):
        for name, whose in ((_ours(row), "ours"), (row["job"], "rival")):
            measured = [row[f"{whose}_cpu{part}_s"] for part in ("", "_min", "_max")]
            costs.setdefault(name, {})[row["rows"]] = Cost(row["rows"], *measured)
    fits = {
        name: (sorted(by_size), fit_of(list(by_size.values()))) for name, by_size in costs.items()
    }
    return {name: (sizes, fit) for name, (sizes, fit) in fits.items() if fit}


def fit_cells(rows: Sequence[Row]) -> Cells:
    """The head and a line a job or rival that has been run at two sizes or more."""
    lines = [
        (
            name,
            ", ".join(f"{size:g}" for size in sizes),
            f"{fit.exponent:.2f}",
            f"{fit.low:.2f} to {fit.high:.2f}",
            f"{fit.last_step:.2f}",
        )
        for name, (sizes, fit) in fits_of(rows).items()
    ]
    return [_FIT_HEAD, *lines]


def verdict(rows: Sequence[Row]) -> str:
    """Whether the cost of our jobs grows at most linearly over the sizes that were run."""
    ours = {name: fit for name, (_, fit) in fits_of(rows).items() if " / " not in name}
    if not ours:
        return "One size alone says nothing about growth."
    steeper = [
        f"{name} ({max(fit.exponent, fit.last_step):.2f})"
        for name, fit in ours.items()
        if max(fit.exponent, fit.last_step) > _LINEAR
    ]
    flat = [name for name, fit in ours.items() if max(fit.exponent, fit.last_step) <= _LINEAR]
    sizes = [row["rows"] for row in rows]
    span = f"From {min(sizes):g} to {max(sizes):g} million rows"
    words = f"{span} the cost of these grows at most linearly: {', '.join(flat) or 'none'}."
    return f"{words} Steeper: {', '.join(steeper)}." if steeper else words


def run_cells(rows: Sequence[Row]) -> Cells:
    """The head and a line a job and size: what the last run of ours took, and its day."""
    found: dict[tuple[str, float], Row] = {}
    for row in ordered(rows):
        before = found.setdefault((_ours(row), row["rows"]), row)
        if row["on"] > before["on"]:
            found[_ours(row), row["rows"]] = row
    lines = [
        (
            name,
            f"{size:g}",
            _clock(row["ours_wall_s"]),
            f"{row['ours_cpu_s']:.1f}",
            f"{row['ours_peak_mb']:,}",
            row["on"],
        )
        for (name, size), row in found.items()
        if "(" not in name  # a share of a job, or more than one, is no run
    ]
    return [_RUN_HEAD, *lines]


def missed(rows: Sequence[Row]) -> str:
    """The goals that the last runs do not keep."""
    over = [
        f"{row['job']} at {row['rows']:g} ({row['ratio_cpu']:.2f}, not {row['goal']:g})"
        for row in ordered(rows)
        if row.get("goal") and row["ratio_cpu"] > row["goal"]
    ]
    if not over:
        return "Every goal is kept." if any(row.get("goal") for row in rows) else ""
    return f"Goals missed, with rows in millions: {'; '.join(over)}."


def plain(cells: Cells) -> str:
    """Columns under each other, for a terminal."""
    widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
    lines = (
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def markdown(cells: Cells) -> str:
    """The same as a table of Markdown."""
    rule = "|---|" + "---:|" * (len(cells[0]) - 1)
    head, *body = (f"| {' | '.join(line)} |" for line in cells)
    return "\n".join([head, rule, *body])


def results_text(rows: Sequence[Row], wanted: Mapping[float, Sequence[str]]) -> str:
    """All that a page says of the results, without its markers.

    Wanted are the jobs that there should be of each size.
    """
    parts = [
        _run_by(rows),
        _missing(rows, wanted),
        missed(rows),
        markdown(result_cells(rows)),
        "What one run of ours takes, by the clock of the machine at that time:",
        markdown(run_cells(rows)),
        f"![CPU seconds by millions of rows, of each job and its rivals]({PICTURE})",
        verdict(rows),
        markdown(fit_cells(rows)) if fits_of(rows) else "",
        *(_cluster(rows) if lines_of(rows) else ()),
    ]
    return "\n\n".join(part for part in parts if part)


def write_between(path: Path, text: str) -> None:
    """Put a text between the markers of a page, in the place of what stood there.

    Raises: ValueError where the page has no such markers.
    """
    page = path.read_text("utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        msg = f"{path.name} has no markers {BEGIN} and {END}"
        raise ValueError(msg)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _cluster(rows: Sequence[Row]) -> Sequence[str]:
    """What Spark costs beside DuckDB, and from which size on a cluster pays."""
    words = (
        "Millions of rows from which on Spark on a cluster of so many cores takes less time than "
        "DuckDB on one machine, if the cluster shares the growing part out without any loss:"
    )
    return (
        "### From what size a cluster pays",
        "Seconds of both engines, by a line through the sizes that were run:",
        markdown(line_cells(rows)),
        words,
        markdown(break_even_cells(rows)),
    )


def _ours(row: Row) -> str:
    name: str = row["job"]
    return name.partition(" / ")[0]


def _cells(row: Row) -> tuple[str, ...]:
    ratio = f"{row['ratio_cpu']:.2f} ({row['ratio_min']:.2f} to {row['ratio_max']:.2f})"
    if row["ratio_cpu"] >= 10:  # beside a limit, no digit after the point says anything
        ratio = f"{row['ratio_cpu']:.0f} ({row['ratio_min']:.0f} to {row['ratio_max']:.0f})"
    return (
        row["job"],
        f"{row['rows']:g}",
        ratio,
        str(row["pairs"]),
        f"{row['goal']:g}" if row.get("goal") else "",
        f"{row['ours_cpu_s']:.1f}",
        f"{row['rival_cpu_s']:.1f}" if row["rival_cpu_s"] >= 1 else f"{row['rival_cpu_s']:.3g}",
        f"{row['ours_peak_mb']:,}",
        f"{row['rival_peak_mb']:,}",
    )


def _run_by(rows: Sequence[Row]) -> str:
    """The days, cores and versions of all rows; where they differ, all there are."""
    versions: dict[str, list[str]] = {}
    for row in rows:
        for name, version in row["versions"].items():
            versions.setdefault(name, []).append(version)
    libraries = (f"{name} {_all(found)}" for name, found in sorted(versions.items()))
    days = sorted({row["on"] for row in rows})
    between = f"between {days[0]} and {days[-1]}" if len(days) > 1 else f"on {days[0]}"
    cores = _all([str(row["cores"]) for row in rows])
    return (
        f"Run {between} on {cores} cores, with {', '.join(libraries)}. The two sides of a row ran "
        "in turn; two rows may be of two days, on which the machine was more or less busy."
    )


def _all(found: Sequence[str]) -> str:
    return " and ".join(sorted(set(found)))


def _clock(seconds: float) -> str:
    """Minutes and seconds as a clock shows them.

    >>> _clock(61.6), _clock(4.2)
    ('1:02', '0:04')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _missing(rows: Sequence[Row], wanted: Mapping[float, Sequence[str]]) -> str:
    measured = {(_ours(row), row["rows"]) for row in rows}
    gaps = []
    for size, jobs in wanted.items():
        without = [job for job in jobs if (job, size) not in measured]
        if without:
            what = "every job" if len(without) == len(jobs) else ", ".join(without)
            gaps.append(f"{what} at {size:g} million rows")
    return f"Not measured yet: {'; '.join(gaps)}." if gaps else ""
