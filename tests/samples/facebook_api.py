"""Answers of the Facebook Graph API: a page's posts with comments, videos, objects by id."""

import json
from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
PAGE = "100064000000001"


def total(count, data=()):
    """A list of which the sum was asked for."""
    return {"data": list(data), "summary": {"total_count": count}}


def comment(number, author="777", **changed):
    """A comment of a person, or of the page."""
    return {
        "id": f"1221{number:011}_{500 + number}",
        "message": f"Bagus {number}",
        "created_time": "2025-10-20T04:05:06+0000",
        "from": {"id": author, "name": "Budi Contoh"},
        "like_count": 2,
    } | changed


def post(number, **changed):
    """A post of the page with its counts and one comment."""
    return {
        "id": f"{PAGE}_1221{number:011}",
        "created_time": f"2025-10-{number + 1:02}T04:05:06+0000",
        "message": f"Kabar {number}",
        "permalink_url": f"https://www.facebook.com/{PAGE}/posts/1221{number:011}/",
        "attachments": {"data": [{"media_type": "photo"}]},
        "reactions": total(40 + number),
        "comments": total(15 + number, [comment(number)]),
        "shares": {"count": 5 + number},
    } | changed


def video(number, **changed):
    """A video of the page."""
    return {
        "id": f"1331{number:011}",
        "created_time": f"2025-10-{number + 1:02}T04:05:06+0000",
        "description": f"Video {number}",
        "length": 61.5,
        "permalink_url": f"/ContohResmi/videos/1331{number:011}/",
    } | changed


def _encoded(value):
    return json.dumps(value, ensure_ascii=False).encode()


_POSTS = [post(number) for number in range(12)]
SAMPLES = {
    "posts.json": _encoded({"data": _POSTS}),
    "posts by id.json": _encoded({found["id"]: found for found in _POSTS}),
    "posts.ndjson": b"".join(_encoded(found) + b"\n" for found in _POSTS),
    "page.json": _encoded(
        {"id": PAGE, "username": "ContohResmi", "followers_count": 900, "posts": {"data": _POSTS}}
    ),
    "videos.json": _encoded({"data": [video(number) for number in range(12)]}),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
