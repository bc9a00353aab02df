"""Files as Hootsuite exports post performance, below two rows of titles."""

from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 6, 1, tzinfo=UTC), "account": "@dinascontoh"}
HEAD = (
    "Post performance,,,,,,,,,,,,,\n"
    '"Mar 1, 2025 - Mar 31, 2025",,,,,,,,,,,,,\n'
    "Date (GMT),Post ID,Post Message,Post Permalink,Post Type,Social Network,Impressions,Reach,"
    "Engagement,Likes,Comments,Shares,Post Link Clicks,Video Views\n"
)


def row(day=15, *, link="", network="Instagram", kind="Reel", post_id="1"):
    """A line of the file."""
    return (
        f'2025-03-{day} 14:30,{post_id},"Halo, {day}",{link},{kind},{network},"12,000",900,300,250,'
        "40,10,,4800\n"
    )


SAMPLES = {
    "hootsuite.csv": (
        HEAD
        + "".join(row(day, link=f"https://instagram.com/p/CJggXA2At{day}") for day in range(11, 21))
    ).encode()
}
"""Content by file name; every file holds ten rows, all of them good."""
