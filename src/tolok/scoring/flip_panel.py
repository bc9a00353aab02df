"""Panels after purchases: of many trials of single institutions, and of all institutions.

Parameters are frozen, so a purchase changes the buyer's score alone, and copies of an institution
score alike: a panel that holds only the buyer, once for each purchase, scores all of them at once.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from tolok.composite.array import BoolArray, IntArray
from tolok.scoring.bins import Bins
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_cells import OwnCells, bins_of
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import Group, Need
from tolok.scoring.histogram import Histogram
from tolok.scoring.panel import Panel, bins_key, sides_key


def panel_of(trials: Sequence[tuple[Buyer, Change]], need: Need) -> Panel:
    """A panel with an institution for each trial, in the order in which they stand.

    It holds what is needed and no more; the posts are known to it by bin, not by week.
    """
    panel = trials[0][0].panel
    parts = [buyer.after(change, need.metrics) for buyer, change in trials]
    rows = np.array([buyer.row for buyer, _ in trials])
    accounts = np.concatenate([buyer.accounts for buyer, _ in trials])
    sizes = np.array([buyer.accounts.size for buyer, _ in trials])
    made = replace(
        panel,
        institution_ids=tuple(f"{number:09}" for number in range(len(trials))),
        institution_names=tuple(panel.institution_names[row] for row in rows),
        clusters=tuple(panel.clusters[row] for row in rows),
        is_confirmed=panel.is_confirmed[rows],
        account_ids=tuple(panel.account_ids[account] for account in accounts),
        account_platforms=tuple(panel.account_platforms[account] for account in accounts),
        account_institution=np.repeat(np.arange(len(trials)), sizes),
        follower_count=panel.follower_count[accounts],
        follower_first=panel.follower_first[accounts],
        follower_last=panel.follower_last[accounts],
        follower_days=panel.follower_days[accounts],
        posts_by_kind=np.concatenate([part.posts_by_kind for part in parts]),
        histograms={},
        account_counts={
            name: np.concatenate([part.account_counts[name] for part in parts])
            for name in parts[0].account_counts
        },
        institution_counts={
            name: np.stack([part.institution_counts[name] for part in parts])
            for name in parts[0].institution_counts
        },
        counted={},
    )
    cells = [buyer.cells(change, need.groups) for buyer, change in trials]
    _remember(made, need, cells, np.cumsum(sizes) - sizes)
    return made


def _remember(
    panel: Panel, need: Need, cells: Sequence[list[list[OwnCells]]], offsets: IntArray
) -> None:
    """Give a panel the merged histograms that it would else make of its posts."""
    weeks = panel.shape[2]
    for group, of_trials in zip(need.groups, zip(*cells, strict=True), strict=True):
        sides = [bins_of(side, offsets, weeks) for side in zip(*of_trials, strict=True)]
        _give(panel, group, tuple(sides))


def _give(panel: Panel, group: Group, sides: tuple[Bins, ...]) -> None:
    if group.others is None:
        panel.remembered(bins_key(group.measure, group.kinds), lambda: sides[0])
    else:
        panel.remembered(sides_key(group.measure, group.kinds, group.others), lambda: sides)


def panel_after(buyer: Buyer, change: Change) -> Panel:
    """The whole panel after a purchase of one institution, its posts counted anew."""
    panel, part, accounts = buyer.panel, buyer.after(change), buyer.accounts
    posts = panel.posts_by_kind.copy()
    posts[accounts] = part.posts_by_kind
    account_counts = {name: counts.copy() for name, counts in panel.account_counts.items()}
    for name, counts in account_counts.items():
        counts[accounts] = part.account_counts[name]
    institution_counts = {name: counts.copy() for name, counts in panel.institution_counts.items()}
    for name, counts in institution_counts.items():
        counts[buyer.row] = part.institution_counts[name]
    histograms = {
        measure: _some(old, panel.account_institution[old.account] != buyer.row).plus(
            _histogram(buyer, measure, change)
        )
        for measure, old in panel.histograms.items()
    }
    return replace(
        panel,
        posts_by_kind=posts,
        histograms=histograms,
        account_counts=account_counts,
        institution_counts=institution_counts,
    )


def _histogram(buyer: Buyer, measure: str, change: Change) -> Histogram:
    """The buyer's posts after a purchase, a row for each, with the panel's accounts."""
    posts, count = buyer.posts, buyer.posts.counts[measure].copy()
    if measure == change.measure:
        count[change.raised] += change.by
    is_kept = posts.is_clean & ~np.isnan(count)
    is_kept[change.removed] = False
    added = ~np.isnan(count[change.added])
    rows = np.concatenate([np.flatnonzero(is_kept), change.added[added]])
    week = np.concatenate([posts.week[is_kept], change.added_week[added]])
    account = buyer.accounts[posts.account[rows]]
    return Histogram.from_counts(account, week, posts.kind[rows], count[rows].astype(np.int64))


def _some(histogram: Histogram, chosen: BoolArray) -> Histogram:
    return Histogram(*(getattr(histogram, one.name)[chosen] for one in fields(Histogram)))
