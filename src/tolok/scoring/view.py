"""The panel as seen under weights of its weeks: sums over weeks, platforms and institutions."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tolok.composite.array import FloatArray, IntArray, or_zero, sums_by
from tolok.methodology.rules import Rules
from tolok.scoring.bins import Bins
from tolok.scoring.cells import Cells
from tolok.scoring.histogram import LOG_UNIT
from tolok.scoring.panel import Panel
from tolok.scoring.trim import Influence, Trimmed, influence_of, trimmed_mean

DAYS_IN_WEEK = 7
EXACT = 2.0**53 / LOG_UNIT
"""Below this, sums in units of 1 / LOG_UNIT are exact."""


@dataclass(frozen=True, eq=False)
class View:
    """A panel, the rules, and how often each week counts.

    Shape: week_weights is (weeks,), or (draws, weeks): every sum then has the leading axis of the
    draws, and so has all that is made of it. `...` stands for that axis.
    Weeks are added up in `contract` (dense tables) and `Bins.contract` (histograms) and nowhere
    else, either exactly or in a fixed order, so the number of threads does not enter.
    """

    panel: Panel
    rules: Rules
    week_weights: FloatArray
    _levels: dict[tuple[str, tuple[str, ...]], tuple[Cells, Trimmed]] = field(
        default_factory=dict, init=False, repr=False
    )

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of institutions and platforms."""
        return len(self.panel.institution_ids), len(self.panel.platforms)

    @property
    def platform_weight(self) -> FloatArray:
        """The weight of every platform of the panel; 0 where the edition does not list it.

        Shape: (platforms,).
        """
        weights = self.rules.edition.platform_weights
        return np.array([weights.get(name, 0.0) for name in self.panel.platforms], dtype=np.float64)

    def contract(self, weekly: FloatArray) -> FloatArray:
        """The sum over the weeks, each as often as its weight says.

        Shape: (rows of any axes, weeks) -> (..., rows).
        Missing: unknown weeks are left out; NaN where no week that counts is known.
        """
        week_count = weekly.shape[-1]
        rows, draws = weekly.reshape(-1, week_count), self.week_weights.reshape(-1, week_count)
        known = ~np.isnan(rows)
        total = _products(np.where(known, rows, 0.0), draws)
        counted = (draws > 0).astype(np.float32) @ known.astype(np.float32).T
        total = np.where(counted > 0, total, np.nan)
        return total.reshape(self.week_weights.shape[:-1] + weekly.shape[:-1])

    def by_platform(self, value: FloatArray) -> FloatArray:
        """Sums of accounts over institution and platform.

        Shape: (..., accounts) -> (..., institutions, platforms).
        Missing: unknown accounts add nothing; 0 where there is none.
        """
        institutions, platforms = self.shape
        size = institutions * platforms
        cell = self.panel.account_institution * platforms + self.panel.account_platform
        draws = or_zero(value).reshape(-1, cell.size) if cell.size else value.reshape(-1, 0)
        place = np.arange(len(draws))[:, None] * size + cell
        total = sums_by(place.ravel(), draws.ravel(), len(draws) * size)
        return total.reshape(*value.shape[:-1], institutions, platforms)

    def weekly_by_platform(self, weekly: FloatArray) -> FloatArray:
        """Weekly sums of accounts over institution and platform.

        Shape: (accounts, weeks) -> (institutions, platforms, weeks).
        Missing: NaN where no account is known.
        """
        return self._add_up(weekly, (*self.shape, weekly.shape[1]), self.panel.account_platform)

    def weekly_by_institution(self, weekly: FloatArray) -> FloatArray:
        """Weekly sums of accounts over institutions.

        Shape: (accounts, weeks) -> (institutions, 1, weeks).
        Missing: NaN where no account is known.
        """
        shape = (self.shape[0], 1, weekly.shape[1])
        return self._add_up(weekly, shape, np.zeros_like(self.panel.account_platform))

    def posts(self, kinds: tuple[str, ...]) -> FloatArray:
        """Posts of some kinds by institution and platform.

        Shape: (..., institutions, platforms).
        """
        return self.by_platform(self.contract(self.panel.posts_of(kinds).astype(np.float64)))

    @property
    def days(self) -> FloatArray:
        """Days of the window in each week.

        Shape: (weeks,).
        """
        return self.panel.days_in_week.astype(np.float64)

    def level(self, measure: str, kinds: tuple[str, ...]) -> tuple[Cells, Trimmed]:
        """The cells of a measure over some kinds, and the trimmed mean of every account."""
        key = (measure, tuple(sorted(kinds)))
        if key not in self._levels:
            self._levels[key] = self.level_of(self.panel.bins(measure, kinds))
        return self._levels[key]

    def level_of(self, bins: Bins) -> tuple[Cells, Trimmed]:
        """The cells of some bins, and the trimmed mean of every account."""
        trim_share = self.rules.edition.scoring.trim_share

        def made() -> tuple[Cells, Trimmed]:
            cells = bins.contract(self.week_weights)
            return cells, trimmed_mean(cells, self.panel.shape[1], trim_share)

        return bins.remembered(("level", trim_share), made) if self.is_whole else made()

    def influence_of(self, bins: Bins, trimmed: Trimmed) -> Influence:
        """What weeks and posts do to the trimmed mean of every account; for weights (weeks,)."""
        trim_share = self.rules.edition.scoring.trim_share

        def made() -> Influence:
            return influence_of(bins, trimmed, self.week_weights, trim_share)

        return bins.remembered(("influence", trim_share), made) if self.is_whole else made()

    @cached_property
    def is_whole(self) -> bool:
        """Whether every week counts once: variants of the rules then share what posts give."""
        return self.week_weights.ndim == 1 and bool((self.week_weights == 1).all())

    def _add_up(
        self, weekly: FloatArray, shape: tuple[int, int, int], column: IntArray
    ) -> FloatArray:
        row = self.panel.account_institution * shape[1] + column
        place = (row[:, None] * shape[2] + np.arange(shape[2])).ravel()
        unknown, size = np.isnan(weekly), shape[0] * shape[1] * shape[2]
        total = sums_by(place, np.where(unknown, 0.0, weekly).ravel(), size)
        is_known = np.zeros(size, dtype=np.bool_)
        is_known[place[~unknown.ravel()]] = True
        return np.where(is_known, total, np.nan).reshape(shape)


def view_of(panel: Panel, rules: Rules, week_weights: FloatArray | None = None) -> View:
    """The view of a panel; every week counts once unless weights say otherwise.

    Shape: week_weights is (weeks,) or (draws, weeks).
    """
    if week_weights is None:
        week_weights = np.ones(panel.shape[2])
    return View(panel, rules, np.asarray(week_weights, dtype=np.float64))


def _products(rows: FloatArray, draws: FloatArray) -> FloatArray:
    """Every row times every draw: (rows, weeks) and (draws, weeks) -> (draws, rows).

    Counts are whole numbers, or sums in units of 2^-20. Of such numbers, if they are not too large,
    nothing is lost to rounding in whatever order they are added; others are added in a fixed order.
    """
    most = np.abs(rows).sum(axis=-1).max(initial=0.0) * draws.max(initial=0.0)
    if len(draws) > 1 and most < EXACT and _is_whole(rows * LOG_UNIT) and _is_whole(draws):
        return draws @ rows.T
    total: FloatArray = np.einsum("rw,dw->dr", rows, draws)
    return total


def _is_whole(values: FloatArray) -> bool:
    return bool((values == np.rint(values)).all())
