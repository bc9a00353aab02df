"""Posts of the Meta Content Library: CSV as its page gives it, answers of its interface."""

import json
from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
REACTIONS = "like love wow haha sad angry care".split()
FACEBOOK = [
    "id", "creation_time", "modified_time", "multimedia", "is_branded_content", "content_type",
    *(f"statistics.{name}_count" for name in REACTIONS),
    "statistics.comment_count", "statistics.reaction_count", "statistics.views",
    "statistics.views_date_last_refreshed", "statistics.share_count",
    "post_owner.type", "post_owner.id", "post_owner.name", "post_owner.username",
    "surface.type", "surface.id", "surface.name", "text", "lang", "shared_post_id",
]  # fmt: skip
INSTAGRAM = [
    "id", "creation_time", "media_type", "statistics.like_count", "statistics.comment_count",
    "statistics.views", "post_owner.type", "post_owner.id", "post_owner.name",
    "post_owner.username", "text", "lang",
]  # fmt: skip


def post(number, **changed):
    """The fields of a post by the names of the CSV file; views are there for every third."""
    return {
        "id": 9007199254740993000 + number,
        "creation_time": f"2025-10-{number + 1:02}T04:05:06+0000",
        "content_type": "videos" if number % 3 == 0 else "photos",
        "media_type": "REELS" if number % 3 == 0 else "IMAGE",
        "statistics.like_count": 50 + number,
        "statistics.love_count": 3,
        "statistics.comment_count": 10 + number,
        "statistics.reaction_count": 53 + number,
        "statistics.share_count": 2 + number,
        "statistics.views": 900 + number if number % 3 == 0 else None,
        "post_owner.type": "page",
        "post_owner.id": 9007199254740990001,
        "post_owner.name": "Contoh",
        "post_owner.username": "ContohResmi",
        "text": f'Kabar "{number}"\nbaris dua',
        "lang": "id",
    } | changed


def table(header, posts):
    """A CSV file of posts."""
    lines = [",".join(header)]
    for found in posts:
        cells = ["" if found.get(name) is None else str(found[name]) for name in header]
        lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return ("\n".join(lines) + "\n").encode()


def nested(header, found):
    """A post as the interface gives it: objects in objects, absent fields left out."""
    item: dict = {}
    for name in header:
        if found.get(name) is not None:
            outer, _, inner = name.partition(".")
            if inner:
                item.setdefault(outer, {})[inner] = found[name]
            else:
                item[outer] = found[name]
    return item


def _answer(header):
    return json.dumps({"data": [nested(header, post(n)) for n in range(12)]}).encode()


SAMPLES = {
    "facebook.csv": table(FACEBOOK, [post(n) for n in range(12)]),
    "instagram.csv": table(INSTAGRAM, [post(n) for n in range(12)]),
    "facebook.json": _answer(FACEBOOK),
    "instagram.json": _answer(INSTAGRAM),
    "facebook.ndjson": b"".join(
        json.dumps(nested(FACEBOOK, post(n))).encode() + b"\n" for n in range(12)
    ),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
