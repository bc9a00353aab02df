"""The bare posts, before they get texts and counts: instants, kinds, and latent engagement."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tolok.model import KINDS, ORIGINS
from tolok.simulate.accounts import PLATFORMS, SimulatedAccount
from tolok.simulate.audience import LOG10_MEANS, Audience
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, Ints, autoregressive, generator, key_of, mixed
from tolok.simulate.timetable import Timetable
from tolok.simulate.truth import Truth

Rows = NDArray[np.void]

ROW = np.dtype(
    [
        ("account", "i4"),  # position in the list of accounts
        ("voice", "i4"),  # position of the institution that greets in the caption
        ("number", "i8"),  # the post's number on its platform, from 0
        ("published", "i8"),  # microseconds since 1970, UTC
        ("key", "u8"),  # whence all else that is drawn for the post
        ("caption", "u8"),  # equal captions have equal keys
        ("kind", "i1"),  # position in KINDS
        ("origin", "i1"),  # position in ORIGINS
        ("y", "f8"),  # ln(1 + interactions), not yet rounded to whole interactions
        ("chat", "f8"),  # ln(comments / reactions)
        ("likes_times", "f8"),  # bought likes multiply, and nothing else grows
        ("serial", "i4"),  # running number in a spammer's text, 0 for none
        ("co", "i4"),  # position of the other account of a collab post, or -1
        ("deleted", "i8"),  # microseconds since 1970, or 0
        ("marks", "u4"),  # Oddity
    ]
)

# Instagram: 60 % image or carousel, 40 % reel, as measured; the other mixes are ours.
KIND_MIXES = {
    "instagram": {"image": 0.33, "carousel": 0.27, "short_video": 0.40},
    "facebook": {
        "image": 0.50, "carousel": 0.10, "video": 0.15, "short_video": 0.12,
        "link": 0.08, "text": 0.05,
    },
    "x": {"text": 0.28, "image": 0.42, "video": 0.12, "link": 0.18},
    "youtube": {"video": 0.58, "short_video": 0.37, "live": 0.05},
    "tiktok": {"short_video": 0.92, "carousel": 0.08},
    "web": {"text": 1.0},
}  # fmt: skip
MIX_FIRMNESS = 60.0
"""Concentration of the Dirichlet law by which accounts differ in their mix."""
X_ORIGINS = {"original": 0.76, "quote": 0.06, "reply": 0.08, "repost": 0.10}

# Mean y at the platform's usual number of followers; Instagram's is about the measured one.
LEVELS = {"instagram": 5.6, "facebook": 4.6, "x": 3.8, "youtube": 4.4, "tiktok": 5.6, "web": 0.0}

# Parts of the spread of y within an account: 1.11 in all, as measured.
COMMON_SD, WEEKLY_SD, WEEKLY_LAG_ONE = 0.125, 0.25, 0.33
KIND_EFFECT = 0.2
"""What one standard deviation of the images or videos quality adds to posts of that kind."""
POST_SD, POST_SD_SPREAD = 1.055, 0.10
POST_SHAPE = 8.0
"""A gamma law of this shape has skew 0.71 and excess kurtosis 0.75: with the weeks 0.64, 0.66."""
GAP_SHAPE = 2.5
"""Gaps between posts follow a gamma law of this shape: posts a day are under-dispersed."""

CHAT_LEVEL, CHAT_ACCOUNT_SD, CHAT_SD = -3.34, 0.35, 0.84
"""ln(comments / reactions): with these, comments are 4.6 % of interactions."""

IMAGES = np.array([kind in ("image", "carousel") for kind in KINDS])
VIDEOS = np.array([kind in ("video", "short_video", "live") for kind in KINDS])


@dataclass(frozen=True)
class Scene:
    """What all accounts' draws share."""

    plan: SimulationPlan
    accounts: tuple[SimulatedAccount, ...]
    truth: Truth
    timetable: Timetable
    levels: Floats
    common: Floats


def set_scene(
    plan: SimulationPlan,
    accounts: tuple[SimulatedAccount, ...],
    truth: Truth,
    timetable: Timetable,
    audience: Audience,
) -> Scene:
    """The scene with each account's mean y and the weekly shocks common to all."""
    log_followers = audience.level(plan)
    levels = np.empty(len(accounts))
    for index, account in enumerate(accounts):
        platform = account.row.platform
        usual = np.log(10.0) * LOG10_MEANS.get(platform, 0.0)
        lift = np.nan_to_num(log_followers[index] - usual) * plan.audience_exponent
        levels[index] = LEVELS[platform] + lift + _effect(plan, account, truth)
    rng = generator(plan.seed, "common weeks")
    common = autoregressive(rng, timetable.week_count, COMMON_SD, WEEKLY_LAG_ONE)
    return Scene(plan, accounts, truth, timetable, levels, common)


def draw_rows(scene: Scene, volumes: Ints, days: Floats) -> dict[str, Rows]:
    """The rows of each platform, by account and instant."""
    rows = {}
    for platform in PLATFORMS:
        parts = [
            _account_rows(scene, index, int(volumes[index]), days[index])
            for index, account in enumerate(scene.accounts)
            if account.row.platform == platform
        ]
        rows[platform] = np.concatenate(parts)
        rows[platform]["number"] = np.arange(len(rows[platform]))
    return rows


def by_account_and_instant(rows: Rows) -> Rows:
    """The rows in the order in which they are written."""
    return rows[np.lexsort((rows["number"], rows["published"], rows["account"]))]


def _effect(plan: SimulationPlan, account: SimulatedAccount, truth: Truth) -> float:
    """What the account's mean y has above the level that its audience gives it."""
    luck = generator(plan.seed, "level", account.row.account_id).standard_normal()
    # Kinds lift an account's mean too: that share of the spread is taken off here.
    spread = np.sqrt(max(plan.account_sd**2 - KIND_EFFECT**2 / 2.0, 0.0))
    own = np.sqrt(plan.quality_share) * truth.engagement[account.voice]
    return float(spread * (own + np.sqrt(1.0 - plan.quality_share) * luck))


def _account_rows(scene: Scene, index: int, count: int, days: Floats) -> Rows:
    account, truth = scene.accounts[index], scene.truth
    rng = generator(scene.plan.seed, "posts", account.row.account_id)
    rows = np.zeros(count, ROW)
    rows["account"], rows["voice"], rows["co"], rows["likes_times"] = index, account.voice, -1, 1.0
    gathered = np.cumsum(rng.standard_gamma(GAP_SHAPE, count + 1))
    share = gathered[:-1] / gathered[-1]
    rows["published"] = scene.timetable.instants(days[0] + (days[1] - days[0]) * share)
    key = key_of(scene.plan.seed, f"post {account.row.account_id}")
    rows["key"] = mixed(key + np.arange(count, dtype=np.uint64))
    rows["caption"] = mixed(rows["key"])
    rows["kind"] = _drawn_kinds(rng, account.row.platform, count)
    rows["origin"] = _drawn_origins(rng, account.row.platform, count)
    noise = (rng.standard_gamma(POST_SHAPE, count) - POST_SHAPE) / np.sqrt(POST_SHAPE)
    spread = POST_SD * np.exp(POST_SD_SPREAD * rng.standard_normal())
    shocks = scene.common + autoregressive(rng, len(scene.common), WEEKLY_SD, WEEKLY_LAG_ONE)
    skill = truth.images[account.voice] * IMAGES + truth.videos[account.voice] * VIDEOS
    rows["y"] = (
        scene.levels[index]
        + shocks[scene.timetable.week_of(rows["published"])]
        + KIND_EFFECT * skill[rows["kind"]]
        + spread * noise
    )
    habit = CHAT_LEVEL + CHAT_ACCOUNT_SD * rng.standard_normal()
    rows["chat"] = habit + CHAT_SD * rng.standard_normal(count)
    return rows


def _drawn_kinds(rng: np.random.Generator, platform: str, count: int) -> Ints:
    mix = KIND_MIXES[platform]
    risen = np.cumsum(rng.dirichlet(MIX_FIRMNESS * np.array(list(mix.values()))))
    places = np.array([KINDS.index(kind) for kind in mix])
    drawn = np.minimum(np.searchsorted(risen, rng.random(count), side="right"), len(mix) - 1)
    return places[drawn]


def _drawn_origins(rng: np.random.Generator, platform: str, count: int) -> Ints:
    """Positions in ORIGINS; only X tells anything but originals apart."""
    if platform != "x":
        return np.full(count, ORIGINS.index("original"))
    shares = np.array([X_ORIGINS[origin] for origin in ORIGINS])
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(count), side="right")
