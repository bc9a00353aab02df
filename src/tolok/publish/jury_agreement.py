"""How far the jurors of an award agree, in figures and in what these mean."""

from dataclasses import dataclass

from tolok.publish.award_rows import JuryAwardRow
from tolok.publish.language import Language

ALPHA = ((0.8, "good"), (0.667, "fair"))
"""The usual bars. Source: Krippendorff, Content Analysis, chapter on reliability: .800 and .667."""
ICC = ((0.75, "good"), (0.5, "fair"))
"""Source: Koo and Li 2016, doi 10.1016/j.jcm.2016.02.012: under .5 poor, from .75 good."""
KENDALL = ((0.7, "good"), (0.5, "fair"))
"""Source: Schmidt 1997, doi 10.1111/j.1540-5915.1997.tb01330.x: .5 moderate, .7 strong."""
_BARS = {"alpha": ALPHA, "icc": ICC, "kendall_w": KENDALL, "category_alpha": ALPHA}


@dataclass(frozen=True)
class Measure:
    """One measure of agreement: its figure, empty where unknown, and what it means."""

    name: str
    figure: str
    meaning: str


@dataclass(frozen=True)
class Agreement:
    """The measures of an award, and what they come to together."""

    measures: tuple[Measure, ...]
    summary: str


def level(measure: str, value: float) -> str:
    """Where a figure stands by the measure's bars: good, fair or low.

    >>> level("alpha", 0.667), level("kendall_w", 0.49)
    ('fair', 'low')
    """
    return next((name for bar, name in _BARS[measure] if value >= bar), "low")


def agreement_of(row: JuryAwardRow, language: Language) -> Agreement | None:
    """The agreement of an award's jurors; None where none of its measures is known."""
    values = {"alpha": row.alpha, "icc": row.icc, "kendall_w": row.kendall_w}
    if all(value is None for value in values.values()):
        return None
    if row.category_alpha is not None:  # over more nominees, so it says more than the award's own
        values["category_alpha"] = row.category_alpha
    return Agreement(
        tuple(_measure(name, value, language) for name, value in values.items()),
        _summary(row.alpha, row.kendall_w, language),
    )


def _measure(name: str, value: float | None, language: Language) -> Measure:
    label = language.words(f"jury.measure.{name}")
    if value is None:
        return Measure(label, "", language.words("jury.measure.unknown"))
    of = "alpha" if name == "category_alpha" else name
    meaning = language.words(f"jury.measure.{of}.{level(name, value)}")
    return Measure(label, language.formats.number(value, 2), meaning)


def _summary(alpha: float | None, kendall_w: float | None, language: Language) -> str:
    """What marks and order come to together; nothing where either is unknown."""
    if alpha is None or kendall_w is None:
        return ""
    marks = "apart" if level("alpha", alpha) == "low" else "near"
    order = {"good": "same", "fair": "mixed", "low": "other"}[level("kendall_w", kendall_w)]
    return language.words(f"jury.agreement.{marks}.{order}")
