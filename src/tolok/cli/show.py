"""What commands show: progress on standard error, one JSON document on standard output."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tolok.pipeline.machine import MEMORY_LIMIT

folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
threads_option = click.option("--threads", type=click.IntRange(1), help="Threads to use at most.")
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)[KMGT]i?B", re.IGNORECASE)


def _size(_ctx: click.Context, _option: click.Parameter, given: str) -> str:
    """A size as engines read it. Raises: BadParameter for anything else."""
    size = given.replace(" ", "")
    found = _SIZE.fullmatch(size)
    if found and float(found[1]) > 0:
        return size
    raise click.BadParameter(f"{given!r} is no size; pass one with its unit, as 4GB or 800MB.")


memory_option = click.option(
    "--memory-limit",
    metavar="SIZE",
    callback=_size,
    default=MEMORY_LIMIT,
    show_default=True,
    help="Memory of the engine at most; beyond it the disk is used.",
)

_PLAIN_SECONDS = 2.0
"""Without a terminal, a line a step at most this often."""


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def counted(count: int, noun: str) -> str:
    """A number of things in words.

    >>> counted(1, "file"), counted(2000, "file")
    ('1 file', '2,000 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


@contextmanager
def progress_shown() -> Iterator[Callable[[str, int, int], None]]:
    """A callback that draws a bar with the remaining time for every step, on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=max(total, 1))
            bars.update(tasks[step], completed=done, total=max(total, 1))

        yield show


class _Lines:
    """Progress for logs: a line when a step begins, ends, or has not spoken for two seconds."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        is_due = now - self._said.get(step, -_PLAIN_SECONDS) >= _PLAIN_SECONDS
        if is_due or done >= total:
            self._said[step] = now if done < total else float("inf")
            click.echo(f"{step}: {done:,} of {total:,}", err=True)
