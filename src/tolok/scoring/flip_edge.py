"""The counts with which an institution's posts pass what indicators expect of them."""

import numpy as np

from tolok.composite.array import FloatArray, IntArray
from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_units import Edge
from tolok.scoring.histogram import BINS_PER_UNIT
from tolok.scoring.reference import Key, Reference


def edges_of(buyer: Buyer, rules: Rules, reference: Reference) -> list[Edge]:
    """An edge for each indicator that counts posts above the expected, in their order."""
    return [
        _edge(buyer, category, indicator, reference)
        for category in rules.categories
        for indicator in category.indicators
        if indicator.model == "above_expected"
    ]


def _edge(buyer: Buyer, category: Category, indicator: Indicator, reference: Reference) -> Edge:
    count = np.zeros(buyer.posts.day.size, dtype=np.int64)
    groups = indicator.strata or (indicator.kinds,)
    for group in groups:
        suffix = f"/{'+'.join(group)}" if indicator.strata else ""
        least = _least_counts(buyer, category, indicator, suffix, reference)
        here = buyer.posts.is_of(group)
        count[here] = least[buyer.posts.account[here]]
    kinds = tuple(kind for group in groups for kind in group)
    return Edge(indicator.measure, kinds, count)


def _least_counts(
    buyer: Buyer, category: Category, indicator: Indicator, suffix: str, reference: Reference
) -> IntArray:
    """The least count above the expected value, by account; 0 where nothing is expected.

    A post is above it as a whole from the next bin of the histogram on.
    """
    slots = [f"{buyer.panel.platforms[code]}{suffix}" for code in buyer.platform]

    def parameter(name: str) -> FloatArray:
        keys = [Key(category.name, indicator.name, slot, name) for slot in slots]
        known = [reference.parameters.get(key) for key in keys]
        return np.array([np.nan if one is None else one.value for one in known], dtype=np.float64)

    x = buyer.panel.log_followers[buyer.accounts]
    if indicator.baseline == "level":
        x = np.zeros(x.shape)
    expected = parameter("intercept") + parameter("slope") * x
    least = np.expm1(np.ceil(BINS_PER_UNIT * expected) / BINS_PER_UNIT)
    counts: IntArray = np.ceil(np.nan_to_num(least).clip(0)).astype(np.int64)
    return counts
