"""The scores of an edition: parameters are frozen first, then everyone is scored by them."""

from dataclasses import dataclass

from tolok.composite.array import FloatArray
from tolok.methodology.rules import Rules
from tolok.scoring.category import CategoryScore, in_order, score_category
from tolok.scoring.eligibility import standing_of
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Freeze, Reference, Source
from tolok.scoring.table import (
    Columns,
    indicators_table,
    nominees_table,
    reference_table,
    scores_table,
    winners_table,
)
from tolok.scoring.view import View, view_of


@dataclass(frozen=True)
class Scores:
    """The published tables of an edition's scores: columns by name, rows in their stated order."""

    scores: Columns
    indicators: Columns
    reference: Columns
    nominees: Columns
    winners: Columns


def freeze_reference(panel: Panel, rules: Rules) -> Reference:
    """Every parameter of normalisation, taken from the institutions that are eligible.

    In a category these are the institutions of all clusters, however small, that meet the
    edition's demands and pass the category's gate. All weeks count once.
    """
    freeze = Freeze()
    score_categories(view_of(panel, rules), freeze)
    return freeze.reference


def score_with(
    panel: Panel, rules: Rules, reference: Reference, week_weights: FloatArray | None = None
) -> Scores:
    """The scores under frozen parameters: who is added or taken away changes no other score.

    Shape: week_weights is (weeks,), how often each week counts; once where not given.
    """
    view = view_of(panel, rules, week_weights)
    categories = score_categories(view, reference)
    return Scores(
        scores=scores_table(view, categories),
        indicators=indicators_table(view, categories),
        reference=reference_table(reference),
        nominees=nominees_table(view, categories),
        winners=winners_table(view, categories),
    )


def score_edition(panel: Panel, rules: Rules) -> Scores:
    """The scores under parameters that are frozen from the same panel.

    Raises: InputError if categories score each other, or if the rules compare platforms by a
    metric that is not known by account.
    """
    return score_with(panel, rules, freeze_reference(panel, rules))


def score_categories(view: View, source: Source) -> tuple[CategoryScore, ...]:
    """The scores of all categories as arrays, in the order of the rules."""
    standing = standing_of(view)
    scored: dict[str, CategoryScore] = {}
    for category in in_order(view.rules.categories):
        scored[category.name] = score_category(view, standing, category, scored, source)
    return tuple(scored[category.name] for category in view.rules.categories)
