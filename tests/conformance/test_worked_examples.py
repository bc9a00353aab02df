"""Worked examples of every shipped metric: they hold, and they would catch a wrong expression."""

from dataclasses import replace

import pytest
from sqlglot import exp

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.document import Document
from tolok.methodology.metric import read_metrics
from tolok.methodology.rules import read_rules
from tolok.methodology.template import TEMPLATES, new_edition, template_names
from tolok.metrics.example import check_examples
from tolok.metrics.grammar import parse
from tolok.store.duckdb import DuckDb
from tolok.store.schema import BASE_TABLES

ENGINES = {"duckdb": DuckDb}
METRICS = {
    f"{path.parent.parent.name}:{metric.name}": metric
    for path in sorted(TEMPLATES.glob("*/metrics/*.toml"))
    for metric in read_metrics(Document(path))
}
SIMILAR = {
    "interaction_count": ["reaction_count", "comment_count", "view_count"],
    "reaction_count": ["comment_count", "interaction_count"],
    "comment_count": ["reaction_count", "interaction_count"],
    "share_count": ["save_count", "comment_count"],
    "view_count": ["interaction_count", "reaction_count"],
    "media_count": ["alt_text_count"],
    "alt_text_count": ["media_count"],
    "follower_count": ["view_count", "posting_follower_count"],
    "posting_follower_count": ["follower_count", "view_count"],
    "post_count": ["capped_post_count"],
    "capped_post_count": ["post_count"],
    "published_on": ["week_on", "account_id", "post_id"],
    "is_copy": ["is_cross_copy"],
    "is_institution": ["is_answer"],
    "is_answer": ["is_institution"],
}
"""Columns that one might write in another's place."""
METRIC_COUNTS = {"gsm-2025": 26, "instagram-only": 26, "raw-rates": 32}
OTHER_FOLDS = {exp.Sum: (exp.Avg, exp.Max, exp.Count), exp.Avg: (exp.Sum, exp.Max)}


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request):
    with ENGINES[request.param]() as opened:
        yield opened


@pytest.mark.parametrize("template", template_names())
def test_every_worked_example_of_a_template_holds(engine, tmp_path, template):
    new_edition(tmp_path / "edition", template=template)
    rules = read_rules(tmp_path / "edition")
    assert len(rules.metrics) == METRIC_COUNTS[template]
    check_examples(engine, rules.metrics.values())


@pytest.mark.parametrize("name", METRICS)
def test_worked_examples_hold_a_null_a_tie_and_two_groups(name):
    metric = METRICS[name]
    stated = [[v for v in one.value.values() if v is not None] for one in metric.examples]
    assert any(len(one.value) > 1 for one in metric.examples)
    assert any(len(set(values)) < len(values) for values in stated)
    if any(column.nullable for column in BASE_TABLES[metric.table].columns):
        cells = [cell for one in metric.examples for cells in one.rows.values() for cell in cells]
        assert None in cells


def mutants(metric):
    """Texts that differ from a metric's by one mistake."""
    tree = parse(metric)
    texts = [f"{tree.sql()} + 1", "COUNT(*)"]
    for at, node in enumerate(tree.walk()):
        for other in mistakes(node, BASE_TABLES[metric.table].names):
            copy = tree.copy()
            old = list(copy.walk())[at]
            if old is copy:
                copy = other
            else:
                old.replace(other)
            texts.append(copy.sql("duckdb"))
    return sorted(set(texts) - {tree.sql("duckdb")})


def mistakes(node, columns):
    """What might stand in the place of one node."""
    match node:
        case exp.Filter():
            yield node.this.copy()
        case exp.And():
            yield node.this.copy()
            yield node.expression.copy()
        case exp.Not():
            yield node.this.copy()
        case exp.Column():
            yield from (exp.column(one) for one in SIMILAR.get(node.name, []) if one in columns)
        case exp.GTE():
            yield exp.GT(this=node.this.copy(), expression=node.expression.copy())
        case exp.Literal() if not node.is_string and node.this != "0":
            yield from (exp.Literal.number(str(float(node.this) * by)) for by in (0.5, 2))
        case exp.Sub() | exp.Div():
            yield type(node)(this=node.expression.copy(), expression=node.this.copy())
            yield node.this.copy()
    yield from other_lists(node)
    yield from other_folds(node)


def other_lists(node):
    """Other members in the place of those looked for."""
    match node:
        case exp.ArrayContains():
            yield exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null()))
        case exp.In():
            for leave_out in node.expressions:
                rest = [one.copy() for one in node.expressions if one is not leave_out]
                yield exp.In(this=node.this.copy(), expressions=rest)


def other_folds(node):
    """Other aggregates in the place of one."""
    match node:
        case exp.Sum() | exp.Avg():
            yield from (fold(this=node.this.copy()) for fold in OTHER_FOLDS[type(node)])
        case exp.Count() if isinstance(node.this, exp.Distinct):
            yield exp.Count(this=node.this.expressions[0].copy())
        case exp.PercentileCont():
            yield exp.Avg(this=node.this.copy())


@pytest.mark.parametrize("name", METRICS)
def test_wrong_expression_fails_a_worked_example(engine, name):
    metric = METRICS[name]
    wrong = [replace(metric, name=text, sql=text) for text in mutants(metric)]
    assert len(wrong) >= 2
    with pytest.raises(FaultsFound) as found:
        check_examples(engine, wrong)
    faults = [fault for fault in found.value.exceptions if isinstance(fault, FileFault)]
    caught = {(fault.column or "").removesuffix(".example") for fault in faults}
    assert sorted({one.name for one in wrong} - caught) == []
