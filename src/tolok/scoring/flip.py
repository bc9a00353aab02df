"""The cost to flip: the least purchase that brings an institution to the first place, or in.

The search scores real purchases and nothing else: the cost it states was scored and flips, and
the same purchase less one unit was scored and does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from tolok.methodology.category import Category
from tolok.methodology.rules import Rules, metrics_used
from tolok.scoring.edition import score_categories
from tolok.scoring.estimate import STRATIFIED
from tolok.scoring.flip_award import Award, Reach, awards_of
from tolok.scoring.flip_edge import edges_of
from tolok.scoring.flip_panel import Buyer
from tolok.scoring.flip_posts import DAYS_IN_WEEK, INTERACTIONS, VIEWS
from tolok.scoring.flip_recipe import Recipe, Room, lifts_of, recipes_of
from tolok.scoring.flip_search import Scorer, Search, rules_for, search_award
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.view import view_of

Value = TypeVar("Value")

MEANS = ("interactions", "views", "posts", "deletions")
MEASURES = {"interactions": INTERACTIONS, "views": VIEWS}
"""What is bought, by means; posts come and go whole."""
SAME = 1e-9
"""An institution's posts reproduce its score if they come nearer to it than this."""


@dataclass(frozen=True)
class Flip:
    """What it would cost one institution to change one award by one means.

    `cost` is None, and `recipe` empty, where no purchase up to `bound` flips; `own_count` is what
    the institution has of the same itself: interactions, views, or posts.
    """

    category: str
    cluster: str
    institution_id: str
    rank: int
    outcome: str
    means: str
    recipe: str
    cost: int | None
    bound: int
    own_count: int

    @property
    def cost_share(self) -> float | None:
        """The cost as a share of what the institution has itself."""
        return None if self.cost is None else self.cost / self.own_count


def contenders_of(panel: Panel, rules: Rules, reference: Reference, reach: Reach) -> list[int]:
    """The rows of the institutions within reach of any award, sorted."""
    view = view_of(panel, rules)
    awards = awards_of(view, score_categories(view, reference))
    return sorted({row for award in awards for row, _ in award.contenders(reach)})


def flips_of(
    buyers: Mapping[int, Buyer], rules: Rules, reference: Reference, reach: Reach
) -> list[Flip]:
    """The cost to flip every award, for each buyer within reach, by each means.

    Shape: awards in the order of the rules, then outcome, buyers by rank, means.
    Missing: a buyer whose posts do not reproduce its score in an award has no rows there.
    """
    if not buyers:
        return []
    view = view_of(next(iter(buyers.values())).panel, rules)
    by_name = {category.name: category for category in rules.categories}
    scorers = {
        name: Scorer(_reduced(buyers, category, rules), category, rules, reference)
        for name, category in by_name.items()
    }
    return [
        flip
        for award in awards_of(view, score_categories(view, reference))
        for flip in _flips(award, scorers[award.category], reach)
    ]


def _reduced(buyers: Mapping[int, Buyer], category: Category, rules: Rules) -> dict[int, Buyer]:
    """The same buyers in a panel that holds only what a category reads: trials are then short."""
    panel = next(iter(buyers.values())).panel
    indicators = [one for c in rules_for(category, rules).categories for one in c.indicators]
    metrics = {name for one in indicators for name in metrics_used(one)} | {"active_day_count"}
    measures = {one.measure for one in indicators if one.model in STRATIFIED}
    small = replace(
        panel,
        histograms=_chosen(panel.histograms, measures),
        account_counts=_chosen(panel.account_counts, metrics),
        institution_counts=_chosen(panel.institution_counts, metrics),
    )
    return {row: replace(buyer, panel=small) for row, buyer in buyers.items()}


def _chosen(named: Mapping[str, Value], names: set[str]) -> dict[str, Value]:
    return {name: value for name, value in named.items() if name in names}


def recipes_for(
    buyer: Buyer, category: Category, rules: Rules, reference: Reference
) -> list[Recipe]:
    """Every recipe that is tried for a buyer in a category, in a fixed order.

    The kinds are those that the category, or a category whose score it takes, is about.
    """
    needed = rules_for(category, rules)
    groups = {one.gate.kinds for one in needed.categories}
    room = _room(buyer, rules)
    recipes = recipes_of(buyer.posts, room, sorted(groups))
    recipes += lifts_of(buyer.posts, room, edges_of(buyer, needed, reference))
    unread = {means for means, measure in MEASURES.items() if not buyer.reads(measure)}
    return [recipe for recipe in recipes if recipe.means not in unread]


def _flips(award: Award, scorer: Scorer, reach: Reach) -> list[Flip]:
    near = [(row, outcome) for row, outcome in award.contenders(reach) if row in scorer.buyers]
    rows = [row for row in dict.fromkeys(row for row, _ in near) if _is_sound(award, scorer, row)]
    recipes = {
        row: recipes_for(scorer.buyers[row], scorer.category, scorer.rules, scorer.reference)
        for row in rows
    }
    searches = [
        Search(row, outcome, recipe) for row, outcome in near for recipe in recipes.get(row, ())
    ]
    best = search_award(award, scorer, searches)
    found: list[Flip] = []
    for row, outcome in near:
        for means in MEANS:
            tried = [recipe for recipe in recipes.get(row, ()) if recipe.means == means]
            if tried:
                cheapest = best.get((row, outcome, means))
                found.append(_flip(award, scorer.buyers[row], outcome, tried, cheapest))
    return found


def _flip(
    award: Award, buyer: Buyer, outcome: str, tried: list[Recipe], cheapest: Search | None
) -> Flip:
    return Flip(
        category=award.category,
        cluster=award.cluster,
        institution_id=buyer.panel.institution_ids[buyer.row],
        rank=int(award.rank[award.at(buyer.row)]),
        outcome=outcome,
        means=tried[0].means,
        recipe=cheapest.recipe.code if cheapest else "",
        cost=cheapest.high if cheapest else None,
        bound=max(recipe.bound for recipe in tried),
        own_count=max(recipe.own for recipe in tried),
    )


def _room(buyer: Buyer, rules: Rules) -> Room:
    edition = rules.edition
    window, weights = edition.window, edition.platform_weights
    platforms = tuple(buyer.panel.platforms[code] for code in buyer.platform)
    days = np.arange(buyer.weeks * DAYS_IN_WEEK)
    opens = (window.opens_on - window.weeks[0]).days
    closes = (window.closes_on - window.weeks[0]).days
    return Room(
        platform=platforms,
        is_weighed=np.array([weights.get(name, 0.0) > 0 for name in platforms], dtype=np.bool_),
        is_open=(days >= opens) & (days < closes),
        daily_cap=edition.scoring.daily_cap,
        trim_share=edition.scoring.trim_share,
    )


def _is_sound(award: Award, scorer: Scorer, row: int) -> bool:
    """Whether an institution's posts reproduce its known score."""
    known = float(award.score[award.at(row)])
    return abs(scorer.unchanged(row).score - known) <= SAME
