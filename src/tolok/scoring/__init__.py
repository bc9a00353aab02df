"""Scores, ranks and nominees from weekly tables: pure numpy, without input or output.

A `Panel` holds what was counted by account and week. `freeze_reference` takes every parameter of
normalisation from it, `score_with` scores under frozen parameters and any weights of the weeks.
"""

from tolok.scoring.edition import Scores, freeze_reference, score_edition, score_with
from tolok.scoring.histogram import Histogram
from tolok.scoring.panel import Panel
from tolok.scoring.reference import Reference

__all__ = [
    "Histogram",
    "Panel",
    "Reference",
    "Scores",
    "freeze_reference",
    "score_edition",
    "score_with",
]
