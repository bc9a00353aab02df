"""`tolok jury DIR status`."""

from dataclasses import asdict
from pathlib import Path

import click

from tolok.cli.jury.shared import clock, show_table, with_folder
from tolok.cli.show import json_option, print_json
from tolok.pipeline.jury.planning import jury_state


@click.command()
@json_option
@with_folder
def status(folder: Path, *, as_json: bool) -> None:
    """Where the jury stands, juror by juror, and what comes next."""
    state = jury_state(folder, now=clock())
    if as_json:
        print_json(asdict(state))
        return
    rounds = list(state.jurors[0].ballots) if state.jurors else []
    rows = [
        (
            one.code, one.juror, "yes" if one.has_declared else "no", len(one.recused),
            "yes" if one.has_pack else "no",
            *(f"version {count}" if count else "-" for count in one.ballots.values()),
        )
        for one in state.jurors
    ]  # fmt: skip
    header = ("code", "juror", "declared", "steps back", "pack", *rounds)
    show_table(f"Phase: {state.phase}", header, rows)
    click.echo(state.next_step)
