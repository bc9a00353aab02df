"""Followers of the accounts: by day of reading, over the window, and on each day of publishing.

Posts meet the last of these tables by account and day, so that no post is joined with readings,
however often a file reads followers.
"""

import ibis
import ibis.expr.types as ir

from tolok.methodology.edition import Edition
from tolok.metrics.tables import lookup_table, store_table
from tolok.store.schema import AUDIENCE, AUDIENCE_DAYS, FOLLOWER_DAYS


def follower_days() -> ir.Table:
    """Followers of each known account on each day with a reading, in FOLLOWER_DAYS's columns.

    The median of a day's readings counts once, so that an account read often in one week is not
    judged by that week alone. Days outside the window are there too.
    """
    read = store_table("followers")
    names = lookup_table("account_names").rename(known_as="account_id")
    read = read.inner_join(names, read.account_id == names.name)
    daily = read.group_by(["known_as", "observed_on"]).aggregate(
        followers=read.follower_count.cast("float64").median()
    )
    return daily.rename(account_id="known_as").select(*FOLLOWER_DAYS.names)


def audience(edition: Edition) -> ir.Table:
    """Followers of each account in the window: median, first, last, in AUDIENCE's columns."""
    daily = lookup_table("follower_days")
    window = edition.window
    daily = daily.filter(
        daily.observed_on >= ibis.date(window.opens_on.isoformat()),
        daily.observed_on < ibis.date(window.closes_on.isoformat()),
    )
    table = daily.group_by("account_id").aggregate(
        follower_count=daily.followers.median(),
        follower_first=daily.followers.argmin(daily.observed_on).round().cast("int64"),
        follower_last=daily.followers.argmax(daily.observed_on).round().cast("int64"),
        first_on=daily.observed_on.min(),
        last_on=daily.observed_on.max(),
        reading_count=daily.count(),
    )
    table = table.mutate(
        follower_days=table.last_on.delta(table.first_on, unit="day").cast("float64")
    )
    return table.select(*AUDIENCE.names).order_by("account_id")


def audience_days(edition: Edition) -> ir.Table:
    """Followers of each account on each day of the window, in AUDIENCE_DAYS's columns.

    Between two days with a reading on the straight line through both; before the first and after
    the last as on that day. Rounded half up.
    Shape: accounts with a reading, inside the window or not, x days of the window.
    """
    spans = _spans(lookup_table("follower_days"), edition)
    days = spans.mutate(day=ibis.range(spans.starts, spans.ends).unnest())
    into = ibis.greatest(days.day - days.read_on, 0)
    # Twice a median is whole, and so is all that follows: nothing rests on how a fraction is held.
    line = days.twice * days.gap + (days.next_twice - days.twice) * into
    counted = ((line + days.gap) // (2 * days.gap)).cast("int64")
    opens_on = ibis.date(edition.window.opens_on.isoformat())
    since = (days.day - opens_on.epoch_days()).as_interval("D")
    # An engine makes an instant of a date and an interval; Ibis would drop a plain cast to a date.
    published_on = (opens_on + since).cast("timestamp").cast("date")
    table = days.select("account_id", published_on=published_on, posting_follower_count=counted)
    return table.left_join(lookup_table("audience"), "account_id").select(*AUDIENCE_DAYS.names)


def _spans(daily: ir.Table, edition: Edition) -> ir.Table:
    """The days of the window that follow each reading, up to the next: half-open, as numbers.

    The days before an account's first reading are that reading's too.
    """
    opens, closes = (
        ibis.date(day.isoformat()).epoch_days()
        for day in (edition.window.opens_on, edition.window.closes_on)
    )
    daily = daily.select(
        "account_id",
        read_on=daily.observed_on.epoch_days().cast("int64"),
        twice=(2 * daily.followers).round().cast("int64"),
    )
    in_turn = ibis.window(group_by="account_id", order_by="read_on")
    spans = daily.mutate(
        next_on=daily.read_on.lead().over(in_turn),
        next_twice=daily.twice.lead().over(in_turn),
        is_first=daily.read_on.lag().over(in_turn).isnull(),
    )
    starts = ibis.cases((spans.is_first, opens), else_=ibis.greatest(spans.read_on, opens))
    ends = ibis.least(ibis.coalesce(spans.next_on, closes), closes)
    spans = spans.mutate(
        starts=starts.cast("int64"),
        ends=ends.cast("int64"),
        gap=ibis.coalesce(spans.next_on - spans.read_on, 1),
        next_twice=ibis.coalesce(spans.next_twice, spans.twice),
    )
    return spans.filter(spans.starts < spans.ends)
