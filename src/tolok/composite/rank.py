"""Competition ranks: best first, ties share the best place, names never decide."""

from collections.abc import Sequence

import numpy as np

from tolok.composite.array import FloatArray, IntArray

TIE = 1e-9
"""Values nearer than this are equal."""


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
    filled = np.where(np.isnan(score), -np.inf, score)
    order = np.argsort(-filled, axis=-1, kind="stable")
    best = np.take_along_axis(filled, order, axis=-1)
    with np.errstate(invalid="ignore"):  # -inf less -inf: missing values are level
        opens = best[..., :-1] - best[..., 1:] > TIE
    place = np.arange(1, score.shape[-1] + 1)
    first = np.ones((*score.shape[:-1], min(score.shape[-1], 1)), dtype=np.bool_)
    ordered = np.where(np.concatenate([first, opens], axis=-1), place, 0)
    rank = np.empty(score.shape, dtype=np.int64)
    np.put_along_axis(rank, order, np.maximum.accumulate(ordered, axis=-1), axis=-1)
    return rank


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
