"""What an edition's data say at a glance: platforms, clusters, and counts that can be read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tolok.model import COUNTS, PLATFORMS, Window
from tolok.publish.charts import Scale, Strip, line, strip
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import CoverageRow, WeekRow

STATES = ("known", "hidden", "disabled", "not_offered", "not_collected", "suspect")


@dataclass(frozen=True)
class PlatformLine:
    """The posts a week on one platform."""

    platform: str
    path: str
    total: int
    typical: float
    highest: int
    weeks: int


@dataclass(frozen=True)
class ClusterStrip:
    """The posts a week of every institution of a cluster."""

    cluster: str
    strip: Strip
    count: int


@dataclass(frozen=True)
class CountBar:
    """How many readings of a count are known, or in which state the others are."""

    name: str
    states: dict[str, int]
    total: int
    known_share: float

    @property
    def only_state(self) -> str:
        """The one state that all readings share, where it is not known; else nothing."""
        others = (state for state in STATES if state != "known")
        return next((state for state in others if self.states[state] == self.total), "")


def platform_lines(rows: Iterable[WeekRow], window: Window) -> list[PlatformLine]:
    """A line a platform on one common scale, the busiest platform first.

    Missing: weeks that the window cuts are not drawn, unless there are no others; they count in
    the total.
    """
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        sums[row.platform][row.week_on] += row.post_count
    drawn = {platform: _whole_weeks(weeks, window) for platform, weeks in sums.items()}
    top = max((max(weeks.values()) for weeks in drawn.values()), default=0)
    lines = [
        PlatformLine(
            platform=platform,
            path=line(window.weeks, weeks, float(top)),
            total=sum(sums[platform].values()),
            typical=float(median(weeks.values())),
            highest=max(weeks.values()),
            weeks=len(sums[platform]),
        )
        for platform, weeks in drawn.items()
    ]
    return sorted(lines, key=lambda entry: (-entry.total, PLATFORMS.index(entry.platform)))


def _whole_weeks(weeks: dict[date, int], window: Window) -> dict[date, int]:
    whole = {week: n for week, n in weeks.items() if window.days_in_week(week) == 7}
    return whole or dict(weeks)


def month_ticks(window: Window, language: Language, every: int = 3) -> list[tuple[float, str]]:
    """Positions and names of every third month's first week on a weekly line, in percent."""
    last = max(len(window.weeks) - 1, 1)
    ticks: list[tuple[float, str]] = []
    seen: set[tuple[int, int]] = set()
    for at, week in enumerate(window.weeks):
        day = max(week, window.opens_on)
        month = (day.year, day.month)
        if month not in seen and (day.month - window.opens_on.month) % every == 0:
            ticks.append((round(100 * at / last, 1), language.formats.month(day)))
        seen.add(month)
    return ticks


def cluster_strips(results: Results) -> tuple[list[ClusterStrip], Scale]:
    """A strip a cluster of posts a week, and the scale they share."""
    weeks = results.rules.edition.window.day_count / 7
    paces = {
        cluster.name: [
            row.post_count / weeks for row in results.institutions_of.get(cluster.name, [])
        ]
        for cluster in results.rules.edition.clusters
    }
    scale = Scale(
        0.0, max((pace for values in paces.values() for pace in values), default=1.0) or 1.0
    )
    strips = [
        ClusterStrip(name, strip(values, None, scale), len(values))
        for name, values in paces.items()
    ]
    return strips, scale


def count_bars(rows: Iterable[CoverageRow]) -> list[CountBar]:
    """A bar a kind of count, in the order of COUNTS; a count without posts has none."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        states = sums.setdefault(row.count, dict.fromkeys(STATES, 0))
        for state in STATES:
            states[state] += getattr(row, f"{state}_count")
    bars = []
    for name in COUNTS:
        states = sums.get(name, {})
        total = sum(states.values())
        if total:
            bars.append(CountBar(name, states, total, states["known"] / total))
    return bars


def counts_finding(
    bars: Sequence[CountBar], language: Language, key: str = "coverage.finding"
) -> str:
    """The sentence over bars of counts: about the first count of which any is known."""
    known = [bar for bar in bars if bar.known_share]
    if not known:
        return language.words("coverage.finding.none")
    name = language.count_name(known[0].name).lower()
    return language.words(key, share=language.formats.share(known[0].known_share), count=name)
