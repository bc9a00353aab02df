"""The chance that an entry is the best, were another panel to judge by another rubric.

Jurors and criteria are drawn again, one fewer than there are, with replacement: so a mean spreads
over the draws as much as it does over panels, also of few jurors. Source: Rao and Wu 1988 (J. Am.
Stat. Assoc. 83), the rescaled bootstrap with n - 1 draws. With criteria drawn the rubric is one of
many; where it is the only one that matters, chances err to the careful side, and may do without.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.covariance import gaussian_errors
from tolok.composite.rank import competition_ranks
from tolok.jury.additive import entry_effects
from tolok.jury.sheet import Sheet
from tolok.jury.tally import Tally, standardised

DRAWS = 2000
_BLOCK = 2**20
_FROM_ERRORS = ("random", "rasch")
"""Methods whose own errors are drawn: their estimates are not made of jurors one by one."""


@dataclass(frozen=True)
class Draws:
    """Ranks in draws of another panel.

    `basis` is `jurors` (jurors and criteria drawn again), `errors` (the errors that the method
    states), or `none` where neither can be: a single juror, or nothing to judge errors by.
    `used` are the draws in which the jurors join all entries; others say nothing.

    Shape: rank (used, entries); chance (entries,) of being the best, ties sharing it, so that it
    sums to 1.  Missing: NaN chances where no draw is used.
    """

    basis: str
    asked: int
    rank: IntArray
    chance: FloatArray

    @property
    def used(self) -> int:
        """Draws that say something."""
        return len(self.rank)


@dataclass(frozen=True)
class Redraw:
    """How many draws, by which seed, and whether criteria are drawn again beside jurors."""

    draws: int = DRAWS
    seed: int = 0
    has_criteria: bool = True


def draw_ranks(sheet: Sheet, found: Tally, asked: Redraw | None = None) -> Draws:
    """The ranks of the entries in draws of another panel, by the tally's own method.

    The same seed gives the same draws; names of jurors and the order of rows do not matter.
    """
    asked = asked or Redraw()
    draws, rng = asked.draws, np.random.default_rng(asked.seed)
    if found.method in _FROM_ERRORS:
        basis, score = "errors", found.score + gaussian_errors(found.covariance, draws, rng).T
    else:
        basis, score = "jurors", _drawn_panels(sheet, found.method, asked, rng)
    rank = competition_ranks(score[~np.isnan(score).any(axis=1)])
    if not len(rank):
        return Draws("none", draws, rank, np.full(found.score.size, np.nan))
    is_best = rank == 1
    chance = (is_best / is_best.sum(axis=1, keepdims=True)).mean(axis=0)
    return Draws(basis, draws, rank, chance)


def draw_again(size: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """How often each of some is drawn when one fewer are drawn with replacement; one alone stays.

    Shape: -> (draws, size).
    """
    if size < 2:
        return np.ones((draws, size))
    return rng.multinomial(size - 1, np.full(size, 1 / size), draws).astype(np.float64)


def _drawn_panels(sheet: Sheet, method: str, asked: Redraw, rng: np.random.Generator) -> FloatArray:
    """Scores of entries by the jurors and criteria of each draw; NaN where they are not joined."""
    draws, jurors = asked.draws, np.flatnonzero(sheet.is_counted.any(axis=1))
    if jurors.size < 2:
        return np.full((draws, len(sheet.entries)), np.nan)
    sheet = _by_scores(sheet, jurors)
    own = np.flatnonzero(sheet.weight > 0)
    count = draw_again(jurors.size, draws, rng)
    weight = np.zeros((draws, sheet.weight.size))
    weight[:, own] = sheet.weight[own]
    if asked.has_criteria:
        weight[:, own] *= draw_again(own.size, draws, rng)
    score = np.empty((draws, len(sheet.entries)))
    rows = max(1, _BLOCK // max(sheet.score[:, :, 0].size, 1))
    for start in range(0, draws, rows):
        some = slice(start, start + rows)
        cells = sheet.cells_of(weight[some])
        score[some] = entry_effects(standardised(cells) if method == "z" else cells, count[some])
    return score


def _by_scores(sheet: Sheet, jurors: IntArray) -> Sheet:
    """The sheet with jurors in the order of their scores, so that their names draw nothing."""
    flat = np.where(np.isnan(sheet.score), -np.inf, sheet.score)[jurors].reshape(jurors.size, -1)
    order = jurors[np.lexsort(flat.T[::-1])]
    names = tuple(sheet.jurors[juror] for juror in order)
    return Sheet(
        names, sheet.entries, sheet.criteria, sheet.score[order], sheet.weight, sheet.partial
    )
