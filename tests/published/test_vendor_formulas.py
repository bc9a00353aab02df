"""Published engagement formulas give the numbers that their publishers print as examples."""

from math import isnan, nan

import numpy as np
import pytest
from tests.formula_cases import an_account, cells_of

from tolok.methodology.formula import formula_of
from tolok.scoring.formula import values_of
from tolok.scoring.vendor import (
    account_rate,
    expected_interactions,
    mean_daily_rate,
    median_response,
    overperforming_score,
    performance_index,
    post_rate,
    weekly_growth,
)

# A week that Fanpage Karma works through.
WEEK = [20, 0, 37, 100, 0, 0, 2]
FANS = [3500, 3590, 3700, 3750, 3755, 3780, 3783]


def value(name, *accounts, platform="facebook"):
    """A formula's value of one institution with these accounts on one platform."""
    found = values_of(formula_of(name), cells_of(accounts, platform))
    assert found.missing[0, 0] == ""
    return found.value[0, 0]


# --- CrowdTangle.


def test_crowdtangle_rate_of_a_post():
    assert post_rate(10, 800) == 0.0125  # 1.25 %


def test_crowdtangle_rate_of_an_account():
    assert round(account_rate(100, 7, 1250), 4) == 0.0114  # 1.14 %


def test_crowdtangle_account_by_the_switchboard():
    page = an_account(posts=7, total=100, mean=1250.0, first=1000, last=1500)
    assert round(value("crowdtangle_account", page), 4) == 0.0114


def test_crowdtangle_rate_of_a_list():
    sizes = (1000, 1100, 1200, 1300, 1400)  # five pages with six posts each, 100 in all
    pages = [an_account(posts=6, total=20, last=size, mean=1.0, first=1) for size in sizes]
    assert value("crowdtangle_list", *pages) == pytest.approx(100 / 30 / 1200, rel=1e-15)


@pytest.mark.parametrize(
    ("actual", "expected", "minimum", "score"),
    [(100, 50, 0, 2.0), (100, 200, 0, -2.0), (0, 200, 0, -400.0), (9, 2, 10, 0.9)],
)
def test_crowdtangle_overperforming_score(actual, expected, minimum, score):
    assert overperforming_score(actual, expected, minimum) == score


def test_crowdtangle_expects_the_mean_of_the_middle_half():
    assert expected_interactions([1, 1000, 10, 20, 30, 40, 0, 5000]) == 25.0
    assert expected_interactions([7.0]) == 7.0
    assert isnan(expected_interactions([]))


# --- Fanpage Karma.


def test_fanpage_karma_growth_a_week():
    assert weekly_growth(500, 2000, 14) == 1.0  # 100 % a week
    assert isnan(weekly_growth(0, 2000, 14))
    assert isnan(weekly_growth(500, 2000, 0))


def test_fanpage_karma_engagement():
    # They print 0.62 %, having rounded the days first.
    assert round(mean_daily_rate(WEEK, FANS), 5) == 0.00613
    assert round(sum([0.0057, 0, 0.01, 0.027, 0, 0, 0.00053]) / 7, 4) == 0.0062


def test_fanpage_karma_engagement_by_the_switchboard():
    rates = [count / fans for count, fans in zip(WEEK, FANS, strict=True)]
    page = an_account(posts=4, total=159, rate_sum=sum(rates), days=7, mean=3694.0)
    for name in ("fanpage_karma_engagement", "napoleoncat"):
        assert value(name, page) == pytest.approx(mean_daily_rate(WEEK, FANS), rel=1e-14)


def test_fanpage_karma_post_interaction():
    assert account_rate(30, 10, 200) == 0.015  # 1.5 %
    page = an_account(posts=10, total=30, mean=200.0)
    assert value("fanpage_karma_post_interaction", page) == 0.015


def test_fanpage_karma_response_time():
    assert median_response([0.17, 0.75, 2.0, 20.0, 0.88]) == 0.88
    assert median_response([0.17, nan, 2.0, 0.88]) == 0.88
    assert isnan(median_response([nan]))


def test_fanpage_karma_performance_index():
    assert performance_index(100, 100) == 100
    assert performance_index(100, 0) == 0


# --- The others say it in words or in one number.


def test_quintly_takes_the_mean_of_the_first_and_the_last_followers():
    page = an_account(posts=2, total=40, first=10, last=30, mean=11.0)
    assert value("quintly", page) == 40 / 2 / 20


def test_orlo_divides_by_the_followers_of_the_last_day():
    page = an_account(posts=4, total=40, first=10, last=50, mean=20.0)
    assert value("orlo", page) == 40 / 4 / 50


def test_socialinsider_divides_all_interactions_by_the_followers():
    page = an_account(posts=4, total=40, last=50, mean=20.0)
    assert value("socialinsider", page) == 0.8


def test_emplifi_gives_each_post_the_same_weight():
    big = an_account(posts=1, total=10, rated_followers=1000, rate_sum=0.01)
    small = an_account(posts=3, total=30, rated_followers=300, rate_sum=0.3)
    assert value("emplifi", big, small) == pytest.approx(0.31 / 4)


def test_rival_iq_weights_by_followers():
    big = an_account(posts=1, total=10, rated_followers=1000, rate_sum=0.01)
    small = an_account(posts=1, total=30, rated_followers=300, rate_sum=0.1)
    assert value("rival_iq", big, small) == 40 / 1300


def test_rival_iq_rates_tiktok_by_views():
    one = an_account(
        posts=2, total=30, rated_followers=400, viewed_followers=400, view_rate_sum=8.0
    )
    assert value("rival_iq", one, platform="tiktok") == 8 / 400


def test_sprout_and_brandwatch_have_no_denominator_but_the_posts():
    assert value("engagements_per_post", an_account(posts=4, total=50)) == 12.5


def test_research_standard_of_public_bodies():
    # P: 8 of 10 posts with a like, 3 likes a post, 1,000 x 3 / 2,000 fans.
    page = an_account(posts=10, total=30, with_one=8, last=2000)
    assert value("reactions_share", page) == 0.8
    assert value("reactions_per_post", page) == 3.0
    assert value("reactions_per_1000", page) == 1.5
    assert value("research_engagement", page) == 4.5  # the same sums as comments and as shares
    assert value("research_log_engagement", page) == np.log10(5.5)
