"""How cost grows with size: the exponent of a power law, and the range that its runs allow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a job at a size: the median of its runs, the least and the most."""

    rows: float
    median_s: float
    least_s: float
    most_s: float


@dataclass(frozen=True)
class Fit:
    """CPU seconds in proportion to rows ** exponent; low and high with all runs at their worst."""

    exponent: float
    low: float
    high: float
    last_step: float
    """The exponent between the two largest sizes alone, where what every run costs weighs least."""


def fit_of(costs: Sequence[Cost]) -> Fit | None:
    """The least-squares line through the logarithms; None for fewer than two sizes.

    >>> fit_of([Cost(1, 2, 2, 2), Cost(10, 20, 20, 20)])
    Fit(exponent=1.0, low=1.0, high=1.0, last_step=1.0)
    """
    costs = sorted(costs, key=lambda cost: cost.rows)
    if len(costs) < 2 or any(cost.least_s <= 0 for cost in costs):
        return None
    size = [math.log(cost.rows) for cost in costs]
    mean = math.fsum(size) / len(size)
    spread = math.fsum((one - mean) ** 2 for one in size)
    pull = [(one - mean) / spread for one in size]

    def slope(seconds: list[float]) -> float:
        terms = zip(pull, seconds, strict=True)
        return round(math.fsum(one * math.log(s) for one, s in terms), 3)

    pairs = list(zip(pull, costs, strict=True))
    medians = [cost.median_s for cost in costs]
    last = math.log(medians[-1] / medians[-2]) / (size[-1] - size[-2])
    return Fit(
        slope(medians),
        slope([cost.least_s if one > 0 else cost.most_s for one, cost in pairs]),
        slope([cost.most_s if one > 0 else cost.least_s for one, cost in pairs]),
        round(last, 3),
    )
