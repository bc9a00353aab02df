"""Metrics run on an engine: tidy tables, a row a value."""

from datetime import date

import pytest
from tests.post_cases import a_post, a_table, engine_of

from tolok.methodology.metric import Metric
from tolok.metrics.run import run_metrics, run_weekly_metrics
from tolok.model import Label
from tolok.store.results import METRICS
from tolok.store.schema import BASE_TABLES

POSTS = [
    a_post(post_id="1", reaction_count=5),
    a_post(post_id="2", reaction_count=None),
    a_post(post_id="3", reaction_count=7, week_on=date(2025, 3, 10)),
    a_post(post_id="4", reaction_count=1, account_id="x:@a", platform="x"),
    a_post(post_id="5", institution_id="b", account_id="instagram:@b"),
]


@pytest.fixture
def engine():
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], POSTS))
    week = {"institution_id": "a", "week_on": date(2025, 3, 3), "post_count": 3}
    engine.attach_table("weeks", a_table(BASE_TABLES["weeks"], [week]))
    return engine


def metric_of(name, sql, table="posts", grain="account", unit="posts"):
    return Metric(name, Label("", ""), unit, sql, table, grain, True, "", Label("", ""))


ALL = [
    metric_of("reactions", "SUM(reaction_count)", unit="reactions"),
    metric_of("posts", "COUNT(*)"),
    metric_of("busy", "COUNT(*)", "weeks", "institution", "weeks"),
    metric_of("whole", "SUM(reaction_count)", grain="institution", unit="reactions"),
]


def test_metrics_are_a_row_a_value_in_the_published_order(engine):
    found = run_metrics(engine, ALL)
    assert found.schema.names == list(METRICS.names)
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        ("a", "", "", "busy", 1.0, "weeks", 1, 0),
        ("a", "", "", "whole", 13.0, "reactions", 3, 1),
        ("a", "instagram:@a", "instagram", "posts", 3.0, "posts", 3, 0),
        ("a", "instagram:@a", "instagram", "reactions", 12.0, "reactions", 2, 1),
        ("a", "x:@a", "x", "posts", 1.0, "posts", 1, 0),
        ("a", "x:@a", "x", "reactions", 1.0, "reactions", 1, 0),
        ("b", "", "", "whole", None, "reactions", 0, 1),
        ("b", "instagram:@b", "instagram", "posts", 1.0, "posts", 1, 0),
        ("b", "instagram:@b", "instagram", "reactions", None, "reactions", 0, 1),
    ]


def test_no_metric_gives_an_empty_table(engine):
    assert run_metrics(engine, []).schema == METRICS.arrow_schema
    assert run_metrics(engine, []).num_rows == 0
    assert run_weekly_metrics(engine, []) == []


def test_no_post_gives_no_row(engine):
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], []))
    assert run_metrics(engine, ALL[:2]).num_rows == 0


def test_weekly_metrics_add_up_to_those_of_the_window(engine):
    weekly = {metric.name: table for metric, table in run_weekly_metrics(engine, ALL)}
    assert sorted(weekly) == ["busy", "posts", "reactions", "whole"]
    assert weekly["reactions"].to_pylist() == [
        dict(zip(weekly["reactions"].column_names, row, strict=True))
        for row in [
            ("a", "instagram:@a", "instagram", date(2025, 3, 3), 5.0),
            ("a", "instagram:@a", "instagram", date(2025, 3, 10), 7.0),
            ("a", "x:@a", "x", date(2025, 3, 3), 1.0),
            ("b", "instagram:@b", "instagram", date(2025, 3, 3), None),
        ]
    ]
    assert weekly["whole"].column_names == ["institution_id", "week_on", "value"]
    assert weekly["busy"]["value"].to_pylist() == [1.0]
