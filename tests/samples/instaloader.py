"""Files as Instaloader writes them: one object a file; here one a line, as people join them."""

import json
import lzma
from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
SECONDS = 1_759_280_400
"""2025-10-01T01:00:00Z."""


def file(node, node_type="Post"):
    """A node and what it is."""
    return {"node": node, "instaloader": {"version": "4.15", "node_type": node_type}}


def post(number=1, **fields):
    """A picture of @contoh, liked and commented by people."""
    return {
        "__typename": "GraphImage",
        "id": str(number),
        "shortcode": f"Iaaaa{number:02}",
        "taken_at_timestamp": SECONDS + number,
        "owner": {"id": "501", "username": "contoh"},
        "edge_media_to_caption": {"edges": [{"node": {"text": f"Halo {number} 🎉"}}]},
        "edge_media_preview_like": {
            "count": 30 + number,
            "edges": [{"node": {"username": "warga1"}}],
        },
        "edge_media_to_parent_comment": {
            "count": 2,
            "edges": [{"node": {"text": "Halo", "owner": {"username": "warga2"}}}],
        },
        "is_video": False,
        **fields,
    }


def profile(**fields):
    """The profile @contoh."""
    return {"id": "501", "username": "contoh", "edge_followed_by": {"count": 4321}, **fields}


def story(**fields):
    """A story of @contoh."""
    return {
        "__typename": "GraphStoryVideo",
        "id": "3700000000000000001",
        "taken_at_timestamp": SECONDS,
        "expiring_at_timestamp": SECONDS + 86_400,
        "owner": {"id": "501", "username": "contoh"},
        "is_video": True,
        "video_duration": 14.2,
        **fields,
    }


_LINES = [file(post(number)) for number in range(1, 11)]
_ALL = [*_LINES, file(profile(), "Profile"), file(story(), "StoryItem")]
_TEXT = "".join(json.dumps(item) + "\n" for item in _ALL)
SAMPLES = {"contoh.jsonl": _TEXT.encode(), "contoh.json.xz": lzma.compress(_TEXT.encode())}
"""Content by file name; every file holds at least ten rows, all of them good."""
