"""Answers of Meta's interfaces that are about no post: insights, hashtags, products, limits."""

import re
from typing import Any

from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.raw import Options

_NOTHING = (
    "is an answer of Meta's interface without posts, followers or comments: insights, hashtags, "
    "products or limits. Counts of posts come with the posts: on Instagram "
    "/<account>/media?fields=permalink,username,timestamp,like_count,comments_count,"
    "insights.metric(saved,shares,views), on Facebook /<page>/posts."
)
_SHOP = {"product_id", "catalog_id", "quota_usage"}


def claims(brought: Brought) -> bool:
    """Whether every object of the answer is of a kind that is known and holds nothing to take."""
    sample = brought.sample if brought.is_json else None
    if not isinstance(sample, dict):
        return False
    values = list(sample.values())
    if isinstance(sample.get("data"), list):
        listed = sample["data"]
    elif all(isinstance(value, dict) for value in values):
        listed = values
    else:
        listed = [sample]
    return bool(listed) and all(isinstance(item, dict) and _is_known(item) for item in listed)


def _is_known(item: dict[str, Any]) -> bool:
    identity = str(item.get("id"))
    is_insight = {"name", "period"} <= item.keys() and "/insights/" in identity
    is_hashtag = item.keys() == {"id", "name"} and re.fullmatch(r"17\d{15}", identity)
    return bool(is_insight or is_hashtag or not _SHOP.isdisjoint(item))


def read(_brought: Brought, _options: Options) -> list[Any]:
    """No rows: such a file is refused before it is read."""
    return []


FORMATS = (Format("meta-other", claims, read, holds_nothing=_NOTHING),)
