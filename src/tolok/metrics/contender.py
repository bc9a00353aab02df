"""Single posts of the institutions near an award's cut, with what each adds to the metrics.

A metric is any text, so nothing here knows one by its name: the engine itself says what a post
gives, and what it would give with one interaction or one view more.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
from sqlglot import exp

from tolok.methodology.metric import Metric
from tolok.metrics.expression import Expression
from tolok.metrics.grammar import parse
from tolok.metrics.tables import base_table
from tolok.model import COUNTS

SUM, MARK, ROW, HELD = "sum", "mark", "row", "held"
"""How a metric follows from single posts: their sum, distinct days, rows of posts, not at all."""
STEPS: dict[str, tuple[str, ...]] = {
    "interaction_count": ("interaction_count", "reaction_count"),
    "view_count": ("view_count",),
}
"""The columns that rise together where one more of a measure is bought: interactions as likes."""
POST_ORDER = ("institution_id", "account_id", "published_on", "platform", "post_id")
_BOUGHT = {*COUNTS, "interaction_count"}
_OF_THE_DAY = {"published_on", "published_at", "week_on", "post_id", "url"}
_LINEAR = (exp.Add, exp.Sub, exp.Neg, exp.Paren, exp.Column, exp.Identifier)


def effect_of(metric: Metric) -> str | None:
    """How a metric follows from posts: SUM, MARK, ROW or HELD; None where it cannot be said.

    A sum over posts must be linear in the counts, and its filter must not look at how large they
    are, nor at the day: else one interaction more would not always add the same.
    """
    if metric.table == "comments":
        return HELD
    node, condition = parse(metric), None
    if isinstance(node, exp.Filter):
        node, condition = node.this, node.expression.this
    is_distinct = isinstance(node.this, exp.Distinct)
    is_sum = isinstance(node, exp.Sum) or (isinstance(node, exp.Count) and not is_distinct)
    if metric.table != "posts":
        return ROW if is_sum else None
    if not _is_blind(condition):
        return None
    if isinstance(node, exp.Count) and is_distinct:
        day = [one.name for one in node.find_all(exp.Column)] == ["published_on"]
        return MARK if day and metric.grain == "institution" else None
    is_linear = isinstance(node, exp.Count) or all(
        isinstance(one, _LINEAR) for one in node.this.walk()
    )
    return SUM if is_sum and is_linear and metric.grain == "account" else None


def contender_posts(metrics: Sequence[Metric], institutions: Sequence[str]) -> ir.Table:
    """The own posts of some institutions, a row each in POST_ORDER, with what each gives.

    What a post gives to a metric stands in the column that `given` names: for distinct days,
    whether it makes its day count. What it would give with one more of a measure stands beside it,
    for each metric and step of which `rises_with` holds.
    Missing: a metric is null where the post gives nothing known.
    """
    posts = _own_posts(institutions)
    by = [
        *POST_ORDER, "week_on", "kind", "is_copy", "is_cross_copy", "is_joint",
        *STEPS,
    ]  # fmt: skip
    plain = {f"plain_{name}": posts[name] for name in posts.columns if name in _BOUGHT}
    found = posts.mutate(**plain, **_given(metrics, posts))
    for step, columns in STEPS.items():
        more = found.mutate(**{name: found[f"plain_{name}"] + 1 for name in columns})
        rising = [one for one in metrics if rises_with(one, step)]
        found = more.mutate(**_given(rising, more, step))
        found = found.mutate(**{name: found[f"plain_{name}"] for name in columns})
    values = [name for name in found.columns if name not in {*posts.columns, *plain}]
    return found.select(*by, *values).order_by(list(POST_ORDER))


def contender_days(institutions: Sequence[str]) -> ir.Table:
    """The number of own posts of some institutions by day.

    Shape: institution_id, published_on and post_count.
    """
    by = ["institution_id", "published_on"]
    posts = _own_posts(institutions)
    return posts.group_by(by).aggregate(post_count=posts.count()).order_by(by)


def _own_posts(institutions: Sequence[str]) -> ir.Table:
    posts = base_table("posts")
    return posts.filter(posts.is_own, posts.institution_id.isin(list(institutions)))


def _given(
    metrics: Sequence[Metric], posts: ir.Table, step: str | None = None
) -> dict[str, ir.Value]:
    return {given(one.name, step): _value(one, posts).cast("float64") for one in metrics}


def _value(metric: Metric, posts: ir.Table) -> ir.Value:
    expression = Expression(metric, posts)
    if effect_of(metric) == MARK:
        return expression.contributing().cast("int64")
    return expression.of_row


def rises_with(metric: Metric, step: str) -> bool:
    """Whether one more of a measure may add to a sum: it reads a column that rises with it."""
    node = parse(metric)
    value = node.this if isinstance(node, exp.Filter) else node
    return any(column.name in STEPS[step] for column in value.find_all(exp.Column))


def given(metric: str, step: str | None = None) -> str:
    """The column that holds what a post gives to a metric; counts have the metrics' names.

    With `step` it is what the post would give with one more of that measure.
    """
    return f"given_{metric}" if step is None else f"given_{metric}_with_{step}"


def row_values(metric: Metric, rows: str) -> ir.Table:
    """What a metric of days or weeks gives for each single row of a table of that form.

    Shape: institution_id, platform where there is one, post_count and value.
    """
    base = base_table(metric.table)
    table = ibis.table(base.schema(), name=rows)
    by = [name for name in ("platform", "post_count") if name in table.columns]
    value = Expression(metric, table).aggregate.cast("float64")
    return table.group_by(by).aggregate(value=value).order_by(by)


def _is_blind(condition: exp.Expression | None) -> bool:
    """Whether a filter reads no day, and of counts only whether they are known."""
    if condition is None:
        return True
    for column in condition.find_all(exp.Column):
        if column.name in _OF_THE_DAY:
            return False
        if column.name in _BOUGHT and not isinstance(column.parent, exp.Is):
            return False
    return True
