"""The year's activity: by platform and week, by cluster, and by hour of the week."""

from collections import defaultdict
from collections.abc import Iterator

from tolok.model import PLATFORMS
from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.report.effects import best_told, effects_chart
from tolok.publish.documents.report.summary import weeks_chart
from tolok.publish.documents.shapes import strip_shape
from tolok.publish.documents.year import hour_counts, part_effects, weekday_effects
from tolok.publish.findings import ClusterStrip, cluster_strips, platform_lines
from tolok.publish.habits import OFFICE_HOURS, PART_HOURS, WEEKDAYS
from tolok.publish.language import Language
from tolok.publish.results import Results


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of activity."""
    words = language.words
    yield b.chapter(words("report.activity"))
    yield b.lead(words("report.activity.lead"))
    weeks = weeks_chart(results, language)
    if weeks is None:
        yield b.text(words("weekly.empty"))
        return
    yield b.section(words("report.activity.platforms"))
    yield weeks
    yield _platforms(results, language)
    yield b.note(words(f"method.collab.{results.rules.edition.attribution.collab}"))
    yield b.section(words("report.activity.clusters"))
    yield from _clusters(results, language)
    if results.posting_hours:
        yield b.section(words("report.activity.hours"))
        yield _hours(results, language)
        yield from _effects(results, language)


def _platforms(results: Results, language: Language) -> b.Block:
    """Accounts, posts and shares by platform."""
    formats, words = language.formats, language.words
    lines = platform_lines(results.weekly, results.rules.edition.window)
    accounts: dict[str, set[str]] = defaultdict(set)
    for row in results.accounts:
        if row.counts:
            accounts[row.platform].add(row.account_id)
    total = sum(line.total for line in lines)
    keys = (
        "table.platform",
        "record.accounts",
        "table.posts",
        "report.share",
        "table.busiest_week",
    )
    return b.table(
        [words(key) for key in keys],
        [
            [
                language.platform(line.platform),
                formats.count(len(accounts[line.platform])),
                formats.count(line.total),
                formats.share(line.total / total),
                formats.count(line.highest),
            ]
            for line in sorted(lines, key=lambda line: PLATFORMS.index(line.platform))
        ],
        widths=[1, 0, 0, 0, 0],
    )


def _clusters(results: Results, language: Language) -> Iterator[b.Block]:
    words, formats = language.words, language.formats
    strips, scale = cluster_strips(results)
    known = [one for one in strips if one.strip.median_value is not None]
    first = max(known, key=lambda one: one.strip.median_value or 0.0, default=None)
    if first is None:
        return
    pace = formats.figure(first.strip.median_value or 0.0)
    key = "finding.cluster" if len(known) > 1 else "finding.cluster.alone"
    yield b.chart(
        "strips",
        words(key, cluster=language.cluster(first.cluster), pace=pace),
        words("finding.cluster.subtitle", window=formats.window(results.rules.edition.window)),
        rows=[
            {
                "label": language.cluster(one.cluster),
                "strip": strip_shape(one.strip),
                "value": _median(one, language),
            }
            for one in strips
        ],
        ticks=[[scale.at(tick), formats.figure(tick)] for tick in scale.ticks()],
        legend=words("report.strip_legend"),
    )


def _median(one: ClusterStrip, language: Language) -> str:
    value = one.strip.median_value
    return "–" if value is None else language.formats.number(value)


def _hours(results: Results, language: Language) -> b.Block:
    """Where in the week posts are made."""
    counts = hour_counts(results.posting_hours)
    top = max(max(row) for row in counts) or 1
    _, day, hour = max(
        (count, -day, -hour) for day, row in enumerate(counts) for hour, count in enumerate(row)
    )
    names = [language.formats.weekday(day) for day in WEEKDAYS]
    work = sum(row[hour] for row in counts[:5] for hour in OFFICE_HOURS)
    share = language.formats.share(work / (sum(map(sum, counts)) or 1))
    return b.chart(
        "hours",
        language.words("report.hours.finding", day=names[-day], hour=str(-hour), share=share),
        language.words("report.hours.subtitle"),
        rows=[[round(count / top, 3) for count in row] for row in counts],
        weekdays=names,
    )


def _effects(results: Results, language: Language) -> Iterator[b.Block]:
    """What the hour and the weekday bring."""
    words = language.words
    names = [language.formats.weekday(day) for day in WEEKDAYS]
    parts = {
        f"{PART_HOURS * at:02}–{PART_HOURS * (at + 1):02}": effect
        for at, effect in sorted(part_effects(results.posting_hours).items())
    }
    days = {names[at]: e for at, e in sorted(weekday_effects(results.posting_hours).items())}
    for key, effects in (("part", parts), ("weekday", days)):
        if len(effects) > 1:
            title = best_told(key, effects, language)
            subtitle = words("report.effects.time_subtitle")
            yield effects_chart(effects, title, subtitle, language, is_sorted=False)
    yield b.note(words("report.effects.note"))
