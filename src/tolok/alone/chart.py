"""Charts of ranks that say how sure they are."""

from typing import Any

import altair as alt

from tolok.alone.table import arrow_table

_BLUE = "#1f5a99"


def rank_chart(table: Any) -> alt.LayerChart:
    """Each unit's rank as a point on its interval, the best on top.

    `table` has the columns unit, rank, rank_low, rank_high, as of `rank_uncertainty`.

    Missing: a unit without a rank is left out.
    """
    rows = [row for row in arrow_table(table).to_pylist() if row["rank"] is not None]
    order = [row["unit"] for row in sorted(rows, key=lambda row: (row["rank"], row["unit"]))]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("unit:N", sort=order, title=None),
        tooltip=[alt.Tooltip("unit:N"), *(
            alt.Tooltip(f"{name}:Q") for name in ("rank", "rank_low", "rank_high")
        )],
    )  # fmt: skip
    scale = alt.Scale(domainMin=1, nice=False)
    span = base.mark_rule(strokeWidth=3, opacity=0.4, color=_BLUE).encode(
        x=alt.X("rank_low:Q", title="rank", scale=scale, axis=alt.Axis(tickMinStep=1)),
        x2="rank_high:Q",
    )
    point = base.mark_point(filled=True, opacity=1, size=60, color=_BLUE).encode(x="rank:Q")
    return alt.LayerChart(layer=[span, point])
