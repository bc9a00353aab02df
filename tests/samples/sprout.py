"""Files as Sprout Social exports post performance."""

from datetime import UTC, datetime

OPTIONS = {
    "exported_at": datetime(2025, 6, 1, tzinfo=UTC),
    "time_zone": "Asia/Jakarta",
    "account": "@dinascontoh",
}
HEADER = (
    "Date,Post ID,Network,Post Type,Content Type,Profile,Sent by,Link,Post,Linked Content,"
    "Impressions,Reach,Engagements,Engagement Rate (per Impression),Reactions,Comments,Shares,"
    "Saves,Post Link Clicks,Video Views"
)


def row(day=15, *, network="X", link="", profile="@DinasContoh", post_id=""):
    """A line of the file."""
    return (
        f"03/{day}/2025 10:05 am,{post_id},{network},Post,Photo,{profile},Sinta,{link},"
        f'"Halo, {day}",,"12,000",900,85,6.5%,"1,200",15,10,5,30,4800'
    )


SAMPLES = {
    "post-performance.csv": "\n".join(
        [
            HEADER,
            *(
                row(day, link=f"https://x.com/DinasContoh/status/17000000000000000{day}")
                for day in range(11, 21)
            ),
            "",
        ]
    ).encode()
}
"""Content by file name; every file holds ten rows, all of them good."""
