"""The chart of cost against size: a panel a job, both scales logarithmic, drawn at build time."""

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
_WIDTH, _HEIGHT, _COLUMNS = 190, 150, 3
_WHO = ("Tolok", "rival", "limit of the machine")


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


def _values(rows: Sequence[Row]) -> list[Row]:
    """A point a job, way and size; ours is said once, however many rivals it stood beside."""
    points: dict[tuple[str, str, float], Row] = {}
    for row in ordered(rows):
        job, _, name = row["job"].partition(" / ")
        who = _WHO[2] if name in LIMITS else _WHO[1]
        for way, kind, seconds in (
            ("Tolok", _WHO[0], row["ours_cpu_s"]),
            (name, who, row["rival_cpu_s"]),
        ):
            point = {"job": job, "way": way, "who": kind, "rows": row["rows"]}
            points[job, way, row["rows"]] = point | {"seconds": max(seconds, 0.01)}
    return list(points.values())


def _panel(job: str, values: list[Row]) -> alt.LayerChart | alt.FacetChart:
    sizes = sorted({one["rows"] for one in values})
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "rows:Q",
            title="million rows",
            scale=alt.Scale(type="log", domain=[sizes[0] / 1.5, max(sizes[-1], 9) * 3]),
            axis=alt.Axis(values=[0.9, 9, 90], format="~g"),
        ),
        y=alt.Y(
            "seconds:Q",
            title="CPU seconds",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(format="~g", values=[10.0**power for power in range(-2, 6)]),
        ),
        color=alt.Color(
            "who:N",
            scale=alt.Scale(domain=list(_WHO), range=[_ACCENT, _GREY, _LIGHT]),
            legend=alt.Legend(title=None, orient="bottom"),
        ),
        detail="way:N",
    )
    last = max(sizes)
    names = base.transform_filter(alt.datum.rows == last).mark_text(align="left", dx=6, fontSize=10)
    return alt.layer(
        _straight(values),
        base.mark_line(strokeWidth=2),
        base.mark_point(filled=True, size=45, opacity=1),
        names.encode(text="way:N"),
    ).properties(
        width=_WIDTH, height=_HEIGHT, title=alt.TitleParams(job, anchor="start", fontSize=13)
    )


def _straight(values: list[Row]) -> alt.Chart:
    """A line of cost in proportion to rows, through ours at the smallest size."""
    ours = [one for one in values if one["who"] == _WHO[0]]
    first = min(ours, key=lambda one: one["rows"])
    rows, seconds = first["rows"], first["seconds"]
    most = max(one["rows"] for one in values)
    ends = [{"rows": size, "seconds": seconds * size / rows} for size in (rows, most)]
    line: alt.Chart = alt.Chart(alt.InlineData(values=ends)).mark_line(
        strokeDash=[2, 3], strokeWidth=1, color=_ACCENT
    ).encode(x="rows:Q", y="seconds:Q")  # fmt: skip
    return line
