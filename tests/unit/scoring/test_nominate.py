"""Nominees and winners by data."""

import numpy as np
import pytest

from tolok.scoring.nominate import is_nominee, verdict


def test_nominees_are_as_many_as_the_count():
    nominees = is_nominee(np.array([9.0, 8.0, 7.0, 6.0]), np.array([1, 2, 3, 4]), 3)
    assert nominees.tolist() == [True, True, True, False]


def test_equal_scores_at_the_cut_all_enter():
    nominees = is_nominee(np.array([9.0, 7.0, 7.0, 6.0]), np.array([1, 2, 2, 4]), 2)
    assert nominees.tolist() == [True, True, True, False]


def test_equal_score_enters_although_a_tie_rule_ranks_it_lower():
    nominees = is_nominee(np.array([9.0, 7.0, 7.0, 6.0]), np.array([1, 2, 3, 4]), 2)
    assert nominees.tolist() == [True, True, True, False]


def test_no_nominee_without_institutions():
    assert is_nominee(np.array([]), np.array([], dtype=np.int64), 3).tolist() == []


@pytest.mark.parametrize(
    ("rank", "decision", "winners", "status"),
    [
        ([2, 1, 3], "first_rank", [1], "first_by_data"),
        ([1, 3, 1], "first_rank", [0, 2], "joint_first_by_data"),
        ([0, 0], "first_rank", [], "not_awarded"),
        ([0, 0], "jury", [], "not_awarded"),
        ([2, 1, 0], "jury", [], "awaiting_jury"),
        ([], "jury", [], "not_awarded"),
    ],
)
def test_verdict_names_winners_only_where_data_decide(rank, decision, winners, status):
    indices, told = verdict(np.array(rank, dtype=np.int64), decision)
    assert (indices.tolist(), told) == (winners, status)
