"""`tolok jury DIR override`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import clock, with_folder
from tolok.cli.show import json_option, print_json
from tolok.jury.standing import Override
from tolok.pipeline.jury import closing


@click.command()
@click.argument("category")
@click.argument("cluster")
@click.argument("institution")
@click.option("--reason", required=True, help="Published with the award.")
@click.option("--by", nargs=2, required=True, metavar="NAME NAME", help="Who answers for it.")
@json_option
@with_folder
def override(  # noqa: PLR0913 -- what an override must name
    folder: Path,
    *,
    category: str,
    cluster: str,
    institution: str,
    reason: str,
    by: tuple[str, str],
    as_json: bool,
) -> None:
    """Give an award to another nominee than the jury's, with a reason and two names on record."""
    asked = Override(category, cluster, institution, reason.strip(), (by[0].strip(), by[1].strip()))
    closing.override(folder, asked, now=clock())
    if as_json:
        print_json(vars(asked))
        return
    click.echo(f"{category}, {cluster}: {institution}, on record with its reason and two names.")
