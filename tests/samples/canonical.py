"""The canonical tables as other programs write them."""

import json

OPTIONS: dict[str, object] = {}
_COUNT = range(12)


def _post(number):
    return {
        "platform": "instagram",
        "post_id": f"C{number:03}",
        "account_id": "@contoh",
        "published_at": f"2025-03-{number + 1:02}T08:00:00+07:00",
        "observed_at": "2025-04-01T09:00:00+07:00",
        "kind": "image",
        "text": f'Kabar "{number}", baris satu\nbaris dua 🎉',
        "reaction_count": 10 * number,
        "comment_count": None,
        "missing": {"comment_count": "disabled"},
    }


def _cell(value):
    if value is None:
        return ""
    text = json.dumps(value) if isinstance(value, dict) else str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set('",\n') else text


_LINES = [",".join(_post(0)), *(",".join(map(_cell, _post(n).values())) for n in _COUNT)]
SAMPLES = {
    "posts.csv": ("\n".join(_LINES) + "\n").encode(),
    "posts.ndjson": "\n".join(json.dumps(_post(number)) for number in _COUNT).encode(),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
HEADER_FIRST = {"posts.csv"}
"""A canonical CSV file has its header in its first line."""
