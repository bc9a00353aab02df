"""What an indicator is estimated from, and what an estimate holds: by slot, before points.

A slot is a platform, or a stratum of kinds on a platform, or the one slot of an indicator that
does not tell platforms apart. Arrays by slot have the axes institutions, platforms, strata,
and before them that of the draws where the view has several vectors of week weights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.methodology.category import Category, Indicator
from tolok.scoring.reference import Fit, Site, Source
from tolok.scoring.view import View

MISSING = (
    "",
    "absent_platform",
    "no_posts",
    "no_followers",
    "no_data",
    "no_reference",
    "no_spread",
    "no_score",
    "fifth_percentile",
)
"""Codes of why a value is missing; where slots differ, the last in this order is told."""

(
    ABSENT_PLATFORM,
    NO_POSTS,
    NO_FOLLOWERS,
    NO_DATA,
    NO_REFERENCE,
    NO_SPREAD,
    NO_SCORE,
    FIFTH_PERCENTILE,
) = range(1, len(MISSING))

STRATIFIED = ("residual", "level", "above_expected", "uplift")
"""Models of single posts, which can be compared by groups of kinds."""
ALWAYS_BY_PLATFORM = (*STRATIFIED, "growth")


@dataclass(frozen=True, eq=False)
class Estimate:
    """An indicator by slot, before it is normalised.

    Shape: (..., institutions, platforms, strata) each.
    Units: value is the raw one, shrunk the one drawn towards its slot, both in the indicator's
    unit; level is shrunk on the scale on which it is compared; missing is an index into MISSING.
    """

    value: FloatArray
    shrunk: FloatArray
    level: FloatArray
    post_count: FloatArray
    missing: IntArray

    def settled(self, is_open: BoolArray) -> "Estimate":
        """The same estimate with closed slots emptied, and a reason wherever there is no level.

        Shape: is_open is broadcast over institutions, platforms and strata.
        """
        lacks = np.isnan(self.level)
        why = np.where(self.missing > 0, self.missing, NO_REFERENCE)
        missing = np.where(is_open, np.where(lacks, why, 0), ABSENT_PLATFORM)
        value, shrunk, level = (
            np.where(is_open, array, np.nan) for array in (self.value, self.shrunk, self.level)
        )
        return Estimate(value, shrunk, level, np.where(is_open, self.post_count, 0), missing)


@dataclass(frozen=True, eq=False)
class Frame:
    """All that an indicator's formula may look at.

    `is_present` says which platforms count for an institution, `is_reference` which institutions
    parameters are fitted on: those that pass the edition's rules and the category's gate.
    """

    view: View
    category: Category
    indicator: Indicator
    is_present: BoolArray
    is_reference: BoolArray
    source: Source

    @property
    def is_by_platform(self) -> bool:
        """Whether the indicator compares platforms inside themselves first."""
        return self.indicator.by_platform or self.indicator.model in ALWAYS_BY_PLATFORM

    @property
    def strata(self) -> tuple[tuple[str, ...], ...]:
        """The groups of kinds that are normalised apart; one group unless strata are named."""
        if self.indicator.model in STRATIFIED and self.indicator.strata:
            return self.indicator.strata
        return (self.indicator.kinds,)

    @cached_property
    def slots(self) -> NDArray[np.str_]:
        """The names of the slots as they are published.

        Shape: (platforms, strata), or (1, 1) of the empty name.
        """
        platforms = self.view.panel.platforms if self.is_by_platform else ("",)
        suffixes = [f"/{'+'.join(group)}" for group in self.strata]
        if self.strata != self.indicator.strata:
            suffixes = [""]
        names = [[f"{platform}{suffix}" for suffix in suffixes] for platform in platforms]
        return np.array(names, dtype=np.str_).reshape(len(platforms), len(suffixes))

    @property
    def platform_weight(self) -> FloatArray:
        """The weight of each platform in the mean over platforms.

        Shape: (platforms,), or (1,).
        """
        return self.view.platform_weight if self.is_by_platform else np.ones(1)

    @property
    def is_open(self) -> BoolArray:
        """Whether a slot is open to an institution: the platform counts for it.

        Shape: (institutions, platforms, 1), or (institutions, 1, 1) and true.
        """
        if self.is_by_platform:
            return self.is_present[:, :, None]
        return np.ones((self.view.shape[0], 1, 1), dtype=np.bool_)

    @property
    def min_posts(self) -> int:
        """Posts that an account needs to have a say in the parameters of its platform.

        The edition's minimum on a platform; where the indicator is limited to some kinds, the
        category's gate if that asks for less.
        """
        least = self.view.rules.edition.eligibility.min_platform_posts
        limited = self.indicator.kinds or self.indicator.strata
        return min(least, self.category.gate.min_posts or least) if limited else least

    def is_model_account(self) -> BoolArray:
        """Whether an account belongs to a reference institution on a platform that counts.

        Shape: (accounts,).
        """
        panel = self.view.panel
        row = panel.account_institution
        is_model: BoolArray = self.is_present[row, panel.account_platform] & self.is_reference[row]
        return is_model

    def take(self, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """Parameters of this indicator, each of the slots' shape: frozen, or fitted now."""
        site = Site(self.category.name, self.indicator.name, self.slots)
        return self.source.take(site, names, fit)

    def fit_slots(
        self,
        names: tuple[str, ...],
        value: tuple[FloatArray, ...],
        formula: Callable[..., tuple[float, ...]],
    ) -> Fit:
        """Parameters by slot, from the reference institutions that have a value in the slot.

        Shape: (institutions, platforms, strata) each -> (platforms, strata) each.
        Missing: NaN for a slot without such an institution.
        """
        fitted = np.full((len(names), *self.slots.shape), np.nan)
        count = np.zeros(self.slots.shape, dtype=np.int64)
        usable = self.is_open & self.is_reference[:, None, None]
        for array in value:
            usable = usable & ~np.isnan(array)
        for place in np.ndindex(self.slots.shape):
            rows = np.flatnonzero(usable[:, *place])
            count[place] = rows.size
            if rows.size:
                fitted[:, *place] = formula(*(array[rows, *place] for array in value))
        return Fit(dict(zip(names, fitted, strict=True)), count)
