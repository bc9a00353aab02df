"""The captions of posts: sentences from the pools, picked by each caption's key."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tolok.model import ORIGINS
from tolok.simulate.draw import Rows
from tolok.simulate.oddity import Oddity
from tolok.simulate.seed import Floats, Ints, Keys, normal, uniform, whole
from tolok.simulate.sentences import POOL_SIZE, greetings, pool, tags, templates, topics

# Measured: 10 / 50 / 90 % of captions have 218 / 443 / 808 characters, and 3.1 hashtags on average.
MEDIAN_LENGTH, LENGTH_SPREAD = 443.0, 0.51
SENTENCE_LENGTH, FRAME_LENGTH = 90.0, 187.0
MOST_BODIES = 18
TAG_MEAN, MOST_TAGS = 3.1, 8
GREETED, CALLED = 0.5, 0.5
X_TAGS = 1
"""X allows 280 characters: a lead, at times a call, and a hashtag."""

TOPIC, LENGTH, GREET, GREETING, LEAD, START, STRIDE, CALL, CALLING = range(400, 418, 2)
TAGS, TAG, SPEAKER = 420, 430, 450
CAMPAIGN, SPELLING, FERVOUR = 460, 461, 462
MOST_CAMPAIGN = 0.25
"""Share of its captions that the keenest institution gives to a campaign; the others' lie below."""

Mask = NDArray[np.bool_]


class CaptionWriter:
    """The captions of an edition's institutions and accounts."""

    def __init__(
        self, short_names: list[str], x_handles: list[str], campaign_tag: str = ""
    ) -> None:
        """The institutions' greetings, X accounts to repost or answer, a campaign's hashtag."""
        self.spellings = pa.array(
            [campaign_tag, campaign_tag.lower(), campaign_tag.upper()], pa.string()
        )
        self.has_campaign = bool(campaign_tag)
        self.greetings = greetings(short_names)
        self.greeting_count = len(templates("greeting"))
        self.x_handles = x_handles

    def write(self, rows: Rows, platform: str) -> pa.Array:
        """The text of each row."""
        pieces = [
            self._addressed(rows),
            _where(pool("giveaway"), _marked(rows, Oddity.GIVEAWAY), _picked(rows, LEAD)),
            *(self._short(rows) if platform == "x" else self._long(rows)),
            *self._campaign(rows),
            *_spam(rows),
        ]
        return pc.binary_join_element_wise(*pieces, " ", null_handling="skip")

    def _addressed(self, rows: Rows) -> pa.Array:
        """`RT @handle:` before a repost, `@handle` before a reply, else null."""
        if not self.x_handles:
            return pa.nulls(len(rows), pa.string())
        count = len(self.x_handles)
        speaker = whole(rows["key"], SPEAKER, count)
        is_repost = rows["origin"] == ORIGINS.index("repost")
        is_reply = rows["origin"] == ORIGINS.index("reply")
        names = [f"RT @{h}:" for h in self.x_handles] + [f"@{h}" for h in self.x_handles]
        chosen = speaker + np.where(is_repost, 0, count)
        return _where(pa.array(names, pa.string()), is_repost | is_reply, chosen)

    def _campaign(self, rows: Rows) -> list[pa.Array]:
        """The campaign's hashtag in some captions, in one of three spellings.

        It hangs on the caption and its institution, so that a copy has it too.
        """
        if not self.has_campaign:
            return []
        keys = rows["caption"]
        share = MOST_CAMPAIGN * uniform(rows["voice"].astype(np.uint64), FERVOUR)
        is_tagged = uniform(keys, CAMPAIGN) < share
        return [_where(self.spellings, is_tagged, whole(keys, SPELLING, len(self.spellings)))]

    def _short(self, rows: Rows) -> list[pa.Array]:
        keys = rows["caption"]
        is_spam = _marked(rows, Oddity.SPAM)
        is_called = (uniform(keys, CALLING) < CALLED) & ~is_spam
        return [
            _where(pool("lead"), ~is_spam, _picked(rows, LEAD)),
            _where(pool("call"), is_called, _picked(rows, CALL)),
            *_tagged(keys, np.full(len(rows), X_TAGS), _topic(keys)),
        ]

    def _long(self, rows: Rows) -> list[pa.Array]:
        keys = rows["caption"]
        topic, bodies = _topic(keys), body_counts(keys)
        greeting = rows["voice"] * self.greeting_count + whole(keys, GREETING, self.greeting_count)
        every = np.ones(len(rows), dtype=bool)
        # Neighbours in a pool come from different templates: a stride of one more than whole rounds
        # of the templates never says the same thing twice running.
        rounds = len(templates("body"))
        stride = 1 + rounds * whole(keys, STRIDE, POOL_SIZE // rounds)
        start = whole(keys, START, POOL_SIZE)
        parts = [
            _where(self.greetings, uniform(keys, GREET) < GREETED, greeting),
            _where(pool("lead"), every, _picked(rows, LEAD)),
        ]
        for place in range(int(bodies.max(initial=0))):
            chosen = topic * POOL_SIZE + (start + place * stride) % POOL_SIZE
            parts.append(_where(pool("body"), bodies > place, chosen))
        parts.append(_where(pool("call"), uniform(keys, CALLING) < CALLED, _picked(rows, CALL)))
        return [*parts, *_tagged(keys, _tag_counts(keys), topic)]


def body_counts(keys: Keys) -> Ints:
    """How many sentences follow the lead, so that lengths spread as measured."""
    length = MEDIAN_LENGTH * np.exp(LENGTH_SPREAD * normal(keys, LENGTH))
    exact = (length - FRAME_LENGTH) / SENTENCE_LENGTH + uniform(keys, START + 1) - 0.5
    bodies: Ints = np.clip(np.rint(exact), 0, MOST_BODIES).astype(np.int64)
    return bodies


def _tag_counts(keys: Keys) -> Ints:
    """Hashtags of a caption: binomial, with the measured mean."""
    draws = np.stack([uniform(keys, TAGS + i) for i in range(MOST_TAGS)])
    counts: Ints = np.count_nonzero(draws < TAG_MEAN / MOST_TAGS, axis=0)
    return counts


def _tagged(keys: Keys, counts: Ints, topic: Ints) -> list[pa.Array]:
    """Hashtags, the topic's own first."""
    general = len(templates("tag"))
    start = whole(keys, TAG, general)
    columns = []
    for place in range(int(counts.max(initial=0))):
        chosen = general + 2 * topic + place if place < 2 else (start + place) % general
        columns.append(_where(tags(), counts > place, chosen))
    return columns


def _spam(rows: Rows) -> list[pa.Array]:
    is_spam = _marked(rows, Oddity.SPAM)
    if not is_spam.any():
        return []
    serials = pa.array(
        [f"{number}." for number in range(int(rows["serial"].max()) + 1)], pa.string()
    )
    return [
        _where(pool("spam"), is_spam, _picked(rows, LEAD)),
        _where(serials, is_spam, rows["serial"].astype(np.int64)),
    ]


def _topic(keys: Keys) -> Ints:
    return whole(keys, TOPIC, len(topics()))


def _picked(rows: Rows, salt: int) -> Ints:
    """A sentence's place in a pool: of the caption's topic."""
    return _topic(rows["caption"]) * POOL_SIZE + whole(rows["caption"], salt, POOL_SIZE)


def _where(sentences: pa.Array, is_said: Mask, places: Ints | Floats) -> pa.Array:
    return sentences.take(pa.array(places, pa.int64(), mask=~is_said))


def _marked(rows: Rows, oddity: Oddity) -> Mask:
    marked: Mask = (rows["marks"] & np.uint32(oddity)) > 0
    return marked
