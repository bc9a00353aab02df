"""The method: each step, formula, weight and frozen parameter, and an example in real numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.methodology.category import Category, Indicator
from tolok.methodology.edition import Edition
from tolok.methodology.metric import Metric
from tolok.publish.example import example_of
from tolok.publish.language import Language
from tolok.publish.page import Page
from tolok.publish.panel_view import panel_view
from tolok.publish.results import Results

PATH = "method.html"
PARAMETERS = (
    "intercept", "slope", "centre", "scale", "shrink_mean", "shrink_variance", "post_variance",
    "prior_weight", "fifth_percentile",
)  # fmt: skip


@dataclass(frozen=True)
class IndicatorRule:
    """One indicator as a rule: what it measures, how, and with which weight."""

    label: str
    model: str
    details: tuple[str, ...]
    weight: float
    is_size_adjusted: bool


@dataclass(frozen=True)
class CategoryRule:
    """One category as a rule."""

    label: str
    question: str
    aggregation: str
    gate: tuple[str, ...]
    indicators: tuple[IndicatorRule, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page of the method."""
    rules = results.rules
    yield Page(
        path=PATH,
        title=language.words("method.title"),
        context={
            "categories": [_category(category, language) for category in rules.categories],
            "example": example_of(results, language),
            "panel": panel_view(rules, language),
            "doubt": _doubt(results.rules.edition, language),
            "metrics": [(metric, _example_columns(metric)) for metric in rules.metrics.values()],
            "columns": [
                (p, rules.columns[p]) for p in rules.edition.platforms if p in rules.columns
            ],
            "parameters": PARAMETERS,
            "reference": _reference(results, language),
        },
    )


def _category(category: Category, language: Language) -> CategoryRule:
    words = language.words
    total = sum(indicator.weight for indicator in category.indicators)
    return CategoryRule(
        label=category.label[language.code],
        question=category.question[language.code],
        aggregation=category.aggregation,
        gate=tuple(language.gate(category)),
        indicators=tuple(
            IndicatorRule(
                label=language.indicator(category, indicator),
                model=words(f"model.{indicator.model}"),
                details=tuple(_details(indicator, language)),
                weight=indicator.weight / total,
                is_size_adjusted=indicator.is_size_adjusted,
            )
            for indicator in category.indicators
        ),
    )


def _details(indicator: Indicator, language: Language) -> Iterator[str]:
    """What the indicator reads, and what is done to it, a short line each."""
    words = language.words
    if (formula := _formula(indicator)) in words:
        yield words(formula)
    yield from _reads(indicator, language)
    if indicator.kinds:
        yield words("method.kinds", kinds=", ".join(language.kind(k) for k in indicator.kinds))
    if indicator.strata:
        groups = [" + ".join(language.kind(k) for k in group) for group in indicator.strata]
        yield words("method.strata", groups="; ".join(groups))
    if indicator.per_week:
        yield words("method.per_week")
    if indicator.per != 1:
        yield words("method.per", n=int(indicator.per))
    if indicator.by_platform:
        yield words("method.by_platform")
    if indicator.transform != "none":
        yield words(f"transform.{indicator.transform}")


def _formula(indicator: Indicator) -> str:
    """The key of an indicator's formula; a model that its name explains has none."""
    is_level = indicator.model == "above_expected" and indicator.baseline == "level"
    return f"formula.{indicator.model}{'.level' if is_level else ''}"


def _reads(indicator: Indicator, language: Language) -> Iterator[str]:
    """The category, ratios, metric or measure that an indicator is made from."""
    if indicator.category:
        yield language.category(indicator.category)
        yield language.words(f"absent.{indicator.absent}")
    elif indicator.ratios:
        for ratio in indicator.ratios:
            yield f"{language.metric(ratio.numerator)} ÷ {language.metric(ratio.denominator)}"
    elif indicator.metric:
        yield language.metric(indicator.metric)
    elif indicator.model != "growth":
        yield language.words(f"measure.{indicator.measure}")


def _doubt(edition: Edition, language: Language) -> str:
    """How ranks are tested, with every variant of the method that is drawn or enumerated."""
    words, formats, doubt = language.words, language.formats, edition.uncertainty
    giveaways = dict.fromkeys(("kept", *doubt.giveaways))
    return words(
        "method.doubt_text",
        draws=doubt.draws,
        weeks=edition.scoring.block_weeks,
        worths="; ".join(worth.replace(",", " : ") for worth in doubt.interaction_weights),
        giveaways="; ".join(words(f"giveaways.{name}") for name in giveaways),
        trims="; ".join(formats.share(float(share)) for share in doubt.trim_share),
        exponents="; ".join(
            words("method.fitted") if exponent == "fitted" else formats.figure(float(exponent))
            for exponent in doubt.audience_exponent
        ),
        noise=formats.share(doubt.weight_noise),
        seed=str(doubt.seed),
    )


def _example_columns(
    metric: Metric,
) -> list[tuple[list[str], list[list[object]], list[tuple[str, float | None]]]]:
    """Each worked example as a header, rows of cells, and the value of each group."""
    return [
        (
            list(example.rows),
            [list(row) for row in zip(*example.rows.values(), strict=True)],
            list(example.value.items()),
        )
        for example in metric.examples
    ]


def _reference(
    results: Results, language: Language
) -> list[tuple[str, list[tuple[str, str, list[float | None]]]]]:
    """The frozen parameters of each category: indicator, platform, a value a parameter."""
    cells: dict[tuple[str, str, str], dict[str, float | None]] = {}
    for row in results.reference:
        key = (row.category, row.indicator, row.platform or "")
        cells.setdefault(key, {})[row.parameter] = row.value
    tables = []
    for category in results.rules.categories:
        labels = {i.name: language.indicator(category, i) for i in category.indicators}
        lines = [
            (labels.get(indicator, indicator), platform, [values.get(p) for p in PARAMETERS])
            for (name, indicator, platform), values in cells.items()
            if name == category.name
        ]
        if lines:
            tables.append((category.label[language.code], lines))
    return tables
