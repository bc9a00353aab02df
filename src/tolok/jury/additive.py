"""Scores as entry plus juror: a harsh juror takes nothing from the entries that he or she saw.

score = mean + entry + juror + rest, by least squares with fixed effects that sum to 0. With every
cell there, an entry's effect is its plain mean less the mean of all. Source: two-way layout without
interaction, e.g. Scheffe 1959, The Analysis of Variance, chapter 4.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray
from tolok.jury.link import entry_groups

_CELLS = 2**20
"""Numbers that are held at once: memory does not grow with the draws."""


@dataclass(frozen=True)
class Effects:
    """What an entry and a juror add to a score, and what is left.

    Shape: entry (entries,), juror (jurors,), residual (jurors, entries).
    Missing: NaN for a juror without a score, for a cell without one, and for a variance without
    degrees of freedom.
    """

    mean: float
    entry: FloatArray
    juror: FloatArray
    residual: FloatArray
    degrees: int
    variance: float
    inverse: FloatArray
    """Covariance of the entries' effects per unit of variance. Shape: (entries, entries)."""

    @property
    def leverage(self) -> FloatArray:
        """How far each cell draws the fit to itself. Shape: (jurors, entries), 0 without score."""
        there = ~np.isnan(self.residual)
        held = there.sum(axis=1, keepdims=True)
        share = there / np.maximum(held, 1)
        away = there[:, :, None] * (np.eye(there.shape[1]) - share[:, None, :])
        own = np.einsum("jef,fg,jeg->je", away, self.inverse, away)
        return np.where(there, own + share, 0.0)


def fit_additive(cells: FloatArray) -> Effects:
    """The effects of entries and jurors on the cells, by least squares.

    Effects of entries and of jurors sum to 0, so `mean` + entry is the score that the entry would
    have from a juror of average leniency.

    Shape: (jurors, entries).  Missing: NaN is no score.
    Raises: ValueError where jurors do not join all entries; see `require_comparable`.
    """
    there = ~np.isnan(cells)
    if entry_groups(there).max(initial=0) > 0:
        msg = "entries are not joined by jurors"
        raise ValueError(msg)
    entry = entry_effects(cells[None], np.ones((1, len(cells))))[0]
    has_scored = there.any(axis=1)
    juror = np.full(len(cells), np.nan)
    juror[has_scored] = np.nanmean(cells[has_scored] - entry, axis=1)
    mean = float(juror[has_scored].mean()) if has_scored.any() else float("nan")
    juror -= mean
    residual = cells - mean - entry - juror[:, None]
    degrees = int(there.sum() - has_scored.sum() - cells.shape[1] + 1)
    left = float((residual[there] ** 2).sum())
    matrix = _normal_matrix(there[None].astype(np.float64))[0]
    inverse = np.linalg.inv(matrix + 1 / len(matrix)) - 1 / len(matrix)
    variance = left / degrees if degrees > 0 else float("nan")
    return Effects(mean, entry, juror, residual, max(degrees, 0), variance, inverse)


def entry_effects(cells: FloatArray, count: FloatArray) -> FloatArray:
    """The effects of entries in many draws, in which each juror counts so many times.

    Every juror of a draw has an effect of his or her own, so jurors need not be alike.

    Shape: cells (draws, jurors, entries), count (draws, jurors) -> (draws, entries), sums of 0.
    Missing: NaN in a draw whose jurors do not join all entries.
    """
    draws, jurors, entries = cells.shape
    effect = np.empty((draws, entries))
    rows = max(1, _CELLS // max(1, entries * jurors))
    for start in range(0, draws, rows):
        some = slice(start, start + rows)
        effect[some] = _solved(cells[some], count[some])
    return effect


def _solved(cells: FloatArray, count: FloatArray) -> FloatArray:
    there = ~np.isnan(cells)
    weight = there * count[:, :, None]
    is_joined = _joined(weight > 0)
    known, weight = np.where(there, cells, 0.0)[is_joined], weight[is_joined]
    if cells.shape[1] < cells.shape[2]:  # of two ways to the same, the one with fewer unknowns
        juror = _last_effects(known.swapaxes(1, 2), weight.swapaxes(1, 2))
        found = (weight * (known - juror[:, :, None])).sum(axis=1) / weight.sum(axis=1)
        found -= found.mean(axis=1, keepdims=True)
    else:
        found = _last_effects(known, weight)
    effect = np.full((len(cells), cells.shape[2]), np.nan)
    effect[is_joined] = found
    return effect


def _last_effects(known: FloatArray, weight: FloatArray) -> FloatArray:
    """Effects of the last axis, those of the one before being eliminated.

    Shape: (draws, others, own) each -> (draws, own), sums of 0.  Missing: 0 for who has no weight.
    """
    whole = weight.sum(axis=2)
    own = (weight * known).sum(axis=2)
    mean = np.divide(own, whole, out=np.zeros(whole.shape), where=whole > 0)
    right = (weight * (known - mean[:, :, None])).sum(axis=1)
    matrix = _normal_matrix(weight)
    live = (weight.sum(axis=1) > 0).astype(np.float64)
    matrix += live[:, :, None] * live[:, None] / live.sum(axis=1)[:, None, None]
    place = np.arange(live.shape[1])
    matrix[:, place, place] += 1 - live
    return np.linalg.solve(matrix, right[..., None])[..., 0]


def _normal_matrix(weight: FloatArray) -> FloatArray:
    """The matrix of the normal equations of the last axis, the one before being eliminated.

    Not a matrix product: the sum must not depend on the number of threads.

    Shape: (draws, others, own) -> (draws, own, own).
    """
    whole = weight.sum(axis=2, keepdims=True)
    share = np.divide(weight, whole, out=np.zeros(weight.shape), where=whole > 0)
    matrix: FloatArray = -np.einsum("dae,daf->def", share, weight)
    place = np.arange(weight.shape[2])
    matrix[:, place, place] += weight.sum(axis=1)
    return matrix


def _joined(there: BoolArray) -> BoolArray:
    """In which draws jurors join all entries: the first entry's mark spreads as far as it can.

    Shape: (draws, jurors, entries) -> (draws,).
    """
    marked = np.zeros(there.shape[::2], dtype=bool)
    marked[:, 0] = True
    while True:
        jurors = (there & marked[:, None]).sum(axis=2) > 0
        wider: BoolArray = marked | ((there & jurors[:, :, None]).sum(axis=1) > 0)
        if (wider == marked).all():
            scored = wider & (there.sum(axis=1) > 0)  # one entry alone is marked unseen
            joined: BoolArray = scored.sum(axis=1) == scored.shape[1]
            return joined
        marked = wider
