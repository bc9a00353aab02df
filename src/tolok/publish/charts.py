"""Geometry of the charts that recur: dots with intervals, strips, weekly lines, bars.

Positions are percentages of a lane's width, so that one drawing fits a phone and a desk; dots and
lines that are too many for that are paths in a box of WIDE by TALL units.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

WIDE = 1000
TALL = 20
_INSET = 2.5  # percent kept free at both ends, so that a dot at the edge is whole
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A linear scale from [low, high] to percentages of a lane."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """The position of a value, in percent."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(_INSET + (100 - 2 * _INSET) * share, 1)

    def ticks(self, about: int = 4) -> tuple[float, ...]:
        """Round values inside the scale, about as many as asked."""
        span = self.high - self.low
        if span <= 0:
            return (self.low,)
        size = 10.0 ** math.floor(math.log10(span / about))
        step = next(size * s for s in _STEPS if size * s >= span / about - 1e-12)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(round(number * step, 10) for number in range(first, last + 1))


@dataclass(frozen=True)
class Strip:
    """All values of a cluster on one lane, with median and quartile ticks and one's own dot.

    Missing: quartiles are None below four values, the own position where there is no own value.
    """

    dots: str
    own: float | None
    low_quartile: float | None
    median: float | None
    high_quartile: float | None
    median_value: float | None
    low_value: float | None
    high_value: float | None


def scale_of(values: Sequence[float]) -> Scale:
    """A scale that holds all values; of a single value, one unit to both sides."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    return Scale(low, high) if high > low else Scale(low - 1, high + 1)


def strip(values: Sequence[float], own: float | None, scale: Scale) -> Strip:
    """The strip of some values on a scale."""
    low, median, high = _quartiles(values)

    def position(value: float | None) -> float | None:
        return None if value is None else scale.at(value)

    return Strip(
        dots=dots(values, scale),
        own=position(own),
        low_quartile=position(low),
        median=position(median),
        high_quartile=position(high),
        median_value=median,
        low_value=low,
        high_value=high,
    )


def dots(values: Sequence[float], scale: Scale) -> str:
    """A path with one dot a value, heights staggered in the order of values so that few overlap."""
    heights = (10, 6, 14, 8, 12)
    return "".join(
        f"M{round(scale.at(value) * WIDE / 100)} {heights[at % len(heights)]}h0"
        for at, value in enumerate(sorted(values))
    )


def line(weeks: Sequence[date], values: Mapping[date, float], top: float) -> str:
    """A path over the weeks, broken where a week has no value; one lone week is a dot."""
    parts: list[str] = []
    last = len(weeks) - 1
    is_drawing = False
    for at, week in enumerate(weeks):
        value = values.get(week)
        if value is None:
            is_drawing = False
            continue
        x = round(WIDE * at / last) if last else WIDE // 2
        y = round(TALL - 1 - (TALL - 2) * value / top, 1) if top else TALL - 1
        parts.append(f"L{x} {y:g}" if is_drawing else f"M{x} {y:g}h0")
        is_drawing = True
    return "".join(parts)


def _quartiles(values: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    if not values:
        return None, None, None
    if len(values) < 4:
        ordered = sorted(values)
        middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        return None, middle, None
    low, median, high = quantiles(values, n=4, method="inclusive")
    return low, median, high
