"""Sizes in the results: the band of each institution, and the raw rate beside every score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tolok.composite.array import FloatArray, IntArray
from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules
from tolok.scoring.size import UNKNOWN_BAND, AccountSums, band_of, raw_rates, size_ranks
from tolok.scoring.table import Columns


@dataclass(frozen=True)
class Sizes:
    """What sizes are told by: the institutions, and the sums of their accounts by kind of post.

    `institutions` has institution_id and size_band; `engagement` the columns of engagement_sums;
    `followers` the median followers of accounts that have any.
    """

    institutions: pa.Table
    engagement: pa.Table
    followers: Mapping[str, float]


def size_codes(follower_counts: Sequence[int | None], rules: Rules) -> list[str | None]:
    """The code of the size band of each number of followers; None where it is unknown."""
    bands = rules.edition.size_bands
    known = np.array([np.nan if count is None else count for count in follower_counts], float)
    return [
        None if place == UNKNOWN_BAND else bands.codes[place]
        for place in band_of(known, bands.cuts).tolist()
    ]


def size_comparison(sizes: Sizes, scores: Columns, indicators: Columns, rules: Rules) -> Columns:
    """The columns of SIZE_COMPARISON: a row a category and institution, as in the scores."""
    rows: list[tuple[Any, ...]] = []
    for category in rules.categories:
        rows += _rows(category, sizes, scores, indicators, rules)
    names = (
        "category", "cluster", "institution_id", "size_band", "score", "rank", "raw_rate",
        "raw_rank", "band_rank",
    )  # fmt: skip
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _rows(
    category: Category, sizes: Sizes, scores: Columns, indicators: Columns, rules: Rules
) -> list[tuple[Any, ...]]:
    own = [at for at, name in enumerate(scores["category"]) if name == category.name]
    ids, clusters, score, rank = (
        [scores[name][at] for at in own] for name in ("institution_id", "cluster", "score", "rank")
    )
    code_of = dict(
        zip(*(sizes.institutions[name].to_pylist() for name in ("institution_id", "size_band")),
            strict=True)
    )  # fmt: skip
    bands = [code_of.get(one) for one in ids]
    rate = _rates(category, ids, sizes, indicators, rules)
    found = size_ranks(
        np.array([one or 0 for one in rank], np.int64),
        rate,
        _codes(clusters),
        np.array([UNKNOWN_BAND if b is None else _place(b, rules) for b in bands], np.int64),
    )
    return list(
        zip(
            [category.name] * len(ids), clusters, ids, bands, score, rank,
            [None if np.isnan(one) else one for one in rate.tolist()],
            [one or None for one in found.raw_rank.tolist()],
            [one or None for one in found.band_rank.tolist()],
            strict=True,
        )
    )  # fmt: skip


def _rates(
    category: Category, ids: list[str], sizes: Sizes, indicators: Columns, rules: Rules
) -> FloatArray:
    """The raw rate of each institution on the platforms that count for it in the category."""
    indicator = category.engagement
    if indicator is None:
        return np.full(len(ids), np.nan)
    place = {one: at for at, one in enumerate(ids)}
    platforms = rules.edition.platforms
    present = np.zeros((len(ids), len(platforms)), np.bool_)
    for name, part, institution, slot in zip(
        *(indicators[c] for c in ("category", "indicator", "institution_id", "platform")),
        strict=True,
    ):
        if (name, part) == (category.name, indicator.name) and slot:
            present[place[institution], platforms.index(slot.partition("/")[0])] = True
    weights = np.array([rules.edition.platform_weights.get(one, 0.0) for one in platforms])
    return raw_rates(_sums(indicator, place, sizes, platforms), present, weights)


def _sums(
    indicator: Indicator, place: Mapping[str, int], sizes: Sizes, platforms: tuple[str, ...]
) -> AccountSums:
    """Sums of the kinds that an indicator is about, an entry an institution and account."""
    kinds = indicator.every_kind
    sums: dict[tuple[int, int, str], list[int]] = {}
    for row in sizes.engagement.to_pylist():
        if row["institution_id"] in place and (not kinds or row["kind"] in kinds):
            platform = platforms.index(row["platform"])
            key = (place[row["institution_id"]], platform, row["account_id"])
            of_account = sums.setdefault(key, [0, 0])
            of_account[0] += row["post_count"]
            of_account[1] += row["interaction_count"]
    keys = sorted(sums)
    return AccountSums(
        institution=np.array([key[0] for key in keys], np.int64),
        platform=np.array([key[1] for key in keys], np.int64),
        post_count=np.array([sums[key][0] for key in keys], np.int64),
        interaction_count=np.array([sums[key][1] for key in keys], np.int64),
        follower_count=np.array([sizes.followers.get(key[2], np.nan) for key in keys], float),
    )


def _codes(names: list[str]) -> IntArray:
    return np.unique(np.array(names, np.str_), return_inverse=True)[1].astype(np.int64)


def _place(code: str, rules: Rules) -> int:
    return rules.edition.size_bands.codes.index(code)
