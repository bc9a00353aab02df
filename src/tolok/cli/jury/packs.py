"""`tolok jury DIR packs`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import clock, language_option, show_without, texts, with_folder
from tolok.cli.show import counted, json_option, print_json, progress_shown
from tolok.pipeline.jury.evidence import make_packs


@click.command()
@language_option
@json_option
@with_folder
def packs(folder: Path, language: str | None, *, as_json: bool) -> None:
    """Make the evidence packs, without figures, of every juror who has declared."""
    with progress_shown() as progress:
        done = make_packs(folder, now=clock(), language=language, progress=progress)
    if as_json:
        packed = {code: texts(paths) for code, paths in done.packs.items()}
        print_json({"packs": packed, "without": dict(done.without)})
        return
    for code, paths in done.packs.items():
        made = f"{counted(len(paths), 'file')} in {paths[0].parent}" if paths else "none"
        click.echo(f"{code}: {made}")
    show_without(done.without, "pack")
    click.echo(f"Next: `tolok jury {folder} ballots`.")
