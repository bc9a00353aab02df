"""Scores, ranks and nominees from weekly tables: pure numpy, without input or output.

A `Panel` holds what was counted by account and week. `freeze_reference` takes every parameter of
normalisation from it, `score_with` scores under frozen parameters and any weights of the weeks.
"""

from tolok.scoring.edition import (
    Scores,
    freeze_reference,
    score_edition,
    score_with,
    score_with_doubt,
)
from tolok.scoring.histogram import Histogram
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference
from tolok.scoring.uncertainty import MethodReferences, freeze_methods

__all__ = [
    "Histogram",
    "MethodReferences",
    "Panel",
    "Reference",
    "Scores",
    "freeze_methods",
    "freeze_reference",
    "score_edition",
    "score_with",
    "score_with_doubt",
]
