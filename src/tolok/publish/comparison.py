"""One institution in two editions: what changed, and what may not be compared and why.

Pure: it knows neither words nor files. A figure is set beside its earlier one only where both were
measured in the same way; otherwise the obstacle stands in the place of the difference.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from tolok.methodology.category import Category
from tolok.model import Lineage
from tolok.publish.archived import BodyRow, PlaceRow, Side
from tolok.publish.comparable import (
    Use,
    category_definition,
    category_uses,
    first_break,
    follower_uses,
    general_definition,
    interaction_uses,
    interactions_definition,
)
from tolok.publish.lineage import Identity, identity_of
from tolok.registry.breaks import Break

FIGURES = ("posts_per_week", "interactions_per_post", "follower_count")
OBSTACLES = (
    "merged", "split", "new", "moved", "no_category", "definition", "break", "unknown", "unranked",
)  # fmt: skip
VERDICTS = ("rose", "fell", "inseparable", "no_interval")


@dataclass(frozen=True)
class Obstacle:
    """Why two figures are not compared; `by` is the break where it is one."""

    code: str
    by: Break | None = None


@dataclass(frozen=True)
class Standing:
    """A rank among the ranked of a cluster, with its interval where there is one."""

    rank: int
    low: int | None
    high: int | None
    of: int


@dataclass(frozen=True)
class PlaceChange:
    """A place in one category then and now; the verdict is empty where an obstacle stands."""

    category: str
    before: Standing | None
    after: Standing | None
    verdict: str
    obstacle: Obstacle | None


@dataclass(frozen=True)
class FigureChange:
    """A figure then and now; the ratio is None where an obstacle stands or there was nothing."""

    name: str
    before: float | None
    after: float | None
    ratio: float | None
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Comparison:
    """One institution beside its earlier self; `moved_from` is its earlier cluster if another."""

    identity: Identity
    moved_from: str | None
    is_of_one_length: bool
    places: tuple[PlaceChange, ...]
    figures: tuple[FigureChange, ...]


@dataclass(frozen=True)
class Comparing:
    """Two editions to compare: both sides, the calendar of breaks, and the lineage between."""

    earlier: Side
    later: Side
    breaks: Sequence[Break]
    lineage: Sequence[Lineage]

    def institution(self, institution_id: str) -> Comparison:
        """One institution of the later edition beside its earlier self."""
        identity = identity_of(
            institution_id,
            self.lineage,
            self.earlier.institutions,
            self.earlier.window,
            self.later.window,
        )
        now = self.later.institutions[institution_id]
        then = self.earlier.institutions.get(identity.earlier_id or "")
        return Comparison(
            identity=identity,
            moved_from=then.cluster if then and then.cluster != now.cluster else None,
            is_of_one_length=_is_of_one_length(self.earlier, self.later),
            places=tuple(
                self._place(category, identity, then, now)
                for category in self.later.rules.categories
            ),
            figures=tuple(self._figure(name, identity, then, now) for name in FIGURES),
        )

    def _place(
        self, category: Category, identity: Identity, then: BodyRow | None, now: BodyRow
    ) -> PlaceChange:
        after = _standing(self.later, category.name, now.institution_id)
        before = _standing(self.earlier, category.name, then.institution_id) if then else None
        obstacle = self._place_obstacle(category, identity, then, now)
        is_measured = obstacle is None or obstacle.code in ("definition", "break")
        if is_measured and (before is None or after is None):
            obstacle = Obstacle("unranked")
        verdict = _verdict(before, after) if before and after and obstacle is None else ""
        return PlaceChange(category.name, before, after, verdict, obstacle)

    def _place_obstacle(
        self, category: Category, identity: Identity, then: BodyRow | None, now: BodyRow
    ) -> Obstacle | None:
        if then is None:
            return Obstacle(identity.origin)
        if then.cluster != now.cluster:
            return Obstacle("moved")
        named = {other.name: other for other in self.earlier.rules.categories}
        if category.name not in named:
            return Obstacle("no_category")
        old, new = self.earlier.rules, self.later.rules
        before = category_definition(old, named[category.name])
        uses = category_uses(new, category)
        return self._measured_apart(before, category_definition(new, category), uses)

    def _figure(
        self, name: str, identity: Identity, then: BodyRow | None, now: BodyRow
    ) -> FigureChange:
        before = _value(name, then, self.earlier) if then else None
        after = _value(name, now, self.later)
        obstacle = Obstacle(identity.origin) if then is None else self._figure_obstacle(name)
        if obstacle is None and (before is None or after is None):
            obstacle = Obstacle("unknown")
        ratio = after / before if not obstacle and before and after is not None else None
        return FigureChange(name, before, after, ratio, obstacle)

    def _figure_obstacle(self, name: str) -> Obstacle | None:
        old, new = self.earlier.rules, self.later.rules
        if name == "posts_per_week":
            return self._measured_apart(general_definition(old), general_definition(new), ())
        if name == "follower_count":
            before, after = general_definition(old), general_definition(new)
            return self._measured_apart(before, after, follower_uses(new))
        before, after = interactions_definition(old), interactions_definition(new)
        return self._measured_apart(before, after, interaction_uses(new))

    def _measured_apart(
        self, before: Hashable, after: Hashable, uses: Iterable[Use]
    ) -> Obstacle | None:
        if before != after:
            return Obstacle("definition")
        found = first_break(self.breaks, uses, self.earlier.window, self.later.window)
        return Obstacle("break", found) if found else None


def _is_of_one_length(earlier: Side, later: Side) -> bool:
    """Whether two windows are as long, to within a leap year's day."""
    return abs(earlier.window.day_count - later.window.day_count) <= 1


def _standing(side: Side, category: str, institution_id: str) -> Standing | None:
    row: PlaceRow | None = side.places.get((category, institution_id))
    if row is None or row.rank is None:
        return None
    return Standing(
        row.rank, row.rank_low, row.rank_high, side.ranked_counts[category, row.cluster]
    )


def _verdict(before: Standing, after: Standing) -> str:
    """Whether a place rose or fell: only where the two intervals lie apart.

    As clusters grow and shrink, they must lie apart as ranks and as shares of the ranked, in one
    direction: eighth of sixty is no fall from fifth of ten.
    """
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return "no_interval"
    if after.high < before.low and after.high * before.of < before.low * after.of:
        return "rose"
    if after.low > before.high and after.low * before.of > before.high * after.of:
        return "fell"
    return "inseparable"


def _value(name: str, body: BodyRow, side: Side) -> float | None:
    """A figure that does not grow with the length of the window; None where it is not known."""
    if name == "posts_per_week":
        return 7 * body.post_count / side.window.day_count
    if name == "follower_count":
        return None if body.follower_count is None else float(body.follower_count)
    return side.interactions_per_post.get(body.institution_id)
