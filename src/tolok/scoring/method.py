"""Variants of the method: what a defensible organiser might have ruled instead.

Two sorts: those that need new estimates (a setting: how posts are counted, trimming, the audience's
exponent), and those that only turn estimates into scores in another way (a choice: normalisation,
absent platforms, aggregation, weights). Choices are drawn.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.methodology.category import Category
from tolok.methodology.rules import Rules
from tolok.methodology.uncertainty import FITTED, PLAIN
from tolok.scoring.counting import ALL, GIVEAWAYS, KEPT, Counting, Part
from tolok.scoring.panel import Panel

OWN = "own"
"""The aggregation that a category's own rules name."""


@dataclass(frozen=True)
class Setting:
    """A variant that needs new estimates; exponent None is fitted.

    `counting` is a matter of the panel, `of` makes the rest a matter of the rules.
    """

    counting: Counting
    trim_share: float
    audience_exponent: float | None

    def of(self, rules: Rules) -> Rules:
        """The rules under this setting."""
        scoring = replace(
            rules.edition.scoring,
            trim_share=self.trim_share,
            audience_exponent=self.audience_exponent,
        )
        return replace(rules, edition=replace(rules.edition, scoring=scoring))


@dataclass(frozen=True, eq=False)
class Choices:
    """One choice a draw of everything that turns estimates into scores.

    Shape: (draws,) each, as indices into the names; weights has (draws, indicators) by category.
    """

    normalisations: tuple[str, ...]
    absents: tuple[str, ...]
    aggregations: tuple[str, ...]
    normalisation: IntArray
    absent: IntArray
    aggregation: IntArray
    weights: dict[str, FloatArray]

    def __len__(self) -> int:
        """The number of draws."""
        return self.normalisation.size

    def part(self, rows: slice | IntArray) -> "Choices":
        """The choices of some draws."""
        return replace(
            self,
            normalisation=self.normalisation[rows],
            absent=self.absent[rows],
            aggregation=self.aggregation[rows],
            weights={name: weights[rows] for name, weights in self.weights.items()},
        )


def own_setting(rules: Rules) -> Setting:
    """What the rules themselves say."""
    scoring = rules.edition.scoring
    return Setting(Counting(), scoring.trim_share, scoring.audience_exponent)


def settings_of(panel: Panel, rules: Rules) -> tuple[Setting, ...]:
    """Every setting of the grid, that of the rules first, those that count alike side by side.

    Shape: weights of interactions, giveaways, trims and exponents, the last running fastest.
    Missing: without any giveaway they are kept and nothing else; weights of interactions that the
    panel was not counted with are left out.
    """
    own, doubt = own_setting(rules), rules.edition.uncertainty
    weights = [one for one in doubt.interaction_weights if Part(one, ALL) in panel.counted]
    has_giveaways = any(part.posts == GIVEAWAYS for part in panel.counted)
    giveaways = doubt.giveaways if has_giveaways else ()
    trims = [own.trim_share, *map(float, doubt.trim_share)]
    named = [None if one == FITTED else float(one) for one in doubt.audience_exponent]
    exponents = [own.audience_exponent, *named]
    worths, treatments = dict.fromkeys([PLAIN, *weights]), dict.fromkeys([KEPT, *giveaways])
    countings = [Counting(*pair) for pair in product(worths, treatments)]
    return tuple(
        Setting(*one) for one in product(countings, dict.fromkeys(trims), dict.fromkeys(exponents))
    )


def grid_shape(settings: Collection[Setting], choices: Choices) -> tuple[int, ...]:
    """The lengths of the axes of the whole grid: those of a setting, then those of all_choices."""
    inputs = (
        len({one.counting.interaction_weights for one in settings}),
        len({one.counting.giveaways for one in settings}),
        len({one.trim_share for one in settings}),
        len({one.audience_exponent for one in settings}),
    )
    names = (len(choices.normalisations), len(choices.absents), len(choices.aggregations))
    return (*inputs, *names, len(choices) // math.prod(names))


def own_choices(rules: Rules, draws: int) -> Choices:
    """The choices of the rules themselves, the same in every draw."""
    scoring, nothing = rules.edition.scoring, np.zeros(draws, dtype=np.int64)
    weights = {one.name: np.tile(nominal_weights(one), (draws, 1)) for one in rules.categories}
    return Choices(
        (scoring.normalisation,), (scoring.absent_platform,), (OWN,),
        nothing, nothing, nothing, weights,
    )  # fmt: skip


def drawn_choices(rules: Rules, draws: int) -> Choices:
    """Choices drawn at random: every variant as likely as the next."""
    names = _names(rules)
    rng = np.random.default_rng(seed_of(rules, "choices"))
    normalisation, absent, aggregation = (rng.integers(len(name), size=draws) for name in names)
    weights = _noisy_weights(rules, draws)
    return Choices(*names, normalisation, absent, aggregation, weights)


def all_choices(rules: Rules) -> Choices:
    """The full grid: every normalisation, absent platform and aggregation by every set of weights.

    Shape: axes in that order, the weights running fastest. The first set of weights is the rules'
    own.
    """
    names, sets = _names(rules), rules.edition.uncertainty.weight_sets
    axes = np.indices((*map(len, names), sets)).reshape(len(names) + 1, -1)
    noisy = _noisy_weights(rules, sets)
    for category in rules.categories:
        noisy[category.name][0] = nominal_weights(category)
    weights = {name: table[axes[-1]] for name, table in noisy.items()}
    return Choices(*names, axes[0], axes[1], axes[2], weights)


def nominal_weights(category: Category) -> FloatArray:
    """The weights of a category's indicators as the rules give them, scaled to add up to 1."""
    weight = np.array([indicator.weight for indicator in category.indicators])
    scaled: FloatArray = weight / weight.sum()
    return scaled


def week_weights_of(rules: Rules, weeks: int, draws: int) -> FloatArray:
    """How often each week counts in every draw: circular blocks of weeks, the same for all.

    Shape: (draws, weeks), integers that add up to the number of weeks in every draw.
    Source: Politis and Romano 1992, A circular block-resampling procedure for stationary data.
    """
    length = min(rules.edition.scoring.block_weeks, weeks)
    rng = np.random.default_rng(seed_of(rules, "weeks"))
    blocks = -(-weeks // length)
    start = rng.integers(weeks, size=(draws, blocks))
    drawn = (start[:, :, None] + np.arange(length)) % weeks
    drawn = drawn.reshape(draws, -1)[:, :weeks]
    place = np.arange(draws)[:, None] * weeks + drawn
    return np.bincount(place.ravel(), minlength=draws * weeks).reshape(draws, weeks).astype(float)


def seed_of(rules: Rules, *step: str) -> np.random.SeedSequence:
    """The seed of a step, from the edition's own: other steps and categories change nothing."""
    named = sha256("\x1f".join((rules.edition.name, *step)).encode()).digest()
    words = np.frombuffer(named, dtype=">u4")
    return np.random.SeedSequence([rules.edition.uncertainty.seed, *map(int, words)])


def _names(rules: Rules) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The names of the choices, those of the rules first."""
    scoring, doubt = rules.edition.scoring, rules.edition.uncertainty
    return (
        tuple(dict.fromkeys([scoring.normalisation, *doubt.normalisation])),
        tuple(dict.fromkeys([scoring.absent_platform, *doubt.absent_platform])),
        doubt.aggregation or (OWN,),
    )


def _noisy_weights(rules: Rules, sets: int) -> dict[str, FloatArray]:
    """Sets of weights w (1 + u U(-1, 1)), scaled to add up to 1, by category."""
    noise = rules.edition.uncertainty.weight_noise
    noisy = {}
    for category in rules.categories:
        rng = np.random.default_rng(seed_of(rules, "weights", category.name))
        factor = 1 + noise * rng.uniform(-1, 1, (sets, len(category.indicators)))
        weights = nominal_weights(category) * factor
        noisy[category.name] = weights / weights.sum(axis=1, keepdims=True)
    return noisy
