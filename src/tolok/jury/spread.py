"""Which juror stands far from the rest: leniency, and how much his or her scores stray."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.jury.additive import fit_additive
from tolok.jury.link import require_comparable
from tolok.jury.sheet import Sheet

REVIEW = 2.0
"""A juror whose residuals spread more than so many times the median is reviewed, not removed."""
_EXACT = 1e-9
"""Leverage this near to 1 leaves nothing of a score free to stray."""


@dataclass(frozen=True)
class JurorSpread:
    """Each juror beside the panel.

    `residual` is the standard deviation of what entry and leniency do not explain, in points, each
    square being divided by what the fit leaves free of it.

    Shape: (jurors,) each.  Missing: NaN where a juror's scores are too few to stray.
    """

    scored: IntArray
    leniency: FloatArray
    residual: FloatArray
    ratio: FloatArray
    """The residual over the median of the panel."""
    is_reviewed: BoolArray


def juror_spread(sheet: Sheet, limit: float = REVIEW) -> JurorSpread:
    """How lenient each juror is and how far his or her scores stray, by the additive model.

    Raises: NotComparable where jurors do not join all entries.
    """
    require_comparable(sheet.is_counted, sheet.entries)
    effects = fit_additive(sheet.cells)
    there = sheet.is_counted
    free = np.where(there, 1 - effects.leverage, 0.0).sum(axis=1)
    squares = np.nansum(effects.residual**2, axis=1)
    spread = np.sqrt(np.divide(squares, free, out=np.full(free.shape, np.nan), where=free > _EXACT))
    known = spread[~np.isnan(spread)]
    middle = float(np.median(known)) if known.size else float("nan")
    ratio = spread / middle if middle > 0 else np.full(spread.shape, np.nan)
    return JurorSpread(there.sum(axis=1), effects.juror, spread, ratio, ratio > limit)
