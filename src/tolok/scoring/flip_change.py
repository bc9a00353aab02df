"""What a purchase does to single posts."""

from dataclasses import dataclass, field

import numpy as np

from tolok.composite.array import IntArray
from tolok.scoring.flip_posts import DAYS_IN_WEEK, INTERACTIONS


@dataclass(frozen=True, eq=False)
class Change:
    """What a purchase does to the posts: counts raised, posts taken out, posts put in.

    Shape: raised and by are (posts raised,), removed (posts taken out,), added and added_day (posts
    put in,). `added` are the posts that are imitated.
    """

    measure: str = INTERACTIONS
    raised: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    by: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    removed: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    added: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    added_day: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def added_week(self) -> IntArray:
        """The week of every post put in.

        Shape: (posts put in,).
        """
        return self.added_day // DAYS_IN_WEEK

    @property
    def moves_posts(self) -> bool:
        """Whether posts come or go."""
        return bool(self.added.size or self.removed.size)
