"""The cost to flip: the least purchase that brings an institution to the first place, or in.

The search scores real purchases and nothing else: the cost it states was scored and flips, and
the same purchase less one unit was scored and does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from tolok.methodology.rules import Rules
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_award import Award, Reach, awards_of
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_recipe import MEANS, Recipe
from tolok.scoring.flip_search import Goal, Search, search_all
from tolok.scoring.flip_shelf import Shelf
from tolok.scoring.flip_trial import Scorer
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.view import view_of

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
    panel: Panel,
    parties: Iterable[Mapping[int, Buyer]],
    rules: Rules,
    reference: Reference,
    reach: Reach,
) -> list[Flip]:
    """The cost to flip every award, for each buyer within reach, by each means.

    Buyers know nothing of each other, so they may come in parties; one is held at a time.
    Shape: awards in the order of the rules, then outcome, buyers by rank, means.
    Missing: a buyer whose posts do not reproduce its score in an award has no rows there.
    """
    view = view_of(panel, rules)
    awards = awards_of(view, score_categories(view, reference))
    of_party = partial(_flips_of_party, awards, rules, reference, reach)
    # map lets go of a party before it asks for the next
    found = list(chain.from_iterable(map(of_party, parties)))
    order = [
        (award.category, award.cluster, outcome, panel.institution_ids[row])
        for award in awards
        for row, outcome in award.contenders(reach)
    ]
    place = {one: at for at, one in enumerate(order)}
    return sorted(
        found,
        key=lambda flip: place[flip.category, flip.cluster, flip.outcome, flip.institution_id],
    )


def _flips_of_party(
    awards: Sequence[Award],
    rules: Rules,
    reference: Reference,
    reach: Reach,
    buyers: Mapping[int, Buyer],
) -> list[Flip]:
    shelf = Shelf(rules, reference)
    found: list[Flip] = []
    for category in rules.categories:
        scorer = Scorer(buyers, category, rules, reference)
        own = [award for award in awards if award.category == category.name]
        found += _flips(own, scorer, shelf, reach)
    return found


def _flips(awards: Sequence[Award], scorer: Scorer, shelf: Shelf, reach: Reach) -> list[Flip]:
    """The flips of one category's awards, searched for together."""
    near = _sound(awards, scorer, reach)
    rows = dict.fromkeys(row for _, row, _ in near)
    recipes = {row: shelf.recipes(scorer.buyers[row], scorer.need) for row in rows}
    searches = [
        Search(award, row, outcome, recipe)
        for award, row, outcome in near
        for recipe in recipes[row]
    ]
    best = search_all(scorer, searches)
    found: list[Flip] = []
    for award, row, outcome in near:
        for means in MEANS:
            tried = [recipe for recipe in recipes[row] if recipe.means == means]
            if tried:
                cheapest = best.get(Goal(award.cluster, row, outcome, means))
                found.append(_flip(award, scorer.buyers[row], outcome, tried, cheapest))
    return found


def _sound(awards: Sequence[Award], scorer: Scorer, reach: Reach) -> list[tuple[Award, int, str]]:
    """Who is within reach of which outcome, of those whose posts reproduce their known score."""
    near = [
        (award, row, outcome)
        for award in awards
        for row, outcome in award.contenders(reach)
        if row in scorer.buyers
    ]
    known = {row: float(award.score[award.at(row)]) for award, row, _ in near}
    trials = dict(zip(known, scorer.unchanged(list(known)), strict=True))
    return [one for one in near if abs(trials[one[1]].score - known[one[1]]) <= SAME]


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
