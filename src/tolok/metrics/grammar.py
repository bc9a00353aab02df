"""What a metric's text may say: the nodes of SQL that are understood, and nothing beside them."""

from collections.abc import Callable
from typing import Any, cast

import ibis
import sqlglot
from sqlglot import exp

from tolok.errors import FileFault
from tolok.methodology.metric import Metric

AGGREGATES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.PercentileCont)
ALLOWED = (
    "COUNT, SUM, AVG, MIN, MAX, QUANTILE_CONT, DISTINCT, FILTER, CASE, COALESCE, NULLIF, LN, EXP, "
    "FLOOR, arithmetic, comparisons, AND, OR, NOT, IN, IS NULL, LIST_CONTAINS"
)
ARITHMETIC: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Add: lambda a, b: a + b,
    exp.Sub: lambda a, b: a - b,
    exp.Mul: lambda a, b: a * b,
    exp.Div: lambda a, b: a.cast("float64") / b.nullif(0),
}
COMPARISONS: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
}
LOGIC: dict[type[exp.Expression], Callable[..., Any]] = {
    exp.And: lambda a, b: a & b,
    exp.Or: lambda a, b: a | b,
    exp.Not: lambda a: ~a,
}
FUNCTIONS: dict[type[exp.Expression], Callable[[Any], Any]] = {
    exp.Neg: lambda a: -a,
    exp.Ln: lambda a: ibis.cases((a > 0, a.cast("float64").ln())),
    exp.Exp: lambda a: a.cast("float64").exp(),
    exp.Floor: lambda a: a.floor(),
}
OPERATORS = ARITHMETIC | COMPARISONS | LOGIC | FUNCTIONS | {exp.Paren: lambda a: a}
_PARTS: dict[type[exp.Expression], tuple[str, ...]] = {
    exp.Column: ("this",),
    exp.Identifier: ("this", "quoted"),
    exp.Literal: ("this", "is_string"),
    exp.Boolean: ("this",),
    exp.Null: (),
    exp.Star: (),
    exp.Paren: ("this",),
    exp.In: ("this", "expressions"),
    exp.Is: ("this", "expression"),
    exp.ArrayContains: ("this", "expression"),
    exp.Nullif: ("this", "expression"),
    exp.Coalesce: ("this", "expressions"),
    exp.Case: ("ifs", "default"),
    exp.If: ("this", "true"),
    exp.Filter: ("this", "expression"),
    exp.Where: ("this",),
    exp.Distinct: ("expressions",),
    exp.Count: ("this", "big_int"),
    exp.PercentileCont: ("this", "expression"),
    **dict.fromkeys((exp.Sum, exp.Avg, exp.Min, exp.Max), ("this",)),
    **dict.fromkeys((*ARITHMETIC, *COMPARISONS, exp.And, exp.Or), ("this", "expression")),
    **dict.fromkeys((*FUNCTIONS, exp.Not), ("this",)),
}
"""Every node that is understood, with the parts that are: FLOOR(x, 2) must not pass as FLOOR(x)."""


def parse(metric: Metric) -> exp.Expression:
    """The text of a metric as a tree of nodes that are all understood.

    Raises: FileFault where it is not one expression, or says more than is understood.
    """
    text = metric.sql
    try:
        found: list[Any] = sqlglot.parse(text, dialect="duckdb")
        comments = [one for token in sqlglot.tokenize(text, "duckdb") for one in token.comments]
    except sqlglot.errors.SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        where = f" near {details[0]['highlight']!r}" if details[0].get("highlight") else ""
        raise fault_of(metric, f"{text!r} is not an expression{where}.") from error
    if len(found) != 1 or found[0] is None:
        raise fault_of(metric, f"{text!r} is not one expression.")
    if comments:
        raise fault_of(metric, f"{text!r} holds a comment.", "Put it above, after a #.")
    (parsed,) = found
    for node in parsed.walk():
        parts = _PARTS.get(type(node))
        if parts is None or any(part for name, part in node.args.items() if name not in parts):
            raise fault_of(metric, f"{node.sql()!r} is not allowed.", f"Allowed: {ALLOWED}.")
    if not parsed.find(*AGGREGATES):
        raise fault_of(metric, f"{text!r} aggregates nothing.", "Expected COUNT, SUM or the like.")
    return cast("exp.Expression", parsed)


def columns_read(metric: Metric) -> frozenset[str]:
    """The columns of its table that a metric's text names."""
    return frozenset(column.name for column in parse(metric).find_all(exp.Column))


def fault_of(metric: Metric, problem: str, remedy: str = "") -> FileFault:
    """A fault of a metric's expression, at the metric's place in the rules."""
    return FileFault(metric.file, problem, metric.line, f"{metric.name}.sql", remedy)
