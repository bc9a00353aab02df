"""The cost to flip on invented editions: what is bought flips, one unit less does not."""

import weakref
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from tests.flip_cases import buyers_of
from tests.scoring_cases import LENIENT, category, indicator, invented, rules_of, share_of

from tolok.methodology.category import Gate
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.flip import contenders_of, flips_of
from tolok.scoring.flip_award import FIRST, NOMINEE, Reach
from tolok.scoring.flip_buyer import Buyer
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import need_of
from tolok.scoring.flip_panel import panel_after, panel_of
from tolok.scoring.flip_recipe import MEANS
from tolok.scoring.flip_shelf import Shelf
from tolok.scoring.flip_trial import Scorer
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


def recipes_for(buyer, of, rules, reference):
    return Shelf(rules, reference).recipes(buyer, need_of(of, rules))


def scored(panel, rules, reference):
    return score_categories(view_of(panel, rules), reference)


def costs(case, rules, reference, reach=None):
    return flips_of(case.panel, [buyers_of(case)], rules, reference, reach or Reach())


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
    need = need_of(RULES.categories[0], RULES)
    trials = [(buyers[row], Change()) for row in (3, 0, 0, 4)]
    (many,) = scored(panel_of(trials, need), RULES, reference)
    (alone,) = scored(panel_of(trials[:1], need), RULES, reference)
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


@FEW
@given(SEEDS, st.integers(1, 3))
def test_buyers_in_parties_cost_what_they_cost_together(seed, size):
    case = invented(seed, institutions=8, posts=20)
    reference = freeze_reference(case.panel, RULES)
    buyers = list(buyers_of(case).items())
    parties = [dict(buyers[at : at + size]) for at in range(0, len(buyers), size)]
    found = flips_of(case.panel, reversed(parties), RULES, reference, Reach())
    assert found == costs(case, RULES, reference)


def test_one_party_is_held_at_a_time():
    case = invented(3, institutions=8, posts=20)
    reference = freeze_reference(case.panel, RULES)
    held: dict[int, weakref.ref[Buyer]] = {}

    def parties():
        for at in range(4):
            assert [one() for one in held.values()] == [None] * len(held)
            buyers = buyers_of(case)
            held.update({row: weakref.ref(buyer) for row, buyer in buyers.items()})
            yield {row: buyers[row] for row in (2 * at, 2 * at + 1)}
            del buyers

    assert flips_of(case.panel, parties(), RULES, reference, Reach())


def test_edition_without_buyers_has_no_costs():
    case = invented(3, institutions=4)
    assert flips_of(case.panel, [], RULES, freeze_reference(case.panel, RULES), Reach()) == []


def test_buyer_whose_posts_do_not_reproduce_its_score_has_no_costs():
    case = invented(3, institutions=8, posts=20)
    reference = freeze_reference(case.panel, MONOTONE)
    buyers = buyers_of(case)
    wrong = case.with_count(0, case.count[0] + 5000)
    name = case.accounts[case.account[0]][1]
    row = case.panel.institution_ids.index(name)
    broken = buyers | {row: replace(buyers[row], posts=buyers_of(wrong)[row].posts)}
    everyone = Reach(first=8, nominee=8)
    sound, found = (
        flips_of(case.panel, [party], MONOTONE, reference, everyone) for party in (buyers, broken)
    )
    assert name in {f.institution_id for f in sound}
    assert name not in {f.institution_id for f in found}
    assert len(found) > 0


def test_means_that_a_category_does_not_read_are_not_tried():
    case = invented(3, institutions=4)
    buyer = buyers_of(case)[0]
    views = replace(buyer.posts, counts=buyer.posts.counts | {"view_count": np.full(80, 7.0)})
    buyer = replace(buyer, posts=views)
    (of,) = MONOTONE.categories
    reference = freeze_reference(case.panel, MONOTONE)
    tried = recipes_for(buyer, of, MONOTONE, reference)
    assert {one.means for one in tried} == set(MEANS) - {"views"}
    watched = rules_of(category(replace(QUALITY, measure="view_count")))
    tried = recipes_for(buyer, watched.categories[0], watched, reference)
    assert {one.means for one in tried} == set(MEANS) - {"interactions"}


def test_scorer_remembers_what_it_scored():
    case = invented(3, institutions=4)
    reference = freeze_reference(case.panel, RULES)
    buyers = buyers_of(case)
    scorer = Scorer(buyers, RULES.categories[0], RULES, reference)
    recipe = recipes_for(buyers[1], RULES.categories[0], RULES, reference)[0]
    first = scorer.score([(1, recipe, 5), (1, recipe, 0)])
    assert scorer.score([(1, recipe, 0), (1, recipe, 5)]) == first[::-1]
    assert first[1:] == scorer.unchanged([1])
    assert len(scorer._known) == 2


def test_size_of_a_batch_does_not_enter_the_costs(monkeypatch):
    case = invented(5, institutions=6, posts=14)
    reference = freeze_reference(case.panel, RULES)
    at_once = costs(case, RULES, reference)
    monkeypatch.setattr("tolok.scoring.flip_trial.TRIALS_AT_ONCE", 3)
    assert costs(case, RULES, reference) == at_once


def test_award_without_ranks_has_no_costs():
    case = invented(5, institutions=5, posts=14)  # three agencies and two ministries
    rules = replace(MONOTONE, edition=replace(MONOTONE.edition, eligibility=THREE))
    found = costs(case, rules, freeze_reference(case.panel, rules))
    assert {flip.cluster for flip in found} == {"agencies"}
