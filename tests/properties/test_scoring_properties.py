"""What must be true of every score, on random editions. Numbers are those of the methodology."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring_cases import (
    by_institution,
    category,
    indicator,
    invented,
    rules_of,
    share_of,
)

from tolok.composite.aggregate import aggregate
from tolok.composite.rank import competition_rank
from tolok.methodology.category import Ratio
from tolok.methodology.edition import Scoring
from tolok.scoring import Histogram, freeze_reference, score_edition, score_with
from tolok.scoring.bins import gather
from tolok.scoring.histogram import BINS_PER_UNIT
from tolok.scoring.shrink import shrink_by_variance
from tolok.scoring.trim import trimmed_mean

SEEDS = st.integers(0, 2**32 - 1)
POINTS = st.floats(1, 150, allow_subnormal=False)
FEW = settings(max_examples=20)

QUALITY = indicator("quality")
ABOVE = indicator("above", "above_expected", 0.5)
IMAGES = share_of("image_count", "post_count", "images", 0.4, by_platform=True)
TOTAL = indicator("total", "total", 0.3, metric="interaction_count", transform="log1p")
REACH = indicator(
    "reach", "rate", 0.2, ratios=(Ratio("interaction_count", "post_count"),), transform="log"
)
EVERY = (QUALITY, ABOVE, IMAGES, TOTAL, REACH)
RULES = rules_of(category(*EVERY))


def scores_of(case, rules=RULES, reference=None):
    """Scores by institution."""
    if reference is None:
        return by_institution(score_edition(case.panel, rules).scores)
    return by_institution(score_with(case.panel, rules, reference).scores)


def ranks_of(case, rules=RULES):
    """Ranks by institution."""
    return by_institution(score_edition(case.panel, rules).scores, "rank")


def column(scores, name, indicator, key="institution_id"):
    """A column of one indicator by institution, platforms together."""
    table = scores.indicators
    return {
        who: value
        for who, value, one, platform in zip(
            table[key], table[name], table["indicator"], table["platform"], strict=True
        )
        if one == indicator and platform == ""
    }


# 1 units


@FEW
@given(SEEDS, st.floats(1e-6, 1e6))
def test_unit_of_a_metric_changes_no_rank(seed, factor):
    plain = rules_of(category(replace(TOTAL, transform="none")))
    case = invented(seed)
    panel = case.panel
    scaled = panel.account_counts["interaction_count"] * factor
    counts = panel.account_counts | {"interaction_count": scaled}
    other = replace(panel, account_counts=counts)
    before, after = (by_institution(score_edition(one, plain).scores) for one in (panel, other))
    assert after == pytest.approx(before, abs=1e-6)


def on_grid(count, up=0):
    """Counts whose y lies at one place of its bin, moved up by some bins.

    Posts of a bin are then equal, so that a trimmed mean of bins is the exact one.
    """
    return np.expm1((np.floor(np.log1p(count) * BINS_PER_UNIT) + up) / BINS_PER_UNIT + 0.05)


@FEW
@given(SEEDS, st.integers(1, 100))
def test_counts_times_any_number_leave_the_residual(seed, up):
    # the factor is that of 1 + r: the 1 is what keeps a post without interactions in
    case, rules = invented(seed), rules_of(category(QUALITY, ABOVE))
    before, after = (
        scores_of(replace(case, count=on_grid(case.count, by)), rules) for by in (0, up)
    )
    assert after == pytest.approx(before, abs=1e-3)


# 2 followers


@FEW
@given(SEEDS, st.sampled_from([1e-3, 0.5, 3.0, 1e4]))
def test_followers_times_any_number_leave_the_residual(seed, factor):
    case, rules = invented(seed), rules_of(category(QUALITY, ABOVE))
    scaled = replace(case, followers=case.followers * factor)
    assert scores_of(scaled, rules) == pytest.approx(scores_of(case, rules), abs=1e-6)
    assert ranks_of(scaled, rules) == ranks_of(case, rules)


# 3 monotone


@FEW
@given(SEEDS, st.integers(0, 639), st.integers(1, 300))
def test_more_interactions_never_cost_points_and_never_touch_others(seed, post, up):
    case = invented(seed)
    case = replace(case, count=on_grid(case.count))
    reference = freeze_reference(case.panel, RULES)
    raised = case.with_count(post, on_grid(case.count[post], up))
    before, after = scores_of(case, RULES, reference), scores_of(raised, RULES, reference)
    owner = case.accounts[case.account[post]][1]
    assert after.pop(owner) >= before.pop(owner)
    assert after == before


@FEW
@given(SEEDS, st.integers(0, 7), st.floats(0.01, 10))
def test_higher_metric_means_a_higher_score(seed, row, more):
    panel = invented(seed).panel
    rules = rules_of(category(TOTAL))
    reference = freeze_reference(panel, rules)
    counts = panel.account_counts["interaction_count"].copy()
    counts[panel.account_institution == row] *= 1 + more
    raised = replace(panel, account_counts={"interaction_count": counts})
    name = panel.institution_ids[row]
    before, after = (
        by_institution(score_with(one, rules, reference).scores) for one in (panel, raised)
    )
    assert after.pop(name) > before.pop(name) or after == before
    assert after == before


@given(SEEDS, st.integers(2, 60), st.integers(0, 59), st.integers(1, 400))
def test_raised_post_never_lowers_a_trimmed_mean_by_more_than_a_bin_at_the_cut(n_seed, n, at, up):
    rng = np.random.default_rng(n_seed)
    counts = np.expm1(rng.normal(4, 1.5, n).clip(0)).round().astype(np.int64)
    raised = counts.copy()
    raised[at % n] += up
    nothing = np.zeros(n, dtype=np.int64)
    before, after = (
        trimmed_mean(
            gather(Histogram.from_counts(nothing, nothing, nothing, one), (), 1).contract(
                np.ones(1)
            ),
            1,
            0.1,
        ).mean[0]
        for one in (counts, raised)
    )
    assert after >= before - 2 / BINS_PER_UNIT / (0.8 * n)


# 4 order


@FEW
@given(SEEDS)
def test_order_of_posts_and_accounts_changes_no_bit(seed):
    case, rng = invented(seed), np.random.default_rng(seed)
    order = rng.permutation(case.account.size)
    shuffled = replace(
        case,
        account=case.account[order],
        week=case.week[order],
        kind=case.kind[order],
        count=case.count[order],
        clusters=dict(reversed(case.clusters.items())),
    )
    assert score_edition(shuffled.panel, RULES) == score_edition(case.panel, RULES)


@FEW
@given(SEEDS)
def test_names_of_institutions_change_no_bit(seed):
    case = invented(seed)
    named = dict(zip(sorted(case.clusters), sorted(case.clusters, reverse=True), strict=True))
    renamed = replace(
        case,
        clusters={named[name]: cluster for name, cluster in case.clusters.items()},
        accounts=[(a, named[b], p) for a, b, p in case.accounts],
    )
    scores = scores_of(renamed)
    assert {name: scores[named[name]] for name in named} == scores_of(case)


@FEW
@given(SEEDS)
def test_names_of_platforms_change_no_rank(seed):
    case = invented(seed)
    swapped = {"instagram": "x", "x": "instagram"}
    other = replace(case, accounts=[(a, b, swapped[p]) for a, b, p in case.accounts])
    assert scores_of(other) == pytest.approx(scores_of(case), abs=1e-9)
    assert ranks_of(other) == ranks_of(case)


# 5, 6 others


@FEW
@given(SEEDS, st.integers(0, 7))
def test_copy_of_an_institution_scores_the_same_and_moves_nobody(seed, which):
    case = invented(seed)
    name = f"body-{which:02}"
    reference = freeze_reference(case.panel, RULES)
    before = scores_of(case, RULES, reference)
    table = score_with(case.with_copy(name, "body-zz").panel, RULES, reference).scores
    after, ranks = by_institution(table), by_institution(table, "rank")
    assert after.pop("body-zz") == after[name]
    assert ranks["body-zz"] == ranks[name]
    assert after == before


@FEW
@given(SEEDS, st.sets(st.integers(0, 7), max_size=4))
def test_institution_that_leaves_changes_no_other_score(seed, gone):
    case = invented(seed)
    names = {f"body-{which:02}" for which in gone}
    reference = freeze_reference(case.panel, RULES)
    before = score_with(case.panel, RULES, reference).scores
    after = score_with(case.without(*names).panel, RULES, reference).scores
    left = {k: v for k, v in by_institution(before).items() if k not in names}
    small = {k for k, v in by_institution(after, "reason").items() if v.startswith("small")}
    assert {k: v for k, v in by_institution(after).items() if k not in small} == {
        k: v for k, v in left.items() if k not in small
    }
    for cluster in ("agencies", "ministries"):
        orders = [
            [
                name
                for name, where in zip(table["institution_id"], table["cluster"], strict=True)
                if where == cluster and name not in names
            ]
            for table in (before, after)
        ]
        assert orders[0] == orders[1] or any(name in small for name in orders[1])


@FEW
@given(SEEDS, st.integers(0, 7))
def test_institution_that_is_not_eligible_has_no_say_in_the_reference(seed, which):
    growth = indicator("growth", "growth", 0.1)
    by_platform = replace(TOTAL, name="total_by_platform", by_platform=True)
    rules = rules_of(category(*EVERY, growth, by_platform))
    case, name = invented(seed), f"body-{which:02}"
    barred = replace(case, unconfirmed=frozenset({name}))
    gone = freeze_reference(case.without(name).panel, rules).parameters
    assert freeze_reference(barred.panel, rules).parameters == gone


@FEW
@given(SEEDS)
def test_platform_with_few_posts_of_an_institution_has_no_say_in_the_reference(seed):
    case = invented(seed)
    rare = with_platform(case, "tiktok", sorted(case.clusters)[:4], posts=4)
    rules = rules_of(
        category(QUALITY, ABOVE, IMAGES), weights={"instagram": 1.0, "x": 1.0, "tiktok": 1.0},
        scoring=Scoring(min_audience_accounts=99),
    )  # fmt: skip
    found, expected = (freeze_reference(one.panel, rules) for one in (rare, case))
    assert found.parameters == expected.parameters


# 7 platforms


def with_platform(case, platform, names, posts=30):
    """The edition with accounts of some institutions on one more platform."""
    rng = np.random.default_rng(7)
    size = len(case.accounts)
    account = np.repeat(np.arange(size, size + len(names)), posts)
    return replace(
        case,
        accounts=case.accounts + [(f"{platform}:{name}", name, platform) for name in names],
        followers=np.append(case.followers, rng.integers(100, 10**6, len(names))),
        account=np.append(case.account, account),
        week=np.append(case.week, rng.integers(0, 12, account.size)),
        kind=np.append(case.kind, rng.integers(0, 3, account.size)),
        count=np.append(case.count, rng.integers(0, 10**5, account.size)),
    )


@FEW
@given(SEEDS)
def test_platform_without_posts_or_weight_changes_nothing(seed):
    case = invented(seed)
    by_slot = (QUALITY, ABOVE, IMAGES)
    plain = scores_of(case, rules_of(category(*by_slot)))
    idle = rules_of(category(*by_slot), weights={"instagram": 1.0, "x": 1.0, "threads": 1.0})
    assert scores_of(case, idle) == plain
    crowded = with_platform(case, "tiktok", sorted(case.clusters))
    for least in (3, 99):  # a slope a platform, or one for all
        scoring = Scoring(min_audience_accounts=least)
        weights = {"instagram": 1.0, "x": 1.0}
        before = scores_of(case, rules_of(category(*by_slot), scoring=scoring, weights=weights))
        weightless = rules_of(
            category(*by_slot), scoring=scoring, weights=weights | {"tiktok": 0.0}
        )
        assert scores_of(crowded, weightless) == before


@FEW
@given(SEEDS)
def test_platform_of_one_cluster_moves_nobody_in_another(seed):
    case = invented(seed)
    agencies = [name for name, cluster in case.clusters.items() if cluster == "agencies"]
    rules = rules_of(
        category(QUALITY, ABOVE, IMAGES), weights={"instagram": 1.0, "x": 1.0, "tiktok": 1.0}
    )
    before, after = (
        scores_of(case, rules),
        scores_of(with_platform(case, "tiktok", agencies), rules),
    )
    ministries = set(case.clusters) - set(agencies)
    assert {name: after[name] for name in ministries} == {name: before[name] for name in ministries}


# 8, 9, 10, 12 indicators and weights


@FEW
@given(SEEDS, st.floats(-1e6, 1e6))
def test_indicator_that_is_the_same_for_all_has_no_effect(seed, value):
    case = invented(seed)
    with_it = replace(case, whole={"extra": dict.fromkeys(case.clusters, value)})
    rules = rules_of(category(*EVERY, indicator("extra", "total", 5.0, metric="extra")))
    table = score_edition(with_it.panel, rules)
    assert by_institution(table.scores) == scores_of(case)
    assert set(table.scores["reason"]) == {""}


@FEW
@given(SEEDS)
def test_indicator_of_weight_zero_is_absent(seed):
    case = invented(seed)
    rng = np.random.default_rng(seed)
    case = replace(case, whole={"extra": {name: rng.normal() for name in case.clusters}})
    rules = rules_of(category(*EVERY, indicator("extra", "total", 0.0, metric="extra")))
    assert scores_of(case, rules) == scores_of(case)


@FEW
@given(SEEDS, st.integers(0, 4))
def test_indicator_given_twice_at_half_its_weight_is_itself(seed, which):
    case, one = invented(seed), EVERY[which]
    halves = [replace(one, name=name, weight=one.weight / 2) for name in ("one", "two")]
    rest = [other for other in EVERY if other is not one]
    assert scores_of(case, rules_of(category(*rest, *halves))) == pytest.approx(
        scores_of(case, rules_of(category(*rest, one))), abs=1e-9
    )


@FEW
@given(SEEDS, st.floats(1e-3, 1e3), st.permutations(range(5)))
def test_scale_and_order_of_weights_change_no_score(seed, factor, order):
    case = invented(seed)
    changed = [replace(EVERY[i], weight=EVERY[i].weight * factor) for i in order]
    for aggregation in ("arithmetic", "geometric"):
        before = scores_of(case, rules_of(category(*EVERY, aggregation=aggregation)))
        after = scores_of(case, rules_of(category(*changed, aggregation=aggregation)))
        assert after == pytest.approx(before, abs=1e-9)


# 13, 14 aggregation


@given(
    st.lists(st.tuples(POINTS, st.floats(0, 50), st.floats(0.01, 1)), min_size=1, max_size=8),
    st.sampled_from(["arithmetic", "geometric"]),
)
def test_better_on_every_side_is_better_on_the_whole(sides, how):
    low, more, weight = (np.array(column) for column in zip(*sides, strict=True))
    before, after = aggregate(low, weight, how), aggregate(low + more, weight, how)
    assert after >= before * (1 - 1e-12)
    if (more > 1e-3).any():
        assert after > before


@given(st.lists(st.tuples(POINTS, st.floats(0.01, 1)), min_size=1, max_size=8))
def test_arithmetic_mean_is_never_below_the_geometric(sides):
    value, weight = (np.array(column) for column in zip(*sides, strict=True))
    geometric = aggregate(value, weight, "geometric")
    assert aggregate(value, weight, "arithmetic") >= geometric * (1 - 1e-12)
    assert geometric >= weight.sum() / (weight / value).sum() * (1 - 1e-12)


# 16 missing


@FEW
@given(SEEDS, st.integers(0, 7))
def test_score_without_an_indicator_is_the_mean_of_the_others(seed, which):
    case, name = invented(seed), f"body-{which:02}"
    known = {one: float(i % 5) for i, one in enumerate(case.clusters) if one != name}
    case = replace(case, whole={"extra": known})
    rules = rules_of(category(QUALITY, TOTAL, indicator("extra", "total", 0.5, metric="extra")))
    scores = score_edition(case.panel, rules)
    quality, total = (column(scores, "points", one) for one in ("quality", "total"))
    expected = (1.0 * quality[name] + 0.3 * total[name]) / 1.3
    assert by_institution(scores.scores)[name] == pytest.approx(expected)
    assert by_institution(scores.scores, "reason")[name] == "lacks:extra"


@FEW
@given(SEEDS)
def test_institution_without_anything_is_not_ranked(seed):
    case = invented(seed)
    silent = replace(case, clusters=case.clusters | {"body-zz": "agencies"})
    scores = score_edition(silent.panel, RULES).scores
    assert by_institution(scores, "rank")["body-zz"] is None
    assert by_institution(scores, "reason")["body-zz"] == "few_active_weeks:0<1"
    assert {k: v for k, v in by_institution(scores).items() if k != "body-zz"} == scores_of(case)


# 17 ties


@given(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=30))
def test_rank_is_one_more_than_the_number_of_those_above(values):
    score = np.array(values)
    ranks = competition_rank([score])
    assert ranks.tolist() == [1 + int((score > one).sum()) for one in score]


# 18 outliers


@given(SEEDS, st.integers(10, 200))
def test_one_viral_post_moves_the_trimmed_mean_by_no_more_than_trimming_allows(seed, n):
    rng = np.random.default_rng(seed)
    y = np.sort(rng.permutation(np.arange(1, 12 * BINS_PER_UNIT))[: n % 180 + 10]) / BINS_PER_UNIT
    n, nothing = y.size, np.zeros(y.size, dtype=np.int64)
    counts = np.round(np.expm1(y) * 1000)
    viral = counts.copy()
    viral[-1] *= 1e6
    first, second = (
        trimmed_mean(
            gather(Histogram.from_counts(nothing, nothing, nothing, one), (), 1).contract(
                np.ones(1)
            ),
            1,
            0.1,
        ).mean[0]
        for one in (counts, viral)
    )
    # the highest post lies in the part that is cut as soon as that holds a whole post
    assert second == pytest.approx(first, abs=1 / BINS_PER_UNIT / (0.8 * n))


# 20 shrinkage


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=20),
    st.floats(0, 4),
    st.floats(1e-6, 10),
    st.floats(-1, 1),
)
def test_shrinkage_draws_to_the_mean_and_keeps_the_order(values, between, variance, mean):
    value = np.array(values)
    shrunk = shrink_by_variance(value, np.array(variance), np.array(mean), np.array(between))
    assert (np.abs(shrunk - mean) <= np.abs(value - mean) + 1e-12).all()
    assert (np.diff(shrunk[np.argsort(value)]) >= 0).all()


@given(st.floats(-5, 5), st.floats(0.01, 4))
def test_shrinkage_ends_with_many_posts(value, between):
    shrunk = shrink_by_variance(np.array(value), np.array(1e-12), np.array(0.0), np.array(between))
    assert float(shrunk) == pytest.approx(value, abs=1e-8)


# weeks


@FEW
@given(SEEDS, st.integers(2, 5))
def test_weeks_that_all_count_alike_leave_means_as_they_are(seed, times):
    panel, rules = invented(seed).panel, rules_of(category(QUALITY, ABOVE, IMAGES))
    reference = freeze_reference(panel, rules)
    once = score_with(panel, rules, reference)
    often = score_with(panel, rules, reference, np.full(12, float(times)))
    assert [value or 0.0 for value in often.indicators["value"]] == pytest.approx(
        [value or 0.0 for value in once.indicators["value"]]
    )
    assert often.indicators["post_count"] == [
        count * times for count in once.indicators["post_count"]
    ]


@FEW
@given(SEEDS, st.integers(0, 11))
def test_week_of_weight_zero_is_a_week_without_posts(seed, week):
    case, rules = invented(seed), rules_of(category(QUALITY, ABOVE, TOTAL))
    reference = freeze_reference(case.panel, rules)
    weights = np.where(np.arange(12) == week, 0.0, 1.0)
    kept = case.week != week
    cut = replace(case, account=case.account[kept], week=case.week[kept], kind=case.kind[kept],
                  count=case.count[kept])  # fmt: skip
    dropped = score_with(case.panel, rules, reference, weights)
    assert by_institution(dropped.scores) == scores_of(cut, rules, reference)
