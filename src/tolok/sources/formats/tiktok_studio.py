"""TikTok Studio: the table of posts (Content.csv, or a workbook) that the owner exports.

- The id and the handle stand in the link of each post.
- Post time is mostly a day without a year ("14 April", "14 Mei"). The id tells when the post was
  uploaded: where its day is that of the row, give or take one for time zones, that is the time of
  the post. Where it is not, as with posts that were planned, the row is refused.
- The column Time is the day of the export, without a year as well: --exported-at says it.
- Columns of the last days stand beside totals in some files: the totals are taken.

Its other files hold sums by day, and shares of the audience. The history of followers has a count
a day, which is taken where the days have years.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from tolok.platforms import handle_from_url, post_id_from_url
from tolok.platforms.tiktok.ids import moment_of_id
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.moment import day_without_year
from tolok.sources.table_format import TableFormat, empty_table

_WORDS = {
    "title": ("video title", "post title", "judul video", "judul postingan"),
    "link": (
        "video link", "post link", "tautan video", "link video", "tautan postingan",
    ),
    "published": (
        "post time", "waktu posting", "waktu postingan", "waktu unggah", "waktu diposting",
    ),
    "likes": ("total likes", "likes", "total suka", "suka", "jumlah suka"),
    "comments": ("total comments", "comments", "total komentar", "komentar", "jumlah komentar"),
    "shares": (
        "total shares", "shares", "total dibagikan", "total pembagian", "dibagikan", "pembagian",
    ),
    "views": (
        "total views", "video views", "views", "total tayangan", "total penayangan",
        "total tayangan video", "total penayangan video", "penayangan video", "tayangan video",
        "tayangan", "penayangan",
    ),
    "saves": (
        "add to favorites", "total bookmarks", "total favorites", "favorites", "bookmarks",
        "tambahkan ke favorit", "total favorit", "favorit",
    ),
}  # fmt: skip
_FOLLOWER_WORDS = {
    "date": ("date", "tanggal"),
    "followers": ("followers", "pengikut"),
    "change": (
        "difference in followers from previous day",
        "perbedaan pengikut dari hari sebelumnya",
        "selisih pengikut dari hari sebelumnya",
    ),
}
_COUNTS = ("likes", "comments", "shares", "views", "saves")
_DAY = timedelta(days=1)
_LONGEST_PLAN = timedelta(days=60)
"""More days than a post can be planned ahead."""
_SUMS = (
    {"date", "video views", "profile views"},
    {"tanggal", "penayangan video", "penayangan profil"},
    {"tanggal", "tayangan video", "tayangan profil"},
    {"date", "total viewers", "new viewers"},
    {"date", "hour", "active followers"},
    {"gender", "distribution"},
    {"top territories", "distribution"},
)


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    links = cells.words("link")
    ids = [link and post_id_from_url("tiktok", link) for link in links]
    handles = [link and handle_from_url("tiktok", link) for link in links]
    for index, (link, found) in enumerate(zip(links, ids, strict=True)):
        if found is None:
            cells.refuse(index, f"Video link: {link!r} names no post, expected .../video/<number>")
    counts = {
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "view_count": cells.counts("views"),
        "save_count": cells.counts("saves"),
    }
    return {
        "posts": {
            "platform": cells.same("tiktok"),
            "post_id": ids,
            "account_id": [handle and f"@{handle}" for handle in handles],
            "published_at": _published(cells, ids),
            "kind": [_kind(link) for link in links],
            "text": cells.texts("title"),
            "url": links,
            **known_counts(counts, {}),
        }
    }


def _published(cells: Cells, ids: Column) -> Column:
    """The times of the posts, for days without a year those in the ids."""
    uploads = [moment_of_id(found) if found else None for found in ids]
    told: dict[int, str] = {}
    for index, (cell, upload) in enumerate(zip(cells.words("published"), uploads, strict=True)):
        day = day_without_year(cell) if cell else None
        if day is None or upload is None:
            continue
        near = [upload.date() + _DAY * step for step in (-1, 0, 1)]
        if day in {(close.month, close.day) for close in near}:
            told[index] = upload.isoformat()
        else:
            what = f"Post time: {cell!r} has no year, and the upload was on {upload:%Y-%m-%d}"
            cells.refuse(index, f"{what}, another day. Write the year into the file")
    if told:
        cells.notes.append("days of publishing have no year: the times are those in the post ids.")
    moments = cells.moments("published", known=told)
    for index, (moment, upload) in enumerate(zip(moments, uploads, strict=True)):
        day_told = moment and date.fromisoformat(moment[:10])
        if day_told and upload and abs(day_told - upload.date()) > _LONGEST_PLAN:
            what = f"Post time: says {day_told}, and the upload was on {upload:%Y-%m-%d}"
            cells.refuse(index, f"{what}: a spreadsheet may have put a year there")
    return [told.get(index, moment) for index, moment in enumerate(moments)]


def _kind(link: str | None) -> str | None:
    if link is None:
        return None
    return "carousel" if "/photo/" in link else "short_video" if "/video/" in link else None


def _followers(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    counts = cells.counts("followers")
    for index, count in enumerate(counts):
        if count is None:
            cells.refuse(index, "Followers: is missing, expected 0, 1, 2 and so on")
    return {
        "followers": {
            "platform": cells.same("tiktok"),
            "observed_at": [_day_after(moment) for moment in cells.moments("date")],
            "follower_count": counts,
        }
    }


def _day_after(moment: str | None) -> str | None:
    """The end of a day: the count of a day is complete no earlier."""
    return moment and (datetime.fromisoformat(moment) + _DAY).isoformat()


def _is_sums(header: Sequence[str]) -> bool:
    return any(needed.issubset(header) for needed in _SUMS)


_POSTS = TableFormat(
    name="tiktok-studio",
    words=_WORDS,
    needs=("title", "link", "published"),
    rows=_rows,
    numbers=_COUNTS,
    dates=("published",),
)
_FOLLOWERS = TableFormat(
    name="tiktok-studio-followers",
    words=_FOLLOWER_WORDS,
    needs=("date", "followers", "change"),
    rows=_followers,
    numbers=("followers",),
    dates=("date",),
)

FORMATS = (
    _POSTS.format(),
    _FOLLOWERS.format(),
    empty_table(
        "tiktok-studio-sums",
        _is_sums,
        "holds sums of TikTok Studio by day, or shares of its audience, and no posts. "
        "Export the content (Content.csv) instead.",
    ),
)
