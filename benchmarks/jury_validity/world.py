"""Worlds of jurors: what moves their scores, and who is truly best.

The figures were set before any tally was tried on them; none of them was chosen by its result.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.jury.sheet import Sheet

MASTER_SEED = 2025
JURORS, ENTRIES, CRITERIA = (3, 4, 5, 7, 9), (3, 4, 5), 5
MOST_JURORS, MOST_ENTRIES = max(JURORS), max(ENTRIES)
LOWEST, HIGHEST = 1, 10

CENTRE = 6.5
MERIT_SD, CLOSE_MERIT_SD = 1.0, 0.35
PROFILE_SD = 0.4
"""What one criterion adds to an entry's merit; the truth is the mean over the rubric."""
EASE_SD = 0.5
"""Of criteria, some of which are easier for all."""
LENIENCY_SD = 0.8
TASTE_SD = 0.7
"""What a juror holds of an entry beside its merit, in all criteria alike."""
SCORE_SD = 0.8
"""Of one score around all that."""
HARSH, CARELESS = 2.0, 3.0
"""Points that the harsh juror takes off; by how much more the careless one strays."""
STRETCH_SD = 0.35
"""On the log scale, of how far jurors spread what they see."""

MISSING = ("none", "one recusal", "20 %", "40 %")
"""Scores of an entry by a juror that are missing: none, one by lot, or a share by lot."""
_SHARES = {"20 %": 0.2, "40 %": 0.4}


@dataclass(frozen=True)
class World:
    """How close the entries are, and who sits on the panel."""

    name: str
    meaning: str
    merit_sd: float = MERIT_SD
    has_outliers: bool = False
    stretch_sd: float = 0.0


WORLDS = (
    World("ordinary", "jurors of different severity, all equally careful"),
    World(
        "outliers",
        "the same, but the first juror takes off two points more, and the second strays three "
        "times as far as the others, in every panel however small",
        has_outliers=True,
    ),
    World("close", "ordinary jurors before a close field", CLOSE_MERIT_SD),
    World(
        "stretch",
        "jurors who use the scale differently, some wide, some narrow: made for z",
        stretch_sd=STRETCH_SD,
    ),
)


@dataclass(frozen=True)
class Panels:
    """Panels of the largest size; smaller ones are their first jurors and entries.

    `opinion` is what a juror holds of an entry before it is put in scores, `noise` how many times
    the usual he or she strays.

    Shape: score (panels, jurors, entries, criteria), truth (panels, entries), opinion (panels,
    jurors, entries), noise (panels, jurors), lot (panels, jurors, entries) in [0, 1), by which
    scores will be missing; recusal (panels, 2), in [0, 1) too.
    """

    score: FloatArray
    truth: FloatArray
    opinion: FloatArray
    noise: FloatArray
    lot: FloatArray
    recusal: FloatArray

    @cached_property
    def cells(self) -> FloatArray:
        """The mean of each juror's scores of each entry. Shape: (panels, jurors, entries)."""
        cells: FloatArray = self.score.mean(axis=3)
        return cells

    def is_missing(self, missing: str, jurors: int, entries: int) -> BoolArray:
        """Which scores of a panel of some size are missing. Shape: (panels, jurors, entries)."""
        lot = self.lot[:, :jurors, :entries]
        if missing == "one recusal":
            place = (self.recusal * [jurors, entries]).astype(np.int64)
            here = np.zeros(lot.shape, dtype=np.bool_)
            here[np.arange(len(lot)), place[:, 0], place[:, 1]] = True
            return here
        absent: BoolArray = lot < _SHARES.get(missing, 0.0)
        return absent

    def best(self, entries: int) -> IntArray:
        """The true best of the first entries. Shape: (panels,)."""
        best: IntArray = self.truth[:, :entries].argmax(axis=1)
        return best

    def sheet(self, panel: int, missing: str, jurors: int, entries: int) -> Sheet:
        """One panel's sheet, as a jury would bring it."""
        score = self.score[panel, :jurors, :entries].copy()
        score[self.is_missing(missing, jurors, entries)[panel]] = np.nan
        return Sheet(
            tuple(f"juror {place}" for place in range(jurors)),
            tuple(f"entry {place}" for place in range(entries)),
            tuple(f"criterion {place}" for place in range(CRITERIA)),
            score,
            np.ones(CRITERIA),
        )


def draw_panels(world: World, seed: int, count: int) -> Panels:
    """So many panels of a world; the same seed has the same entries, jurors and luck in all."""
    rng = np.random.default_rng([MASTER_SEED, seed])
    normal = rng.standard_normal
    one_juror, one_cell = (count, MOST_JURORS, 1, 1), (count, MOST_JURORS, MOST_ENTRIES, 1)
    merit = world.merit_sd * normal((count, 1, MOST_ENTRIES, 1))
    worth = merit + PROFILE_SD * normal((count, 1, MOST_ENTRIES, CRITERIA))
    ease = EASE_SD * normal((count, 1, 1, CRITERIA))
    leniency, stretch = (
        LENIENCY_SD * normal(one_juror),
        np.exp(world.stretch_sd * normal(one_juror)),
    )
    taste, rest = TASTE_SD * normal(one_cell), normal((*one_cell[:3], CRITERIA))
    noise = np.ones(one_juror)
    if world.has_outliers:
        leniency[:, 0] -= HARSH
        noise[:, 1] = CARELESS
    seen = worth + noise * (taste + SCORE_SD * rest)
    score = np.clip(np.rint(CENTRE + ease + leniency + stretch * seen), LOWEST, HIGHEST)
    opinion = (worth + noise * taste).mean(axis=3)
    lot, recusal = rng.random(one_cell[:3]), rng.random((count, 2))
    return Panels(score, worth[:, 0].mean(axis=2), opinion, noise[:, :, 0, 0], lot, recusal)
