"""A whole index as one object: its method frozen on a reference, then applied to any units."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.impute import Impute, denominate, fillings, impute
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import MinMax, Normalisation, Reference, Scale
from tolok.composite.rank import competition_ranks
from tolok.composite.screen import Screen, data_share, screened
from tolok.composite.structure import Structure, index_weights, live_weights
from tolok.composite.treat import Treat, Treatment, fit_treatment, treat
from tolok.composite.tree import climb
from tolok.errors import FaultsFound, IndexFault, did_you_mean


@dataclass(frozen=True)
class Sample:
    """Units and what was measured of them.

    `peer` numbers the groups of units that fill each other's gaps; -1 is none.

    Shape: value (units, indicators), names (units,), denominator as value, peer (units,).
    """

    value: FloatArray
    names: tuple[str, ...] = ()
    denominator: FloatArray | None = None
    peer: IntArray | None = None


@dataclass(frozen=True)
class Method:
    """The choices of every step; a step that is None is left out.

    `normalise_by` and `aggregate_by` are exceptions, by indicator and by group.
    """

    screen: Screen | None = None
    impute: Impute | None = None
    treat: Treat | None = None
    normalise: Normalisation = field(default_factory=MinMax)
    aggregate: Aggregate = field(default_factory=Aggregate)
    normalise_by: Mapping[str, Normalisation] = field(default_factory=dict)
    aggregate_by: Mapping[str, Aggregate] = field(default_factory=dict)


@dataclass(frozen=True)
class Steps:
    """What each step made of the values.

    Shape: is_kept, data_share (units,); the others (units, indicators).
    """

    is_kept: BoolArray
    data_share: FloatArray
    value: FloatArray
    imputed: FloatArray
    treated: FloatArray
    points: FloatArray


@dataclass(frozen=True)
class Scores:
    """The index: every node's value, the steps that led there, the weights that were used.

    Shape: node (units, nodes), the index last; rank (units,); weight (nodes,).
    Missing: a unit without a score has NaN, and rank 0.
    """

    steps: Steps
    node: FloatArray
    rank: IntArray
    weight: FloatArray

    @property
    def score(self) -> FloatArray:
        """The index of each unit. Shape: (units,)."""
        return self.node[:, -1]


@dataclass(frozen=True)
class FrozenIndex:
    """A structure and a method with every parameter frozen on a reference.

    `scales` holds each rule of normalising with the numbers of the indicators that it serves.
    """

    structure: Structure
    method: Method
    filling: FloatArray | None
    treatment: Treatment | None
    scales: tuple[tuple[IntArray, Scale], ...]

    @property
    def is_usable(self) -> BoolArray:
        """Whether each indicator told units of the reference apart. Shape: (indicators,)."""
        usable = np.zeros(len(self.structure.names), bool)
        for columns, scale in self.scales:
            usable[columns] = scale.is_usable
        return usable

    @property
    def weight(self) -> FloatArray:
        """The weights, 0 for what says nothing on the reference. Shape: (nodes,)."""
        return live_weights(self.structure, self.structure.weight, self.is_usable)

    @property
    def rules(self) -> Mapping[str, Aggregate]:
        """How each group is aggregated."""
        by_group = self.method.aggregate_by
        return {
            branch.name: by_group.get(branch.name, self.method.aggregate)
            for branch in self.structure.branches
        }

    def steps(self, sample: Sample) -> Steps:
        """What each step makes of the units of a sample.

        Missing: a unit that is screened out keeps its values and has no points.
        """
        value, kept, share = _screened(self.structure, self.method, sample)
        imputed = value
        if self.filling is not None:
            imputed = impute(value, self.filling, _peers(sample))
        treated = imputed if self.treatment is None else treat(imputed, self.treatment)
        points = np.full(value.shape, np.nan)
        for columns, scale in self.scales:
            points[:, columns] = scale.points(treated[:, columns])
        points[~kept] = np.nan
        return Steps(kept, share, value, imputed, treated, points)

    def score(self, sample: Sample) -> Scores:
        """The index of the units of a sample, each by itself but for ranks and Copeland."""
        steps = self.steps(sample)
        weight = self.weight
        node = climb(self.structure, steps.points, weight[None, :], self.rules)
        values = np.concatenate(node).T
        return Scores(steps, values, competition_ranks(node[-1])[0], weight)


def freeze(structure: Structure, method: Method, reference: Sample) -> FrozenIndex:
    """The index whose parameters are those of the reference.

    Missing: units that are screened out are not of the reference.
    Raises: FaultsFound where the method names groups or indicators that the structure lacks.
    """
    _check(structure, method)
    value, kept, _ = _screened(structure, method, reference)
    value, peer = value[kept], _peers(reference)[kept]
    filling = None
    if method.impute is not None:
        filling = fillings(value, method.impute.how, peer)
        value = impute(value, filling, peer)
    treatment = None
    if method.treat is not None:
        treatment = fit_treatment(value, method.treat)
        value = treat(value, treatment)
    names = tuple(np.array(reference.names, dtype=object)[kept]) if reference.names else ()
    scales = tuple(
        (columns, rule.fit(Reference(value[:, columns], structure.direction[columns], names)))
        for columns, rule in _rules_of(structure, method)
    )
    return FrozenIndex(structure, method, filling, treatment, scales)


def without(structure: Structure, name: str) -> Structure:
    """The structure in which an indicator or a group weighs nothing."""
    return replace(
        structure,
        indicators=tuple(
            replace(one, weight=0.0) if one.name == name else one for one in structure.indicators
        ),
        groups=tuple(
            replace(one, weight=0.0) if one.name == name else one for one in structure.groups
        ),
    )


def _screened(
    structure: Structure, method: Method, sample: Sample
) -> tuple[FloatArray, BoolArray, FloatArray]:
    """The values per denominator, which units have enough of them, and how much they have."""
    value = np.asarray(sample.value, dtype=np.float64)
    if sample.denominator is not None:
        value = denominate(value, sample.denominator)
    counts = index_weights(structure, structure.weight)[: value.shape[1]] > 0
    counted = value[:, counts]
    kept = np.ones(len(value), bool)
    if method.screen is not None:
        kept = screened(counted, method.screen)
    return value, kept, data_share(counted)


def _peers(sample: Sample) -> IntArray:
    return np.zeros(len(sample.value), np.int64) if sample.peer is None else sample.peer


def _rules_of(structure: Structure, method: Method) -> list[tuple[IntArray, Normalisation]]:
    own = [method.normalise_by.get(name) for name in structure.names]
    common = np.array([place for place, rule in enumerate(own) if rule is None], dtype=np.int64)
    rules = [(common, method.normalise)] if common.size else []
    return rules + [(np.array([p]), rule) for p, rule in enumerate(own) if rule is not None]


def _check(structure: Structure, method: Method) -> None:
    groups = [branch.name for branch in structure.branches]
    faults = [
        IndexFault(step, f"no {what} {name!r}.", did_you_mean(name, known))
        for step, what, names, known in (
            ("normalise_by", "indicator", method.normalise_by, structure.names),
            ("aggregate_by", "group", method.aggregate_by, groups),
        )
        for name in names
        if name not in known
    ]
    if faults:
        raise FaultsFound("the method does not fit the structure", faults)
