"""Models on the log of a count, on editions whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import LENIENT, Case, category, indicator, invented, rules_of

from tolok.methodology.category import Gate
from tolok.methodology.edition import Scoring
from tolok.model import KINDS
from tolok.scoring import freeze_reference, score_edition
from tolok.scoring.reference import Key

IMAGE, CAROUSEL, TEXT = (KINDS.index(kind) for kind in ("image", "carousel", "text"))
FOLLOWERS = np.array([100.0, 1000.0, 10_000.0, 100_000.0])


def plain(counts, followers=FOLLOWERS, kinds=None):
    """An edition of one Instagram account an institution, each post of which gets one count."""
    counts = [np.atleast_1d(count) for count in counts]
    account = np.repeat(np.arange(len(counts)), [count.size for count in counts])
    names = [f"body-{i:02}" for i in range(len(counts))]
    count = np.concatenate(counts).astype(np.int64)
    return Case(
        clusters=dict.fromkeys(names, "agencies"),
        accounts=[(f"instagram:{name}", name, "instagram") for name in names],
        followers=np.asarray(followers, dtype=float),
        account=account,
        week=np.arange(account.size) % 12,
        kind=np.full(account.size, IMAGE) if kinds is None else kinds,
        count=count,
    )


def column(case, one, name, **rules):
    """A column of the one indicator on Instagram, by institution in order."""
    weights = {"instagram": 1.0}
    table = score_edition(case.panel, rules_of(category(one), weights=weights, **rules)).indicators
    return [
        value
        for value, platform in zip(table[name], table["platform"], strict=True)
        if platform.startswith("instagram")
    ]


def test_residual_is_the_level_less_what_followers_let_expect():
    # y = 0.5 ln F exactly, but for the third account, which has one unit more
    level = 0.5 * np.log(FOLLOWERS) + np.array([0, 0, 1, 0])
    case = plain([np.full(12, np.expm1(one).round()) for one in level])
    value = column(case, indicator(), "value")
    assert value == pytest.approx([0, 0, 1, 0], abs=0.06)
    reference = freeze_reference(case.panel, rules_of(category(indicator())))
    slope = reference.parameters[Key("engaging", "quality", "instagram", "slope")]
    assert slope.value == pytest.approx(0.5, abs=0.02)
    assert slope.unit_count == 4


def test_rounding_of_logs_makes_no_difference_between_institutions():
    # every level is just what followers let expect, but for the 20th binary place
    case = plain([[0] * 12] * 4)
    y = 1 + 0.5 * np.log(FOLLOWERS)[case.account]
    assert column(replace(case, count=np.expm1(y)), indicator(), "missing") == ["no_spread"] * 4


def test_level_is_the_trimmed_mean_whatever_the_audience():
    case = plain([[9] * 12, [99] * 12, [0] * 12, [999] * 12])
    value = column(case, indicator(model="level"), "value")
    assert value == pytest.approx(np.log([10, 100, 1, 1000]), abs=1e-6)


def test_level_needs_no_followers():
    case = plain([[9] * 12, [99] * 12, [0] * 12, [999] * 12], followers=[np.nan] * 4)
    assert column(case, indicator(model="level"), "missing") == [""] * 4
    assert column(case, indicator(), "missing") == ["no_followers"] * 4


def test_no_value_without_a_known_count():
    case = plain([[9] * 12, [99] * 12, [-1] * 12, [999] * 12])
    assert column(case, indicator(), "missing") == ["", "", "no_posts", ""]
    assert column(case, indicator(), "post_count") == [12, 12, 0, 12]


def test_accounts_of_an_institution_weigh_by_their_posts():
    case = plain([[9] * 30, [99] * 10, [9] * 12, [50] * 12])
    owners = ["body-00", "body-00", "body-02", "body-03"]
    accounts = [(row[0], owner, row[2]) for row, owner in zip(case.accounts, owners, strict=True)]
    case = replace(case, accounts=accounts, clusters=dict.fromkeys(owners, "agencies"))
    value = column(case, indicator(model="level"), "value")
    assert value[0] == pytest.approx((30 * np.log(10) + 10 * np.log(100)) / 40, abs=1e-6)


def test_little_data_are_drawn_further_towards_the_platform():
    rng = np.random.default_rng(5)
    counts = [np.expm1(rng.normal(mean, 1, n)).round() for mean, n in
              [(9, 6), (9, 600), (5, 600), (6, 600), (7, 600), (3, 6)]]  # fmt: skip
    case = plain(counts, followers=np.full(6, 1000.0))
    value, shrunk = (np.array(column(case, indicator(), name)) for name in ("value", "shrunk"))
    drawn = np.abs(shrunk - value) / np.abs(value - value.mean())
    assert drawn[0] > 20 * drawn[1]
    assert drawn[5] > 20 * drawn[2]


def test_share_above_expected_counts_posts_over_the_median_level():
    case = plain([[9] * 12, [99] * 6 + [0] * 6, [0] * 12, [9] * 12])
    one = indicator(model="above_expected", baseline="level")
    value = column(case, one, "value")
    # the level of all four is about ln 10; its own bin is divided
    assert value[1] == 0.5
    assert value[2] == 0.0


def test_share_above_expected_follows_the_audience():
    followers = np.geomspace(100, 1e6, 6)
    level = 0.5 * np.log(followers)
    counts = [np.expm1([one - 0.5] * 6 + [one + 0.5] * 6).round() for one in level]
    counts[5] = np.expm1(np.full(12, level[5] + 2)).round()
    value = column(plain(counts, followers), indicator(model="above_expected"), "value")
    assert value == pytest.approx([0.5, 0.5, 0.5, 0.5, 0.5, 1.0])


def test_uplift_compares_weeks_that_have_both():
    kinds = np.tile([IMAGE, TEXT], 4 * 12)
    counts = [np.tile([9 * 10**k, 9], 12) for k in range(4)]
    case = plain(counts, kinds=kinds)
    case = replace(case, week=np.arange(kinds.size) // 2 % 12)
    value = column(case, indicator(model="uplift", kinds=("image",)), "value")
    assert value == pytest.approx(np.log1p([9, 90, 900, 9000]) - np.log(10), abs=1e-6)
    apart = replace(case, week=np.where(kinds == IMAGE, 0, 1))
    one = indicator(model="uplift", kinds=("image",))
    assert column(apart, one, "missing") == ["no_posts"] * 4


def test_posts_of_unknown_kind_are_on_neither_side_of_an_uplift():
    kinds = np.tile([IMAGE, TEXT, len(KINDS)], 4 * 12)
    counts = [np.tile([9, 9, 10**k], 12) for k in range(4)]
    case = replace(plain(counts, kinds=kinds), week=np.arange(kinds.size) // 3 % 12)
    value = column(case, indicator(model="uplift", kinds=("image",)), "value")
    assert value == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_strata_are_normalised_apart_and_weighed_by_posts():
    kinds = np.concatenate([[IMAGE] * 30 + [TEXT] * 10] * 4)
    counts = [[9 * 2**k] * 30 + [9000 // 3**k] * 10 for k in range(4)]
    case = plain(counts, followers=np.full(4, 1000.0), kinds=kinds)
    one = indicator(model="level", strata=(("image",), ("text", "link")))
    rules = rules_of(category(one), weights={"instagram": 1.0})
    table = score_edition(case.panel, rules).indicators
    first = {
        platform: (z, points, count)
        for name, platform, z, points, count in zip(
            *(table[key] for key in ("institution_id", "platform", "z", "points", "post_count")),
            strict=True,
        )
        if name == "body-00"
    }
    image, text, whole = (first[p] for p in ("instagram/image", "instagram/text+link", ""))
    assert image[0] < 0 < text[0]
    assert (image[2], text[2], whole[2]) == (30, 10, 40)
    assert whole[1] == pytest.approx((30 * image[1] + 10 * text[1]) / 40)


def test_accounts_with_few_posts_have_no_say_in_the_line():
    case = invented(3, institutions=5, posts=40, platforms=("instagram",))
    rules = rules_of(category(indicator()), weights={"instagram": 1.0})
    loud = replace(
        case,
        clusters=case.clusters | {"body-99": "agencies"},
        accounts=[*case.accounts, ("instagram:body-99", "body-99", "instagram")],
        followers=np.append(case.followers, 1e6),
        account=np.append(case.account, [5] * 4),
        week=np.append(case.week, [0, 1, 2, 3]),
        kind=np.append(case.kind, [0] * 4),
        count=np.append(case.count, [10**7] * 4),
    )
    before, after = (freeze_reference(one.panel, rules).parameters for one in (case, loud))
    assert before == after


def frozen(case, one, **rest):
    """The frozen parameters of the one indicator on Instagram, by name."""
    rules = rules_of(category(one), weights={"instagram": 1.0}, **rest)
    parameters = freeze_reference(case.panel, rules).parameters
    return {key.parameter: value for key, value in parameters.items() if key.slot == "instagram"}


def test_variance_of_a_post_is_that_of_weeks_where_weeks_differ():
    # 24 posts an account; in even weeks they are loud
    counts = [np.where(np.arange(24) % 2, 9, 999) + 10 * i for i in range(4)]
    case = plain(counts)
    scoring = Scoring(trim_share=0.0, block_weeks=1, min_audience_accounts=3)
    found = frozen(case, indicator(model="level"), scoring=scoring)["post_variance"]
    y = np.log1p(np.stack(counts))
    weekly = (y - y.mean(axis=1, keepdims=True)).reshape(4, 2, 12).sum(axis=1) / 24
    assert found.value == pytest.approx(np.median(24 * (weekly**2).sum(axis=1)), rel=1e-5)
    assert found.unit_count == 4


def test_variance_of_a_post_is_never_below_that_of_independent_posts():
    # all in one week: weeks show no variance at all
    counts = [np.where(np.arange(24) % 2, 9, 999) + 10 * i for i in range(4)]
    case = replace(plain(counts), week=np.zeros(96, dtype=np.int64))
    scoring = Scoring(trim_share=0.0, block_weeks=1, min_audience_accounts=3)
    found = frozen(case, indicator(model="level"), scoring=scoring)["post_variance"]
    expected = np.median(np.log1p(np.stack(counts)).var(axis=1))
    assert found.value == pytest.approx(expected, rel=1e-5)


def test_account_without_followers_spoils_no_line():
    case = plain([[9] * 12, [99] * 12, [30] * 12, [999] * 12], [np.nan, 1e3, 1e4, 1e5])
    assert column(case, indicator(), "missing") == ["no_followers", "", "", ""]
    assert frozen(case, indicator())["slope"].unit_count == 3


def test_other_posts_of_an_uplift_are_of_no_stratum():
    kinds = np.tile([IMAGE, CAROUSEL, TEXT], 4 * 12)
    counts = [np.tile([9 * 10**k, 9_999_999, 9], 12) for k in range(4)]
    case = replace(plain(counts, kinds=kinds), week=np.arange(kinds.size) // 3 % 12)
    one = indicator(model="uplift", strata=(("image",), ("carousel",)))
    value = column(case, one, "value")[1::2]
    assert value == pytest.approx(np.log1p([9, 90, 900, 9000]) - np.log(10), abs=1e-6)


def test_accounts_weigh_in_an_uplift_by_the_lesser_of_their_sides():
    # both accounts have 32 posts: 16 of each side, or 30 and 2
    sides = np.tile([IMAGE, TEXT], 16), np.array([IMAGE] * 15 + [TEXT] + [IMAGE] * 15 + [TEXT])
    kinds = np.concatenate([*sides, sides[0], sides[0]])
    counts = [np.where(kinds[:32] == IMAGE, 99, 9), np.where(sides[1] == IMAGE, 9, 9)]
    counts += [np.where(sides[0] == IMAGE, 30, 9), np.where(sides[0] == IMAGE, 60, 9)]
    case = replace(plain(counts, kinds=kinds), week=np.arange(kinds.size) // 16 % 2)
    owners = ["body-00", "body-00", "body-02", "body-03"]
    accounts = [(row[0], owner, row[2]) for row, owner in zip(case.accounts, owners, strict=True)]
    case = replace(case, accounts=accounts, clusters=dict.fromkeys(owners, "agencies"))
    value = column(case, indicator(model="uplift", kinds=("image",)), "value")
    first, second = 16 * 16 / 32, 30 * 2 / 32
    assert value[0] == pytest.approx(np.log(10) * first / (first + second), abs=1e-6)


@pytest.mark.parametrize(("min_posts", "count"), [(0, 1), (4, 4), (99, 1)])
def test_gate_says_how_many_posts_of_its_kinds_are_enough_for_a_line(min_posts, count):
    kinds = np.concatenate([[IMAGE] * 4 + [TEXT] * 8] * 3 + [[IMAGE] * 12])
    case = plain([[9] * 12, [99] * 12, [30] * 12, [999] * 12], kinds=kinds)
    one = category(indicator(kinds=("image",)), gate=Gate((), min_posts=min(min_posts, 12)))
    demands = replace(LENIENT, min_platform_posts=6)
    rules = rules_of(one, weights={"instagram": 1.0}, eligibility=demands)
    parameters = freeze_reference(case.panel, rules).parameters
    key = Key("engaging", "quality", "instagram", "slope")
    assert parameters[key].unit_count == count
