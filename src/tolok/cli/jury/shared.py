"""What all commands of the jury share: the folder before the command, and the clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

language_option = click.option(
    "--language", type=click.Choice(["id", "en"]), help="Of the files; else the edition's first."
)


def with_folder(command: Callable[..., None]) -> Callable[..., None]:
    """A command that is given the edition's folder, which stands before its name."""

    @click.pass_context
    @wraps(command)
    def given(ctx: click.Context, *args: Any, **options: Any) -> None:
        assert ctx.parent is not None  # the group
        command(ctx.parent.params["folder"], *args, **options)

    return given


def clock() -> datetime:
    """The present instant, which everything below is told."""
    return datetime.now(UTC)


def show_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on standard output; numbers stand right."""
    table = Table(title=title, title_justify="left", show_edge=False)
    for place, name in enumerate(header):
        is_number = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


def show_without(without: Mapping[str, str], what: str) -> None:
    """Who got nothing, and why, on standard error."""
    for code, why in without.items():
        click.echo(f"{code}: no {what}: {why}.", err=True)


def texts(paths: Sequence[Path]) -> list[str]:
    """Paths as a JSON document has them."""
    return [str(path) for path in paths]
