"""Votes on pairs beside scores: the same jurors, three entries, nothing missing."""

from itertools import combinations

import numpy as np

from benchmarks.jury_validity.finding import BLOCK, Case, Found, best_share
from benchmarks.jury_validity.world import (
    CRITERIA,
    MASTER_SEED,
    MOST_JURORS,
    SCORE_SD,
    Panels,
    World,
    draw_panels,
)
from tolok.composite.array import FloatArray
from tolok.jury.votes import Vote, fit_strengths, read_votes

VOTED = 3
"""Entries that are voted on: three pairs."""
PAIRS = tuple(combinations(range(VOTED), 2))
KINDS = ("scores", "implied", "careful", "quick")
"""The mean of the scores; votes as each juror's own scores imply, equal ones being half a vote; new
votes as careful as a whole ballot; new votes as careful as one score."""
JURORS_VOTING = (3, 5, 7, 9)


def found_by_votes(world: World, seed: int, count: int) -> Found:
    """What scores and votes find in so many panels."""
    panels = draw_panels(world, seed, BLOCK)
    best = panels.best(VOTED)[:count]
    shares = vote_shares(panels, seed)
    found: Found = {}
    for jurors in JURORS_VOTING:
        case = Case(world.name, "none", jurors, VOTED)
        score = {"scores": panels.cells[:count, :jurors, :VOTED].mean(axis=1)}
        for kind, share in shares.items():
            score[kind] = np.stack([strengths_of(one[:jurors]) for one in share[:count]])
        found |= {(case, kind): best_share(one, best) for kind, one in score.items()}
    return found


def vote_shares(panels: Panels, seed: int) -> dict[str, FloatArray]:
    """The share of each juror's vote that the first of each pair wins.

    Shape: (panels, jurors, pairs) each.
    """
    one, other = (np.array(side) for side in zip(*PAIRS, strict=True))
    rng = np.random.default_rng([MASTER_SEED, seed, 1])
    luck = rng.standard_normal((len(panels.score), MOST_JURORS, len(PAIRS)))
    cells, held = panels.cells, panels.opinion
    away = held[:, :, one] - held[:, :, other]
    strays = panels.noise[:, :, None] * luck * SCORE_SD * np.sqrt(2.0)
    return {
        "implied": (np.sign(np.round(cells[:, :, one] - cells[:, :, other], 9)) + 1) / 2,
        "careful": (away + strays / np.sqrt(CRITERIA) > 0).astype(np.float64),
        "quick": (away + strays > 0).astype(np.float64),
    }


def strengths_of(share: FloatArray) -> FloatArray:
    """The strengths by Bradley and Terry. Shape: (jurors, pairs) -> (entries,)."""
    rows: list[Vote] = [
        (str(first), str(second), float(won))
        for of_juror in share
        for (first, second), won in zip(PAIRS, of_juror, strict=True)
    ]
    return fit_strengths(read_votes(rows)).strength
