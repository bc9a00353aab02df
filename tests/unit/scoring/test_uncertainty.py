"""How sure ranks are: draws of weeks, variants of the method, and what is missing."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import by_institution, category, indicator, invented, rules_of, share_of

from tolok.methodology.category import Ratio
from tolok.methodology.uncertainty import Uncertainty
from tolok.scoring import freeze_methods, freeze_reference, score_edition, score_with_doubt
from tolok.scoring.draws import nominal_of, scores_in_draws
from tolok.scoring.edition import score_categories
from tolok.scoring.method import (
    OWN,
    all_choices,
    drawn_choices,
    own_choices,
    own_setting,
    settings_of,
    week_weights_of,
)
from tolok.scoring.missing import Bounds, filled, rank_bounds, score_bounds
from tolok.scoring.view import view_of

FEW = Uncertainty(draws=40, weight_sets=3)
ENGAGING = category(
    indicator("quality"),
    indicator("total", "total", 0.5, metric="interaction_count", transform="log1p"),
    share_of("image_count", "post_count", "images", 0.5, by_platform=True),
)
BEST = category(
    indicator("engagement", "category", category="engaging", absent="fifth_percentile"),
    indicator("growth", "growth", 0.3),
    name="best",
    aggregation="geometric",
)


def rules_with(doubt=FEW, categories=(ENGAGING, BEST)):
    return rules_of(*categories, uncertainty=doubt)


def doubted(case, rules=None, references=None):
    rules = rules or rules_with()
    references = references or freeze_methods(case.panel, rules)
    return score_with_doubt(case.panel, rules, references)


def of_source(scores, source, column, category="engaging"):
    table = scores.uncertainty
    return {
        who: value
        for who, value, one, told in zip(
            table["institution_id"],
            table[column],
            table["source"],
            table["category"],
            strict=True,
        )
        if one == source and told == category
    }


# Draws of weeks


def test_every_draw_has_as_many_weeks_as_the_window():
    weeks = week_weights_of(rules_with(), 53, 200)
    assert weeks.sum(axis=1).tolist() == [53.0] * 200
    assert (weeks >= 0).all()
    assert weeks.mean(axis=0) == pytest.approx(1, abs=0.35)


def test_block_of_the_whole_window_draws_every_week_once():
    rules = rules_with()
    whole = replace(rules.edition, scoring=replace(rules.edition.scoring, block_weeks=99))
    assert (week_weights_of(replace(rules, edition=whole), 12, 5) == 1).all()


def test_weeks_drawn_stand_in_runs_of_the_block():
    rules = rules_with()
    weeks = week_weights_of(rules, 52, 300)
    # without blocks a week and its neighbour would be as rare together as any two
    together = np.corrcoef(weeks[:, 10], weeks[:, 11])[0, 1]
    apart = np.corrcoef(weeks[:, 10], weeks[:, 30])[0, 1]
    assert together > 0.5
    assert apart < 0.25


def test_seed_decides_the_draws():
    rules = rules_with()
    other = rules_with(replace(FEW, seed=1))
    assert (week_weights_of(rules, 12, 9) == week_weights_of(rules, 12, 9)).all()
    assert (week_weights_of(rules, 12, 9) != week_weights_of(other, 12, 9)).any()


def test_scores_of_draws_are_those_of_single_views():
    case, rules = invented(3), rules_with()
    panel = case.panel
    reference = freeze_reference(panel, rules)
    nominal = nominal_of(score_categories(view_of(panel, rules), reference))
    weeks = week_weights_of(rules, panel.shape[2], 20)
    drawn = scores_in_draws(
        view_of(panel, rules, weeks),
        freeze_methods(panel, rules).by_setting[own_setting(rules)],
        nominal,
        own_choices(rules, 20),
    )
    for draw in (0, 7, 19):
        single = score_categories(view_of(panel, rules, weeks[draw]), reference)
        for one in single:
            if one.category.name == "engaging":
                np.testing.assert_allclose(drawn["engaging"][draw], one.score, rtol=1e-12)


# Variants of the method


def test_settings_are_the_grid_and_the_rules_come_first():
    rules = rules_with()
    settings = settings_of(invented(1).panel, rules)
    assert settings[0] == own_setting(rules)
    assert len(settings) == len(set(settings)) == 9


def test_grid_holds_every_choice_and_the_weights_of_the_rules():
    rules = rules_with()
    grid = all_choices(rules)
    assert len(grid) == 4 * 2 * 2 * 3
    assert len({*zip(grid.normalisation, grid.absent, grid.aggregation, strict=True)}) == 16
    np.testing.assert_allclose(grid.weights["engaging"][0], [0.5, 0.25, 0.25])
    for weights in grid.weights.values():
        np.testing.assert_allclose(weights.sum(axis=1), 1)


def test_weights_of_draws_stay_within_the_noise_before_they_are_scaled():
    drawn = drawn_choices(rules_with(), 500).weights["engaging"]
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.min() >= 2 * 0.75 / 1.25
    assert ratio.max() <= 2 * 1.25 / 0.75
    assert ratio.std() > 0.1


def test_choices_of_the_rules_alone_are_the_scores_as_published():
    case, rules = invented(4), rules_with()
    panel = case.panel
    reference = freeze_methods(panel, rules).by_setting[own_setting(rules)]
    categories = score_categories(view_of(panel, rules), reference)
    drawn = scores_in_draws(
        view_of(panel, rules), reference, nominal_of(categories), own_choices(rules, 2)
    )
    assert own_choices(rules, 2).aggregations == (OWN,)
    for one in categories:
        np.testing.assert_allclose(drawn[one.category.name][1], one.score, rtol=1e-12)


def test_rules_without_variants_have_no_doubt_of_method():
    still = Uncertainty(
        draws=10, weight_sets=1, weight_noise=0, normalisation=("robust_z",),
        absent_platform=("missing",), aggregation=(), audience_exponent=("fitted",),
        trim_share=("0.1",),
    )  # fmt: skip
    scores = doubted(invented(5), rules_with(still))
    ranks = by_institution(scores.scores, "rank", of="engaging")
    assert of_source(scores, "method", "rank_low") == ranks
    assert of_source(scores, "method", "rank_high") == ranks


def test_fewer_draws_than_settings_are_draws_all_the_same():
    scores = doubted(invented(18), rules_with(replace(FEW, draws=2)))
    assert set(of_source(scores, "all", "p_first").values()) <= {0.0, 0.5, 1.0}


# What is published


def test_interval_holds_the_rank_and_probabilities_are_ordered():
    scores = doubted(invented(6)).scores
    rows = zip(
        scores["rank"], scores["rank_low"], scores["rank_high"],
        scores["p_first"], scores["p_nominee"], strict=True,
    )  # fmt: skip
    for rank, low, high, first, nominee in rows:
        assert low <= rank <= high
        assert 0 <= first <= nominee <= 1


def test_probabilities_of_the_first_place_add_up_to_one_where_nothing_is_tied():
    scores = doubted(invented(7)).scores
    total: dict[tuple[str, str], float] = {}
    for kind, cluster, first in zip(
        scores["category"], scores["cluster"], scores["p_first"], strict=True
    ):
        total[kind, cluster] = total.get((kind, cluster), 0) + first
    assert total == pytest.approx(dict.fromkeys(total, 1))


def test_scores_are_the_same_with_and_without_their_doubt():
    case = invented(8)
    plain = score_edition(case.panel, rules_with())
    told = doubted(case)
    assert told.scores["score"] == plain.scores["score"]
    assert told.reference["value"] != []


def test_two_runs_give_the_same_tables():
    assert doubted(invented(9)) == doubted(invented(9))


def test_order_of_posts_and_accounts_changes_no_probability():
    case = invented(10)
    order = np.random.default_rng(0).permutation(case.account.size)
    shuffled = replace(
        case,
        account=case.account[order],
        week=case.week[order],
        kind=case.kind[order],
        count=case.count[order],
    )
    assert doubted(case) == doubted(shuffled)


def test_cluster_that_joins_changes_no_other_doubt():
    small, rules = invented(11), rules_with()
    references = freeze_methods(small.panel, rules)
    alone = doubted(small, rules, references)
    joined = small.with_copy("body-00", "zz-1").with_copy("body-03", "zz-2")
    joined = replace(joined, clusters=joined.clusters | {"zz-1": "others", "zz-2": "others"})
    together = doubted(joined, rules, references)
    for source in ("data", "method", "all", "missing"):
        told = of_source(together, source, "p_nominee")
        assert {who: told[who] for who in of_source(alone, source, "p_nominee")} == of_source(
            alone, source, "p_nominee"
        )


def test_nominee_that_leads_everywhere_is_separable():
    case = invented(12, posts=60)
    best = [i for i, row in enumerate(case.accounts) if row[1] == "body-00"]
    case = replace(
        case, count=np.where(np.isin(case.account, best), case.count * 300 + 900, case.count)
    )
    doubt = replace(FEW, audience_exponent=("fitted",), normalisation=("robust_z",))
    nominees = doubted(case, rules_with(doubt, (category(indicator("quality")),))).nominees
    told = dict(zip(nominees["institution_id"], nominees["separable_from_next"], strict=True))
    assert told["body-00"] is True
    assert nominees["p_first"][nominees["institution_id"].index("body-00")] == 1.0


def test_sets_for_all_ranks_hold_every_rank_and_every_nominee():
    scores = doubted(invented(17))
    ranks = by_institution(scores.scores, "rank", of="engaging")
    low = of_source(scores, "simultaneous", "rank_low")
    high = of_source(scores, "simultaneous", "rank_high")
    may_be = of_source(scores, "simultaneous", "may_be_nominee")
    for who, rank in ranks.items():
        assert low[who] <= rank <= high[who]
        assert may_be[who] or rank > 3
    assert set(of_source(scores, "data", "may_be_nominee").values()) == {None}


# What is missing


def hidden(case, institution, share=0.3, seed=0):
    """The same edition where some posts of an institution do not show their count."""
    mine = [i for i, row in enumerate(case.accounts) if row[1] == institution]
    is_hidden = np.isin(case.account, mine)
    is_hidden &= np.random.default_rng(seed).random(case.account.size) < share
    return replace(case, count=np.where(is_hidden, -1, case.count))


def bounds_of(case, rules):
    panel = case.panel
    reference, view = freeze_reference(panel, rules), view_of(panel, rules)
    categories = score_categories(view, reference)
    return score_bounds(view, categories, reference), categories


def test_nothing_missing_leaves_no_room():
    bounds, categories = bounds_of(invented(13), rules_with())
    for one in categories:
        np.testing.assert_array_equal(bounds[one.category.name].low, one.score)
        np.testing.assert_array_equal(bounds[one.category.name].high, one.score)


def test_hidden_counts_move_only_who_hides_them():
    case = hidden(invented(14), "body-02")
    bounds, categories = bounds_of(case, rules_with(categories=(category(indicator("quality")),)))
    found = bounds["engaging"]
    width = found.high - found.low
    assert width[2] > 1
    assert np.delete(width, 2).tolist() == [0.0] * 7
    assert found.low[2] < categories[0].score[2] < found.high[2]


def test_filled_panel_has_a_count_for_every_post():
    case = hidden(invented(15), "body-01")
    for is_high in (False, True):
        panel = filled(case.panel, (), is_high=is_high)
        assert panel.histograms["interaction_count"].post_count.sum() == case.account.size


def test_bounds_of_ranks_set_one_extreme_against_the_other():
    bounds = Bounds(low=np.array([50.0, 40.0, 45.0]), high=np.array([50.0, 60.0, 45.0]))
    best, worst = rank_bounds(bounds, np.arange(3))
    assert best.tolist() == [1, 1, 2]
    assert worst.tolist() == [2, 3, 3]


def test_indicator_that_could_not_be_read_is_bounded_by_what_others_have():
    answers = {f"body-{i:02}": float(i) for i in range(8) if i != 4}
    case = replace(invented(16), whole={"answer_count": answers})
    replies = indicator(
        "replies", "rate", 0.4, ratios=(Ratio("answer_count", "days"),), transform="log1p"
    )
    both = category(indicator("quality"), replies)
    bounds, (one,) = bounds_of(case, rules_with(categories=(both,)))
    width = bounds["engaging"].high - bounds["engaging"].low
    points = np.delete(one.indicators[1].points, 4)
    assert width[4] == pytest.approx(0.4 / 1.4 * (points.max() - points.min()))
    assert np.delete(width, 4).tolist() == [0.0] * 7
