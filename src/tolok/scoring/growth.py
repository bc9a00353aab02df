"""The model on followers: growth, less what their number lets expect."""

import numpy as np

from tolok.composite.array import FloatArray, quotient
from tolok.scoring.audience import SlopeRule, fit_lines
from tolok.scoring.count import column_of
from tolok.scoring.estimate import NO_FOLLOWERS, Estimate, Frame
from tolok.scoring.reference import Fit

DAYS_IN_MONTH = 30


def estimate_growth(frame: Frame) -> Estimate:
    """Log growth of followers in 30 days less a + b ln F, by platform.

    Units: natural log per 30 days. Accounts of an institution weigh alike.
    Missing: no_followers where no account has two snapshots in the window. Weeks do not enter.
    """
    panel = frame.view.panel
    growth, x = _growth(frame), panel.log_followers
    model = np.flatnonzero(frame.is_model_account() & ~np.isnan(growth) & ~np.isnan(x))
    slope_rule = SlopeRule(frame.view.rules.edition.scoring.min_audience_accounts)

    def fit() -> Fit:
        platform = panel.account_platform[model]
        lines = fit_lines(x[model], growth[model], platform, len(panel.platforms), slope_rule)
        values = {"intercept": lines.intercept[:, None], "slope": lines.slope[:, None]}
        return Fit(values, lines.account_count[:, None])

    intercept, slope = frame.take(("intercept", "slope"), fit)
    own = panel.account_platform
    residual = growth - intercept[own, 0] - slope[own, 0] * x
    known = ~np.isnan(residual)
    count = frame.view.by_platform(known.astype(np.float64))
    total = frame.view.by_platform(residual)
    value = quotient(total, count)[:, :, None]
    snapshots = frame.view.by_platform((~np.isnan(growth) & ~np.isnan(x)).astype(np.float64))
    estimate = Estimate(
        value=value,
        shrunk=value,
        level=value,
        post_count=column_of(frame, frame.view.posts(())),
        missing=np.where(snapshots > 0, 0, NO_FOLLOWERS)[:, :, None],
    )
    return estimate.settled(frame.is_open)


def _growth(frame: Frame) -> FloatArray:
    """Log growth of every account in 30 days; NaN where it has not two snapshots."""
    panel = frame.view.panel
    ratio = quotient(panel.follower_last, panel.follower_first)
    log = np.log(ratio, out=np.full(ratio.shape, np.nan), where=ratio > 0)
    return quotient(log * DAYS_IN_MONTH, panel.follower_days)
