"""A metric as it is written: one aggregate expression, its unit, its warning, worked examples."""

import re
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from tolok.methodology.document import Document, Section
from tolok.model import Label

TABLES = ("posts", "days", "weeks", "comments")
GRAINS = ("account", "institution")
WINDOW_WHOLES = ("days", "weeks")
"""Wholes of a ratio that the window gives and no metric has to."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = ("institution_id", "account_id", "platform", "week_on", *WINDOW_WHOLES)
_TAKEN_START = ("known_", "missing_")
"""Columns beside the metrics' in the table that they are computed into."""


@dataclass(frozen=True)
class Example:
    """A worked example: the columns of a small table, and the value a group has to give.

    `rows` holds columns of equal length; `value` maps a group's name to its value (None is null).
    """

    rows: dict[str, list[Any]]
    value: dict[str, float | None]


@dataclass(frozen=True)
class Metric:
    """A metric as written in an edition's metrics/*.toml.

    `table` is the base table the expression reads, `grain` what a value belongs to (an account on
    its platform, or an institution over all of them). An additive metric is a sum over posts, days
    or weeks, so that weeks can be added up; only additive metrics may feed a category. `file` and
    `line` are its place in the rules.
    """

    name: str
    label: Label
    unit: str
    sql: str
    table: str
    grain: str
    is_additive: bool
    source: str
    warning: Label
    examples: tuple[Example, ...] = field(default=())
    file: str = field(default="metrics", compare=False, repr=False)
    line: int | None = field(default=None, compare=False, repr=False)


def read_metrics(document: Document) -> list[Metric]:
    """The metrics of one file, in the order in which they stand."""
    return [_read_metric(name, section) for name, section in document.named_sections()]


def _read_metric(name: str, section: Section) -> Metric:
    metric = Metric(
        name=name,
        label=section.label("label"),
        unit=section.text("unit"),
        sql=section.text("sql"),
        table=section.text("table", "posts", choices=TABLES),
        grain=section.text("grain", "account", choices=GRAINS),
        is_additive=section.flag("additive", False),
        source=section.text("source", ""),
        warning=section.label("warning", Label("", "")),
        examples=tuple(
            _read_example(example) for example in section.sections("example", required=True)
        ),
        file=section.document.name,
        line=section.document.line((name,)),
    )
    if not _NAME.fullmatch(name):
        section.fault("", f"{name!r} is no metric name.", "Use lower_case_words.")
    if name in _TAKEN or name.startswith(_TAKEN_START):
        section.fault("", f"{name!r} is a name that Tolok needs itself.", "Choose another.")
    if metric.table in ("days", "weeks") and metric.grain == "account":
        section.fault(
            "grain", f"{metric.table} has rows of institutions.", 'Say grain = "institution".'
        )
    section.close()
    return metric


def _read_example(section: Section) -> Example:
    rows = section.section("rows", required=True).values()
    value = section.section("value", required=True).values()
    lengths = {len(column) if isinstance(column, list) else 0 for column in rows.values()}
    if "rows" in section and (len(lengths) != 1 or lengths == {0}):
        section.fault("rows", "are no columns of one length.", "Give every column a list of cells.")
        rows = {}
    # TOML has no null: the text "null" stands for it.
    rows = {
        name: [None if cell == "null" else cell for cell in column] for name, column in rows.items()
    }
    section.close()
    return Example(rows=rows, value=_read_values(section, value))


def _read_values(section: Section, stated: dict[str, Any]) -> dict[str, float | None]:
    values: dict[str, float | None] = {}
    for group, cell in stated.items():
        is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        if cell != "null" and not (is_number and isfinite(cell)):
            section.fault("value", f"{cell!r} is no value.", 'Expected a number or "null".')
            continue
        values[group] = None if cell == "null" else float(cell)
    return values
