"""The second page of a scorecard: weeks, what worked, best posts, the data, how to object."""

from collections.abc import Sequence
from typing import Any

from tolok.publish.documents.paper import lock_hash, site_address
from tolok.publish.documents.shapes import runs, shares
from tolok.publish.findings import (
    STATES,
    CountBar,
    count_bars,
    counts_finding,
    month_ticks,
    platform_lines,
)
from tolok.publish.habits import EffectChart, habits_of
from tolok.publish.language import Language
from tolok.publish.links import institution_path, web_address
from tolok.publish.pages.institution import Place
from tolok.publish.results import Results
from tolok.publish.rows import BestPostRow, InstitutionRow

POSTS_SHOWN = 5
_ADDRESS_SHOWN = 46


def back(
    row: InstitutionRow, places: Sequence[Place], results: Results, language: Language
) -> dict[str, Any]:
    """The parts of the second page, by name."""
    words, contact = language.words, results.rules.edition.organiser.contact
    return {
        "weeks": _weeks(row, results, language),
        "posts": _posts(row, results, language),
        "worked": _worked(row, results, language),
        "top": {
            "title": words("reach.title"),
            "text": words("reach.note"),
            "rows": [{"label": one.label, "text": _reach(one, language)} for one in places],
        },
        "coverage": _coverage(row, results, language),
        "objection": {
            "title": words("doc.objection"),
            "sentences": [
                words("doc.objection.text"),
                words("doc.objection.effect"),
                *([f"{words('site.contact')}: {contact}."] if contact else []),
            ],
        },
        "check": [
            {"label": words("doc.address"), "exact": site_address(_page(row), results, language)},
            {
                "label": words("site.lock"),
                "exact": lock_hash(results) or words("site.not_locked"),
            },
        ],
    }


def _page(row: InstitutionRow) -> str:
    return institution_path(row.institution_id)


def _weeks(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    words, formats = language.words, language.formats
    window = results.rules.edition.window
    lines = platform_lines(results.weeks_of.get(row.institution_id, ()), window)
    finding = ""
    if lines:
        platform, pace = language.platform(lines[0].platform), formats.figure(lines[0].typical)
        finding = words("weekly.finding", platform=platform, pace=pace)
    return {
        "title": words("institution.weekly"),
        "empty": words("weekly.empty"),
        "finding": finding,
        "subtitle": words("weekly.subtitle", window=formats.window(window)),
        "unit": words("weekly.typical"),
        "lines": [
            {
                "label": language.platform(one.platform),
                "runs": runs(one.path),
                "typical": formats.figure(one.typical),
            }
            for one in lines
        ],
        "months": [[at, name] for at, name in month_ticks(window, language)],
    }


def _posts(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    """The best posts of all platforms, those furthest above their account's usual first."""
    words = language.words
    posts = sorted(
        results.best_posts_of.get(row.institution_id, []),
        key=lambda one: (-(one.times_median or 0.0), one.platform, one.place),
    )
    keys = ("table.platform", "doc.published", "table.kind", "doc.link", "table.interactions")
    return {
        "title": words("institution.posts"),
        "empty": words("institution.no_posts"),
        "text": words("doc.posts.text"),
        "header": [*(words(key) for key in keys), words("doc.times_median")],
        "rows": [_post(one, language) for one in posts[:POSTS_SHOWN]],
    }


def _post(post: BestPostRow, language: Language) -> dict[str, str]:
    formats, url = language.formats, web_address(post.url)
    bare = url.partition("//")[2].removeprefix("www.")
    shown = bare if len(bare) <= _ADDRESS_SHOWN else f"{bare[: _ADDRESS_SHOWN - 1]}…"
    return {
        "platform": language.platform(post.platform),
        "day": formats.short_day(post.published_on),
        "kind": language.kind(post.kind),
        "url": url,
        "address": shown or language.words("doc.no_address"),
        "interactions": formats.count(post.interaction_count),
        "times": "–" if post.times_median is None else f"{formats.number(post.times_median)}×",
    }


def _worked(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    """What its own posts teach of kinds, hours and weekdays, a small chart each.

    Missing: a question on which nothing can be said has no chart.
    """
    habits = habits_of(row.institution_id, results, language)
    charts = (habits.kinds, habits.times, habits.weekdays) if habits else ()
    return {
        "title": language.words("habit.title"),
        "text": language.words("doc.worked.text"),
        "charts": [_effects(chart) for chart in charts if chart is not None],
    }


def _effects(chart: EffectChart) -> dict[str, Any]:
    return {
        "finding": chart.finding,
        "zero": chart.usual,
        "ticks": [list(tick) for tick in chart.ticks],
        "rows": [
            {
                "label": lane.label,
                "dot": lane.at,
                "low": lane.low,
                "high": lane.high,
                "is_nominee": lane.is_separable,
            }
            for lane in chart.lanes
            if lane.at is not None
        ],
    }


def _reach(place: Place, language: Language) -> str:
    """What parts the institution from a nomination, and the indicator in which it lacks most."""
    if place.reach is None:
        is_ranked = place.row is not None and place.row.rank is not None
        return language.words("doc.top.none" if is_ranked else "doc.top.unranked")
    first = place.reach.gaps[:1]
    told = [language.words("doc.top.widest", indicator=gap.label) for gap in first]
    return " ".join([place.reach.sentence, *told])


def _coverage(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    words = language.words
    bars = count_bars(results.coverage_of.get(row.institution_id, ()))
    shown = [state for state in STATES if any(bar.states[state] for bar in bars)]
    window = language.formats.window(results.rules.edition.window)
    return {
        "title": words("institution.coverage"),
        "empty": words("missing.no_data"),
        "finding": counts_finding(bars, language) if bars else "",
        "subtitle": words("coverage.subtitle", window=window),
        "rows": [_bar(bar, language) for bar in bars],
        "states": [[state, words(f"coverage.{state}")] for state in shown],
    }


def _bar(bar: CountBar, language: Language) -> dict[str, Any]:
    formats = language.formats
    others = [state for state in STATES if state != "known" and bar.states[state]]
    return {
        "label": language.count_name(bar.name),
        "parts": shares([(state, bar.states[state]) for state in STATES]),
        "known": formats.share(bar.known_share),
        "others": "; ".join(
            f"{language.words(f'coverage.{state}').lower()} {formats.count(bar.states[state])}"
            for state in others
        ),
    }
