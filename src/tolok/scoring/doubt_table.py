"""What is known of the doubt of scores, as columns in the names that are published."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from tolok.scoring.category import CategoryScore
from tolok.scoring.leave_out import LeftOut
from tolok.scoring.sensitivity import Sensitivity, Weight
from tolok.scoring.table import Columns, Row, columns_of, doubt_cells, number
from tolok.scoring.uncertainty import Doubts
from tolok.scoring.view import View

UNCERTAINTY = (
    "category", "cluster", "institution_id", "source", "rank_low", "rank_high", "p_first",
    "p_nominee",
)  # fmt: skip
LEAVE_ONE_OUT = ("category", "cluster", "institution_id", "left_out", "name", "rank")
SENSITIVITY = ("category", "cluster", "output", "input", "first", "total", "mean")
IMPORTANCE = (
    "category", "cluster", "indicator", "nominal_weight", "correlation_ratio", "linear",
    "redundant_with",
)  # fmt: skip


def uncertainty_table(view: View, categories: Iterable[CategoryScore], doubts: Doubts) -> Columns:
    """A row for each ranked institution and source of doubt."""
    rows: list[Row] = [
        (
            one.category.name, view.panel.clusters[row], view.panel.institution_ids[row], source,
            *doubt_cells(of_category[one.category.name], row),
        )
        for one in categories
        for source, of_category in doubts.items()
        for row in np.flatnonzero(one.is_ranked).tolist()
    ]  # fmt: skip
    return columns_of(UNCERTAINTY, sorted(rows, key=lambda r: r[:4]))


def leave_one_out_table(view: View, left_out: Iterable[LeftOut]) -> Columns:
    """A row for each ranked institution and thing left out; a week is told by its Monday."""
    weeks = view.rules.edition.window.weeks
    rows: list[Row] = [
        (
            one.category, view.panel.clusters[row], view.panel.institution_ids[row], one.kind,
            _week(weeks, name) if one.kind == "week" else name, int(one.rank[row]),
        )
        for one in left_out
        for row, name in enumerate(one.name)
        if one.rank[row]
    ]  # fmt: skip
    return columns_of(LEAVE_ONE_OUT, sorted(rows, key=lambda r: r[:5]))


def sensitivity_table(found: Iterable[Sensitivity]) -> Columns:
    """A row for each award, result and choice of the method."""
    rows: list[Row] = [
        (
            one.category, one.cluster, one.output, one.input, number(one.first),
            number(one.total), number(one.mean),
        )
        for one in found
    ]  # fmt: skip
    return columns_of(SENSITIVITY, sorted(rows, key=lambda r: r[:4]))


def importance_table(found: Iterable[Weight]) -> Columns:
    """A row for each award and indicator: its nominal weight, and what it explains."""
    rows: list[Row] = [
        (
            one.category, one.cluster, one.indicator, one.nominal,
            number(one.correlation_ratio), number(one.linear), one.redundant_with,
        )
        for one in found
    ]  # fmt: skip
    return columns_of(IMPORTANCE, sorted(rows, key=lambda r: r[:3]))


def _week(weeks: tuple[date, ...], place: str) -> str:
    return weeks[int(place)].isoformat()
