"""Charts as the templates of documents draw them: positions in percent of a lane's width.

The geometry is that of the pages; here it only changes its form.
"""

import re
from collections.abc import Sequence
from typing import Any

from tolok.publish.charts import TALL, WIDE, Scale, Strip

_RUN = re.compile(r"M[^M]+")
_POINT = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")


def runs(path: str) -> list[list[list[float]]]:
    """The unbroken runs of a path of a page's chart, each point in percent of width and height."""
    return [
        [[_percent(x, WIDE), _percent(y, TALL)] for x, y in _POINT.findall(run)]
        for run in _RUN.findall(path)
    ]


def strip_shape(strip: Strip) -> dict[str, Any]:
    """A strip of all values of a cluster with one's own."""
    return {
        "dots": [run[0] for run in runs(strip.dots)],
        "own": strip.own,
        "low": strip.low_quartile,
        "median": strip.median,
        "high": strip.high_quartile,
    }


def interval_shape(
    at: float, low: float | None, high: float | None, scale: Scale, *, is_nominee: bool
) -> dict[str, Any]:
    """A value with its interval; the interval is None where none was computed."""
    is_whole = low is not None and high is not None
    return {
        "dot": scale.at(at),
        "low": scale.at(low) if is_whole and low is not None else None,
        "high": scale.at(high) if is_whole and high is not None else None,
        "is_nominee": is_nominee,
    }


def shares(parts: Sequence[tuple[str, int]]) -> list[list[Any]]:
    """The parts of a whole that are not empty, each with its percentage."""
    total = sum(count for _, count in parts)
    return [[name, round(100 * count / total, 2)] for name, count in parts if count]


def _percent(text: str, whole: int) -> float:
    return round(100 * float(text) / whole, 2)
