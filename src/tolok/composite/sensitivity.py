"""Which choices of method move a result: Sobol indices, exact or estimated.

The first-order index is the share of the result's variance that a choice explains alone; the total
index is the share that is left as long as this choice is open, its interactions included. Where
all choices are finite the indices are exact, for every combination is computed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray

Model = Callable[[IntArray], FloatArray]
"""The results of rows of choices, each choice told by the number of its level, from 0."""


@dataclass(frozen=True)
class SobolIndices:
    """Shares of a result's variance that each input explains.

    Shape: (inputs,) each.  Units: first and total in [0, 1] where exact; estimates may leave it.
    Missing: NaN where the result does not vary.
    """

    first: FloatArray
    total: FloatArray
    mean: float
    variance: float


@dataclass(frozen=True)
class SobolEstimate:
    """Estimated indices with bootstrap intervals.

    Shape: intervals (inputs, 2), low and high.
    """

    indices: SobolIndices
    first_interval: FloatArray
    total_interval: FloatArray


@dataclass(frozen=True)
class Runs:
    """Results of two designs, and of the base design with one input each from the other.

    Shape: base and other (runs,); mixed (inputs, runs).
    """

    base: FloatArray
    other: FloatArray
    mixed: FloatArray


def exact_sobol(output: FloatArray, weights: Sequence[FloatArray] | None = None) -> SobolIndices:
    """Indices of a result that was computed for every combination of levels.

    Shape: output has one axis an input, as long as it has levels; weights the same, 1 by default.
    Units: population variance; first <= total, and an input without effect has exactly 0.
    Missing: NaN spreads; NaN where the result does not vary.
    Source: Sobol 1993 (Mathematical Modelling and Computational Experiments 1, 407-414); Homma and
    Saltelli 1996 (Reliability Engineering and System Safety 52, 1-17).
    """
    if weights is None:
        weights = [np.ones(levels) for levels in output.shape]
    shares = [np.asarray(weight) / np.sum(weight) for weight in weights]
    # Less a result: what does not vary is then exactly 0, and large values lose no digits.
    shifted = output - output.flat[0]
    mean = float(_mean(shifted, shares))
    variance = float(_mean(np.square(shifted - mean), shares))
    first, total = np.empty(output.ndim), np.empty(output.ndim)
    for axis in range(output.ndim):
        rest = [share for other, share in enumerate(shares) if other != axis]
        by_level = _mean(np.moveaxis(shifted, axis, -1), rest)
        first[axis] = np.square(by_level - mean) @ shares[axis]
        own = np.moveaxis(shifted, axis, 0)
        own = own - own[:1]
        spread = np.square(own - np.tensordot(shares[axis], own, axes=1))
        total[axis] = _mean(spread, [shares[axis], *rest])
    if variance == 0:
        first, total = np.full_like(first, np.nan), np.full_like(total, np.nan)
        return SobolIndices(first, total, mean + float(output.flat[0]), variance)
    return SobolIndices(first / variance, total / variance, mean + float(output.flat[0]), variance)


def estimate_sobol(
    runs: Runs, rng: np.random.Generator, replicates: int = 1000, coverage: float = 0.95
) -> SobolEstimate:
    """Indices estimated from designs, with percentile intervals of runs drawn again.

    Results are centred first: without it the first-order estimate of a result far from 0 is noise.

    Missing: NaN where the result does not vary.
    Source: first order Saltelli et al. 2010, total Jansen 1999 (Computer Physics Communications
    181, 259-270; 117, 35-43).
    """
    size = runs.base.size
    number = np.vstack(
        [np.ones((1, size)), rng.multinomial(size, np.full(size, 1 / size), replicates)]
    )
    (mean, variance), first, total = _estimators(runs, number / size)
    edges = [(1 - coverage) / 2, (1 + coverage) / 2]
    indices = SobolIndices(first[0], total[0], float(mean[0]), float(variance[0]))
    return SobolEstimate(
        indices,
        np.quantile(first[1:], edges, axis=0).T,
        np.quantile(total[1:], edges, axis=0).T,
    )


def every_combination(levels: Sequence[int]) -> IntArray:
    """All combinations of levels, the last input running fastest.

    Shape: (inputs,) -> (combinations, inputs).
    """
    return np.indices(levels).reshape(len(levels), -1).T


def enumerate_output(levels: Sequence[int], model: Model) -> FloatArray:
    """The results of all combinations, for `exact_sobol`.

    Shape: (inputs,) -> one axis an input.
    """
    return model(every_combination(levels)).reshape(levels)


def run_designs(
    levels: Sequence[int],
    model: Model,
    size: int,
    rng: np.random.Generator,
    weights: Sequence[FloatArray] | None = None,
) -> Runs:
    """Results of two random designs and their mixtures; a combination is computed once.

    Shape: levels (inputs,) -> runs of `size`; weights of levels, equal by default.
    """
    inputs = len(levels)
    if weights is None:
        weights = [np.ones(count) for count in levels]
    uniform = rng.random((2, size, inputs))
    base, other = np.empty((2, size, inputs), dtype=np.int64)
    for place, weight in enumerate(weights):
        edges = np.cumsum(weight)[:-1] / np.sum(weight)
        base[:, place] = np.searchsorted(edges, uniform[0, :, place], side="right")
        other[:, place] = np.searchsorted(edges, uniform[1, :, place], side="right")
    mixed = np.repeat(base[None], inputs, axis=0)
    for place in range(inputs):
        mixed[place, :, place] = other[:, place]
    rows = np.concatenate([base[None], other[None], mixed]).reshape(-1, inputs)
    once, which = np.unique(rows, axis=0, return_inverse=True)
    result = model(once)[which].reshape(inputs + 2, size)
    return Runs(result[0], result[1], result[2:])


def _mean(value: FloatArray, shares: Sequence[FloatArray]) -> FloatArray:
    """The weighted mean over the first axes, one a weight."""
    for share in shares:
        value = np.tensordot(share, value, axes=1)
    return value


def _estimators(
    runs: Runs, weight: FloatArray
) -> tuple[tuple[FloatArray, FloatArray], FloatArray, FloatArray]:
    """Mean and variance, first and total indices, for each row of weights of the runs."""
    # Less a result first: what does not vary is then exactly 0.
    shift = runs.base[0] + (runs.base - runs.base[0]).mean()
    base, other, change = runs.base - shift, runs.other - shift, runs.mixed - runs.base
    mean = weight @ (base + other) / 2
    variance = weight @ (np.square(base) + np.square(other)) / 2 - np.square(mean)
    # The mean of (other - mean) * change, and change is what moved by one input.
    product = weight @ (other * change).T - mean[:, None] * (weight @ change.T)
    half_square = weight @ np.square(change).T / 2
    floor = np.finfo(np.float64).eps * np.square(base).max(initial=0.0)
    whole = np.where(variance > floor, variance, np.nan)[:, None]
    return (mean + shift, variance), product / whole, half_square / whole
