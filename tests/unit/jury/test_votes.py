"""Strengths from votes on pairs."""

import numpy as np
import pytest

from tolok.errors import FaultsFound, JuryFault, NotComparable
from tolok.jury.votes import fit_strengths, read_votes

CYCLE = [("a", "b", 1.0), ("b", "c", 1.0), ("c", "a", 1.0), ("a", "c", 1.0)]


def test_two_entries_have_the_logit_of_their_votes():
    votes = read_votes([("a", "b", 1.0)] * 3 + [("b", "a", 1.0)])
    found = fit_strengths(votes, prior=0)
    assert found.strength == pytest.approx([np.log(3) / 2, -np.log(3) / 2], abs=1e-12)
    variance = found.covariance[0, 0] + found.covariance[1, 1] - 2 * found.covariance[0, 1]
    assert variance == pytest.approx(1 / 3 + 1 / 1, abs=1e-12)
    assert not found.is_separated


def test_who_won_every_vote_is_finite_by_the_prior_only():
    votes = read_votes([("a", "b", 1.0), ("b", "c", 1.0)])
    found = fit_strengths(votes)
    assert found.is_separated
    assert found.strength == pytest.approx([found.strength[0], 0, -found.strength[0]], abs=1e-12)
    assert np.isfinite(found.covariance).all()
    assert fit_strengths(votes, prior=0.01).strength[0] > found.strength[0] > 0
    with pytest.raises(JuryFault, match=r"infinite\. Give a prior, such as 0\.1\."):
        fit_strengths(votes, prior=0)


def test_slope_of_the_shrunk_likelihood_is_0():
    votes = read_votes(CYCLE)
    strength = fit_strengths(votes, prior=0.5).strength
    chance = 1 / (1 + np.exp(strength - strength[:, None]))
    together = votes.wins + votes.wins.T
    slope = (votes.wins - together * chance).sum(axis=1)
    # an average entry is at 0 before strengths are centred, and slopes of votes sum to 0
    own = 1 / (1 + np.exp(-strength))
    assert slope + 0.5 * (1 - 2 * own) == pytest.approx([0, 0, 0], abs=0.02)


def test_half_a_vote_each_is_a_draw():
    votes = read_votes([("a", "b", 0.5), ("b", "a", 0.5)])
    assert votes.wins.tolist() == [[0, 1], [1, 0]]
    assert fit_strengths(votes).strength.tolist() == [0, 0]


def test_effect_of_order_is_told_from_strengths():
    rows = [("a", "b", 1.0)] * 6 + [("a", "b", 0.0)] * 2
    rows += [("b", "a", 1.0)] * 5 + [("b", "a", 0.0)] * 3
    found = fit_strengths(read_votes(rows), prior=0, has_order=True)
    first, second = np.log(6 / 2), np.log(5 / 3)
    assert found.order == pytest.approx((first + second) / 2, abs=1e-10)
    assert found.strength[0] - found.strength[1] == pytest.approx((first - second) / 2, abs=1e-10)
    assert np.isnan(fit_strengths(read_votes(rows)).order)


def test_effect_of_order_that_votes_do_not_tell_is_refused():
    with pytest.raises(JuryFault, match="do not tell the effect of order"):
        fit_strengths(read_votes([("a", "b", 1.0), ("b", "c", 1.0)]), has_order=True)


def test_entries_that_no_chain_of_votes_joins_are_named():
    votes = read_votes([("a", "b", 1.0), ("c", "d", 1.0)], ["e"])
    with pytest.raises(NotComparable) as raised:
        fit_strengths(votes)
    assert raised.value.groups == [["a", "b"], ["c", "d"], ["e"]]


def test_rows_that_are_no_votes_are_told_at_once():
    with pytest.raises(FaultsFound) as raised:
        read_votes([("a", "a", 1.0), ("a", "b", 2.0), ("a", "b", float("nan"))])
    assert [str(one) for one in raised.value.exceptions] == [
        "vote 1: a stands against itself.",
        "vote 2: 2 of a vote is not from 0 to 1.",
        "vote 3: nan of a vote is not from 0 to 1.",
    ]
    with pytest.raises(FaultsFound) as raised:
        read_votes([], ["a"])
    assert [str(one) for one in raised.value.exceptions] == ["votes: name fewer than two entries."]


@pytest.mark.parametrize("prior", [-0.1, float("nan"), float("inf")])
def test_prior_is_a_number_of_votes(prior):
    with pytest.raises(JuryFault, match="is not 0 or more"):
        fit_strengths(read_votes(CYCLE), prior=prior)


def test_search_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr("tolok.jury.votes._STEPS", 1)
    with pytest.raises(JuryFault, match="do not tell"):
        fit_strengths(read_votes(CYCLE))
