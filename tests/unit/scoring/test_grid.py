"""The whole grid of methods: the same scores as one by one, and ranks as counts."""

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.methodology.uncertainty import Uncertainty
from tolok.scoring.draws import estimate_categories, freeze_for, nominal_of, scores_in_grid
from tolok.scoring.draws import scores_of as scores_of_draws
from tolok.scoring.edition import score_categories
from tolok.scoring.eligibility import standing_of
from tolok.scoring.grid import method_grid
from tolok.scoring.method import all_choices
from tolok.scoring.view import view_of

ENGAGING = category(
    indicator("quality"),
    share_of("image_count", "post_count", "images", 0.5, by_platform=True),
    indicator("growth", "growth", 0.0),
)
BEST = category(
    indicator("engagement", "category", category="engaging", absent="fifth_percentile"),
    indicator("total", "total", 0.3, metric="interaction_count", transform="log1p"),
    name="best",
    aggregation="geometric",
)


@pytest.mark.parametrize("aggregation", [("arithmetic", "geometric"), ()])
def test_scores_of_the_grid_are_those_of_its_choices_one_by_one(aggregation):
    doubt = Uncertainty(weight_sets=4, aggregation=aggregation)
    rules = rules_of(ENGAGING, BEST, uncertainty=doubt)
    panel = invented(40, institutions=9).panel
    grid = all_choices(rules)
    reference = freeze_for(panel, rules, grid)
    view = view_of(panel, rules)
    nominal = nominal_of(score_categories(view, reference))
    single = scores_of_draws(estimate_categories(view, standing_of(view), reference), nominal, grid)
    found = scores_in_grid(view, reference, nominal, grid)
    assert found.keys() == single.keys() == {"engaging", "best"}
    for name, scores in single.items():
        assert scores.shape == (len(grid), 9)
        np.testing.assert_allclose(found[name], scores, rtol=1e-12)


def test_ranks_of_the_grid_are_the_quantiles_of_all_its_ranks():
    rules = rules_of(ENGAGING)
    view = view_of(invented(41, institutions=12).panel, rules)
    (one,) = score_categories(view, freeze_for(view.panel, rules, all_choices(rules)))
    grid, rng = method_grid(one), np.random.default_rng(3)
    parts = [rng.normal(size=(size, 12)) for size in (7, 93)]
    for part in parts:
        grid.add(view, one, part)
    scores = np.concatenate(parts)
    for cluster in ("agencies", "ministries"):
        members = np.flatnonzero(np.array(view.panel.clusters) == cluster)
        mine = scores[:, members]
        ranks = (mine[:, None, :] > mine[:, :, None]).sum(axis=2) + 1
        for share in (0.05, 0.07, 0.5, 0.95, 1.0):
            expected = np.quantile(ranks, share, axis=0, method="inverted_cdf")
            assert grid.rank_at(share)[members].tolist() == expected.tolist(), share
        assert grid.share_within(2)[members] == pytest.approx((ranks <= 2).mean(axis=0))
        moved, changed = grid.outcomes(cluster)
        assert moved == pytest.approx(np.abs(ranks - one.rank[members]).mean(axis=1))
        own = one.rank[members] <= 3
        assert changed.tolist() == ((ranks <= 3) != own).any(axis=1).astype(float).tolist()


def test_who_is_not_ranked_has_no_place_in_the_grid():
    rules = rules_of(ENGAGING)
    case = invented(42, institutions=7)
    view = view_of(case.panel, rules)
    (one,) = score_categories(view, freeze_for(view.panel, rules, all_choices(rules)))
    one.is_ranked[0] = False
    grid = method_grid(one)
    grid.add(view, one, np.random.default_rng(0).normal(size=(5, 7)))
    assert grid.rank_at(0.5)[0] == 0
    assert np.isnan(grid.share_within(3)[0])
    assert grid.rank_at(0.5)[1:].min() >= 1
