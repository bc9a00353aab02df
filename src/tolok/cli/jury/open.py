"""`tolok jury DIR open`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import clock, language_option, texts, with_folder
from tolok.cli.show import counted, json_option, print_json
from tolok.pipeline.jury.opening import open_jury


@click.command("open")
@language_option
@click.option("--again", is_flag=True, help="Begin anew; packs, ballots and tallies are void.")
@json_option
@with_folder
def open_(folder: Path, language: str | None, *, again: bool, as_json: bool) -> None:
    """Begin the record, and make a form for every juror to declare ties."""
    done = open_jury(folder, now=clock(), language=language, again=again)
    if as_json:
        print_json({"jurors": done.jurors, "forms": texts(done.forms)})
        return
    click.echo(f"The jury is open: {counted(len(done.jurors), 'juror')}, each with a code.")
    for (code, name), form in zip(done.jurors.items(), done.forms, strict=True):
        click.echo(f"  {code}  {name}: {form}")
    click.echo(f"Next: send the forms; then `tolok jury {folder} import FILE...`.")
