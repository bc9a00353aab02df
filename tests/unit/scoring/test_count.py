"""Totals and diversity."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.scoring import score_edition, score_with
from tolok.scoring.edition import freeze_reference

NAN = np.nan
PANEL = invented(institutions=4, posts=30, weeks=2).panel


def values(panel, one, name="value", platform=""):
    """A column of the only indicator by institution."""
    table = score_edition(panel, rules_of(category(one))).indicators
    rows = sorted(zip(table["institution_id"], table["platform"], range(99), strict=False))
    return [table[name][row] for _, where, row in rows if where == platform]


def with_metric(rows, **rest):
    counts = np.array(rows, dtype=float)
    return replace(PANEL, account_counts=PANEL.account_counts | {"seen": counts}, **rest)


ROWS = [[1, 2], [3, NAN], [0, 0], [0, 0], [NAN, NAN], [NAN, NAN], [9, 1], [NAN, 1]]


def test_total_adds_what_is_known_and_zero_is_a_value():
    one = indicator("sum", "total", metric="seen")
    assert values(with_metric(ROWS), one) == [6.0, 0.0, None, 11.0]
    assert values(with_metric(ROWS), one, "missing") == ["", "", "no_data", ""]


def test_log_of_a_total_of_zero_scores_the_floor():
    one = indicator("sum", "total", metric="seen", transform="log")
    assert values(with_metric(ROWS), one, "z")[1] == -3.0


def test_total_per_week_counts_cut_weeks_by_their_days():
    panel = with_metric(ROWS, days_in_week=np.array([7, 3]))
    one = indicator("sum", "total", metric="seen", per_week=True)
    assert values(panel, one)[0] == pytest.approx(6 / (10 / 7))


def test_total_per_week_follows_the_week_weights():
    one = indicator("sum", "total", metric="seen", per_week=True)
    rules, panel = rules_of(category(one)), with_metric(ROWS)
    table = score_with(panel, rules, freeze_reference(panel, rules), np.array([3.0, 1.0]))
    assert table.indicators["value"][0] == pytest.approx((3 * 4 + 2) / 4)


def test_total_by_platform_is_normalised_inside_it():
    one = indicator("sum", "total", metric="seen", by_platform=True)
    rows = [[1, 1], [100, 100], [2, 2], [200, 200], [3, 3], [300, 300], [4, 4], [400, 400]]
    panel = with_metric(rows)
    assert values(panel, one, "z", "instagram") == pytest.approx(values(panel, one, "z", "x"))


def test_diversity_is_the_number_of_platforms_used_alike():
    rows = [[5, 5], [10, 0], [4, 0], [0, 0], [0, 0], [0, 0], [3, 0], [1, 0]]
    value = values(with_metric(rows), indicator("spread", "diversity", metric="seen"))
    entropy = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    assert value == [pytest.approx(2.0), 1.0, None, pytest.approx(np.exp(entropy))]


def test_diversity_of_a_metric_that_nobody_counted_is_unknown():
    one = indicator("spread", "diversity", metric="never")
    assert values(PANEL, one, "missing") == ["no_data"] * 4
