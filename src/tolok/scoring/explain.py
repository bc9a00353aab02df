"""An exact additive account of the difference between two scores, down to single posts.

The rule of attribution stands in `explain_rule`; here it runs from the score of a category through
indicators and slots; `explain_level` and `explain_count` take the values of the models apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tolok.composite.aggregate import GEOMETRIC_FLOOR
from tolok.composite.array import BoolArray, FloatArray
from tolok.scoring.category import CategoryScore
from tolok.scoring.eligibility import standing_of
from tolok.scoring.estimate import Frame
from tolok.scoring.explain_count import PARTS, shift_of
from tolok.scoring.explain_level import Slot
from tolok.scoring.explain_posts import Cell, KnownPost, by_cell
from tolok.scoring.explain_rule import Contribution, Function, cause, known, mean_difference, secant
from tolok.scoring.indicator import IndicatorScore
from tolok.scoring.normalise import NORMALISATIONS, points_of, transform
from tolok.scoring.reference import Reference
from tolok.scoring.view import View


def _log_points(points: FloatArray) -> FloatArray:
    logarithm: FloatArray = np.log(np.maximum(points, GEOMETRIC_FLOOR))
    return logarithm


def _same(points: FloatArray) -> FloatArray:
    return points


ROUNDING = 1e-9
"""Shares that add up to 1 but for this leave nothing."""
SCALES: dict[str, tuple[Function, Function]] = {
    "arithmetic": (_same, _same),
    "geometric": (_log_points, np.exp),
}
"""The scale on which points are averaged, and the way back; the secants are logarithmic means."""


@dataclass(frozen=True, eq=False)
class Scene:
    """An edition's scores under a frozen reference, as they are to be explained.

    `posts` are the single posts whose interactions are published.
    """

    view: View
    scores: tuple[CategoryScore, ...]
    reference: Reference
    posts: Sequence[KnownPost] = field(default_factory=tuple)

    @cached_property
    def known(self) -> dict[Cell, tuple[KnownPost, ...]]:
        """The known posts by the row of a histogram that they are counted in."""
        return by_cell(self.posts)

    @cached_property
    def is_present(self) -> BoolArray:
        """Which platforms count for whom.

        Shape: (institutions, platforms).
        """
        return standing_of(self.view).is_present

    def category(self, name: str) -> CategoryScore:
        """The scores of one category.

        Raises: KeyError for a name that the rules do not have.
        """
        return {one.category.name: one for one in self.scores}[name]

    def frame(self, one: CategoryScore, place: int) -> Frame:
        """What an indicator's formula looked at; nothing is fitted any more."""
        return Frame(
            self.view,
            one.category,
            one.category.indicators[place],
            self.is_present,
            np.zeros(self.view.shape[0], dtype=np.bool_),
            self.reference,
        )


def explain_difference(scene: Scene, category: str, own: int, other: int) -> Contribution:
    """The score of one institution less that of another in a category, as a tree of causes.

    Units: points of the score. The values of the causes within a cause add up to its own.
    Institutions are indices. Exchanging them changes the sign of every value and nothing else.
    Raises: ValueError where one of them has no score.
    """
    one = scene.category(category)
    if np.isnan(one.score[[own, other]]).any():
        message = f"no score of {category} to explain"
        raise ValueError(message)
    return _Pair(scene, (own, other)).category(one, 1.0)


@dataclass(frozen=True, eq=False)
class _Pair:
    scene: Scene
    rows: tuple[int, int]

    def category(self, one: CategoryScore, rate: float) -> Contribution:
        """A category's score: points at mean weight, and the shift of weights."""
        rows = list(self.rows)
        own, other = (float(one.score[row]) for row in rows)
        scale, back = SCALES[one.category.aggregation]
        outer = rate * secant(back, *map(float, scale(one.score[rows])))
        points = np.stack([indicator.points[rows] for indicator in one.indicators], axis=1)
        weight = one.effective_weight[rows]
        split = mean_difference(weight, scale(points))
        parts = [
            self.indicator(
                one, at, outer * float(split.weight[at]) * secant(scale, *map(float, points[:, at]))
            )
            for at in np.flatnonzero(split.is_common).tolist()
        ]
        moved = [
            cause(name, "weight", outer * float(shift), map(float, weights))
            for name, shift, weights in zip(
                (indicator.indicator.name for indicator in one.indicators),
                split.shift,
                weight.T,
                strict=True,
            )
            if shift != 0
        ]
        children = (*parts, *shift_of("weights", moved))
        return Contribution(
            one.category.name, "category", rate * (own - other), own, other, children
        )

    def indicator(self, one: CategoryScore, place: int, rate: float) -> Contribution:
        """An indicator's points: those of its slots at mean share, and the shift of shares."""
        score = one.indicators[place]
        own, other = (float(score.points[row]) for row in self.rows)
        value = rate * (own - other)
        children = (
            self._taken(score, rate, value)
            if score.indicator.model == "category"
            else self._slots(one, place, rate)
        )
        return Contribution(score.indicator.name, "indicator", value, own, other, children)

    def _taken(self, score: IndicatorScore, rate: float, value: float) -> tuple[Contribution, ...]:
        """Another category's score, taken apart; one that was assumed has no causes."""
        taken = self.scene.category(score.indicator.category)
        if not np.isnan(taken.score[list(self.rows)]).any():
            return self.category(taken, rate).children
        if value == 0:
            return ()
        told = (known(float(taken.score[row])) for row in self.rows)
        return (cause(taken.category.name, "assumed", value, told),)

    def _slots(self, one: CategoryScore, place: int, rate: float) -> tuple[Contribution, ...]:
        score, rows = one.indicators[place], list(self.rows)
        frame = self.scene.frame(one, place)
        slots = score.slots.reshape(-1)
        share = score.slot_share[rows].reshape(2, -1)
        points = points_of(score.z[rows]).reshape(2, -1)
        # platforms that are absent and count as 0 points take what the slots leave
        absent = 1 - share.sum(axis=1, keepdims=True)
        absent[absent < ROUNDING] = 0.0
        share, points = np.hstack([share, absent]), np.hstack([points, np.zeros((2, 1))])
        split = mean_difference(share, points)
        parts = []
        for at in np.flatnonzero(split.is_common[:-1]).tolist():
            spot = np.unravel_index(at, score.slots.shape)
            here = (int(spot[0]), int(spot[1]))
            slot_rate = rate * float(split.weight[at])
            causes = self._slot(frame, score, here, slot_rate)
            own, other = map(float, points[:, at])
            if slots.size == 1 and not absent.any():
                return causes
            name, value = str(slots[at]), slot_rate * (own - other)
            parts.append(Contribution(name, "slot", value, own, other, causes))
        moved = [
            cause(str(name), "share", rate * float(shift), map(float, shares))
            for name, shift, shares in zip(slots, split.shift[:-1], share.T[:-1], strict=True)
            if shift != 0
        ]
        if split.shift[-1] != 0:
            moved.append(cause("", "absent", rate * float(split.shift[-1]), absent[:, 0].tolist()))
        return (*parts, *shift_of("shares", moved))

    def _slot(
        self, frame: Frame, score: IndicatorScore, place: tuple[int, int], rate: float
    ) -> tuple[Contribution, ...]:
        """The value of a slot through transform, normalisation and floor: one exact secant."""
        indicator, own, other = frame.indicator, *self.rows
        values = [
            (float(table[own, *place]), float(table[other, *place]))
            for table in (score.estimate.value, score.estimate.shrunk)
        ]
        posts = self.scene.known if indicator.measure == "interaction_count" else {}
        slot = Slot(frame, self.scene.reference, self.rows, place, values[0], 0.0, posts)
        slope = secant(points_function(slot), *values[1])
        return PARTS[indicator.model](slot.with_rate(rate * slope))


def points_function(slot: Slot) -> Function:
    """Points of a slot as a function of its shrunk value, floor and all."""
    name, scoring = transform_of(slot.frame), slot.frame.view.rules.edition.scoring
    how = NORMALISATIONS[scoring.normalisation]
    frozen = [np.array(slot.parameter(one)) for one in how.parameters]

    def points(shrunk: FloatArray) -> FloatArray:
        return points_of(how.z_of(transform(shrunk, name), frozen, scoring.z_floor))

    return points


def transform_of(frame: Frame) -> str:
    """The name of the transform under which an indicator's values are compared."""
    model = frame.indicator.model
    if model == "above_expected":
        return "logit"
    is_plain = model in ("residual", "level", "uplift", "growth")
    return "none" if is_plain else frame.indicator.transform
