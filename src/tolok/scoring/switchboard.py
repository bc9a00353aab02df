"""The formula switchboard: who would stand where under every published formula.

It ranks the institutions that the award ranks, inside their cluster, and decides nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tolok.composite.aggregate import aggregate
from tolok.composite.array import BoolArray, FloatArray, IntArray, quotient, sums_by
from tolok.composite.rank import competition_rank
from tolok.methodology.category import Category
from tolok.methodology.formula import BASES, FORMULAS, Formula
from tolok.methodology.rules import Rules, metrics_used
from tolok.scoring.formula import (
    FEW_KNOWN,
    MIN_KNOWN,
    NO_POSTS,
    NOT_OFFERED,
    REASONS,
    ROUNDING,
    AccountSums,
    Cells,
    Values,
    values_of,
)
from tolok.scoring.table import Cell, Columns, number

NOT_RANKED = "not_ranked"
COLUMNS = (
    "category", "cluster", "institution_id", "formula", "platform", "value", "rank", "missing",
)  # fmt: skip
TOP = 100.0

_ENGAGEMENT_MODELS = ("residual", "level", "above_expected", "uplift")
_RESPONSES = re.compile(r"\b(interaction|reaction|comment|share)_count\b")
_OF_POSTS = ("post_count", "clean_post_count")
_OF_BASIS = (
    "known_count", "total", "with_one_count", "rated_count", "rate_sum", "rated_total",
    "rated_followers", "viewed_followers", "view_rate_sum",
)  # fmt: skip
SUM_NAMES = (*_OF_POSTS, *_OF_BASIS)
AUDIENCE_NAMES = ("day_count", "follower_mean", "follower_first", "follower_last")


@dataclass(frozen=True, eq=False)
class FormulaData:
    """The sums by account, kind and basis, and the followers, with institutions in order of id.

    Shape: institution_ids and clusters (institutions,); platforms (platforms,); account_institution
    and account_platform (accounts,); account, kind, basis and each of sums (rows,); each of
    audience (accounts,).
    Missing: followers are NaN where unknown.
    """

    institution_ids: tuple[str, ...]
    clusters: tuple[str, ...]
    platforms: tuple[str, ...]
    account_institution: IntArray
    account_platform: IntArray
    account: IntArray
    kind: np.ndarray[tuple[int, ...], np.dtype[np.str_]]
    basis: np.ndarray[tuple[int, ...], np.dtype[np.str_]]
    sums: Mapping[str, FloatArray]
    audience: Mapping[str, FloatArray]

    def cells(self, basis: str, kinds: tuple[str, ...]) -> Cells:
        """The sums of one basis over posts of some kinds; () is all kinds and the unknown one.

        Accounts without such a post are left out.
        """
        rows = self.basis == basis
        if kinds:
            rows &= np.isin(self.kind, kinds)
        there = np.unique(self.account[rows])
        place = np.searchsorted(there, self.account[rows])
        sums = {
            name: sums_by(place, self.sums[name][rows], there.size)
            for name in ("post_count", *_OF_BASIS)
        }
        audience = {name: self.audience[name][there] for name in AUDIENCE_NAMES}
        accounts = AccountSums(
            institution=self.account_institution[there],
            platform=self.account_platform[there],
            **sums,
            **audience,
        )
        return Cells(accounts, len(self.institution_ids), self.platforms)

    def posts(self) -> FloatArray:
        """Own posts without copies by institution and platform.

        Shape: (institutions, platforms).
        """
        rows = self.basis == next(iter(BASES))
        shape = (len(self.institution_ids), len(self.platforms))
        account = self.account[rows]
        cell = self.account_institution[account] * shape[1] + self.account_platform[account]
        total = sums_by(cell, self.sums["clean_post_count"][rows], shape[0] * shape[1])
        return total.reshape(shape)


@dataclass(frozen=True, eq=False)
class Field:
    """Who is compared: the ranked of one cluster, the platforms that count, their weights.

    Shape: members (members,), indices of institutions; is_present (institutions, platforms);
    platform_weight (platforms,).
    """

    members: IntArray
    is_present: BoolArray
    platform_weight: FloatArray


@dataclass(frozen=True)
class Firsts:
    """Under how many of the stated formulas each institution stands first, alone or jointly."""

    formula_count: int
    first_count: Mapping[str, int]


def formulas_table(data: FormulaData, scores: Columns, rules: Rules) -> Columns:
    """Value and rank of every institution under every formula, in each category of engagement.

    `scores` is the published table of scores: who is ranked there is ranked here.
    Shape: a row a category, institution, formula and platform with posts; the ranked value stands
    in the row without a platform.
    Missing: a null with its reason; platforms that a formula does not offer have no row.
    """
    rows: list[tuple[Cell, ...]] = []
    ranked = _ranked(scores)
    for category in rules.categories:
        if uses_engagement(category, rules):
            names = [(category.name, one) in ranked for one in data.institution_ids]
            fields = _fields(data, np.array(names, dtype=np.bool_), rules)
            rows += _rows_of(category, data, fields)
    return {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}


def uses_engagement(category: Category, rules: Rules) -> bool:
    """Whether a category measures responses: by a model of them, or by a metric that counts them.

    A category made of other categories does not: its parts have their own switchboards.
    """
    for indicator in category.indicators:
        if indicator.model in _ENGAGEMENT_MODELS:
            return True
        metrics = [rules.metrics.get(name) for name in metrics_used(indicator)]
        if any(m and m.table == "posts" and _RESPONSES.search(m.sql) for m in metrics):
            return True
    return False


def count_firsts(ranks: Iterable[tuple[str, str, int | None]]) -> Firsts:
    """Of (formula, institution, rank) of one award: who is first under how many formulas.

    A formula counts where it ranks anybody. Formulas of one kind of response alone are left out by
    the caller.
    Ties: who shares the first place is first.
    """
    stated: set[str] = set()
    first: dict[str, int] = {}
    for formula, institution, rank in ranks:
        if rank is not None:
            stated.add(formula)
        if rank == 1:
            first[institution] = first.get(institution, 0) + 1
    return Firsts(len(stated), first)


def percentile_points(value: FloatArray) -> FloatArray:
    """The share of each column's values that lie below, ties counted half, in points of 100.

    Shape: (units, columns) -> (units, columns).
    Ties: equal values get equal points.  Missing: NaN stays, and counts among nobody.
    Source: Hazen's plotting position, 100 (i - 1/2) / n; alone is 50.
    """
    points = np.full(value.shape, np.nan)
    for column in range(value.shape[1]):
        known = ~np.isnan(value[:, column])
        own = value[known, column]
        ordered = np.sort(own)
        below = np.searchsorted(ordered, own, side="left")
        upto = np.searchsorted(ordered, own, side="right")
        points[known, column] = TOP * (below + upto) / 2 / max(own.size, 1)
    return points


def minmax_points(value: FloatArray) -> FloatArray:
    """Each column's values from 0 at its lowest to 100 at its highest.

    Shape: (units, columns) -> (units, columns).
    Ties: where all are equal, or one is alone, each gets 50.  Missing: NaN stays.
    """
    points = np.full(value.shape, np.nan)
    for column in range(value.shape[1]):
        known = ~np.isnan(value[:, column])
        own = value[known, column]
        if own.size:
            spread = own.max() - own.min()
            points[known, column] = TOP * (own - own.min()) / spread if spread > 0 else TOP / 2
    return points


def _fields(data: FormulaData, is_ranked: BoolArray, rules: Rules) -> list[Field]:
    """The clusters, each with those of its institutions that the category ranks."""
    weights = rules.edition.platform_weights
    weight = np.array([weights.get(name, 0.0) for name in data.platforms], dtype=np.float64)
    least = max(rules.edition.eligibility.min_platform_posts, 1)
    present = (data.posts() >= least) & (weight > 0)
    clusters = np.array(data.clusters, dtype=np.str_)
    return [
        Field(np.flatnonzero(is_ranked & (clusters == one)), present, weight)
        for one in np.unique(clusters)
    ]


def _rows_of(
    category: Category, data: FormulaData, fields: list[Field]
) -> Iterator[tuple[Cell, ...]]:
    cells = {name: data.cells(name, category.gate.kinds) for name in BASES}
    for formula in FORMULAS:
        values = values_of(formula, cells)
        whole, rank, why = _ranking(formula, values, cells[formula.basis], fields)
        for place, institution in enumerate(data.institution_ids):
            head = (category.name, data.clusters[place], institution, formula.name)
            yield (*head, "", number(whole[place]), int(rank[place]) or None, why[place])
            for at, platform in enumerate(data.platforms):
                reason = values.missing[place, at]
                if reason not in (NO_POSTS, NOT_OFFERED):
                    yield (*head, platform, number(values.value[place, at]), None, reason)


def _ranked(scores: Columns) -> set[tuple[str, str]]:
    pairs = zip(scores["category"], scores["institution_id"], scores["eligible"], strict=True)
    return {(category, institution) for category, institution, eligible in pairs if eligible}


def _ranking(
    formula: Formula, values: Values, cells: Cells, fields: list[Field]
) -> tuple[FloatArray, IntArray, list[str]]:
    """The joined value, rank (0 for none) and reason of every institution."""
    whole = np.full(len(values.value), np.nan)
    rank = np.zeros(len(values.value), dtype=np.int64)
    why = [NOT_RANKED] * len(values.value)
    for field in fields:
        joined, reasons = _joined(formula, values, cells, field)
        whole[field.members] = joined
        for member, reason in zip(field.members, reasons, strict=True):
            why[member] = reason
        known = ~np.isnan(joined)
        if known.any():
            # Rates are small: ties are told relative to the largest.
            scale = np.abs(joined[known]).max() or 1.0
            rank[field.members[known]] = competition_rank([joined[known] / scale])
    return whole, rank, why


def _joined(
    formula: Formula, values: Values, cells: Cells, field: Field
) -> tuple[FloatArray, list[str]]:
    """One value of each member out of its platforms, and why it has none."""
    if formula.join == "sum":
        return _summed(formula, cells, field)
    if formula.join == "audience":
        audience = cells.add(cells.sums.followers("mean"))[field.members]
        value = values.value[field.members]
        share = np.where(np.isnan(value), 0.0, audience)
        whole = quotient((np.nan_to_num(value) * share).sum(axis=1), share.sum(axis=1))
        counts = np.ones_like(share, dtype=np.bool_)
    else:
        counts = field.is_present[field.members]
        value = np.where(counts, values.value[field.members], np.nan)
        points = minmax_points(value) if formula.join == "minmax" else percentile_points(value)
        whole = aggregate(points, field.platform_weight, "arithmetic")
    reasons = np.where(counts, values.missing[field.members], NO_POSTS)
    return whole, [
        "" if not np.isnan(one) else max(row, key=_nearness)
        for one, row in zip(whole, reasons, strict=True)
    ]


def _nearness(reason: str) -> int:
    return REASONS.index(reason) if reason else -1


def _summed(formula: Formula, cells: Cells, field: Field) -> tuple[FloatArray, list[str]]:
    """All interactions on the platforms that are offered, where enough posts are known."""
    offered = np.array([formula.offers(platform) for platform in cells.platforms], dtype=np.bool_)
    offered &= field.platform_weight > 0
    total, known, posts = (
        cells.add(value)[field.members][:, offered].sum(axis=1)
        for value in (cells.sums.total, cells.sums.known_count, cells.sums.post_count)
    )
    is_thin = known < (MIN_KNOWN - ROUNDING) * posts
    why = np.select([posts == 0, is_thin], [NO_POSTS, FEW_KNOWN], default="")
    return np.where(why == "", total, np.nan), [str(reason) for reason in why]
