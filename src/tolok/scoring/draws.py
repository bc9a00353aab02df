"""Scores in many draws at once: of weeks, and of choices between estimate and score."""

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from tolok.composite.aggregate import GEOMETRIC_FLOOR, aggregate
from tolok.composite.array import BoolArray, FloatArray, quotient
from tolok.methodology.rules import Rules
from tolok.scoring.category import CategoryScore, frames_of, in_order, score_category
from tolok.scoring.eligibility import Standing, standing_of
from tolok.scoring.estimate import Estimate, Frame
from tolok.scoring.indicator import (
    LOW_PERCENT,
    Normalised,
    estimate_indicator,
    normalise,
    points_by_platform,
)
from tolok.scoring.method import OWN, Choices
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Fit, Fits, Freeze, Reference, Source
from tolok.scoring.view import View, view_of

GROUP = 32
"""Draws worked through at once: their cells fit into a processor's cache."""

ScoreDraws = dict[str, FloatArray]
"""Scores by category: (draws, institutions)."""

Estimated = dict[str, list[tuple[Frame, Estimate | None]]]
"""The indicators of every category, estimated; None where one is another category's score."""


@dataclass(frozen=True, eq=False)
class Nominal:
    """Who is scored at all, and who only fails a gate, by category: a fact of the whole window.

    Shape: (institutions,) each.
    """

    is_eligible: dict[str, BoolArray]
    fails_gate: dict[str, BoolArray]


def nominal_of(categories: tuple[CategoryScore, ...]) -> Nominal:
    """The standing of everyone under the rules as they are."""
    return Nominal(
        {one.category.name: ~np.isnan(one.score) for one in categories},
        {one.category.name: one.fails_gate for one in categories},
    )


def freeze_for(
    panel: Panel, rules: Rules, choices: Choices, known: Fits = MappingProxyType({})
) -> Reference:
    """The parameters of the rules, and those of every normalisation among the choices.

    What is known already is not fitted again.
    """
    freeze, view = Freeze(dict(known)), view_of(panel, rules)
    standing = standing_of(view)
    scored: dict[str, CategoryScore] = {}
    estimated: Estimated = {}
    for category in in_order(rules.categories):
        found = score_category(view, standing, category, scored, freeze)
        frames = frames_of(view, standing, category, freeze)
        estimated[category.name] = [
            (frame, None if frame.indicator.model == "category" else one.estimate)
            for frame, one in zip(frames, found.indicators, strict=True)
        ]
        scored[category.name] = found
    nominal = nominal_of(tuple(scored.values()))
    for place in range(len(choices.normalisations)):
        one = replace(
            choices.part(slice(0, 1)),
            normalisation=np.array([place]), absent=np.array([0]), aggregation=np.array([0]),
        )  # fmt: skip
        scores_of(estimated, nominal, one)
    return freeze.reference


def estimate_categories(view: View, standing: Standing, source: Source) -> Estimated:
    """Every indicator of every category, estimated under the weights of a view."""
    estimated: Estimated = {}
    for category in in_order(view.rules.categories):
        rows: list[tuple[Frame, Estimate | None]] = []
        for frame in frames_of(view, standing, category, source):
            is_taken = frame.indicator.model == "category"
            rows.append((frame, None if is_taken else estimate_indicator(frame)))
        estimated[category.name] = rows
    return estimated


def scores_of(estimated: Estimated, nominal: Nominal, choices: Choices) -> ScoreDraws:
    """The score of every institution in every draw, by category.

    Shape: (draws, institutions).  Missing: NaN for who is not eligible under the rules, or has
    nothing in a draw.
    """
    scores: ScoreDraws = {}
    for name, rows in estimated.items():
        scores[name] = _score(rows, nominal, choices, scores)
    return scores


def scores_of_grid(estimated: Estimated, nominal: Nominal, grid: Choices) -> ScoreDraws:
    """The scores that `scores_of` gives for every combination of all_choices, in its order.

    Sets of weights, and means of the two sorts, share their points: these are made once. Whatever
    the number of threads, everything is added up in the same order.
    """
    alike = len(grid) // (len(grid.normalisations) * len(grid.absents))
    sets, outer = alike // len(grid.aggregations), grid.part(slice(None, None, alike))
    scores: ScoreDraws = {}
    for name, rows in estimated.items():
        size = rows[0][0].view.shape[0]
        points = [
            _taken_points(frame, grid, scores[frame.indicator.category], nominal)
            if one is None
            else _points(frame, one, outer, scores, nominal)
            for frame, one in rows
        ]
        axes = (len(outer), len(grid.aggregations), sets, size)
        score = np.empty(axes)
        for place, how in enumerate(grid.aggregations):
            own = rows[0][0].category.aggregation if how == OWN else how
            parts = [
                part[:, None] if len(part) == len(outer) else part.reshape(axes)[:, place]
                for part in points
            ]
            score[:, place] = _weighted_means(parts, grid.weights[name][:sets].T, own)
        scores[name] = np.where(nominal.is_eligible[name], score.reshape(-1, size), np.nan)
    return scores


def _score(
    rows: list[tuple[Frame, Estimate | None]],
    nominal: Nominal,
    choices: Choices,
    scores: ScoreDraws,
) -> FloatArray:
    """The score of every institution in every draw in one category; (draws, institutions)."""
    category = rows[0][0].category
    points = np.stack(
        [_points(frame, one, choices, scores, nominal) for frame, one in rows], axis=-1
    )
    weight = choices.weights[category.name][:, None, :]
    score = np.full(points.shape[:2], np.nan)
    for place, how in enumerate(choices.aggregations):
        chosen = np.flatnonzero(choices.aggregation == place)
        how_here = category.aggregation if how == OWN else how
        score[chosen] = aggregate(points[chosen], weight[chosen], how_here)
    return np.where(nominal.is_eligible[category.name], score, np.nan)


def _weighted_means(parts: list[FloatArray], weights: FloatArray, how: str) -> FloatArray:
    """The means of `aggregate` for every set of weights.

    Shape: each part is (rows, sets or 1, institutions), weights (parts, sets) ->
    (rows, sets, institutions).
    """
    is_geometric, total, whole = how == "geometric", np.zeros(()), np.zeros(())
    for value, weight in zip(parts, weights[:, None, :, None], strict=True):
        there = ~np.isnan(value)
        known = np.where(there, value, GEOMETRIC_FLOOR)
        if is_geometric:
            known = np.log(np.maximum(known, GEOMETRIC_FLOOR))
        total = total + weight * np.where(there, known, 0.0)
        whole = whole + weight * there
    mean = quotient(total, whole)
    return np.exp(mean) if is_geometric else mean


def _points(
    frame: Frame,
    estimate: Estimate | None,
    choices: Choices,
    scores: dict[str, FloatArray],
    nominal: Nominal,
) -> FloatArray:
    """The points of an indicator in every draw; (draws, institutions)."""
    if estimate is None:
        return _taken_points(frame, choices, scores[frame.indicator.category], nominal)
    zero_if_absent = np.array([name == "zero" for name in choices.absents])[choices.absent]
    normalised = _normalised(frame, estimate.level, choices)
    by_platform = points_by_platform(frame, estimate, normalised, zero_if_absent)
    return aggregate(by_platform, frame.platform_weight, "arithmetic")


def _normalised(frame: Frame, level: FloatArray, choices: Choices) -> Normalised:
    """Levels against the reference set, in every draw by the normalisation chosen for it.

    Shape: level is (draws, institutions, platforms, strata), or without draws if it holds for all.
    """
    z = np.empty((len(choices), *level.shape[-3:]))
    is_known, is_live = np.empty((2, len(choices), *frame.slots.shape), dtype=np.bool_)
    for place, name in enumerate(choices.normalisations):
        chosen = np.flatnonzero(choices.normalisation == place)
        if chosen.size:
            one = normalise(frame, level[chosen] if level.ndim == z.ndim else level, name)
            z[chosen], is_known[chosen], is_live[chosen] = one.z, one.is_known, one.is_live
    return Normalised(z, is_known, is_live)


def _taken_points(
    frame: Frame, choices: Choices, score: FloatArray, nominal: Nominal
) -> FloatArray:
    """Another category's scores as points; who fails its gate gets the frozen fifth percentile.

    It is frozen for every normalisation apart, since each has its own scale.
    """
    low = np.full(len(choices), np.nan)
    for place, name in enumerate(choices.normalisations):
        chosen = np.flatnonzero(choices.normalisation == place)
        if chosen.size:
            low[chosen] = _fifth_percentile(frame, name, score[chosen])
    assumed = nominal.fails_gate[frame.indicator.category] & (
        frame.indicator.absent == "fifth_percentile"
    )
    return np.where(np.isnan(score) & assumed, low[:, None], score)


def _fifth_percentile(frame: Frame, normalisation: str, score: FloatArray) -> float:
    """The frozen fifth percentile of a category's scores under a normalisation."""
    name = f"fifth_percentile_{normalisation}"

    def fit() -> Fit:
        known = score[~np.isnan(score)]
        value = np.percentile(known, LOW_PERCENT) if known.size else np.nan
        return Fit({name: np.full((1, 1), value)}, np.full((1, 1), known.size))

    return float(frame.take((name,), fit)[0][0, 0])


def scores_in_grid(view: View, source: Source, nominal: Nominal, grid: Choices) -> ScoreDraws:
    """The score of every institution under the whole grid of choices, no week being drawn.

    Shape: (choices, institutions), in the order of all_choices.
    """
    estimated = estimate_categories(view, standing_of(view), source)
    return scores_of_grid(estimated, nominal, grid)


def scores_in_draws(view: View, source: Source, nominal: Nominal, choices: Choices) -> ScoreDraws:
    """The score of every institution in every draw of weeks and choices, by category.

    Shape: (draws, institutions); the view has (draws, weeks), or (weeks,) if no week is drawn.
    Draws are worked through in groups, so that memory does not grow with their number.
    """
    standing = standing_of(view)
    if view.week_weights.ndim == 1:
        return scores_of(estimate_categories(view, standing, source), nominal, choices)
    parts: dict[str, list[FloatArray]] = {name: [] for name in choices.weights}
    for start in range(0, len(choices), GROUP):
        rows = slice(start, start + GROUP)
        some = view_of(view.panel, view.rules, view.week_weights[rows])
        estimated = estimate_categories(some, standing, source)
        for name, scores in scores_of(estimated, nominal, choices.part(rows)).items():
            parts[name].append(scores)
    return {name: np.concatenate(scores) for name, scores in parts.items()}
