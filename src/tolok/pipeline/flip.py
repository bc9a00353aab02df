"""The cost to flip each award, from the single posts of the institutions near its cut."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate

import numpy as np
import pyarrow as pa

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules, metrics_used
from tolok.metrics.contender import (
    MARK,
    POST_ORDER,
    ROW,
    STEPS,
    SUM,
    contender_posts,
    effect_of,
    given,
    rises_with,
    row_values,
)
from tolok.metrics.tables import rows_of, sql
from tolok.model import KINDS
from tolok.scoring.flip import contenders_of, flips_of
from tolok.scoring.flip_award import Reach
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_posts import OwnPosts, RowValues
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.table import Columns
from tolok.store.engine import Engine
from tolok.store.results import FLIPS
from tolok.store.schema import BASE_TABLES

ROWS = "row_sizes"
"""The name under which invented rows of days or weeks are lent to the engine."""
POSTS_AT_ONCE = 500_000
"""Posts of the institutions that are held in memory together; one of more posts stands alone."""


def flips(
    engine: Engine, panel: Panel, rules: Rules, reference: Reference, reach: Reach | None = None
) -> Columns:
    """The cost to flip, in FLIPS's columns; the engine holds the edition's posts.

    Missing: a category that reads a metric whose change cannot be told from posts has no rows.
    """
    reach = reach or Reach()
    metrics = _metrics(rules)
    known = _replayable(rules, metrics)
    buyers = make_buyers(engine, panel, rules, contenders_of(panel, rules, reference, reach))
    found = [
        flip for flip in flips_of(panel, buyers, rules, reference, reach) if flip.category in known
    ]
    return {name: [getattr(flip, name) for flip in found] for name in FLIPS.names}


def no_flips() -> Columns:
    """FLIPS's columns without a row."""
    return {name: [] for name in FLIPS.names}


def make_buyers(
    engine: Engine, panel: Panel, rules: Rules, rows: Sequence[int], at_once: int = POSTS_AT_ONCE
) -> Iterator[dict[int, Buyer]]:
    """The institutions of some rows of the panel, with their posts one by one.

    They come in parties of no more than `at_once` posts, an institution of more alone.
    """
    if not rows:
        return
    metrics = [one for one in _metrics(rules) if effect_of(one) in (SUM, MARK)]
    ids = [panel.institution_ids[row] for row in rows]
    asked: dict[str | None, list[Metric]] = {None: metrics}
    asked |= {step: [one for one in metrics if rises_with(one, step)] for step in STEPS}
    tables = {
        step: engine.query_on_disk(sql(contender_posts(some, ids, step), engine.dialect))
        for step, some in asked.items()
    }
    posts = _Posts(tables, metrics, panel, rules)
    values = _row_values(engine, panel, rules, posts)
    for party in posts.parties(rows, at_once):
        yield {row: Buyer(panel, row, posts.of(row), values) for row in party}


def _metrics(rules: Rules) -> list[Metric]:
    """The metrics that the panel holds and that a category or a tie reads."""
    used = {name for c in rules.categories for i in c.indicators for name in metrics_used(i)}
    used.add("active_day_count")
    return [rules.metrics[name] for name in sorted(used) if name in rules.metrics]


def _replayable(rules: Rules, metrics: Sequence[Metric]) -> set[str]:
    """Categories that, through whatever others, read no metric whose change is unknown."""
    unknown = {one.name for one in metrics if effect_of(one) is None}
    lost = {
        category.name
        for category in rules.categories
        if any(unknown.intersection(metrics_used(i)) for i in category.indicators)
    }
    for _ in rules.categories:
        lost |= {
            category.name
            for category in rules.categories
            if any(i.model == "category" and i.category in lost for i in category.indicators)
        }
    return {category.name for category in rules.categories} - lost


class _Posts:
    """The engine's rows, read institution by institution: together they are as many as the posts.

    The tables hold the same rows in the same order: as they are, and with one more of a measure.
    """

    def __init__(
        self,
        tables: dict[str | None, pa.Table],
        metrics: Sequence[Metric],
        panel: Panel,
        rules: Rules,
    ) -> None:
        self._tables = tables
        self._panel = panel
        self._monday = rules.edition.window.weeks[0]
        self._sums = [one.name for one in metrics if effect_of(one) == SUM]
        self._marks = [one.name for one in metrics if effect_of(one) == MARK]
        counted = tables[None]["institution_id"].value_counts()  # sorted, as the rows are
        sizes = counted.field("counts").to_pylist()
        starts = accumulate(sizes, initial=0)
        places = zip(starts, sizes, strict=False)
        self._places = dict(zip(counted.field("values").to_pylist(), places, strict=True))

    @property
    def most_a_day(self) -> int:
        """The most posts that any of the institutions has on a day."""
        days = (
            _days_since(self._rows(name)["published_on"], self._monday) for name in self._places
        )
        return max((int(np.bincount(day).max(initial=0)) for day in days), default=0)

    def parties(self, rows: Sequence[int], at_once: int) -> Iterator[list[int]]:
        """The rows of institutions that together have no more than some posts, or of one alone."""
        party: list[int] = []
        held = 0
        for row in rows:
            _, size = self._places.get(self._panel.institution_ids[row], (0, 0))
            if party and held + size > at_once:
                yield party
                party, held = [], 0
            party.append(row)
            held += size
        if party:
            yield party

    def of(self, row: int) -> OwnPosts:
        """The posts of one institution, accounts counted from its first."""
        name = self._panel.institution_ids[row]
        plain = self._rows(name)
        own = np.flatnonzero(self._panel.account_institution == row)
        accounts = {self._panel.account_ids[one]: at for at, one in enumerate(own)}
        account = _codes(plain["account_id"], accounts.__getitem__)
        day = _days_since(plain["published_on"], self._monday)
        kinds = {kind: code for code, kind in enumerate(KINDS)}
        kind = _codes(plain["kind"].fill_null(""), lambda kind: kinds.get(kind, -1))
        order = np.lexsort((day, account))
        flags = ("is_copy", "is_cross_copy", "is_joint")
        is_copy, is_cross_copy, is_joint = (_flag(plain, flag)[order] for flag in flags)
        sums = {one: _floats(plain, given(one))[order] for one in self._sums}
        return OwnPosts(
            account=account[order],
            day=day[order],
            kind=kind[order],
            is_copy=is_copy,
            is_cross_copy=is_cross_copy,
            is_joint=is_joint,
            counts={one: _floats(plain, one)[order] for one in STEPS},
            sums=sums,
            gains={step: self._gains(name, step, sums, order) for step in STEPS},
            marks={one: _floats(plain, given(one))[order] > 0 for one in self._marks},
        )

    def _gains(
        self, institution_id: str, step: str, sums: dict[str, FloatArray], order: IntArray
    ) -> dict[str, FloatArray]:
        """What one more of a measure would add to each sum, by post."""
        more = self._rows(institution_id, step)
        assert more.select(POST_ORDER).equals(self._rows(institution_id).select(POST_ORDER))
        return {
            name: _floats(more, given(name))[order] - values
            for name, values in sums.items()
            if given(name) in more.column_names
        }

    def _rows(self, institution_id: str, step: str | None = None) -> pa.Table:
        start, size = self._places.get(institution_id, (0, 0))
        return self._tables[step].slice(start, size)


def _row_values(engine: Engine, panel: Panel, rules: Rules, posts: _Posts) -> RowValues:
    """What metrics of days and weeks give for every number of posts that can come about."""
    cap = rules.edition.scoring.daily_cap
    most = posts.most_a_day + cap + 1
    sizes = {"days": most, "weeks": 7 * len(panel.platforms) * most}
    found: dict[str, dict[str, FloatArray]] = {"days": {}, "weeks": {}}
    for metric in _metrics(rules):
        if effect_of(metric) != ROW:
            continue
        platforms = panel.platforms if metric.table == "days" else ("",)
        engine.attach_table(ROWS, _invented_rows(metric.table, platforms, sizes[metric.table], cap))
        table = rows_of(engine, row_values(metric, ROWS))
        engine.drop(ROWS)
        values = np.zeros((len(platforms), sizes[metric.table] + 1))
        names = table["platform"].to_pylist() if metric.table == "days" else [""] * table.num_rows
        place = [platforms.index(name) for name in names]
        values[place, table["post_count"].to_numpy()] = np.nan_to_num(_floats(table, "value"))
        found[metric.table][metric.name] = values if metric.table == "days" else values[0]
    return RowValues(found["days"], found["weeks"])


def _invented_rows(table: str, platforms: Sequence[str], most: int, cap: int) -> pa.Table:
    """A row of a base table for each platform and number of posts."""
    rows = [
        {
            "institution_id": "",
            "platform": platform,
            "published_on": date.min,
            "week_on": date.min,
            "post_count": count,
            "capped_post_count": min(count, cap),
        }
        for platform in platforms
        for count in range(1, most + 1)
    ]
    return pa.Table.from_pylist(rows, schema=BASE_TABLES[table].arrow_schema)


def _codes(column: pa.ChunkedArray, code_of: Callable[[str], int]) -> IntArray:
    """A number for each row; each different text is looked at once."""
    encoded = column.dictionary_encode().unify_dictionaries().combine_chunks()
    codes = np.array([code_of(text) for text in encoded.dictionary.to_pylist()], np.int64)
    found: IntArray = codes[encoded.indices.to_numpy()]
    return found


def _days_since(column: pa.ChunkedArray, monday: date) -> IntArray:
    days: IntArray = column.cast(pa.date32()).cast(pa.int32()).to_numpy().astype(np.int64)
    return days - (monday - date(1970, 1, 1)).days


def _flag(table: pa.Table, name: str) -> BoolArray:
    return np.array(table[name].to_numpy(zero_copy_only=False), dtype=np.bool_)


def _floats(table: pa.Table, name: str) -> FloatArray:
    values: FloatArray = table[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values.astype(np.float64)
