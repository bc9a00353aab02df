"""`tolok demo`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tolok.cli.show import memory_option, progress_shown, threads_option
from tolok.pipeline.demo import Scenery, run_demo
from tolok.pipeline.machine import Machine
from tolok.simulate import SimulationPlan


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option("--institutions", type=click.IntRange(24, 2000), default=211, show_default=True)
@click.option("--posts", type=click.IntRange(2000), default=1_000_000, show_default=True)
@click.option("--comments", type=click.IntRange(0), default=300_000, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=2025, show_default=True)
@click.option(
    "--earlier/--no-earlier",
    default=True,
    show_default=True,
    help="Make the year before too, to compare with.",
)
@threads_option
@memory_option
def demo(
    folder: Path, threads: int | None, memory_limit: str, *, earlier: bool, **numbers: Any
) -> None:
    """Make a whole simulated edition, with invented names, through to an open site."""
    with progress_shown() as progress:
        done = run_demo(
            folder,
            SimulationPlan(**numbers),
            now=datetime.now(UTC),
            scenery=Scenery(Machine(threads, memory_limit), with_earlier=earlier),
            progress=progress,
        )
    click.echo(f"{folder}: {done.scored.record_counts['posts']:,} posts scored.")
    played = done.played
    told = ", ".join(f"{count} {status}" for status, count in played.statuses.items())
    click.echo(
        f"A simulated jury decided {played.awards} awards ({told}) and found the truly best "
        f"nominee in {played.found_best}."
    )
    click.echo(f"The true qualities of the invented institutions: {done.truth}")
    click.echo(f"{done.published.pages:,} pages. Open {done.published.index.resolve().as_uri()}")
