"""`tolok jury DIR ballots`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import clock, language_option, show_without, with_folder
from tolok.cli.show import json_option, print_json
from tolok.pipeline.jury.issuing import FORMATS, issue_ballots


@click.command()
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    default="xlsx",
    show_default=True,
    help="Of the files.",
)
@language_option
@json_option
@with_folder
def ballots(folder: Path, file_format: str, language: str | None, *, as_json: bool) -> None:
    """Make the ballots of the round that is open or comes next."""  # fmt: skip
    done = issue_ballots(folder, now=clock(), file_format=file_format, language=language)
    if as_json:
        paths = {code: str(path) for code, path in done.ballots.items()}
        print_json({"round": done.round.name, "ballots": paths, "without": dict(done.without)})
        return
    for code, path in done.ballots.items():
        click.echo(f"{code}: {path}")
    show_without(done.without, "ballot")
    click.echo(f"Round {done.told}. Next: `tolok jury {folder} import FILE...`.")
