"""Who is ranked, with a code for each failure."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import (
    LENIENT,
    by_institution,
    category,
    indicator,
    invented,
    rules_of,
)

from tolok.methodology.category import Gate
from tolok.model import KINDS
from tolok.scoring import score_edition
from tolok.scoring.eligibility import few

CASE = invented(institutions=6, posts=30)
TOTAL = indicator("total", "total", metric="interaction_count", transform="log1p")


def reasons(case, *categories, **rules):
    """Reasons by institution."""
    scores = score_edition(case.panel, rules_of(*(categories or (category(TOTAL),)), **rules))
    return by_institution(scores.scores, "reason")


@pytest.mark.parametrize(
    ("value", "least", "code"),
    [
        (12, 26, "few:12<26"),
        (26, 26, ""),
        (1 / 3, 0.5, "few:0.33<0.5"),
        (0.5, 2 / 3, "few:0.50<0.67"),
        (0.6666, 2 / 3, "few:0.66<0.67"),
        (0.1 / 0.15, 2 / 3, ""),
        ((0.1 + 0.2) / 0.45, 2 / 3, ""),
    ],
)
def test_code_tells_what_is_there_and_what_is_needed(value, least, code):
    assert few("few", value, least) == code


def test_institution_without_confirmed_account_is_not_ranked():
    case = replace(CASE, unconfirmed=frozenset({"body-03"}))
    assert reasons(case) == dict.fromkeys(CASE.clusters, "") | {"body-03": "no_confirmed_account"}


def test_weeks_with_a_post_are_counted_over_all_accounts():
    week = np.where((CASE.account // 2 == 1), CASE.week % 3, CASE.week)
    told = reasons(replace(CASE, week=week), eligibility=replace(LENIENT, min_active_weeks=4))
    assert {name: reason for name, reason in told.items() if reason} == {
        "body-01": "few_active_weeks:3<4"
    }


def test_platforms_that_count_have_to_carry_enough_weight():
    demands = replace(LENIENT, min_platform_share=0.5, min_platform_posts=31)
    weights = {"instagram": 1.0, "x": 1.0, "web": 0.0, "tiktok": 1.0}
    assert set(reasons(CASE, eligibility=demands, weights=weights).values()) == {
        "few_platforms:0.00<0.5"
    }
    demands = replace(LENIENT, min_platform_share=2 / 3, min_platform_posts=30)
    assert set(reasons(CASE, eligibility=demands, weights=weights).values()) == {""}


def test_gate_counts_posts_and_weeks_of_its_kinds():
    kind = np.where(CASE.account // 2 == 4, KINDS.index("text"), KINDS.index("image"))
    kind[np.flatnonzero(CASE.account // 2 == 4)[:3]] = KINDS.index("image")
    week = np.where(CASE.account // 2 == 4, 1, CASE.week)
    gate = Gate(("image",), min_posts=4, min_weeks=2)
    told = reasons(replace(CASE, kind=kind, week=week), category(TOTAL, gate=gate))
    assert told["body-04"] == "gate_posts:3<4; gate_weeks:1<2"
    assert {reason for name, reason in told.items() if name != "body-04"} == {""}


def test_all_failures_are_told_in_the_order_of_the_rules():
    case = replace(CASE, unconfirmed=frozenset(CASE.clusters))
    demands = replace(LENIENT, min_active_weeks=99, min_platform_share=2.0)
    gate = Gate((), min_posts=999, min_weeks=99)
    told = reasons(case, category(TOTAL, gate=gate), eligibility=demands)["body-00"]
    assert [reason.split(":")[0] for reason in told.split("; ")] == [
        "no_confirmed_account",
        "few_active_weeks",
        "few_platforms",
        "gate_posts",
        "gate_weeks",
    ]


def test_small_cluster_is_not_ranked_and_still_part_of_the_reference():
    case = CASE.without("body-01", "body-03")
    demands = replace(LENIENT, min_cluster_size=2)
    told = reasons(case, eligibility=demands)
    assert told == dict.fromkeys(["body-00", "body-02", "body-04"], "") | {
        "body-05": "small_cluster:1<2"
    }
    scores = score_edition(case.panel, rules_of(category(indicator()), eligibility=demands))
    counts = {
        count
        for count, parameter in zip(
            scores.reference["unit_count"], scores.reference["parameter"], strict=True
        )
        if parameter == "centre"
    }
    assert counts == {4}
    assert by_institution(scores.scores)["body-05"] is None
