"""What would bring an institution among the nominees: one indicator at a time, all else equal."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tolok.scoring.estimate import Frame
from tolok.scoring.explain import SCALES, Scene, transform_of
from tolok.scoring.explain_count import mean_growth, ratio_of
from tolok.scoring.explain_level import Slot, above_sums, level_factor
from tolok.scoring.explain_rule import Function
from tolok.scoring.indicator import IndicatorScore
from tolok.scoring.normalise import LINEAR, NORMALISATIONS, points_of, z_of

TINY = 1e-9
"""A need that is met but for this is met."""


@dataclass(frozen=True)
class Need:
    """What one slot would have to show.

    `kind` says the unit: events (of `whole`, which is their limit), rate (events per `whole`, which
    is none), above (posts, of `whole`), mean (of several ratios), factor (by which 1 + count of
    every post is multiplied), total, platforms, growth (log in 30 days) or points. `needed` is
    infinite where nothing would do.
    """

    slot: str
    kind: str
    now: float
    needed: float
    whole: float | None = None


@dataclass(frozen=True)
class Step:
    """The points that suffice in one indicator alone, and what they mean in its unit.

    `is_attainable`: no share would pass 1 and no number of platforms those of the edition.
    `is_seen`: someone in the edition has as many points in it. `deviations` is the way in robust
    standard deviations of the reference set. Where several slots make an indicator, all are raised
    alike, each by so many deviations.
    """

    indicator: str
    points: float
    needed: float
    deviations: float
    is_attainable: bool
    is_seen: bool
    needs: tuple[Need, ...]


def last_nominee(scene: Scene, category: str, row: int) -> int | None:
    """The nominee with the lowest score in an institution's cluster; None if it is one itself.

    Ties: the first of those that share the score, by institution_id.
    Missing: None where the institution or the cluster is not ranked.
    """
    one = scene.category(category)
    clusters = np.array(scene.view.panel.clusters, dtype=np.str_)
    rows = np.flatnonzero(one.is_nominee & (clusters == clusters[row]))
    if one.is_nominee[row] or not one.is_ranked[row] or not rows.size:
        return None
    return int(rows[np.argmin(one.score[rows])])


def steps_to(scene: Scene, category: str, row: int, target: float) -> tuple[Step, ...]:
    """What each indicator alone would need for the category's score to be the target.

    Steps that can be taken come first, the smallest in robust deviations before the others.
    Missing: indicators that the institution lacks, or that weigh nothing, are left out.
    """
    one = scene.category(category)
    scale, back = SCALES[one.category.aggregation]
    gap = float(scale(np.array(target)) - scale(one.score[row]))
    steps = []
    for at, indicator in enumerate(one.indicators):
        weight, points = float(one.effective_weight[row, at]), float(indicator.points[row])
        if weight <= 0 or np.isnan(points):
            continue
        with np.errstate(over="ignore"):
            needed = float(back(scale(np.array(points)) + gap / weight))
        steps.append(_step(scene, category, row, at, (points, needed)))
    order = sorted(steps, key=lambda step: (not step.is_attainable, step.deviations))
    return tuple(order)


def _step(scene: Scene, category: str, row: int, place: int, points: tuple[float, float]) -> Step:
    score = scene.category(category).indicators[place]
    rise = float(z_of(np.array(points[1])) - z_of(np.array(points[0])))
    needs = [Need("", "points", *points)]
    if score.indicator.model != "category":
        needs = [
            _need(score, slot, rise)
            for slot in _slots(scene.frame(scene.category(category), place), scene, score, row)
        ]
    can = all(map(_is_attainable, needs))
    is_seen = bool((score.points >= points[1]).any())
    return Step(score.indicator.name, *points, rise, can, is_seen, tuple(needs))


def _slots(frame: Frame, scene: Scene, score: IndicatorScore, row: int) -> list[Slot]:
    """The slots that an institution has a value in."""
    slots = []
    for spot in np.argwhere(score.slot_share[row] > 0):
        here = (int(spot[0]), int(spot[1]))
        value = float(score.estimate.value[row, *here])
        slots.append(Slot(frame, scene.reference, (row, row), here, (value, value), 0.0))
    return slots


def _need(score: IndicatorScore, slot: Slot, rise: float) -> Need:
    """What a slot would have to show for its z to rise by so much."""
    at = (slot.rows[0], *slot.place)
    level = _level_at(slot, float(score.z[at]) + rise)
    with np.errstate(over="ignore"):  # what no number can say is infinite
        wanted = float(INVERSES[transform_of(slot.frame)](np.array(level)))
    wanted = wanted if level < np.inf else np.inf
    return NEEDS[score.indicator.model](slot, float(score.estimate.shrunk[at]), wanted)


def _level_at(slot: Slot, z: float) -> float:
    """The level that has a z; infinite beyond the highest percentile of the reference set."""
    how = NORMALISATIONS[slot.frame.view.rules.edition.scoring.normalisation]
    frozen = [slot.parameter(name) for name in how.parameters]
    if len(frozen) == len(LINEAR):
        return frozen[0] + z * frozen[1]
    share = float(points_of(np.array(z)))
    return float(np.interp(share, np.arange(101.0), frozen)) if share <= 100 else np.inf


def _level_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    return Need(slot.name, "factor", 1.0, _exp(_over(wanted - shrunk, level_factor(slot))))


def _above_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    above, posts = above_sums(slot)
    factor = posts / (posts + slot.parameter("prior_weight"))
    return Need(slot.name, "above", above, above + posts * _over(wanted - shrunk, factor), posts)


def _ratio_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    """More events of the same whole; of several ratios, the mean that is needed."""
    indicator = slot.frame.indicator
    is_share = indicator.model == "share"
    if len(indicator.ratios) > 1:
        return Need(slot.name, "mean", shrunk, wanted, indicator.per if is_share else None)
    found = ratio_of(slot, indicator.ratios[0])
    whole = float(found.total[0])
    now = found.value[0] * whole
    more = whole * _over((wanted - shrunk) / indicator.per, found.factors[0])
    return Need(slot.name, "events" if is_share else "rate", now, now + more, whole)


def _total_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    return Need(slot.name, "total", shrunk, wanted)


def _diversity_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    return Need(slot.name, "platforms", shrunk, wanted, float(slot.frame.view.shape[1]))


def _growth_need(slot: Slot, shrunk: float, wanted: float) -> Need:
    growth = mean_growth(slot, slot.rows[0])
    return Need(slot.name, "growth", growth, growth + wanted - shrunk)


def _is_attainable(need: Need) -> bool:
    limit = np.inf if need.whole is None or need.kind == "rate" else need.whole
    return bool(np.isfinite(need.needed) and need.needed <= limit + TINY)


def _over(part: float, factor: float) -> float:
    """What an own value must rise for the shrunk one to rise so much; none where it never does."""
    return part / factor if factor > 0 else np.inf


def _exp(value: float) -> float:
    return float(np.exp(min(value, np.log(np.finfo(float).max)))) if value < np.inf else np.inf


INVERSES: dict[str, Function] = {
    "none": np.copy,
    "log": np.exp,
    "log1p": np.expm1,
    "logit": lambda level: 1 / (1 + np.exp(-level)),
}
"""From the scale on which values are compared back to the value; see TRANSFORMS."""

NEEDS: dict[str, Callable[[Slot, float, float], Need]] = {
    "residual": _level_need,
    "level": _level_need,
    "uplift": _level_need,
    "above_expected": _above_need,
    "share": _ratio_need,
    "rate": _ratio_need,
    "total": _total_need,
    "diversity": _diversity_need,
    "growth": _growth_need,
}
"""The unit of every model; a category's is its points."""
