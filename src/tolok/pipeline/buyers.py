"""The institutions near an award's cut with their posts, read from the engine some at a time."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules, metrics_used
from tolok.metrics.contender import (
    MARK,
    ROW,
    STEPS,
    SUM,
    contender_days,
    contender_posts,
    effect_of,
    given,
    row_values,
)
from tolok.metrics.tables import rows_of
from tolok.model import KINDS
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_posts import OwnPosts, RowValues
from tolok.scoring.panel import Panel
from tolok.store.engine import Engine
from tolok.store.schema import BASE_TABLES

ROWS = "row_sizes"
"""The name under which invented rows of days or weeks are lent to the engine."""
POSTS_AT_ONCE = 500_000
"""Posts of the institutions that are held in memory together; one of more posts stands alone."""


def read_metrics(rules: Rules) -> list[Metric]:
    """The metrics that the panel holds and that a category or a tie reads."""
    used = {name for c in rules.categories for i in c.indicators for name in metrics_used(i)}
    used.add("active_day_count")
    return [rules.metrics[name] for name in sorted(used) if name in rules.metrics]


def make_buyers(
    engine: Engine, panel: Panel, rules: Rules, rows: Sequence[int], at_once: int = POSTS_AT_ONCE
) -> Iterator[dict[int, Buyer]]:
    """The institutions of some rows of the panel, with their posts one by one.

    They come in parties of no more than `at_once` posts, an institution of more alone.
    """
    if not rows:
        return
    ids = {row: panel.institution_ids[row] for row in rows}
    days = rows_of(engine, contender_days(list(ids.values())))
    values = _row_values(engine, panel, rules, pc.max(days["post_count"]).as_py() or 0)
    sizes: Counter[str] = Counter()
    for day in days.to_pylist():
        sizes[day["institution_id"]] += day["post_count"]
    for party in _parties({row: sizes[name] for row, name in ids.items()}, at_once):
        posts = _posts_of(engine, panel, rules, party)
        yield {row: Buyer(panel, row, posts.pop(row), values) for row in party}


def _parties(sizes: Mapping[int, int], at_once: int) -> Iterator[list[int]]:
    """The rows of institutions that together have no more than some posts, or of one alone."""
    party: list[int] = []
    held = 0
    for row, size in sizes.items():
        if party and held + size > at_once:
            yield party
            party, held = [], 0
        party.append(row)
        held += size
    if party:
        yield party


def _posts_of(
    engine: Engine, panel: Panel, rules: Rules, rows: Sequence[int]
) -> dict[int, OwnPosts]:
    """The posts of some institutions; the engine's rows are let go again."""
    metrics = [one for one in read_metrics(rules) if effect_of(one) in (SUM, MARK)]
    ids = [panel.institution_ids[row] for row in rows]
    posts = _Posts(rows_of(engine, contender_posts(metrics, ids)), metrics, panel, rules)
    return {row: posts.of(row) for row in rows}


class _Posts:
    """The engine's rows by institution."""

    def __init__(
        self, table: pa.Table, metrics: Sequence[Metric], panel: Panel, rules: Rules
    ) -> None:
        self._table = table
        self._panel = panel
        self._monday = rules.edition.window.weeks[0]
        self._sums = [one.name for one in metrics if effect_of(one) == SUM]
        self._marks = [one.name for one in metrics if effect_of(one) == MARK]
        counted = table["institution_id"].value_counts()  # sorted, as the rows are
        sizes = counted.field("counts").to_pylist()
        starts = accumulate(sizes, initial=0)
        places = zip(starts, sizes, strict=False)
        self._places = dict(zip(counted.field("values").to_pylist(), places, strict=True))

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
            gains={step: _gains(plain, step, sums, order) for step in STEPS},
            marks={one: _floats(plain, given(one))[order] > 0 for one in self._marks},
        )

    def _rows(self, institution_id: str) -> pa.Table:
        start, size = self._places.get(institution_id, (0, 0))
        return self._table.slice(start, size)


def _gains(
    posts: pa.Table, step: str, sums: Mapping[str, FloatArray], order: IntArray
) -> dict[str, FloatArray]:
    """What one more of a measure would add to each sum, by post."""
    return {
        name: _floats(posts, given(name, step))[order] - values
        for name, values in sums.items()
        if given(name, step) in posts.column_names
    }


def _row_values(engine: Engine, panel: Panel, rules: Rules, most_a_day: int) -> RowValues:
    """What metrics of days and weeks give for every number of posts that can come about.

    `most_a_day` is the most posts that any of the institutions has on a day.
    """
    cap = rules.edition.scoring.daily_cap
    most = most_a_day + cap + 1
    sizes = {"days": most, "weeks": 7 * len(panel.platforms) * most}
    found: dict[str, dict[str, FloatArray]] = {"days": {}, "weeks": {}}
    for metric in read_metrics(rules):
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
