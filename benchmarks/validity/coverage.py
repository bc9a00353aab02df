"""Whether the stated intervals hold: where ranks stand in another year, and in truth."""

from dataclasses import dataclass

import numpy as np

from benchmarks.validity.edition import CATEGORY, panel_of, shipped_rules
from benchmarks.validity.recovery import TOP, rng_of, true_rank, year_of
from benchmarks.validity.world import DRIFT_SD, WORLDS, Posts, World, draw_posts
from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import competition_rank
from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import Uncertainty
from tolok.scoring.edition import score_categories
from tolok.scoring.method import own_setting
from tolok.scoring.reference import Reference
from tolok.scoring.uncertainty import Doubt, assess, freeze_methods
from tolok.scoring.view import view_of

SOURCES = ("data", "method", "all")
AIMS = ("fresh year", "moved year", "long run", "truth")
"""The rank in a fresh year of the same quality; in one whose quality has moved as that of real
accounts does; by the mean score of many fresh years; and by the truth of the world."""
LONG_RUN = 20
"""Fresh years in the long run."""
CHANCES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)
"""Edges of P(nominee), of which the edition calls those from 0.8 robust."""


@dataclass(frozen=True)
class Covered:
    """Of one seed and world: how the intervals of a source did.

    Shape: held and top_held are by aim; chance is (classes of P(nominee), 2): how many institutions
    were told that probability, and how many of them were nominees in the fresh year.
    """

    width: float
    held: dict[str, float]
    top_held: dict[str, float]
    chance: tuple[tuple[int, int], ...]


def coverage_of_seed(seed: int, draws: int, weight_sets: int) -> dict[tuple[str, str], Covered]:
    """How the intervals of every source did in every world."""
    rules = shipped_rules(Uncertainty(draws=draws, weight_sets=weight_sets))
    return {
        (world.name, source): covered
        for world in WORLDS
        for source, covered in _of_world(world, seed, rules).items()
    }


def _of_world(world: World, seed: int, rules: Rules) -> dict[str, Covered]:
    posts = year_of(world, seed)
    panel = panel_of(posts)
    references = freeze_methods(panel, rules)
    reference = references.by_setting[own_setting(rules)]
    view = view_of(panel, rules)
    categories = score_categories(view, reference)
    doubts = assess(view, categories, references).doubts
    (ours,) = categories
    rng, moved_rng = rng_of(seed, "next year"), rng_of(seed, "moved year")
    years = [_score(draw_posts(posts.field, rng), rules, reference) for _ in range(LONG_RUN)]
    moved = _score(draw_posts(posts.field, moved_rng, DRIFT_SD), rules, reference)
    aims = {
        "fresh year": competition_rank([years[0]]),
        "moved year": competition_rank([moved]),
        "long run": competition_rank([np.mean(years, axis=0)]),
        "truth": true_rank(posts),
    }
    return {
        source: covered_by(doubts[source][CATEGORY], ours.rank, aims, ours.is_ranked)
        for source in SOURCES
    }


def covered_by(
    doubt: Doubt, rank: IntArray, aims: dict[str, IntArray], is_ranked: BoolArray
) -> Covered:
    """How often the rank intervals hold the ranks that they aim at, of all and of the first three.

    Shape: (institutions,) each.
    """
    held = {
        aim: (doubt.rank_low <= there) & (there <= doubt.rank_high) for aim, there in aims.items()
    }
    top = rank[is_ranked] <= TOP
    return Covered(
        float((doubt.rank_high - doubt.rank_low + 1)[is_ranked].mean()),
        {aim: float(one[is_ranked].mean()) for aim, one in held.items()},
        {aim: float(one[is_ranked][top].mean()) for aim, one in held.items()},
        _by_chance(doubt.p_nominee[is_ranked], aims["fresh year"][is_ranked] <= TOP),
    )


def _by_chance(told: FloatArray, named: BoolArray) -> tuple[tuple[int, int], ...]:
    """Of each class of probability: how many were told it, and how many came true."""
    place = np.clip(np.searchsorted(CHANCES, told, side="right") - 1, 0, len(CHANCES) - 2)
    return tuple(
        (int((place == one).sum()), int(named[place == one].sum()))
        for one in range(len(CHANCES) - 1)
    )


def _score(posts: Posts, rules: Rules, reference: Reference) -> FloatArray:
    """The scores of a year under the frozen parameters of another."""
    (scored,) = score_categories(view_of(panel_of(posts), rules), reference)
    return scored.score
