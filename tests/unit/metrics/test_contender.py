"""What single posts give to metrics, and which metrics follow from single posts at all."""

from datetime import date

import pytest
from tests.post_cases import a_post, a_table, asked, engine_of

from tolok.methodology.metric import Metric
from tolok.metrics.contender import (
    HELD,
    MARK,
    ROW,
    SUM,
    contender_posts,
    effect_of,
    given,
    row_values,
)
from tolok.metrics.tables import sql
from tolok.model import Label
from tolok.store.schema import DAYS, WEEKS

NONE = Label("", "")


def a_metric(text, table="posts", grain="account", name="metric"):
    return Metric(name, NONE, "", text, table, grain, True, "", NONE)


@pytest.mark.parametrize(
    ("text", "table", "grain", "effect"),
    [
        ("SUM(interaction_count) FILTER (WHERE is_own)", "posts", "account", SUM),
        ("SUM(interaction_count - reaction_count)", "posts", "account", SUM),
        ("SUM(-(view_count + reaction_count))", "posts", "account", SUM),
        ("COUNT(*) FILTER (WHERE is_own AND kind IN ('image'))", "posts", "account", SUM),
        ("SUM(view_count) FILTER (WHERE interaction_count IS NOT NULL)", "posts", "account", SUM),
        ("COUNT(DISTINCT published_on) FILTER (WHERE is_own)", "posts", "institution", MARK),
        ("SUM(capped_post_count)", "days", "institution", ROW),
        ("COUNT(*) FILTER (WHERE post_count >= 3)", "weeks", "institution", ROW),
        ("COUNT(*) FILTER (WHERE is_institution)", "comments", "account", HELD),
        # one more does not always add the same
        ("SUM(LN(1 + interaction_count))", "posts", "account", None),
        ("SUM(interaction_count * view_count)", "posts", "account", None),
        ("COUNT(*) FILTER (WHERE interaction_count >= 100)", "posts", "account", None),
        ("MAX(interaction_count)", "posts", "account", None),
        ("AVG(interaction_count)", "posts", "account", None),
        # the day of a post that is put in is another
        ("SUM(view_count) FILTER (WHERE published_on > week_on)", "posts", "account", None),
        ("COUNT(DISTINCT kind)", "posts", "institution", None),
        ("COUNT(DISTINCT published_on)", "posts", "account", None),
        ("SUM(interaction_count)", "posts", "institution", None),
        ("COUNT(DISTINCT published_on)", "days", "institution", None),
        ("MAX(post_count)", "weeks", "institution", None),
    ],
)
def test_effect_of_a_metric_is_told_only_where_it_is_sure(text, table, grain, effect):
    assert effect_of(a_metric(text, table, grain)) == effect


POSTS = [
    a_post(post_id="2", interaction_count=12, reaction_count=10, view_count=None),
    a_post(post_id="1", interaction_count=None, reaction_count=3, view_count=100),
    a_post(post_id="3", is_own=False, interaction_count=5, reaction_count=5),
    a_post(post_id="4", institution_id="b", interaction_count=1, reaction_count=1),
    a_post(post_id="5", institution_id="c", interaction_count=2, reaction_count=0, view_count=7),
]
SUMS = [
    a_metric("SUM(interaction_count) FILTER (WHERE is_own)", name="interaction_count"),
    a_metric("SUM(interaction_count - reaction_count)", name="discussion"),
    a_metric("SUM(view_count) FILTER (WHERE interaction_count IS NOT NULL)", name="watched"),
    a_metric("COUNT(*) FILTER (WHERE interaction_count IS NULL)", name="silent"),
]


def columns_of(step=None):
    """What posts give to each sum; what is not in the table with a step is as it was without."""
    table = asked(contender_posts(SUMS, ["a", "c"]), posts=POSTS)
    names = {metric.name: given(metric.name, step) for metric in SUMS}
    return {
        name: table[column if column in table.column_names else given(name)].to_pylist()
        for name, column in names.items()
    }


def test_posts_of_contenders_stand_in_order_with_what_each_gives():
    table = asked(contender_posts(SUMS, ["a", "c"]), posts=POSTS)
    assert table["post_id"].to_pylist() == ["1", "2", "5"]
    assert table["interaction_count"].to_pylist() == [None, 12, 2]
    assert columns_of() == {
        "interaction_count": [None, 12, 2],
        "discussion": [None, 2, 2],
        "watched": [None, None, 7],
        "silent": [1, 0, 0],
    }


def test_interaction_more_is_a_reaction_more_and_what_is_unknown_stays_unknown():
    assert columns_of("interaction_count") == {
        "interaction_count": [None, 13, 3],
        "discussion": [None, 2, 2],
        "watched": [None, None, 7],
        "silent": [1, 0, 0],
    }


def test_view_more_is_a_view_more():
    assert columns_of("view_count") == columns_of() | {"watched": [None, None, 8]}


def test_rows_of_days_and_weeks_give_their_values_one_by_one():
    engine = engine_of(1)
    day = {"institution_id": "", "published_on": date.min, "week_on": date.min}
    rows = [
        day | {"platform": platform, "post_count": count, "capped_post_count": min(count, 2)}
        for platform in ("x", "instagram")
        for count in (1, 2, 3)
    ]
    engine.attach_table("sizes", a_table(DAYS, rows))
    metric = a_metric("SUM(capped_post_count) FILTER (WHERE platform = 'x')", "days", "institution")
    found = engine.query(sql(row_values(metric, "sizes"))).to_pylist()
    assert [(row["platform"], row["post_count"], row["value"]) for row in found] == [
        ("instagram", 1, None), ("instagram", 2, None), ("instagram", 3, None),
        ("x", 1, 1), ("x", 2, 2), ("x", 3, 2),
    ]  # fmt: skip
    engine.attach_table("sizes", a_table(WEEKS, [day | {"post_count": n} for n in (2, 3)]))
    metric = a_metric("COUNT(*) FILTER (WHERE post_count >= 3)", "weeks", "institution")
    found = engine.query(sql(row_values(metric, "sizes"))).to_pylist()
    assert [(row["post_count"], row["value"]) for row in found] == [(2, 0), (3, 1)]
    engine.drop("sizes")
