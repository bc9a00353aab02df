"""Ids of X: the time that stands in the id of a post.

Since 4 November 2010 the bits above the lowest 22 of an id are milliseconds; ids before that were
counted one by one and say nothing.

Source: https://github.com/twitter-archive/snowflake/tree/snowflake-2010
"""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1288834974657)
_LAST_COUNTED = 29_700_859_247
_MOST_BITS = 63


def moment_of_id(post_id: str) -> datetime | None:
    """The moment at which the post of an id was published, to the millisecond.

    Missing: None for what is no id, and for ids from before 4 November 2010.

    >>> moment_of_id("1900000000000000000").isoformat()
    '2025-03-13T01:44:34.949000+00:00'
    """
    if not (post_id.isascii() and post_id.isdigit() and len(post_id) <= 19):
        return None
    number = int(post_id)
    if number <= _LAST_COUNTED or number >> _MOST_BITS:
        return None
    return _EPOCH + timedelta(milliseconds=number >> 22)
