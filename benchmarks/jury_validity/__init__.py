"""Does a jury find the best? Simulated panels whose best entry is known.

What the simulation assumes stands in `world`, before any result; `docs/jury-validity.md` is its
result. Apart from `benchmarks.validity`: it knows no posts, and is made again in minutes.
"""
