"""The open benchmark: what is usual for accounts of a platform, a cluster and a size.

An account that posted at another institution before is an account of each, for its own days.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

from tolok.composite.order import Middle, middle_of
from tolok.publish.charts import Scale, Strip, scale_of, strip
from tolok.publish.csv_text import csv_text
from tolok.publish.results import Results
from tolok.publish.rows import AccountRow
from tolok.publish.scripts import data_script

BENCHMARK_CSV = "assets/downloads/benchmark.csv"
MEASURES = ("posts_per_week", "interactions_per_post", "interactions_per_1000")
_METRICS = {
    "interactions_per_post": "interactions_per_post",
    "interactions_per_1000": "engagement_rate",
}
"""Measures that are metrics of the edition; one that it lacks is not shown."""
_TICKS = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1_000_000)
_FEWEST_MARKS = 3


@dataclass(frozen=True)
class Entry:
    """One account that counts, with its measures; a measure that is unknown is None."""

    account: AccountRow
    cluster: str
    band: str | None
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Group:
    """Accounts of one platform, by cluster and size band; empty is all of them."""

    platform: str
    cluster: str
    band: str
    count: int
    middles: tuple[Middle | None, ...]


@dataclass(frozen=True)
class MeasureStrip:
    """All accounts of a platform by one measure, on a scale on which ten times is one step."""

    measure: str
    strip: Strip
    ticks: tuple[tuple[float, float], ...]
    middle: Middle | None


@dataclass(frozen=True)
class Benchmark:
    """The accounts of an edition that count and posted, and what is usual among them."""

    results: Results

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every such account with its measures, in the order of the accounts."""
        institutions = self.results.institutions
        return tuple(
            Entry(
                account=account,
                cluster=institutions[account.institution_id].cluster,
                band=self._band(account.follower_count),
                values=self._values(account),
            )
            for account in self.results.accounts
            if account.counts and account.post_count and account.institution_id in institutions
        )

    @cached_property
    def measures(self) -> tuple[int, ...]:
        """The places of the measures that this edition has."""
        places = range(len(MEASURES))
        return tuple(at for at in places if _known(self.entries, at))

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """The platforms of the edition on which an account posted."""
        there = {entry.account.platform for entry in self.entries}
        return tuple(name for name in self.results.rules.edition.platforms if name in there)

    def groups(self, platform: str) -> list[Group]:
        """The groups of a platform: all, each cluster, each size band, and both together.

        Missing: a group without an account is left out; a middle of fewer than three known values
        is None.
        """
        edition = self.results.rules.edition
        groups = []
        for cluster in ("", *(cluster.name for cluster in edition.clusters)):
            for band in ("", *edition.size_bands.codes):
                chosen = [
                    entry
                    for entry in self._on(platform)
                    if cluster in ("", entry.cluster) and band in ("", entry.band)
                ]
                if chosen:
                    middles = tuple(middle_of(_known(chosen, at)) for at in range(len(MEASURES)))
                    groups.append(Group(platform, cluster, band, len(chosen), middles))
        return groups

    def strips(self, platform: str) -> list[MeasureStrip]:
        """A strip a measure over all accounts of a platform."""
        strips = []
        for at in self.measures:
            values = _known(self._on(platform), at)
            if values:
                scale = scale_of([log1p(value) for value in values])
                drawn = strip([log1p(value) for value in values], None, scale)
                middle = middle_of(values)
                strips.append(MeasureStrip(MEASURES[at], drawn, _marks(values, scale), middle))
        return strips

    def _on(self, platform: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.account.platform == platform]

    def _values(self, account: AccountRow) -> tuple[float | None, ...]:
        weekly = 7 * account.post_count / self._owned_days(account)
        found = self._metrics[account.institution_id, account.account_id]
        return (weekly, *(found.get(_METRICS[name]) for name in MEASURES[1:]))

    def _owned_days(self, account: AccountRow) -> int:
        """The days of the window whose posts of the account are the institution's; at least one.

        Those on which it owned the account; an heir is credited with all of them.
        """
        edition = self.results.rules.edition
        window = edition.window
        if edition.attribution.account == "heir":
            return window.day_count
        first = max(account.valid_from or window.opens_on, window.opens_on)
        after = min(account.valid_to or window.closes_on, window.closes_on)
        return max(1, (after - first).days)

    def _band(self, follower_count: int | None) -> str | None:
        if follower_count is None:
            return None
        bands = self.results.rules.edition.size_bands
        return bands.codes[bisect_right(bands.cuts, follower_count)]

    @cached_property
    def _metrics(self) -> defaultdict[tuple[str, str], dict[str, float]]:
        found: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for row in self.results.metrics:
            if row.metric in _METRICS.values() and row.account_id and row.value is not None:
                found[row.institution_id, row.account_id][row.metric] = row.value
        return found


def build_benchmark(results: Results) -> Iterator[tuple[str, str]]:
    """The groups as CSV, and the accounts as a script for the page that draws them."""
    benchmark = Benchmark(results)
    yield BENCHMARK_CSV, _csv(benchmark)
    rows = [
        [
            entry.account.platform,
            entry.cluster,
            entry.band or "",
            results.short(entry.account.institution_id),
            entry.account.handle or "",
            *(None if value is None else round(value, 4) for value in entry.values),
        ]
        for entry in benchmark.entries
    ]
    yield data_script("benchmark", rows)


def _csv(benchmark: Benchmark) -> str:
    facts = ("count", "median", "median_low", "median_high", "quartile_1", "quartile_3")
    rows: list[list[object]] = []
    for platform in benchmark.platforms:
        for group in benchmark.groups(platform):
            for at in benchmark.measures:
                middle = group.middles[at]
                head = [platform, group.cluster, group.band, MEASURES[at], group.count]
                rows.append([*head, *_written(middle)])
    return csv_text(("platform", "cluster", "size_band", "measure", "account_count", *facts), rows)


def _written(middle: Middle | None) -> list[object]:
    if middle is None:
        return [None] * 6
    figures = (middle.median, middle.low, middle.high, middle.low_quartile, middle.high_quartile)
    return [middle.count, *(None if one is None else round(one, 4) for one in figures)]


def _known(entries: Sequence[Entry], at: int) -> list[float]:
    return [value for entry in entries if (value := entry.values[at]) is not None]


def _marks(values: Sequence[float], scale: Scale) -> tuple[tuple[float, float], ...]:
    """Round numbers that lie among the values, ten times apart where there are enough."""
    inside = [tick for tick in _TICKS if min(values) <= tick <= max(values)]
    tens = [tick for tick in inside if str(tick)[0] in "01"]
    chosen = tens if len(tens) >= _FEWEST_MARKS else inside
    return tuple((scale.at(log1p(tick)), float(tick)) for tick in chosen)
