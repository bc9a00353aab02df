"""Followers of the accounts: the level, the growth, and the weekly readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from tolok.simulate.accounts import SimulatedAccount
from tolok.simulate.institutions import Institutions
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, autoregressive, generator

# log10 of followers: French members of parliament on X have a spread of 0.67; the levels are ours.
LOG10_MEANS = {"instagram": 4.7, "facebook": 4.6, "x": 4.4, "youtube": 4.0, "tiktok": 4.3}
CLUSTER_SHIFTS = {
    "ministries": 0.3, "agencies": 0.0, "local-governments": -0.2, "universities": -0.1,
}  # fmt: skip
ROLE_SHIFTS = {"main": 0.0, "topical": -0.5, "unit": -0.8, "leader": 0.0}
LOG10_SD = 0.67
SHARED = 0.6
"""Share of that variance that all accounts of an institution have in common."""

# Log growth in two months: median 0.032, sd about 0.12, one account in forty shrinks.
GROWTH_MEDIAN = 0.032
GROWTH_SPREAD = 1.2
TWO_MONTHS_DAYS = 60.9
SHRINKING = 0.025
JUMP = 0.45
"""Log growth in the one week in which an account buys followers."""
JUMP_AT = 0.7
READING_WEEKS_AFTER = 3


@dataclass(frozen=True)
class Audience:
    """ln of the followers of each account, week by week; NaN where the platform has none.

    Shape: log_followers (accounts, readings).
    """

    log_followers: Floats
    days: tuple[datetime, ...]

    def level(self, plan: SimulationPlan) -> Floats:
        """ln of each account's followers at mid-window: the level its posts are drawn from.

        Shape: (accounts,).  Missing: NaN for accounts without followers.
        """
        weeks = (plan.closes_on - plan.opens_on).days // 7
        return self.log_followers[:, weeks // 2]


def draw_audience(
    plan: SimulationPlan,
    institutions: Institutions,
    accounts: tuple[SimulatedAccount, ...],
    jumping: int,
) -> Audience:
    """Weekly readings from the opening day until some weeks after the close.

    jumping is the position of the account that buys followers.
    """
    weeks = (plan.closes_on - plan.opens_on).days // 7 + READING_WEEKS_AFTER
    first = datetime.combine(plan.opens_on, time(6), plan.zone)
    table = np.full((len(accounts), weeks), np.nan)
    for index, account in enumerate(accounts):
        if account.row.platform in LOG10_MEANS:
            table[index] = _path(plan, institutions, account, weeks)
    table[jumping, int(weeks * JUMP_AT) :] += JUMP
    return Audience(table, tuple(first + timedelta(weeks=week) for week in range(weeks)))


def follower_rows(
    audience: Audience, accounts: tuple[SimulatedAccount, ...]
) -> Iterator[tuple[str, str, str, int]]:
    """(platform, account_id, observed_at, follower_count), by account and reading."""
    counts = np.exp(np.nan_to_num(audience.log_followers)).astype(np.int64)
    for index, account in enumerate(accounts):
        platform = account.row.platform
        if platform not in LOG10_MEANS:
            continue
        late = timedelta(seconds=7 * index % 3600)
        for day, count in zip(audience.days, counts[index].tolist(), strict=True):
            shown = three_digits(count) if platform == "youtube" else count
            yield platform, account.export_id, (day + late).isoformat(), shown


def three_digits(count: int) -> int:
    """A count rounded down to three significant digits, as YouTube shows subscribers.

    >>> three_digits(123_987), three_digits(999)
    (123000, 999)
    """
    unit: int = 10 ** max(len(str(count)) - 3, 0)
    return count // unit * unit


def _path(
    plan: SimulationPlan, institutions: Institutions, account: SimulatedAccount, weeks: int
) -> Floats:
    """ln followers by week; the middle of the window is the level that the spread speaks of."""
    institution = institutions.rows[account.voice]
    shared = generator(plan.seed, "audience", institution.institution_id).standard_normal()
    rng = generator(plan.seed, "followers", account.row.account_id)
    own = rng.standard_normal()
    spread = LOG10_SD * (np.sqrt(SHARED) * shared + np.sqrt(1.0 - SHARED) * own)
    mean = LOG10_MEANS[account.row.platform] + CLUSTER_SHIFTS[institution.cluster]
    log10_level = max(mean + ROLE_SHIFTS[account.row.role] + spread, 2.3)
    growth = GROWTH_MEDIAN * np.exp(GROWTH_SPREAD * rng.standard_normal())
    if rng.random() < SHRINKING:
        growth = -0.3 * growth
    weekly = min(growth, 0.4) * 7.0 / TWO_MONTHS_DAYS
    centred = np.arange(weeks) - (plan.closes_on - plan.opens_on).days // 7 // 2
    wobble = autoregressive(rng, weeks, 0.002, 0.5)
    path: Floats = np.log(10.0) * log10_level + weekly * centred + wobble
    return path
