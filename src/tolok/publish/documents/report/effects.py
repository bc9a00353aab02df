"""What a kind or a time of post brings, as a chart: dots with intervals around the usual."""

from collections.abc import Mapping

from tolok.composite.habit import Effect
from tolok.publish.charts import Scale
from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.shapes import interval_shape
from tolok.publish.language import Language

_LEAST = 5.0
"""A lane reaches so many percent to both sides at least: what is small must look small."""


def effects_chart(
    effects: Mapping[str, Effect],
    title: str,
    subtitle: str,
    language: Language,
    *,
    is_sorted: bool = True,
) -> b.Block:
    """The effects as percentages above or below the usual, the largest first if sorted."""
    order = sorted(effects, key=lambda name: -effects[name].mean) if is_sorted else list(effects)
    ends = [100 * end for e in effects.values() for end in (e.low_ratio, e.high_ratio)]
    scale = Scale(min(-_LEAST, *ends), max(_LEAST, *ends))
    return b.chart(
        "effects",
        title,
        subtitle,
        zero=scale.at(0.0),
        ticks=[[scale.at(tick), _percent(tick, language)] for tick in scale.ticks(6)],
        rows=[
            {"label": name, "value": told(effects[name], language)} | _shape(effects[name], scale)
            for name in order
        ],
    )


def told(effect: Effect, language: Language) -> str:
    """An effect with its interval: +24% (9 to 41)."""
    low, high = 100 * effect.low_ratio, 100 * effect.high_ratio
    return language.words(
        "report.effect",
        more=_percent(100 * effect.ratio, language),
        low=_rounded(low, language),
        high=_rounded(high, language),
    )


def kinds_told(effects: Mapping[str, Effect], language: Language) -> str:
    """The finding over the kinds of post."""
    return best_told("kind", effects, language)


def best_told(key: str, effects: Mapping[str, Effect], language: Language) -> str:
    """Which of some groups brings most; or that none can be told apart.

    Ties: the first.
    """
    best = max(effects, key=lambda name: effects[name].mean)
    if effects[best].low <= 0:
        return language.words(f"report.best.{key}.none")
    more = language.formats.share(effects[best].ratio)
    return language.words(f"report.best.{key}", name=best, more=more)


def _shape(effect: Effect, scale: Scale) -> dict[str, object]:
    low, high = 100 * effect.low_ratio, 100 * effect.high_ratio
    separable = effect.is_separable
    return interval_shape(100 * effect.ratio, low, high, scale, is_nominee=separable)


def _rounded(value: float, language: Language) -> str:
    return language.formats.signed(value, 0)


def _percent(value: float, language: Language) -> str:
    return f"{_rounded(value, language)}%"
