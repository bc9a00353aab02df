"""YouTube Data API v3: the answers of commentThreads.list and comments.list.

They land without the names of commenters. Whether the channel itself wrote a comment is noted when
the names go, since it cannot be told afterwards.

Source: https://developers.google.com/youtube/v3/docs/comments
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol

NAME = "youtube-api-comments"
_THREADS = "youtube#commentThreadListResponse"
_KINDS = (_THREADS, "youtube#commentListResponse")
_NAMES = frozenset(
    {"authorDisplayName", "authorChannelId", "authorChannelUrl", "authorProfileImageUrl"}
)
_BY_CHANNEL = "authorIsChannel"


class Authors(Protocol):
    """What hashes the authors of comments."""

    def key_of(self, platform: str, author: Any) -> str | None:
        """The hash of an author; a hash stays what it is."""
        ...

    def without_names(self, value: Any, platform: str, keys: frozenset[str]) -> Any:
        """A JSON value with hashes under the keys."""
        ...


def claims(sample: Any) -> bool:
    """Whether a JSON value is an answer of commentThreads.list or comments.list."""
    return isinstance(sample, dict) and sample.get("kind") in _KINDS


def items(document: Any, account: str | None) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """Each comment, those of a thread after the one that began it."""
    del account  # a comment has its video's id
    for item in document.get("items", []):
        if document["kind"] != _THREADS:
            yield partial(_comment, item, None)
            continue
        try:
            comments = list(_comments_of(item))
        except (AttributeError, KeyError, TypeError):
            comments = [partial(_comment, item, None)]  # which refuses it: the others come in
        yield from comments


def _comments_of(thread: dict[str, Any]) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    first = thread["snippet"]["topLevelComment"]
    video = thread["snippet"].get("videoId")
    yield partial(_comment, first, video)
    for reply in (thread.get("replies") or {}).get("comments", []):
        yield partial(_comment, reply, video, first.get("id"))


def nameless(document: Any, authors: Authors) -> Any:
    """An answer with hashes in place of authors, and whether the channel wrote each comment."""
    return authors.without_names(_marked(document, authors, None), "youtube", _NAMES)


def _marked(value: Any, authors: Authors, channel: str | None) -> Any:
    """A JSON value in which each comment says whether the channel of its video wrote it."""
    if isinstance(value, list):
        return [_marked(item, authors, channel) for item in value]
    if not isinstance(value, dict):
        return value
    snippet = value.get("snippet")
    inner = snippet.get("channelId") if isinstance(snippet, dict) else None
    channel = value.get("channelId") or inner or channel
    marked = {name: _marked(item, authors, channel) for name, item in value.items()}
    if "authorChannelId" in value:
        author = authors.key_of("youtube", _channel_of(value))
        is_known = author is not None and channel is not None
        marked[_BY_CHANNEL] = is_known and author == authors.key_of("youtube", channel)
    return marked


def _comment(
    item: dict[str, Any], video: str | None, parent: str | None = None
) -> dict[str, dict[str, Any]]:
    """One comment; without a video's id, as replies asked for alone have none, it is refused."""
    snippet = item["snippet"]
    return {
        "comments": {
            "platform": "youtube",
            "comment_id": item.get("id"),
            "post_id": snippet.get("videoId") or video,
            "author": _channel_of(snippet) or snippet.get("authorDisplayName"),
            "published_at": snippet.get("publishedAt"),
            "text": snippet.get("textOriginal") or snippet.get("textDisplay"),
            "reaction_count": snippet.get("likeCount"),
            "is_institution": snippet.get(_BY_CHANNEL),
            "parent_id": snippet.get("parentId") or parent,
        }
    }


def _channel_of(snippet: dict[str, Any]) -> Any:
    """The id of the channel of a comment's author."""
    return (snippet.get("authorChannelId") or {}).get("value")
