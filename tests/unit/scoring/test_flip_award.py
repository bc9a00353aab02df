"""An award as a buyer finds it: who is within reach, which score is to pass, how ties fall."""

from math import nan

import numpy as np
import pytest
from tests.flip_cases import an_award

from tolok.scoring.flip_award import FIRST, NOMINEE, Reach, Trial


def test_contenders_are_the_next_behind_the_first_and_behind_the_cut():
    award = an_award([60.0, 55.0, 50.0, 45.0])
    rows = award.members.tolist()
    assert award.contenders(Reach(first=2, nominee=1)) == [
        (rows[1], FIRST), (rows[2], FIRST), (rows[2], NOMINEE),
    ]  # fmt: skip


def test_bar_is_the_best_of_the_others_or_the_last_of_them_that_is_in():
    award = an_award([60.0, 55.0, 50.0, 45.0])
    row = int(award.members[2])
    assert (award.bar(row, FIRST), award.bar(row, NOMINEE)) == (60.0, 55.0)
    small = an_award([60.0, 55.0], count=3)
    assert small.bar(int(small.members[1]), NOMINEE) == -np.inf


@pytest.mark.parametrize(
    ("trial", "outcome", "flips"),
    [
        (Trial(61.0, 1.0, 1.0), FIRST, True),
        (Trial(59.0, 99.0, 99.0), FIRST, False),
        (Trial(60.0, 50.0, 10.0), FIRST, True),  # the place is shared
        (Trial(60.0, 49.0, 99.0), FIRST, False),
        (Trial(60.0, 50.0, 9.0), FIRST, False),
        (Trial(55.0, 1.0, 1.0), NOMINEE, True),  # equal scores at the cut all enter
        (Trial(55.0 - 1e-8, 99.0, 99.0), NOMINEE, False),
        (Trial(nan, 99.0, 99.0), FIRST, False),  # it has lost its place in the ranking
    ],
)
def test_equal_scores_are_told_apart_as_in_the_ranking(trial, outcome, flips):
    award = an_award([60.0, 55.0, 50.0, 45.0])
    assert award.flips(int(award.members[2]), outcome, trial) is flips
