"""What a year's posts say over all institutions: when, in which kinds, and who grew."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median, stdev
from typing import Any

from tolok.composite.habit import NORMAL_90, Effect
from tolok.metrics.expression import FIXED_POINT
from tolok.publish.habits import PART_HOURS
from tolok.publish.results import Results
from tolok.publish.rows import AccountRow, PostingHourRow, PostingKindRow

LEAST_POSTS = 10
"""An institution with fewer posts in a group says nothing about it."""
LEAST_INSTITUTIONS = 5
"""With fewer institutions no mean over them is stated."""
LEAST_FOLLOWERS = 100
"""Growth of fewer followers than this is chance."""


@dataclass(frozen=True)
class Growth:
    """How the followers of some accounts grew from their first reading to their last.

    Units: shares; 0.1 is ten percent. Missing: None where no account can be compared.
    """

    account_count: int
    middle: float | None
    first_total: int
    last_total: int


def hour_counts(rows: Iterable[PostingHourRow]) -> list[list[int]]:
    """Posts by weekday, from Monday, and hour."""
    counts = [[0] * 24 for _ in range(7)]
    for row in rows:
        counts[row.weekday - 1][row.hour] += row.post_count
    return counts


def kind_counts(rows: Iterable[PostingKindRow]) -> dict[str, Counter[str]]:
    """Posts of each kind, by platform."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.platform][row.kind or "unknown"] += row.post_count
    return counts


def part_effects(rows: Iterable[PostingHourRow]) -> dict[int, Effect]:
    """What each part of the day brings, a mean over institutions."""
    return _effects((row.hour // PART_HOURS, row) for row in rows)


def weekday_effects(rows: Iterable[PostingHourRow]) -> dict[int, Effect]:
    """What each day of the week brings, 0 Monday, a mean over institutions."""
    return _effects((row.weekday - 1, row) for row in rows)


def kind_effects(rows: Iterable[PostingKindRow]) -> dict[str, Effect]:
    """What each known kind brings, a mean over institutions."""
    return _effects((row.kind, row) for row in rows if row.kind)


def platform_kind_effects(rows: Iterable[PostingKindRow]) -> dict[tuple[str, str], Effect]:
    """What each known kind brings on each platform, a mean over institutions."""
    return _effects(((row.platform, row.kind), row) for row in rows if row.kind)


def growth(accounts: Iterable[AccountRow], results: Results) -> Growth:
    """The growth of the accounts with two readings, the typical account's and their sum's."""
    shares, first_total, last_total = [], 0, 0
    for account_id in sorted({account.account_id for account in accounts}):
        row = results.audience_of.get(account_id)
        if row is None or row.follower_first is None or row.follower_last is None:
            continue
        if not row.follower_days or row.follower_first < LEAST_FOLLOWERS:
            continue
        shares.append(row.follower_last / row.follower_first - 1)
        first_total += row.follower_first
        last_total += row.follower_last
    return Growth(len(shares), median(shares) if shares else None, first_total, last_total)


def _effects(
    rows: Iterable[tuple[object, PostingHourRow | PostingKindRow]],
) -> dict[Any, Effect]:
    """The mean of the institutions' own means, with the interval that their spread gives.

    Missing: a group in which fewer than LEAST_INSTITUTIONS have LEAST_POSTS posts has none.
    """
    sums: dict[object, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for group, row in rows:
        found = sums[group][row.institution_id]
        found[0] += row.known_count
        found[1] += row.effect_sum
    effects: dict[Any, Effect] = {}
    for group, by_institution in sums.items():
        means = [
            total / FIXED_POINT / count
            for count, total in by_institution.values()
            if count >= LEAST_POSTS
        ]
        if len(means) >= LEAST_INSTITUTIONS:
            middle = fmean(means)
            half = NORMAL_90 * stdev(means) / len(means) ** 0.5
            effects[group] = Effect(len(means), middle, middle - half, middle + half)
    return effects
