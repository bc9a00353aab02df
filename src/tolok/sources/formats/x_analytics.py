"""X analytics: the table of posts (account_analytics_content_FROM_TO.csv) of an account's owner.

- The counts are those inside the chosen span of days, not those of a post's life. They stand for
  the end of the span's last day, which the file's name says, unless the export has a time.
- The time of day is not in the file but in the ids; the day in the file has to agree with it.
- An id that a spreadsheet has cut is the one in the post's link, and so is the account.
- Reposts leave out quotes. Replies are among the posts, and nothing marks them.

Beside it lies the overview (account_overview_analytics.csv), which has sums by day and no posts.
Files of the time before X (tweet_activity_metrics_*.csv) have the same columns by other names.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tolok.platforms import handle_from_url, post_id_from_url
from tolok.platforms.x.ids import moment_of_id
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.exported import span_in_name
from tolok.sources.moment import moments_of
from tolok.sources.table_format import TableFormat, empty_table

_WORDS = {
    "id": ("post id", "tweet id"),
    "date": ("date", "time"),
    "text": ("post text", "tweet text"),
    "link": ("post link", "tweet permalink"),
    "views": ("impressions",),
    "likes": ("likes",),
    "replies": ("replies",),
    "reposts": ("reposts", "retweets"),
    "bookmarks": ("bookmarks",),
}
_KEPT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""
_DAY = timedelta(days=1)
_OVERVIEW = frozenset({"date", "impressions", "new follows", "unfollows"})
_VIDEO = frozenset({"date", "views", "watch time (ms)"})


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    links = cells.words("link")
    ids = _ids(cells, links)
    handles = [link and handle_from_url("x", link) for link in links]
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("replies"),
        "share_count": cells.counts("reposts"),
        "save_count": cells.counts("bookmarks"),
        "view_count": cells.counts("views"),
    }
    return {
        "posts": {
            "platform": cells.same("x"),
            "post_id": ids,
            "account_id": [handle and f"@{handle}" for handle in handles],
            "published_at": _moments(cells, ids),
            "text": cells.texts("text"),
            "url": links,
            **known_counts(counts, {}),
        }
    }


def _ids(cells: Cells, links: Column) -> Column:
    """The ids of the posts: those of the links, where there are any."""
    ids: Column = []
    for index, (given, link) in enumerate(zip(cells.ids("id"), links, strict=True)):
        linked = link and post_id_from_url("x", link)
        ids.append(linked or given)
        if given is None or not given.isdigit():
            continue
        kept, lost = given[:_KEPT_DIGITS], given[_KEPT_DIGITS:]
        if not linked and lost and not lost.strip("0"):
            cells.refuse(index, f"Post id: {given} may have lost digits, and no link tells it")
        elif linked and linked != given and linked[:_KEPT_DIGITS] != kept:
            cells.refuse(index, f"Post id: {given} is another post than that of the link, {linked}")
    return ids


def _moments(cells: Cells, ids: Column) -> Column:
    """The times in the ids; one that its row's day contradicts puts the row at fault."""
    days, _ = moments_of(cells.words("date"), None, ZoneInfo("UTC"))
    span = span_in_name(cells.reading.file)
    moments: Column = []
    early = 0
    for index, (found, day) in enumerate(zip(ids, days, strict=True)):
        moment = moment_of_id(found) if found else None
        moments.append(moment.isoformat(timespec="milliseconds") if moment else None)
        if moment is None:
            if found and found.isdigit():
                cells.refuse(
                    index, f"Post id: {found} is of before November 2010 and tells no time"
                )
            continue
        if day and abs(datetime.fromisoformat(day).date() - moment.date()) > _DAY:
            cells.refuse(index, f"Date: says {day[:10]}, and the id {found} {moment:%Y-%m-%d}")
        early += span is not None and moment.date() < span[0] - _DAY
    if early:
        posts = "1 post was" if early == 1 else f"{early:,} posts were"
        cells.notes.append(
            f"{posts} published before the span: what came before it is not counted."
        )
    return moments


def _end_of_span(brought: Brought, zone: ZoneInfo | None) -> datetime | None:
    """The end of the last day in the file's name, before which the counts were not complete."""
    span = span_in_name(brought.name)
    if span is None:
        return None
    end = datetime.combine(span[1] + _DAY, time(), zone or UTC)
    brought.notes.append(
        f"counts {span[0]} to {span[1]}, as its name says: taken as read at {end.isoformat()}."
    )
    return end


def _is_overview(header: Sequence[str]) -> bool:
    return _OVERVIEW.issubset(header) or _VIDEO.issubset(header)


_TABLE = TableFormat(
    name="x-analytics",
    words=_WORDS,
    needs=("id", "text", "link", "views"),
    rows=_rows,
    numbers=("views", "likes", "replies", "reposts", "bookmarks"),
    is_dated_by_name=False,
    dated_by=_end_of_span,
    warning=(
        "counts are those inside the span of the export, not of a post's life; shares are reposts "
        "without quotes; replies are not marked and stand as posts."
    ),
)

FORMATS = (
    _TABLE.format(),
    empty_table(
        "x-analytics-overview",
        _is_overview,
        "holds sums by day of X analytics and no posts. Export the content (Posts) instead.",
    ),
)
