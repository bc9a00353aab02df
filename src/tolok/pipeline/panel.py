"""The panel that scores are made of, filled from the weekly tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.composite.array import FloatArray, IntArray
from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules
from tolok.model import KINDS, Account, Institution, Registry
from tolok.scoring.counting import Counted, Part
from tolok.scoring.histogram import Histogram
from tolok.scoring.panel import Panel

_NO_KIND = ""
_JOINT = "\x1f"


@dataclass(frozen=True)
class CountedTables:
    """Metrics and histograms by week of some posts, counted in some way."""

    metrics: Sequence[tuple[Metric, pa.Table]]
    histograms: dict[str, pa.Table]


@dataclass(frozen=True)
class WeeklyTables(CountedTables):
    """What the metrics room hands over: all of it by week, none of it growing with the posts.

    `counted` has what differs where posts are counted in another way.
    """

    kinds: pa.Table
    audience: pa.Table
    counted: dict[Part, CountedTables] = field(default_factory=dict)


class _Axis:
    """The names on one axis of an array, and the place of a row's name there."""

    def __init__(self, names: Sequence[object]) -> None:
        self.names = names
        self._known = pa.array([_joined(name) for name in names])

    def __len__(self) -> int:
        """The length of the axis."""
        return len(self.names)

    def places(self, *columns: pa.ChunkedArray) -> IntArray:
        """The place of each row's name; a name of several columns is a tuple on the axis.

        Raises: ValueError for a name that is not on the axis.
        """
        rows = columns[0]
        if len(columns) > 1:
            rows = pc.binary_join_element_wise(*columns, _JOINT)
        found = pc.index_in(
            rows, value_set=self._known.cast(rows.type)
        )  # an empty axis has no type
        if found.null_count:
            msg = f"{rows.filter(found.is_null())[0]} is not on the axis"
            raise ValueError(msg)
        places: IntArray = found.to_numpy().astype(np.int64)
        return places


def _joined(name: object) -> object:
    return _JOINT.join(name) if isinstance(name, tuple) else name


def build_panel(tables: WeeklyTables, registry: Registry, rules: Rules) -> Panel:
    """The panel of all institutions of the registry and of every account with posts.

    Institutions without a post stay in, so that they are shown as not ranked.
    """
    return panel_of(tables, registry.institutions, confirmed_institutions(registry, rules), rules)


def panel_of(
    tables: WeeklyTables, listed: Sequence[Institution], confirmed: Collection[str], rules: Rules
) -> Panel:
    """The panel of some institutions; those confirmed have an account on good evidence."""
    institutions = sorted(listed, key=lambda i: i.institution_id)
    ids = _Axis([institution.institution_id for institution in institutions])
    pairs = _account_pairs(tables)
    accounts = _Axis([pair[:2] for pair in pairs])
    weeks = _Axis(rules.edition.window.weeks)
    own, *others = (
        _counted(one, ids, accounts, weeks) for one in (tables, *tables.counted.values())
    )
    by_account = {row["account_id"]: row for row in tables.audience.to_pylist()}
    audience = [by_account.get(account_id, {}) for _, account_id, _ in pairs]
    return Panel(
        institution_ids=tuple(institution.institution_id for institution in institutions),
        institution_names=tuple(institution.institution for institution in institutions),
        clusters=tuple(institution.cluster for institution in institutions),
        is_confirmed=np.isin([i.institution_id for i in institutions], sorted(confirmed)),
        platforms=rules.edition.platforms,
        account_ids=tuple(account_id for _, account_id, _ in pairs),
        account_platforms=tuple(platform for *_, platform in pairs),
        account_institution=ids.places(pa.array([pair[0] for pair in pairs], pa.string())),
        days_in_week=np.array(
            [rules.edition.window.days_in_week(week) for week in rules.edition.window.weeks],
            np.int64,
        ),
        follower_count=_column(audience, "follower_count"),
        follower_first=_column(audience, "follower_first"),
        follower_last=_column(audience, "follower_last"),
        follower_days=_column(audience, "follower_days"),
        posts_by_kind=_posts_by_kind(tables.kinds, accounts, weeks),
        histograms=own.histograms,
        account_counts=own.account_counts,
        institution_counts=own.institution_counts,
        counted=dict(zip(tables.counted, others, strict=True)),
    )


def confirmed_institutions(registry: Registry, rules: Rules) -> set[str]:
    """Institutions with an account that counts, on evidence as good as the edition asks."""
    return {
        account.institution_id
        for account in registry.accounts
        if account.counts and counts_by_grade(account, rules)
    }


def counts_by_grade(account: Account, rules: Rules) -> bool:
    """Whether an account's grade reaches the edition's min_grade (A is the best)."""
    return account.grade <= rules.edition.attribution.min_grade


def _account_pairs(tables: WeeklyTables) -> list[tuple[str, str, str]]:
    """Every credited (institution, account, platform), sorted."""
    columns = ["institution_id", "account_id", "platform"]
    sources = [
        tables.kinds,
        *(table for metric, table in tables.metrics if metric.grain == "account"),
    ]
    pairs: set[tuple[str, str, str]] = set()
    for table in sources:
        distinct = table.select(columns).group_by(columns).aggregate([])
        pairs |= set(zip(*(distinct[name].to_pylist() for name in columns), strict=True))
    return sorted(pairs)


def _column(rows: list[dict[str, float | None]], name: str) -> FloatArray:
    values = (row.get(name) for row in rows)
    return np.array([np.nan if value is None else float(value) for value in values], float)


def _posts_by_kind(table: pa.Table, accounts: _Axis, weeks: _Axis) -> IntArray:
    kinds = _Axis((*KINDS, _NO_KIND))
    posts = np.zeros((len(accounts), len(weeks), len(kinds)), np.int64)
    place = (
        accounts.places(table["institution_id"], table["account_id"]),
        weeks.places(table["week_on"]),
        kinds.places(table["kind"]),
    )
    np.add.at(posts, place, table["post_count"].to_numpy())
    return posts


def _counted(tables: CountedTables, ids: _Axis, accounts: _Axis, weeks: _Axis) -> Counted:
    return Counted(
        histograms={
            measure: _histogram(table, accounts, weeks)
            for measure, table in sorted(tables.histograms.items())
        },
        account_counts=_counts(tables, "account", accounts, weeks),
        institution_counts=_counts(tables, "institution", ids, weeks),
    )


def _histogram(table: pa.Table, accounts: _Axis, weeks: _Axis) -> Histogram:
    kinds = _Axis((_NO_KIND, *KINDS))
    return Histogram(
        accounts.places(table["institution_id"], table["account_id"]),
        weeks.places(table["week_on"]),
        kinds.places(table["kind"]) - 1,
        table["bin"].to_numpy().astype(np.int64),
        table["post_count"].to_numpy().astype(np.int64),
        table["log_sum"].to_numpy().astype(np.int64),
    )


def _counts(tables: CountedTables, grain: str, rows: _Axis, weeks: _Axis) -> dict[str, FloatArray]:
    """Additive metrics as arrays; a cell without a row has no posts, so its count is none."""
    counts = {}
    for metric, table in tables.metrics:
        if metric.grain != grain or not table.num_rows:
            continue
        keys = ("institution_id", "account_id") if grain == "account" else ("institution_id",)
        values = np.zeros((len(rows), len(weeks)))
        place = (rows.places(*(table[key] for key in keys)), weeks.places(table["week_on"]))
        values[place] = table["value"].to_numpy(zero_copy_only=False)
        counts[metric.name] = values
    return counts
