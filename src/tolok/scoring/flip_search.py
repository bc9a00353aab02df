"""The search for the least purchase that flips: brackets on many recipes, narrowed together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import expm1, inf, isfinite, log1p, nan
from typing import NamedTuple, Protocol

from tolok.scoring.flip_award import Award, Trial
from tolok.scoring.flip_recipe import Recipe
from tolok.scoring.flip_trial import Purchase

START_PARTS = (1, 16)
"""The first purchases looked at: the bound and a part of it, in case a gate closes between."""


class Scores(Protocol):
    """What scores purchases."""

    def score(self, purchases: Sequence[Purchase]) -> list[Trial]:
        """The trial of each purchase."""
        ...


class Goal(NamedTuple):
    """What searches share of which only the cheapest matters."""

    cluster: str
    row: int
    outcome: str
    means: str


@dataclass(eq=False)
class Search:
    """A bracket on one recipe's purchases: `low` of them do not flip, `high` do."""

    award: Award
    row: int
    outcome: str
    recipe: Recipe
    low: int = 0
    high: int | None = None
    low_gap: float = nan
    high_gap: float = nan
    _turns: list[bool] = field(default_factory=list)

    @property
    def goal(self) -> Goal:
        """What it is a search for."""
        return Goal(self.award.cluster, self.row, self.outcome, self.recipe.means)

    def start(self, trials: Mapping[int, Trial]) -> None:
        """Take in the first purchases: the smallest that flips, and the largest below it."""
        for size in sorted(trials):
            gap, flips = self._look(trials[size])
            if flips:
                self.high, self.high_gap = size, gap
                return
            self.low, self.low_gap = size, gap

    def narrow(self, size: int, trial: Trial) -> None:
        """Take in what one purchase did; an end that stands still twice counts half."""
        gap, flips = self._look(trial)
        again = self._turns[-1:] == [flips]
        if flips:
            self.high, self.high_gap = size, gap
            self.low_gap /= 2 if again else 1
        else:
            self.low, self.low_gap = size, gap
            self.high_gap /= 2 if again else 1
        self._turns.append(flips)

    @property
    def estimate(self) -> float:
        """Where a line through both ends meets the bar, sizes being on a scale of logs."""
        assert self.high is not None
        spread = self.high_gap - self.low_gap
        share = -self.low_gap / spread if isfinite(spread) and spread > 0 else 0.5
        return _between(self.low, self.high, share)

    def next_size(self) -> int:
        """The purchase to look at next: where a line meets the bar.

        Every third time it is the middle, so that the bracket closes whatever the scores do.
        """
        assert self.high is not None
        if len(self._turns) % 3 == 2:
            is_narrow = self.high < 4 * self.low
            middle = (self.low + self.high) / 2
            size = middle if is_narrow else _between(self.low, self.high, 0.5)
        else:
            size = self.estimate
        return min(max(round(size), self.low + 1), self.high - 1)

    def _look(self, trial: Trial) -> tuple[float, bool]:
        gap = trial.score - self.award.bar(self.row, self.outcome)
        return (gap if isfinite(gap) else -inf), self.award.flips(self.row, self.outcome, trial)


def search_all(scorer: Scores, searches: Sequence[Search]) -> dict[Goal, Search]:
    """The cheapest search of each goal that flips; those that do not are left out.

    Ties: of recipes that cost the same, the first in their order.
    """
    _start(scorer, searches)
    by_goal: dict[Goal, list[Search]] = {}
    for search in searches:
        if search.high is not None:
            by_goal.setdefault(search.goal, []).append(search)
    goals = list(by_goal.values())
    while steps := [step for rivals in goals for step in _steps(rivals)]:
        trials = scorer.score([(search.row, search.recipe, size) for search, size in steps])
        for (search, size), trial in zip(steps, trials, strict=True):
            search.narrow(size, trial)
    return {goal: _best(rivals) for goal, rivals in by_goal.items()}


def _start(scorer: Scores, searches: Sequence[Search]) -> None:
    first = [(search, size) for search in searches for size in _first_sizes(search.recipe)]
    trials = scorer.score([(search.row, search.recipe, size) for search, size in first])
    found: dict[Search, dict[int, Trial]] = {search: {} for search in searches}
    for (search, size), trial in zip(first, trials, strict=True):
        found[search][size] = trial
    for search, of_sizes in found.items():
        search.start(of_sizes)


def _steps(rivals: Sequence[Search]) -> list[tuple[Search, int]]:
    """What to look at next for one goal: what promises the least, until its cost is known.

    Then each of the others is asked for one unit less; for as much, if it comes first in order.
    """
    best = _best(rivals)
    assert best.high is not None
    limits = []
    is_before = True
    for search in rivals:
        is_before = is_before and search is not best
        limits.append(best.high if is_before else best.high - 1)
    chosen = [pair for pair in zip(rivals, limits, strict=True) if pair[0].low < pair[1]]
    if not chosen:
        return []
    if best.low < best.high - 1:
        search, limit = min(chosen, key=lambda pair: pair[0].estimate)
        return [(search, min(search.next_size(), limit))]
    return chosen


def _best(rivals: Sequence[Search]) -> Search:
    return min(rivals, key=lambda search: search.high or inf)


def _first_sizes(recipe: Recipe) -> list[int]:
    return sorted({0, *(max(recipe.bound // part, 1) for part in START_PARTS)})


def _between(low: int, high: int, share: float) -> float:
    ends = log1p(low), log1p(high)
    return expm1(ends[0] + (ends[1] - ends[0]) * min(max(share, 0.0), 1.0))
