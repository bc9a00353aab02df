"""YouTube Studio: the table of videos (Table data.csv) in the zip file that "Export" gives.

Beside it lie Chart data.csv and Totals.csv, which hold sums by day and no videos.

- The first row below the header is a total.
- Views are those of the chosen period, not of the video's life, unless the period is "Lifetime".
- Publishing has a day and no time of day. The day is that of the channel's time zone.
- The table names no channel: say whose it is with --account.
- In Indonesian files "Tayangan" are impressions and "Penayangan" views.
"""

from collections.abc import Mapping

from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.table_format import TableFormat

_WORDS = {
    "id": ("content", "konten", "video"),
    "title": ("video title", "judul video"),
    "published": ("video publish time", "waktu publikasi video"),
    "duration": ("duration", "durasi"),
    "views": ("views", "penayangan"),
    "likes": ("likes", "suka", "likes (vs. dislikes)"),
    "comments": ("comments added", "comments", "komentar ditambahkan", "komentar"),
    "shares": ("shares", "dibagikan", "pembagian"),
}
_TOTAL = ("total",)


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    ids = cells.ids("id")
    for index, found in enumerate(ids):
        if found and found.casefold() in _TOTAL:
            cells.drop(index)
    counts = {
        "view_count": cells.counts("views"),
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
    }
    seconds = cells.counts("duration")
    return {
        "posts": {
            "platform": cells.same("youtube"),
            "post_id": ids,
            "published_at": cells.moments("published"),
            "kind": [_kind(duration) for duration in seconds],
            "text": cells.texts("title"),
            "url": [found and f"https://www.youtube.com/watch?v={found}" for found in ids],
            "duration_s": seconds,
            **known_counts(counts, {"save_count": "not_offered"}),
        }
    }


def _kind(seconds: str | None) -> str | None:
    return None if seconds is None else "short_video" if int(seconds) <= 60 else "video"


_TABLE = TableFormat(
    name="youtube-studio",
    words=_WORDS,
    needs=("id", "title", "published", "views"),
    rows=_rows,
    numbers=("views", "likes", "comments", "shares"),
    dates=("published",),
    warning="views are those of the period that was chosen for the export.",
)

FORMATS = (_TABLE.format(),)
