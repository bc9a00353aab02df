"""What scoring a category reads of a panel; a trial needs nothing else."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules, metrics_used
from tolok.scoring.engagement import other_kinds
from tolok.scoring.estimate import STRATIFIED

ACTIVE_DAYS = "active_day_count"


class Group(NamedTuple):
    """Posts whose counts of a measure are looked at one by one.

    With `others` they stand side by side with the posts of other kinds, in the weeks with both.
    """

    measure: str
    kinds: tuple[str, ...]
    others: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Need:
    """The rules of a category and of those whose scores it takes, and all that they read."""

    rules: Rules
    groups: tuple[Group, ...]
    metrics: frozenset[str]

    @property
    def measures(self) -> set[str]:
        """The measures of the posts that are looked at one by one."""
        return {group.measure for group in self.groups}


def need_of(category: Category, rules: Rules) -> Need:
    """What a category reads."""
    needed = rules_for(category, rules)
    indicators = [one for c in needed.categories for one in c.indicators]
    groups = [group for one in indicators if one.model in STRATIFIED for group in _groups(one)]
    metrics = {name for one in indicators for name in metrics_used(one)} | {ACTIVE_DAYS}
    return Need(needed, tuple(dict.fromkeys(groups)), frozenset(metrics))


def rules_for(category: Category, rules: Rules) -> Rules:
    """The same rules with this category and those whose scores it takes, and no other."""
    by_name = {one.name: one for one in rules.categories}
    needed, queue = set(), [category.name]
    while queue:
        name = queue.pop()
        needed.add(name)
        queue += [one.category for one in by_name[name].indicators if one.model == "category"]
    return replace(rules, categories=tuple(one for one in rules.categories if one.name in needed))


def _groups(indicator: Indicator) -> list[Group]:
    strata = indicator.strata or (indicator.kinds,)
    others = other_kinds(strata) if indicator.model == "uplift" else None
    return [Group(indicator.measure, kinds, others) for kinds in strata]
