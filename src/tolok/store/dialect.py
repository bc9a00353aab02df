"""Ibis expressions as the SQL of each engine, where Ibis alone would mean different things by it.

What is changed here was found by running every query of an edition on both engines; the suite
tests/conformance/test_engines.py holds it.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import DuckDBCompiler, PySparkCompiler

_REMEMBERED = 1000
"""Queries whose text is kept: an edition has some 150, and writing them takes seconds."""


class _DuckDbCompiler(DuckDBCompiler):  # type: ignore[misc]  # Ibis has no types
    """Ibis's DuckDB, where it says more than Ibis takes it to."""

    __slots__ = ()

    def visit_ExtractEpochSeconds(self, op: Any, *, arg: Any) -> Any:
        """Whole seconds, as Ibis takes them to be; DuckDB's epoch() has fractions."""
        del op
        return self.f.anon.epoch_us(arg) // 1_000_000


class _SparkCompiler(PySparkCompiler):  # type: ignore[misc]  # Ibis has no types
    """Ibis's Spark, with DuckDB's meaning of what the two take differently."""

    __slots__ = ()

    SIMPLE_OPS = {ops.Hash: "xxhash64"}
    """A hash of 64 bits, as in DuckDB; Spark's hash() has 32, too few for millions of texts."""

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:
        """Ibis adds up the condition: null, not 0, where it is null on every row."""
        del op, arg
        return self.f.count(sge.Star()) if where is None else self.f.anon.count_if(where)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        """A fraction written plainly is a decimal for Spark, which reckons and rounds otherwise."""
        if dtype.is_floating():
            return self.cast(sge.Literal.string(repr(float(value))), dt.float64)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_Field(self, op: Any, *, rel: Any, name: str) -> Any:
        """A column; Ibis would ask an option that is there only where its Spark backend is."""
        del op
        return sge.Column(
            this=sge.to_identifier(name, quoted=self.quoted),
            table=sge.to_identifier(rel.alias_or_name, quoted=self.quoted),
        )

    def visit_Median(self, op: Any, *, arg: Any, where: Any) -> Any:
        """The exact median; Ibis would put the condition on the share too, which must be fixed."""
        return self.visit_Quantile(op, arg=arg, quantile=sge.convert(0.5), where=where)

    def visit_ArrayStringJoin(self, op: Any, *, arg: Any, sep: Any) -> Any:
        """No texts joined are an empty text; Ibis would make null of them."""
        del op
        return self.f.anon.array_join(arg, sep)

    def visit_Lowercase(self, op: Any, *, arg: Any) -> Any:
        """Letter by letter; Spark makes two signs of a Turkish I, and looks behind a sigma."""
        del op
        return self.f.lower(self.f.anon.translate(arg, "İΣ", "iσ"))


def _writer(compiler: Any) -> Callable[[ir.Table], str]:
    @lru_cache(_REMEMBERED)
    def written(node: ops.Node) -> str:
        query = compiler.to_sqlglot(node.to_expr().unbind())
        return str(query.sql(dialect=compiler.dialect, pretty=True))

    return lambda expression: written(expression.op())


DIALECTS: Mapping[str, Callable[[ir.Table], str]] = {
    "duckdb": _writer(_DuckDbCompiler()),
    "spark": _writer(_SparkCompiler()),
}
"""What writes the SQL of an expression, by the name of the dialect."""
