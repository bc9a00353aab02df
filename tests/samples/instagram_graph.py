"""Answers of the Instagram Graph API: an account, its media with comments, its stories."""

import json
from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
ACCOUNT = "17841400000000001"


def comment(number, username="budi.contoh", **changed):
    """A comment of a person, or of the account."""
    return {
        "id": f"17850000000{number:06}",
        "text": f"Bagus {number}",
        "timestamp": "2025-10-20T04:05:06+0000",
        "username": username,
        "from": {"id": f"90{username}", "username": username},
        "like_count": 2,
    } | changed


def medium(number, **changed):
    """A medium of the account with its counts and one comment."""
    return {
        "id": f"17890000000{number:06}",
        "username": "contoh.resmi",
        "owner": {"id": ACCOUNT},
        "caption": f"Kabar {number}",
        "media_type": "IMAGE",
        "media_product_type": "FEED",
        "permalink": f"https://www.instagram.com/p/Ab_-{number:07}/",
        "timestamp": f"2025-10-{number + 1:02}T04:05:06+0000",
        "like_count": 50 + number,
        "comments_count": 10 + number,
        "comments": {"data": [comment(number)]},
    } | changed


def without(found, *names):
    """An object without some of its fields."""
    return {name: cell for name, cell in found.items() if name not in names}


def _encoded(value):
    return json.dumps(value, ensure_ascii=False).encode()


_MEDIA = [medium(number) for number in range(12)]
_BARE = [without(found, "username", "owner", "comments") for found in _MEDIA]
_STORIES = [
    without(medium(number), "comments", "media_product_type")
    | {"permalink": f"https://instagram.com/stories/contoh.resmi/{2421239445800645437 + number}"}
    for number in range(12)
]
SAMPLES = {
    "media.json": _encoded({"data": _MEDIA}),
    "media by id.json": _encoded({found["id"]: found for found in _MEDIA}),
    "media.ndjson": b"".join(_encoded(found) + b"\n" for found in _MEDIA),
    "stories.json": _encoded({"data": _STORIES}),
    "account.json": _encoded(
        {
            "id": ACCOUNT,
            "username": "contoh.resmi",
            "followers_count": 900,
            "media_count": 12,
            "media": {"data": _BARE},
        }
    ),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
