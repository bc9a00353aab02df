"""Files as Rival IQ exports them: all channels in one, and one channel alone."""

import csv
import io

OPTIONS = {"time_zone": "Asia/Jakarta"}
CROSS = (
    "published_at", "report_generated_at", "captured_at", "company", "channel", "presence_handle",
    "message", "post_link", "link", "link_title", "link_description", "image", "post_type",
    "posted_domain", "posted_url", "engagement_total", "applause", "conversation", "amplification",
    "audience", "engagement_rate_by_follower", "engagement_rate_lift", "post_tag_contests",
)  # fmt: skip
TIKTOK = (
    "published_date", "published_time", "report_generated_at", "captured_at", "company",
    "presence_handle", "message", "post_link", "image", "post_type", "engagement_total", "likes",
    "comments", "shares", "followers", "engagement_rate_by_follower", "engagement_rate_by_view",
    "engagement_rate_lift", "views",
)  # fmt: skip


def cross_row(number=1, **cells):
    """A post of a file of all channels, by its header."""
    row = {
        **dict.fromkeys(CROSS, ""), "published_at": f"2025-03-{number:02} 08:00:00",
        "report_generated_at": "2025-04-30 10:00:00", "captured_at": "2025-04-29 07:00:00",
        "company": "Dinas Contoh", "channel": "twitter", "presence_handle": "DinasContoh",
        "message": f"Halo {number} 🎉", "post_type": "photo", "engagement_total": "60",
        "post_link": f"https://twitter.com/DinasContoh/status/17000000000000000{number:02}",
        "applause": "40", "conversation": "15", "amplification": "5", "audience": "45123",
        "engagement_rate_by_follower": "0.00133",
    }  # fmt: skip
    return {**row, **cells}


def tiktok_row(number=1, **cells):
    """A post of a file of TikTok alone, by its header."""
    row = {
        **dict.fromkeys(TIKTOK, ""), "published_date": f"2025-03-{number:02}",
        "published_time": "08:00:00", "report_generated_at": "2025-04-30 10:00:00",
        "captured_at": "2025-04-29 07:00:00", "company": "Dinas Contoh",
        "presence_handle": "dinascontoh", "message": f"Halo {number}", "post_type": "video",
        "post_link": f"https://www.tiktok.com/@dinascontoh/video/73500000000000000{number:02}",
        "engagement_total": "60", "likes": "40", "comments": "15", "shares": "5",
        "followers": "1200", "views": "9876",
    }  # fmt: skip
    return {**row, **cells}


def written(header, rows):
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


SAMPLES = {
    "social-posts.csv": written(CROSS, [cross_row(number) for number in range(1, 11)]),
    "tiktok-posts.csv": written(TIKTOK, [tiktok_row(number) for number in range(1, 11)]),
}
"""Content by file name; every file holds ten rows, all of them good."""
