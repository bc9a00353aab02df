"""An award as pages see it: its state, its winners, its nominees."""

from collections.abc import Iterable
from dataclasses import dataclass

from tolok.methodology.category import Category
from tolok.methodology.edition import Cluster
from tolok.methodology.rules import Rules
from tolok.publish.award_rows import NomineeRow, WinnerRow
from tolok.publish.grouping import grouped

AwardKey = tuple[str, str]
"""A category and a cluster."""


@dataclass(frozen=True)
class Award:
    """One category in one cluster: its state, its winners and its nominees, best first."""

    category: Category
    cluster: Cluster
    status: str
    reason: str
    winners: tuple[WinnerRow, ...]
    nominees: tuple[NomineeRow, ...]

    @property
    def key(self) -> AwardKey:
        """Its category and its cluster, by name."""
        return self.category.name, self.cluster.name


def awards_of(
    rules: Rules, winners: Iterable[WinnerRow], nominees: Iterable[NomineeRow]
) -> dict[AwardKey, Award]:
    """Every award of the rules, categories in their order, clusters in theirs."""
    won = grouped(winners, lambda row: (row.category, row.cluster))
    named = grouped(
        sorted(nominees, key=lambda row: (row.place, row.institution_id)),
        lambda row: (row.category, row.cluster),
    )
    awards: dict[AwardKey, Award] = {}
    for category in rules.categories:
        for cluster in rules.edition.clusters:
            key = (category.name, cluster.name)
            rows = won.get(key, [])
            awards[key] = Award(
                category=category,
                cluster=cluster,
                status=rows[0].status if rows else "not_awarded",
                reason=(rows[0].reason or "") if rows else "",
                winners=tuple(row for row in rows if row.institution_id),
                nominees=tuple(named.get(key, ())),
            )
    return awards
