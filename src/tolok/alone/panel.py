"""How far a jury agrees, and how many jurors it takes, from any table of scores."""

from typing import Any

import numpy as np
import pyarrow as pa

from tolok.alone.jury import sheet_of
from tolok.alone.table import tidy
from tolok.composite.array import FloatArray
from tolok.errors import JuryFault
from tolok.jury.alpha import LEVELS, krippendorff_alpha
from tolok.jury.mixed import Variances
from tolok.jury.panel import PanelPlan, panel_chances, past_variances
from tolok.jury.reliability import intraclass_correlations, kendall_w

_NONE = float("nan")


def jury_agreement(scores: Any) -> pa.Table:
    """How far jurors agree, a row a measure: measure, value, low, high, p, jurors, entries.

    `alpha_nominal` to `alpha_ratio` are Krippendorff's and take missing scores as they are; the six
    intraclass correlations, with intervals of 95 %, and `kendall_w` stand on the entries that every
    juror scored. `p` is the chance of as much agreement where there is none. `scores` is a sheet,
    or a table as `jury_sheet` reads it.

    Missing: null where a measure cannot be had: too few scores, no differences, or a ratio of
    negative scores.
    """
    sheet = sheet_of(scores)
    cells = sheet.cells[sheet.is_counted.any(axis=1)]
    whole = cells[:, ~np.isnan(cells).any(axis=0)]
    rows = [(f"alpha_{level}", _alpha(cells, level), _NONE, _NONE, _NONE) for level in LEVELS]
    rows += _of_complete(whole)
    paired = int(((~np.isnan(cells)).sum(axis=0) > 1).sum())
    entries = [paired] * len(LEVELS) + [whole.shape[1]] * (len(rows) - len(LEVELS))
    names = ("value", "low", "high", "p")
    figures = {name: np.array([row[at] for row in rows]) for at, name in enumerate(names, start=1)}
    return tidy(
        measure=[row[0] for row in rows],
        **figures,
        jurors=np.full(len(rows), len(cells)),
        entries=np.array(entries),
    )


def panel_size(spread: Any, plan: PanelPlan | None = None, *, wanted: float = 0.8) -> pa.Table:
    """How many jurors it takes to find the best, a row a number of jurors and of entries.

    jurors, entries, chance of finding the best, chance_error of the simulation, and is_enough:
    this panel and every larger one of the table has the wanted chance. `spread` is the variances
    of entries, jurors and the rest, or past scores (a sheet or a table as `jury_sheet` reads it),
    whose variances are then estimated by REML.

    Raises: JuryFault where past scores are too few; FaultsFound with every fault of the plan.
    """
    is_known = isinstance(spread, Variances)
    variances = spread if is_known else past_variances([sheet_of(spread)])
    found = panel_chances(variances, plan)
    needed = found.needed(wanted)
    jurors, entries = np.meshgrid(found.jurors, found.entries, indexing="ij")
    table = tidy(
        jurors=jurors.reshape(-1),
        entries=entries.reshape(-1),
        chance=found.chance.reshape(-1),
        chance_error=found.error.reshape(-1),
        is_enough=((needed > 0) & (jurors >= needed)).reshape(-1),
    )
    return table.sort_by([("entries", "ascending"), ("jurors", "ascending")])


_Row = tuple[str, float, float, float, float]


def _alpha(cells: FloatArray, level: str) -> float:
    try:
        return krippendorff_alpha(cells, level)
    except JuryFault:
        return _NONE


def _of_complete(whole: FloatArray) -> list[_Row]:
    names = [f"icc_{kind}_{of}" for of in ("1", "k") for kind in ("1", "a", "c")]
    if min(whole.shape) < 2:
        return [(name, _NONE, _NONE, _NONE, _NONE) for name in (*names, "kendall_w")]
    found = intraclass_correlations(whole)
    rows = [
        (name, one.value, one.low, one.high, one.p) for name, one in zip(names, found, strict=True)
    ]
    w = kendall_w(whole)
    return [*rows, ("kendall_w", w.w, _NONE, _NONE, w.p)]
