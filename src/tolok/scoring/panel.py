"""The panel: everything that scores are made of, by account and ISO week, in plain arrays."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.methodology.uncertainty import PLAIN
from tolok.model import KINDS
from tolok.scoring.bins import Bins, gather
from tolok.scoring.counting import (
    ALL,
    AT_MEDIAN,
    GIVEAWAYS,
    KEPT,
    MEDIAN,
    Counted,
    Counting,
    Part,
)
from tolok.scoring.histogram import Histogram

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Panel:
    """What was counted of every institution and account, by week of the window.

    Institutions are sorted by id, accounts by institution and id: an entry per institution and
    account. Where nothing else is said, posts are original and without copies.

    Shape: names of axes stand at each field.
    Units: counts; follower_days is the distance of the first and last snapshot in days.
    Missing: NaN is unknown, 0 is none. A metric that is absent from both dictionaries is unknown
    everywhere. An institution without accounts stays in: it is shown as not ranked.
    Raises: ValueError where shapes or orders disagree, which is a fault of the caller.
    """

    institution_ids: tuple[str, ...]
    institution_names: tuple[str, ...]
    clusters: tuple[str, ...]
    """(institutions,): the cluster of each."""
    is_confirmed: BoolArray
    """(institutions,): has a counted account of the grade that the edition demands."""
    platforms: tuple[str, ...]
    account_ids: tuple[str, ...]
    account_platforms: tuple[str, ...]
    account_institution: IntArray
    """(accounts,): index of the institution credited."""
    days_in_week: IntArray
    """(weeks,): days of the window in each ISO week."""
    follower_count: FloatArray
    """(accounts,): median of the snapshots in the window."""
    follower_first: FloatArray
    follower_last: FloatArray
    follower_days: FloatArray
    posts_by_kind: IntArray
    """(accounts, weeks, kinds + 1): posts; the last kind is the unknown one."""
    histograms: dict[str, Histogram]
    """Measure (interaction_count, view_count) to its histogram."""
    account_counts: dict[str, FloatArray]
    """Additive metric to (accounts, weeks)."""
    institution_counts: dict[str, FloatArray]
    """Additive metric to (institutions, weeks)."""
    counted: dict[Part, Counted] = field(default_factory=dict)
    """What differs where posts are counted in another way, and what giveaways add to it all."""
    _memory: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        institutions, accounts, weeks = self.shape
        if list(self.institution_ids) != sorted(set(self.institution_ids)):
            message = "institution_ids are not sorted and unique"
            raise ValueError(message)
        expected: dict[str, tuple[int, ...]] = {
            "institution_names": (institutions,),
            "clusters": (institutions,),
            "is_confirmed": (institutions,),
            "account_platforms": (accounts,),
            "account_institution": (accounts,),
            "follower_count": (accounts,),
            "follower_first": (accounts,),
            "follower_last": (accounts,),
            "follower_days": (accounts,),
            "posts_by_kind": (accounts, weeks, len(KINDS) + 1),
        }
        shapes = {name: np.shape(getattr(self, name)) for name in expected}
        for grain, size in (("account_counts", accounts), ("institution_counts", institutions)):
            counts: dict[str, FloatArray] = getattr(self, grain)
            expected |= {f"{grain}[{metric}]": (size, weeks) for metric in counts}
            shapes |= {f"{grain}[{metric}]": counts[metric].shape for metric in counts}
        wrong = [
            f"{name} is {shapes[name]}, not {shape}"
            for name, shape in expected.items()
            if shapes[name] != shape
        ]
        if wrong:
            raise ValueError("; ".join(wrong))

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of institutions, accounts and weeks."""
        return len(self.institution_ids), len(self.account_ids), len(self.days_in_week)

    @cached_property
    def account_platform(self) -> IntArray:
        """The index of every account's platform.

        Shape: (accounts,).
        """
        codes = {platform: code for code, platform in enumerate(self.platforms)}
        return np.array([codes[name] for name in self.account_platforms], dtype=np.int64)

    @cached_property
    def log_followers(self) -> FloatArray:
        """The natural logarithm of every account's followers.

        Shape: (accounts,).  Missing: NaN where followers are unknown or none.
        """
        known = self.follower_count > 0
        return np.log(self.follower_count, out=np.full(known.shape, np.nan), where=known)

    def posts_of(self, kinds: tuple[str, ...]) -> IntArray:
        """Posts of some kinds by account and week; () is all kinds and the unknown one.

        Shape: (accounts, weeks).
        """

        def add_up() -> IntArray:
            codes = [KINDS.index(kind) for kind in kinds] or list(range(len(KINDS) + 1))
            posts: IntArray = self.posts_by_kind[:, :, codes].sum(axis=2)
            return posts

        return self.remembered(("posts_of", kinds), add_up)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of this panel under a key, made once: a panel never changes."""
        if key not in self._memory:
            self._memory[key] = make()
        made: T = self._memory[key]
        return made

    def forget_weeks(self) -> None:
        """Let go of the tables of posts by week that draws have left: they are large."""
        for made in self._memory.values():
            for one in made if isinstance(made, tuple) else (made,):
                if isinstance(one, Bins):
                    one.forget_weeks()

    def under(self, counting: Counting) -> "Panel":
        """The panel of the same posts, counted in another way; not remembered, since it is large.

        What an edition asks of posts, weeks and days stays a matter of all posts.
        Missing: without giveaways it does not matter what is done with them.
        Raises: KeyError for weights of interactions that the panel was not counted with.
        """
        if counting == Counting():
            return self
        weights, giveaways = counting
        found = Counted(self.histograms, self.account_counts, self.institution_counts)
        if weights != PLAIN:
            found = found.replaced(self.counted[Part(weights, ALL)])
        taken = self.counted.get(Part(weights, GIVEAWAYS))
        if taken and giveaways != KEPT:
            found = found.plus(taken, -1)
            if giveaways == MEDIAN:
                found = found.plus(self.counted[Part(weights, AT_MEDIAN)])
        return replace(
            self,
            histograms=found.histograms,
            account_counts=found.account_counts,
            institution_counts=found.institution_counts,
        )

    def bins(self, measure: str, kinds: tuple[str, ...]) -> Bins:
        """The histogram of a measure over some kinds, merged and sorted once."""
        ordered = tuple(sorted(kinds))
        empty = np.zeros(0, dtype=np.int64)
        histogram = self.histograms.get(measure, Histogram(*[empty] * 6))
        return self.remembered(
            bins_key(measure, kinds), lambda: gather(histogram, ordered, self.shape[2])
        )

    def bins_side_by_side(
        self, measure: str, kinds: tuple[str, ...], others: tuple[str, ...]
    ) -> tuple[Bins, Bins]:
        """The histograms of two groups of kinds in the weeks in which an account has posts of both.

        Whether a week has both is a fact of the window: weights of weeks do not enter.
        """

        def split() -> tuple[Bins, Bins]:
            _, accounts, weeks = self.shape
            ours, theirs = self.bins(measure, kinds), self.bins(measure, others)
            both = [bins.weekly_posts(accounts, weeks) > 0 for bins in (ours, theirs)]
            return ours.within(both[0] & both[1]), theirs.within(both[0] & both[1])

        return self.remembered(sides_key(measure, kinds, others), split)


def bins_key(measure: str, kinds: tuple[str, ...]) -> Hashable:
    """Where a panel remembers the merged histogram of a measure over some kinds."""
    return "bins", measure, tuple(sorted(kinds))


def sides_key(measure: str, kinds: tuple[str, ...], others: tuple[str, ...]) -> Hashable:
    """Where a panel remembers the histograms of two groups of kinds side by side."""
    return "side by side", measure, kinds, others
