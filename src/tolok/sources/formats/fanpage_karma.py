"""Fanpage Karma's lists of posts, as workbooks: one metric a file, or several merged into one.

A raw export has titles, the day of the export in its second row, its header in the fifth and an
empty first column. It gives one count of each post; the others are not_collected, and another file
of the same day complements it. A merged file has its header in the first row and no day: the
moment at which the workbook was made stands in its properties.

- The post's id is that in its link: Excel cuts a Message-ID that it takes for a number.
- Times are in UTC, whatever the zone by which the period was chosen.
- 0 likes, or a dash, on Instagram means that the owner hides them.
- On Instagram the kind stands only in the link: /reel/ is a short video, /tv/ a video, and /p/ is
  taken for an image. It may be a carousel, and in posts before 2022 a video.
- A count below 0 comes of two exports subtracted from each other; it is set aside as suspect.
- `Reactions, Comments & Shares` is kept as engagement_count.
- The names of profiles are not kept: in joint posts they are those of other accounts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import FileFault
from tolok.model import COUNTS, PLATFORMS
from tolok.platforms import post_id_from_url
from tolok.sources.brought import Brought
from tolok.sources.format import Format, TextRow, folded, text_relation
from tolok.sources.raw import Options
from tolok.sources.workbook import created_at, day_of
from tolok.store.ingest import Relation

_NEEDED = {"date", "network", "profile-id", "link"}
_METRICS = {
    "likes per post": "reaction_count",
    "comments per post": "comment_count",
    "reactions, comments & shares": "engagement_count",
}
_SEARCHED_ROWS = 20
_NETWORKS = {"twitter": "x"}
_KINDS = {"/reel/": "short_video", "/reels/": "short_video", "/tv/": "video", "/p/": "image"}
_EMPTY = ("", "-", "--", "n/a")


@dataclass(frozen=True)
class _Sheet:
    """The list in a workbook: its rows, where its header stands, and its columns by name."""

    rows: list[list[Any]]
    header: int
    places: dict[str, int]

    def cell(self, row: Sequence[Any], name: str) -> Any:
        """The cell of a row in a named column; None where there is none or it says nothing."""
        place = self.places.get(name)
        cell = row[place] if place is not None and place < len(row) else ""
        return None if isinstance(cell, str) and cell.strip().casefold() in _EMPTY else cell


def claims(brought: Brought) -> bool:
    """Whether a sheet of the workbook has the header of a list of posts and a known metric."""
    return _sheet(brought) is not None


def read(brought: Brought, options: Options) -> Sequence[Relation]:
    """The posts of the list, numbered as the spreadsheet numbers its rows.

    Raises: FileFault where nothing says when the list was exported.
    """
    sheet = _sheet(brought)
    if sheet is None:
        raise FileFault(brought.name, "has no sheet with the header of Fanpage Karma's lists.")
    zone = ZoneInfo(options.time_zone) if options.time_zone else UTC
    rows = list(_rows(sheet, zone))
    observed_at = options.exported_at or _exported_at(brought, sheet, zone, rows)
    listed = [(place, {**row, "observed_at": observed_at}) for place, row in rows]
    return [text_relation("posts", listed)]


def _sheet(brought: Brought) -> _Sheet | None:
    for rows in brought.sheets.values():
        for number, row in enumerate(rows[:_SEARCHED_ROWS]):
            places = {folded(cell): place for place, cell in enumerate(row) if cell != ""}
            if places.keys() >= _NEEDED and not _METRICS.keys().isdisjoint(places):
                return _Sheet(rows, number, places)
    return None


def _rows(sheet: _Sheet, zone: Any) -> Iterator[TextRow]:
    for number, row in enumerate(sheet.rows[sheet.header + 1 :], start=sheet.header + 2):
        if any(cell != "" for cell in row):
            yield number, _post(sheet, row, zone)


def _post(sheet: _Sheet, row: Sequence[Any], zone: Any) -> dict[str, Any]:
    network = folded(sheet.cell(row, "network") or "")
    platform = _NETWORKS.get(network, network)
    link = str(sheet.cell(row, "link") or "")
    published = _instant(sheet.cell(row, "date"), zone)
    post_id = _post_id(platform, link, sheet.cell(row, "message-id"))
    counts = {
        count: sheet.cell(row, header)
        for header, count in _METRICS.items()
        if header in sheet.places
    }
    missing = _reasons(platform, counts)
    post = {
        "platform": platform,
        "post_id": post_id,
        "account_id": _whole(sheet.cell(row, "profile-id")),
        "published_at": published,
        "kind": _kind(platform, link),
        "text": sheet.cell(row, "message"),
        "url": link or None,
        **{count: None if count in missing else cell for count, cell in counts.items()},
        "missing": {count: why for count, why in missing.items() if count in COUNTS},
    }
    if post_id is None and platform in PLATFORMS:
        post["broken"] = "has no id: the link names no post, and Message-ID is no text of digits"
        post["raw"] = link
    return post


def _reasons(platform: str, counts: dict[str, Any]) -> dict[str, str]:
    """Why a count of the file says nothing, by its name."""
    reasons = {
        count: "suspect" for count, cell in counts.items() if isinstance(cell, float) and cell < 0
    }
    if platform == "instagram" and "reaction_count" in counts and not counts["reaction_count"]:
        reasons["reaction_count"] = "hidden"
    return reasons


def _post_id(platform: str, link: str, message_id: Any) -> str | None:
    """The id in the link; where that names none, a Message-ID that Excel has not cut.

    On Instagram only the link counts: the shortcode is what other files and tools have.
    """
    if platform not in PLATFORMS:
        return None
    found = post_id_from_url(platform, link)
    if found is None and platform != "instagram" and isinstance(message_id, str):
        return message_id.strip()
    return found


def _whole(cell: Any) -> Any:
    """A number that lost nothing in a spreadsheet, as digits; anything else as it stands."""
    exact = isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53
    return str(int(cell)) if exact else cell


def _kind(platform: str, link: str) -> str | None:
    if platform != "instagram":
        return None
    return next((kind for part, kind in _KINDS.items() if part in link), None)


def _instant(cell: Any, zone: Any) -> Any:
    """A cell's time with its zone; what is no time is left for the check of rows to refuse."""
    if isinstance(cell, str):
        try:
            cell = datetime.fromisoformat(cell.strip())
        except ValueError:
            return cell
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):  # a workbook writes midnight as a bare day
        return datetime.combine(cell, time(), zone)
    return cell


def _exported_at(brought: Brought, sheet: _Sheet, zone: Any, rows: Sequence[TextRow]) -> datetime:
    """The start of the day in the titles, else the moment at which the workbook was made."""
    newest = max(
        (row["published_at"] for _, row in rows if isinstance(row["published_at"], datetime)),
        default=None,
    )
    titles = [cell for row in sheet.rows[: sheet.header] for cell in row]
    days = [day for day in map(day_of, titles) if day]
    found = datetime.combine(days[-1], time(), zone) if days else created_at(brought.path)
    remedy = "Name the instant with --exported-at."
    if found is None:
        raise FileFault(
            brought.name, "does not say when it was exported, and counts change.", remedy=remedy
        )
    if newest and newest >= found + timedelta(days=1):
        problem = f"says it was made at {found.isoformat()}, before its newest post."
        raise FileFault(brought.name, problem, remedy=remedy)
    return found


FORMATS = (Format("fanpage-karma", claims, read),)
