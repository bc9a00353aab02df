"""The chart of cost against size: a panel a job, both scales logarithmic, drawn at build time."""

import math
from collections.abc import Sequence

import altair as alt
import vl_convert

from benchmarks.scale.history import Row
from benchmarks.scale.jobs import LIMITS
from benchmarks.scale.page import ordered
from tolok.publish.explored import VEGA_LITE

_FONT = "Liberation Sans, Arial, sans-serif"
_INK, _MUTED, _GRID = "#1b1f23", "#57606a", "#eaeef2"
_ACCENT, _GREY, _LIGHT = "#0b5cad", "#6e7781", "#a8b1ba"
_WIDTH, _HEIGHT, _COLUMNS = 240, 180, 3
_LETTERS, _LINE = 10, 12
_WHO = ("Tolok", "rival", "limit of the machine")
_SIZES = (0.9, 9, 90)
_LEAST_S = 0.001
"""What is faster is drawn here: a logarithm has no nought."""
_NOT_DRAWN = "less text features"
"""A twin of the import, a few hundredths off."""


def chart_svg(rows: Sequence[Row]) -> str:
    """The chart as SVG; the dotted line rises as the rows do, from our least point."""
    values = _values(rows)
    jobs = list(dict.fromkeys(one["job"] for one in values))
    panels = [_panel(job, [one for one in values if one["job"] == job]) for job in jobs]
    chart = alt.concat(*panels, columns=_COLUMNS, spacing=24).configure(
        background="white", font=_FONT, padding=12
    )
    chart = chart.configure_view(stroke=None).configure_axis(
        labelColor=_INK, titleColor=_MUTED, titleFontWeight="normal", gridColor=_GRID
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(), VEGA_LITE)
    return svg


def label_places(seconds: Sequence[float], decades: float) -> list[float]:
    """Where the names of lines stand that end at these seconds: as near as they can be read.

    Units: seconds, on a logarithmic axis of so many decades.
    """
    gap = decades * _LINE / _HEIGHT
    order = sorted(range(len(seconds)), key=seconds.__getitem__)
    places = [math.log10(seconds[at]) for at in order]
    for _ in places:  # each pass parts all neighbours that are too close, half to each side
        for low in range(len(places) - 1):
            missing = gap - (places[low + 1] - places[low])
            if missing > 0:
                places[low] -= missing / 2
                places[low + 1] += missing / 2
    found = dict(zip(order, places, strict=True))
    return [10.0 ** found[at] for at in range(len(seconds))]


def _values(rows: Sequence[Row]) -> list[Row]:
    """A point a job, way and size; ours is said once, however many rivals it stood beside."""
    points: dict[tuple[str, str, float], Row] = {}
    for row in ordered(rows):
        job, _, name = row["job"].partition(" / ")
        if _NOT_DRAWN in job:
            continue
        who = _WHO[2] if name in LIMITS else _WHO[1]
        for way, kind, seconds in (
            ("Tolok", _WHO[0], row["ours_cpu_s"]),
            (name, who, row["rival_cpu_s"]),
        ):
            point = {"job": job, "way": way, "who": kind, "rows": row["rows"]}
            points[job, way, row["rows"]] = point | {"seconds": max(seconds, _LEAST_S)}
    return list(points.values())


def _panel(job: str, values: list[Row]) -> alt.LayerChart | alt.FacetChart:
    powers = [math.log10(one["seconds"]) for one in values]
    low, high = math.floor(min(powers) - 0.1), math.ceil(max(powers) + 0.1)
    across = alt.X(
        "rows:Q",
        title="million rows",
        scale=alt.Scale(type="log", domain=[0.5, 900]),
        axis=alt.Axis(values=list(_SIZES), format="~g"),
    )
    up = alt.Scale(type="log", domain=[10.0**low, 10.0**high], nice=False)
    marks = alt.Axis(format="~g", values=[10.0**power for power in range(low, high + 1)])
    colours = alt.Color(
        "who:N",
        scale=alt.Scale(domain=list(_WHO), range=[_ACCENT, _GREY, _LIGHT]),
        legend=alt.Legend(title=None, orient="bottom"),
    )
    y = alt.Y("seconds:Q", title="CPU seconds", scale=up, axis=marks)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=across, y=y, color=colours, detail="way:N"
    )
    names = alt.Chart(alt.InlineData(values=_named(values, high - low)))
    names = names.mark_text(align="left", dx=7, fontSize=_LETTERS, color=_MUTED)
    return alt.layer(
        _straight(values),
        base.mark_line(strokeWidth=2),
        base.mark_point(filled=True, size=45, opacity=1),
        names.encode(x=across, y=alt.Y("seconds:Q", scale=up), text="way:N"),
    ).properties(
        width=_WIDTH, height=_HEIGHT, title=alt.TitleParams(job, anchor="start", fontSize=13)
    )


def _named(values: list[Row], decades: float) -> list[Row]:
    """The names of the lines, each beside the last point of its own."""
    last: dict[str, Row] = {}
    for one in sorted(values, key=lambda one: one["rows"]):
        last[one["way"]] = one
    by_end: dict[float, list[Row]] = {}
    for one in last.values():
        by_end.setdefault(one["rows"], []).append(one)
    return [
        one | {"seconds": place}
        for ends in by_end.values()
        for one, place in zip(
            ends, label_places([one["seconds"] for one in ends], decades), strict=True
        )
    ]


def _straight(values: list[Row]) -> alt.Chart:
    """A line of cost in proportion to rows, through ours at the smallest size."""
    ours = [one for one in values if one["who"] == _WHO[0]]
    first = min(ours, key=lambda one: one["rows"])
    rows, seconds = first["rows"], first["seconds"]
    most = max(one["rows"] for one in values)
    ends = [{"rows": size, "seconds": seconds * size / rows} for size in (rows, most)]
    line: alt.Chart = alt.Chart(alt.InlineData(values=ends)).mark_line(
        clip=True, strokeDash=[2, 3], strokeWidth=1, color=_ACCENT
    ).encode(x="rows:Q", y="seconds:Q")  # fmt: skip
    return line
