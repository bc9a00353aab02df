"""The unbound tables that the fixed steps and the metrics read, as Ibis sees them."""

from dataclasses import dataclass
from functools import cache, cached_property

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tolok.store.dialect import DIALECTS
from tolok.store.engine import Engine
from tolok.store.schema import BASE_TABLES, LOOKUP_TABLES, STORE_TABLES, Table

IBIS_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array<string>",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "DOUBLE": "float64",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "timestamp('UTC')",
}


@cache
def base_table(name: str) -> ir.Table:
    """A table that metrics read: posts, days, weeks or comments."""
    return _unbound(BASE_TABLES[name], name)


@cache
def store_table(name: str) -> ir.Table:
    """A table of the store: observations, followers, comments."""
    return _unbound(STORE_TABLES[name], name if name != "comments" else "comment_observations")


@cache
def lookup_table(name: str) -> ir.Table:
    """A small table made from registry or followers: account_names, ownership, audience."""
    return _unbound(LOOKUP_TABLES[name], name)


def whole_sum(column: ir.NumericColumn, where: ir.BooleanValue | None = None) -> ir.IntegerScalar:
    """The sum of whole numbers as a whole number; an engine widens sums, so they are cast back.

    Ibis takes the type of a sum for granted and would drop a plain cast.
    """
    return column.sum(where=where).cast("decimal(38, 0)").cast("int64")


def monday(day: ir.DateValue) -> ir.DateValue:
    """The Monday of a day's ISO week, as a date; engines truncate a date to an instant."""
    return day.cast("timestamp").truncate("W").cast("date")


@dataclass(frozen=True)
class Step:
    """One named query of a chain: later steps read it by its name.

    A kept step is computed once and held by the engine; the others are views.
    """

    name: str
    expression: ir.Table
    is_kept: bool = False

    @cached_property
    def table(self) -> ir.Table:
        """The step's result as an unbound table."""
        return ibis.table(self.expression.schema(), name=self.name)


def sql(expression: ir.Table, dialect: str = "duckdb") -> str:
    """The text of a query for an engine's dialect."""
    return DIALECTS[dialect](expression)


def rows_of(engine: Engine, expression: ir.Table) -> pa.Table:
    """The rows that an engine gives for an expression."""
    return engine.query(sql(expression, engine.dialect))


def _unbound(table: Table, name: str) -> ir.Table:
    return ibis.table({column.name: IBIS_TYPES[column.type] for column in table.columns}, name=name)
