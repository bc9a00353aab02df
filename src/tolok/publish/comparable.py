"""What may be compared across two editions: the definitions that a figure rests on, and its counts.

A definition is a value that is equal in both editions exactly where they measure the same thing in
the same way; labels and texts are no part of it.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules, metrics_used
from tolok.model import COUNTS, Label, Window
from tolok.registry.breaks import Break

INTERACTIONS = "interaction_count"
FOLLOWERS = "follower_count"
_COUNT = re.compile(rf"\b({'|'.join((INTERACTIONS, FOLLOWERS, *COUNTS))})\b")
_BY_AUDIENCE = ("residual", "above_expected", "growth")
"""Models that take what the number of followers lets expect."""


@dataclass(frozen=True)
class Use:
    """A count that a figure reads on one platform, of posts of these kinds (none: of any)."""

    platform: str
    count: str
    kinds: tuple[str, ...] = ()


def general_definition(rules: Rules) -> Hashable:
    """The rules that every figure rests on: which platforms, whose posts, and which reading."""
    edition = rules.edition
    return (tuple(sorted(edition.platforms)), edition.attribution, edition.snapshot)


def metric_definition(rules: Rules, name: str) -> Hashable:
    """A metric without its words: expression, unit, table and grain; None where there is none."""
    metric = rules.metrics.get(name)
    return (metric.sql, metric.unit, metric.table, metric.grain) if metric else None


def interactions_definition(rules: Rules) -> Hashable:
    """What adds up to an interaction, by platform, and the metrics of interactions and posts."""
    columns = tuple((name, rules.columns.get(name, ())) for name in sorted(rules.edition.platforms))
    metrics = tuple(metric_definition(rules, name) for name in (INTERACTIONS, "post_count"))
    return (general_definition(rules), columns, metrics)


def category_definition(rules: Rules, category: Category) -> Hashable:
    """A category without its words: its indicators, their weights and metrics, and its gate."""
    edition = rules.edition
    named = {other.name: other for other in rules.categories}
    parts = tuple(
        (
            replace(indicator, label=Label("", "")),
            tuple((name, metric_definition(rules, name)) for name in metrics_used(indicator)),
            category_definition(rules, named[indicator.category])
            if indicator.model == "category" and indicator.category in named
            else None,
        )
        for indicator in category.indicators
    )
    is_of_interactions = any(use.count != "view_count" for use in category_uses(rules, category))
    return (
        interactions_definition(rules) if is_of_interactions else general_definition(rules),
        tuple(sorted(edition.platform_weights.items())),
        edition.scoring,
        category.aggregation,
        category.gate,
        parts,
    )


def interaction_uses(rules: Rules, kinds: tuple[str, ...] = ()) -> Iterator[Use]:
    """The counts that add up to interactions on the edition's platforms."""
    for platform in rules.edition.platforms:
        for count in rules.columns.get(platform, ()):
            yield Use(platform, count, kinds)


def follower_uses(rules: Rules) -> Iterator[Use]:
    """The counts of followers on the edition's platforms."""
    for platform in rules.edition.platforms:
        yield Use(platform, FOLLOWERS)


def category_uses(rules: Rules, category: Category) -> frozenset[Use]:
    """Every count that a category's indicators read."""
    named = {other.name: other for other in rules.categories}
    uses: set[Use] = set()
    for indicator in category.indicators:
        if indicator.model == "category":
            other = named.get(indicator.category)
            uses |= category_uses(rules, other) if other else set()
        else:
            kinds = indicator.every_kind or category.gate.kinds
            for count in _counts(rules, indicator):
                uses |= set(_uses_of(rules, count, kinds))
    return frozenset(uses)


def first_break(
    breaks: Sequence[Break], uses: Iterable[Use], earlier: Window, later: Window
) -> Break | None:
    """The first break, between two windows or inside one, that concerns one of some counts."""
    asked = tuple(uses)
    found = (
        one
        for one in breaks
        if one.parts(earlier, later)
        and any(one.concerns(use.platform, use.count, use.kinds) for use in asked)
    )
    return min(found, key=lambda one: one.from_on, default=None)


def _counts(rules: Rules, indicator: Indicator) -> set[str]:
    """The counts that one indicator reads: its measure's, and those its metrics name."""
    counts: set[str] = set()
    if indicator.model in ("residual", "level", "above_expected", "uplift"):
        counts.add(indicator.measure)
    if indicator.model in _BY_AUDIENCE:
        counts.add(FOLLOWERS)
    for name in metrics_used(indicator):
        metric = rules.metrics.get(name)
        counts |= set(_COUNT.findall(metric.sql)) if metric else set()
    return counts


def _uses_of(rules: Rules, count: str, kinds: tuple[str, ...]) -> Iterator[Use]:
    if count == INTERACTIONS:
        yield from interaction_uses(rules, kinds)
    else:
        for platform in rules.edition.platforms:
            yield Use(platform, count, () if count == FOLLOWERS else kinds)
