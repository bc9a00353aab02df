"""Panels counted in another way, and what the grid of methods makes of them."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.methodology.uncertainty import GIVEAWAYS as TREATMENTS
from tolok.methodology.uncertainty import PLAIN, Uncertainty
from tolok.scoring import Histogram, freeze_methods, score_with_doubt
from tolok.scoring.counting import ALL, AT_MEDIAN, GIVEAWAYS, Counted, Counting, Part
from tolok.scoring.method import all_choices, grid_shape, settings_of

RULES = rules_of(
    category(
        indicator("quality"),
        indicator("total", "total", 0.5, metric="interaction_count", transform="log1p"),
    ),
    uncertainty=Uncertainty(draws=60, weight_sets=3),
)
DOUBLE = "2,2,2"


def counted(panel):
    """What is counted in a panel."""
    return Counted(panel.histograms, panel.account_counts, panel.institution_counts)


def some(case, rows, count=None):
    """The case with some of its posts only, with other counts if given."""
    count = case.count if count is None else count
    return replace(
        case, account=case.account[rows], week=case.week[rows], kind=case.kind[rows],
        count=count[rows],
    )  # fmt: skip


def with_giveaways(case, is_giveaway, usual=7):
    """The panel of a case that knows its giveaways, and interactions that are worth double."""
    panel = case.panel
    of = {
        Part(PLAIN, GIVEAWAYS): some(case, is_giveaway),
        Part(PLAIN, AT_MEDIAN): some(case, is_giveaway, np.full(case.count.size, usual)),
        Part(DOUBLE, ALL): replace(case, count=2 * case.count),
        Part(DOUBLE, GIVEAWAYS): some(case, is_giveaway, 2 * case.count),
        Part(DOUBLE, AT_MEDIAN): some(case, is_giveaway, np.full(case.count.size, 2 * usual)),
    }
    changed = {"interaction_count"}
    return replace(
        panel,
        counted={
            part: Counted(
                one.panel.histograms,
                {name: one.panel.account_counts[name] for name in changed},
                {},
            )
            for part, one in of.items()
        },
    )


def is_same(one, other):
    """Whether two panels have the same posts in all their bins, and the same sums."""
    for name in ("account", "bin", "cell", "week", "post_count", "log_sum"):
        found = [getattr(p.bins("interaction_count", ()), name) for p in (one, other)]
        np.testing.assert_array_equal(*found)
    sums = [np.nan_to_num(p.account_counts["interaction_count"]) for p in (one, other)]
    np.testing.assert_array_equal(*sums)
    return True


@pytest.fixture(name="lot")
def _lot():
    case = invented(30)
    return case, np.random.default_rng(1).random(case.count.size) < 0.1


@pytest.mark.parametrize("worth", [1, 2])
def test_panel_counted_otherwise_is_that_of_the_posts_counted_so(lot, worth):
    case, is_giveaway = lot
    weights = {1: PLAIN, 2: DOUBLE}[worth]
    panel, count = with_giveaways(case, is_giveaway), case.count * worth
    assert is_same(panel.under(Counting(weights)), replace(case, count=count).panel)
    without = some(case, ~is_giveaway, count)
    assert is_same(panel.under(Counting(weights, "dropped")), without.panel)
    usual = replace(case, count=np.where(is_giveaway, 7 * worth, count))
    assert is_same(panel.under(Counting(weights, "median")), usual.panel)


def test_posts_and_days_are_counted_as_ever(lot):
    case, is_giveaway = lot
    panel = with_giveaways(case, is_giveaway)
    dropped = panel.under(Counting(PLAIN, "dropped"))
    np.testing.assert_array_equal(dropped.posts_by_kind, panel.posts_by_kind)
    for name in ("post_count", "image_count"):
        np.testing.assert_array_equal(dropped.account_counts[name], panel.account_counts[name])
    assert dropped.institution_counts == panel.institution_counts


def test_panel_as_the_rules_count_is_the_panel_itself(lot):
    panel = lot[0].panel
    assert panel.under(Counting()) is panel


def test_without_giveaways_their_treatment_does_not_matter(lot):
    panel = lot[0].panel
    assert is_same(panel.under(Counting(PLAIN, "dropped")), panel)


def test_weights_that_were_not_counted_are_refused(lot):
    with pytest.raises(KeyError):
        lot[0].panel.under(Counting("1,5,9"))


def test_histogram_less_itself_has_no_posts():
    one = Histogram.from_counts(*(np.array(part) for part in ([0, 1], [0, 0], [0, 1], [5, 9])))
    panel = replace(invented(1).panel, histograms={"interaction_count": one.plus(one, -1)})
    assert panel.bins("interaction_count", ()).post_count.size == 0


def test_settings_are_the_grid_of_what_was_counted(lot):
    doubt = Uncertainty(interaction_weights=(PLAIN, DOUBLE, "1,2,3"), weight_sets=3)
    rules = rules_of(*RULES.categories, uncertainty=doubt)
    case, is_giveaway = lot
    settings = settings_of(with_giveaways(case, is_giveaway), rules)
    assert len(settings) == len(set(settings)) == 2 * 3 * 3 * 3
    assert settings[0].counting == Counting()
    assert {one.counting.interaction_weights for one in settings} == {PLAIN, DOUBLE}
    assert [one.counting.giveaways for one in settings[::9][:3]] == list(TREATMENTS)
    assert grid_shape(settings, all_choices(rules)) == (2, 3, 3, 3, 4, 2, 2, 3)
    assert len(settings_of(case.panel, rules)) == 9


def test_leader_by_giveaways_alone_is_not_sure_and_the_table_says_why():
    case = invented(31, posts=60)
    mine = np.isin(case.account, [i for i, row in enumerate(case.accounts) if row[1] == "body-04"])
    prizes = mine & (np.random.default_rng(2).random(mine.size) < 0.6)
    case = replace(case, count=np.where(prizes, case.count * 400 + 5000, case.count))
    doubt = Uncertainty(
        draws=60, weight_sets=1, normalisation=("robust_z",), absent_platform=("missing",),
        aggregation=(), audience_exponent=("fitted",), trim_share=("0.1",), giveaways=TREATMENTS,
        interaction_weights=(PLAIN, DOUBLE),
    )  # fmt: skip
    rules = rules_of(category(indicator("quality")), uncertainty=doubt)

    def told(panel):
        found = score_with_doubt(panel, rules, freeze_methods(panel, rules))
        moved = {
            of: total
            for of, output, cluster, total in zip(
                found.sensitivity["input"], found.sensitivity["output"],
                found.sensitivity["cluster"], found.sensitivity["total"], strict=True,
            )
            if output == "rank_change" and cluster == "agencies"
        }  # fmt: skip
        of_method = [source == "method" for source in found.uncertainty["source"]]
        first = {
            who: p
            for who, p, chosen in zip(
                found.uncertainty["institution_id"], found.uncertainty["p_first"], of_method,
                strict=True,
            )
            if chosen
        }  # fmt: skip
        return first["body-04"], moved

    sure, _ = told(case.panel)
    doubted, moved = told(with_giveaways(case, prizes, usual=3))
    assert sure == 1.0
    # first where giveaways are kept, with either worth of interactions; last where they are usual
    assert doubted == pytest.approx(1 / 3)
    assert moved["giveaways"] > 0.9
    assert moved["interaction_weights"] < 0.1
    assert moved["weights"] == 0
