"""Files as twarc2 and twarc-csv write them: a table of posts, and flattened posts, one a line."""

import csv
import io
import json

OPTIONS: dict[str, str] = {}
READ_AT = "2025-10-20T03:00:00+00:00"
_COLUMNS = (
    "id", "conversation_id", "referenced_tweets.replied_to.id", "referenced_tweets.retweeted.id",
    "referenced_tweets.quoted.id", "author_id", "created_at", "text", "lang",
    "public_metrics.impression_count", "public_metrics.reply_count",
    "public_metrics.retweet_count", "public_metrics.quote_count", "public_metrics.like_count",
    "public_metrics.bookmark_count", "edit_history_tweet_ids", "entities.urls",
    "attachments.media", "attachments.media_keys", "author.id", "author.username",
    "author.public_metrics.followers_count", "author.public_metrics.tweet_count",
    "__twarc.retrieved_at", "__twarc.version",
)  # fmt: skip


def row(number=1, **cells):
    """The cells of one post by column: an original of @contoh with 20 likes."""
    post_id = str(1_974_000_000_000_000_000 + number)
    return {
        "id": post_id,
        "conversation_id": post_id,
        "author_id": "77001",
        "created_at": f"2025-10-{number:02}T01:00:00.000Z",
        "text": f'Halo, "dunia"\nbaris {number} 🎉',
        "lang": "in",
        "public_metrics.impression_count": 1000 + number,
        "public_metrics.reply_count": 3,
        "public_metrics.retweet_count": 5,
        "public_metrics.quote_count": 2,
        "public_metrics.like_count": 20,
        "public_metrics.bookmark_count": 1,
        "edit_history_tweet_ids": json.dumps([post_id]),
        "author.id": "77001",
        "author.username": "Contoh",
        "author.public_metrics.followers_count": 900,
        "author.public_metrics.tweet_count": 50,
        "__twarc.retrieved_at": READ_AT,
        "__twarc.version": "2.14.0",
        **cells,
    }


def table(rows, columns=_COLUMNS):
    """A file of twarc-csv with these rows."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def flat(number=1, **fields):
    """One flattened post: its author and its media inside it."""
    post_id = str(1_974_000_000_000_000_000 + number)
    return {
        "id": post_id,
        "author_id": "77001",
        "created_at": f"2025-10-{number:02}T01:00:00.000Z",
        "text": f"Baris {number}",
        "public_metrics": {
            "retweet_count": 5, "reply_count": 3, "like_count": 20, "quote_count": 2,
            "bookmark_count": 1, "impression_count": 1000,
        },
        "author": {
            "id": "77001", "username": "Contoh", "name": "Contoh",
            "public_metrics": {"followers_count": 900, "tweet_count": 50},
        },
        "__twarc": {"url": "https://api.x.com/2/tweets", "retrieved_at": READ_AT},
        **fields,
    }  # fmt: skip


SAMPLES = {
    "posts.csv": table(row(number) for number in range(1, 12)),
    "flat.jsonl": "".join(json.dumps(flat(n)) + "\n" for n in range(1, 12)).encode(),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
