"""Tables as 4CAT writes them, of each platform that is read."""

import csv
import io
from datetime import UTC, datetime, timedelta

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
_FIRST = datetime(2025, 10, 1, 1, tzinfo=UTC)


def table(rows):
    """A file with these rows; the first names the columns."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def _times(number):
    at = _FIRST + timedelta(seconds=number)
    return {"timestamp": f"{at:%Y-%m-%d %H:%M:%S}", "unix_timestamp": int(at.timestamp())}


def instagram(number=1, **cells):
    """A picture of @contoh with 100 likes."""
    return {
        "collected_from_url": "https://www.instagram.com/contoh/",
        "partial_item": "False",
        "id": f"Caaaa{number:02}",
        "thread_id": f"Caaaa{number:02}",
        "parent_id": f"Caaaa{number:02}",
        "url": f"https://www.instagram.com/p/Caaaa{number:02}",
        "body": f'Halo, "dunia"\nbaris {number} 🎉',
        "author_id": "501",
        "author": "Contoh",
        "author_fullname": "Contoh",
        "coauthors": "",
        "media_type": "photo",
        "num_media": 1,
        "hashtags": "halo",
        "play_count": 0,
        "likes_hidden": "no",
        "num_likes": 100,
        "num_comments": 4,
        **_times(number),
        **cells,
    }


def tiktok(number=1, **cells):
    """A video of @contoh."""
    post_id = 7_550_000_000_000_000_000 + number
    return {
        "id": post_id,
        "thread_id": post_id,
        "author": "contoh",
        "author_full": "Contoh",
        "author_followers": 8800,
        "body": f"Tari {number}",
        "is_duet": "no",
        "is_ad": "no",
        "is_paid_partnership": "no",
        "tiktok_url": f"https://www.tiktok.com/@contoh/video/{post_id}",
        "likes": 1000,
        "comments": 10,
        "shares": 5,
        "plays": 20000,
        **_times(number),
        **cells,
    }


def x(number=1, **cells):
    """A post of @Contoh."""
    post_id = 1_974_000_000_000_000_000 + number
    return {
        "id": post_id,
        "thread_id": post_id,
        **_times(number),
        "link": f"https://x.com/Contoh/status/{post_id}",
        "body": f"Baris {number}",
        "author": "Contoh",
        "author_id": "77001",
        "author_followers": 900,
        "language_guess": "in",
        "impression_count": 1000 + number,
        "retweet_count": 5,
        "bookmark_count": 0,
        "like_count": 20,
        "quote_count": 2,
        "reply_count": 3,
        "is_retweet": "no",
        "is_quote_tweet": "no",
        "is_reply": "no",
        "urls": "",
        "images": "",
        "videos": "",
        **cells,
    }


def threads(number=1, **cells):
    """A post of @contoh that is text alone."""
    return {
        "id": f"Taaaa{number:02}",
        "thread_id": f"Taaaa{number:02}",
        "url": f"https://www.threads.com/@contoh/post/Taaaa{number:02}",
        "body": f"Utas {number}",
        "author": "contoh",
        "image_url": "",
        "video_url": "",
        "link_url": "",
        "is_paid_partnership": "no",
        "likes": 9,
        "reposts": 2,
        "replies": 4,
        "quotes": 1,
        **_times(number),
        **cells,
    }


def facebook(number=1, **cells):
    """A post of the page contoh."""
    return {
        "id": 990_000_000 + number,
        "url": f"https://www.facebook.com/contoh/posts/{990_000_000 + number}",
        "body": f"Kabar {number}",
        "author": "contoh",
        "author_name": "Contoh",
        "image_url": "",
        "video_url": "",
        "is_in_group": "no",
        "group_name": "",
        **_times(number),
        **cells,
    }


def linkedin(number=1):
    """A post of LinkedIn with its age."""
    return {
        "id": 7_379_000_000_000_000_000 + number,
        "body": "Halo",
        "timestamp_ago": "3mo",
        "author": "company/contoh",
        "reactions": 3,
        **_times(number),
    }


_NUMBERS = range(1, 12)
SAMPLES = {
    f"{make.__name__}.csv": table([make(number) for number in _NUMBERS])
    for make in (instagram, tiktok, x, threads, facebook)
}
"""Content by file name; every file holds at least ten rows, all of them good."""
