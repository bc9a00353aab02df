"""`tolok map`."""

from dataclasses import asdict
from pathlib import Path

import click

from tolok.cli.show import json_option, print_json
from tolok.pipeline.mapping import propose_mapping, write_mapping


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write it to the edition's maps/ instead of printing it.",
)
@json_option
def map_(file: Path, folder: Path | None, *, as_json: bool) -> None:
    """Propose a mapping profile for a table of no known format, for you to correct.

    With the profile in an edition's maps/, `tolok import` reads every table of the same columns.
    """
    proposal = propose_mapping(file)
    path = write_mapping(proposal, folder) if folder else None
    if as_json:
        print_json(asdict(proposal) | {"path": str(path) if path else None})
    elif path is None:
        click.echo(proposal.toml(), nl=False)
    else:
        for sentence in proposal.unclear:
            click.echo(sentence)
        click.echo(f"Next: correct {path}, then `tolok import {folder} {file}`.")
