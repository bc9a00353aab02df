"""Competition ranks."""

import numpy as np
import pytest

from tolok.composite.rank import competition_rank, competition_ranks, levels

NAN = np.nan


@pytest.mark.parametrize(
    ("score", "rank"),
    [
        ([50.0, 70.0, 60.0], [3, 1, 2]),
        ([50.0, 50.0, 40.0], [1, 1, 3]),
        ([40.0, 50.0, 50.0, 60.0], [4, 2, 2, 1]),
        ([50.0, 50.0 + 9e-10], [1, 1]),
        ([50.0, 50.0 + 2e-9], [2, 1]),
        ([7.0], [1]),
        ([], []),
    ],
)
def test_equal_scores_share_the_best_rank(score, rank):
    assert competition_rank([np.array(score)]).tolist() == rank


def test_later_keys_decide_what_earlier_ones_leave_equal():
    score = np.array([50.0, 50.0, 50.0, 60.0])
    first = np.array([10.0, 20.0, 20.0, 0.0])
    days = np.array([9.0, 3.0, 4.0, 0.0])
    assert competition_rank([score, first, days]).tolist() == [4, 3, 2, 1]
    assert competition_rank([score, first]).tolist() == [4, 2, 2, 1]


def test_missing_key_is_below_every_value_and_ties_with_itself():
    score = np.array([50.0, 50.0, 50.0])
    assert competition_rank([score, np.array([NAN, -80.0, NAN])]).tolist() == [2, 1, 2]


def test_levels_count_distinct_values_from_the_top():
    assert levels(np.array([1.0, 3.0, NAN, 3.0, 2.0])).tolist() == [2, 0, 3, 0, 1]


def test_ranks_of_many_draws_are_those_of_each():
    rng = np.random.default_rng(3)
    scores = np.round(rng.normal(size=(50, 30)), 1)
    scores[:, 4] = NAN
    ranks = competition_ranks(scores)
    for score, rank in zip(scores, ranks.tolist(), strict=True):
        alone = competition_rank([score])
        assert rank == np.where(np.isnan(score), 0, alone).tolist()


@pytest.mark.parametrize(
    ("score", "rank"),
    [
        ([50.0, 50.0 + 9e-10], [1, 1]),
        ([50.0, 50.0 + 2e-9], [2, 1]),
        ([-1e12, 1e12, 0.0, 1.0], [4, 1, 3, 2]),
        ([NAN, NAN], [0, 0]),
        ([0.0, 0.0], [1, 1]),
        ([7.0], [1]),
        ([], []),
    ],
)
def test_ties_of_many_draws_are_those_of_one(score, rank):
    assert competition_ranks(np.array([score, score])).tolist() == [rank, rank]
