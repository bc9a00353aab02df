"""Whether a method finds the best: its ranks of a year beside the truth."""

from dataclasses import dataclass

import numpy as np

from benchmarks.validity.edition import (
    CATEGORY,
    IDS,
    OWNER,
    PLATFORM,
    formula_data_of,
    panel_of,
    shipped_rules,
)
from benchmarks.validity.world import (
    INSTITUTIONS,
    PLATFORMS,
    WORLDS,
    Posts,
    World,
    draw_field,
    draw_posts,
    with_cheaters,
)
from tolok.composite.array import FloatArray, IntArray
from tolok.composite.rank import competition_rank
from tolok.methodology.formula import FORMULAS
from tolok.methodology.rules import Rules
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.switchboard import formulas_table, percentile_points
from tolok.scoring.table import scores_table
from tolok.scoring.view import view_of

TOP = 3
MASTER_SEED = 2025
OURS, INDICATOR = "tolok", "tolok_engagement"
MEAN_RATE, MEDIAN_RATE = "mean_rate", "median_rate"
RIVALS = (*(one.name for one in FORMULAS if not one.is_part), MEAN_RATE, MEDIAN_RATE)
METHODS = (OURS, INDICATOR, *RIVALS)
LABELS = {
    OURS: f"Tolok: category {CATEGORY}",
    INDICATOR: "Tolok: its indicator engagement alone",
    MEAN_RATE: "Mean rate of all posts, platforms mixed",
    MEDIAN_RATE: "Median rate of posts",
} | {
    one.name: f"{one.label.en} ({', '.join(one.publishers)})" if one.publishers else one.label.en
    for one in FORMULAS
}
STREAMS = ("field", "posts", "cheaters", "next year", "moved year")


@dataclass(frozen=True)
class Hit:
    """What one method found in one year: shares of the true best, ties counted by their chance."""

    top: float
    """Of the true three best, the share among the first three."""
    best_named: float
    """Whether the true best is among the first three."""
    best_first: float
    """Whether the true best is first."""


def rng_of(seed: int, stream: str) -> np.random.Generator:
    """The generator of a seed for one purpose: worlds share it, so that they differ in nothing."""
    return np.random.default_rng([MASTER_SEED, seed, STREAMS.index(stream)])


def year_of(world: World, seed: int, *, cheated: bool = False) -> Posts:
    """The year of a seed in a world."""
    posts = draw_posts(draw_field(world, rng_of(seed, "field")), rng_of(seed, "posts"))
    return with_cheaters(posts, rng_of(seed, "cheaters")) if cheated else posts


def hits_of_seed(seed: int) -> dict[tuple[str, bool, str], Hit]:
    """What every method found in every world, without and with cheaters."""
    rules = shipped_rules()
    found = {}
    for world in WORLDS:
        for cheated in (False, True):
            posts = year_of(world, seed, cheated=cheated)
            truth = true_rank(posts)
            for method, rank in ranks_of(posts, rules).items():
                found[world.name, cheated, method] = hit_of(rank, truth)
    return found


def true_rank(posts: Posts) -> IntArray:
    """The rank of every institution by what makes the best the best."""
    truth = posts.field.truth
    return competition_rank([truth / np.abs(truth).max()])


def ranks_of(posts: Posts, rules: Rules) -> dict[str, IntArray]:
    """The ranks that every method gives; 0 where it ranks somebody not.

    Shape: (institutions,) by method.
    """
    panel = panel_of(posts)
    view = view_of(panel, rules)
    categories = score_categories(view, freeze_reference(panel, rules))
    (ours,) = categories
    ranks = {OURS: ours.rank, INDICATOR: competition_rank([ours.indicators[0].points])}
    table = formulas_table(formula_data_of(posts), scores_table(view, categories, {}), rules)
    names = [name for name in RIVALS if name not in (MEAN_RATE, MEDIAN_RATE)]
    ranks |= {name: np.zeros(INSTITUTIONS, dtype=np.int64) for name in names}
    places = {name: place for place, name in enumerate(IDS)}
    columns = ("formula", "platform", "institution_id", "rank")
    for formula, platform, institution, rank in zip(*(table[one] for one in columns), strict=True):
        if not platform and formula in names and isinstance(rank, int):
            ranks[str(formula)][places[str(institution)]] = rank
    return ranks | _rates(posts)


def hit_of(rank: IntArray, truth: IntArray) -> Hit:
    """What ranks have found of the truth.

    Ties: of those who share a rank as many find room as there are places, each with equal chance.
    """
    named, first = _chance(rank, TOP), _chance(rank, 1)
    best = truth == 1
    return Hit(
        float(named[truth <= TOP].sum() / TOP), float(named[best].sum()), float(first[best].sum())
    )


def _chance(rank: IntArray, places: int) -> FloatArray:
    """The chance of each to be among so many first; who has no rank has none."""
    size = np.bincount(rank, minlength=1)
    chance = np.clip((places - rank + 1) / size[rank], 0, 1)
    return np.where(rank > 0, chance, 0.0)


def _rates(posts: Posts) -> dict[str, IntArray]:
    """The two plain rates: the mean over all posts, and the median by platform, joined by place."""
    rate = posts.interactions / posts.followers
    order = np.argsort(posts.account, kind="stable")
    starts = np.searchsorted(posts.account[order], np.arange(1, PLATFORM.size))
    accounts = np.split(rate[order], starts)
    posted = np.bincount(OWNER[posts.account], minlength=INSTITUTIONS)
    mean = np.bincount(OWNER[posts.account], rate, INSTITUTIONS) / posted
    median = np.array([np.median(one) for one in accounts]).reshape(-1, len(PLATFORMS))
    return {
        MEAN_RATE: competition_rank([mean / mean.max()]),
        MEDIAN_RATE: competition_rank([percentile_points(median).mean(axis=1)]),
    }
