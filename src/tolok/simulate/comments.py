"""Comments under the posts, and the answers that the institutions give to some of them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.model import COUNTS
from tolok.simulate.counts import Reading
from tolok.simulate.draw import Rows
from tolok.simulate.identifier import SCATTER, hex_words
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, Ints, generator, key_of, mixed
from tolok.simulate.sentences import pool
from tolok.simulate.timetable import DAY, HOUR, SECOND

INSTANT = pa.timestamp("us", tz="UTC")
COMMENTS = pa.schema(
    [
        ("platform", pa.string()),
        ("comment_id", pa.string()),
        ("post_id", pa.string()),
        ("author_key", pa.string()),
        ("published_at", INSTANT),
        ("observed_at", INSTANT),
        ("text", pa.string()),
        ("reaction_count", pa.int64()),
        ("is_institution", pa.bool_()),
        ("parent_id", pa.string()),
    ]
)
ANSWER_LEVEL, ANSWER_SERVICE = -1.5, 0.9
"""The log odds of an answer, and what one standard deviation of service adds to them."""
COMMENT_DELAY_H, COMMENT_DELAY_SPREAD = 3.0, 1.6
ANSWER_DELAY_H, ANSWER_DELAY_SPREAD, ANSWER_DELAY_SERVICE = 4.0, 1.0, -0.4
LAST_COMMENT, LAST_ANSWER = 13 * DAY, 13 * DAY + 8 * HOUR
"""Both before the earliest first reading of the post."""
AUTHORS, AUTHOR_SKEW = 1_000_000, 2.5
ECHO_SHARE, ECHOES, ECHO_LENGTH = 0.95, 7, 40
"""Of the comments under the posts of the account that buys them, and from how many sentences."""
FIRST_ID = 18_000_000_000_000_000


@dataclass(frozen=True)
class Commentable:
    """What comments need to know of the posts of a platform.

    Shape: each (posts,).  Missing: count is 0 where it is not known.
    """

    platform: str
    ids: pa.Array
    account: Ints
    voice: Ints
    published: Ints
    observed: Ints
    count: Ints


@dataclass(frozen=True)
class Thread:
    """Readers' comments, as post positions, and which of them are answered.

    Shape: each (comments,).
    """

    post: Ints
    is_answered: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Placing:
    """Where and when each comment stands; parent is the position of the comment answered, or -1.

    Shape: each (comments,).
    """

    platform: pa.Array
    post: Ints
    parent: Ints
    published: Ints


def commentable(platform: str, rows: Rows, ids: pa.Array, reading: Reading) -> Commentable:
    """The posts of one block of rows."""
    place = COUNTS.index("comment_count")
    known = reading.reasons[:, place] == 0
    return Commentable(
        platform=platform,
        ids=ids,
        account=rows["account"].astype(np.int64),
        voice=rows["voice"].astype(np.int64),
        published=rows["published"].copy(),
        observed=reading.observed,
        count=np.where(known, reading.counts[:, place], 0),
    )


def draw_comments(
    plan: SimulationPlan, posts: list[Commentable], service: Floats, *, echoed: int = -1
) -> pa.Table:
    """As many comments as the plan asks, in the order of the posts' platforms and of instants.

    A post is drawn as often as it has comments; if the plan asks more than all posts have, some
    posts get more than were counted at their reading. echoed is the position of the account that
    buys comments.
    """
    rng = generator(plan.seed, "comments")
    joined = _joined(posts)
    if not plan.comments or not joined.count.sum():
        return COMMENTS.empty_table()
    thread = _drawn_thread(plan, rng, joined, service)
    delay = _delays(rng, len(thread.post), COMMENT_DELAY_H, COMMENT_DELAY_SPREAD)
    asked_after = np.minimum(delay, LAST_COMMENT)
    parent = np.flatnonzero(thread.is_answered)
    skill = np.exp(ANSWER_DELAY_SERVICE * service[joined.voice[thread.post[parent]]])
    wait = _delays(rng, len(parent), ANSWER_DELAY_H, ANSWER_DELAY_SPREAD) * skill
    answered_after = np.minimum(asked_after[parent] + wait.astype(np.int64) + SECOND, LAST_ANSWER)
    post = np.concatenate([thread.post, thread.post[parent]])
    after = np.concatenate([asked_after, answered_after])
    published = joined.published[post] + after // SECOND * SECOND
    parents = np.concatenate([np.full(len(thread.post), -1), parent])
    block = np.repeat(np.arange(len(posts)), [len(part.ids) for part in posts])[post]
    order = np.lexsort((np.arange(len(post)), published, block))
    platforms = pa.array([part.platform for part in posts]).take(pa.array(block))
    placing = Placing(platforms, post, parents, published)
    table = _table(plan, rng, joined, placing)
    is_echo = (joined.account[post] == echoed) & (parents < 0)
    return _with_echoes(plan, table, np.flatnonzero(is_echo)).take(pa.array(order))


def _with_echoes(plan: SimulationPlan, table: pa.Table, bought: Ints) -> pa.Table:
    """The comments with one of a few sentences in the place of most of those chosen."""
    rng = generator(plan.seed, "bought comments")
    bought = bought[rng.random(len(bought)) < ECHO_SHARE]
    sentences = np.unique(pool("comment").to_numpy(zero_copy_only=False))
    long = sentences[[len(sentence) > ECHO_LENGTH for sentence in sentences]]
    said = rng.permutation(long)[:ECHOES][rng.integers(ECHOES, size=len(bought))]
    text = table["text"].to_numpy()
    text[bought] = said
    return table.set_column(table.column_names.index("text"), "text", pa.array(text, pa.string()))


def _joined(posts: list[Commentable]) -> Commentable:
    return Commentable(
        platform="",
        ids=pa.chunked_array([part.ids for part in posts], pa.string()).combine_chunks(),
        account=np.concatenate([part.account for part in posts]),
        voice=np.concatenate([part.voice for part in posts]),
        published=np.concatenate([part.published for part in posts]),
        observed=np.concatenate([part.observed for part in posts]),
        count=np.concatenate([part.count for part in posts]),
    )


def _drawn_thread(
    plan: SimulationPlan, rng: np.random.Generator, joined: Commentable, service: Floats
) -> Thread:
    """Readers' comments that make, with their answers, exactly the comments asked for."""
    risen = np.cumsum(joined.count)
    post = np.searchsorted(risen, _tickets(rng, int(risen[-1]), plan.comments), side="right")
    odds = np.exp(ANSWER_LEVEL + ANSWER_SERVICE * service[joined.voice[post]])
    is_answered = rng.random(len(post)) < odds / (1.0 + odds)
    made = np.cumsum(1 + is_answered)
    count = int(np.searchsorted(made, plan.comments)) + 1
    is_answered = is_answered[:count]
    is_answered[-1] &= made[count - 1] == plan.comments
    return Thread(post[:count], is_answered)


def _tickets(rng: np.random.Generator, total: int, count: int) -> Ints:
    """Some of the numbers below total in random order, each once if there are enough."""
    if total < count:
        return rng.integers(total, size=count)
    if total < 3 * count:
        return rng.permutation(total)[:count]
    tickets = np.zeros(0, np.int64)
    while len(tickets) < count:
        more = rng.integers(total, size=count + count // 4)
        tickets = np.unique(np.concatenate([tickets, more]))
    return rng.permutation(tickets)[:count]


def _delays(rng: np.random.Generator, count: int, median_h: float, spread: float) -> Ints:
    hours = median_h * np.exp(spread * rng.standard_normal(count))
    return (np.minimum(hours, 24 * 30) * HOUR).astype(np.int64)


def _table(
    plan: SimulationPlan, rng: np.random.Generator, joined: Commentable, placing: Placing
) -> pa.Table:
    """The comments with ids, authors and texts, readers' before answers."""
    post, count = placing.post, len(placing.post)
    is_answer = placing.parent >= 0
    numbers = FIRST_ID + (np.arange(count, dtype=np.int64) * SCATTER & (1 << 40) - 1)
    ids = pa.array(numbers).cast(pa.string())
    author = np.floor(AUTHORS * rng.random(count) ** AUTHOR_SKEW).astype(np.uint64)
    author = np.where(is_answer, np.uint64(AUTHORS) + joined.voice[post].astype(np.uint64), author)
    asked, answered = pool("comment"), pool("answer")
    said = np.where(
        is_answer,
        len(asked) + rng.integers(len(answered), size=count),
        rng.integers(len(asked), size=count),
    )
    return pa.table(
        {
            "platform": placing.platform,
            "comment_id": ids,
            "post_id": joined.ids.take(pa.array(post)),
            "author_key": hex_words(mixed(author + key_of(plan.seed, "authors"))),
            "published_at": pc.cast(pa.array(placing.published), INSTANT),
            "observed_at": pc.cast(pa.array(joined.observed[post]), INSTANT),
            "text": pa.concat_arrays([asked, answered]).take(pa.array(said)),
            "reaction_count": pa.array(rng.exponential(1.2, count).astype(np.int64)),
            "is_institution": pa.array(is_answer),
            "parent_id": ids.take(pa.array(placing.parent, mask=~is_answer)),
        },
        schema=COMMENTS,
    )
