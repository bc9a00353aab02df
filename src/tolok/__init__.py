"""Tolok: benchmark, nominees and awards of public bodies' social media, for anyone to recompute.

What stands in `__all__` works on any table; it is loaded when it is asked for, so that the command
line starts at once.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tolok.alone.chart import rank_chart
    from tolok.alone.index import CompositeIndex, Variation, composite_index
    from tolok.alone.jury import JuryTally, jury_sheet, jury_tally
    from tolok.alone.pairs import PairTally, pair_tally
    from tolok.alone.panel import jury_agreement, panel_size
    from tolok.alone.sets import rank_sets
    from tolok.composite.copeland import copeland
    from tolok.composite.impute import Impute
    from tolok.composite.index import Method
    from tolok.composite.mean import Aggregate
    from tolok.composite.normalise import (
        Borda,
        DistanceToMax,
        DistanceToReference,
        DistanceToTarget,
        FractionOfMax,
        Goalposts,
        MinMax,
        PercentileRank,
        Rank,
        RobustZ,
        Scaled,
        ZScore,
    )
    from tolok.composite.rank import competition_rank
    from tolok.composite.screen import Screen
    from tolok.composite.structure import Group, Indicator, Structure
    from tolok.composite.treat import Treat
    from tolok.jury.decision import JuryRules
    from tolok.jury.mixed import Variances
    from tolok.jury.panel import PanelPlan

__version__ = version("tolok")

__all__ = [
    "Aggregate",
    "Borda",
    "CompositeIndex",
    "DistanceToMax",
    "DistanceToReference",
    "DistanceToTarget",
    "FractionOfMax",
    "Goalposts",
    "Group",
    "Impute",
    "Indicator",
    "JuryRules",
    "JuryTally",
    "Method",
    "MinMax",
    "PairTally",
    "PanelPlan",
    "PercentileRank",
    "Rank",
    "RobustZ",
    "Scaled",
    "Screen",
    "Structure",
    "Treat",
    "Variances",
    "Variation",
    "ZScore",
    "competition_rank",
    "composite_index",
    "copeland",
    "jury_agreement",
    "jury_sheet",
    "jury_tally",
    "pair_tally",
    "panel_size",
    "rank_chart",
    "rank_sets",
]

_HOMES = {
    "tolok.alone.chart": ["rank_chart"],
    "tolok.alone.index": ["CompositeIndex", "Variation", "composite_index"],
    "tolok.alone.jury": ["JuryTally", "jury_sheet", "jury_tally"],
    "tolok.alone.pairs": ["PairTally", "pair_tally"],
    "tolok.alone.panel": ["jury_agreement", "panel_size"],
    "tolok.alone.sets": ["rank_sets"],
    "tolok.composite.copeland": ["copeland"],
    "tolok.composite.impute": ["Impute"],
    "tolok.composite.index": ["Method"],
    "tolok.composite.mean": ["Aggregate"],
    "tolok.composite.rank": ["competition_rank"],
    "tolok.composite.screen": ["Screen"],
    "tolok.composite.structure": ["Group", "Indicator", "Structure"],
    "tolok.composite.treat": ["Treat"],
    "tolok.jury.decision": ["JuryRules"],
    "tolok.jury.mixed": ["Variances"],
    "tolok.jury.panel": ["PanelPlan"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """What is public, from its module; the rules of normalising are those left."""
    if name not in __all__:
        raise AttributeError(f"module 'tolok' has no attribute {name!r}")
    home = _HOME.get(name, "tolok.composite.normalise")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
