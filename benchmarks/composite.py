"""The composite engine: all draws at once, and one replicate after the other as COINr goes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tolok.composite.array import FloatArray
from tolok.composite.copeland import copeland
from tolok.composite.index import Method, Sample
from tolok.composite.structure import Group, Indicator, Structure, index_weights
from tolok.composite.uncertainty import (
    Draws,
    SmallIntArray,
    draw_methods,
    drawn_ranks,
    summarise_ranks,
)

UNITS, GROUPS, INDICATORS = 2_000, 5, 25
STRUCTURE = Structure(
    tuple(Indicator(f"i{number}", f"g{number % GROUPS}") for number in range(INDICATORS)),
    tuple(Group(f"g{number}") for number in range(GROUPS)),
)
_SEED = 20251125

Digest = list[float]
"""What two ways of ranking must agree on."""


def _values() -> Sample:
    values = np.random.default_rng(_SEED).lognormal(size=(UNITS, INDICATORS))
    return Sample(values, tuple(f"u{number}" for number in range(UNITS)))


def _draws(count: int) -> Draws:
    return draw_methods(STRUCTURE, [Method()], noise=0.25, draws=count, seed=_SEED)


def _digest(ranks: SmallIntArray) -> Digest:
    """Sums over mean, interval and P(top 3) that other ranks would change."""
    summary = summarise_ranks(ranks, top=(3,))
    columns = (summary.mean, summary.low, summary.high, summary.top_probability[:, 0])
    # To six digits: we let scores within 1e-9 share a rank, the rivals do not.
    return [float(f"{(one * np.arange(1, UNITS + 1)).sum():.6g}") for one in columns]


@dataclass(frozen=True)
class DrawsByTolok:
    """Weights drawn, scores, ranks, intervals and P(top 3), all draws in whole arrays."""

    draws: int

    def __call__(self) -> Digest:
        """Sums over all ranks."""
        return _digest(drawn_ranks(STRUCTURE, _draws(self.draws), _values()))


@dataclass(frozen=True)
class DrawsByLoop:
    """The same draws, one replicate after the other: normalise, aggregate, rank, keep."""

    draws: int

    def __call__(self) -> Digest:
        """Sums over all ranks."""
        draws, sample = _draws(self.draws), _values()
        frame = pd.DataFrame(sample.value, sample.names, STRUCTURE.names)
        ranks = [
            self._replicate(frame, pd.Series(weight, STRUCTURE.nodes)) for weight in draws.weight
        ]
        return _digest(np.stack(ranks).astype(np.int16))

    @staticmethod
    def _replicate(frame: pd.DataFrame, weight: pd.Series) -> FloatArray:
        points = 100 * (frame - frame.min()) / (frame.max() - frame.min())
        groups = {}
        for branch in STRUCTURE.branches[:-1]:
            names = [STRUCTURE.nodes[child] for child in branch.children]
            own = weight[names] / weight[names].sum()
            groups[branch.name] = points[names].mul(own).sum(axis=1)
        whole = pd.DataFrame(groups)
        score = whole.mul(weight[whole.columns] / weight[whole.columns].sum()).sum(axis=1)
        ranks: FloatArray = score.rank(ascending=False, method="min").to_numpy()
        return ranks


@dataclass(frozen=True)
class DrawsByHand:
    """The same draws as an expert would: points once, one product and one sort a replicate."""

    draws: int

    def __call__(self) -> Digest:
        """Sums over all ranks."""
        value, weight = _values().value, _draws(self.draws).weight
        low, high = value.min(axis=0), value.max(axis=0)
        points = 100 * (value - low) / (high - low)
        shares = index_weights(STRUCTURE, weight)[:, :INDICATORS]
        ranks = np.empty((self.draws, UNITS), np.int16)
        for draw, share in enumerate(shares):
            score = points @ share
            ranks[draw] = UNITS + 1 - np.searchsorted(np.sort(score), score, side="right")
        return _digest(ranks)


@dataclass(frozen=True)
class CopelandByTolok:
    """Copeland's rule over all units, a tenth of the values missing."""

    units: int

    def __call__(self) -> float:
        """A sum that any changed score would change."""
        value, weight = _contest(self.units)
        return float((copeland(value, weight) * np.arange(1, self.units + 1)).sum())


@dataclass(frozen=True)
class CopelandByPairs:
    """The same, a pair at a time."""

    units: int

    def __call__(self) -> float:
        """A sum that any changed score would change."""
        value, weight = _contest(self.units)
        score = np.zeros(self.units)
        for one in range(self.units):
            for other in range(one):
                lead = weight[value[one] > value[other]].sum()
                lead -= weight[value[one] < value[other]].sum()
                win = int(lead > 1e-9) - int(lead < -1e-9)
                score[one] += win
                score[other] -= win
        return float((score * np.arange(1, self.units + 1)).sum())


def _contest(units: int) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(_SEED)
    value = rng.normal(size=(units, INDICATORS))
    value[rng.random(value.shape) < 0.1] = np.nan
    return value, rng.uniform(1, 2, INDICATORS)
