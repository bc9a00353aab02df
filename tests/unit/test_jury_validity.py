"""Simulated panels are what they claim, tallies are the jury's own, and shares are as by hand."""

import numpy as np
import pytest
from benchmarks.jury_validity.deciding import BASES, decisions
from benchmarks.jury_validity.finding import (
    FAST,
    METHODS,
    Case,
    best_share,
    fast_scores,
    found_all,
    found_fast,
    merged,
)
from benchmarks.jury_validity.voting import (
    strengths_of,
    vote_shares,
)
from benchmarks.jury_validity.world import (
    MISSING,
    WORLDS,
    draw_panels,
)

from tolok.errors import NotComparable
from tolok.jury.decision import STATES
from tolok.jury.tally import tally

ORDINARY, OUTLIERS, CLOSE, STRETCH = WORLDS


@pytest.fixture(scope="module")
def panels():
    """Ordinary panels."""
    return draw_panels(ORDINARY, 0, 300)


def test_scores_are_whole_and_on_the_scale(panels):
    assert set(np.unique(panels.score)) == set(range(1, 11))


def test_same_seed_has_the_same_panels_and_the_same_luck_in_every_world(panels):
    again, other = draw_panels(ORDINARY, 0, 300), draw_panels(ORDINARY, 1, 300)
    assert np.array_equal(again.score, panels.score)
    assert not np.array_equal(other.score, panels.score)
    outliers, stretch = (draw_panels(world, 0, 300) for world in (OUTLIERS, STRETCH))
    assert np.array_equal(outliers.truth, panels.truth)
    assert np.array_equal(outliers.score[:, 2:], panels.score[:, 2:])
    assert np.array_equal(stretch.lot, panels.lot)


def test_outliers_are_harsh_and_careless(panels):
    outliers = draw_panels(OUTLIERS, 0, 300)
    away = outliers.cells.mean(axis=(0, 2)) - panels.cells.mean(axis=(0, 2))
    assert away[0] == pytest.approx(-2.0, abs=0.1)
    assert away[1:] == pytest.approx(0.0, abs=0.3)
    strays = (outliers.opinion - outliers.truth[:, None]).std(axis=(0, 2))
    assert strays[1] / strays[0] == pytest.approx(3.0, abs=0.2)


def test_close_field_is_close(panels):
    close = draw_panels(CLOSE, 0, 300)
    # merits, and a fifth of the variance of their profiles
    assert panels.truth.std() == pytest.approx((1.0**2 + 0.4**2 / 5) ** 0.5, abs=0.06)
    assert close.truth.std() == pytest.approx((0.35**2 + 0.4**2 / 5) ** 0.5, abs=0.03)


def test_jurors_of_stretch_use_the_scale_differently(panels):
    stretch = draw_panels(STRETCH, 0, 300)
    spread = [np.log(one.cells.std(axis=2) + 0.1).std(axis=1).mean() for one in (panels, stretch)]
    assert spread[1] > spread[0]


@pytest.mark.parametrize(
    ("missing", "share", "error"),
    [("none", 0.0, 0.0), ("one recusal", 0.05, 0.0), ("20 %", 0.2, 0.02), ("40 %", 0.4, 0.02)],
)
def test_so_many_scores_are_missing(panels, missing, share, error):
    absent = panels.is_missing(missing, 5, 4)
    assert absent.mean() == pytest.approx(share, abs=error)
    if missing == "one recusal":
        assert set(absent.sum(axis=(1, 2))) == {1}
        assert absent.any(axis=0).all()


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("size", [(3, 3), (5, 4), (9, 5)])
def test_fast_tallies_are_those_of_the_jury_sheet_by_sheet(panels, missing, size):
    found = fast_scores(panels, Case(ORDINARY.name, missing, *size))
    for panel in range(25):
        sheet = panels.sheet(panel, missing, *size)
        for method in FAST:
            own = found[method][panel]
            if method == "mean" and missing != "none":
                continue
            try:
                score = tally(sheet, method).score
            except NotComparable:
                assert np.isnan(found[method][panel]).all()
                continue
            assert own - own.mean() == pytest.approx(score - score.mean(), abs=1e-9)


def test_plain_mean_of_what_is_there_is_by_hand(panels):
    case = Case(ORDINARY.name, "one recusal", 5, 4)
    cells = panels.cells[:, :5, :4].copy()
    cells[panels.is_missing("one recusal", 5, 4)] = np.nan
    assert fast_scores(panels, case)["mean"] == pytest.approx(np.nanmean(cells, axis=1))


@pytest.mark.parametrize(
    ("score", "share"),
    [([3, 2, 1], 1.0), ([2, 3, 1], 0.0), ([2, 2, 1], 0.5), ([1, 1, 1], 1 / 3), ([np.nan] * 3, 0.0)],
)
def test_shared_first_place_counts_by_its_share(score, share):
    assert best_share(np.array([score], dtype=float), np.array([0])).tolist() == [share]


def test_best_is_found_far_above_chance_and_more_often_by_more_jurors():
    found = found_fast(ORDINARY, 0, 300)
    few, many = (found[Case("ordinary", "none", size, 4), "additive"].mean() for size in (3, 9))
    assert 0.25 + 0.3 < few < many


def test_blocks_are_merged_in_order():
    one, other = (found_fast(CLOSE, seed, 20) for seed in (0, 1))
    both = merged([one, other])
    assert list(both) == list(one)
    key = (Case("close", "20 %", 4, 3), "z")
    assert both[key].tolist() == [*one[key].tolist(), *other[key].tolist()]


def test_every_tally_is_tried_and_refusals_are_counted():
    found, refused = found_all(ORDINARY, "40 %", 0, 30)
    case = Case("ordinary", "40 %", 5, 4)
    assert [key for key in found if key[0] == case] == [(case, name) for name in METHODS]
    assert {name: count for name, count in refused.items() if count > 3} == {}


def test_decisions_are_held_to_the_truth():
    made = decisions(OUTLIERS, "one recusal", 0, 60)
    assert len(made) == 60
    assert {one.status for one in made} == set(STATES)
    for one in made:
        assert one.is_among == (one.share > 0)
        assert one.status == "tied" or one.share in {0.0, 1.0}
        assert one.share < 1.0 or one.status != "tied"
        assert one.told[BASES[0]] >= 0.2


def test_votes_are_those_of_the_scores_or_of_the_opinions(panels):
    share = vote_shares(panels, 0)
    cells = panels.cells
    assert set(np.unique(share["implied"])) == {0.0, 0.5, 1.0}
    assert (share["implied"][:, :, 0] > 0.5).tolist() == (
        cells[:, :, 0] - cells[:, :, 1] > 1e-9
    ).tolist()
    held = panels.opinion[:, :, 1] > panels.opinion[:, :, 2]
    careful, quick = ((share[kind][:, :, 2] == held).mean() for kind in ("careful", "quick"))
    assert 0.7 < quick < careful < 1.0


def test_who_wins_every_vote_is_strongest():
    votes = np.array([[0.0, 0.0, 1.0]] * 3)  # second beats first, third beats first, second third
    assert np.argsort(-strengths_of(votes)).tolist() == [1, 2, 0]
    circle = strengths_of(np.array([[1.0, 0.0, 1.0]]))
    assert circle == pytest.approx([0, 0, 0], abs=1e-9)
