"""Size bands, raw rates per follower, and what followers do to each kind of rank."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.scoring_cases import by_institution, category, indicator, invented, rules_of

from tolok.scoring import score_edition
from tolok.scoring.size import AccountSums, band_of, raw_rates, size_ranks

NAN = np.nan
CUTS = (100, 5_000)


def test_band_is_half_open_and_unknown_followers_have_none():
    followers = np.array([0.0, 99.0, 99.5, 100.0, 4_999.0, 5_000.0, 1e9, NAN])
    assert band_of(followers, CUTS).tolist() == [0, 0, 0, 1, 1, 2, 2, -1]


def test_without_cuts_all_are_in_one_band():
    assert band_of(np.array([3.0, NAN, 1e9]), ()).tolist() == [0, -1, 0]


def sums_of(*rows):
    """Sums of accounts: (institution, platform, posts, interactions, followers) each."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    institution, platform, posts, interactions = (np.array(c, np.int64) for c in columns[:4])
    followers = np.array(columns[4], np.float64)
    return AccountSums(institution, platform, posts, interactions, followers)


def rates(*rows, present=((True, True),), weight=(1.0, 1.0)):
    found = raw_rates(sums_of(*rows), np.array(present), np.array(weight))
    return [None if np.isnan(one) else one for one in found.tolist()]


def test_rate_is_interactions_per_post_per_thousand_followers():
    assert rates((0, 0, 20, 100, 2_000)) == [2.5]


def test_rates_of_platforms_are_averaged_by_their_weights():
    rows = ((0, 0, 10, 100, 1_000), (0, 1, 10, 20, 1_000))
    assert rates(*rows) == [pytest.approx((10 + 2) / 2)]
    assert rates(*rows, weight=(3.0, 1.0)) == [pytest.approx((3 * 10 + 2) / 4)]
    assert rates(*rows, weight=(1.0, 0.0)) == [10.0]


def test_accounts_on_one_platform_are_averaged_by_their_posts():
    rows = ((0, 0, 30, 300, 1_000), (0, 0, 10, 500, 1_000))
    assert rates(*rows) == [pytest.approx((30 * 10 + 10 * 50) / 40)]


def test_platform_that_does_not_count_is_left_out():
    rows = ((0, 0, 10, 100, 1_000), (0, 1, 10, 20, 1_000))
    assert rates(*rows, present=((False, True),)) == [2.0]
    assert rates(*rows, present=((False, False),)) == [None]


@pytest.mark.parametrize("followers", [NAN, 0.0])
def test_account_without_known_followers_is_left_out(followers):
    unknown = (0, 0, 10, 100, followers)
    assert rates(unknown) == [None]
    assert rates(unknown, (0, 0, 10, 50, 1_000)) == [5.0]
    assert rates((0, 0, 0, 0, 1_000)) == [None]
    assert rates() == [None]


def ranks_of(rank, rate, cluster, band):
    found = size_ranks(*(np.array(one) for one in (rank, rate, cluster, band)))
    return found.raw_rank.tolist(), found.band_rank.tolist()


def test_ranks_are_inside_clusters_and_bands():
    raw, of_band = ranks_of(
        rank=[1, 2, 3, 1, 2],
        rate=[1.0, 9.0, 5.0, 2.0, 7.0],
        cluster=[0, 0, 0, 1, 1],
        band=[1, 0, 1, 0, 0],
    )
    assert raw == [3, 1, 2, 2, 1]
    assert of_band == [1, 1, 2, 1, 2]


def test_ties_share_the_best_rank():
    raw, of_band = ranks_of(
        rank=[1, 1, 3, 4], rate=[5.0, 2.0, 5.0, 1.0], cluster=[0] * 4, band=[0] * 4
    )
    assert raw == [1, 3, 1, 4]
    assert of_band == [1, 1, 3, 4]


def test_who_is_unranked_or_unknown_gets_no_rank_and_takes_none():
    raw, of_band = ranks_of(
        rank=[0, 1, 2, 3], rate=[9.0, NAN, 1.0, 2.0], cluster=[0] * 4, band=[0, 0, -1, 0]
    )
    assert raw == [0, 0, 2, 1]
    assert of_band == [0, 1, 0, 2]


def test_nobody_has_no_ranks():
    empty = np.zeros(0, np.int64)
    found = size_ranks(empty, np.zeros(0), empty, empty)
    assert (found.raw_rank.size, found.band_rank.size) == (0, 0)


RULES = rules_of(category(indicator("engagement", "residual"), indicator("above", "above_expected",
                          transform="logit")))  # fmt: skip


def sums_in(panel):
    """The sums of the accounts of an invented panel, from its single posts' bins."""
    bins = panel.histograms["interaction_count"]
    counts = np.rint(np.expm1(bins.log_sum / 2**20)).astype(np.int64)
    size = panel.shape[1]
    return AccountSums(
        institution=panel.account_institution,
        platform=panel.account_platform,
        post_count=np.bincount(bins.account, minlength=size),
        interaction_count=np.bincount(bins.account, counts, size).astype(np.int64),
        follower_count=panel.follower_count,
    )


@settings(max_examples=10)
@given(seed=st.integers(0, 99), times=st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_all_followers_times_a_number_change_no_rank_and_divide_raw_rates(seed, times):
    """METHOD, section 7, property 2."""
    case = invented(seed=seed, institutions=8, posts=40)
    scaled = replace(case, followers=case.followers * times)
    ranks = [
        by_institution(score_edition(one.panel, RULES).scores, "rank") for one in (case, scaled)
    ]
    assert ranks[0] == ranks[1]
    assume(None not in ranks[0].values())  # chance alone may tell nobody apart
    present, weight = np.ones((8, 2), np.bool_), np.ones(2)
    raw = [raw_rates(sums_in(one.panel), present, weight) for one in (case, scaled)]
    assert raw[1] * times == pytest.approx(raw[0], rel=1e-9)


def test_larger_of_two_that_are_alike_ranks_lower_by_the_raw_rate_alone():
    """Twice the root of the audience is twice the interactions where engagement is its root."""
    rows = [(i, 0, 10, 10 * 4 * 2**i, 100 * 4**i) for i in range(4)]
    raw = raw_rates(sums_of(*rows), np.ones((4, 1), np.bool_), np.ones(1))
    same = np.ones(4, np.int64)
    assert size_ranks(same, raw, same, same).raw_rank.tolist() == [1, 2, 3, 4]
