"""How many posts each account makes, so that all of them add up to what was asked."""

import numpy as np

from tolok.simulate.accounts import SimulatedAccount
from tolok.simulate.oddity import Cast
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, Ints, generator
from tolok.simulate.timetable import Timetable, local_midnight
from tolok.simulate.truth import Truth

# Posts of an account relative to an Instagram main account of the same institution.
PLATFORM_FACTORS = {
    "instagram": 1.0, "facebook": 0.95, "x": 1.1, "youtube": 0.3, "tiktok": 0.5, "web": 0.6,
}  # fmt: skip
ROLE_FACTORS = {"main": 1.0, "topical": 0.5, "unit": 0.4, "leader": 0.5}
# 27 state governments: 10 and 90 % at 635 and 1,868 posts a year, about log-normal.
LOG_SD = 0.42
SHARED = 0.7
"""Share of that variance that is the institution's own activity."""

FEWEST = 6
"""No account posts less, but for those cast to."""
FEW = (3, 4, 5)
SPAM_A_DAY = 34
SPAM_SHARE = 0.004
SPAM_MOST = 4000


def spam_count(plan: SimulationPlan) -> int:
    """The spammer's nearly equal posts: whole days of them, one day at least."""
    wanted = min(SPAM_SHARE * plan.posts, SPAM_MOST)
    return SPAM_A_DAY * max(1, int(wanted / SPAM_A_DAY))


def posting_days(
    plan: SimulationPlan,
    accounts: tuple[SimulatedAccount, ...],
    timetable: Timetable,
    cast: Cast,
) -> Floats:
    """The intensity gathered when each account starts and stops.

    Shape: (accounts, 2).
    """
    days = np.empty((len(accounts), 2))
    for index, account in enumerate(accounts):
        starts, stops = int(timetable.starts_at[0]), int(timetable.starts_at[-1])
        if account.starts_on:
            starts = local_midnight(plan, account.starts_on)
        if account.stops_on:
            stops = local_midnight(plan, account.stops_on)
        elif index in cast.stopped:
            stops = timetable.at_share(0.35 + 0.1 * (index % 4))
        days[index] = timetable.risen_at(starts), timetable.risen_at(stops)
    return days


def draw_volumes(
    plan: SimulationPlan,
    accounts: tuple[SimulatedAccount, ...],
    truth: Truth,
    days: Floats,
    cast: Cast,
) -> Ints:
    """Posts of each account; they add up to the plan's posts.

    Shape: (accounts,).
    """
    weights = np.empty(len(accounts))
    for index, account in enumerate(accounts):
        luck = generator(plan.seed, "volume", account.row.account_id).standard_normal()
        log_rate = np.sqrt(SHARED) * truth.activity[account.voice] + np.sqrt(1 - SHARED) * luck
        factor = PLATFORM_FACTORS[account.row.platform] * ROLE_FACTORS[account.row.role]
        weights[index] = factor * np.exp(LOG_SD * log_rate) * (days[index, 1] - days[index, 0])
    volumes: Ints = np.full(len(accounts), FEWEST, np.int64)
    volumes[cast.spammer] += spam_count(plan)
    for turn, index in enumerate(cast.few):
        volumes[index] = FEW[turn % len(FEW)]
        weights[index] = 0.0
    volumes += _shared_out(plan.posts - int(volumes.sum()), weights)
    return volumes


def _shared_out(total: int, weights: Floats) -> Ints:
    """A total in whole numbers in proportion to weights, by largest remainder."""
    exact = total * weights / weights.sum()
    shares: Ints = exact.astype(np.int64)
    rest = total - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:rest]] += 1
    return shares
