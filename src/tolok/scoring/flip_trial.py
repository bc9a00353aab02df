"""Trials: purchases scored by the formulas of the edition, many at once.

Each is an institution of one panel, which holds what the category reads and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tolok.methodology.category import Category
from tolok.methodology.rules import Rules
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_award import Trial, active_days
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import Need, need_of
from tolok.scoring.flip_panel import panel_of
from tolok.scoring.flip_recipe import Recipe
from tolok.scoring.reference import Reference
from tolok.scoring.view import view_of

TRIALS_AT_ONCE = 200
"""Institutions in one panel of trials: numpy then takes little time of its own."""

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

    @cached_property
    def need(self) -> Need:
        """What the category reads."""
        return need_of(self.category, self.rules)

    def score(self, purchases: Sequence[Purchase]) -> list[Trial]:
        """The trial of each purchase; what was scored before is not scored again."""
        keys = [_key(purchase) for purchase in purchases]
        new = {
            key: purchase
            for key, purchase in zip(keys, purchases, strict=True)
            if key not in self._known
        }
        names = list(new)
        for start in range(0, len(names), TRIALS_AT_ONCE):
            batch = names[start : start + TRIALS_AT_ONCE]
            found = self._trials([self._change(*new[name]) for name in batch])
            self._known.update(zip(batch, found, strict=True))
        return [self._known[key] for key in keys]

    def unchanged(self, rows: Sequence[int]) -> list[Trial]:
        """The trials of institutions that buy nothing."""
        return self._trials([(self.buyers[row], Change()) for row in rows]) if rows else []

    def _change(self, row: int, recipe: Recipe, size: int) -> tuple[Buyer, Change]:
        return self.buyers[row], recipe.of(size) if size else Change()

    def _trials(self, changes: Sequence[tuple[Buyer, Change]]) -> list[Trial]:
        panel = panel_of(changes, self.need)
        view = view_of(panel, self.need.rules)
        scored = {one.category.name: one for one in score_categories(view, self.reference)}
        one = scored[self.category.name]
        parts = (one.score, one.indicators[0].points, active_days(view))
        return [Trial(*row) for row in zip(*(part.tolist() for part in parts), strict=True)]


def _key(purchase: Purchase) -> tuple[int, str, str, int]:
    row, recipe, size = purchase
    return (row, "", "", 0) if size == 0 else (row, recipe.means, recipe.code, size)
