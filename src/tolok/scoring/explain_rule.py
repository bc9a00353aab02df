"""The one rule by which a difference is divided among its causes.

A product is divided by the mean of the other factor (the Shapley value of two factors), a function
by its exact secant, a weighted mean by how far its parts lie from the middle of both means. No
order of causes enters, nothing is left over, and exchanging the sides changes every sign and no
more.
Source: Bennet 1920 (J. R. Stat. Soc. 83, 455-462); Ang 2004 (Energy Policy 32, 1131-1139), the
logarithmic mean, which is the secant of the logarithm.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray

Function = Callable[[FloatArray], FloatArray]
SAME = 1e-11
"""Arguments nearer than this, in proportion, are one: the secant is then the tangent."""
MIDDLE = 1e-13
"""A part that lies no farther from the middle of two means than this, in proportion, lies on it."""
_STEP = 1e-6


@dataclass(frozen=True)
class Contribution:
    """A cause of a difference, what it adds in points of the score, and the causes within it.

    `own` and `other` are what the two sides have, in the unit of the kind; `own_base` and
    `other_base` are the posts behind that, or the whole that it is a part of.
    Missing: None where a side has nothing of the kind.
    """

    name: str
    kind: str
    value: float
    own: float | None = None
    other: float | None = None
    children: tuple["Contribution", ...] = ()
    own_base: float | None = None
    other_base: float | None = None


def cause(
    name: str,
    kind: str,
    value: float,
    sides: Iterable[float | None] = (None, None),
    children: tuple[Contribution, ...] = (),
) -> Contribution:
    """A contribution whose two sides come as a pair."""
    own, other = sides
    return Contribution(name, kind, value, own, other, children)


@dataclass(frozen=True, eq=False)
class MeanDifference:
    """The difference of two weighted means: what values do at mean weight, and what weights do.

    Shape: (parts,) each. `is_common` is true of parts that weigh something on both sides; `weight`
    is their mean weight. `shift` is what the change of a part's weight adds.
    """

    is_common: BoolArray
    weight: FloatArray
    shift: FloatArray


def secant(function: Function, own: float, other: float) -> float:
    """The slope of a function between two arguments; the tangent where they are one.

    Missing: 0 where the arguments are one and the function has no slope there.
    """
    scale = max(abs(own), abs(other))
    if abs(own - other) <= SAME * scale:
        middle, step = (own + other) / 2, _STEP * scale
        if step == 0:
            return 0.0
        own, other = middle + step, middle - step
    with np.errstate(all="ignore"):
        high, low = function(np.array([own, other]))
        slope = float((high - low) / (own - other))
    return slope if np.isfinite(slope) else 0.0


def mean_difference(weight: FloatArray, value: FloatArray) -> MeanDifference:
    """The difference of two weighted means, own and other, part by part.

    Shape: (2, parts) each -> (parts,). Weights add up to 1 on either side.
    A part that only one side has stands wholly in the shift: the other side spreads its weight.
    """
    has = weight > 0
    value = np.where(has, value, 0.0)
    middle = (weight * value).sum() / 2
    common = np.asarray(has.all(axis=0), dtype=np.bool_)
    mean = value.sum(axis=0) / np.maximum(has.sum(axis=0), 1)
    lean = mean - middle
    # What is left of equal numbers by rounding is no cause, and would be one from one side alone.
    lean[np.abs(lean) <= MIDDLE * np.maximum(np.abs(mean), np.abs(middle))] = 0.0
    shift = (weight[0] - weight[1]) * lean
    return MeanDifference(common, np.where(common, weight.mean(axis=0), 0.0), shift)


def known(value: float) -> float | None:
    """The value as a plain float; None where it is not finite."""
    return float(value) if np.isfinite(value) else None


def is_told(part: Contribution) -> bool:
    """Whether a cause is worth a place: it adds something, or something within it does."""
    return part.value != 0 or bool(part.children)
