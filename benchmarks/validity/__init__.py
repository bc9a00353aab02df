"""Does an award find the best? Simulated editions whose best institutions are known.

What the simulation assumes stands in `world`, before any result; `docs/validity.md` is its result.
"""
