"""Interactions a post, week by week: a line a platform that is cut where counting was changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from tolok.methodology.rules import Rules
from tolok.model import PLATFORMS, Window
from tolok.publish.charts import line
from tolok.publish.rows import WeekRow
from tolok.registry.breaks import Break


@dataclass(frozen=True)
class LineBreak:
    """A break on a line: its position in percent, and the break itself."""

    at: float
    by: Break


@dataclass(frozen=True)
class ResponseLine:
    """The interactions a post on one platform, on a scale of its own."""

    platform: str
    path: str
    typical: float
    highest: float
    weeks: int
    breaks: tuple[LineBreak, ...]


def response_lines(
    rows: Iterable[WeekRow], rules: Rules, breaks: Sequence[Break]
) -> list[ResponseLine]:
    """A line a platform with known interactions, in the order of platforms.

    Missing: a week without known interactions, a week that the window cuts, and the week in which
    the counting was changed are not drawn, so that no line joins what is not the same.
    """
    window = rules.edition.window
    posts: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    counts: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.interaction_count is not None and window.days_in_week(row.week_on) == 7:
            posts[row.platform][row.week_on] += row.post_count
            counts[row.platform][row.week_on] += row.interaction_count
    lines = []
    for platform in sorted(posts, key=PLATFORMS.index):
        cuts = _cuts(platform, rules, breaks)
        values = {
            week: counts[platform][week] / number
            for week, number in posts[platform].items()
            if number and not any(_is_in_week(one, week) for one in cuts)
        }
        if values:
            top = max(values.values())
            lines.append(
                ResponseLine(
                    platform=platform,
                    path=line(window.weeks, values, top),
                    typical=float(median(values.values())),
                    highest=top,
                    weeks=len(values),
                    breaks=tuple(LineBreak(_position(one.from_on, window), one) for one in cuts),
                )
            )
    return lines


def breaks_inside(rules: Rules, breaks: Sequence[Break]) -> list[Break]:
    """The breaks of the edition's platforms that lie inside its window, by date."""
    edition = rules.edition
    known = (one for one in breaks if one.platform in edition.platforms)
    return [one for one in known if one.is_inside(edition.window)]


def _cuts(platform: str, rules: Rules, breaks: Sequence[Break]) -> list[Break]:
    """The breaks inside the window that concern what the platform's interactions are made of."""
    counts = rules.columns.get(platform, ())
    return [
        one
        for one in breaks_inside(rules, breaks)
        if any(one.concerns(platform, count) for count in counts)
    ]


def _is_in_week(one: Break, week: date) -> bool:
    return week <= one.from_on < week + timedelta(days=7)


def _position(day: date, window: Window) -> float:
    """Where a day's week stands on a weekly line, in percent."""
    last = max(len(window.weeks) - 1, 1)
    at = sum(week <= day for week in window.weeks) - 1
    return round(100 * at / last, 1)
