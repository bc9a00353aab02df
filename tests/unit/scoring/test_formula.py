"""Values of the formulas by institution and platform, and why there is none."""

from math import isnan, log10

import pytest
from tests.formula_cases import an_account, cells_of

from tolok.methodology.formula import BASES, FORMULAS, JOINS, MOMENTS, STATISTICS, formula_of
from tolok.model import COUNTS, PLATFORMS
from tolok.scoring.formula import REASONS, values_of

NAN = float("nan")
NO_FANS = {"mean": NAN, "first": NAN, "last": NAN, "days": NAN}
RATED_BY_NOBODY = {"rated": 0, "rate_sum": 0.0, "rated_total": 0, "rated_followers": 0}


def found(name, *accounts, platform="facebook"):
    """(value, reason) of one institution on one platform."""
    values = values_of(formula_of(name), cells_of(accounts, platform))
    return values.value[0, 0], values.missing[0, 0]


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_formula_is_written_in_the_words_of_the_catalogue(formula):
    assert formula.statistic in STATISTICS
    assert formula.moment in MOMENTS
    assert formula.join in JOINS
    assert formula.basis in BASES
    assert set(formula.platforms) <= set(PLATFORMS)
    assert [part for part in formula.parts if formula_of(part).parts] == []
    assert formula.label.id
    assert formula.label.en
    assert formula.sources or formula.name == "total_interactions"


def test_names_are_unique_and_no_two_formulas_are_one():
    names = [formula.name for formula in FORMULAS]
    assert sorted(set(names)) == sorted(names)
    meanings = [
        (
            f.statistic, f.moment, f.join, f.parts,
            tuple((p, f.parts or BASES[f.basis][p]) for p in PLATFORMS if f.offers(p)),
        )
        for f in FORMULAS
    ]  # fmt: skip
    assert len(set(meanings)) == len(meanings)


def test_bases_are_made_of_counts():
    for basis in BASES.values():
        assert set(basis) <= set(PLATFORMS)
        assert {name for names in basis.values() for name in names} <= set(COUNTS)


@pytest.mark.parametrize("platform", ["instagram", "youtube"])
def test_shares_that_the_owner_alone_sees_are_not_offered(platform):
    value, why = found("shares_per_post", an_account(), platform=platform)
    assert (isnan(value), why) == (True, "not_offered")


def test_formula_is_not_offered_on_a_platform_its_publisher_does_not_name():
    assert found("engagements_per_post", an_account(), platform="youtube")[1] == "not_offered"
    assert found("crowdtangle_account", an_account(), platform="tiktok")[1] == "not_offered"


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_account_without_posts_has_no_value(formula):
    assert found(formula.name, an_account(posts=0, total=0))[1] == "no_posts"


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_posts_without_known_counts_have_no_value(formula):
    account = an_account(total=0, known=0, with_one=0, **RATED_BY_NOBODY)
    value, why = found(formula.name, account)
    assert (isnan(value), why) == (True, "no_known_counts")


def test_followers_that_nobody_read_leave_only_formulas_without_followers():
    account = an_account(**NO_FANS, **RATED_BY_NOBODY)
    needs = {name.name for name in FORMULAS if found(name.name, account)[1] == "no_followers"}
    assert needs == {f.name for f in FORMULAS if f.moment != "none"}


@pytest.mark.parametrize(("known", "why"), [(6, "few_known"), (7, "")])
def test_sum_over_the_period_needs_two_thirds_of_the_posts(known, why):
    account = an_account(posts=10, total=70, known=known, rated=known)
    for name in ("total_interactions", "socialinsider", "napoleoncat"):
        assert found(name, account)[1] == why
    assert found("emplifi", account)[1] == ""


def test_mean_over_known_posts_takes_unknown_ones_for_nothing():
    account = an_account(posts=10, total=40, known=4)
    assert found("engagements_per_post", account) == (10.0, "")


def test_accounts_on_a_platform_are_taken_together():
    big = an_account(posts=1, total=100, mean=1000.0)
    small = an_account(posts=3, total=30, mean=100.0)
    assert found("engagements_per_post", big, small)[0] == 130 / 4
    assert found("crowdtangle_account", big, small)[0] == pytest.approx((0.1 + 3 * 0.1) / 4)
    assert found("socialinsider", big, small)[0] == 130 / 1100
    assert found("crowdtangle_list", big, small)[0] == 130 / 4 / 550


def test_account_without_followers_is_left_out_beside_one_that_has_some():
    known = an_account(posts=2, total=20, mean=100.0)
    lost = an_account(posts=2, total=9000, **NO_FANS, **RATED_BY_NOBODY)
    for name in ("crowdtangle_account", "crowdtangle_list", "socialinsider", "emplifi"):
        assert found(name, known, lost) == found(name, known)


def test_video_without_views_has_no_rate_by_view():
    account = an_account(viewed_followers=0, view_rate_sum=0.0)
    assert found("rival_iq", account, platform="tiktok")[1] == "no_views"


def test_engagement_of_the_research_standard_adds_up_what_a_platform_offers():
    account = an_account(posts=10, total=10, last=1000)  # one like, comment and share a post
    assert found("research_engagement", account) == (3.0, "")
    assert found("research_engagement", account, platform="instagram") == (2.0, "")
    assert found("research_log_engagement", account)[0] == log10(4.0)
    assert found("research_engagement", account, platform="web")[1] == "not_offered"


def test_reasons_are_in_order_of_distance():
    assert REASONS[0] == "no_posts"
    assert len(set(REASONS)) == len(REASONS)
