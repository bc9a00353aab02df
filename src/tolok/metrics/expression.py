"""A metric's text as an Ibis expression: parsed, checked node by node, bound to a table.

Only the nodes named here are understood, so no edition file can read or write anything, and the
text means the same on every engine. Sums of fractions are taken over fixed-point integers (2^-20),
so that the result does not depend on the order of rows or the number of threads. Division by zero
gives null, and so does the logarithm of what is not positive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import ibis
import ibis.expr.types as ir
from ibis.common.annotations import ValidationError
from ibis.common.exceptions import IbisError
from sqlglot import exp

from tolok.errors import did_you_mean
from tolok.methodology.metric import Metric
from tolok.metrics.grammar import (
    AGGREGATES,
    ALLOWED,
    ARITHMETIC,
    FUNCTIONS,
    LOGIC,
    OPERATORS,
    fault_of,
    parse,
)
from tolok.metrics.tables import whole_sum
from tolok.metrics.tags import tag_of

FIXED_POINT = 2**20
_OF_SEVERAL = (exp.ArrayContains, exp.Is)
"""What may be asked of a column that holds several texts."""


@dataclass(frozen=True)
class Support:
    """The rows that one aggregate rests on: those its filter admits, and the columns it reads."""

    where: str
    condition: ir.BooleanValue | None
    columns: tuple[str, ...]


class Expression:
    """One metric's text, bound to a table: its aggregate and the rows it rests on.

    Raises: FileFault with the metric's name, where the text is not SQL, uses a node that is not
    allowed, names a column that the table does not have, or does not fit a column's type.
    """

    def __init__(self, metric: Metric, table: ir.Table) -> None:
        self._metric = metric
        self._table = table
        self._supports: list[Support] = []
        node = parse(metric)
        try:
            aggregate = _number(self._outer(node))
        except (IbisError, ValidationError, TypeError) as error:
            problem = f"{node.sql()!r} does not fit the types of its columns."
            raise fault_of(metric, problem) from error
        self.aggregate: ir.Value = aggregate

    @property
    def support_key(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What tells two supports apart: equal keys, equal rows."""
        return tuple(sorted({(support.where, support.columns) for support in self._supports}))

    @property
    def of_row(self) -> ir.Value:
        """What each row of the table gives to a metric that is one sum or one count.

        Missing: null where a row gives nothing to a sum; a row that is not counted gives 0.
        Raises: ValueError for any other metric.
        """
        node, condition = parse(self._metric), None
        if isinstance(node, exp.Filter):
            node, condition = node.this, _condition(self._inner(node.expression.this))
        if isinstance(node, exp.Sum):
            value = _of_row(self._inner(node.this))
            return value if condition is None else condition.ifelse(value, ibis.null())
        is_count = isinstance(node, exp.Count) and not isinstance(node.this, exp.Distinct)
        if not is_count:
            message = f"{self._metric.name} is neither one sum nor one count"
            raise ValueError(message)
        is_star = isinstance(node.this, exp.Star)
        is_known = ibis.literal(value=True) if is_star else self._inner(node.this).notnull()
        is_counted = is_known if condition is None else condition & is_known
        return is_counted.fill_null(False).cast("int64")

    def contributing(self) -> ir.BooleanValue:
        """Whether a row went in: some aggregate admits it and none lacks a column of it."""
        return self._any(lambda s: s.condition) & ~self.missing()

    def missing(self) -> ir.BooleanValue:
        """Whether a row could not go in: an aggregate admits it, and a column it reads is null."""
        return self._any(self._lacking)

    def _any(self, condition: Callable[[Support], ir.BooleanValue | None]) -> ir.BooleanValue:
        found = [condition(support) for support in self._supports]
        joined = ibis.or_(*(ibis.literal(value=True) if one is None else one for one in found))
        return joined.fill_null(False)

    def _lacking(self, support: Support) -> ir.BooleanValue:
        lacking = ibis.or_(*(self._table[column].isnull() for column in support.columns))
        return lacking if support.condition is None else support.condition & lacking

    def _refuse(self, problem: str, remedy: str = "") -> NoReturn:
        raise fault_of(self._metric, problem, remedy)

    def _outer(self, node: exp.Expression) -> Any:
        """A node outside any aggregate: aggregates, literals and arithmetic between them."""
        if isinstance(node, exp.Filter):
            return self._aggregate(node.this, node.expression.this)
        if isinstance(node, AGGREGATES):
            return self._aggregate(node, None)
        if isinstance(node, exp.Column):
            self._refuse(f"{node.sql()} stands outside an aggregate.", f"Write MAX({node.sql()}).")
        return self._value(node, self._outer)

    def _inner(self, node: exp.Expression) -> Any:
        """A node inside an aggregate or a filter: columns of the row and values made from them."""
        if isinstance(node, (*AGGREGATES, exp.Filter)):
            self._refuse(f"{node.sql()} stands inside another aggregate.", "Aggregate once.")
        if isinstance(node, exp.Column):
            if node.name not in self._table.columns:
                hint = did_you_mean(node.name, self._table.columns)
                listed = f"Columns: {', '.join(self._table.columns)}."
                self._refuse(f"{node.sql()!r} is no column.", f"{hint} {listed}".strip())
            column = self._table[node.name]
            if column.type().is_array() and not isinstance(node.parent, _OF_SEVERAL):
                self._refuse(f"{node.sql()} holds several texts.", "Ask LIST_CONTAINS(tags, ...).")
            return column
        return self._value(node, self._inner)

    def _value(self, node: exp.Expression, go: Callable[[exp.Expression], Any]) -> Any:
        kind = type(node)
        if isinstance(node, exp.ArrayContains):
            return _listed(go(node.this)).contains(self._tag(node))
        if kind not in OPERATORS:
            return self._special(node, go)
        parts = [go(part) for part in (node.this, node.expression) if part]
        if kind in _FITS:
            parts = [_FITS[kind](part) for part in parts]
        return OPERATORS[kind](*parts)

    def _special(self, node: exp.Expression, go: Callable[[exp.Expression], Any]) -> Any:
        value: Any = None
        match node:
            case exp.Literal():
                value = ibis.literal(node.this if node.is_string else _parsed(node.this))
            case exp.Boolean():
                value = ibis.literal(bool(node.this))
            case exp.Null():
                value = ibis.null()
            case exp.In() if node.expressions:
                value = go(node.this).isin([go(one) for one in node.expressions])
            case exp.Is() if isinstance(node.expression, exp.Null):
                value = go(node.this).isnull()
            case exp.Nullif():
                value = go(node.this).nullif(go(node.expression))
            case exp.Coalesce():
                value = ibis.coalesce(*(go(one) for one in (node.this, *node.expressions)))
            case exp.Case():
                branches = [(go(arm.this), go(arm.args["true"])) for arm in node.args["ifs"]]
                default = node.args.get("default")
                value = ibis.cases(*branches, else_=None if default is None else go(default))
        if value is None:
            self._refuse(f"{node.sql()!r} is not allowed.", f"Allowed: {ALLOWED}.")
        return value

    def _aggregate(self, node: exp.Expression, filtered: exp.Expression | None) -> Any:
        where = None if filtered is None else _condition(self._inner(filtered))
        argument = node.this
        is_distinct = isinstance(argument, exp.Distinct)
        if is_distinct:
            (argument, *others) = argument.expressions
            if others or not isinstance(node, exp.Count):
                self._refuse(f"{node.sql()!r} is not allowed.", "Write COUNT(DISTINCT column).")
        if isinstance(node, exp.Count) and isinstance(argument, exp.Star) and not is_distinct:
            self._rest_on([], filtered, where)
            return self._table.count(where=where)
        columns = [] if argument is None else [c.name for c in argument.find_all(exp.Column)]
        if not columns or not isinstance(node, AGGREGATES):
            self._refuse(f"{node.sql()!r} aggregates no column.", "Name one, or write COUNT(*).")
        value = self._inner(argument)
        self._rest_on(columns, filtered, where)
        if isinstance(node, exp.Count):
            return value.nunique(where=where) if is_distinct else value.count(where=where)
        if isinstance(node, exp.PercentileCont):
            return _number(value).cast("float64").quantile(self._quantile(node), where=where)
        return _FOLDS[type(node)](value, where)

    def _quantile(self, node: exp.Expression) -> float:
        quantile = node.args.get("expression")
        is_number = isinstance(quantile, exp.Literal) and not quantile.is_string
        share = float(quantile.name) if quantile is not None and is_number else -1.0
        if not 0 <= share <= 1:
            self._refuse(f"{node.sql()!r} names no quantile.", "Write QUANTILE_CONT(column, 0.5).")
        return share

    def _tag(self, node: exp.ArrayContains) -> str:
        """The hashtag that is looked for; another spelling would be found in no post."""
        literal = node.expression
        is_text = isinstance(literal, exp.Literal) and literal.is_string
        asked = str(literal.this) if is_text else ""
        tag = tag_of(asked)
        if not tag:
            self._refuse(
                f"{literal.sql()} is no hashtag.", "Write LIST_CONTAINS(tags, '#hutri80')."
            )
        if tag != asked:
            self._refuse(f"{literal.sql()} is found in no post.", f"Write '{tag}'.")
        return tag

    def _rest_on(self, columns: list[str], node: exp.Expression | None, where: Any) -> None:
        text = "" if node is None else node.sql()
        self._supports.append(Support(text, where, tuple(sorted(set(columns)))))


def _number(value: Any) -> Any:
    """A value that can be reckoned with; true counts as 1, as in the engines.

    Raises: TypeError for texts, dates and bare nulls.
    """
    if value.type().is_boolean():
        return value.cast("int64")
    if not value.type().is_numeric():
        raise TypeError(value.type())
    return value


def _listed(value: Any) -> Any:
    """A value that holds several. Raises: TypeError for any other."""
    if not value.type().is_array():
        raise TypeError(value.type())
    return value


def _condition(value: Any) -> Any:
    """A value that holds or not. Raises: TypeError for any other."""
    if not value.type().is_boolean():
        raise TypeError(value.type())
    return value


_FITS: dict[type[exp.Expression], Callable[[Any], Any]] = {
    **dict.fromkeys((*ARITHMETIC, *FUNCTIONS), _number),
    **dict.fromkeys(LOGIC, _condition),
}
"""What an operator takes; a comparison takes anything."""


def _sum(value: Any, where: Any) -> Any:
    """A sum that does not depend on the order of rows: fractions are added as integers of 2^-20."""
    value = _number(value)
    if value.type().is_integer():
        return whole_sum(value, where)
    return _fixed(value).sum(where=where).cast("float64") / FIXED_POINT


def _of_row(value: Any) -> Any:
    """The sum of one row."""
    value = _number(value)
    return value if value.type().is_integer() else _fixed(value).cast("float64") / FIXED_POINT


def _fixed(value: Any) -> Any:
    return (value * FIXED_POINT).round().cast("int64")


def _parsed(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)


def _mean(value: Any, where: Any) -> Any:
    return _sum(value, where).cast("float64") / value.count(where=where).nullif(0)


_FOLDS: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Sum: _sum,
    exp.Avg: _mean,
    exp.Min: lambda value, where: value.min(where=where),
    exp.Max: lambda value, where: value.max(where=where),
}
