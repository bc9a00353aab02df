"""Confidence sets for the ranks of any table of estimates and their standard errors."""

from typing import Any

import numpy as np
import pyarrow as pa

from tolok.alone.table import Layout, tidy
from tolok.composite.confidence import compare
from tolok.composite.index import Method
from tolok.composite.rank import competition_ranks
from tolok.composite.structure import Indicator, Structure
from tolok.errors import FaultsFound, IndexFault

_DRAWS = 10_000


def rank_sets(  # noqa: PLR0913 -- three columns by name, and what is asked of them
    table: Any,
    *,
    estimate: str = "estimate",
    error: str = "error",
    unit: str = "unit",
    best: int = 3,
    seed: int = 0,
) -> pa.Table:
    """The ranks of a table's estimates, and the sets that hold all true ranks at once, 95 % sure.

    `estimate` and `error` name the columns of estimates and standard errors, errors being
    independent; the highest estimate ranks first. `may_be_best` says who belongs to the set that
    holds the true best (three unless `best` says another number), equally sure.

    Missing: a unit without estimate or error has no rank and no set.
    Raises: FaultsFound with every fault of the table at once.
    Source: Mogstad, Romano, Shaikh and Wilhelm 2023 (Rev. Econ. Stud., doi 10.1093/restud/rdad006).
    """
    structure = Structure((Indicator(estimate), Indicator(error)))
    sample = Layout(structure, Method(), unit).sample(table)
    value, spread = sample.value.T
    faults = [
        IndexFault(f"row {row + 1}", f"{sample.names[row]} has an error below 0.")
        for row in np.flatnonzero(spread < 0)
    ]
    if faults:
        raise FaultsFound("these errors are none", faults)
    value = np.where(np.isnan(spread), np.nan, value)
    compared = compare(value, spread, _DRAWS, np.random.default_rng(seed))
    sets = compared.rank_sets()
    is_ranked = sets.low > 0
    rank = competition_ranks(value[None])[0]
    return tidy(
        unit=np.array(sample.names, dtype=object),
        estimate=value,
        rank=pa.array(rank, mask=~is_ranked),
        rank_low=pa.array(sets.low, mask=~is_ranked),
        rank_high=pa.array(sets.high, mask=~is_ranked),
        may_be_best=pa.array(compared.best_set(best), mask=~is_ranked),
    )
