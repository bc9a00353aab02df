"""How many jurors it takes: the chance that a panel finds the best, by simulation.

Entries and residuals are drawn from given variances, a juror's leniency too; the panel is tallied
by the additive model and is right where its first is the true first. Leniency matters only where
scores are missing: a juror who scored all shifts all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import competition_ranks
from tolok.errors import FaultsFound, JuryFault
from tolok.jury.additive import entry_effects
from tolok.jury.mixed import Variances, fit_random
from tolok.jury.sheet import Sheet

_BLOCK = 2**21


@dataclass(frozen=True)
class PanelPlan:
    """What is asked: numbers of jurors and of entries, scores that will be missing, draws, seed."""

    jurors: Sequence[int] = tuple(range(3, 16))
    entries: Sequence[int] = (3, 4, 5)
    missing_share: float = 0.0
    draws: int = 10_000
    seed: int = 0


@dataclass(frozen=True)
class PanelChances:
    """The chance that panels of so many jurors find the best of so many entries.

    Shape: jurors (sizes,), entries (numbers,), chance and error (sizes, numbers); `error` is that
    of the simulation alone.
    """

    jurors: IntArray
    entries: IntArray
    chance: FloatArray
    error: FloatArray

    def needed(self, wanted: float) -> IntArray:
        """The fewest jurors from whom on every panel of the table has the wanted chance.

        Shape: -> (numbers,).  Missing: 0 where no panel of the table has it.
        """
        order = np.argsort(self.jurors)
        enough = np.flip(np.cumprod(np.flip(self.chance[order] >= wanted, axis=0), axis=0), axis=0)
        first = np.argmax(enough, axis=0)
        return np.where(enough.any(axis=0), self.jurors[order][first], 0)


def panel_chances(variances: Variances, plan: PanelPlan | None = None) -> PanelChances:
    """The chances of panels whose scores spread by these variances.

    Every size of panel judges the same drawn entries, larger panels adding jurors to smaller ones,
    so that sizes can be compared beyond the error of the simulation. A draw in which jurors do not
    join all entries finds nothing.

    Ties: a shared first place counts by its share.
    Raises: FaultsFound with everything in the plan or the variances that cannot be.
    """
    asked = plan or PanelPlan()
    faults = list(_faults(variances, asked))
    if faults:
        raise FaultsFound("this panel cannot be planned", faults)
    seeds = np.random.SeedSequence(asked.seed).spawn(len(asked.entries))
    columns = [
        _chances(variances, asked, entries, np.random.default_rng(seed))
        for entries, seed in zip(asked.entries, seeds, strict=True)
    ]
    chance = np.stack(columns, axis=1)
    error = np.sqrt(chance * (1 - chance) / asked.draws)
    return PanelChances(np.array(asked.jurors), np.array(asked.entries), chance, error)


def past_variances(sheets: Sequence[Sheet]) -> Variances:
    """The variances of past sheets by REML: the mean over sheets, weighted by their cells.

    Raises: JuryFault where a sheet is too small to tell variances apart, or there is none.
    """
    if not sheets:
        raise JuryFault("panel", "there is no past sheet.", "Give variances.")
    found = [fit_random(sheet.cells).variances for sheet in sheets]
    weight = np.array([sheet.is_counted.sum() for sheet in sheets], dtype=np.float64)
    figures = np.array([(one.entry, one.juror, one.residual) for one in found])
    entry, juror, residual = np.einsum("s,sv->v", weight / weight.sum(), figures).tolist()
    return Variances(entry, juror, residual)


def _chances(
    variances: Variances, plan: PanelPlan, entries: int, rng: np.random.Generator
) -> FloatArray:
    """The chance of each size of panel. Shape: -> (sizes,)."""
    most = max(plan.jurors)
    right = np.zeros(len(plan.jurors))
    rows = max(1, _BLOCK // (most * entries))
    for start in range(0, plan.draws, rows):
        draws = min(rows, plan.draws - start)
        merit = np.sqrt(variances.entry) * rng.standard_normal((draws, entries))
        leniency = np.sqrt(variances.juror) * rng.standard_normal((draws, most))
        rest = np.sqrt(variances.residual) * rng.standard_normal((draws, most, entries))
        cells = merit[:, None] + leniency[:, :, None] + rest
        cells[rng.random(cells.shape) < plan.missing_share] = np.nan
        truth = merit.argmax(axis=1)
        for place, jurors in enumerate(plan.jurors):
            found = entry_effects(cells[:, :jurors], np.ones((draws, jurors)))
            is_first = competition_ranks(found) == 1
            share = is_first / np.maximum(is_first.sum(axis=1, keepdims=True), 1)
            right[place] += share[np.arange(draws), truth].sum()
    return right / plan.draws


def _faults(variances: Variances, plan: PanelPlan) -> Iterator[JuryFault]:
    for name in ("entry", "juror", "residual"):
        value = getattr(variances, name)
        if not 0 <= value < np.inf:
            yield JuryFault(f"variance of {name}", f"{value:g} is not a number of 0 or more.")
    if variances.entry == 0:
        problem = "without a variance of entries none is the best."
        yield JuryFault("variance of entry", problem, "Scores that do not differ plan nothing.")
    for name, least in (("jurors", 1), ("entries", 2)):
        asked = getattr(plan, name)
        if not asked or min(asked) < least:
            yield JuryFault(name, f"must be numbers of {least} or more.")
    if not 0 <= plan.missing_share < 1:
        yield JuryFault("missing share", f"{plan.missing_share:g} is not from 0 to below 1.")
    if plan.draws < 1:
        yield JuryFault("draws", f"{plan.draws} are none.")
