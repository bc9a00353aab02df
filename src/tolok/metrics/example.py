"""Worked examples of metrics, run: a definition whose example fails is refused."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from tolok.errors import FaultsFound, FileFault, InputError
from tolok.methodology.metric import Example, Metric
from tolok.metrics.compile import compile_metrics
from tolok.store.engine import Engine
from tolok.store.schema import BASE_TABLES

TOLERANCE = 1e-9
"""Relative error that a worked example may have."""

_ORDINARY: dict[str, Any] = {
    "institution_id": "i",
    "account_id": "a",
    "platform": "instagram",
    "published_on": date(2025, 3, 3),
    "origin": "original",
    "is_own": True,
    "has_text": True,
}
"""What a column of a worked example holds where the example does not say."""


def check_examples(engine: Engine, metrics: Iterable[Metric]) -> None:
    """Nothing, where every worked example of every metric gives its stated values.

    Raises: FaultsFound with a fault for each group of each example that gives another value.
    """
    faults: list[InputError] = []
    for metric in metrics:
        for number, example in enumerate(metric.examples, start=1):
            faults += _faults(engine, metric, example, number)
    if faults:
        raise FaultsFound("worked examples of metrics fail", faults)


def example_values(engine: Engine, metric: Metric, example: Example) -> dict[str, float | None]:
    """What the metric's expression gives for each group of an example's rows.

    Raises: FileFault for rows that are not of the table, or an expression that is not allowed.
    """
    compiled = compile_metrics([metric], dialect=engine.dialect)
    engine.attach_table(metric.table, _rows(metric, example))
    wide = engine.query(compiled.sql)
    engine.drop(metric.table)
    groups = wide["account_id" if metric.grain == "account" else "institution_id"].to_pylist()
    if len(set(groups)) < len(groups):
        problem = "a group stands on two platforms or in two institutions."
        raise _fault(metric, problem, "Name the groups apart.")
    return dict(zip(groups, wide[metric.name].to_pylist(), strict=True))


def _faults(engine: Engine, metric: Metric, example: Example, number: int) -> list[InputError]:
    try:
        found = example_values(engine, metric, example)
    except FileFault as fault:
        return [fault]
    wrong: list[InputError] = []
    for group in sorted(found.keys() | example.value.keys()):
        got, stated = found.get(group), example.value.get(group)
        if group in found and group in example.value and _agree(got, stated):
            continue
        gives = f"gives {_told(got)}" if group in found else "has no such group"
        states = _told(stated) if group in example.value else "nothing stated"
        problem = f"example {number}, group {group!r}: the expression {gives}, not {states}."
        wrong.append(_fault(metric, problem, "Mend the expression or the example."))
    return wrong


def _told(value: float | None) -> str:
    return "null" if value is None else f"{value:.12g}"


def _fault(metric: Metric, problem: str, remedy: str) -> FileFault:
    return FileFault(metric.file, problem, metric.line, f"{metric.name}.example", remedy)


def _agree(got: float | None, stated: float | None) -> bool:
    if got is None or stated is None:
        return got is stated
    return abs(got - stated) <= TOLERANCE * max(abs(got), abs(stated))


def _rows(metric: Metric, example: Example) -> pa.Table:
    table = BASE_TABLES[metric.table]
    unknown = sorted(example.rows.keys() - set(table.names))
    if unknown:
        problem = f"{', '.join(unknown)}: no such column in {table.name}."
        raise _fault(metric, problem, f"Columns: {', '.join(table.names)}.")
    size = max(len(column) for column in example.rows.values())
    columns = {}
    for field in table.arrow_schema:
        given = example.rows.get(field.name)
        if given and None in given and not field.nullable:
            raise _fault(metric, f"{field.name}: is never null.", "Give every cell a value.")
        try:
            columns[field.name] = _column(field, given or [_ordinary(field)] * size)
        except (pa.ArrowException, ValueError, TypeError) as error:
            problem = f"{field.name}: {error}."
            raise _fault(metric, problem, f"Give cells of type {field.type}.") from error
    days = columns["published_on"].to_pylist() if "published_on" in columns else []
    if "week_on" in columns and "week_on" not in example.rows and days:
        mondays = [day - timedelta(days=day.weekday()) for day in days]
        columns["week_on"] = pa.array(mondays, pa.date32())
    return pa.table(columns)


def _ordinary(field: pa.Field) -> Any:
    if field.name in _ORDINARY:
        return _ORDINARY[field.name]
    if field.nullable:
        return None
    empty: dict[pa.DataType, Any] = {
        pa.bool_(): False,
        pa.int64(): 0,
        pa.date32(): date(2025, 3, 3),
    }
    return empty.get(field.type, 0 if pa.types.is_timestamp(field.type) else "")


def _column(field: pa.Field, values: list[Any]) -> pa.Array:
    if pa.types.is_date(field.type):
        values = [date.fromisoformat(v) if isinstance(v, str) else v for v in values]
    if pa.types.is_integer(field.type):  # Arrow would cut fractions off
        for value in values:
            if value is not None and type(value) is not int:
                msg = f"{value!r} is no whole number"
                raise TypeError(msg)
    return pa.array(values, field.type)
