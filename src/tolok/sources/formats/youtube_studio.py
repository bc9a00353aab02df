"""YouTube Studio: the table of videos (Table data.csv) in the zip file that "Export" gives.

Beside it lie Chart data.csv and Totals.csv, which hold sums by day and no videos.

- The first row below the header is a total. A table ends with its 500th video.
- Views are those of the chosen period, not of the video's life, unless the period is "Lifetime".
- Publishing has a day and no time of day. The day is that of the channel's time zone.
- The table names no channel: say whose it is with --account.
- In Indonesian files "Tayangan" are impressions and "Penayangan" views.
- Other columns tell the decimal mark as well: a rate of 3.4 says that 1.234 views are none.
"""

from collections.abc import Mapping, Sequence

from tolok.platforms import post_id_from_url
from tolok.platforms.youtube.api import SHORT_SECONDS
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format
from tolok.sources.table_format import TableFormat, empty_table

_WORDS = {
    "id": ("content", "konten", "video"),
    "title": ("video title", "judul video"),
    "published": ("video publish time", "waktu publikasi video"),
    "duration": ("duration", "durasi"),
    "views": ("views", "penayangan"),
    "likes": ("likes", "suka"),
    "comments": ("comments added", "komentar ditambahkan", "comments", "komentar"),
    "shares": ("shares", "pembagian", "dibagikan"),
    "hours": ("watch time (hours)", "waktu tonton (jam)"),
    "impressions": ("impressions", "tayangan"),
    "rate": ("impressions click-through rate (%)", "rasio klik-tayang dari tayangan (%)"),
    "subscribers": ("subscribers", "subscriber"),
    "date": ("date", "tanggal"),
}
_COUNTS = ("views", "likes", "comments", "shares")
_MEASURES = {
    header for word in (*_COUNTS, "hours", "impressions", "subscribers") for header in _WORDS[word]
}
_TOTAL = "total"
_MOST_ROWS = 500
"""Videos that an export holds at most: seen in exports, written nowhere by YouTube."""


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    ids = cells.ids("id")
    for index, found in enumerate(ids):
        if found and found.casefold() == _TOTAL:
            cells.drop(index)
        elif found and post_id_from_url("youtube", f"https://youtu.be/{found}") != found:
            cells.refuse(index, f"Content: {found!r} is no id of a video")
    if len(cells) - len(cells.dropped) == _MOST_ROWS:
        cells.notes.append(
            "has 500 videos, as many as YouTube Studio gives at most: there may be others. "
            "Export shorter periods."
        )
    lengths = cells.seconds("duration")
    return {
        "posts": {
            "platform": cells.same("youtube"),
            "post_id": ids,
            "published_at": cells.moments("published"),
            "kind": [_kind(length) for length in lengths],
            "text": cells.texts("title"),
            "url": [found and f"https://www.youtube.com/watch?v={found}" for found in ids],
            "duration_s": lengths,
            **known_counts(_counts(cells), {"save_count": "not_offered"}),
        }
    }


def _counts(cells: Cells) -> dict[str, Column]:
    return {
        "view_count": cells.counts("views"),
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
    }


def _kind(length: str | None) -> str | None:
    return None if length is None else "short_video" if float(length) <= SHORT_SECONDS else "video"


_TABLE = TableFormat(
    name="youtube-studio",
    words=_WORDS,
    needs=("id", "title", "published"),
    lacks=("date",),
    rows=_rows,
    numbers=(*_COUNTS, "hours", "impressions", "rate"),
    dates=("published",),
    warning="views are those of the period that was chosen for the export.",
)


def _is_sums(header: Sequence[str]) -> bool:
    """Whether a header is that of sums: by day, or by what is no video."""
    named = {word for word, headers in _WORDS.items() if not set(headers).isdisjoint(header)}
    cells = {cell for cell in header if cell}
    if "date" in named and "title" in named:
        return True
    if "date" in named and len(cells) == 2:
        return not cells.isdisjoint(_MEASURES)
    return "hours" in named and named.isdisjoint({"id", "title"})


_SUMS = empty_table(
    "youtube-studio-sums",
    _is_sums,
    "holds sums of YouTube Studio by day or by group, and no videos. "
    "Export the contents of the channel and bring the zip file, or Table data.csv out of it.",
)


def _claims_sums(brought: Brought) -> bool:
    """Whether a file has sums alone; a workbook may hold the table of videos beside them."""
    return _SUMS.claims(brought) and not _TABLE.claims(brought)


FORMATS = (
    _TABLE.format(),
    Format(_SUMS.name, _claims_sums, _SUMS.read, holds_nothing=_SUMS.holds_nothing),
)
