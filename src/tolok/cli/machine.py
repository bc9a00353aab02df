"""The options of commands that take an engine: which, and how much of the machine it may take."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from tolok.cli.show import memory_option, threads_option
from tolok.pipeline.machine import ENGINES, Machine


def machine_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command that is given these options as one, `machine`."""

    @threads_option
    @memory_option
    @engine_options
    @wraps(command)
    def given(
        *, threads: int | None, memory_limit: str | None, machine: Machine, **others: Any
    ) -> None:
        command(
            machine=replace(machine, threads=threads, memory_limit=memory_limit),
            **others,
        )

    return given


def engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command that is given an engine and Spark's options as one, `machine`."""

    @click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True)
    @click.option(
        "--spark",
        "settings",
        metavar="KEY=VALUE",
        multiple=True,
        callback=_settings,
        help="A setting of Spark, such as spark.master=spark://host:7077; may be repeated.",
    )
    @click.option("--scratch", metavar="ADDRESS", help="Folder that all workers of Spark reach.")
    @wraps(command)
    def given(
        *args: Any, engine: str, settings: dict[str, str], scratch: str | None, **others: Any
    ) -> None:
        if engine != "spark" and (settings or scratch):
            raise click.UsageError("--spark and --scratch go with --engine spark.")
        command(*args, machine=Machine(None, None, engine, settings, scratch), **others)

    return given


def _settings(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """The settings by their names."""
    settings = {}
    for one in given:
        name, mark, value = one.partition("=")
        if not mark or not name.startswith("spark."):
            raise click.BadParameter(f"{one!r} is no spark.name=value.")
        settings[name] = value
    return settings
