"""The chart that readers explore: a cluster's institutions by activity and engagement, as one SVG.

Drawn by Vega-Lite at build time, so it needs no script; each point links to its institution.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from tolok.publish.language import Language
from tolok.publish.links import file_name, institution_path
from tolok.publish.rows import InstitutionRow

VEGA_LITE = "6.4"
_NAMED = 4
_WIDTH, _HEIGHT = 350, 300
_ORIGIN = "https://site.invalid/"  # Vega takes whole addresses only; RFC 2606 keeps this one free
_NAME_SPACES = (
    ' xmlns="http://www.w3.org/2000/svg"',
    ' xmlns:xlink="http://www.w3.org/1999/xlink"',
)
_ROLES = re.compile(
    r' (?:role|aria-[a-z]+)="[^"]*"'
)  # links may not stand in what is called a symbol
NUMBERS = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""]},
}


@dataclass(frozen=True)
class Point:
    """An institution that posted and whose interactions are known."""

    row: InstitutionRow
    posts_per_week: float
    interactions_per_post: float


def points_of(rows: Sequence[InstitutionRow], day_count: int) -> list[Point]:
    """The institutions that can be placed: with a post, and with at least one interaction known."""
    return [
        Point(row, 7 * row.post_count / day_count, row.interaction_count / row.post_count)
        for row in rows
        if row.post_count and row.interaction_count
    ]


def scatter(points: Sequence[Point], language: Language) -> Markup:
    """The points as an SVG; the busiest and the most engaging bear their names.

    Missing: an institution without known followers is drawn in the smallest size.
    """
    named = _named(points)
    values = [
        {
            "x": round(point.posts_per_week, 3),
            "y": round(point.interactions_per_post, 3),
            "size": point.row.follower_count or 0,
            "href": _ORIGIN + institution_path(point.row.institution_id),
            "name": point.row.label if point.row.institution_id in named else "",
        }
        for point in points
    ]
    locale = NUMBERS[language.code]
    svg = vl_convert.vegalite_to_svg(_spec(values, language), VEGA_LITE, format_locale=locale)
    # Inside a page an SVG needs no name spaces, and the old form of a link is not wanted.
    for declaration in _NAME_SPACES:
        svg = svg.replace(declaration, "", 1)
    svg = _ROLES.sub("", svg.replace("xlink:href", "href"))
    for point in points:
        path = institution_path(point.row.institution_id)
        link = f'href="../{path}"><title>{escape(point.row.institution)}</title>'
        svg = svg.replace(f'href="{_ORIGIN}{path}">', link)
    return Markup(svg)  # noqa: S704 -- Vega escapes the names it writes, and the titles are escaped


def map_name(cluster: str, language: str) -> str:
    """The name of a cluster's map among the data that pages load."""
    return f"map-{file_name(cluster)}-{language}"


def explorable(points: Sequence[Point], language: Language) -> dict[str, object]:
    """The same chart for the browser: every name in a tooltip, to be moved and enlarged.

    Shape: `spec` in Vega-Lite and `locale`, the language's numbers; links are from the folder of
    the language.
    """
    values = [
        {
            "x": round(point.posts_per_week, 3),
            "y": round(point.interactions_per_post, 3),
            "size": point.row.follower_count,
            "href": institution_path(point.row.institution_id),
            "who": point.row.institution,
        }
        for point in points
    ]
    words = language.words
    told = [
        alt.Tooltip("who:N", title=words("table.institution")),
        alt.Tooltip("x:Q", title=words("scatter.x"), format=",.1f"),
        alt.Tooltip("y:Q", title=words("scatter.y"), format=",.0f"),
        alt.Tooltip("size:Q", title=words("table.followers"), format=",d"),
    ]
    across, up = (
        _log_axis(channel, name, [float(str(point[name])) for point in values], language)
        for channel, name in ((alt.X, "x"), (alt.Y, "y"))
    )
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_circle(opacity=0.65, cursor="pointer")
        .encode(
            x=across,
            y=up,
            size=alt.Size("size:Q", legend=None).scale(range=[40, 500]),
            href="href:N",
            tooltip=told,
        )
        .properties(width="container", height=420)
        .configure(aria=False, font="system-ui, sans-serif")
        .configure_axis(labelFontSize=12, titleFontSize=13, titleFontWeight="normal")
        .add_params(alt.selection_interval(name="zoom", bind="scales"))
    )
    spec = chart.to_dict()
    return {"spec": spec, "locale": NUMBERS[language.code]}


def _named(points: Sequence[Point]) -> set[str]:
    """Whose names are written: the first few in either direction that stand apart."""
    written: list[Point] = []
    for order in ("interactions_per_post", "posts_per_week"):
        ranked = sorted(points, key=lambda point: -getattr(point, order))
        for point in ranked[:_NAMED]:
            if all(_is_apart(point, other) for other in written):
                written.append(point)
    return {point.row.institution_id for point in written}


def _is_apart(one: Point, other: Point) -> bool:
    """Whether two names would not lie on each other, in the logarithms that are drawn."""
    across = abs(math.log10(one.posts_per_week / other.posts_per_week))
    up = abs(math.log10(one.interactions_per_post / other.interactions_per_post))
    return across > 0.5 or up > 0.12


def _marks(values: Sequence[float]) -> list[float]:
    """The marks 1, 3, 10, 30 ... that lie among the values and the next to both sides."""
    low = math.floor(math.log10(min(values)))
    high = math.ceil(math.log10(max(values)))
    marks = [factor * 10.0**power for power in range(low, high + 1) for factor in (1, 3)]
    first = max((mark for mark in marks if mark <= min(values)), default=marks[0])
    last = min((mark for mark in marks if mark >= max(values)), default=marks[-1])
    return [mark for mark in marks if first <= mark <= last]


def _log_axis(
    channel: type[alt.X] | type[alt.Y], name: str, values: Sequence[float], language: Language
) -> alt.X | alt.Y:
    marks = _marks(values)
    axis = alt.Axis(values=marks, format=",~f", grid=True, title=language.words(f"scatter.{name}"))
    scale = alt.Scale(type="log", domain=[marks[0], marks[-1]])
    return channel(f"{name}:Q", axis=axis, scale=scale)


def _spec(values: Sequence[dict[str, Any]], language: Language) -> dict[str, object]:
    across = _log_axis(alt.X, "x", [point["x"] for point in values], language)
    up = _log_axis(alt.Y, "y", [point["y"] for point in values], language)
    base = alt.Chart(alt.InlineData(values=list(values)))
    dots = base.mark_circle(opacity=0.65, color="#0072B2").encode(
        x=across,
        y=up,
        size=alt.Size("size:Q", legend=None).scale(range=[30, 420]),
        href="href:N",
    )
    names = base.mark_text(align="center", dy=-11, fontSize=11).encode(
        x=across, y=up, text="name:N"
    )
    chart = (dots + names).properties(width=_WIDTH, height=_HEIGHT)
    chart = chart.configure(aria=False, background="transparent", font="system-ui, sans-serif")
    chart = chart.configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal")
    spec: dict[str, object] = chart.configure_view(stroke=None).to_dict()
    return spec
