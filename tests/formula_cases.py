"""Invented sums for tests of the formulas: a few numbers are named, the rest follows."""

import numpy as np

from tolok.methodology.formula import BASES
from tolok.scoring.formula import AccountSums, Cells


def an_account(posts=10, total=100, institution=0, platform=0, **known):
    """The sums of one account; posts are all known, with 1,000 followers unless said."""
    mean = known.get("mean", 1000.0)
    return {
        "institution": institution,
        "platform": platform,
        "post_count": posts,
        "known_count": known.get("known", posts),
        "total": total,
        "with_one_count": known.get("with_one", posts),
        "rated_count": known.get("rated", posts),
        "rate_sum": known.get("rate_sum", total / mean),
        "rated_total": known.get("rated_total", total),
        "rated_followers": known.get("rated_followers", posts * mean),
        "viewed_followers": known.get("viewed_followers", 0),
        "view_rate_sum": known.get("view_rate_sum", 0.0),
        "day_count": known.get("days", 365),
        "follower_mean": mean,
        "follower_first": known.get("first", mean),
        "follower_last": known.get("last", mean),
    }


def cells_of(accounts, *platforms, institutions=1):
    """The cells of every basis, all with the same sums."""
    columns = {name: np.array([account[name] for account in accounts]) for name in accounts[0]}
    sums = AccountSums(
        institution=columns.pop("institution").astype(np.int64),
        platform=columns.pop("platform").astype(np.int64),
        **{name: column.astype(float) for name, column in columns.items()},
    )
    return dict.fromkeys(BASES, Cells(sums, institutions, platforms))
