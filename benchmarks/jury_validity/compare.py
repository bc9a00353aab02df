"""Who finds more than whom: differences panel by panel, and who is ahead beyond their errors."""

from collections.abc import Sequence

import numpy as np

from benchmarks.jury_validity.finding import Case, Found
from benchmarks.jury_validity.world import ENTRIES, JURORS
from benchmarks.validity.page import Mean, mean_of
from tolok.composite.array import FloatArray

AHEAD = 2.0
"""Standard errors of the difference from which on one is ahead of another."""


def difference(one: FloatArray, other: FloatArray) -> Mean:
    """The mean of the differences panel by panel, with its error."""
    return mean_of((one - other).tolist())


def is_ahead(one: FloatArray, other: FloatArray) -> bool:
    """Whether one finds more than another by more than AHEAD errors. Shape: (panels,) each."""
    away = difference(one, other)
    return away.value > max(AHEAD * away.error, 1e-9)


def best_of(share: dict[str, FloatArray]) -> list[str]:
    """Who is as good as the one that finds most: the most itself, and whom it is not ahead of.

    Shape: (panels,) each.
    """
    highest = max(share, key=lambda name: round(float(share[name].mean()), 9))
    return [name for name, own in share.items() if not is_ahead(share[highest], own)]


def over_sizes(
    found: Found, world: str, missing: str, names: Sequence[str]
) -> dict[str, FloatArray]:
    """The share of the first place, the mean over all sizes. Shape: (panels,) each."""
    sizes = [(jurors, entries) for jurors in JURORS for entries in ENTRIES]
    return {
        name: np.mean([found[Case(world, missing, *size), name] for size in sizes], axis=0)
        for name in names
    }


def signed(mean: Mean) -> str:
    """A difference with its sign and error."""
    return f"{mean.value:+.3f} ± {mean.error:.3f}" if mean.value or mean.error else "the same"


def quoted(names: Sequence[str]) -> str:
    """Names as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)
