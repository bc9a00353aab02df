"""The ranking of an award as one picture for a newspaper: dots with intervals, the winner marked.

Drawn by Vega-Lite at build time. The font is one that the converter brings along, so that the same
results give the same bytes on every machine.
"""

import json
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert

from tolok.publish.awards import Award
from tolok.publish.colours import accents
from tolok.publish.explored import NUMBERS, VEGA_LITE
from tolok.publish.language import Language
from tolok.publish.press.png import repacked
from tolok.publish.ranking import Lane, ranking_of
from tolok.publish.results import Results

SHOWN = 15
"""So many places are drawn, and the winners below them."""
_FONT = "Liberation Sans, Arial, sans-serif"
_WIDTH, _ROW = 420, 24
_TITLE_LETTERS, _TEXT_LETTERS, _SOURCE_LETTERS = 56, 78, 58
_INK, _MUTED, _GREY = "#1b1f23", "#57606a", "#6e7781"
_SCALE = 2.0
_MARGIN = {"left": 48, "top": 16, "right": 32, "bottom": 16}
"""Room for the names where an SVG is shown in a wider font than the one it was laid out in."""

_STATUSES = ("jury.winner", "legend.nominee", "legend.not_nominee")
_STAR = "M0,-1.15L.29,-.36L1.13,-.36L.46,.13L.7,.95L0,.45L-.7,.95L-.46,.13L-1.13,-.36L-.29,-.36Z"
"""A star as a Vega shape: winners are told from nominees without colour."""


@dataclass(frozen=True)
class Drawn:
    """One institution on the chart: where it stands, and whether it won or was nominated."""

    label: str
    rank: int
    low: int
    high: int
    status: str


def chart_svg(award: Award, results: Results, language: Language) -> str:
    """The chart of an award as SVG."""
    svg: str = vl_convert.vegalite_to_svg(
        _spec(award, results, language), VEGA_LITE, format_locale=NUMBERS[language.code]
    )
    return svg


def picture_of(svg: str) -> bytes:
    """A chart as PNG, twice as large."""
    return repacked(vl_convert.svg_to_png(svg, scale=_SCALE))


def finding_of(award: Award, results: Results, language: Language) -> str:
    """The sentence over the chart: who won, and where the data put them."""
    words = language.words
    names = [results.short(row.institution_id or "") for row in award.winners]
    named = language.listed(names)
    ranks = [
        results.score_of[key].rank
        for row in award.winners
        if (key := (award.category.name, row.institution_id or "")) in results.score_of
    ]
    if len(ranks) == 1 and ranks[0] is not None:
        return words("press.chart.finding", winner=named, rank=ranks[0])
    return words("press.chart.winners", winner=named)


def _drawn(award: Award, results: Results, language: Language) -> tuple[list[Drawn], int]:
    """The first places with the winners, and how many more are ranked."""
    lanes = ranking_of(award, results).lanes
    winners = {row.institution_id for row in award.winners}
    shown = [
        lane for at, lane in enumerate(lanes) if at < SHOWN or lane.row.institution_id in winners
    ]
    return [_lane(lane, winners, language) for lane in shown], len(lanes) - len(shown)


def _lane(lane: Lane, winners: set[str | None], language: Language) -> Drawn:
    rank = lane.row.rank or 0
    if lane.row.institution_id in winners:
        status = language.words("jury.winner")
    else:
        status = language.words("legend.nominee" if lane.row.nominee else "legend.not_nominee")
    return Drawn(
        label=f"{rank}. {lane.short}",
        rank=rank,
        low=lane.row.rank_low or rank,
        high=lane.row.rank_high or rank,
        status=status,
    )


def _spec(award: Award, results: Results, language: Language) -> dict[str, Any]:
    rows, more = _drawn(award, results, language)
    body = alt.layer(*_layers(rows, results, language)).properties(
        width=_WIDTH, height=_ROW * max(len(rows), 1)
    )
    chart = alt.vconcat(body, _source(results, language), spacing=8).properties(
        title=_title(award, more, results, language)
    )
    chart = chart.configure(background="white", font=_FONT, padding=_MARGIN, aria=False)
    chart = chart.configure_view(stroke=None).configure_axis(
        labelColor=_INK, titleColor=_MUTED, titleFontWeight="normal", gridColor="#eaeef2",
        labelFontSize=11, titleFontSize=12,
    )  # fmt: skip
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _layers(rows: list[Drawn], results: Results, language: Language) -> list[alt.Chart]:
    """Intervals, dots over them, and the line under the last nominee where it parts the rows."""
    accent = accents(results.rules.edition.accent)[0]
    statuses = [language.words(key) for key in _STATUSES]
    order = [row.label for row in rows]
    won = [row.label for row in rows if row.status == statuses[0]]
    base = alt.Chart(alt.InlineData(values=[asdict(row) for row in rows]))
    is_won = f"indexof({json.dumps(won)}, datum.label) >= 0"
    names = alt.Axis(
        labelLimit=230, labelFontSize=12, labelPadding=6, domain=False, ticks=False,
        labelFontWeight={"condition": {"test": is_won, "value": "bold"}, "value": "normal"},
    )  # fmt: skip
    y = alt.Y("label:N", sort=order, title=None, axis=names)
    across = _across(rows, language)
    intervals = base.mark_rule(strokeWidth=3, color="#b1bac4", strokeCap="round").encode(
        y=y, x=alt.X("low:Q", **across), x2="high:Q"
    )
    colours = alt.Scale(domain=statuses, range=[accent, accent, _GREY])
    shapes = alt.Scale(domain=statuses, range=[_STAR, "diamond", "circle"])
    legend = alt.Legend(title=None, orient="top", labelFontSize=12, symbolSize=90)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        y=y,
        x=alt.X("rank:Q", **across),
        color=alt.Color("status:N", scale=colours, legend=legend),
        shape=alt.Shape("status:N", scale=shapes, legend=legend),
    )
    layers: list[alt.Chart] = [intervals, dots]
    cut = sum(row.status != statuses[2] for row in rows)
    if 0 < cut < len(rows) and all(row.status != statuses[2] for row in rows[:cut]):
        last = alt.Chart(alt.InlineData(values=[{"label": rows[cut - 1].label}]))
        line = last.mark_rule(strokeDash=[5, 4], color=accent, yOffset=_ROW / 2)
        layers.append(line.encode(y=alt.Y("label:N", sort=order, title=None)))
    return layers


def _across(rows: list[Drawn], language: Language) -> dict[str, Any]:
    """The axis of ranks: 1, then round ones, with a little room at both ends."""
    top = max([2, *(row.high for row in rows)])
    step = next(step for step in (1, 2, 5, 10, 25, 50, 100, 250) if top / step <= 8)
    marks = [1, *range(step if step > 1 else 2, top + 1, step)]
    return {
        "scale": alt.Scale(domain=[1 - top / 50, top + top / 100], nice=False, zero=False),
        "axis": alt.Axis(
            values=marks, format="d", title=language.words("press.chart.axis"), grid=True
        ),
    }


def _title(award: Award, more: int, results: Results, language: Language) -> alt.TitleParams:
    words, edition = language.words, results.rules.edition
    category = award.category.label[language.code]
    cluster = award.cluster.label[language.code]
    lines = [words("press.chart.subtitle", category=category, cluster=cluster)]
    lines.append(words("press.chart.unit", window=language.formats.window(edition.window)))
    if more:
        lines.append(words("press.chart.more", n=more))
    if edition.is_simulated:
        lines.append(words("press.simulated"))
    return alt.TitleParams(
        wrap(finding_of(award, results, language), _TITLE_LETTERS),
        subtitle=[part for line in lines for part in wrap(line, _TEXT_LETTERS)],
        anchor="start", fontSize=17, subtitleFontSize=12, subtitleColor=_MUTED, color=_INK,
        offset=12, subtitlePadding=6, lineHeight=21, subtitleLineHeight=16,
    )  # fmt: skip


def _source(results: Results, language: Language) -> alt.Chart:
    """The line under the chart: edition, hash of the rules, and the program."""
    hashed = (results.lock_hash or results.manifest.lock_hash)[:12]
    title = results.rules.edition.title[language.code]
    text = language.words("press.chart.source", edition=title)
    text += f" · {language.words('chart.lock')} {hashed}" if hashed else ""
    lines = wrap(text, _SOURCE_LETTERS)
    base = alt.Chart(alt.InlineData(values=[{"line": lines}]))
    drawn: alt.Chart = base.mark_text(
        align="left", baseline="top", fontSize=11, color=_MUTED, x=0, y=0, lineHeight=14
    ).encode(text="line:N").properties(width=_WIDTH, height=14 * len(lines))  # fmt: skip
    return drawn
