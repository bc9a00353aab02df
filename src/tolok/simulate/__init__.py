"""A seeded generator of a simulated edition: invented institutions, their posts, and the truth.

It writes the same files that an organiser would bring, and knows no other room but the model.
"""

from tolok.simulate.edition import simulate_edition
from tolok.simulate.plan import PlanOutOfRange, SimulatedFiles, SimulationPlan

__all__ = ["PlanOutOfRange", "SimulatedFiles", "SimulationPlan", "simulate_edition"]
