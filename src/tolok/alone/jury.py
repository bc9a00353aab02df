"""A jury's scores from any table: the order, how sure it is, and how far jurors agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa

from tolok.alone.chart import rank_chart
from tolok.alone.table import arrow_table, faults_of_numbers, numbers_of, tidy
from tolok.composite.array import FloatArray
from tolok.composite.uncertainty import summarise_ranks
from tolok.errors import FaultsFound, IndexFault, InputError, JuryFault, did_you_mean
from tolok.jury.decision import Decision, JuryRules, decide
from tolok.jury.sheet import Sheet, read_sheet
from tolok.jury.spread import juror_spread

_WHOLE = "score"
"""The one criterion of a table that has none."""


@dataclass(frozen=True)
class JuryTally:
    """The tally of a sheet of scores: who has won, how clearly and why."""

    sheet: Sheet
    decision: Decision

    @property
    def status(self) -> str:
        """`clear`, `contested` or `tied`."""
        return self.decision.status

    @property
    def winners(self) -> tuple[str, ...]:
        """The winner, or joint winners; of a contested result, who leads by the figures."""
        return self.decision.winners

    def ranks(self) -> pa.Table:
        """A row an entry, the best first.

        entry, score, rank, scores (how many jurors), chance_best, rank_low and rank_high (90 % of
        the draws), behind (the leader's score less its own) and behind_error, its standard error.

        Ties: share the best place, in alphabetical order.  Missing: null where a panel is too
        small to say.
        """
        found, draws = self.decision.tally, self.decision.draws
        first = int(np.argmax(found.score))
        nothing = np.zeros((1, len(self.sheet.entries)), dtype=np.int64)  # 0 is no rank
        summary = summarise_ranks(draws.rank if draws.used else nothing, (1,))
        table = tidy(
            entry=list(self.sheet.entries),
            score=found.score,
            rank=found.rank,
            scores=self.sheet.is_counted.sum(axis=0),
            chance_best=draws.chance,
            rank_low=summary.low,
            rank_high=summary.high,
            behind=found.score[first] - found.score,
            behind_error=found.difference_error[first],
        )
        return table.sort_by([("rank", "ascending"), ("entry", "ascending")])

    def jurors(self) -> pa.Table:
        """A row a juror: juror, scores, leniency, residual, ratio, is_reviewed, leads_without.

        In points, by the additive model whatever the method: `leniency` above 0 is lenient,
        `residual` is how far scores stray (standard deviation), `ratio` that over the median.
        `leads_without` is who would be first without the juror.

        Missing: null where scores are too few.
        """
        spread = juror_spread(self.sheet)
        entries = np.array(self.sheet.entries, dtype=object)
        return tidy(
            juror=list(self.sheet.jurors),
            scores=spread.scored,
            leniency=spread.leniency,
            residual=spread.residual,
            ratio=spread.ratio,
            is_reviewed=spread.is_reviewed,
            leads_without=pa.array(
                [entries[row].tolist() for row in self.decision.without], pa.list_(pa.string())
            ),
        )

    def reasons(self) -> pa.Table:
        """Why the status is what it is, a row a reason: code, entries, juror, value, limit."""
        reasons = self.decision.reasons
        return tidy(
            code=pa.array([one.code for one in reasons], pa.string()),
            entries=pa.array([list(one.entries) for one in reasons], pa.list_(pa.string())),
            juror=pa.array([one.juror or None for one in reasons], pa.string()),
            value=np.array([one.value for one in reasons], dtype=np.float64),
            limit=np.array([one.limit for one in reasons], dtype=np.float64),
        )

    def rank_chart(self) -> alt.LayerChart:
        """Ranks with their intervals, the best on top, as an Altair chart."""
        table = self.ranks()
        return rank_chart(table.rename_columns(["unit", *table.column_names[1:]]))


def jury_sheet(  # noqa: PLR0913 -- four columns by name, and what scores mean
    table: Any,
    *,
    juror: str = "juror",
    entry: str = "entry",
    score: str = "score",
    criterion: str = "criterion",
    weights: Mapping[str, float] | None = None,
    scale: tuple[float, float] | None = None,
    partial: str = "left_out",
) -> Sheet:
    """The sheet of a table with a row a score: who gave it, to which entry, by which criterion.

    A table without a column of criteria has one score a juror and entry. `weights` are those of
    the criteria, equal without; `scale` is the lowest and the highest score there is; `partial` is
    what a juror's scores of an entry count for when criteria are missing: nothing (`left_out`), or
    those that are there share the weight (`available`).

    Missing: null and NaN are no score (recused, or not given), never 0.
    Raises: FaultsFound with every fault of the table at once.
    """
    columns = arrow_table(table)
    known = columns.column_names
    names = [juror, entry, *([criterion] if criterion in known else [])]
    faults = list(_faults(columns, names, score))
    if faults:
        raise FaultsFound("the table does not hold a jury's scores", faults)
    texts = [[str(name) for name in columns[name].to_pylist()] for name in names]
    if len(texts) == 2:
        texts.append([_WHOLE] * len(columns))
    rows = zip(*texts, numbers_of(columns[score]).tolist(), strict=True)
    return read_sheet(rows, weights, scale=scale, partial=partial)


def jury_tally(
    scores: Any,
    method: str | None = None,
    *,
    rules: JuryRules | None = None,
    tie_breaks: Sequence[Mapping[str, float]] = (),
) -> JuryTally:
    """The tally of a jury's scores, a sheet or a table as `jury_sheet` reads it.

    `method` is `mean`, `additive`, `random`, `z` or `rasch`; without one it is the mean where every
    juror scored every entry, else additive: then no entry gains by missing a harsh juror. Among
    equal leaders the tie-breaks decide, one after the other, by the highest figure of an entry.

    Raises: FaultsFound with every fault of the table; JuryFault where the method cannot be used;
    NotComparable with the groups of entries that no chain of jurors joins.
    """
    sheet = sheet_of(scores)
    figures = [_figures(sheet, place, one) for place, one in enumerate(tie_breaks, start=1)]
    return JuryTally(sheet, decide(sheet, method, rules, figures))


def sheet_of(scores: Any) -> Sheet:
    """A sheet as it is, or that of a table with the usual names of columns."""
    return scores if isinstance(scores, Sheet) else jury_sheet(scores)


def _figures(sheet: Sheet, place: int, figures: Mapping[str, float]) -> FloatArray:
    faults = [
        JuryFault(f"tie-break {place}", f"no entry is {name!r}.", did_you_mean(name, sheet.entries))
        for name in figures
        if name not in sheet.entries
    ]
    if faults:
        raise FaultsFound("these tie-breaks cannot be used", faults)
    return np.array([float(figures.get(name, np.nan)) for name in sheet.entries])


def _faults(table: pa.Table, names: Sequence[str], score: str) -> Iterator[InputError]:
    known = table.column_names
    for name in (*names, score):
        if known.count(name) != 1:
            what = "no such column." if name not in known else "stands twice."
            yield IndexFault(f"column {name}", what, did_you_mean(name, known))
    if not len(table):
        yield IndexFault("table", "has no rows.")
    if known.count(score) == 1:
        yield from faults_of_numbers(score, table[score])
    for name in names:
        if known.count(name) == 1:
            for row, cell in enumerate(table[name].to_pylist(), start=1):
                if cell is None:
                    yield IndexFault(f"row {row}", f"has no {name}.")
