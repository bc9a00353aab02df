"""The true qualities from which posts are drawn, kept apart so that methods can be judged."""

from dataclasses import dataclass

import numpy as np

from tolok.simulate.institutions import Institutions
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, generator

QUALITIES = ("activity", "engagement", "images", "videos", "service")
# The shares of the five categories in Best Account, as the methodology weighs them.
WEIGHTS = np.array([0.20, 0.35, 0.15, 0.15, 0.15])


@dataclass(frozen=True)
class Truth:
    """The latent qualities of the institutions, standard normal over all of them.

    Shape: each (institutions,).
    """

    activity: Floats
    engagement: Floats
    images: Floats
    videos: Floats
    service: Floats

    @property
    def overall(self) -> Floats:
        """The weighted sum of the qualities, scaled to unit variance."""
        table = np.stack([getattr(self, quality) for quality in QUALITIES])
        overall: Floats = WEIGHTS @ table / np.sqrt(np.sum(WEIGHTS**2))
        return overall


def draw_truth(plan: SimulationPlan, institutions: Institutions) -> Truth:
    """The qualities of all institutions; an heir goes on as its predecessors' mean."""
    table = np.stack(
        [
            generator(plan.seed, "truth", row.institution_id).standard_normal(len(QUALITIES))
            for row in institutions.rows
        ]
    )
    for change in institutions.changes:
        if change.heir_is_new:
            table[change.heir] = table[list(change.predecessors)].mean(axis=0)
    return Truth(*table.T)
