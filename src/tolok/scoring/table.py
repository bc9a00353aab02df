"""Scores as columns, in the names and the order in which they are published."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import numpy as np

from tolok.composite.array import FloatArray
from tolok.scoring.category import CategoryScore
from tolok.scoring.estimate import ABSENT_PLATFORM, MISSING
from tolok.scoring.indicator import IndicatorScore
from tolok.scoring.nominate import verdict
from tolok.scoring.normalise import points_of, z_of
from tolok.scoring.reference import Reference
from tolok.scoring.uncertainty import Doubt, share_above_next
from tolok.scoring.view import View

Cell = str | float | int | bool | None
Columns = dict[str, list[Any]]
Row = tuple[Cell, ...]

SCORES = (
    "category", "cluster", "institution_id", "eligible", "reason", "score", "rank", "rank_low",
    "rank_high", "p_first", "p_nominee", "nominee",
)  # fmt: skip
INDICATORS = (
    "category", "cluster", "institution_id", "indicator", "platform", "value", "shrunk", "z",
    "points", "weight", "effective_weight", "post_count", "missing",
)  # fmt: skip
REFERENCE = ("category", "indicator", "platform", "parameter", "value", "unit_count")
NOMINEES = (
    "category", "cluster", "place", "institution_id", "institution", "score", "p_first",
    "p_nominee", "separable_from_next",
)  # fmt: skip
WINNERS = (
    "category", "cluster", "institution_id", "institution", "jury_score", "chance_best", "status",
    "reason",
)  # fmt: skip
_OF_THE_CATEGORY = ("category_lacks_data", "category_lacks_spread")
"""Reasons that keep everybody from being ranked, whatever the cluster."""


def scores_table(
    view: View, categories: Iterable[CategoryScore], doubts: Mapping[str, Doubt]
) -> Columns:
    """A row for each category and institution, by category, cluster and rank, unranked last.

    Missing: intervals and probabilities are null where doubts has not the category.
    """
    panel = view.panel
    rows: list[Row] = []
    for one in categories:
        doubt = doubts.get(one.category.name)
        for row, institution in enumerate(panel.institution_ids):
            ranked = bool(one.is_ranked[row])
            rows.append((
                one.category.name, panel.clusters[row], institution, ranked, one.reasons[row],
                number(one.score[row]) if ranked else None,
                int(one.rank[row]) if ranked else None,
                *doubt_cells(doubt if ranked else None, row), bool(one.is_nominee[row]),
            ))  # fmt: skip
    return columns_of(SCORES, sorted(rows, key=lambda r: (r[0], r[1], r[6] is None, r[6], r[2])))


def indicators_table(view: View, categories: Iterable[CategoryScore]) -> Columns:
    """A row for each indicator of an institution, and one for each of its slots.

    Missing: slots of platforms that do not count for an institution have no row; the effective
    weights of who is not ranked are null, and so are nominal weights of slots.
    """
    rows: list[Row] = []
    for one in categories:
        for place, indicator in enumerate(one.indicators):
            weight = np.where(one.is_ranked, one.effective_weight[:, place], np.nan)
            for institution, *tail in _indicator_rows(indicator, weight):
                row = int(institution or 0)
                rows.append((
                    one.category.name, view.panel.clusters[row], view.panel.institution_ids[row],
                    indicator.indicator.name, *tail,
                ))  # fmt: skip
    return columns_of(INDICATORS, sorted(rows, key=lambda r: r[:5]))


def reference_table(reference: Reference) -> Columns:
    """A row for each frozen parameter. Infinite weights of a prior are null: nothing differs."""
    rows: list[Row] = [
        (*key, number(parameter.value), parameter.unit_count)
        for key, parameter in sorted(reference.parameters.items())
    ]
    return columns_of(REFERENCE, rows)


def nominees_table(
    view: View, categories: Iterable[CategoryScore], doubts: Mapping[str, Doubt]
) -> Columns:
    """A row for each nominee, by category, cluster and place.

    separable_from_next: whether the nominee scores above the next institution of its cluster in as
    many draws as the rules ask for.
    """
    panel, least = view.panel, view.rules.edition.uncertainty.separable_from
    rows: list[Row] = []
    for one in categories:
        doubt = doubts.get(one.category.name)
        for row in np.flatnonzero(one.is_nominee).tolist():
            *_, first, nominee = doubt_cells(doubt, row)
            above = share_above_next(one, doubt, panel.clusters, row) if doubt else None
            rows.append((
                one.category.name, panel.clusters[row], int(one.rank[row]),
                panel.institution_ids[row], panel.institution_names[row], number(one.score[row]),
                first, nominee, None if above is None else above >= least,
            ))  # fmt: skip
    return columns_of(NOMINEES, sorted(rows, key=lambda r: r[:4]))


def winners_table(view: View, categories: Iterable[CategoryScore]) -> Columns:
    """A row for each award and winner; one without a name where there is none."""
    panel, edition = view.panel, view.rules.edition
    clusters = np.array(panel.clusters, dtype=np.str_)
    rows: list[Row] = []
    for one in categories:
        for cluster in (cluster.name for cluster in edition.clusters):
            members = np.flatnonzero(clusters == cluster)
            winners, status = verdict(one.rank[members], edition.decision)
            reason = _why_not_awarded(view, one, cluster) if status == "not_awarded" else ""
            head = (one.category.name, cluster)
            rows += [
                (
                    *head, panel.institution_ids[row], panel.institution_names[row], None, None,
                    status, reason,
                )
                for row in members[winners]
            ] or [(*head, "", "", None, None, status, reason)]  # fmt: skip
    return columns_of(WINNERS, sorted(rows, key=lambda r: r[:3]))


def doubt_cells(doubt: Doubt | None, row: int) -> tuple[Cell, Cell, Cell, Cell]:
    """The interval and the probabilities of an institution; null where there is no doubt."""
    if doubt is None:
        return None, None, None, None
    interval = int(doubt.rank_low[row]), int(doubt.rank_high[row])
    return *interval, number(doubt.p_first[row]), number(doubt.p_nominee[row])


def number(value: float) -> float | None:
    """The value as a plain float; null where it is not finite."""
    return float(value) if isfinite(value) else None


def _indicator_rows(one: IndicatorScore, weight: FloatArray) -> Iterable[Row]:
    """Rows of one indicator, each after the index of its institution: slots, then the whole."""
    estimate, every = one.estimate, range(weight.size)
    single = one.slots.size == 1 and one.slots[0, 0] == ""
    for p, g in () if single else np.ndindex(one.slots.shape):
        missing = estimate.missing[:, p, g]
        share = weight * one.slot_share[:, p, g]
        slot = zip(
            every, [str(one.slots[p, g])] * weight.size, _numbers(estimate.value[:, p, g]),
            _numbers(estimate.shrunk[:, p, g]), _numbers(one.z[:, p, g]),
            _numbers(points_of(one.z[:, p, g])), [None] * weight.size, _numbers(share),
            _counts(estimate.post_count[:, p, g]), [MISSING[code] for code in missing],
            strict=True,
        )  # fmt: skip
        yield from (row for row, code in zip(slot, missing, strict=True) if code != ABSENT_PLATFORM)
    nothing = np.full(weight.size, np.nan)
    yield from zip(
        every, [""] * weight.size, _numbers(estimate.value[:, 0, 0] if single else nothing),
        _numbers(estimate.shrunk[:, 0, 0] if single else nothing), _numbers(z_of(one.points)),
        _numbers(one.points), [one.indicator.weight] * weight.size, _numbers(weight),
        _counts(estimate.post_count.sum(axis=(1, 2))), [MISSING[code] for code in one.missing],
        strict=True,
    )  # fmt: skip


def _numbers(values: FloatArray) -> list[float | None]:
    return [value if isfinite(value) else None for value in values.tolist()]


def _counts(values: FloatArray) -> list[int]:
    return [int(value) for value in np.rint(values).tolist()]


def _why_not_awarded(view: View, one: CategoryScore, cluster: str) -> str:
    """Why nobody of a cluster is ranked, in the codes of the scores' reasons."""
    least = view.rules.edition.eligibility.min_cluster_size
    members = np.flatnonzero(np.array(view.panel.clusters, dtype=np.str_) == cluster)
    for code in _OF_THE_CATEGORY:
        if any(code in one.reasons[member] for member in members):
            return code
    eligible = np.count_nonzero(~np.isnan(one.score[members]))
    return f"small_cluster:{eligible}<{least}"


def columns_of(names: tuple[str, ...], rows: list[Row]) -> Columns:
    """Rows as columns; every column is there even without a row."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
