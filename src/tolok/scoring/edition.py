"""The scores of an edition: parameters are frozen first, then everyone is scored by them."""

from dataclasses import dataclass, replace

from tolok.composite.array import FloatArray
from tolok.methodology.rules import Rules
from tolok.scoring.category import (
    CategoryScore,
    in_order,
    score_category,
    with_probabilities,
)
from tolok.scoring.doubt_table import (
    importance_table,
    leave_one_out_table,
    sensitivity_table,
    uncertainty_table,
)
from tolok.scoring.eligibility import standing_of
from tolok.scoring.leave_out import leave_one_out
from tolok.scoring.method import all_choices, grid_shape, own_setting
from tolok.scoring.normalise import NORMALISATIONS
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Freeze, Reference, Source
from tolok.scoring.sensitivity import sensitivity_of, weights_of
from tolok.scoring.table import (
    Columns,
    indicators_table,
    nominees_table,
    reference_table,
    scores_table,
    winners_table,
)
from tolok.scoring.uncertainty import Doubts, MethodReferences, Progress, assess, silent
from tolok.scoring.view import View, view_of


@dataclass(frozen=True)
class Scores:
    """The published tables of an edition's scores: columns by name, rows in their stated order."""

    scores: Columns
    indicators: Columns
    reference: Columns
    nominees: Columns
    winners: Columns
    uncertainty: Columns
    leave_one_out: Columns
    sensitivity: Columns
    importance: Columns


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
    return _tables(view, score_categories(view, reference), reference, {})


def score_with_doubt(
    panel: Panel, rules: Rules, references: MethodReferences, progress: Progress = silent
) -> Scores:
    """The scores under the frozen parameters of the rules, with the doubt of every rank.

    Equal scores are told apart by the probability of rank 1 before anything else.
    """
    view, reference = view_of(panel, rules), references.by_setting[own_setting(rules)]
    categories = score_categories(view, reference)
    found = assess(view, categories, references, progress)
    both = found.doubts["all"]
    settled = tuple(
        with_probabilities(view, one, both[one.category.name].p_first) for one in categories
    )
    shape = grid_shape(references.by_setting, all_choices(rules))
    return replace(
        _tables(view, settled, reference, found.doubts),
        sensitivity=sensitivity_table(
            told
            for one in settled
            for told in sensitivity_of(one, found.grid[one.category.name], shape)
        ),
    )


def _tables(
    view: View, categories: tuple[CategoryScore, ...], reference: Reference, doubts: Doubts
) -> Scores:
    both = doubts.get("all", {})
    return Scores(
        scores=scores_table(view, categories, both),
        indicators=indicators_table(view, categories),
        reference=reference_table(own_parameters(reference, view.rules)),
        nominees=nominees_table(view, categories, both),
        winners=winners_table(view, categories),
        uncertainty=uncertainty_table(view, categories, doubts),
        leave_one_out=leave_one_out_table(
            view, leave_one_out(view, categories, reference) if doubts else ()
        ),
        sensitivity=sensitivity_table(()),
        importance=importance_table(
            found for one in categories if doubts for found in weights_of(view, one)
        ),
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


def own_parameters(reference: Reference, rules: Rules) -> Reference:
    """The parameters that the rules as they are read, without those of other normalisations."""
    own = NORMALISATIONS[rules.edition.scoring.normalisation].parameters
    others = {
        name
        for normalisation, how in NORMALISATIONS.items()
        for name in (*how.parameters, f"fifth_percentile_{normalisation}")
    }.difference(own)
    kept = {
        key: value for key, value in reference.parameters.items() if key.parameter not in others
    }
    return Reference(kept)
