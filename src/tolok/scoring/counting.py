"""Ways to count posts: what interactions are worth, and what is done with giveaways."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tolok.composite.array import FloatArray
from tolok.methodology.uncertainty import PLAIN
from tolok.scoring.histogram import Histogram

ALL, GIVEAWAYS, AT_MEDIAN = "all", "giveaways", "at_median"
"""Parts of the posts: all; the giveaways; the giveaways with the usual counts of their accounts."""
KEPT, MEDIAN = "kept", "median"


class Counting(NamedTuple):
    """A way to count: interaction_weights and giveaways as [uncertainty] names them."""

    interaction_weights: str = PLAIN
    giveaways: str = KEPT


class Part(NamedTuple):
    """Some of the posts, with their interactions added up in one way."""

    interaction_weights: str
    posts: str


@dataclass(frozen=True, eq=False)
class Counted:
    """What is counted of posts, in the shapes of Panel."""

    histograms: dict[str, Histogram]
    account_counts: dict[str, FloatArray]
    institution_counts: dict[str, FloatArray]

    def replaced(self, other: "Counted") -> "Counted":
        """The same, but for what the other has."""
        return Counted(
            self.histograms | other.histograms,
            self.account_counts | other.account_counts,
            self.institution_counts | other.institution_counts,
        )

    def plus(self, other: "Counted", sign: int = 1) -> "Counted":
        """With the posts of the other added to what it has, or taken from there.

        Counts are whole numbers, or sums in units of 2^-20, so nothing is lost to rounding.
        """
        return self.replaced(
            Counted(
                {
                    name: self.histograms[name].plus(histogram, sign)
                    for name, histogram in other.histograms.items()
                },
                _sums(self.account_counts, other.account_counts, sign),
                _sums(self.institution_counts, other.institution_counts, sign),
            )
        )


def _sums(
    one: dict[str, FloatArray], other: dict[str, FloatArray], sign: int
) -> dict[str, FloatArray]:
    return {name: one[name] + sign * np.nan_to_num(counts) for name, counts in other.items()}
