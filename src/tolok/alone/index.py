"""A composite index of any table: scores, ranks, every step on the way, and how sure ranks are."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa

from tolok.alone.chart import rank_chart
from tolok.alone.table import Layout, arrow_table, tidy
from tolok.composite.describe import describe
from tolok.composite.index import FrozenIndex, Method, Sample, Scores, freeze
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import Normalisation
from tolok.composite.structure import Structure, index_weights
from tolok.composite.treat import Treat
from tolok.composite.uncertainty import draw_methods, drawn_ranks, method_grid, summarise_ranks


@dataclass(frozen=True)
class Variation:
    """Choices that could have been made otherwise, each as likely; an empty one stays as it is.

    Every weight is drawn from its own, plus or minus `weight_noise`. `top` are the places whose
    probability is asked for, `coverage` is that of the interval of ranks.
    """

    treat: Sequence[Treat | None] = ()
    normalise: Sequence[Normalisation] = ()
    aggregate: Sequence[Aggregate] = ()
    weight_noise: float = 0.25
    draws: int = 1000
    seed: int = 1
    top: Sequence[int] = (1, 3)
    coverage: float = 0.90


@dataclass(frozen=True)
class CompositeIndex:
    """An index of the units of a table, with the parameters that were frozen for it."""

    layout: Layout
    peers: tuple[str, ...]
    frozen: FrozenIndex
    reference: Sample
    sample: Sample
    scores: Scores

    def ranks(self) -> pa.Table:
        """A row a unit, the best first: unit, score, rank, data_share, is_kept.

        Ties: share the best place, in alphabetical order.  Missing: no score, no rank; they come
        last. `is_kept` tells who was screened out.
        """
        rank = self.scores.rank
        table = tidy(
            unit=list(self.sample.names),
            score=self.scores.score,
            rank=pa.array(rank, mask=rank == 0),
            data_share=self.scores.steps.data_share,
            is_kept=self.scores.steps.is_kept,
        )
        return table.sort_by([("rank", "ascending"), ("unit", "ascending")])

    def groups(self) -> pa.Table:
        """A row a unit and group, the index last: unit, group, score."""
        width = len(self.layout.structure.names)
        groups = self.layout.structure.nodes[width:]
        return self._long(groups, "group", score=self.scores.node[:, width:])

    def indicators(self) -> pa.Table:
        """A row a unit and indicator: value, imputed, treated, points.

        `value` is per denominator where there is one.
        """
        steps = self.scores.steps
        return self._long(
            self.layout.structure.names,
            "indicator",
            value=steps.value,
            imputed=steps.imputed,
            treated=steps.treated,
            points=steps.points,
        )

    def statistics(self) -> pa.Table:
        """A row an indicator, before anything was imputed or treated: its distribution and flags.

        `has_outliers` is both skewness and kurtosis being great; `is_sparse` is few data, few
        values other than 0, or few different ones.
        """
        found = describe(self.scores.steps.value)
        columns = {field.name: getattr(found, field.name) for field in fields(found)}
        names = list(self.layout.structure.names)
        return tidy(**{"indicator": names} | columns | {"is_sparse": found.is_sparse})

    def weights(self) -> pa.Table:
        """A row an indicator or group: name, parent, weight in the group, share of the index.

        Indicators that tell no units apart weigh 0.
        """
        structure, weight = self.layout.structure, self.scores.weight
        parents = {
            structure.nodes[child]: branch.name
            for branch in structure.branches
            for child in branch.children
        }
        return tidy(
            name=list(structure.nodes),
            parent=pa.array([parents.get(name) for name in structure.nodes], pa.string()),
            weight=weight,
            index_share=index_weights(structure, weight),
        )

    def parameters(self) -> pa.Table:
        """The frozen parameters, a row each: indicator, step, parameter, value."""
        names, rows = np.array(self.layout.structure.names, dtype=object), []
        if self.frozen.filling is not None:
            by = None if self.frozen.method.impute is None else self.frozen.method.impute.by
            labels = ("all",) if by is None else self.peers
            # Peers of whom no one was kept may have no filling.
            for peer, filling in zip(labels, self.frozen.filling, strict=False):
                rows.append((names, "impute", peer, filling))
        treatment = self.frozen.treatment
        if treatment is not None:
            rows.append((names, "treat", "lower", treatment.lower))
            rows.append((names, "treat", "upper", treatment.upper))
            rows.append((names, "treat", "winsorised_count", treatment.winsorised_count * 1.0))
            rows.append((names, "treat", "is_transformed", treatment.is_transformed * 1.0))
        for columns, scale in self.frozen.scales:
            for parameter, value in scale.parameters().items():
                rows.append((names[columns], "normalise", parameter, value))
        flat = [
            (str(name), step, parameter, float(one))
            for own, step, parameter, value in rows
            for name, one in zip(own, value, strict=True)
        ]
        return tidy(
            indicator=[name for name, _, _, _ in flat],
            step=[step for _, step, _, _ in flat],
            parameter=[parameter for _, _, parameter, _ in flat],
            value=np.array([one for _, _, _, one in flat]),
        )

    def score(self, table: Any) -> "CompositeIndex":
        """The index of other units, by the same frozen parameters: no unit moves another's score.

        Raises: FaultsFound with every fault of the table.
        """
        sample = self.layout.sample(table, self.peers)
        return replace(self, sample=sample, scores=self.frozen.score(sample))

    def rank_uncertainty(self, variation: Variation | None = None) -> pa.Table:
        """What ranks come to when the method is varied, a row a unit, the best first.

        unit, rank, rank_mean, rank_median, rank_low, rank_high, and top_k_probability for each k:
        the share of draws with a rank of k or better.

        Ties: share the best place, so the probabilities of a top k can add up to more than k.
        """
        asked = variation or Variation()
        structure = self.layout.structure
        grid = method_grid(
            self.layout.method,
            treat=asked.treat,
            normalise=asked.normalise,
            aggregate=asked.aggregate,
        )
        draws = draw_methods(
            structure, grid, noise=asked.weight_noise, draws=asked.draws, seed=asked.seed
        )
        ranks = drawn_ranks(structure, draws, self.sample, self.reference)
        summary = summarise_ranks(ranks, asked.top, asked.coverage)
        rank = self.scores.rank
        table = tidy(
            unit=list(self.sample.names),
            rank=pa.array(rank, mask=rank == 0),
            rank_mean=summary.mean,
            rank_median=summary.median,
            rank_low=summary.low,
            rank_high=summary.high,
            **{
                f"top_{k}_probability": summary.top_probability[:, place]
                for place, k in enumerate(asked.top)
            },
        )
        return table.sort_by([("rank", "ascending"), ("unit", "ascending")])

    def rank_chart(self, variation: Variation | None = None) -> alt.LayerChart:
        """Ranks with their intervals, the best on top, as an Altair chart."""
        return rank_chart(self.rank_uncertainty(variation))

    def _long(self, names: Sequence[str], what: str, **values: Any) -> pa.Table:
        unit = np.repeat(np.array(self.sample.names, dtype=object), len(names))
        own = np.tile(np.array(names, dtype=object), len(self.sample.names))
        columns = {name: value.reshape(-1) for name, value in values.items()}
        return tidy(**{"unit": unit, what: own} | columns)


def composite_index(
    table: Any,
    structure: Any,
    method: Method | None = None,
    *,
    unit: str = "unit",
    reference: Any = None,
) -> CompositeIndex:
    """The index of the units of a table: scores, ranks, and every step on the way.

    `table` and `reference` are Arrow, pandas, Polars, NumPy or columns by name, with a row a unit;
    `structure` is a Structure, or a table of names, parents, weights and directions; `unit` names
    the column of names. Parameters are frozen on the reference; without one, on the table.

    Missing: null and NaN are missing, never 0.
    Raises: FaultsFound with every fault of structure, method or table at once.
    """
    if not isinstance(structure, Structure):
        structure = Structure.of_rows(arrow_table(structure).to_pylist())
    layout = Layout(structure, method or Method(), unit)
    frozen_on = table if reference is None else reference
    peers = layout.peers(frozen_on)
    sample = layout.sample(frozen_on, peers)
    frozen = freeze(structure, layout.method, sample)
    own = sample if reference is None else layout.sample(table, peers)
    return CompositeIndex(layout, peers, frozen, sample, own, frozen.score(own))
