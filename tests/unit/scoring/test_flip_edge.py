"""The counts with which posts pass what indicators expect of them."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from tests.flip_cases import buyers_of
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_edge import edges_of
from tolok.scoring.flip_panel import panel_after
from tolok.scoring.flip_units import Lift
from tolok.scoring.view import view_of

QUALITY = indicator("quality")
ABOVE = indicator("above", "above_expected", 0.5)


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
        view = view_of(panel_after(buyer, units.of(size)), rules)
        (one,) = score_categories(view, reference)
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
