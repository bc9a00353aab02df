"""The sheet of a jury's scores: who gave what to which entry by which criterion."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray
from tolok.errors import FaultsFound, JuryFault, did_you_mean

PARTIAL = ("left_out", "available")
"""What a juror's scores of an entry count for when criteria are missing: nothing, or the rest."""

Row = tuple[str, str, str, float]
"""Juror, entry, criterion, score; NaN is no score."""


@dataclass(frozen=True)
class Sheet:
    """Scores of entries by jurors on criteria, with the weights of the rubric.

    Shape: score (jurors, entries, criteria), weight (criteria,).
    Missing: NaN is no score given, by recusal or otherwise; never 0. A juror's scores of an entry
    count only where every criterion of positive weight is scored (`left_out`), unless `partial`
    is `available`: then those that are there share the weight.
    Raises: FaultsFound with everything that makes it no sheet.
    """

    jurors: tuple[str, ...]
    entries: tuple[str, ...]
    criteria: tuple[str, ...]
    score: FloatArray
    weight: FloatArray
    partial: str = "left_out"

    def __post_init__(self) -> None:
        """No infinite score, weights that weigh, and a name for each place."""
        faults = list(self._faults())
        if faults:
            raise FaultsFound("this is no sheet of scores", faults)

    @property
    def is_counted(self) -> BoolArray:
        """Whose scores of which entry count. Shape: (jurors, entries)."""
        there = ~np.isnan(self.score[:, :, self.weight > 0])
        least = there.shape[2] if self.partial == "left_out" else 1
        counted: BoolArray = there.sum(axis=2) >= least
        return counted

    @property
    def cells(self) -> FloatArray:
        """One score a juror and entry: the weighted mean of the criteria.

        Shape: (jurors, entries).  Missing: NaN where it does not count.
        """
        cells: FloatArray = self.cells_of(self.weight[None])[0]
        return cells

    def cells_of(self, weight: FloatArray) -> FloatArray:
        """The cells under other weights; which of them count is settled by the sheet's own.

        Shape: (draws, criteria) -> (draws, jurors, entries).
        Missing: NaN where it does not count, or nothing is there that these weights weigh.
        """
        there = ~np.isnan(self.score)
        filled = np.where(there, self.score, 0.0)
        total = np.einsum("dc,jec->dje", weight, filled)
        whole = np.einsum("dc,jec->dje", weight, there.astype(np.float64))
        cells: FloatArray = np.full(total.shape, np.nan)
        np.divide(total, whole, out=cells, where=self.is_counted & (whole > 0))
        return cells

    def without(self, juror: int) -> "Sheet":
        """The sheet of the other jurors."""
        jurors = self.jurors[:juror] + self.jurors[juror + 1 :]
        score = np.delete(self.score, juror, axis=0)
        return Sheet(jurors, self.entries, self.criteria, score, self.weight, self.partial)

    def _faults(self) -> Iterator[JuryFault]:
        names = {"juror": self.jurors, "entry": self.entries, "criterion": self.criteria}
        for what, known in names.items():
            if not known:
                yield JuryFault("sheet", f"has no {what}.")
            for name in sorted({name for name in known if known.count(name) > 1}):
                yield JuryFault(f"{what} {name}", "stands twice.")
        if self.score.shape != tuple(map(len, names.values())):
            size = " x ".join(map(str, self.score.shape))
            yield JuryFault("scores", f"of {size} are not jurors x entries x criteria.")
            return
        for juror, entry, _ in np.argwhere(np.isinf(self.score)):
            place = f"juror {self.jurors[juror]}, entry {self.entries[entry]}"
            yield JuryFault(place, "the score is infinite.", "Leave it empty.")
        if self.weight.shape != (len(self.criteria),):
            yield JuryFault("weights", f"{self.weight.size} for {len(self.criteria)} criteria.")
        elif not (np.isfinite(self.weight).all() and (self.weight >= 0).all()):
            yield JuryFault("weights", "must be numbers of 0 or more.")
        elif self.criteria and not self.weight.any():
            yield JuryFault("weights", "are all 0.", "Give one criterion a weight.")
        if self.partial not in PARTIAL:
            problem = f"partial cannot be {self.partial!r}."
            yield JuryFault("sheet", problem, f"It is {' or '.join(PARTIAL)}.")


def read_sheet(
    rows: Iterable[Row],
    weights: Mapping[str, float] | None = None,
    *,
    scale: tuple[float, float] | None = None,
    partial: str = "left_out",
) -> Sheet:
    """The sheet of rows in any order; names are put in alphabetical order, so the order is nothing.

    `weights` are those of the rubric, by criterion, equal without. `scale` is the lowest and the
    highest score there is.

    Missing: NaN is no score; the juror or entry of the row is known all the same.
    Raises: FaultsFound with every score that stands twice or outside the scale, every criterion
    without weight and every weight without criterion.
    """
    listed = list(rows)
    known = [sorted({row[:3][at] for row in listed}) for at in range(3)]
    jurors, entries, criteria = map(tuple, known)
    faults = [*_faults_of_rows(listed, scale), *_faults_of_weights(criteria, weights)]
    if faults:
        raise FaultsFound("the scores cannot be put on a sheet", faults)
    score = np.full((len(jurors), len(entries), len(criteria)), np.nan)
    place = [{name: at for at, name in enumerate(names)} for names in known]
    for juror, entry, criterion, value in listed:
        score[place[0][juror], place[1][entry], place[2][criterion]] = value
    weight = np.array([1.0 if weights is None else float(weights[name]) for name in criteria])
    return Sheet(jurors, entries, criteria, score, weight, partial)


def _faults_of_rows(rows: Sequence[Row], scale: tuple[float, float] | None) -> Iterator[JuryFault]:
    seen = set()
    low, high = scale or (-np.inf, np.inf)
    for juror, entry, criterion, score in rows:
        place = f"juror {juror}, entry {entry}, criterion {criterion}"
        if (juror, entry, criterion) in seen:
            yield JuryFault(place, "is scored twice.", "Keep the score that counts.")
        seen.add((juror, entry, criterion))
        if score < low or score > high:
            yield JuryFault(place, f"{score:g} is outside the scale from {low:g} to {high:g}.")


def _faults_of_weights(
    criteria: Sequence[str], weights: Mapping[str, float] | None
) -> Iterator[JuryFault]:
    if weights is None:
        return
    for name in criteria:
        if name not in weights:
            yield JuryFault(f"criterion {name}", "has no weight.", did_you_mean(name, weights))
    for name in weights:
        if name not in criteria:
            hint = did_you_mean(name, criteria)
            yield JuryFault(f"weight of {name}", "no score has this criterion.", hint)
