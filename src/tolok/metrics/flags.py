"""What flags are raised on, counted by the engine: small tables from one scan of the posts each.

The thresholds are set in tolok.scoring.flags; then `marks` gathers the posts behind a flag.
"""

import ibis
import ibis.expr.types as ir

from tolok.composite.normalise import MAD_TO_SD
from tolok.methodology.edition import Edition
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.flag_texts import (
    ACCOUNT,
    COPIED_POSTS,
    GIVEAWAY_POSTS,
    POST,
    own_posts,
    post_keys,
)
from tolok.metrics.tables import Step, lookup_table, monday, whole_sum

Z_CAP = 3.0
"""What one post adds to a run at most: a hit alone is no burst."""
HABIT = 1.0
"""Robust standard deviations above the median that every post of a run must make up for."""
MEASURES = ("interactions", "likes_per_comment", "comments_per_like", "likes_per_view")


def account_counts() -> ir.Table:
    """Own posts of each account by what flags ask: all, paid, deleted, giveaways, copies, largest.

    Missing: top_count and known_sum are null where no interactions are known.
    """
    posts = own_posts()
    count = posts.interaction_count
    table = posts.group_by(ACCOUNT).aggregate(
        post_count=posts.count(),
        paid_count=posts.count(where=posts.is_paid),
        deleted_count=posts.count(where=posts.is_deleted),
        known_count=posts.count(where=count.notnull()),
        known_sum=whole_sum(count),
        top_count=count.max(),
    )
    for name, column in ((GIVEAWAY_POSTS, "giveaway_count"), (COPIED_POSTS, "copy_count")):
        marked = posts.semi_join(post_keys(name), POST).group_by(ACCOUNT)
        marked = marked.aggregate(**{column: lambda t: t.count()})
        table = table.left_join(marked, ACCOUNT).select(*table.columns, column)
        table = table.mutate(**{column: table[column].fill_null(0)})
    return table.order_by(*ACCOUNT)


def levels(measure: str) -> tuple[Step, Step]:
    """The steps to the median and the median absolute deviation of a measure by account.

    Shape of the last, `<measure>_levels`: ACCOUNT, known_count, median, deviation.
    """
    values = _values(measure)
    middle = values.group_by(ACCOUNT).aggregate(
        known_count=values.count(), median=values["value"].median()
    )
    medians = Step(f"{measure}_medians", middle, is_kept=True)
    beside = values.inner_join(medians.table, ACCOUNT)
    beside = beside.mutate(off=(beside["value"] - beside["median"]).abs())
    spread = beside.group_by(ACCOUNT).aggregate(
        known_count=beside.known_count.max(),
        median=beside["median"].max(),
        deviation=beside.off.median(),
    )
    return medians, Step(f"{measure}_levels", spread, is_kept=True)


def medians(measure: str) -> ir.Table:
    """The median of a measure over the own posts of each account: ACCOUNT, known_count, median."""
    values = _values(measure)
    table = values.group_by(ACCOUNT).aggregate(
        known_count=values.count(), median=values["value"].median()
    )
    return table.order_by(*ACCOUNT)


def day_scores(measure: str, edition: Edition) -> ir.Table:
    """How far each day's posts lie above the account's habit: the sum of z - 1, z within 3.

    Shape: ACCOUNT, published_on, score in units of 2^-20, post_count.
    Missing: accounts with too few posts, or whose posts do not differ, have no rows.
    """
    found = levels(measure)[1].table
    found = found.filter(found.known_count >= edition.flags.least, found.deviation > 0)
    values = _values(measure).inner_join(found, ACCOUNT)
    z = (values["value"] - values["median"]) / (MAD_TO_SD * values.deviation)
    score = ibis.least(ibis.greatest(z, -Z_CAP), Z_CAP) - HABIT
    values = values.mutate(score=(score * FIXED_POINT).round().cast("int64"))
    by = [*ACCOUNT, "published_on"]
    table = values.group_by(by).aggregate(score=whole_sum(values.score), post_count=values.count())
    return table.order_by(by)


def weekly_followers(edition: Edition) -> ir.Table:
    """The last reading of each account in each ISO week of the window.

    Shape: account_id, observed_on, followers.
    """
    daily = lookup_table("follower_days")
    window = edition.window
    daily = daily.filter(
        daily.observed_on >= ibis.date(window.opens_on.isoformat()),
        daily.observed_on < ibis.date(window.closes_on.isoformat()),
        daily.followers > 0,
    )
    daily = daily.mutate(week_on=monday(daily.observed_on))
    table = daily.group_by(["account_id", "week_on"]).aggregate(
        followers=daily.followers.argmax(daily.observed_on), observed_on=daily.observed_on.max()
    )
    return table.select("account_id", "observed_on", "followers").order_by(
        "account_id", "observed_on"
    )


def _values(measure: str) -> ir.Table:
    """ACCOUNT, post_id, published_on and the value of a measure, of own posts that have one."""
    posts = own_posts()
    value = measured(posts, measure)
    table = posts.select(*ACCOUNT, "post_id", "published_on", value=value)
    return table.filter(table["value"].notnull())


def measured(posts: ir.Table, measure: str) -> ir.FloatingValue:
    """A measure of a post, on the scale of natural logarithms; null where a count is unknown."""
    likes, comments, views = posts.reaction_count, posts.comment_count, posts.view_count
    ratios = {
        "likes_per_comment": (likes, comments),
        "comments_per_like": (comments, likes),
        "likes_per_view": (likes, views),
    }
    if measure == "interactions":
        return (posts.interaction_count + 1).cast("float64").ln()
    above, below = ratios[measure]
    return ((above + 1).cast("float64") / (below + 1).cast("float64")).ln()
