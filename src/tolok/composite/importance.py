"""What each indicator does to a score: beside its nominal weight, what it explains.

Nominal weights are not importance: an indicator that hardly varies, or that goes with others, has
more or less say than its weight. After Paruolo, Saisana and Saltelli 2013, Ratings and Rankings:
Voodoo or Science? (J. R. Stat. Soc. A 176, 609-634).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import competition_rank

FEWEST_UNITS = 10
"""Below this many units no curve is told from noise, and there is no correlation ratio."""
BANDWIDTHS = (0.35, 0.6, 1.0)
"""Widths of the local lines, in standard deviations of the indicator's normal scores."""
REDUNDANT = 0.9
"""Indicators whose rank correlation is beyond this say nearly the same."""

Aggregation = Callable[[FloatArray, FloatArray], FloatArray]
"""Scores (units,) from points (units, indicators) and weights (indicators,)."""


@dataclass(frozen=True)
class Importance:
    """What each indicator explains of the score's variance, by a curve and by a line.

    Shape: (indicators,) each.  Units: share in [0, 1], adjusted for degrees of freedom.
    Missing: NaN where fewer than FEWEST_UNITS have both, or the score does not vary.
    """

    correlation_ratio: FloatArray
    linear: FloatArray


class CorrelatedPair(NamedTuple):
    """Two indicators by number, and their rank correlation."""

    first: int
    second: int
    rho: float


def effective_importance(points: FloatArray, score: FloatArray) -> Importance:
    """What each indicator explains of the score's variance.

    The curve is a straight line in the indicator, or a local line in its normal scores (Gaussian
    kernel, one of BANDWIDTHS), whichever foretells units left out best. Normal scores let no
    outlier pull the curve, and the correlation ratio is the same for them. What the curve explains
    is adjusted for its degrees of freedom, without which noise counts as importance: 0.10 instead
    of 0.05 for an indicator of no effect among 20 units.

    Shape: (units, indicators), (units,).  Missing: a unit without either is left out of the pair.
    Source: Paruolo, Saisana, Saltelli 2013; Fan and Gijbels 1996, Local Polynomial
    Modelling.
    """
    found = [_explained(column, score) for column in points.T]
    ratio, linear = np.array(found).reshape(-1, 2).T
    return Importance(ratio, linear)


def spearman(first: FloatArray, second: FloatArray) -> float:
    """The rank correlation of two indicators.

    Shape: (units,) each.  Ties: share their mean rank.
    Missing: a unit without either is left out; NaN where fewer than 3 remain or one is constant.
    """
    there = ~(np.isnan(first) | np.isnan(second))
    one, other = _mean_rank(first[there]), _mean_rank(second[there])
    one, other = (
        one - one.mean() if one.size else one,
        other - other.mean() if other.size else other,
    )
    spread = np.sqrt((one @ one) * (other @ other))
    if one.size < 3 or spread == 0:
        return float("nan")
    return float(np.clip(one @ other / spread, -1, 1))


def correlated_pairs(points: FloatArray, limit: float = REDUNDANT) -> list[CorrelatedPair]:
    """Pairs of indicators that say nearly the same, or nearly the opposite.

    Shape: (units, indicators).  Missing: as of `spearman`; a pair without correlation is not named.
    """
    pairs = (
        CorrelatedPair(one, other, spearman(points[:, one], points[:, other]))
        for one, other in combinations(range(points.shape[1]), 2)
    )
    return [pair for pair in pairs if abs(pair.rho) > limit]


def without_each(parts: int, score_of: Callable[[BoolArray], FloatArray]) -> FloatArray:
    """Scores without one part at a time: an indicator, a platform, a week, a post.

    Shape: score_of takes the parts that stay (parts,) and gives (units,); -> (parts, units).
    """
    return np.array([score_of(stays) for stays in ~np.eye(parts, dtype=np.bool_)])


def ranks_without_each(
    points: FloatArray, weights: FloatArray, aggregation: Aggregation
) -> IntArray:
    """Ranks without one indicator at a time, its weight being 0.

    Shape: points (units, indicators), weights (indicators,) -> (indicators, units).
    Ties: share the best rank.  Missing: 0 for a unit without a score.
    """
    scores = without_each(weights.size, lambda stays: aggregation(points, weights * stays))
    ranks = np.array([competition_rank([score]) for score in scores], dtype=np.int64)
    return np.where(np.isnan(scores), 0, ranks)


def _explained(indicator: FloatArray, score: FloatArray) -> tuple[float, float]:
    """Shares of variance by the best curve and by the straight line."""
    there = ~(np.isnan(indicator) | np.isnan(score))
    # Sorted, so that the order of rows moves not even the last digit.
    order = np.lexsort((score[there], indicator[there]))
    x, y = indicator[there][order], score[there][order]
    y = y - y.mean() if y.size else y
    if y.size < FEWEST_UNITS or np.ptp(y) == 0:
        return float("nan"), float("nan")
    if np.ptp(x) == 0:
        return 0.0, 0.0
    smoothers = [_line(x), *(_local_line(_normal_score(x), width) for width in BANDWIDTHS)]
    fits = [_fit(smoother, y) for smoother in smoothers]
    return min(fits)[1], fits[0][1]


def _fit(smoother: FloatArray, y: FloatArray) -> tuple[float, float]:
    """The squared error at units left out, and the adjusted share of variance explained."""
    error = y - smoother @ y
    leverage = np.diagonal(smoother)
    left_out = error / np.maximum(1 - leverage, 1e-9)
    freedom = y.size - 2 * leverage.sum() + np.square(smoother).sum()
    unexplained = (error @ error / freedom) / (y @ y / (y.size - 1))
    return float(left_out @ left_out), float(np.clip(1 - unexplained, 0, 1))


def _line(x: FloatArray) -> FloatArray:
    """The matrix that takes values to those on their straight line."""
    apart = x - x.mean()
    line: FloatArray = np.outer(apart, apart) / (apart @ apart) + 1 / x.size
    return line


def _local_line(x: FloatArray, width: float) -> FloatArray:
    """The matrix that takes values to those on local lines; a local mean where x does not vary."""
    apart = x[None, :] - x[:, None]
    kernel = np.exp(-np.square(apart / width) / 2)
    zeroth, first, second = (
        (kernel * apart**power).sum(axis=1, keepdims=True) for power in range(3)
    )
    whole = zeroth * second - first**2
    has_slope = whole > 1e-9 * zeroth**2
    mean = kernel / zeroth
    line = kernel * (second - apart * first) / np.where(has_slope, whole, 1.0)
    result: FloatArray = np.where(has_slope, line, mean)
    return result


def _normal_score(x: FloatArray) -> FloatArray:
    """The normal deviate of each value's place: outliers come no further than their turn."""
    place = (_mean_rank(x) - 0.5) / x.size
    return np.array([NormalDist().inv_cdf(share) for share in place.tolist()])


def _mean_rank(value: FloatArray) -> FloatArray:
    """Ranks from the smallest, ties sharing their mean."""
    _, which, count = np.unique(value, return_inverse=True, return_counts=True)
    return (count.cumsum() - (count - 1) / 2)[which]
