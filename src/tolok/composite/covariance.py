"""Covariances of estimates, from draws and to draws."""

import numpy as np

from tolok.composite.array import FloatArray

_BLOCK = 2**20
"""Numbers that are drawn at once: memory does not grow by them."""


def covariance_of(draws: FloatArray | None) -> FloatArray:
    """The covariance of the units over the draws.

    Shape: (draws, units) -> (units, units).  Missing: NaN for a unit with a NaN.
    Raises: ValueError without two draws.
    """
    if draws is None or draws.shape[0] < 2:
        msg = "a covariance needs two draws"
        raise ValueError(msg)
    apart = draws - draws.mean(axis=0)
    product: FloatArray = apart.T @ apart / (draws.shape[0] - 1)
    return (product + product.T) / 2


def gaussian_errors(
    covariance: FloatArray, draws: int, rng: np.random.Generator | None
) -> FloatArray:
    """Gaussian errors of that covariance, through its symmetric root.

    Shape: (units, units) -> (units, draws).
    Raises: ValueError without an rng, or where a variance is negative.
    """
    if rng is None:
        msg = "Gaussian draws need an rng"
        raise ValueError(msg)
    root = _symmetric_root(covariance)
    units = covariance.shape[0]
    result = np.empty((units, draws))
    step = max(_BLOCK // max(units, 1), 1)
    for start in range(0, draws, step):
        some = rng.standard_normal((min(step, draws - start), units))
        np.matmul(root, some.T, out=result[:, start : start + step])
    return result


def _symmetric_root(covariance: FloatArray) -> FloatArray:
    """The one root that does not choose between units; singular covariances have it, too."""
    value, vector = np.linalg.eigh(covariance)
    if value.size and value[0] < -1e-8 * value[-1]:
        msg = "a covariance has no negative variance"
        raise ValueError(msg)
    root: FloatArray = (vector * np.sqrt(np.maximum(value, 0.0))) @ vector.T
    return root
