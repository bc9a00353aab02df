"""Worlds in which the best institutions are known: what drives responses, and what best means.

The figures were set before any method was tried on them. Spreads within an account, weekly shocks
and the growth of audiences are those measured on public bodies' accounts (see `docs/validity.md`);
none of them was chosen by its result.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray

INSTITUTIONS = 40
PLATFORMS = ("facebook", "instagram", "x")
LEVELS = (5.0, 6.0, 4.0)
"""The middle of ln(1 + interactions) on each platform, for an audience of the middle size."""
WEEKS = 52
DAYS = 7 * WEEKS

FOLLOWERS_LOG, FOLLOWERS_SD = 9.0, 1.5
GROWTH, GROWTH_SD = 0.18, 0.2
"""Log growth of an audience over the year."""
POSTS, POSTS_SD = 150.0, 0.42
QUALITY_SD, PLATFORM_SD = 0.5, 0.25
"""Of an institution, the same on all platforms, and of its account on one platform beside it."""
DRIFT_SD = 0.43
"""The change of an account's mean from one year to the next."""

ACCOUNT_SD = 1.11
TAIL = 9.5
"""Single posts follow a gamma law of this shape on the log scale: skew 0.65, kurtosis 0.63."""
SHOCK_SD, COMMON_SD, SHOCK_CORRELATION = 0.25, 0.125, 0.33
"""Of the weeks of one account, of the weeks of all, and between one week and the next."""

TALK_LOGIT, TALK_SD, TALK_POST_SD = -3.03, 0.4, 0.76
"""The share of comments and shares in interactions: 4.6 %, between accounts and between posts."""

CHEATERS = INSTITUTIONS // 10
BURST_SHARE = 0.1

Rng: TypeAlias = np.random.Generator


@dataclass(frozen=True)
class World:
    """What interactions grow with, and who is best.

    Interactions grow with followers to the power `exponent`. The best have the highest quality, or,
    where `is_volume`, the highest expected sum of interactions. Quality moves the odds of comments
    and shares within interactions by exp(talk x quality).
    """

    name: str
    title: str
    meaning: str
    exponent: float
    is_volume: bool = False
    talk: float = 0.0


WORLDS = (
    World(
        "root",
        "Responses grow with the root of the audience",
        "interactions ~ followers^0.5 x quality; the best have the highest quality. What our "
        "engagement indicator assumes; comments and shares within interactions tell nothing.",
        0.5,
    ),
    World(
        "talk",
        "The same, and the public answers the good more often in words",
        "interactions ~ followers^0.5 x quality, and the odds that an interaction is a comment or "
        "a share grow with quality too; the best have the highest quality. What the whole "
        "category assumes.",
        0.5,
        talk=1.0,
    ),
    World(
        "proportional",
        "Responses are proportional to the audience",
        "interactions ~ followers x quality; the best have the highest quality. What a rate "
        "assumes.",
        1.0,
    ),
    World(
        "volume",
        "Sheer volume is the quality",
        "interactions ~ followers^0.5 x quality, and the best are those with the highest expected "
        "sum of interactions: many posts and many followers are merit. What a total assumes.",
        0.5,
        is_volume=True,
    ),
)


@dataclass(frozen=True, eq=False)
class Field:
    """Who competes, and what lasts: accounts by institution and platform.

    Shape: (institutions, platforms) each; truth is (institutions,).
    Units: quality is in logs of interactions, followers are heads, talk is a logit.
    """

    world: World
    quality: FloatArray
    follower_first: FloatArray
    follower_last: FloatArray
    post_count: IntArray
    talk: FloatArray

    @property
    def mean_log(self) -> FloatArray:
        """The mean of ln(1 + interactions) of an account's posts, at its mean audience."""
        audience = np.log((self.follower_first + self.follower_last) / 2) - FOLLOWERS_LOG
        return np.array(LEVELS) + self.world.exponent * audience + self.quality

    @property
    def truth(self) -> FloatArray:
        """What makes the best the best: the highest is the best."""
        if self.world.is_volume:
            volume: FloatArray = (self.post_count * np.exp(self.mean_log)).sum(axis=1)
            return volume
        quality: FloatArray = self.quality.mean(axis=1)
        return quality


@dataclass(frozen=True, eq=False)
class Posts:
    """A year of posts, a row a post, with the field that they come from.

    Shape: (posts,) each; account is institution x platforms + platform.
    """

    field: Field
    account: IntArray
    day: IntArray
    followers: FloatArray
    reactions: IntArray
    comments: IntArray
    shares: IntArray

    @property
    def week(self) -> IntArray:
        """The week of each post."""
        return self.day // 7

    @property
    def interactions(self) -> IntArray:
        """All public responses of each post."""
        return self.reactions + self.comments + self.shares


def draw_field(world: World, rng: Rng) -> Field:
    """Competitors; the same generator draws the same in every world."""
    shape = (INSTITUTIONS, len(PLATFORMS))
    quality = rng.normal(0, QUALITY_SD, (INSTITUTIONS, 1)) + rng.normal(0, PLATFORM_SD, shape)
    first = np.exp(rng.normal(FOLLOWERS_LOG - GROWTH / 2, FOLLOWERS_SD, shape))
    last = first * np.exp(rng.normal(GROWTH, GROWTH_SD, shape))
    posts = np.exp(rng.normal(np.log(POSTS), POSTS_SD, shape))
    talk = TALK_LOGIT + rng.normal(0, TALK_SD, shape)
    return Field(
        world=world,
        quality=quality,
        follower_first=np.rint(first),
        follower_last=np.rint(last),
        post_count=np.rint(posts).astype(np.int64),
        talk=talk + world.talk * quality,
    )


def draw_posts(field: Field, rng: Rng, drift: float = 0.0) -> Posts:
    """A year of the field; other draws give another year of the same quality.

    With drift, accounts have moved by so much (sd, in logs) since the field was drawn.
    """
    account = np.repeat(np.arange(field.quality.size), field.post_count.ravel())
    day = rng.integers(DAYS, size=account.size)
    first, last = field.follower_first.ravel(), field.follower_last.ravel()
    followers = first[account] + (last - first)[account] * day / (DAYS - 1)
    level = np.array(LEVELS) + field.quality + rng.normal(0, 1, field.quality.shape) * drift
    y = level.ravel()[account] + field.world.exponent * (np.log(followers) - FOLLOWERS_LOG)
    shocks = _weeks(field.quality.size, SHOCK_SD, rng) + _weeks(1, COMMON_SD, rng)
    single = np.sqrt(ACCOUNT_SD**2 - SHOCK_SD**2 - COMMON_SD**2)
    y += shocks[account, day // 7] + single * _tailed(account.size, rng)
    count = np.floor(np.exp(np.maximum(y, 0)) - 1 + 0.5).astype(np.int64)
    logit = field.talk.ravel()[account] + rng.normal(0, TALK_POST_SD, account.size)
    talk = rng.binomial(count, 1 / (1 + np.exp(-logit)))
    shares = rng.binomial(talk, 0.5)
    shares[account % len(PLATFORMS) == PLATFORMS.index("instagram")] = 0  # nobody sees them there
    return Posts(field, account, day, followers, count - talk, talk - shares, shares)


def with_cheaters(posts: Posts, rng: Rng) -> Posts:
    """The same year, in which one institution in ten bought as many reactions as it got responses.

    Every second one spreads them over all its posts, the others put them on a tenth of them.
    """
    cheats = rng.permutation(INSTITUTIONS)[:CHEATERS]
    bought = np.zeros(posts.account.size, dtype=np.int64)
    owner = posts.account // len(PLATFORMS)
    for turn, institution in enumerate(cheats):
        own: BoolArray = owner == institution
        if turn % 2 == 0:
            bought[own] = posts.interactions[own]
            continue
        rows = np.flatnonzero(own)
        some = rng.permutation(rows)[: max(1, round(BURST_SHARE * rows.size))]
        bought[some] = posts.interactions[own].sum() // some.size
    return Posts(
        posts.field, posts.account, posts.day, posts.followers,
        posts.reactions + bought, posts.comments, posts.shares,
    )  # fmt: skip


def _weeks(rows: int, spread: float, rng: Rng) -> FloatArray:
    """Shocks by row and week: an autoregression of order 1 with this standard deviation."""
    fresh = rng.normal(0, spread, (rows, WEEKS))
    shocks = fresh.copy()
    for week in range(1, WEEKS):
        carried = SHOCK_CORRELATION * shocks[:, week - 1]
        shocks[:, week] = carried + np.sqrt(1 - SHOCK_CORRELATION**2) * fresh[:, week]
    return shocks


def _tailed(size: int, rng: Rng) -> FloatArray:
    """Draws of mean 0 and variance 1 with a heavy right tail."""
    drawn: FloatArray = (rng.gamma(TAIL, 1, size) - TAIL) / np.sqrt(TAIL)
    return drawn
