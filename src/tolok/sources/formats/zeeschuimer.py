"""Zeeschuimer: what a browser was shown, one object a line, each in the platform's own shape.

Beside the object stands when it was read, and where. 4CAT keeps the same objects with the same
facts in `__import_meta`; its NDJSON is read here too.

- Instagram, TikTok, X and Threads are read. Of TikTok's comments no name stays, also not in the
  landed file. Comments of other platforms are refused, and land without what they said.
- LinkedIn says how old a post is ("3mo"), not when it was published: that is no time, so its posts
  are refused. Objects of other platforms are refused as well.
- An object that came again was replaced: its counts are of `last_updated`.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tolok.platforms.instagram import page as instagram
from tolok.platforms.threads import page as threads
from tolok.platforms.tiktok import page as tiktok
from tolok.platforms.x import page as x
from tolok.sources.authors import Authors
from tolok.sources.item_format import Rows, item_format
from tolok.sources.moment import NotAMoment, epoch_of

_READERS: dict[str, Callable[[dict[str, Any]], Rows]] = {
    "instagram.com": instagram.post_rows,
    "threads.com": threads.post_rows,
    "threads.net": threads.post_rows,
    "tiktok.com": tiktok.post_rows,
    "tiktok-comments": tiktok.comment_rows,
    "twitter.com": x.post_rows,
    "x.com": x.post_rows,
}
_NO_TIMES = {
    "linkedin.com": (
        "is a post of LinkedIn, which says how old a post is and not when it was published"
    ),
}
_KEPT = (
    "aweme_id", "cid", "comment_language", "create_time", "digg_count", "id", "reply_comment_total",
    "reply_id", "text",
)  # fmt: skip
"""What of a comment of TikTok lands beside its author's hash; all else may name people."""


def _claims(sample: Any) -> bool:
    if not isinstance(sample, dict):
        return False
    facts = sample.get("__import_meta") or (sample if isinstance(sample.get("data"), dict) else {})
    return {"source_platform", "timestamp_collected"} <= set(facts)


class _Objects:
    """Objects with the facts of their reading."""

    NAME = "zeeschuimer"

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value is such an object."""
        return _claims(sample)

    def items(self, document: Any, account: str | None) -> Iterator[Callable[[], Rows]]:
        """The one item of an object: a post with its account, or a comment."""
        del account  # every object names its account
        yield partial(_rows, document)


def nameless(document: Any, authors: Authors) -> Any:
    """The object; a comment's author is a hash, comments that are not read are left empty."""
    if not _claims(document):
        return {}
    facts, data = _parts(document)
    platform = str(facts["source_platform"])
    if "comments" not in platform:
        return document
    if platform not in _READERS:
        kept: dict[str, Any] = {}
    else:
        user = data.get("user") or {}
        author = authors.key_of("tiktok", user.get("uid") or user.get("unique_id"))
        kept = {name: data[name] for name in _KEPT if name in data} | {"user": {"uid": author}}
    return {**facts, "data": kept}


def _parts(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of the reading, and the object."""
    if "__import_meta" in document:
        data = {name: value for name, value in document.items() if name != "__import_meta"}
        return document["__import_meta"], data
    return {name: value for name, value in document.items() if name != "data"}, document["data"]


def _rows(document: dict[str, Any]) -> Rows:
    facts, data = _parts(document)
    platform = str(facts["source_platform"])
    reader = _READERS.get(platform)
    if reader is None:
        why = _NO_TIMES.get(platform) or f"is of {platform}, of which nothing is read"
        return _refused(why, facts)
    if data.get("_zs_partial"):
        return _refused("is a part of a post, without its time", facts)
    try:
        read_at = _read_at(facts)
    except NotAMoment as error:
        return _refused(f"says no time of reading: {error}", facts)
    return {
        table: row if "broken" in row else {**row, "observed_at": read_at}
        for table, row in reader(data).items()
    }


def _read_at(facts: dict[str, Any]) -> str:
    """When the object was read: the last time, if it came again."""
    times = [facts.get("timestamp_collected"), facts.get("last_updated")]
    return max(epoch_of(str(time)) for time in times if time).isoformat()


def _refused(why: str, facts: dict[str, Any]) -> Rows:
    return {"posts": {"broken": why, "raw": str(facts.get("item_id") or "")}}


FORMATS = (item_format(_Objects(), nameless=nameless),)
