"""The search for the least purchase that flips: brackets on many recipes, narrowed together.

Every purchase looked at is scored by the formulas of the edition; many of them at once, each as
an institution of one panel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import expm1, inf, isfinite, log1p, nan

from tolok.methodology.category import Category
from tolok.methodology.rules import Rules
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_award import Award, Trial, active_days
from tolok.scoring.flip_panel import Buyer, panel_of
from tolok.scoring.flip_recipe import Change, Recipe
from tolok.scoring.reference import Reference
from tolok.scoring.view import view_of

POSTS_AT_ONCE = 250_000
"""Posts in one panel of trials: it then takes some hundred MB, and numpy little time of its own."""
START_PARTS = (1, 16)
"""The first purchases looked at: the bound and a part of it, in case a gate closes between."""

Purchase = tuple[int, Recipe, int]
"""A row of the panel, a recipe, and the number of its units."""


@dataclass(frozen=True, eq=False)
class Scorer:
    """Scores purchases in one category under frozen parameters, and remembers them."""

    buyers: Mapping[int, Buyer]
    category: Category
    rules: Rules
    reference: Reference
    _known: dict[tuple[int, str, str, int], Trial] = field(default_factory=dict, repr=False)

    def score(self, purchases: Sequence[Purchase]) -> list[Trial]:
        """The trial of each purchase; what was scored before is not scored again."""
        keys = [_key(purchase) for purchase in purchases]
        new = {
            key: purchase
            for key, purchase in zip(keys, purchases, strict=True)
            if key not in self._known
        }
        batch: dict[tuple[int, str, str, int], Purchase] = {}
        posts = 0
        for key, purchase in new.items():
            batch[key] = purchase
            posts += self.buyers[purchase[0]].posts.day.size
            if posts >= POSTS_AT_ONCE:
                self._run(batch)
                batch, posts = {}, 0
        self._run(batch)
        return [self._known[key] for key in keys]

    def unchanged(self, row: int) -> Trial:
        """The trial of an institution that buys nothing."""
        buyer = self.buyers[row]
        (trial,) = self._trials([(buyer, Change())])
        return trial

    def _run(self, batch: Mapping[tuple[int, str, str, int], Purchase]) -> None:
        if batch:
            trials = [
                (self.buyers[row], recipe.of(size) if size else Change())
                for row, recipe, size in batch.values()
            ]
            self._known.update(zip(batch, self._trials(trials), strict=True))

    def _trials(self, changes: Sequence[tuple[Buyer, Change]]) -> list[Trial]:
        panel = panel_of([(buyer, buyer.after(change)) for buyer, change in changes])
        view = view_of(panel, rules_for(self.category, self.rules))
        scored = {one.category.name: one for one in score_categories(view, self.reference)}
        one = scored[self.category.name]
        parts = (one.score, one.indicators[0].points, active_days(view))
        return [Trial(*map(float, row)) for row in zip(*parts, strict=True)]


def rules_for(category: Category, rules: Rules) -> Rules:
    """The same rules with this category and those whose scores it takes, and no other."""
    by_name = {one.name: one for one in rules.categories}
    needed, queue = set(), [category.name]
    while queue:
        name = queue.pop()
        needed.add(name)
        queue += [one.category for one in by_name[name].indicators if one.model == "category"]
    return replace(rules, categories=tuple(one for one in rules.categories if one.name in needed))


@dataclass(eq=False)
class Search:
    """A bracket on one recipe's purchases: `low` of them do not flip, `high` do."""

    row: int
    outcome: str
    recipe: Recipe
    low: int = 0
    high: int | None = None
    low_gap: float = nan
    high_gap: float = nan
    _turns: list[bool] = field(default_factory=list)

    @property
    def goal(self) -> tuple[int, str, str]:
        """What searches share of which only the cheapest matters."""
        return self.row, self.outcome, self.recipe.means

    def start(self, award: Award, trials: Mapping[int, Trial]) -> None:
        """Take in the first purchases: the smallest that flips, and the largest below it."""
        for size in sorted(trials):
            gap = _gap(award, self, trials[size])
            if award.flips(self.row, self.outcome, trials[size]):
                self.high, self.high_gap = size, gap
                return
            self.low, self.low_gap = size, gap

    def narrow(self, award: Award, size: int, trial: Trial) -> None:
        """Take in what one purchase did; an end that stands still twice counts half."""
        gap, flips = _gap(award, self, trial), award.flips(self.row, self.outcome, trial)
        again = self._turns[-1:] == [flips]
        if flips:
            self.high, self.high_gap = size, gap
            self.low_gap /= 2 if again else 1
        else:
            self.low, self.low_gap = size, gap
            self.high_gap /= 2 if again else 1
        self._turns.append(flips)

    def next_size(self, cheapest: int) -> int:
        """The purchase to look at next, below the cheapest known: where a line meets the bar.

        Every third time it is the middle, so that the bracket closes whatever the scores do.
        """
        assert self.high is not None
        high = min(self.high, cheapest)
        spread = self.high_gap - self.low_gap
        if len(self._turns) % 3 == 2 or not (isfinite(spread) and spread > 0):
            size = (self.low + high) // 2 if high < 4 * self.low else _between(self.low, high, 0.5)
        else:
            size = _between(self.low, self.high, -self.low_gap / spread)
        return min(max(size, self.low + 1), high - 1)


def search_award(
    award: Award, scorer: Scorer, searches: Sequence[Search]
) -> dict[tuple[int, str, str], Search]:
    """The cheapest search of each goal that flips; those that do not are left out.

    Ties: of recipes that cost the same, the first in their order.
    """
    starts = {search: _first_sizes(search.recipe) for search in searches}
    scorer.score([(s.row, s.recipe, size) for s, sizes in starts.items() for size in sizes])
    for search, sizes in starts.items():
        trials = scorer.score([(search.row, search.recipe, size) for size in sizes])
        search.start(award, dict(zip(sizes, trials, strict=True)))
    live = [search for search in searches if search.high is not None]
    best: dict[tuple[int, str, str], Search] = {}
    while True:
        best = _best(live)
        steps = []
        for search in live:
            cheapest = best[search.goal].high
            assert cheapest is not None
            assert search.high is not None
            end = search.high if search is best[search.goal] else cheapest
            if end - search.low > 1:
                steps.append((search, search.next_size(end)))
        if not steps:
            return best
        trials = scorer.score([(s.row, s.recipe, size) for s, size in steps])
        for (search, size), trial in zip(steps, trials, strict=True):
            search.narrow(award, size, trial)


def _best(live: Sequence[Search]) -> dict[tuple[int, str, str], Search]:
    best: dict[tuple[int, str, str], Search] = {}
    for search in live:
        rival = best.setdefault(search.goal, search)
        if (search.high or inf) < (rival.high or inf):
            best[search.goal] = search
    return best


def _first_sizes(recipe: Recipe) -> list[int]:
    return sorted({0, *(max(recipe.bound // part, 1) for part in START_PARTS)})


def _gap(award: Award, search: Search, trial: Trial) -> float:
    gap = trial.score - award.bar(search.row, search.outcome)
    return gap if isfinite(gap) else -inf


def _between(low: int, high: int, share: float) -> int:
    ends = log1p(low), log1p(high)
    return round(expm1(ends[0] + (ends[1] - ends[0]) * min(max(share, 0.0), 1.0)))


def _key(purchase: Purchase) -> tuple[int, str, str, int]:
    row, recipe, size = purchase
    return (row, "", "", 0) if size == 0 else (row, recipe.means, recipe.code, size)
