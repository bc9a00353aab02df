"""The sums that published engagement formulas are made of, by account and kind of post.

Every formula is a quotient of sums over posts, so one scan serves them all; the result does not
grow with the posts. Reposts and replies are left out; copies count, as they do for the vendors.
"""

from collections.abc import Mapping
from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tolok.metrics.tables import base_table, lookup_table, rows_of, whole_sum
from tolok.store.engine import Engine
from tolok.store.formulas import FORMULA_SUMS

Bases = Mapping[str, Mapping[str, tuple[str, ...]]]

_RATE_SCALE = 2**32
"""Rates are added up as whole numbers of 2^-32, so that the order of rows does not matter."""
_BY = ("institution_id", "account_id", "platform", "kind")
_OF_POSTS = ("post_count", "clean_post_count")


def formula_sums(bases: Bases) -> ir.Table:
    """A row an institution, account and kind; the sums of each basis stand side by side.

    Shape: at most accounts x kinds rows; columns `<basis>__<sum>`.
    Missing: a post whose count is unknown adds nothing, and known_count does not count it.
    """
    posts = base_table("posts")
    posts = posts.filter(posts.is_own).mutate(kind=posts.kind.fill_null(""))
    posts = posts.mutate(**{f"e_{name}": _count(posts, basis) for name, basis in bases.items()})
    sums = {
        f"{name}__{column}": value
        for name in bases
        for column, value in _sums(posts, posts[f"e_{name}"]).items()
    }
    table = posts.group_by(_BY).aggregate(
        post_count=posts.count(), clean_post_count=posts.count(where=~posts.is_copy), **sums
    )
    return table.order_by(_BY)


def formula_audience() -> ir.Table:
    """Followers over the days on which an institution owned an account: FORMULA_AUDIENCE's columns.

    Reads: audience_days, ownership.
    Missing: an account without any reading of its followers has no row.
    """
    days, owner = lookup_table("audience_days"), lookup_table("ownership")
    owned = days.inner_join(
        owner,
        [
            days.account_id == owner.account_id,
            days.published_on >= owner.valid_from,
            days.published_on < owner.valid_to,
        ],
    )
    followers = owned.posting_follower_count
    table = owned.group_by(["institution_id", "account_id"]).aggregate(
        day_count=owned.count(),
        follower_mean=whole_sum(followers).cast("float64") / owned.count(),
        follower_first=followers.argmin(owned.published_on),
        follower_last=followers.argmax(owned.published_on),
    )
    return table.order_by("institution_id", "account_id")


def run_formula_sums(engine: Engine, bases: Bases) -> pa.Table:
    """The sums in long form, in FORMULA_SUMS's columns: a row a basis too."""
    wide = rows_of(engine, formula_sums(bases))
    parts = []
    for name in bases:
        columns: dict[str, pa.ChunkedArray] = {key: wide[key] for key in (*_BY, *_OF_POSTS)}
        columns["basis"] = pa.repeat(pa.scalar(name), wide.num_rows)
        columns |= {key: wide[f"{name}__{key}"] for key in _sums_of_a_basis()}
        ordered = {key: columns[key] for key in FORMULA_SUMS.names}
        parts.append(pa.table(ordered).cast(FORMULA_SUMS.arrow_schema))
    return pa.concat_tables(parts)


def _sums_of_a_basis() -> list[str]:
    known = (*_BY, "basis", *_OF_POSTS)
    return [name for name in FORMULA_SUMS.names if name not in known]


def _count(posts: ir.Table, basis: Mapping[str, tuple[str, ...]]) -> ir.IntegerValue:
    """What counts as interactions of a post; null where a count is unknown or not offered."""
    totals = [
        (posts.platform == platform, reduce(add, [posts[name] for name in names]))
        for platform, names in sorted(basis.items())
    ]
    return ibis.cases(*totals).cast("int64")


def _sums(posts: ir.Table, count: ir.IntegerValue) -> dict[str, ir.Value]:
    followers = posts.posting_follower_count.nullif(0)
    views = posts.view_count.nullif(0)
    is_rated = count.notnull() & followers.notnull()
    return {
        "known_count": count.count(),
        "total": whole_sum(count).fill_null(0),
        "with_one_count": posts.count(where=count > 0),
        "rated_count": posts.count(where=is_rated),
        "rate_sum": _rates(count / followers),
        "rated_total": whole_sum(count, where=is_rated).fill_null(0),
        "rated_followers": whole_sum(followers, where=is_rated).fill_null(0),
        "viewed_followers": whole_sum(followers, where=is_rated & views.notnull()).fill_null(0),
        "view_rate_sum": _rates(count.cast("float64") * followers / views),
    }


def _rates(rate: ir.FloatingValue) -> ir.FloatingValue:
    """The sum of fractions, each rounded to 2^-32."""
    # The cast rounds; round() would go through 64 bits, which a hostile count leaves.
    whole = (rate * _RATE_SCALE).cast("decimal(38, 0)")
    return whole.sum().cast("float64").fill_null(0.0) / float(_RATE_SCALE)
