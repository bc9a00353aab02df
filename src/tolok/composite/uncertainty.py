"""How far ranks hang on choices of method: many draws of weights and of other choices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.index import FrozenIndex, Method, Sample, freeze
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import Normalisation
from tolok.composite.rank import competition_ranks
from tolok.composite.structure import Structure, live_weights
from tolok.composite.treat import Treat
from tolok.composite.tree import climb
from tolok.errors import IndexFault

_CELLS = 2**17
"""Scores of one node that are held at once: a megabyte, whatever the number of draws."""

SmallIntArray = NDArray[np.integer[Any]]
"""Ranks of many draws: two bytes each where that is enough."""


@dataclass(frozen=True)
class Draws:
    """Which method and which weights each draw has.

    Shape: choice (draws,), places in `methods`; weight (draws, nodes).
    """

    methods: tuple[Method, ...]
    choice: IntArray
    weight: FloatArray


@dataclass(frozen=True)
class RankSummary:
    """What the ranks of a unit were over all draws in which it has one.

    Shape: (units,) each; top_probability (units, tops), the share of all draws.
    Missing: NaN where a unit has a rank in no draw.
    """

    mean: FloatArray
    median: FloatArray
    low: FloatArray
    high: FloatArray
    top_probability: FloatArray


def method_grid(
    method: Method,
    *,
    treat: Sequence[Treat | None] = (),
    normalise: Sequence[Normalisation] = (),
    aggregate: Sequence[Aggregate] = (),
) -> tuple[Method, ...]:
    """Every combination of the choices; an empty choice is that of the method."""
    return tuple(
        replace(method, treat=one, normalise=two, aggregate=three)
        for one, two, three in product(
            treat or [method.treat],
            normalise or [method.normalise],
            aggregate or [method.aggregate],
        )
    )


def noisy_weights(
    weight: FloatArray, noise: float, draws: int, rng: np.random.Generator
) -> FloatArray:
    """The weights, each times 1 + noise * U(-1, 1); means rescale them.

    Shape: (nodes,) -> (draws, nodes).
    Raises: IndexFault where the noise could turn a weight negative.
    Source: COINr `get_noisy_weights`.
    """
    if not 0 <= noise < 1:
        raise IndexFault("weights", f"a noise of {noise} is not between 0 and 1.")
    away: FloatArray = rng.uniform(-1.0, 1.0, (draws, weight.size))
    return weight * (1 + noise * away)


def draw_methods(
    structure: Structure, methods: Sequence[Method], *, noise: float, draws: int, seed: int
) -> Draws:
    """Draws in which every method is as likely as any other, with noise on every weight.

    The order of indicators does not matter: noise goes by their names.
    """
    choices, weights = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
    choice = choices.integers(len(methods), size=draws)
    by_name = np.argsort(np.array(structure.nodes))
    weight = np.empty((draws, by_name.size))
    weight[:, by_name] = noisy_weights(structure.weight[by_name], noise, draws, weights)
    return Draws(tuple(methods), choice, weight)


def drawn_ranks(
    structure: Structure, draws: Draws, sample: Sample, reference: Sample | None = None
) -> SmallIntArray:
    """The rank of each unit in every draw; each method is frozen once, on the reference.

    Shape: -> (draws, units).  Ties: share the best place.  Missing: 0 where a unit has no score.
    """
    units = len(sample.value)
    ranks = np.zeros((draws.choice.size, units), np.int16 if units < 2**15 else np.int32)
    for place, method in enumerate(draws.methods):
        (own,) = np.nonzero(draws.choice == place)
        if not own.size:
            continue
        index = freeze(structure, method, sample if reference is None else reference)
        points = index.steps(sample).points
        rows = max(1, _CELLS // max(units, 1))
        for start in range(0, own.size, rows):
            some = own[start : start + rows]
            ranks[some] = competition_ranks(_scores(index, points, draws.weight[some]))
    return ranks


def drawn_scores(
    structure: Structure, draws: Draws, sample: Sample, reference: Sample | None = None
) -> FloatArray:
    """The score of each unit in every draw, for few draws: they are all held.

    Shape: -> (draws, units).
    """
    scores = np.full((draws.choice.size, len(sample.value)), np.nan)
    for place, method in enumerate(draws.methods):
        (own,) = np.nonzero(draws.choice == place)
        if own.size:
            index = freeze(structure, method, sample if reference is None else reference)
            points = index.steps(sample).points
            scores[own] = _scores(index, points, draws.weight[own])
    return scores


def summarise_ranks(
    ranks: SmallIntArray, top: Sequence[int] = (1, 3), coverage: float = 0.90
) -> RankSummary:
    """Mean, median, interval of the ranks, and the share of draws in the first k.

    Shape: (draws, units) -> (units,) each; top_probability (units, len(top)).
    Ties: share the best place, so the shares of a top k can add up to more than k.
    Missing: 0 is no rank.
    """
    draws, units = ranks.shape
    tail = (1 - coverage) / 2
    shares = np.array([0.5, tail, 1 - tail])
    figures = np.full((4, units), np.nan)
    chance = np.zeros((units, len(top)))
    rows = max(1, 2**22 // max(draws, 1))
    for start in range(0, units, rows):
        some = slice(start, start + rows)
        ordered = np.sort(ranks[:, some].T, axis=1)
        unranked = (ordered == 0).sum(axis=1)
        with np.errstate(invalid="ignore"):  # a unit without any rank
            figures[0, some] = ordered.sum(axis=1, dtype=np.int64) / (draws - unranked)
        figures[1:, some] = _quantiles(ordered, unranked, shares)
        for place, k in enumerate(top):
            chance[some, place] = ((ordered > 0) & (ordered <= k)).sum(axis=1) / max(draws, 1)
    mean, median, low, high = figures
    return RankSummary(mean, median, low, high, chance)


def _scores(index: FrozenIndex, points: FloatArray, weight: FloatArray) -> FloatArray:
    live = live_weights(index.structure, weight, index.is_usable)
    return climb(index.structure, points, live, index.rules)[-1]


def _quantiles(ordered: SmallIntArray, unranked: IntArray, shares: FloatArray) -> FloatArray:
    """Quantiles of type 7 (R's and numpy's) of the ranks behind the leading zeros of each row.

    Shape: (units, draws), (units,), (shares,) -> (shares, units).
    """
    draws = ordered.shape[1]
    ranked = draws - unranked
    at = unranked + shares[:, None] * np.maximum(ranked - 1, 0)
    below = np.minimum(np.floor(at), draws - 1).astype(np.int64)
    above = np.minimum(below + 1, draws - 1)
    row = np.arange(len(ordered))
    lower, upper = ordered[row, below].astype(np.float64), ordered[row, above].astype(np.float64)
    return np.where(ranked > 0, lower + (at - below) * (upper - lower), np.nan)
