"""Growth of followers, less what their number lets expect."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.scoring import score_edition

NAN = np.nan
FOLLOWERS = np.geomspace(100, 1e6, 6)
PANEL = invented(institutions=6, posts=10, platforms=("instagram",)).panel
RULES = rules_of(category(indicator("growth", "growth")), weights={"instagram": 1.0})


def growth(**arrays):
    """The table of the indicator's rows on Instagram."""
    panel = replace(PANEL, follower_count=FOLLOWERS, follower_first=FOLLOWERS, **arrays)
    table = score_edition(panel, RULES).indicators
    rows = sorted(zip(table["institution_id"], table["platform"], range(99), strict=False))
    return {name: [column[i] for _, where, i in rows if where] for name, column in table.items()}


def test_growth_is_what_exceeds_the_line_on_followers_in_thirty_days():
    # log growth a month is 0.1 - 0.01 ln F, but for the last with 0.05 more
    month = 0.1 - 0.01 * np.log(FOLLOWERS) + np.array([0, 0, 0, 0, 0, 0.05])
    days = np.array([30.0, 60.0, 90.0, 30.0, 45.0, 60.0])
    last = FOLLOWERS * np.exp(month * days / 30)
    value = growth(follower_last=last, follower_days=days)["value"]
    assert value == pytest.approx([0, 0, 0, 0, 0, 0.05], abs=1e-12)


def test_growth_needs_two_snapshots():
    last = FOLLOWERS * np.array([NAN, 1.1, 1.2, 1.3, 1.1, 0.0])
    days = np.array([30.0, 0.0, 30.0, 30.0, 30.0, 30.0])
    table = growth(follower_last=last, follower_days=days)
    assert table["missing"] == ["no_followers"] * 2 + [""] * 3 + ["no_followers"]
    assert table["value"][:2] == [None, None]
