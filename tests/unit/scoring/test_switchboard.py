"""Who stands where under every formula: joined over platforms, ranked inside clusters."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring_cases import category, indicator, rules_of, share_of

from tolok.methodology.category import Gate
from tolok.methodology.formula import BASES, FORMULAS
from tolok.methodology.rules import read_rules
from tolok.methodology.template import new_edition
from tolok.scoring.switchboard import (
    AUDIENCE_NAMES,
    COLUMNS,
    SUM_NAMES,
    Firsts,
    FormulaData,
    count_firsts,
    formulas_table,
    minmax_points,
    percentile_points,
    uses_engagement,
)

NAN = float("nan")
PLATFORMS = ("facebook", "x", "web")
RULES = rules_of(category(indicator()), weights={"facebook": 1.0, "x": 3.0, "web": 0.0})


def a_row(institution, platform="facebook", kind="image", posts=10, total=100, **known):
    """One account's posts of a kind, as every basis sees them; ids follow from the platform."""
    followers = known.pop("followers", 1000)
    return {
        "institution": institution, "platform": platform, "kind": kind, "followers": followers,
        "post_count": posts, "clean_post_count": posts, "known_count": posts, "total": total,
        "with_one_count": posts, "rated_count": posts, "rate_sum": total / followers,
        "rated_total": total, "rated_followers": posts * followers, "viewed_followers": 0,
        "view_rate_sum": 0.0,
    } | known  # fmt: skip


def data_of(rows, clusters):
    """The data of some rows; clusters maps every institution to its own."""
    ids = sorted(clusters)
    accounts = sorted({(row["institution"], row["platform"]) for row in rows})
    each = [(row, basis) for row in rows for basis in BASES]
    followers = [
        next(r["followers"] for r in rows if (r["institution"], r["platform"]) == account)
        for account in accounts
    ]
    audience = {name: np.array(followers, float) for name in AUDIENCE_NAMES}
    return FormulaData(
        institution_ids=tuple(ids),
        clusters=tuple(clusters[one] for one in ids),
        platforms=PLATFORMS,
        account_institution=np.array([ids.index(one) for one, _ in accounts], np.int64),
        account_platform=np.array([PLATFORMS.index(p) for _, p in accounts], np.int64),
        account=np.array(
            [accounts.index((row["institution"], row["platform"])) for row, _ in each], np.int64
        ),
        kind=np.array([row["kind"] for row, _ in each], np.str_),
        basis=np.array([basis for _, basis in each], np.str_),
        sums={name: np.array([float(row[name]) for row, _ in each]) for name in SUM_NAMES},
        audience=audience | {"day_count": np.full(len(accounts), 100.0)},
    )


def scores_of(clusters, unranked=(), name="engaging"):
    ids = sorted(clusters)
    return {
        "category": [name] * len(ids),
        "institution_id": ids,
        "eligible": [one not in unranked for one in ids],
    }


def table_of(rows, clusters, *, unranked=(), rules=RULES):
    """(value, rank, missing) by (formula, institution, platform)."""
    columns = formulas_table(data_of(rows, clusters), scores_of(clusters, unranked), rules)
    assert tuple(columns) == COLUMNS
    cells = zip(*(columns[name] for name in COLUMNS), strict=True)
    return {
        (formula, institution, platform): (value, rank, missing)
        for _, _, institution, formula, platform, value, rank, missing in cells
    }


ONE = dict.fromkeys("abc", "agencies")


def test_one_platform_keeps_the_order_of_the_formula():
    rows = [a_row("a", total=100), a_row("b", total=300), a_row("c", total=200)]
    found = table_of(rows, ONE)
    for formula in ("engagements_per_post", "emplifi", "socialinsider", "research_log_engagement"):
        assert [found[formula, one, ""][1] for one in "abc"] == [3, 1, 2]
    assert [found["engagements_per_post", one, "facebook"] for one in "abc"] == [
        (10.0, None, ""), (30.0, None, ""), (20.0, None, ""),
    ]  # fmt: skip


def test_platforms_are_compared_inside_themselves_and_weighed():
    # Places on Facebook a < b < c (weight 1), on X c < b < a (weight 3): X decides.
    rows = [a_row(one, total=total) for one, total in zip("abc", (1, 2, 3), strict=True)]
    rows += [a_row(one, "x", total=t) for one, t in zip("abc", (9000, 8000, 7000), strict=True)]
    found = table_of(rows, ONE)
    sixths = {one: found["emplifi", one, ""][0] * 6 / 100 for one in "abc"}
    assert sixths == pytest.approx({"a": (1 + 3 * 5) / 4, "b": 3.0, "c": (5 + 3 * 1) / 4})
    assert [found["emplifi", one, ""][1] for one in "abc"] == [1, 2, 3]


def test_sum_of_interactions_is_a_sum_over_platforms():
    rows = [a_row("a", total=5), a_row("a", "x", total=7), a_row("b", total=11), a_row("c")]
    found = table_of(rows, ONE)
    assert [found["total_interactions", one, ""][:2] for one in "abc"] == [
        (12.0, 2), (11.0, 3), (100.0, 1),
    ]  # fmt: skip


def test_rates_of_platforms_are_weighed_by_audience_where_the_publisher_does_so():
    rows = [a_row("a", total=100, followers=100), a_row("a", "x", total=100, followers=900)]
    found = table_of(rows, {"a": "agencies"})
    assert found["rival_iq", "a", ""][0] == pytest.approx((100 * 0.1 + 900 * 10 / 900) / 1000)


def test_platform_with_few_posts_does_not_count():
    few = a_row("a", "x", posts=4, total=10**6)  # the edition asks for 5
    found = table_of([a_row("a", total=1), few, a_row("b", total=2), a_row("c", total=3)], ONE)
    assert [found["emplifi", one, ""][1] for one in "abc"] == [3, 2, 1]


def test_who_is_not_ranked_changes_nobody():
    rows = [a_row("a", total=100), a_row("b", total=300), a_row("c", total=200)]
    found = table_of(rows, ONE, unranked="b")
    assert found["emplifi", "b", ""] == (None, None, "not_ranked")
    assert found["emplifi", "b", "facebook"][0] == 0.03
    others = table_of([rows[0], rows[2]], dict.fromkeys("ac", "agencies"))
    assert {key: value for key, value in found.items() if key[1] != "b"} == others


def test_another_cluster_changes_nobody():
    rows = [a_row("a", total=100), a_row("b", total=300), a_row("c", total=200)]
    alone = table_of(rows, ONE)
    both = table_of([*rows, a_row("d", total=9), a_row("e", "x")], ONE | dict.fromkeys("de", "m"))
    assert {key: value for key, value in both.items() if key[1] in "abc"} == alone


def test_category_takes_posts_of_its_kinds():
    rules = rules_of(
        category(indicator(), gate=Gate(kinds=("video",))), weights={"facebook": 1.0, "x": 1.0}
    )
    rows = [a_row("a", total=900), a_row("a", kind="video", total=10), a_row("b", total=800)]
    rows += [a_row("c", kind="video", total=20)]
    found = table_of(rows, ONE, rules=rules)
    assert [found["engagements_per_post", one, ""] for one in "abc"] == [
        (25.0, 2, ""), (None, None, "no_posts"), (75.0, 1, ""),
    ]  # fmt: skip


def test_missing_value_has_the_nearest_reason_and_no_rank():
    rows = [
        a_row("a", "x"),
        a_row("b", followers=NAN, rated_count=0, rated_total=0, rated_followers=0, rate_sum=0),
        a_row("c", known_count=0, total=0, rated_count=0, rated_total=0, rated_followers=0),
    ]
    found = table_of(rows, ONE | {"d": "agencies"})
    why = {one: found["emplifi", one, ""][2] for one in "abcd"}
    assert why == {"a": "", "b": "no_followers", "c": "no_known_counts", "d": "no_posts"}
    assert [found["emplifi", one, ""][1] for one in "abcd"] == [1, None, None, None]


def test_every_formula_is_stated_for_every_institution():
    found = table_of([a_row("a"), a_row("b", "x")], ONE)
    whole = {key[:2] for key in found if key[2] == ""}
    assert whole == {(formula.name, one) for formula in FORMULAS for one in "abc"}


def test_category_without_engagement_has_no_switchboard():
    rules = rules_of(category(indicator(model="diversity", metric="post_count")))
    columns = formulas_table(data_of([a_row("a")], ONE), scores_of(ONE), rules)
    assert columns == {name: [] for name in COLUMNS}


@pytest.mark.parametrize("template", ["gsm-2025", "instagram-only"])
def test_categories_of_engagement_are_those_about_responses(template, tmp_path):
    new_edition(tmp_path / "edition", template=template)
    rules = read_rules(tmp_path / "edition")
    names = [one.name for one in rules.categories if uses_engagement(one, rules)]
    assert names == ["most-engaging", "best-use-of-images", "best-use-of-videos"]


def test_metric_of_responses_makes_a_category_of_engagement(tmp_path):
    new_edition(tmp_path / "edition", template="gsm-2025")
    rules = read_rules(tmp_path / "edition")
    asks = category(share_of("discussion_count", "interaction_count"))
    posts = category(share_of("alt_text_count", "image_media_count"))
    assert [uses_engagement(one, rules) for one in (asks, posts)] == [True, False]


def test_percentile_is_the_share_below_with_ties_counted_half():
    value = np.array([[1.0, 7.0], [2.0, NAN], [2.0, NAN], [9.0, NAN]])
    np.testing.assert_array_equal(
        percentile_points(value), [[12.5, 50.0], [50.0, NAN], [50.0, NAN], [87.5, NAN]]
    )


def test_minmax_runs_from_the_lowest_to_the_highest():
    value = np.array([[1.0, 7.0, 3.0], [2.0, NAN, 3.0], [5.0, NAN, NAN]])
    np.testing.assert_array_equal(
        minmax_points(value), [[0.0, 50.0, 50.0], [25.0, NAN, 50.0], [100.0, NAN, NAN]]
    )


def test_firsts_count_formulas_that_rank_anybody():
    rows = [("f", "a", 1), ("f", "b", 2), ("g", "a", 1), ("g", "b", 1), ("h", "a", None)]
    assert count_firsts(rows) == Firsts(2, {"a": 2, "b": 1})
    assert count_firsts([]) == Firsts(0, {})


counts = st.lists(st.integers(0, 10**6), min_size=6, max_size=6)


@given(counts=counts, order=st.permutations(range(6)), factor=st.integers(2, 9))
@settings(max_examples=25, deadline=None)
def test_order_of_rows_and_size_of_all_followers_change_no_rank(counts, order, factor):
    spots = [(one, platform) for one in "abc" for platform in ("facebook", "x")]
    rows = [a_row(*spot, total=total) for spot, total in zip(spots, counts, strict=True)]
    first = data_of(rows, ONE)
    scores = scores_of(ONE)
    found = formulas_table(first, scores, RULES)
    assert formulas_table(data_of([rows[i] for i in order], ONE), scores, RULES) == found
    larger = replace(
        first,
        sums=dict(first.sums)
        | {
            "rate_sum": first.sums["rate_sum"] / 2**factor,
            "rated_followers": first.sums["rated_followers"] * 2**factor,
        },
        audience={
            name: value if name == "day_count" else value * 2**factor
            for name, value in first.audience.items()
        },
    )
    logs = "research_log_engagement"  # its one is not scaled
    again = formulas_table(larger, scores, RULES)
    for at, formula in enumerate(found["formula"]):
        if formula != logs:
            assert again["rank"][at] == found["rank"][at]
