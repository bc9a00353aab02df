"""`tolok jury DIR close`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import clock, show_table, with_folder
from tolok.cli.show import json_option, print_json
from tolok.pipeline.jury.closing import close_jury


@click.command()
@json_option
@with_folder
def close(folder: Path, *, as_json: bool) -> None:
    """Record the winners in results/winners.csv, with how each was found."""
    done = close_jury(folder, now=clock())
    if as_json:
        print_json({"winners": list(done.winners)})
        return
    rows = [
        (
            row["category"], row["cluster"], row["institution"],
            None if row["jury_score"] is None else f"{row['jury_score']:.2f}",
            None if row["chance_best"] is None else f"{row['chance_best']:.0%}",
            row["status"],
        )
        for row in done.winners
    ]  # fmt: skip
    show_table("Winners", ("category", "cluster", "winner", "score", "best", "status"), rows)
    click.echo(f"The jury has closed. Next: `tolok publish {folder}`.")
