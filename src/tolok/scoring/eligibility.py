"""Who is ranked: the edition's demands and a category's gate, with a code for each failure.

Eligibility is a fact of the whole window: weights of weeks do not enter.
"""

from dataclasses import dataclass
from math import floor

import numpy as np

from tolok.composite.array import BoolArray, IntArray, sums_by
from tolok.methodology.category import Gate
from tolok.scoring.view import View

ROUNDING = 1e-9
"""A share that falls short by less than this is met: 0.1 + 0.2 of 0.45 is two thirds."""

Reasons = tuple[tuple[str, ...], ...]
"""Codes of what an institution lacks, in the order of the rules; none if it passes."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Who meets the edition's demands, and which platforms count for whom.

    Shape: is_present is (institutions, platforms).
    """

    reasons: Reasons
    is_present: BoolArray


def standing_of(view: View) -> Standing:
    """Every institution's standing, before any category.

    A platform counts for an institution that has enough posts there. A platform of weight 0 (a
    web site, which publishes no counts) never does: its posts make weeks active, and no more.
    """
    panel, demands = view.panel, view.rules.edition.eligibility
    weekly = _weekly_posts(view, ())
    present = (weekly.sum(axis=2) >= demands.min_platform_posts) & (view.platform_weight > 0)
    listed = sum(view.rules.edition.platform_weights.values())
    carried = (present * view.platform_weight).sum(axis=1)
    share = carried / listed if listed > 0 else np.zeros(carried.shape)
    weeks = (weekly.sum(axis=1) > 0).sum(axis=1)
    reasons = tuple(
        tuple(
            reason
            for reason in (
                "" if panel.is_confirmed[row] else "no_confirmed_account",
                few("few_active_weeks", int(weeks[row]), demands.min_active_weeks),
                few("few_platforms", float(share[row]), demands.min_platform_share),
            )
            if reason
        )
        for row in range(len(panel.institution_ids))
    )
    return Standing(reasons, present)


def gate_reasons(view: View, gate: Gate) -> Reasons:
    """What every institution lacks at a category's gate: posts of its kinds, and weeks with one."""
    weekly = _weekly_posts(view, gate.kinds).sum(axis=1)
    posts, weeks = weekly.sum(axis=1), (weekly > 0).sum(axis=1)
    return tuple(
        tuple(
            reason
            for reason in (
                few("gate_posts", int(count), gate.min_posts),
                few("gate_weeks", int(number), gate.min_weeks),
            )
            if reason
        )
        for count, number in zip(posts, weeks, strict=True)
    )


def few(code: str, value: float, least: float) -> str:
    """A code such as `few_active_weeks:12<26`, or nothing where enough is there.

    >>> few("few_platforms", 1 / 3, 0.5), few("gate_posts", 24, 24)
    ('few_platforms:0.33<0.5', '')
    """
    if value >= least - ROUNDING:
        return ""
    if isinstance(value, int):
        return f"{code}:{value}<{least:g}"
    return f"{code}:{floor(value * 100) / 100:.2f}<{least:.2g}"


def _weekly_posts(view: View, kinds: tuple[str, ...]) -> IntArray:
    """Posts of some kinds by institution, platform and week."""
    panel = view.panel

    def add_up() -> IntArray:
        shape = (*view.shape, panel.shape[2])
        row = panel.account_institution * shape[1] + panel.account_platform
        place = (row[:, None] * shape[2] + np.arange(shape[2])).ravel()
        posts = sums_by(place, panel.posts_of(kinds).ravel(), shape[0] * shape[1] * shape[2])
        return posts.astype(np.int64).reshape(shape)

    return panel.remembered(("weekly posts", kinds), add_up)
