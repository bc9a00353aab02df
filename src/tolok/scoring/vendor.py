"""Published formulas for one post, account or page, as their publishers work them out.

The statistics by which institutions are ranked stand in `formula`; these are the pieces that people
check by hand, and scores that are shown but rank nobody.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from tolok.composite.array import FloatArray

DAYS_IN_WEEK = 7
ZERO_FACTOR = 2.0
"""A post without any interaction scores minus this many times the expected."""


def post_rate(interactions: float, followers: float) -> float:
    """Interactions of a post over the followers at the time of posting.

    Missing: NaN where followers are not positive.
    Source: CrowdTangle, interaction rate of a post.

    >>> post_rate(10, 800)
    0.0125
    """
    return interactions / followers if followers > 0 else float("nan")


def account_rate(interactions: float, post_count: int, followers: float) -> float:
    """Interactions a post over followers: the mean of the window, or as the publisher says.

    Missing: NaN without a post or without followers.
    Source: CrowdTangle, interaction rate of an account; Fanpage Karma, Post Interaction; quintly.

    >>> round(account_rate(100, 7, 1250), 4)
    0.0114
    """
    return post_rate(interactions / post_count, followers) if post_count else float("nan")


def mean_daily_rate(interactions: Sequence[float], followers: Sequence[float]) -> float:
    """The mean over all days of interactions over followers; days without a post count as 0.

    Shape: (days,) each.  Missing: a day without a follower count has no rate and is left out.
    Source: Fanpage Karma, Engagement; NapoleonCat, engagement rate.
    """
    counts, audience = np.asarray(interactions, float), np.asarray(followers, float)
    known = audience > 0
    return float((counts[known] / audience[known]).mean()) if known.any() else float("nan")


def expected_interactions(last_posts: Sequence[float]) -> float:
    """The mean of the middle half of an account's last posts of one type at one age.

    Shape: (posts,), at most the last 100.  Missing: NaN without a post.
    Source: CrowdTangle, overperforming score: the top and bottom 25 % are dropped.
    """
    ordered = np.sort(np.asarray(last_posts, float))
    cut = ordered.size // 4
    middle = ordered[cut : ordered.size - cut]
    return float(middle.mean()) if middle.size else float("nan")


def overperforming_score(actual: float, expected: float, minimum: float = 0.0) -> float:
    """How a post did against what its own account lets expect; it compares no accounts.

    Units: actual / expected from 1 up; minus expected / actual below; minus twice the expected for
    none at all; actual / minimum where less than the minimum is expected.
    Missing: NaN where nothing is expected and no minimum is set.
    Source: CrowdTangle, https://help.crowdtangle.com/en/articles/2013937

    >>> overperforming_score(100, 50), overperforming_score(100, 200), overperforming_score(0, 200)
    (2.0, -2.0, -400.0)
    """
    if expected < minimum:
        return actual / minimum
    if actual >= expected:
        return post_rate(actual, expected)
    return -expected / actual if actual > 0 else -ZERO_FACTOR * expected


def weekly_growth(first: float, last: float, days: float) -> float:
    """The average weekly compound rate of growth of followers.

    Missing: NaN without followers at the first moment or without time between the two.
    Source: Fanpage Karma, growth: (F_end / F_start)^(7 / days) - 1.

    >>> weekly_growth(500, 2000, 14)
    1.0
    """
    if first <= 0 or days <= 0:
        return float("nan")
    return float((last / first) ** (DAYS_IN_WEEK / days) - 1)


def performance_index(engagement: float, growth: float) -> float:
    """The geometric mean of engagement and growth, both on their published scale of 0 to 100.

    How a value below the best tenth comes on that scale is not published, so nobody is ranked.
    Source: Fanpage Karma, Page Performance Index.

    >>> performance_index(100, 100)
    100.0
    """
    return sqrt(engagement * growth)


def median_response(hours: Sequence[float]) -> float:
    """The median time to a page's first answer, over the posts that were answered.

    Units: those of `hours`.  Missing: NaN where nothing was answered; NaN entries are unanswered.
    Source: Fanpage Karma, response time.
    """
    known: FloatArray = np.asarray(hours, float)
    known = known[~np.isnan(known)]
    return float(np.median(known)) if known.size else float("nan")
