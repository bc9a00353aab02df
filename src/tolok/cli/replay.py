"""`tolok replay`."""

from pathlib import Path

import click

from tolok.cli.show import counted, folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.importing import replay as replay_edition


@click.command()
@folder_argument
@json_option
def replay(folder: Path, *, as_json: bool) -> None:
    """Make the store again from the landed files, each with the options it was brought with."""
    with progress_shown() as progress:
        reports = replay_edition(folder, progress=progress)
    if as_json:
        print_json([report.to_dict() for report in reports])
        return
    kept = sum(report.rows_kept for report in reports)
    click.echo(
        f"{folder}: {counted(len(reports), 'file')} read again, {counted(kept, 'row')} kept."
    )
