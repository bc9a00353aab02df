"""The recipes that are tried for a buyer in a category, made once for all categories."""

from dataclasses import dataclass, field

import numpy as np

from tolok.methodology.rules import Rules
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_edge import edges_of
from tolok.scoring.flip_need import Need
from tolok.scoring.flip_posts import DAYS_IN_WEEK
from tolok.scoring.flip_recipe import MEASURES, Recipe, Room, lifts_of, recipes_of
from tolok.scoring.reference import Reference


@dataclass(frozen=True, eq=False)
class Shelf:
    """Recipes by buyer and kinds of posts."""

    rules: Rules
    reference: Reference
    _known: dict[tuple[int, tuple[str, ...]], list[Recipe]] = field(
        default_factory=dict, init=False, repr=False
    )

    def recipes(self, buyer: Buyer, need: Need) -> list[Recipe]:
        """Every recipe that is tried for a buyer, in a fixed order.

        The kinds are those that the category, or a category whose score it takes, is about. Means
        that scoring does not read are left out.
        """
        room = room_of(buyer, self.rules)
        groups = sorted({one.gate.kinds for one in need.rules.categories})
        recipes = [recipe for kinds in groups for recipe in self._of_kinds(buyer, room, kinds)]
        recipes += lifts_of(buyer.posts, room, edges_of(buyer, need.rules, self.reference))
        unread = {name for name, of in MEASURES.items() if not buyer.reads(of, need)}
        return [recipe for recipe in recipes if recipe.means not in unread]

    def _of_kinds(self, buyer: Buyer, room: Room, kinds: tuple[str, ...]) -> list[Recipe]:
        key = buyer.row, kinds
        if key not in self._known:
            self._known[key] = recipes_of(buyer.posts, room, [kinds])
        return self._known[key]


def room_of(buyer: Buyer, rules: Rules) -> Room:
    """Where an institution may buy under the rules of an edition."""
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
