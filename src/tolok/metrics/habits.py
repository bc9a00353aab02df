"""When and in which form institutions post, and what their posts then bring.

A post is compared with the posts of its own account, so neither the size of an account nor that of
a platform enters: e = y - mean of y, y = ln(1 + interactions). The means are quotients of whole
sums and each e is rounded, so the sums are the same on any number of threads.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.tables import base_table, whole_sum
from tolok.model import Window

HOUR, DAY = 3600, 86_400
EPOCH_WEEKDAY = 4
"""1 January 1970 was a Thursday."""


def posting_hours(edition: Edition) -> ir.Table:
    """Posts and effects by weekday and hour in the edition's zone, in POSTING_HOURS's columns.

    An effect is against the account's posts of the same kind.
    """
    posts = _compared(["institution_id", "account_id", "kind"])
    instant = posts.published_at.epoch_seconds().cast("int64")
    first, *changes = utc_offsets(edition.window)
    # A cast to a zone is lost on its way to an engine; whole numbers are not.
    ahead = (
        ibis.cases(
            *((instant >= since, offset) for since, offset in reversed(changes)), else_=first[1]
        )
        if changes
        else first[1]
    )
    local = instant + ahead
    day = (local // DAY).cast("int64")
    posts = posts.mutate(
        weekday=(day + EPOCH_WEEKDAY - 1) % 7 + 1, hour=((local % DAY) // HOUR).cast("int64")
    )
    return _summed(posts, ["institution_id", "platform", "weekday", "hour"])


def utc_offsets(window: Window) -> list[tuple[int, int]]:
    """The seconds that the window's zone is ahead of UTC, and the instants from which it is so.

    Shape: (instant, seconds ahead) in the order of time; the first holds from the window's start.
    """
    zone = ZoneInfo(window.time_zone)

    def ahead(instant: int) -> int:
        offset = datetime.fromtimestamp(instant, zone).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    starts = int(window.opens_at.timestamp())
    found = [(starts, ahead(starts))]
    for before in range(starts, int(window.closes_at.timestamp()), DAY):
        low, high = before, before + DAY
        if ahead(low) == ahead(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if ahead(middle) == found[-1][1] else (low, middle)
        found.append((high, ahead(high)))
    return found


def posting_kinds() -> ir.Table:
    """Posts and effects by kind, in POSTING_KINDS's columns.

    An effect is against all posts of the account.
    """
    posts = _compared(["institution_id", "account_id"])
    return _summed(posts, ["institution_id", "platform", "kind"])


def _compared(peers: list[str]) -> ir.Table:
    """Own posts that are no copies, with their effect against their peers in units of 2^-20.

    Missing: where interactions are unknown the effect is null.
    """
    posts = base_table("posts")
    posts = posts.filter(posts.is_own, ~posts.is_copy).mutate(kind=posts.kind.fill_null(""))
    log = (posts.interaction_count + 1).cast("float64").ln()
    posts = posts.select(
        "institution_id",
        "account_id",
        "platform",
        "kind",
        "published_at",
        log_fixed=(log * FIXED_POINT).round().cast("int64"),
    )
    means = posts.group_by(peers).aggregate(
        mean=whole_sum(posts.log_fixed).cast("float64") / posts.log_fixed.count().nullif(0)
    )
    posts = posts.inner_join(means, peers)
    return posts.mutate(effect=posts.log_fixed - posts.mean)


def _summed(posts: ir.Table, by: list[str]) -> ir.Table:
    square = posts.effect * posts.effect / float(FIXED_POINT)
    table = posts.group_by(by).aggregate(
        post_count=posts.count(),
        known_count=posts.effect.count(),
        effect_sum=whole_sum(posts.effect.round().cast("int64")).fill_null(0),
        effect_square_sum=whole_sum(square.round().cast("int64")).fill_null(0),
    )
    return table.order_by(by)
