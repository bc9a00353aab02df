"""`tolok jury DIR tally`."""

from dataclasses import asdict
from pathlib import Path

import click

from tolok.cli.jury.shared import clock, show_table, with_folder
from tolok.cli.show import counted, json_option, print_json
from tolok.pipeline.jury.tallying import tally_round


@click.command()
@click.option("--round", "round_name", default="", help="A round; else the last one that closed.")
@json_option
@with_folder
def tally(folder: Path, round_name: str, *, as_json: bool) -> None:
    """Count a round that has closed. What it came to is under embargo until the jury closes."""
    done = tally_round(folder, now=clock(), round_name=round_name)
    if as_json:
        print_json(asdict(done))
        return
    rows = [
        (
            award.category, award.cluster, award.status, one.institution,
            None if one.jury_score is None else f"{one.jury_score:.2f}",
            None if one.chance_best is None else f"{one.chance_best:.0%}",
            "vote" if one.institution_id in award.open_to else None,
        )
        for award in done.awards
        for one in award.nominees
    ]  # fmt: skip
    header = ("category", "cluster", "status", "nominee", "score", "best", "next")
    title = (
        f"Round {done.round}: {counted(done.ballots, 'ballot')} of {counted(done.jurors, 'juror')}"
    )
    show_table(title, header, rows)
    if done.changes:
        click.echo(f"{len(done.changes)} scores were changed since the round before.")
    click.echo(f"For the discussion: {done.sheet}")
    click.echo(f"Next: `tolok jury {folder} status`.")
