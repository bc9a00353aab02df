"""A simulated year as what Tolok scores: the panel, the sums of the formulas, the rules."""

from dataclasses import replace

import numpy as np

from benchmarks.validity.world import DAYS, INSTITUTIONS, PLATFORMS, WEEKS, Posts
from tolok.composite.array import FloatArray, IntArray
from tolok.methodology.formula import BASES
from tolok.methodology.rules import Rules, read_rules
from tolok.methodology.template import TEMPLATES
from tolok.methodology.uncertainty import Uncertainty
from tolok.model import KINDS
from tolok.scoring import Histogram, Panel
from tolok.scoring.switchboard import FormulaData

TEMPLATE, CATEGORY = "gsm-2025", "most-engaging"
IDS = tuple(f"body-{place:02}" for place in range(INSTITUTIONS))
CLUSTERS = ("agencies",) * INSTITUTIONS
ACCOUNTS = INSTITUTIONS * len(PLATFORMS)
OWNER = np.repeat(np.arange(INSTITUTIONS), len(PLATFORMS))
PLATFORM = np.tile(np.arange(len(PLATFORMS)), INSTITUTIONS)


def shipped_rules(uncertainty: Uncertainty | None = None) -> Rules:
    """The rules of the shipped template, with one category and all else as it is."""
    rules = read_rules(TEMPLATES / TEMPLATE)
    kept = tuple(one for one in rules.categories if one.name == CATEGORY)
    edition = replace(rules.edition, uncertainty=uncertainty or rules.edition.uncertainty)
    return replace(rules, edition=edition, categories=kept)


def panel_of(posts: Posts) -> Panel:
    """The weekly tables of a year."""
    first, last = (posts.field.follower_first.ravel(), posts.field.follower_last.ravel())
    by_kind = np.zeros((ACCOUNTS, WEEKS, len(KINDS) + 1), dtype=np.int64)
    by_kind[:, :, 0] = _weekly(posts, np.ones(posts.account.size))
    interactions, reactions = posts.interactions, posts.reactions
    days = np.zeros((INSTITUTIONS, DAYS))
    days[OWNER[posts.account], posts.day] = 1
    return Panel(
        institution_ids=IDS,
        institution_names=IDS,
        clusters=CLUSTERS,
        is_confirmed=np.ones(INSTITUTIONS, dtype=np.bool_),
        platforms=PLATFORMS,
        account_ids=tuple(f"{PLATFORMS[p]}:{IDS[i]}" for i, p in zip(OWNER, PLATFORM, strict=True)),
        account_platforms=tuple(PLATFORMS[place] for place in PLATFORM),
        account_institution=OWNER,
        days_in_week=np.full(WEEKS, 7),
        follower_count=(first + last) / 2,
        follower_first=first,
        follower_last=last,
        follower_days=np.full(ACCOUNTS, DAYS - 1.0),
        posts_by_kind=by_kind,
        histograms={
            "interaction_count": Histogram.from_counts(
                posts.account, posts.week, np.zeros_like(posts.account), interactions
            )
        },
        account_counts={
            "post_count": by_kind[:, :, 0].astype(np.float64),
            "interaction_count": _weekly(posts, interactions),
            "discussion_count": _weekly(posts, interactions - reactions),
        },
        institution_counts={"active_day_count": days.reshape(INSTITUTIONS, WEEKS, 7).sum(axis=2)},
    )


def formula_data_of(posts: Posts) -> FormulaData:
    """The sums of every basis by account, as the switchboard reads them."""
    counts = {
        "reaction_count": posts.reactions,
        "comment_count": posts.comments,
        "share_count": posts.shares,
        "save_count": np.zeros_like(posts.shares),
    }
    tables = [_basis_sums(posts, _offered(basis, counts)) for basis in BASES]
    first, last = (posts.field.follower_first.ravel(), posts.field.follower_last.ravel())
    return FormulaData(
        institution_ids=IDS,
        clusters=CLUSTERS,
        platforms=PLATFORMS,
        account_institution=OWNER,
        account_platform=PLATFORM,
        account=np.tile(np.arange(ACCOUNTS), len(BASES)),
        kind=np.full(ACCOUNTS * len(BASES), "image"),
        basis=np.repeat(np.array(list(BASES)), ACCOUNTS),
        sums={name: np.concatenate([one[name] for one in tables]) for name in tables[0]},
        audience={
            "day_count": np.full(ACCOUNTS, float(DAYS)),
            "follower_mean": (first + last) / 2,
            "follower_first": first,
            "follower_last": last,
        },
    )


def _offered(basis: str, counts: dict[str, IntArray]) -> FloatArray:
    """What a basis counts on each platform, by count; NaN where it is not offered."""
    rows = [
        sum(counts[name].astype(np.float64) for name in BASES[basis][platform])
        if platform in BASES[basis]
        else np.full(counts["share_count"].shape, np.nan)
        for platform in PLATFORMS
    ]
    return np.stack([np.asarray(row) for row in rows])


def _basis_sums(posts: Posts, offered: FloatArray) -> dict[str, FloatArray]:
    """The sums of one basis by account."""
    count = offered[PLATFORM[posts.account], np.arange(posts.account.size)]
    known = ~np.isnan(count)
    count = np.nan_to_num(count)

    def add(value: FloatArray) -> FloatArray:
        return np.bincount(posts.account, value, ACCOUNTS).astype(np.float64)

    posted, nothing = add(np.ones(count.size)), np.zeros(ACCOUNTS)
    return {
        "post_count": posted,
        "clean_post_count": posted,
        "known_count": add(known.astype(np.float64)),
        "total": add(count),
        "with_one_count": add((count > 0).astype(np.float64)),
        "rated_count": add(known.astype(np.float64)),
        "rate_sum": add(count / posts.followers),
        "rated_total": add(count),
        "rated_followers": add(known * posts.followers),
        "viewed_followers": nothing,
        "view_rate_sum": nothing,
    }


def _weekly(posts: Posts, value: IntArray | FloatArray) -> FloatArray:
    """Sums by account and week."""
    cell = posts.account * WEEKS + posts.week
    return np.bincount(cell, value, ACCOUNTS * WEEKS).reshape(ACCOUNTS, WEEKS).astype(np.float64)
