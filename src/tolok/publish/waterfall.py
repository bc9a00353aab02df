"""The chart of a difference: from one institution's score to the other's, a bar an indicator."""

import json

import altair as alt
import vl_convert

from tolok.publish.explained import Explanation, strongest
from tolok.publish.explored import NUMBERS, VEGA_LITE
from tolok.publish.language import Language
from tolok.scoring.explain_rule import Contribution

TOLD_BARS = 10
_WIDTH, _ROW = 460, 26
_COLOURS = {"score": "#595959", "more": "#0072B2", "less": "#D55E00"}


def waterfall(found: Explanation, language: Language) -> str:
    """The difference as an SVG: the other's score, what each indicator adds, the own score."""
    values = bars(found, language)
    spec = _chart(values, found, language).to_dict()
    svg: str = vl_convert.vegalite_to_svg(spec, VEGA_LITE, format_locale=NUMBERS[language.code])
    return svg


def bars(found: Explanation, language: Language) -> list[dict[str, object]]:
    """The bars from top to bottom: name, where each begins and ends, its label and its colour."""
    formats = language.formats
    parts = strongest(found.difference.children)
    shown, rest = parts[:TOLD_BARS], parts[TOLD_BARS:]
    named = [(_name(part, found, language), part.value) for part in shown]
    if rest:
        text = language.words("explain.chart.rest", n=len(rest))
        named.append((text, sum(part.value for part in rest)))
    start = found.other.score
    rows = [_bar(found.other.institution, start, start, formats.number(start, 2), "score")]
    for name, value in named:
        label = formats.number(value, 2)
        label = label if value < 0 else f"+{label}"
        rows.append(_bar(name, start, start + value, label, "less" if value < 0 else "more"))
        start += value
    own = found.own
    rows.append(_bar(own.institution, own.score, own.score, formats.number(own.score, 2), "score"))
    return [row | {"order": at} for at, row in enumerate(rows)]


def _bar(name: str, start: float, end: float, label: str, colour: str) -> dict[str, object]:
    return {
        "name": name, "start": start, "end": end, "label": label, "colour": colour,
        "high": max(start, end),
    }  # fmt: skip


def _name(part: Contribution, found: Explanation, language: Language) -> str:
    if part.kind == "weights":
        return language.words("explain.chart.weights")
    (indicator,) = (one for one in found.category.indicators if one.name == part.name)
    return language.indicator(found.category, indicator)


def _chart(
    values: list[dict[str, object]], found: Explanation, language: Language
) -> alt.LayerChart:
    inner = [float(str(row[key])) for row in values[1:-1] for key in ("start", "end")]
    inner += [found.own.score, found.other.score]
    room = max(max(inner) - min(inner), 1.0)
    title = language.words("explain.chart.axis", category=language.category(found.category.name))
    names = alt.Y(
        "order:O",
        axis=alt.Axis(
            labelExpr=f"{json.dumps([row['name'] for row in values])}[datum.value]",
            labelLimit=260,
            title=None,
            ticks=False,
            labelPadding=8,
            domain=False,
        ),
    )
    scale = alt.Scale(
        domain=[min(inner) - room * 0.05, max(inner) + room * 0.2], nice=False, zero=False
    )
    base = alt.Chart(alt.InlineData(values=values))
    colour = alt.Color(
        "colour:N", scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    ).legend(None)
    across = alt.X("start:Q", scale=scale, axis=alt.Axis(title=title, grid=True))
    rows = base.mark_bar(size=_ROW * 0.65).encode(x=across, x2="end:Q", y=names, color=colour)
    # a score is a mark and no bar: bars would have to begin at 0
    marks = base.transform_filter("datum.colour == 'score'")
    scores = marks.mark_tick(size=_ROW * 0.8, thickness=4).encode(
        x=alt.X("end:Q", scale=scale), y=names, color=colour
    )
    labels = base.mark_text(align="left", dx=4, fontSize=11).encode(
        x=alt.X("high:Q", scale=scale), y=names, text="label:N"
    )
    heading = language.words(
        "explain.chart.title", own=found.own.institution, other=found.other.institution
    )
    chart = (rows + scores + labels).properties(
        width=_WIDTH, height=_ROW * len(values), title=alt.Title(heading, anchor="start")
    )
    chart = chart.configure(background="white", font="system-ui, sans-serif")
    chart = chart.configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal")
    drawing: alt.LayerChart = chart.configure_view(stroke=None)
    return drawing
