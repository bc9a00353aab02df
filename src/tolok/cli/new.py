"""`tolok new`."""

from pathlib import Path

import click

from tolok.cli.show import folder_argument
from tolok.methodology.template import new_edition, template_names


@click.command()
@folder_argument
@click.option(
    "--template",
    default="gsm-2025",
    show_default=True,
    help=f"The template to start from: {', '.join(template_names())}.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Start from an older edition's rules and registry instead.",
)
def new(folder: Path, template: str, source: Path | None) -> None:
    """Make a new edition folder from a template, or from last year's edition."""
    new_edition(folder, template=template, source=source)
    origin = source or f"template {template} (of {', '.join(template_names())})"
    click.echo(f"{folder}: a new edition from {origin}.")
    click.echo(
        f"Next: edit {folder}/edition.toml and {folder}/registry/, then `tolok check {folder}`."
    )
