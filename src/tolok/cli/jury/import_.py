"""`tolok jury DIR import`."""

from dataclasses import asdict
from pathlib import Path

import click

from tolok.cli.jury.shared import clock, texts, with_folder
from tolok.cli.show import json_option, print_json
from tolok.pipeline.jury.receiving import import_returned

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("import")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@json_option
@with_folder
def import_(folder: Path, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Take declarations and ballots that came back: all of them, or none with every reason."""
    taken = import_returned(folder, files, now=clock())
    if as_json:
        print_json([asdict(one) | {"figures": texts(one.figures)} for one in taken])
        return
    for one in taken:
        if one.kind == "known":
            click.echo(f"{one.file}: was here already; nothing changes.")
            continue
        version = f", version {one.version}" if one.version else ""
        back = f"; steps back from {', '.join(one.recused)}" if one.recused else ""
        click.echo(f"{one.file}: {one.kind} of {one.juror}{version}{back}.")
        if one.figures:
            click.echo(f"  The figures may be sent to {one.juror} now: {one.figures[0].parent}")
    click.echo(f"Next: `tolok jury {folder} status`.")
