"""Files as X analytics exports them: of today, and of the time before X."""

import csv
import io

OPTIONS: dict[str, object] = {}
_HEADER = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks",
    "Shares", "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks",
    "Hashtag Clicks", "Permalink Clicks",
)  # fmt: skip
_OLD_HEADER = (
    "Tweet id", "Tweet permalink", "Tweet text", "time", "impressions", "engagements",
    "engagement rate", "retweets", "replies", "likes",
)  # fmt: skip
FIRST_ID = 1900000000000000123  # of 2025-03-13T01:44:34.949Z
_STEP = 3_600_000 << 22  # an hour


def file_of(header, rows):
    """A CSV file with a mark of its encoding."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode("utf-8-sig")


def row(number, **cells):
    """One row of a file of today, by its number."""
    post_id = str(FIRST_ID + number * _STEP)
    given = {
        "Post id": post_id,
        "Date": "Thu, Mar 13, 2025",
        "Post text": f'Kabar "{number}"\nbaris dua 🎉',
        "Post Link": f"https://x.com/Contoh_ID/status/{post_id}",
        "Impressions": f"{1000 + number}",
        "Likes": f"{10 + number}",
        "Bookmarks": "0",
        "Shares": "9",
        "Replies": "2",
        "Reposts": "3",
        **cells,
    }
    return [given.get(header, "1") for header in _HEADER]


def content(*rows):
    """A file of today."""
    return file_of(_HEADER, rows)


def _old_row(number):
    post_id = FIRST_ID + number * _STEP
    link = f"https://twitter.com/contoh_id/status/{post_id}"
    day = "2025-03-13 01:44 +0000"
    return [post_id, link, f"Kabar {number}", day, f"{1000 + number}.0", "9.0", "0.1", "3.0", "2.0",
            f"{10 + number}.0"]  # fmt: skip


SAMPLES = {
    "account_analytics_content_2025-03-01_2025-03-31.csv": content(*map(row, range(12))),
    "tweet_activity_metrics_contoh_id_20250301_20250331_en.csv": file_of(
        _OLD_HEADER, map(_old_row, range(12))
    ),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
