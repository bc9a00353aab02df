"""Instaloader: a post, a story or a profile of Instagram a file, as .json or .json.xz.

- Nothing in it says when it was read, and its name holds the day of publishing: --exported-at is
  needed. The times of files that are brought together may differ by hours; they count as one.
- Likes of -1 are hidden. A story has no counts.
- Names of those who liked or commented stand in some files; they do not land.

Reading a profile with Instaloader while logged in breaks Instagram's terms: files are read here,
none are fetched.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tolok.model import COUNTS
from tolok.platforms.instagram.page import alias_rows, instant, post_rows
from tolok.sources.authors import Authors
from tolok.sources.item_format import Rows, item_format

_FROM_APP = (
    "coauthor_producers", "comments_disabled", "is_paid_partnership",
    "like_and_view_counts_disabled", "product_type",
)  # fmt: skip
"""What only the app's own object says, which stands beside the page's as `iphone_struct`."""
_NAMING = {
    "edge_media_preview_comment", "edge_media_to_comment", "edge_media_to_hoisted_comment",
    "edge_media_to_parent_comment", "edge_media_preview_like", "edge_liked_by",
    "edge_media_to_tagged_user",
}  # fmt: skip
"""Edges that list people; their counts stay."""
_NAMING_APP = {
    "comments", "facepile_top_likers", "likers", "preview_comments", "top_likers", "usertags",
}  # fmt: skip


class _Nodes:
    """Files of Instaloader: a node, and what it is."""

    NAME = "instaloader"

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value is such a file."""
        about = sample.get("instaloader") if isinstance(sample, dict) else None
        return isinstance(about, dict) and "node_type" in about and "node" in sample

    def items(self, document: Any, account: str | None) -> Iterator[Callable[[], Rows]]:
        """The one item of a file."""
        del account  # every node names its account
        yield partial(_rows, document)


def nameless(document: Any, _authors: Authors) -> Any:
    """The file without the people who liked, commented or are shown."""
    if isinstance(document, list):
        return [nameless(item, _authors) for item in document]
    if not isinstance(document, dict):
        return document
    kept = {}
    for name, value in document.items():
        if name in _NAMING_APP:
            continue
        if name in _NAMING and isinstance(value, dict):
            kept[name] = {part: found for part, found in value.items() if part != "edges"}
        else:
            kept[name] = nameless(value, _authors)
    return kept


def _rows(document: dict[str, Any]) -> Rows:
    node, node_type = document["node"], document["instaloader"]["node_type"]
    readers = {"Post": _post, "Profile": _profile, "StoryItem": _story}
    if node_type not in readers:
        why = f"is a {node_type} of Instaloader, which is neither post, profile nor story"
        return {"posts": {"broken": why, "raw": ""}}
    return readers[node_type](node)


def _post(node: dict[str, Any]) -> Rows:
    app = node.get("iphone_struct") or {}
    return post_rows({**{name: app[name] for name in _FROM_APP if name in app}, **node})


def _profile(node: dict[str, Any]) -> Rows:
    app = node.get("iphone_struct") or {}
    count = (node.get("edge_followed_by") or {}).get("count", app.get("follower_count"))
    rows = alias_rows(node)
    if count is not None:
        account = str(node["id"]) if node.get("id") else f"@{node['username']}"
        of_account = {"platform": "instagram", "account_id": account}
        rows["followers"] = {**of_account, "follower_count": count}
    return rows


def _story(node: dict[str, Any]) -> Rows:
    owner = node.get("owner") or {}
    row = {
        "platform": "instagram",
        "post_id": str(node["id"]).partition("_")[0],
        "account_id": str(owner["id"]) if owner.get("id") else f"@{owner['username']}",
        "published_at": instant(node["taken_at_timestamp"]),
        "kind": "story",
        "media_count": 1,
        "duration_s": node.get("video_duration"),
        "missing": dict.fromkeys(COUNTS, "not_offered"),
    }
    return {"posts": row, **alias_rows(owner)}


FORMATS = (item_format(_Nodes(), nameless=nameless, is_dated_by_name=False),)
