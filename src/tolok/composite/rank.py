"""Competition ranks: best first, ties share the best place, names never decide."""

from collections.abc import Sequence

import numpy as np

from tolok.composite.array import FloatArray, IntArray

TIE = 1e-9
"""Values nearer than this are equal."""
_CELLS = 2**18
"""Scores that are ranked at once: they stay in the processor's own memory."""


def levels(value: FloatArray) -> IntArray:
    """The place of each value among the distinct ones, the highest being 0.

    Shape: (units,) -> (units,).
    Ties: neighbours nearer than TIE share a level.  Missing: NaN is below everything.
    """
    filled = np.where(np.isnan(value), -np.inf, value)
    order = np.argsort(-filled, kind="stable")
    best = filled[order]
    with np.errstate(invalid="ignore"):  # -inf less -inf: missing values are level
        step = best[:-1] - best[1:] > TIE
    level = np.zeros(value.shape, dtype=np.int64)
    level[order] = np.concatenate([np.zeros(min(value.size, 1), bool), step]).cumsum()
    return level


def ranks_of_draws(score: FloatArray) -> IntArray:
    """Ranks in every draw, highest score first.

    Shape: (draws, units) -> the same.
    Ties: neighbours nearer than TIE share the best place.  Missing: NaN is below everything.
    """
    rank = competition_ranks(score)
    last = (rank > 0).sum(axis=1, keepdims=True) + 1
    return np.where(rank > 0, rank, last)


def competition_rank(keys: Sequence[FloatArray]) -> IntArray:
    """Ranks by the first key, highest first; later keys decide only what earlier ones leave equal.

    Shape: (units,) each -> (units,).
    Ties: units equal in all keys share the best place (1, 2, 2, 4).
    Source: standard competition ranking.
    """
    placed = np.stack([levels(key) for key in keys])
    order = np.lexsort(placed[::-1])
    ordered = placed[:, order]
    place = np.arange(1, order.size + 1)
    opens = np.concatenate([np.ones(min(order.size, 1), bool), (np.diff(ordered) != 0).any(axis=0)])
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.maximum.accumulate(np.where(opens, place, 0))
    return rank


def competition_ranks(scores: FloatArray) -> IntArray:
    """Ranks in every draw, highest first, as `competition_rank` has them for one.

    Shape: (draws, units) -> (draws, units).
    Ties: neighbours nearer than TIE share the best place (1, 2, 2, 4).  Missing: NaN has rank 0.
    """
    ranks = np.empty(scores.shape, dtype=np.int64)
    rows = max(1, _CELLS // max(scores.shape[1], 1))
    for start in range(0, len(scores), rows):
        ranks[start : start + rows] = _ranks(scores[start : start + rows])
    return ranks


def _ranks(scores: FloatArray) -> IntArray:
    is_missing = np.isnan(scores)
    filled = np.where(is_missing, -np.inf, scores) if is_missing.any() else scores
    order = _best_first(filled)
    best = np.take_along_axis(filled, order, axis=1)
    opens = np.ones(scores.shape, bool)
    with np.errstate(invalid="ignore"):  # -inf less -inf: missing values are level
        opens[:, 1:] = best[:, :-1] - best[:, 1:] > TIE
    place = np.where(opens, np.arange(1, scores.shape[1] + 1, dtype=np.int32), 0)
    rank = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(rank, order, np.maximum.accumulate(place, axis=1), axis=1)
    rank[is_missing] = 0
    return rank


def _best_first(scores: FloatArray) -> IntArray:
    """The units of each draw from the highest score down.

    Sorting whole numbers is several times faster than sorting places by scores: a score in steps
    finer than any tie, with its place in the low bits, is one whole number.
    """
    units = scores.shape[1]
    bits = max(units - 1, 1).bit_length()
    is_whole = bool(np.isfinite(scores).all())
    finite = scores if is_whole else scores[np.isfinite(scores)]
    reach = max(float(finite.max(initial=0.0)), -float(finite.min(initial=0.0))) or 1.0
    steps = 2.0 ** (61 - bits) / reach
    if steps * TIE < 8:  # too great a range for the trick
        return np.argsort(-scores, axis=1, kind="stable")
    whole = scores if is_whole else np.where(np.isfinite(scores), scores, -2 * reach)
    key = (whole * -steps).astype(np.int64) << bits
    key |= np.arange(units)
    key.sort(axis=1)
    place: IntArray = key & ((1 << bits) - 1)
    return place
