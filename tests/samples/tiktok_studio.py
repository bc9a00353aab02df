"""Files as TikTok Studio exports them: in English and Indonesian, as CSV and as workbooks."""

import csv
import io
from datetime import UTC, datetime

from tests.samples.youtube_studio import workbook

OPTIONS = {"exported_at": datetime(2026, 4, 1, tzinfo=UTC), "time_zone": "Asia/Jakarta"}
FIRST_ID = 7593820674163100946  # of 2026-01-10T19:42:35Z
_STEP = 3_600 << 32  # an hour
HEADER = (
    "Time", "Video title", "Video link", "Post time", "Total likes", "Total comments",
    "Total shares", "Total views",
)  # fmt: skip
SHORT_HEADER = (
    "Video title", "Video link", "Post time", "Likes", "Comments", "Shares", "Views",
    "Add to favorites",
)  # fmt: skip
_INDONESIAN = (
    "Judul video", "Tautan video", "Waktu posting", "Total suka", "Total komentar",
    "Total dibagikan", "Total tayangan",
)  # fmt: skip


def link(number=0, handle="Contoh.ID"):
    """The address of a post, by its number."""
    return f"https://www.tiktok.com/@{handle}/video/{FIRST_ID + number * _STEP}"


def table(header, *rows):
    """A CSV file with a mark of its encoding."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return text.getvalue().encode("utf-8-sig")


def _title(number):
    return f'Kabar "{number}"\nbaris dua 🎉'


def _yearless():
    for number in range(12):
        day = "January 10" if number < 5 else "January 11"
        counts = (10 + number, 2, 3, 1000 + number)
        yield ("January 18", _title(number), link(number), day, *counts)


def _short():
    for number in range(12):
        counts = (10 + number, 2, 3, f"{1 + number / 10:.1f}K", 4)
        yield (_title(number), link(number), "2026-01-11 09:00:00", *counts)


def _indonesian():
    for number in range(12):
        day = "10 Januari" if number < 5 else "11 Jan"
        yield (_title(number), link(number), day, 10 + number, 2, 3, f"1.{number:03}.000")


SAMPLES = {
    "Content.csv": table(HEADER, *_yearless()),
    "Content (1).csv": table(SHORT_HEADER, *_short()),
    "Konten.csv": table(_INDONESIAN, *_indonesian()),
    "Content.xlsx": workbook({"Content": [HEADER, *_yearless()]}),
    "Konten.xlsx": workbook({"Konten": [_INDONESIAN, *_indonesian()]}),
    "FollowerHistory.csv": table(
        ("Date", "Followers", "Difference in followers from previous day"),
        *((f"2026-01-{day:02}", 10_000 + day, 1) for day in range(1, 13)),
    ),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
