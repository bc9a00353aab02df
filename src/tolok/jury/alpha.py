"""Krippendorff's alpha: how far scores agree beyond chance; scores may be missing.

Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability (University of Pennsylvania).
"""

import numpy as np

from tolok.composite.array import FloatArray
from tolok.errors import JuryFault

LEVELS = ("nominal", "ordinal", "interval", "ratio")
"""What scores are: names, an order, numbers with equal steps, numbers with a true zero."""


def krippendorff_alpha(cells: FloatArray, level: str = "interval") -> float:
    """1 where jurors agree in everything, 0 where they agree as chance would have it.

    Shape: (jurors, entries).
    Missing: NaN is no score; an entry with one score pairs nothing and is left out. The result is
    NaN where nothing is paired or all paired scores are the same.
    Raises: JuryFault for an unknown level, and for a ratio of negative scores.
    """
    if level not in LEVELS:
        raise JuryFault("alpha", f"no level is {level!r}.", f"It is {', '.join(LEVELS)}.")
    paired = cells[:, (~np.isnan(cells)).sum(axis=0) > 1]
    value, which = np.unique(paired[~np.isnan(paired)], return_inverse=True)
    if level == "ratio" and value.size and value[0] < 0:
        raise JuryFault("alpha", "a ratio needs scores of 0 or more.")
    unit = np.nonzero(~np.isnan(paired))[1]
    count = np.zeros((value.size, paired.shape[1]))
    np.add.at(count, (which.reshape(-1), unit), 1)
    held = count.sum(axis=0)
    weight = 1 / np.maximum(held - 1, 1)
    together = np.einsum("cu,ku,u->ck", count, count, weight)
    together[np.diag_indices(value.size)] -= count @ weight
    margin = count.sum(axis=1)
    apart = _apart(value, margin, level)
    expected = float((margin[:, None] * margin * apart).sum())
    if expected == 0:
        return float("nan")
    return 1 - float(margin.sum() - 1) * float((together * apart).sum()) / expected


def _apart(value: FloatArray, margin: FloatArray, level: str) -> FloatArray:
    """The squared difference of every two values, by the level of measurement."""
    gap = value[:, None] - value
    if level == "nominal":
        return np.where(gap != 0, 1.0, 0.0)
    if level == "ratio":
        whole = value[:, None] + value
        share: FloatArray = np.divide(gap, whole, out=np.zeros(gap.shape), where=whole > 0) ** 2
        return share
    if level == "ordinal":
        middle = np.cumsum(margin) - margin / 2
        gap = middle[:, None] - middle
    squared: FloatArray = gap**2
    return squared
