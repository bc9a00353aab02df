"""The doubt of scores: draws of weeks at once, and the same draws scored one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tolok.composite.array import FloatArray
from tolok.methodology.rules import Rules
from tolok.pipeline.reread import reread_panel
from tolok.pipeline.score import score
from tolok.pipeline.workspace import Workspace
from tolok.scoring import Panel
from tolok.scoring.draws import freeze_for, nominal_of, scores_in_draws
from tolok.scoring.edition import score_categories
from tolok.scoring.method import own_choices, week_weights_of
from tolok.scoring.reference import Reference
from tolok.scoring.view import view_of


def scored(folder: Path) -> Path:
    """The edition with results, scored once."""
    if not (folder / "results" / "manifest.json").is_file():
        score(folder)
    return folder


@dataclass(frozen=True)
class DoubtByTolok:
    """All categories in draws of weeks, in groups of draws."""

    folder: Path
    draws: int

    def __call__(self) -> dict[str, float]:
        """The sum of each category's scores over all draws and institutions."""
        panel, rules, reference = _frozen(self.folder)
        view = view_of(panel, rules, week_weights_of(rules, panel.shape[2], self.draws))
        nominal = nominal_of(score_categories(view_of(panel, rules), reference))
        found = scores_in_draws(view, reference, nominal, own_choices(rules, self.draws))
        return _sums(rules, found.items())


@dataclass(frozen=True)
class DoubtByLoop:
    """The same, one draw after the other: the way of a plain bootstrap."""

    folder: Path
    draws: int

    def __call__(self) -> dict[str, float]:
        """The sum of each category's scores over all draws and institutions."""
        panel, rules, reference = _frozen(self.folder)
        nominal = nominal_of(score_categories(view_of(panel, rules), reference))
        scores: dict[str, list[FloatArray]] = {one.name: [] for one in rules.categories}
        for weights in week_weights_of(rules, panel.shape[2], self.draws):
            for one in score_categories(view_of(panel, rules, weights), reference):
                is_eligible = nominal.is_eligible[one.category.name]
                scores[one.category.name].append(np.where(is_eligible, one.score, np.nan))
        return _sums(rules, ((name, np.stack(rows)) for name, rows in scores.items()))


def _frozen(folder: Path) -> tuple[Panel, Rules, Reference]:
    work = Workspace(folder)
    panel = reread_panel(work.layout.results, work.rules)
    return panel, work.rules, freeze_for(panel, work.rules, own_choices(work.rules, 1))


def _sums(rules: Rules, scores: Iterable[tuple[str, FloatArray]]) -> dict[str, float]:
    """Sums without the last digits; a category that takes others' scores has its own low mark."""
    plain = {one.name for one in rules.categories if not any(i.category for i in one.indicators)}
    return {name: round(float(np.nansum(rows)), 3) for name, rows in scores if name in plain}
