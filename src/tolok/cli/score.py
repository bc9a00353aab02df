"""`tolok score`."""

from pathlib import Path

import click

from tolok.cli.show import (
    folder_argument,
    json_option,
    memory_option,
    print_json,
    progress_shown,
    threads_option,
)
from tolok.pipeline.score import Machine
from tolok.pipeline.score import score as score_edition


@click.command()
@folder_argument
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True)
@threads_option
@memory_option
@json_option
def score(
    folder: Path, engine: str, threads: int | None, memory_limit: str | None, *, as_json: bool
) -> None:
    """Compute metrics, scores, ranks and nominees into results/."""
    with progress_shown() as progress:
        done = score_edition(folder, machine=Machine(threads, memory_limit), progress=progress)
    if as_json:
        counts = dict(done.record_counts)
        print_json(
            {
                "results": done.results,
                "engine": engine,
                "record_counts": counts,
                "ranked": done.ranked,
                "awards": dict(done.awards),
            }
        )
        return
    posts = done.record_counts["posts"]
    click.echo(f"{done.results}: {posts:,} posts scored, {done.ranked:,} places ranked.")
    if not done.ranked:
        click.echo(f"No place could be ranked; `tolok check {folder}` and the site say why.")
    click.echo(f"Next: `tolok publish {folder}`.")
