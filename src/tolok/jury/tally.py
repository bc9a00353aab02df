"""The tally: one figure an entry, how sure differences are, and how lenient each juror was."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import competition_ranks
from tolok.errors import JuryFault, did_you_mean
from tolok.jury.additive import Effects, fit_additive
from tolok.jury.link import require_comparable
from tolok.jury.mixed import Variances, fit_random
from tolok.jury.rasch import fit_rasch
from tolok.jury.sheet import Sheet

_NAMED = 5
"""So many missing scores are named; of more, the number is told."""


@dataclass(frozen=True)
class Tally:
    """What a method makes of a sheet.

    `score` is in points of the scale for mean, additive and random, in a juror's standard
    deviations for z, in logits for rasch. `covariance` is that of its errors; only differences of
    entries have a meaning in it. `leniency` is what a juror adds to a score, in the same unit:
    above 0 is lenient, below 0 harsh.

    Shape: score (entries,), covariance (entries, entries), leniency (jurors,).
    Missing: NaN in the covariance where nothing is left to judge errors by; NaN for a juror
    without a score. `variances` are there for random only.
    """

    method: str
    score: FloatArray
    covariance: FloatArray
    leniency: FloatArray
    variances: Variances | None = None

    @property
    def rank(self) -> IntArray:
        """Competition ranks, the best first; equal scores share the best place."""
        rank: IntArray = competition_ranks(self.score[None])[0]
        return rank

    @property
    def difference_error(self) -> FloatArray:
        """The standard error of the difference of every two. Shape: (entries, entries)."""
        own = np.diag(self.covariance)
        variance = own[:, None] + own - self.covariance - self.covariance.T
        error: FloatArray = np.sqrt(np.maximum(variance, 0.0))
        return error


def tally(sheet: Sheet, method: str | None = None) -> Tally:
    """The tally by a method: `mean`, `additive`, `random`, `z` or `rasch`.

    Without one it is the plain mean where every juror scored every entry, else `additive`.

    Raises: JuryFault where the method cannot be used; NotComparable where jurors do not join all
    entries.
    """
    if method is None:
        method = "mean" if sheet.is_counted.all() else "additive"
    if method not in METHODS:
        problem = f"no method is {method!r}."
        remedy = did_you_mean(method, METHODS) or f"It is {', '.join(METHODS)}."
        raise JuryFault("tally", problem, remedy)
    if not sheet.is_counted.any():
        problem = "no juror's score of any entry counts."
        raise JuryFault("tally", problem, "Every criterion of an entry must be scored.")
    if method != "rasch":
        require_comparable(sheet.is_counted, sheet.entries)
    return METHODS[method](sheet)


def standardised(cells: FloatArray) -> FloatArray:
    """Scores of each juror less their mean, over their standard deviation (n - 1).

    Shape: (..., entries) -> the same.
    Missing: NaN stays. A juror whose scores are all the same, or only one, tells nothing apart: 0.
    """
    there = ~np.isnan(cells)
    held = there.sum(axis=-1, keepdims=True)
    known = np.where(there, cells, 0.0)
    mean = known.sum(axis=-1, keepdims=True) / np.maximum(held, 1)
    apart = np.where(there, cells - mean, 0.0)
    spread = np.sqrt((apart**2).sum(axis=-1, keepdims=True) / np.maximum(held - 1, 1))
    level = np.abs(mean) * 1e-12  # what rounding makes of scores that are all the same
    z = np.divide(apart, spread, out=np.zeros(cells.shape), where=spread > level)
    return np.where(there, z, np.nan)


def _mean(sheet: Sheet) -> Tally:
    counted = sheet.is_counted
    if not counted.all():
        missing = [
            f"{sheet.jurors[juror]} of {sheet.entries[entry]}"
            for juror, entry in np.argwhere(~counted)
        ]
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        problem = f"the score of {', '.join(missing[:_NAMED])}{more} is missing, or not whole."
        remedy = "A plain mean would favour who missed a harsh juror; tally by the method additive."
        raise JuryFault("mean", problem, remedy)
    cells = sheet.cells
    return _of_effects("mean", cells.mean(axis=0), fit_additive(cells))


def _additive(sheet: Sheet) -> Tally:
    effects = fit_additive(sheet.cells)
    return _of_effects("additive", effects.mean + effects.entry, effects)


def _z(sheet: Sheet) -> Tally:
    """The additive fit of z scores: with every score there, their plain mean."""
    effects = fit_additive(standardised(sheet.cells))
    return _of_effects("z", effects.entry, effects)


def _random(sheet: Sheet) -> Tally:
    found = fit_random(sheet.cells)
    has_scored = sheet.is_counted.any(axis=1)
    leniency = np.where(has_scored, found.juror, np.nan)
    return Tally("random", found.mean + found.entry, found.covariance, leniency, found.variances)


def _rasch(sheet: Sheet) -> Tally:
    found = fit_rasch(sheet)
    return Tally("rasch", found.merit, found.covariance, -found.severity)


def _of_effects(method: str, score: FloatArray, effects: Effects) -> Tally:
    return Tally(method, score, effects.variance * effects.inverse, effects.juror)


METHODS: dict[str, Callable[[Sheet], Tally]] = {
    "mean": _mean,
    "additive": _additive,
    "random": _random,
    "z": _z,
    "rasch": _rasch,
}
