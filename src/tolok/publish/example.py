"""A score of this edition taken apart, so far that a reader can compute it again by hand.

Every number stands in results/: the institution's own in indicators, the frozen ones in reference.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tolok.methodology.category import Category, Indicator
from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import IndicatorRow, ScoreRow

_ON_LOGS = ("residual", "level", "uplift")
_LINEAR = (("centre", "scale"), ("mean", "sd"), ("middle", "sixth"))
"""Parameters of the normalisations that are lines; percentiles have a hundred and one."""


@dataclass(frozen=True)
class Step:
    """One platform of an indicator, from its raw value to its part in the score.

    `kept` is how far the value stands for itself and not for the platform's mean; `level` is the
    value on its scale; `kept_sum` is how that follows from frozen parameters, in numbers; `weight`
    is the platform's share of the whole score.
    Missing: None where the model knows no such step.
    """

    platform: str
    value: float | None
    posts: int | None
    mean: float | None
    kept: float | None
    kept_sum: str
    shrunk: float | None
    level: float | None
    centre: float | None
    scale: float | None
    z: float | None
    points: float | None
    weight: float | None


@dataclass(frozen=True)
class ExamplePart:
    """One indicator of the example; `share` is its effective weight, None without points."""

    label: str
    row: IndicatorRow | None
    values: tuple[IndicatorRow, ...]
    share: float | None
    transform: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Example:
    """A score of this edition: points times weight, indicator by indicator."""

    name: str
    category: str
    cluster: str
    aggregation: str
    score: ScoreRow
    parts: tuple[ExamplePart, ...]


def example_of(results: Results, language: Language) -> Example | None:
    """The first place of the first award that is ranked and whose steps can all be shown.

    An award that is made of single posts comes before one that only counts; without such the first
    that is ranked at all.
    """
    ranked = [
        award
        for award in results.awards.values()
        if any(
            row.rank is not None
            for row in results.scores_by_award.get((award.category.name, award.cluster.name), ())
        )
    ]
    if not ranked:
        return None
    award = min(ranked, key=lambda award: _difficulty(award.category))
    category = award.category
    score = results.scores_by_award[category.name, award.cluster.name][0]
    return Example(
        name=results.name(score.institution_id),
        category=category.label[language.code],
        cluster=award.cluster.label[language.code],
        aggregation=category.aggregation,
        score=score,
        parts=tuple(_parts(award, score.institution_id, results, language)),
    )


def _difficulty(category: Category) -> int:
    """0 where posts are compared on logs and every step is plain, 1 where plain, 2 elsewhere."""
    models = [indicator.model for indicator in category.indicators]
    is_plain = (
        "category" not in models
        and category.aggregation == "arithmetic"
        and not any(indicator.strata for indicator in category.indicators)
    )
    if not is_plain:
        return 2
    return 0 if set(models) & set(_ON_LOGS) else 1


def _parts(
    award: Award, institution_id: str, results: Results, language: Language
) -> Iterator[ExamplePart]:
    category = award.category
    keys = [(category.name, institution_id, indicator.name) for indicator in category.indicators]
    rows = [results.indicator_of.get(key) for key in keys]
    whole = sum(row.effective_weight or 0.0 for row in rows if row) or 1.0
    parameters = {
        (row.indicator, row.platform or "", row.parameter): row.value
        for row in results.reference
        if row.category == category.name
    }
    for indicator, key, row in zip(category.indicators, keys, rows, strict=True):
        slots = results.slots_of.get(key, []) or ([row] if row else [])
        yield ExamplePart(
            label=language.indicator(category, indicator),
            row=row,
            values=tuple(results.values_of.get(key, ())),
            share=_share(row, whole),
            transform=_transform(indicator),
            steps=tuple(
                _step(indicator, slot, whole, parameters, language)
                for slot in slots
                if slot.z is not None
            ),
        )


def _step(
    indicator: Indicator,
    row: IndicatorRow,
    whole: float,
    parameters: dict[tuple[str, str, str], float | None],
    language: Language,
) -> Step:
    def frozen(name: str) -> float | None:
        return parameters.get((indicator.name, row.platform or "", name))

    centre, scale = next(
        ((frozen(one), frozen(other)) for one, other in _LINEAR if frozen(one) is not None),
        (None, None),
    )
    mean = frozen("shrink_mean")
    if mean is not None and indicator.model == "rate":
        mean *= indicator.per
    return Step(
        platform=row.platform or "",
        value=row.value,
        posts=row.post_count,
        mean=mean,
        kept=_kept(row.value, row.shrunk, mean),
        kept_sum=_kept_sum(indicator.model, row.post_count, frozen, language),
        shrunk=row.shrunk,
        level=_level(row.shrunk, _transform(indicator)),
        centre=centre,
        scale=scale,
        z=row.z,
        points=row.points,
        weight=None if row.effective_weight is None else row.effective_weight / whole,
    )


def _kept(value: float | None, shrunk: float | None, mean: float | None) -> float | None:
    """The part of a value's distance from the mean that shrinkage left."""
    if value is None or shrunk is None or mean is None or value == mean:
        return None
    return (shrunk - mean) / (value - mean)


def _kept_sum(
    model: str,
    posts: int | None,
    frozen: Callable[[str], float | None],
    language: Language,
) -> str:
    """How the kept part follows from the frozen parameters; n is the whole that a value is part of.

    Missing: "" for a model that shrinks nothing.
    """
    between, noise, prior = (
        frozen(name) for name in ("shrink_variance", "post_variance", "prior_weight")
    )
    figure = language.formats.figure
    if between is not None and noise is not None and posts:
        spread = figure(between, 6)
        return f"{spread} ÷ ({spread} + {figure(noise, 6)} ÷ {figure(posts)})"
    if prior is not None and math.isfinite(prior):
        n = figure(posts) if model == "above_expected" and posts else "n"
        return f"{n} ÷ ({n} + {figure(prior, 6)})"
    return ""


def _transform(indicator: Indicator) -> str:
    """The scale on which an indicator is compared: shares above the expected always on logits."""
    if indicator.model == "above_expected":
        return "logit"
    return "none" if indicator.model in (*_ON_LOGS, "growth", "category") else indicator.transform


def _level(value: float | None, transform: str) -> float | None:
    """The value on its scale; None where that is not finite."""
    if value is None:
        return None
    try:
        return {
            "none": lambda: value,
            "log": lambda: math.log(value),
            "log1p": lambda: math.log1p(value),
            "logit": lambda: math.log(value / (1 - value)),
        }[transform]()
    except (ValueError, ZeroDivisionError):
        return None


def _share(row: IndicatorRow | None, whole: float) -> float | None:
    if row is None or row.points is None or row.effective_weight is None:
        return None
    return row.effective_weight / whole
