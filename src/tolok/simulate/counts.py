"""The counts of posts as a reading finds them, and the reason for each count that it lacks."""

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tolok.model import COUNTS, KINDS, MISSING_REASONS, ORIGINS
from tolok.simulate.draw import VIDEOS, Rows
from tolok.simulate.oddity import Oddity
from tolok.simulate.seed import Floats, Ints, normal, uniform
from tolok.simulate.timetable import DAY, HOUR, SECOND

AGE_DAYS, JITTER_DAYS = 14, 1.0
"""The age at which posts are read, and the width of its jitter."""
LATE_DAYS = (3.0, 40.0)
LATE_GROWTH = 0.04

# Shares of interactions that are shares, and what a view is worth; ours, for want of public data.
SHARE_SHARES = {"facebook": 0.10, "x": 0.22, "tiktok": 0.08}
INTERACTIONS_PER_VIEW = {"instagram": 0.05, "x": 0.02, "youtube": 0.03, "tiktok": 0.06}
SAVES_PER_REACTION = {"x": 0.03, "tiktok": 0.06}
VIEW_SD = 0.5
ORIGINAL_SHARES = (50.0, 1.2)
"""Median and log spread of the share count that a repost shows of its original."""

# What each platform offers of accounts that one does not own, in the order of COUNTS.
OFFERED = {
    "instagram": (True, True, False, False, True),  # views of videos only
    "facebook": (True, True, True, False, False),
    "x": (True, True, True, True, True),
    "youtube": (True, True, False, False, True),
    "tiktok": (True, True, True, True, True),
    "web": (False, False, False, False, False),
}

JITTER, ROUNDING, COMMENTS, SHARES, VIEWS, SAVES, LATENESS, ORIGINAL = range(200, 216, 2)


@dataclass(frozen=True)
class Reading:
    """One reading of some posts.

    Shape: observed (posts,), counts and reasons (posts, counts in the order of COUNTS).
    Missing: reasons holds 0 for a known count, else 1 + the position in MISSING_REASONS.
    """

    observed: Ints
    counts: Ints
    reasons: NDArray[np.int8]


def read_counts(rows: Rows, platform: str) -> Reading:
    """The first reading: at the stated age, for some posts late."""
    lateness = _lateness(rows)
    jitter = (uniform(rows["key"], JITTER) - 0.5) * JITTER_DAYS
    age = ((AGE_DAYS + jitter) * DAY + lateness * DAY).astype(np.int64) // SECOND * SECOND
    grown = rows["y"] + LATE_GROWTH * (lateness > 0)
    counts = _interactions(rows, platform, grown)
    return Reading(rows["published"] + age, counts, _reasons(rows, platform))


def read_again(rows: Rows, first: Reading, chosen: Ints) -> Reading:
    """A second reading of the chosen rows, weeks later: what was there has grown a bit.

    A reading that failed the first time succeeds now; choose no row that is deleted.
    """
    keys = rows["key"][chosen]
    grown = 1.01 + 0.07 * uniform(keys, LATENESS + 1)
    counts = np.ceil(first.counts[chosen] * grown[:, None]).astype(np.int64)
    weeks = 3 * 7 * DAY + (uniform(keys, JITTER + 1) * 24).astype(np.int64) * HOUR
    reasons = first.reasons[chosen].copy()
    reasons[reasons == _code("not_collected")] = 0
    return Reading(first.observed[chosen] + weeks, counts, reasons)


def masked(reading: Reading, count: int) -> pa.Array:
    """One count as a column, null where a reason stands."""
    return pa.array(reading.counts[:, count], pa.int64(), mask=reading.reasons[:, count] > 0)


def missing_objects(reading: Reading) -> list[dict[str, str]]:
    """The `missing` object of each post, empty where all is known."""
    patterns, which = _patterns(reading)
    return [patterns[i] for i in which.tolist()]


def missing_texts(reading: Reading) -> pa.Array:
    """The `missing` object of each post as JSON; null where all is known."""
    patterns, which = _patterns(reading)
    texts = pa.array([json.dumps(p, sort_keys=True) if p else None for p in patterns], pa.string())
    return texts.take(pa.array(which))


def _lateness(rows: Rows) -> Floats:
    """Days by which the first reading came late."""
    low, high = LATE_DAYS
    days = low + (high - low) * uniform(rows["key"], LATENESS)
    return np.where(rows["marks"] & np.uint32(Oddity.READ_LATE), days, 0.0)


def _interactions(rows: Rows, platform: str, y: Floats) -> Ints:
    keys = rows["key"]
    total = np.floor(np.expm1(np.maximum(y, 0.0)) + uniform(keys, ROUNDING))
    shares = np.zeros(len(rows))
    if platform in SHARE_SHARES:
        odds = SHARE_SHARES[platform] * np.exp(0.5 * normal(keys, SHARES))
        shares = np.minimum(np.floor(total * odds + uniform(keys, COMMENTS + 1)), total)
    ratio = np.exp(rows["chat"])
    comments = np.floor((total - shares) * ratio / (1.0 + ratio) + uniform(keys, COMMENTS))
    comments = np.minimum(comments, total - shares)
    reactions = np.floor((total - shares - comments) * rows["likes_times"])
    per_view = INTERACTIONS_PER_VIEW.get(platform, 1.0) * np.exp(VIEW_SD * normal(keys, VIEWS))
    views = np.ceil((total + 1.0) / np.minimum(per_view, 1.0))
    saves = np.floor(reactions * SAVES_PER_REACTION.get(platform, 0.0) + uniform(keys, SAVES))
    is_repost = rows["origin"] == ORIGINS.index("repost")
    median, spread = ORIGINAL_SHARES
    original = np.floor(median * np.exp(spread * normal(keys, ORIGINAL)))
    counts = np.stack([reactions, comments, shares, saves, views], axis=1)
    counts[is_repost] = 0.0
    counts[is_repost, COUNTS.index("share_count")] = original[is_repost]
    whole: Ints = counts.astype(np.int64)
    return whole


def _reasons(rows: Rows, platform: str) -> NDArray[np.int8]:
    reasons = np.zeros((len(rows), len(COUNTS)), np.int8)
    reasons[:, ~np.array(OFFERED[platform])] = _code("not_offered")
    if platform == "instagram":
        reasons[~VIDEOS[rows["kind"]], COUNTS.index("view_count")] = _code("not_offered")
    _give(reasons, _marked(rows, Oddity.HIDDEN_LIKES), "reaction_count", "hidden")
    _give(reasons, _marked(rows, Oddity.COMMENTS_OFF), "comment_count", "disabled")
    is_gone = (rows["deleted"] > 0) & (rows["deleted"] < rows["published"] + AGE_DAYS * DAY - DAY)
    failed = _marked(rows, Oddity.NOT_COLLECTED) | is_gone
    # What a platform never offers stays not offered, whether the reading failed or not.
    reasons[failed[:, None] & (reasons == 0)] = _code("not_collected")
    return reasons


def _give(reasons: NDArray[np.int8], chosen: NDArray[np.bool_], count: str, reason: str) -> None:
    reasons[chosen, COUNTS.index(count)] = _code(reason)


def _marked(rows: Rows, oddity: Oddity) -> NDArray[np.bool_]:
    marked: NDArray[np.bool_] = (rows["marks"] & np.uint32(oddity)) > 0
    return marked


def _code(reason: str) -> int:
    return 1 + MISSING_REASONS.index(reason)


def _patterns(reading: Reading) -> tuple[list[dict[str, str]], Ints]:
    """The distinct `missing` objects, and which of them each post has."""
    base = 1 + len(MISSING_REASONS)
    codes = reading.reasons.astype(np.int64) @ base ** np.arange(len(COUNTS))
    distinct, which = np.unique(codes, return_inverse=True)
    patterns = []
    for code in distinct.tolist():
        digits = [code // base**place % base for place in range(len(COUNTS))]
        patterns.append(
            {c: MISSING_REASONS[d - 1] for c, d in zip(COUNTS, digits, strict=True) if d}
        )
    return patterns, which


def media_counts(rows: Rows) -> tuple[Ints, Ints, pa.Array]:
    """Pictures or videos, pictures with alternative text, and seconds of video, of each post.

    Missing: seconds are null for what is no video.
    """
    keys, kinds = rows["key"], rows["kind"]
    has_none = np.isin(kinds, [KINDS.index("text"), KINDS.index("link")])
    is_carousel = kinds == KINDS.index("carousel")
    pictures = np.where(is_carousel, 2 + (uniform(keys, 300) ** 2 * 9).astype(np.int64), 1)
    pictures = np.where(has_none, 0, pictures)
    is_video = VIDEOS[kinds]
    # An institution writes alternative texts by habit or hardly ever.
    habit = 0.05 + 0.9 * uniform(rows["voice"].astype(np.uint64), 301) ** 3
    described = np.where(is_video | has_none, 0, (uniform(keys, 302) < habit) * pictures)
    is_short = kinds == KINDS.index("short_video")
    seconds = np.where(
        is_short,
        np.minimum(8.0 + 25.0 * np.exp(0.6 * normal(keys, 303)), 90.0),
        180.0 * np.exp(0.9 * normal(keys, 303)),
    )
    return pictures, described, pa.array(np.floor(seconds), pa.float64(), mask=~is_video)
