"""Worked examples that fail, or that cannot be run, are told with the metric's place."""

import pytest
from tests.post_cases import engine_of

from tolok.errors import FaultsFound
from tolok.methodology.metric import Example, Metric
from tolok.metrics.example import check_examples, example_values
from tolok.model import Label

AB = {"account_id": ["a", "b", "b"], "reaction_count": [1, 2, None]}


def metric_of(rows, value, sql="SUM(reaction_count)", grain="account"):
    example = Example(rows=rows, value=value)
    return Metric(
        "tried", Label("", ""), "", sql, "posts", grain, False, "", Label("", ""), (example,),
        file="metrics/m.toml", line=4,
    )  # fmt: skip


def faults_of(metric):
    with pytest.raises(FaultsFound) as found:
        check_examples(engine_of(1), [metric])
    return [str(fault) for fault in found.value.exceptions]


def test_example_that_holds_is_passed():
    check_examples(engine_of(1), [metric_of(AB, {"a": 1.0, "b": 2.0})])
    check_examples(engine_of(1), [])


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"a": 1.0, "b": 2.1}, ["group 'b': the expression gives 2, not 2.1."]),
        ({"a": 1.0, "b": None}, ["group 'b': the expression gives 2, not null."]),
        ({"a": 1.0}, ["group 'b': the expression gives 2, not nothing stated."]),
        (
            {"a": 1.0, "b": 2.0, "c": 3.0},
            ["group 'c': the expression has no such group, not 3."],
        ),
        (
            {"a": 9.0, "b": 9.0},
            [
                "group 'a': the expression gives 1, not 9.",
                "group 'b': the expression gives 2, not 9.",
            ],
        ),
        ({"a": 1.0 + 1e-8, "b": 2.0}, ["group 'a': the expression gives 1, not 1.00000001."]),
    ],
)
def test_every_group_that_gives_another_value_is_told(value, told):
    start = "metrics/m.toml, line 4, tried.example: example 1, "
    end = " Mend the expression or the example."
    assert faults_of(metric_of(AB, value)) == [f"{start}{one}{end}" for one in told]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"account_id": ["a"], "likes": [1]}, "likes: no such column in posts. Columns: inst"),
        ({"account_id": ["a"], "reaction_count": ["many"]}, "reaction_count: "),
        ({"account_id": ["a"], "reaction_count": [1.5]}, "reaction_count: "),
        ({"account_id": ["a"], "published_on": ["3 March"]}, "published_on: "),
        ({"account_id": ["a"], "is_own": [None]}, "is_own: is never null."),
        ({"account_id": ["a", "a"], "platform": ["x", "web"]}, "a group stands on two platforms"),
    ],
)
def test_example_that_cannot_be_run_is_a_fault(rows, told):
    (fault,) = faults_of(metric_of(rows, {"a": 1.0}))
    assert fault.startswith(f"metrics/m.toml, line 4, tried.example: {told}")


def test_expression_that_is_not_allowed_is_a_fault_of_the_metric():
    (fault,) = faults_of(metric_of(AB, {"a": 1.0}, sql="SUM(likes)"))
    assert fault.startswith("metrics/m.toml, line 4, tried.sql: 'likes' is no column.")


def test_cells_that_an_example_leaves_out_are_those_of_an_ordinary_post():
    rows = {"account_id": ["a", "b"], "published_on": ["2025-03-05", "2025-03-09"]}
    for sql, value in [
        ("COUNT(*) FILTER (WHERE is_own AND has_text AND NOT is_copy AND NOT is_joint)", 1.0),
        ("COUNT(*) FILTER (WHERE platform = 'instagram' AND origin = 'original')", 1.0),
        ("COUNT(kind)", 0.0),
        ("COUNT(*) FILTER (WHERE week_on = '2025-03-03')", 1.0),
    ]:
        metric = metric_of(rows, {"a": value, "b": value}, sql)
        assert example_values(engine_of(1), metric, metric.examples[0]) == {"a": value, "b": value}


def test_groups_of_a_metric_of_institutions_are_institutions():
    rows = {"institution_id": ["i", "i", "j"], "account_id": ["a", "b", "c"]}
    check_examples(
        engine_of(1), [metric_of(rows, {"i": 2.0, "j": 1.0}, "COUNT(*)", grain="institution")]
    )


def test_example_leaves_no_table_behind():
    engine = engine_of(1)
    check_examples(engine, [metric_of(AB, {"a": 1.0, "b": 2.0})])
    tables = engine.query("SELECT table_name FROM information_schema.tables")
    assert "posts" not in tables["table_name"].to_pylist()
