"""What must be true of draws of weeks and of variants, on random editions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.methodology.edition import Scoring
from tolok.methodology.uncertainty import Uncertainty
from tolok.scoring import freeze_methods, score_with_doubt
from tolok.scoring.draws import freeze_for, nominal_of, scores_in_draws
from tolok.scoring.edition import score_categories
from tolok.scoring.method import own_choices, week_weights_of
from tolok.scoring.view import view_of

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=6, deadline=None)
ENGAGING = category(
    indicator("quality"),
    share_of("image_count", "post_count", "images", 0.4, by_platform=True),
)
DOUBT = Uncertainty(draws=50, weight_sets=2, trim_share=("0.1",))


def told(case, **rules):
    """The tables of an edition with its doubt."""
    ruled = rules_of(ENGAGING, **{"uncertainty": DOUBT} | rules)
    return score_with_doubt(case.panel, ruled, freeze_methods(case.panel, ruled))


def spread_of(case, seed=1, scoring=None):
    """The standard deviation of every institution's score over draws of weeks."""
    doubt = replace(DOUBT, seed=seed, draws=200)
    rules = rules_of(ENGAGING, uncertainty=doubt, **({"scoring": scoring} if scoring else {}))
    panel, choices = case.panel, own_choices(rules, doubt.draws)
    reference = freeze_for(panel, rules, own_choices(rules, 1))
    nominal = nominal_of(score_categories(view_of(panel, rules), reference))
    weeks = week_weights_of(rules, panel.shape[2], doubt.draws)
    scores = scores_in_draws(view_of(panel, rules, weeks), reference, nominal, choices)
    return scores["engaging"].std(axis=0)


# 21 intervals, 22 bootstrap


@FEW
@given(SEEDS)
def test_same_seed_gives_the_same_tables_to_the_last_bit(seed):
    assert told(invented(seed)) == told(invented(seed))


@FEW
@given(SEEDS)
def test_more_nominees_are_never_less_likely_to_hold_an_institution(seed):
    one, two, four = (told_with(invented(seed), count) for count in (1, 2, 4))
    assert all(p <= q for p, q in zip(one, two, strict=True))
    assert all(p <= q for p, q in zip(two, four, strict=True))
    assert set(four) == {1.0}  # there are four in a cluster


def told_with(case, nominees):
    """p_nominee of everyone by every source that has one, in the order of the table."""
    ruled = rules_of(replace(ENGAGING, nominee_count=nominees), uncertainty=DOUBT)
    table = score_with_doubt(case.panel, ruled, freeze_methods(case.panel, ruled)).uncertainty
    return [p for p in table["p_nominee"] if p is not None]


@FEW
@given(SEEDS)
def test_someone_is_first_in_every_draw(seed):
    table = told(invented(seed)).uncertainty
    total: dict[tuple[str, str], float] = {}
    for source, cluster, first in zip(
        table["source"], table["cluster"], table["p_first"], strict=True
    ):
        if first is not None:
            total[source, cluster] = total.get((source, cluster), 0) + first
    assert len(total) == 3 * 2
    assert all(share >= 1 - 1e-9 for share in total.values())
    # no two scores of random posts are equal
    assert total == pytest.approx(dict.fromkeys(total, 1))


@FEW
@given(SEEDS)
def test_rank_lies_in_each_of_its_intervals(seed):
    scores = told(invented(seed))
    rank = dict(zip(scores.scores["institution_id"], scores.scores["rank"], strict=True))
    table = scores.uncertainty
    for who, low, high in zip(
        table["institution_id"], table["rank_low"], table["rank_high"], strict=True
    ):
        assert low <= rank[who] <= high


@FEW
@given(SEEDS)
def test_block_of_the_whole_window_leaves_nothing_to_chance(seed):
    whole = Scoring(min_audience_accounts=3, block_weeks=12)
    assert spread_of(invented(seed), scoring=whole) == pytest.approx(0, abs=1e-9)
    assert (spread_of(invented(seed)) > 0.1).all()


@FEW
@given(SEEDS)
def test_more_posts_narrow_what_chance_can_do(seed):
    rules = rules_of(ENGAGING, uncertainty=DOUBT)

    def error(posts):
        panel = invented(seed, posts=posts).panel
        view = view_of(panel, rules, week_weights_of(rules, panel.shape[2], 200))
        level = view.level("interaction_count", ())[1].mean
        return np.median(level.std(axis=0))

    assert error(480) < 0.5 * error(30)
