"""How the doubt of an edition's ranks is taken: draws of weeks, and defensible variants."""

import re
from dataclasses import dataclass

from tolok.methodology.document import Section

NORMALISATIONS = ("robust_z", "z", "minmax", "percentile")
ABSENT_PLATFORM = ("missing", "zero")
AGGREGATIONS = ("arithmetic", "geometric")
FITTED = "fitted"
GIVEAWAYS = ("kept", "median", "dropped")
"""Posts that call for likes or tags: as they are, at their account's median, or left out."""
PLAIN = "1,1,1"
"""Interactions as columns.toml adds them up: a reaction, a comment and a share are worth the same.
"""


@dataclass(frozen=True)
class Uncertainty:
    """The draws, and the variants of the method that are held to be as defensible as the rules.

    Units: draws of weeks and variants; weight_noise u multiplies every weight by 1 + u U(-1, 1)
    before weights are scaled to 1; shares are probabilities. An exponent is the power of followers
    with which interactions are expected to grow, or "fitted". Interaction weights are what a
    reaction, a comment and a share are worth, in this order. What the rules themselves say is
    always one of the variants.
    """

    draws: int = 1000
    seed: int = 2025
    weight_noise: float = 0.25
    weight_sets: int = 100
    normalisation: tuple[str, ...] = NORMALISATIONS
    absent_platform: tuple[str, ...] = ABSENT_PLATFORM
    aggregation: tuple[str, ...] = AGGREGATIONS
    audience_exponent: tuple[str, ...] = (FITTED, "1", "0")
    trim_share: tuple[str, ...] = ("0", "0.1", "0.2")
    interaction_weights: tuple[str, ...] = (PLAIN, "1,2,3")
    giveaways: tuple[str, ...] = GIVEAWAYS
    robust_from: float = 0.8
    contested_from: float = 0.2
    separable_from: float = 0.95


def read_uncertainty(section: Section) -> Uncertainty:
    """The section [uncertainty] of edition.toml; what it leaves out takes its default."""
    default = Uncertainty()
    uncertainty = Uncertainty(
        draws=section.integer("draws", default.draws, low=1),
        seed=section.integer("seed", default.seed),
        weight_noise=section.number("weight_noise", default.weight_noise, low=0, high=1),
        weight_sets=section.integer("weight_sets", default.weight_sets, low=1),
        normalisation=section.texts("normalisation", default.normalisation, choices=NORMALISATIONS),
        absent_platform=section.texts(
            "absent_platform", default.absent_platform, choices=ABSENT_PLATFORM
        ),
        aggregation=section.texts("aggregation", default.aggregation, choices=AGGREGATIONS),
        audience_exponent=_numbers(section, "audience_exponent", default.audience_exponent, 2.0),
        trim_share=_numbers(section, "trim_share", default.trim_share, 0.49),
        interaction_weights=_interaction_weights(section, default.interaction_weights),
        giveaways=section.texts("giveaways", default.giveaways, choices=GIVEAWAYS),
        robust_from=section.number("robust_from", default.robust_from, low=0, high=1),
        contested_from=section.number("contested_from", default.contested_from, low=0, high=1),
        separable_from=section.number("separable_from", default.separable_from, low=0.5, high=1),
    )
    section.close()
    return uncertainty


def _numbers(section: Section, key: str, default: tuple[str, ...], high: float) -> tuple[str, ...]:
    """Numbers written as texts, so that "fitted" can stand among them."""
    values = section.texts(key, default)
    for value in values:
        if value == FITTED and key == "audience_exponent":
            continue
        try:
            is_fine = 0 <= float(value) <= high
        except ValueError:
            is_fine = False
        if not is_fine:
            expected = f'Expected numbers from 0 to {high:g}, as texts such as "0.1".'
            section.fault(key, f"{value!r} does not do.", expected)
            return default
    return values


def weights_of(text: str) -> tuple[int, ...]:
    """What a reaction, a comment and a share are worth.

    >>> weights_of("1,2,3")
    (1, 2, 3)
    """
    return tuple(map(int, text.split(",")))


def _interaction_weights(section: Section, default: tuple[str, ...]) -> tuple[str, ...]:
    """Weights as texts of three whole numbers, white space left out."""
    values = section.texts("interaction_weights", default)
    found = tuple("".join(value.split()) for value in values)
    for value, text in zip(values, found, strict=True):
        if not re.fullmatch(r"\d{1,3},\d{1,3},\d{1,3}", text) or not any(weights_of(text)):
            expected = "Expected the worth of a reaction, a comment and a share, such as '1,2,3'."
            section.fault("interaction_weights", f"{value!r} does not do.", expected)
            return default
    return found
