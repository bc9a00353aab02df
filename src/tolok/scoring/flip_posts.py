"""The own posts of one institution, and what each of them adds to the metrics of its panel.

A panel knows no single post. To say what a purchase would do, the posts of the few institutions
that stand near an award's first place or its cut are looked at one by one.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.model import KINDS

DAYS_IN_WEEK = 7
INTERACTIONS, VIEWS = "interaction_count", "view_count"


@dataclass(frozen=True, eq=False)
class OwnPosts:
    """The own posts of one institution inside the window, sorted by account, day and id.

    Shape: (posts,) each.
    Units: account is an index among the institution's accounts in the panel's order; day counts
    from the Monday of the first week; kind is a code into KINDS, -1 unknown. `sums` holds what a
    post adds to an additive metric, `gains` what one interaction or view more would add to it, by
    measure; `marks` whether the post makes its day count, by metric of distinct days.
    Missing: NaN where a count is unknown, and where a post adds nothing known to a sum.
    """

    account: IntArray
    day: IntArray
    kind: IntArray
    is_copy: BoolArray
    is_cross_copy: BoolArray
    is_joint: BoolArray
    counts: dict[str, FloatArray]
    sums: dict[str, FloatArray]
    gains: dict[str, dict[str, FloatArray]]
    marks: dict[str, BoolArray]

    @property
    def week(self) -> IntArray:
        """The week of every post.

        Shape: (posts,).
        """
        return self.day // DAYS_IN_WEEK

    @property
    def is_clean(self) -> BoolArray:
        """Whether a post is no copy, and so in the histograms.

        Shape: (posts,).
        """
        return ~self.is_copy

    def is_of(self, kinds: tuple[str, ...]) -> BoolArray:
        """Whether a post is of some kinds; () is all kinds and the unknown one.

        Shape: (posts,).
        """
        chosen = np.zeros(len(KINDS) + 1, dtype=np.bool_)  # the last is the unknown kind, -1
        chosen[[KINDS.index(kind) for kind in kinds] if kinds else slice(None)] = True
        return chosen[self.kind]


@dataclass(frozen=True, eq=False)
class RowValues:
    """What metrics of days and of weeks give for a row with some number of posts.

    Shape: by_day (platforms, posts in the row), by_week (posts in the row); row 0 is 0.
    """

    by_day: dict[str, FloatArray]
    by_week: dict[str, FloatArray]
