"""The cost to flip on invented editions: what is bought flips, one unit less does not."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from tests.flip_cases import buyers_of, own_posts
from tests.scoring_cases import LENIENT, category, indicator, invented, rules_of, share_of

from tolok.methodology.category import Gate
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.flip import MEANS, contenders_of, flips_of, recipes_for
from tolok.scoring.flip_award import FIRST, NOMINEE, Reach, Trial, awards_of
from tolok.scoring.flip_edge import edges_of
from tolok.scoring.flip_panel import Buyer, panel_after, panel_of
from tolok.scoring.flip_posts import RowValues
from tolok.scoring.flip_recipe import Change, Lift, Recipe, Removal
from tolok.scoring.flip_search import Scorer, Search
from tolok.scoring.view import view_of

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=8)
THREE = replace(LENIENT, min_cluster_size=3)
QUALITY = indicator("quality")
ABOVE = indicator("above", "above_expected", 0.5)
IMAGES = share_of("image_count", "post_count", "images", 0.4, by_platform=True)
TOTAL = indicator("total", "total", 0.3, metric="interaction_count", transform="log1p")
RULES = rules_of(category(QUALITY, ABOVE, IMAGES, TOTAL), nominee_count=2)
MONOTONE = rules_of(category(QUALITY, ABOVE, TOTAL), nominee_count=2)
CHAIN = rules_of(
    category(QUALITY, name="images", gate=Gate(("image",), 2, 1)),
    category(TOTAL, name="reach"),
    category(
        indicator("one", "category", category="images"),
        indicator("two", "category", category="reach"),
        name="best",
        aggregation="geometric",
    ),
    nominee_count=2,
)


def scored(panel, rules, reference):
    return score_categories(view_of(panel, rules), reference)


def costs(case, rules, reference, reach=None):
    return flips_of(buyers_of(case), rules, reference, reach or Reach())


def holds(flip, panel, rules, reference):
    """Whether the whole panel gives the institution its outcome."""
    (one,) = [s for s in scored(panel, rules, reference) if s.category.name == flip.category]
    at = panel.institution_ids.index(flip.institution_id)
    return bool(one.rank[at] == 1 if flip.outcome == FIRST else one.is_nominee[at])


def bought(case, flip, rules, reference, size):
    """The whole panel after so many units of the stated purchase."""
    buyer = buyers_of(case)[case.panel.institution_ids.index(flip.institution_id)]
    (of,) = [c for c in rules.categories if c.name == flip.category]
    (recipe,) = [
        one
        for one in recipes_for(buyer, of, rules, reference)
        if (one.means, one.code) == (flip.means, flip.recipe)
    ]
    return panel_after(buyer, recipe.of(size))


@FEW
@given(SEEDS, st.sampled_from([RULES, CHAIN]))
def test_stated_purchase_flips_and_one_unit_less_does_not(seed, rules):
    case = invented(seed, institutions=6, posts=14)
    reference = freeze_reference(case.panel, rules)
    for flip in costs(case, rules, reference):
        if flip.cost is not None:
            panels = [
                bought(case, flip, rules, reference, size) for size in (flip.cost - 1, flip.cost)
            ]
            assert [holds(flip, one, rules, reference) for one in panels] == [False, True]


@FEW
@given(SEEDS, st.floats(1.05, 3))
def test_costs_do_not_fall_when_the_leader_draws_away(seed, factor):
    case = invented(seed, institutions=6, posts=14)
    reference = freeze_reference(case.panel, MONOTONE)
    (one,) = scored(case.panel, MONOTONE, reference)
    leaders = np.flatnonzero(one.rank == 1)
    names = {case.panel.institution_ids[at] for at in leaders}
    ahead = np.array([case.accounts[at][1] in names for at in case.account])
    further = replace(case, count=np.where(ahead, np.ceil(case.count * factor), case.count))
    before, after = (
        {
            (flip.institution_id, flip.outcome): flip.cost or np.inf
            for flip in costs(one, MONOTONE, reference)
            if flip.means == "interactions" and flip.outcome == FIRST
        }
        for one in (case, further)
    )
    assert before.keys() == after.keys()
    assert all(after[key] >= before[key] for key in before)


@FEW
@given(SEEDS)
def test_institution_alone_or_many_times_scores_to_the_bit_as_in_the_whole_panel(seed):
    case = invented(seed, institutions=5, posts=12)
    reference = freeze_reference(case.panel, RULES)
    buyers = buyers_of(case)
    (whole,) = scored(case.panel, RULES, reference)
    trials = [(buyers[row], buyers[row].after(Change())) for row in (3, 0, 0, 4)]
    (many,) = scored(panel_of(trials), RULES, reference)
    (alone,) = scored(panel_of(trials[:1]), RULES, reference)
    assert_array_equal(many.score, whole.score[[3, 0, 0, 4]])
    assert alone.score[0] == whole.score[3]


@FEW
@given(SEEDS, st.integers(1, 500))
def test_purchase_changes_the_panel_of_the_buyer_alone(seed, size):
    case = invented(seed, institutions=4, posts=12)
    reference = freeze_reference(case.panel, MONOTONE)
    buyer = buyers_of(case)[2]
    recipe = recipes_for(buyer, MONOTONE.categories[0], MONOTONE, reference)[0]
    (before,) = scored(case.panel, MONOTONE, reference)
    (after,) = scored(panel_after(buyer, recipe.of(size)), MONOTONE, reference)
    others = np.arange(4) != 2
    assert_array_equal(after.score[others], before.score[others])
    assert after.score[2] > before.score[2]


def test_costs_of_an_edition_stand_in_order_for_those_within_reach():
    case = invented(3, institutions=8, posts=20)
    reference = freeze_reference(case.panel, MONOTONE)
    (one,) = scored(case.panel, MONOTONE, reference)
    found = costs(case, MONOTONE, reference, Reach(first=2, nominee=1))
    ids = case.panel.institution_ids
    expected = []
    for cluster in ("agencies", "ministries"):
        members = [at for at in range(8) if case.panel.clusters[at] == cluster]
        second, third, _ = sorted(members, key=lambda at: one.rank[at])[1:]
        for at, rank, outcome in ((second, 2, FIRST), (third, 3, FIRST), (third, 3, NOMINEE)):
            expected += [
                (cluster, ids[at], rank, outcome, means) for means in MEANS if means != "views"
            ]
    assert [(f.cluster, f.institution_id, f.rank, f.outcome, f.means) for f in found] == expected
    rows = contenders_of(case.panel, MONOTONE, reference, Reach(first=2, nominee=1))
    assert {ids[row] for row in rows} == {name for _, name, *_ in expected}


def test_what_no_purchase_reaches_is_said_with_its_bound():
    case = invented(3, institutions=8, posts=20)
    tops = [case.accounts[at][1] in ("body-00", "body-01") for at in case.account]
    case = replace(case, count=np.where(tops, 10_000_000, case.count))
    reference = freeze_reference(case.panel, MONOTONE)
    found = [f for f in costs(case, MONOTONE, reference) if f.means == "interactions"]
    first = [f for f in found if f.outcome == FIRST]
    assert {(f.recipe, f.cost, f.cost_share) for f in first} == {("", None, None)}
    own = [
        int(case.count[[case.accounts[at][1] == f.institution_id for at in case.account]].sum())
        for f in first
    ]
    assert [(f.bound, f.own_count) for f in first] == [(one, one) for one in own]


def test_cost_share_is_of_the_institution_s_own():
    case = invented(3, institutions=8, posts=20)
    found = costs(case, MONOTONE, freeze_reference(case.panel, MONOTONE))
    some = [f for f in found if f.cost is not None]
    assert some
    assert [f.cost_share for f in some] == [f.cost / f.own_count for f in some]


def test_edition_without_buyers_has_no_costs():
    case = invented(3, institutions=4)
    assert flips_of({}, RULES, freeze_reference(case.panel, RULES), Reach()) == []


def test_buyer_whose_posts_do_not_reproduce_its_score_has_no_costs():
    case = invented(3, institutions=8, posts=20)
    reference = freeze_reference(case.panel, MONOTONE)
    buyers = buyers_of(case)
    wrong = case.with_count(0, case.count[0] + 5000)
    name = case.accounts[case.account[0]][1]
    row = case.panel.institution_ids.index(name)
    broken = buyers | {row: replace(buyers[row], posts=buyers_of(wrong)[row].posts)}
    everyone = Reach(first=8, nominee=8)
    assert name in {f.institution_id for f in flips_of(buyers, MONOTONE, reference, everyone)}
    found = flips_of(broken, MONOTONE, reference, everyone)
    assert name not in {f.institution_id for f in found}
    assert len(found) > 0


def an_award(scores, *, first=None, days=None, count=2):
    """The award of one cluster with these scores, from a panel of that many institutions."""
    case = invented(1, institutions=2 * len(scores))
    rules = rules_of(category(QUALITY), nominee_count=count)
    view = view_of(case.panel, rules)
    (one,) = score_categories(view, freeze_reference(case.panel, rules))
    award = next(award for award in awards_of(view, (one,)) if award.cluster == "agencies")
    rank = np.array([1 + sum(other > own for other in scores) for own in scores])
    return replace(
        award,
        rank=rank,
        score=np.array(scores),
        first=np.array(first or [50.0] * len(scores)),
        days=np.array(days or [10.0] * len(scores)),
        is_nominee=(rank <= count).astype(np.int64),
    )


def test_contenders_are_the_next_behind_the_first_and_behind_the_cut():
    award = an_award([60.0, 55.0, 50.0, 45.0])
    rows = award.members.tolist()
    assert award.contenders(Reach(first=2, nominee=1)) == [
        (rows[1], FIRST), (rows[2], FIRST), (rows[2], NOMINEE),
    ]  # fmt: skip


def test_bar_is_the_best_of_the_others_or_the_last_of_them_that_is_in():
    award = an_award([60.0, 55.0, 50.0, 45.0])
    row = int(award.members[2])
    assert (award.bar(row, FIRST), award.bar(row, NOMINEE)) == (60.0, 55.0)
    small = an_award([60.0, 55.0], count=3)
    assert small.bar(int(small.members[1]), NOMINEE) == -np.inf


@pytest.mark.parametrize(
    ("trial", "outcome", "flips"),
    [
        (Trial(61.0, 1.0, 1.0), FIRST, True),
        (Trial(59.0, 99.0, 99.0), FIRST, False),
        (Trial(60.0, 50.0, 10.0), FIRST, True),  # the place is shared
        (Trial(60.0, 49.0, 99.0), FIRST, False),
        (Trial(60.0, 50.0, 9.0), FIRST, False),
        (Trial(55.0, 1.0, 1.0), NOMINEE, True),  # equal scores at the cut all enter
        (Trial(55.0 - 1e-8, 99.0, 99.0), NOMINEE, False),
        (Trial(nan, 99.0, 99.0), FIRST, False),  # it has lost its place in the ranking
    ],
)
def test_equal_scores_are_told_apart_as_in_the_ranking(trial, outcome, flips):
    award = an_award([60.0, 55.0, 50.0, 45.0])
    assert award.flips(int(award.members[2]), outcome, trial) is flips


def days_case():
    """One institution with posts on three days of two weeks, one of them a copy elsewhere."""
    case = invented(2, institutions=2, posts=3, platforms=("instagram",), weeks=2)
    panel = case.panel
    by_day = {"capped": np.array([[0.0, 1, 2, 2, 2, 2]])}
    by_week = {"busy": np.array([0.0, 0, 1, 1, 1, 1])}
    counts = {"capped": np.full((2, 2), 5.0), "busy": np.ones((2, 2)), "days": np.full((2, 2), 3.0)}
    panel = replace(panel, institution_counts=counts)
    posts = own_posts([0, 0, 0, 0], [0, 0, 1, 8], [1, 2, 3, 4], copies=[1])
    posts = replace(posts, marks={"days": np.array([True, True, False, True])})
    return Buyer(panel, 0, posts, RowValues(by_day, by_week))


@pytest.mark.parametrize(
    ("change", "capped", "busy", "days"),
    [
        (Change(), [5, 5], [1, 1], [3, 3]),
        # a copy elsewhere is no post of the day, and yet marks it
        (Change(removed=np.array([0])), [4, 5], [0, 1], [3, 3]),
        (Change(removed=np.array([0, 1])), [4, 5], [0, 1], [2, 3]),
        (Change(removed=np.array([2])), [4, 5], [0, 1], [3, 3]),
        (Change(added=np.array([3, 3]), added_day=np.array([8, 9])), [5, 7], [1, 2], [3, 4]),
        # a third post of a day is above the cap
        (Change(added=np.array([2, 2]), added_day=np.array([0, 0])), [6, 5], [1, 1], [3, 3]),
    ],
)
def test_days_weeks_and_distinct_days_follow_the_posts(change, capped, busy, days):
    found = days_case().after(change).institution_counts
    assert {name: values.tolist() for name, values in found.items()} == {
        "capped": capped, "busy": busy, "days": days,
    }  # fmt: skip


def test_unknown_week_becomes_known_with_the_first_known_post():
    case = invented(2, institutions=2, posts=3, platforms=("instagram",), weeks=2)
    panel = case.panel
    weekly = panel.account_counts["interaction_count"].copy()
    weekly[0] = [np.nan, 4]
    counts = panel.account_counts | {"interaction_count": weekly}
    posts = own_posts([0, 0], [0, 8], [np.nan, 4])
    buyer = Buyer(replace(panel, account_counts=counts), 0, posts, RowValues({}, {}))
    added = Change(added=np.array([1, 0]), added_day=np.array([2, 9]))
    found = buyer.after(added).account_counts["interaction_count"]
    assert found.tolist() == [[4, 4]]
    gone = buyer.after(Change(removed=np.array([1]))).account_counts["interaction_count"]
    assert_array_equal(gone, [[np.nan, 0]])


def test_means_that_a_category_does_not_read_are_not_tried():
    case = invented(3, institutions=4)
    buyer = buyers_of(case)[0]
    views = replace(buyer.posts, counts=buyer.posts.counts | {"view_count": np.full(80, 7.0)})
    buyer = replace(buyer, posts=views)
    (of,) = MONOTONE.categories
    reference = freeze_reference(case.panel, MONOTONE)
    tried = recipes_for(buyer, of, MONOTONE, reference)
    assert {one.means for one in tried} == set(MEANS) - {"views"}
    seen = replace(
        buyer.panel,
        histograms=buyer.panel.histograms
        | {"view_count": next(iter(buyer.panel.histograms.values()))},
    )
    read = recipes_for(replace(buyer, panel=seen), of, MONOTONE, reference)
    assert {one.means for one in read} == set(MEANS)


def test_search_closes_on_the_least_size_whatever_the_gaps_say():
    award = an_award([60.0, 55.0, 50.0, 45.0])
    row = int(award.members[3])
    recipe = Recipe("posts", "any", 5000, 5000, Removal(np.arange(5000)))
    for least in (2, 3, 17, 900, 999):
        search = Search(row, FIRST, recipe)

        def trial(size, least=least):
            return Trial(45.0 if size < least else nan if size > 1500 else 60.5, 50.0, 10.0)

        search.start(award, {0: trial(0), 1: trial(1), 1000: trial(1000), 5000: trial(5000)})
        steps = 0
        while search.high is not None and search.high - search.low > 1:
            size = search.next_size(search.high)
            search.narrow(award, size, trial(size))
            steps += 1
        assert (search.low, search.high) == (least - 1, least)
        assert steps <= 40


def test_scorer_remembers_what_it_scored():
    case = invented(3, institutions=4)
    reference = freeze_reference(case.panel, RULES)
    buyers = buyers_of(case)
    scorer = Scorer(buyers, RULES.categories[0], RULES, reference)
    recipe = recipes_for(buyers[1], RULES.categories[0], RULES, reference)[0]
    first = scorer.score([(1, recipe, 5), (1, recipe, 0)])
    assert scorer.score([(1, recipe, 0), (1, recipe, 5)]) == first[::-1]
    assert first[1] == scorer.unchanged(1)
    assert len(scorer._known) == 2


@pytest.mark.parametrize("baseline", ["residual", "level"])
def test_post_lifted_to_its_edge_is_above_what_is_expected_as_a_whole(baseline):
    case = invented(3, institutions=6, posts=30, platforms=("instagram",))
    above = replace(ABOVE, baseline=baseline, strata=(("image",), ("video", "short_video")))
    rules = rules_of(category(above))
    reference = freeze_reference(case.panel, rules)
    buyer = buyers_of(case)[1]
    (edge,) = edges_of(buyer, rules, reference)
    assert (edge.measure, edge.kinds) == (above.measure, ("image", "video", "short_video"))
    posts = buyer.posts
    rows = np.flatnonzero((edge.count > posts.counts[edge.measure]) & posts.is_of(edge.kinds))
    units = Lift(edge, posts, rows)
    assert_array_equal(edge.count[~posts.is_of(edge.kinds)], 0)

    def shares(size):
        (one,) = scored(panel_after(buyer, units.of(size)), rules, reference)
        return one.indicators[0].estimate.value[1, 0]

    assert_array_equal(shares(units.bound), 1.0)
    assert shares(units.bound - 1).min() < 1


def test_edge_of_an_unknown_audience_is_no_edge():
    case = invented(3, institutions=6, posts=30, platforms=("instagram",))
    rules = rules_of(category(ABOVE))
    reference = freeze_reference(case.panel, rules)
    followers = case.panel.follower_count.copy()
    followers[1] = np.nan
    buyer = replace(buyers_of(case)[1], panel=replace(case.panel, follower_count=followers))
    (edge,) = edges_of(buyer, rules, reference)
    assert edge.count.max() == 0
    assert edges_of(buyer, rules_of(category(QUALITY)), reference) == []


def test_size_of_a_batch_does_not_enter_the_costs(monkeypatch):
    case = invented(5, institutions=6, posts=14)
    reference = freeze_reference(case.panel, RULES)
    at_once = costs(case, RULES, reference)
    monkeypatch.setattr("tolok.scoring.flip_search.POSTS_AT_ONCE", 30)
    assert costs(case, RULES, reference) == at_once


def test_award_without_ranks_has_no_costs():
    case = invented(5, institutions=5, posts=14)  # three agencies and two ministries
    rules = replace(MONOTONE, edition=replace(MONOTONE.edition, eligibility=THREE))
    found = costs(case, rules, freeze_reference(case.panel, rules))
    assert {flip.cluster for flip in found} == {"agencies"}


def test_sum_that_no_post_explains_is_held():
    case = invented(5, institutions=4, posts=14)
    counts = case.panel.account_counts | {"reply_count": np.full((8, 12), 3.0)}
    buyer = replace(buyers_of(case)[1], panel=replace(case.panel, account_counts=counts))
    found = buyer.after(Change(removed=np.arange(20))).account_counts
    assert_array_equal(found["reply_count"], 3.0)
    assert found["post_count"].sum() == buyer.posts.day.size - 20
