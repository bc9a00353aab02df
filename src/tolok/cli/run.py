"""`tolok run`."""

from pathlib import Path

import click

from tolok.cli.machine import machine_options
from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.machine import Machine
from tolok.pipeline.run import run as run_edition


@click.command()
@folder_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@machine_options
@json_option
def run(folder: Path, files: tuple[Path, ...], machine: Machine, *, as_json: bool) -> None:
    """Bring files in, then score and publish what has changed since the last run."""
    with progress_shown() as progress:
        done = run_edition(folder, files, machine=machine, progress=progress)
    if as_json:
        print_json(
            {
                "imported": [report.to_dict() for report in done.imported],
                "scored": done.scored is not None,
                "published": done.published is not None,
            }
        )
        return
    kept = sum(report.rows_kept for report in done.imported)
    rejected = sum(report.rows_rejected for report in done.imported)
    if done.imported:
        click.echo(f"{len(done.imported)} files: {kept:,} rows kept, {rejected:,} rejected.")
    click.echo("Scored anew." if done.scored else "The results are those of this data.")
    click.echo("Published anew." if done.published else "The site is that of these results.")
