"""How often each tally puts the true best first: the same panels for every tally."""

from typing import NamedTuple

import numpy as np

from benchmarks.jury_validity.world import ENTRIES, JURORS, MISSING, Panels, World, draw_panels
from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import competition_ranks
from tolok.errors import JuryFault, NotComparable
from tolok.jury.additive import entry_effects
from tolok.jury.tally import standardised, tally

BLOCK = 500
"""Panels that are drawn at once, under one seed."""
FAST, SLOW = ("mean", "additive", "z"), ("random", "rasch")
METHODS = FAST + SLOW
JURORS_OF_ALL, ENTRIES_OF_ALL = 5, 4
"""The one size at which the slow tallies are tried too."""


class Case(NamedTuple):
    """A world, what is missing, and the size of the panel."""

    world: str
    missing: str
    jurors: int
    entries: int


Found = dict[tuple[Case, str], FloatArray]
"""Case and tally to the share of the first place that the true best has in each panel."""


def found_fast(world: World, seed: int, count: int = BLOCK) -> Found:
    """What the fast tallies find in a block, in panels of every size."""
    panels = draw_panels(world, seed, count)
    found: Found = {}
    for missing in MISSING:
        for jurors in JURORS:
            for entries in ENTRIES:
                case = Case(world.name, missing, jurors, entries)
                scores = fast_scores(panels, case)
                best = panels.best(entries)
                found |= {(case, name): best_share(one, best) for name, one in scores.items()}
    return found


def found_all(world: World, missing: str, seed: int, count: int) -> tuple[Found, dict[str, int]]:
    """What every tally finds at one size, and how often each of the slow ones refused.

    Every tally is that of `tolok.jury.tally`, sheet by sheet, but for the plain mean of panels with
    missing scores, which it refuses.
    """
    panels = draw_panels(world, seed, BLOCK)
    case = Case(world.name, missing, JURORS_OF_ALL, ENTRIES_OF_ALL)
    best = panels.best(case.entries)[:count]
    scores = {name: one[:count] for name, one in fast_scores(panels, case).items()}
    for method in SLOW:
        scores[method] = np.stack([_slow_score(panels, case, one, method) for one in range(count)])
    is_joined = ~np.isnan(scores["additive"]).any(axis=1)
    refused = {name: int((np.isnan(scores[name]).any(axis=1) & is_joined).sum()) for name in SLOW}
    return {(case, name): best_share(one, best) for name, one in scores.items()}, refused


def fast_scores(panels: Panels, case: Case) -> dict[str, FloatArray]:
    """The entries' scores by the plain mean of what is there, the additive model, and z scores.

    Shape: (panels, entries) each.
    Missing: NaN in all where jurors do not join the entries, so that no tally is favoured.
    """
    cells = panels.cells[:, : case.jurors, : case.entries].copy()
    cells[panels.is_missing(case.missing, case.jurors, case.entries)] = np.nan
    once = np.ones(cells.shape[:2])
    additive = entry_effects(cells, once)
    there = ~np.isnan(cells)
    total = np.where(there, cells, 0.0).sum(axis=1)
    mean = total / np.maximum(there.sum(axis=1), 1)
    mean[np.isnan(additive).any(axis=1)] = np.nan
    return {"mean": mean, "additive": additive, "z": entry_effects(standardised(cells), once)}


def best_share(score: FloatArray, best: IntArray) -> FloatArray:
    """Whether the true best is first in each panel.

    Shape: score (panels, entries), best (panels,) -> (panels,).
    Ties: a shared first place counts by its share.  Missing: nothing is found without scores.
    """
    rank = competition_ranks(score)
    rank[np.isnan(score).any(axis=1)] = 0
    is_first = rank == 1
    share: FloatArray = is_first / np.maximum(is_first.sum(axis=1, keepdims=True), 1)
    return share[np.arange(best.size), best]


def merged(blocks: list[Found]) -> Found:
    """Blocks one after the other."""
    return {key: np.concatenate([block[key] for block in blocks]) for key in blocks[0]}


def _slow_score(panels: Panels, case: Case, panel: int, method: str) -> FloatArray:
    sheet = panels.sheet(panel, case.missing, case.jurors, case.entries)
    try:
        return tally(sheet, method).score
    except (JuryFault, NotComparable):
        return np.full(case.entries, np.nan)
