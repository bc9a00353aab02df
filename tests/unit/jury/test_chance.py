"""The chance of the best: its draws, its sums, and whether it is kept."""

import numpy as np
import pytest

from tolok.jury.chance import Redraw, draw_again, draw_ranks
from tolok.jury.sheet import Sheet
from tolok.jury.tally import tally

NAN = np.nan


def sheet(score):
    """A sheet of an array of jurors, entries and criteria."""
    names = [
        tuple(f"{kind}{at}" for at in range(n)) for kind, n in zip("jec", score.shape, strict=True)
    ]
    return Sheet(names[0], names[1], names[2], score, np.ones(score.shape[2]))


def panel(rng, merit, jurors, *, noise=1.0, criteria=1):
    """Scores of entries by jurors of different leniency."""
    size = (jurors, len(merit), criteria)
    return merit[:, None] + rng.normal(size=(jurors, 1, 1)) + noise * rng.normal(size=size)


def chances(score, method=None, **asked):
    """The draws of a tally."""
    one = sheet(score)
    return draw_ranks(one, tally(one, method), Redraw(**asked))


def test_draws_of_one_fewer_keep_the_spread_of_a_mean():
    value = np.array([3.0, 5, 4, 9])
    count = draw_again(4, 200_000, np.random.default_rng(1))
    assert (count.sum(axis=1) == 3).all()
    spread = (count @ value / 3).var()
    assert spread == pytest.approx(value.var(ddof=1) / 4, rel=0.02)
    assert draw_again(1, 3, np.random.default_rng(1)).tolist() == [[1]] * 3


def test_chances_sum_to_1_and_ties_share_them():
    found = chances(np.stack([[5.0, 5, 2], [7, 7, 3], [6, 6, 6]])[:, :, None])
    assert found.chance.sum() == pytest.approx(1)
    assert found.chance[0] == found.chance[1] >= 0.45
    assert (found.basis, found.used) == ("jurors", 2000)


def test_same_seed_gives_the_same_draws_and_names_of_jurors_do_not_matter():
    score = panel(np.random.default_rng(2), np.array([1.0, 0.8, 0.5]), 5, criteria=3)
    one, two = chances(score, seed=4), chances(score[[3, 1, 4, 0, 2]], seed=4)
    assert one.rank.tobytes() == two.rank.tobytes() == chances(score, seed=4).rank.tobytes()
    assert one.rank.tobytes() != chances(score, seed=5).rank.tobytes()


@pytest.mark.parametrize("method", ["additive", "z", "random", "rasch"])
def test_clear_winner_is_surely_the_best_by_every_method(method):
    rng = np.random.default_rng(3)
    merit = np.array([9.0, 6.5, 5.5, 5, 4.5, 4.5])
    score = np.clip(np.round(panel(rng, merit, 8, noise=1.5, criteria=2)), 1, 10)
    found = chances(score, method)
    assert found.chance[0] > 0.95
    assert found.basis == ("errors" if method in {"random", "rasch"} else "jurors")


def test_draws_that_do_not_join_the_entries_say_nothing():
    score = np.array([[5.0, 3, NAN], [NAN, 4, 6], [6, 5, NAN], [NAN, 2, 5]])[:, :, None]
    found = chances(score, draws=4000)
    # three draws of four jurors: all of one half has the chance 2 * (1/2)^3
    assert found.used / found.asked == pytest.approx(3 / 4, abs=0.03)
    assert found.chance.sum() == pytest.approx(1)


def test_one_juror_says_nothing_about_other_panels():
    found = chances(np.array([[5.0, 3, 4]])[:, :, None])
    assert (found.basis, found.used) == ("none", 0)
    assert np.isnan(found.chance).all()
    recused = np.array([[5.0, 3, 4], [NAN, NAN, NAN]])[:, :, None]
    assert chances(recused).basis == "none"


def test_criteria_are_drawn_too():
    # by the first criterion the one is best, by the second the other; jurors agree in all
    score = np.array([[[9.0, 1.0], [4.0, 5.0]]] * 4)
    assert chances(score).chance == pytest.approx([0.5, 0.5], abs=0.05)
    both = sheet(score)
    weight = np.array([1.0, 0.0])
    only = Sheet(both.jurors, both.entries, both.criteria, score, weight)
    assert draw_ranks(only, tally(only)).chance.tolist() == [1, 0]


def kept(criteria, *, has_criteria=True):
    """The mean chance that is stated of winners, and how many of them are the true best."""
    rng, stated, right = np.random.default_rng(6), [], []
    for seed in range(400):
        merit = rng.normal(size=4)
        one = sheet(panel(rng, merit, 5, criteria=criteria, noise=criteria**0.5))
        found = tally(one)
        winner = int(found.score.argmax())
        drawn = draw_ranks(one, found, Redraw(300, seed, has_criteria))
        stated.append(drawn.chance[winner])
        right.append(winner == merit.argmax())
    sure = np.array(stated) > 0.8
    assert np.mean(np.array(right)[sure]) > np.mean(np.array(right)[~sure]) + 0.15
    return np.mean(stated), np.mean(right)


def test_stated_chances_are_kept():
    """Of many panels, as many winners are the true best as their chances say."""
    stated, right = kept(1)
    assert stated == pytest.approx(right, abs=0.04)
    stated, right = kept(3, has_criteria=False)
    assert stated == pytest.approx(right, abs=0.04)


def test_criteria_that_are_drawn_though_they_are_all_there_are_make_chances_careful():
    stated, right = kept(3)
    assert right - 0.12 < stated < right
