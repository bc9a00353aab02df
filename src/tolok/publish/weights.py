"""The weights that an award's scores were made with, beside those that its rules state.

An indicator without points gives its weight to the others, so the two may differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tolok.methodology.category import Indicator
from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.results import Results

_SEEN = 0.005
"""Weights are shown as whole percentages; less than half of one is no difference."""
_MUCH = 1 / 3


@dataclass(frozen=True)
class Weight:
    """One indicator's weight by the rules, and the range of its effective weights.

    `explained` is the share of the scores' variance in the award that the indicator explains.

    Missing: without ranked institutions there are no effective weights, with few nothing is known
    to be explained.
    """

    indicator: Indicator
    label: str
    nominal: float
    lowest: float | None
    highest: float | None
    explained: float | None

    @property
    def is_dropped(self) -> bool:
        """Whether the indicator counts for nobody."""
        return self.highest is not None and self.highest < _SEEN

    @property
    def is_changed(self) -> bool:
        """Whether any effective weight differs from the rules' so that it can be seen."""
        return any(
            value is not None and abs(value - self.nominal) >= _SEEN
            for value in (self.lowest, self.highest)
        )


def weights_of(award: Award, results: Results, language: Language) -> list[Weight]:
    """The weights of an award's indicators, in the order of its category."""
    category = award.category
    total = sum(indicator.weight for indicator in category.indicators)
    names = [indicator.name for indicator in category.indicators]
    shares = [
        _shares(category.name, row.institution_id, names, results)
        for row in results.scores_by_award.get((category.name, award.cluster.name), [])
        if row.rank is not None
    ]
    return [
        Weight(
            indicator=indicator,
            label=language.indicator(category, indicator),
            nominal=indicator.weight / total,
            lowest=min((share[at] for share in shares), default=None),
            highest=max((share[at] for share in shares), default=None),
            explained=_explained(award, indicator.name, results),
        )
        for at, indicator in enumerate(category.indicators)
    ]


def _explained(award: Award, indicator: str, results: Results) -> float | None:
    row = results.importance_of.get((award.category.name, award.cluster.name, indicator))
    return row.correlation_ratio if row else None


def dropped_share(weights: Sequence[Weight]) -> float | None:
    """The weight of the indicators that count for nobody, where it is more than a third."""
    share = sum(weight.nominal for weight in weights if weight.is_dropped)
    return share if share > _MUCH else None


def _shares(
    category: str, institution_id: str, indicators: Sequence[str], results: Results
) -> list[float]:
    """An institution's effective weights as shares of their sum; all zero where there are none."""
    rows = [results.indicator_of.get((category, institution_id, name)) for name in indicators]
    weights = [(row.effective_weight or 0.0) if row else 0.0 for row in rows]
    whole = sum(weights)
    return [weight / whole if whole else 0.0 for weight in weights]
