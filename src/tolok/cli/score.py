"""`tolok score`."""

from pathlib import Path

import click

from tolok.cli.machine import machine_options
from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.machine import Machine
from tolok.pipeline.score import score as score_edition


@click.command()
@folder_argument
@machine_options
@json_option
def score(folder: Path, machine: Machine, *, as_json: bool) -> None:
    """Compute metrics, scores, ranks and nominees into results/."""
    with progress_shown() as progress:
        done = score_edition(folder, machine=machine, progress=progress)
    if as_json:
        counts = dict(done.record_counts)
        print_json(
            {
                "results": done.results,
                "engine": machine.engine,
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
