"""Ids of TikTok: the time that stands in the id of a post.

The bits above the lowest 32 of an id are Unix seconds. They are those of the upload, seconds before
the post goes public; a post that was planned goes public on another day.

Source: https://arxiv.org/abs/2504.13279
"""

from datetime import UTC, datetime, timedelta

_FIRST = datetime(2014, 1, 1, tzinfo=UTC)
_LONGEST = 19


def moment_of_id(post_id: str) -> datetime | None:
    """The moment at which the post of an id was uploaded, to the second.

    Missing: None for what is no id, and for ids that would be older than the service.

    >>> moment_of_id("7300000000000000000").isoformat()
    '2023-11-11T00:48:18+00:00'
    """
    if not (post_id.isascii() and post_id.isdigit() and len(post_id) <= _LONGEST):
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(post_id) >> 32)
    return moment if moment >= _FIRST else None
