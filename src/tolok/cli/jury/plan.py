"""`tolok jury DIR plan`."""

from pathlib import Path

import click

from tolok.cli.jury.shared import show_table, with_folder
from tolok.cli.show import json_option, print_json
from tolok.jury.panel import PanelPlan
from tolok.pipeline.jury.planning import plan_panel

_EDITION = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.option(
    "--chance",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    help="Wanted chance that the panel finds the best.",
)
@click.option("--past", type=_EDITION, help="An older edition whose jury's scores tell the spread.")
@click.option(
    "--missing",
    type=click.FloatRange(0, 0.9),
    default=0.1,
    show_default=True,
    help="Share of scores that will be missing, by recusal.",
)
@json_option
@with_folder
def plan(folder: Path, chance: float, past: Path | None, missing: float, *, as_json: bool) -> None:
    """How many jurors it takes to find the best of 3, 4 or 5 nominees."""  # fmt: skip
    asked = PanelPlan(missing_share=missing)
    found = plan_panel(folder, wanted=chance, past=past, asked=asked)
    chances = found.chances
    if as_json:
        print_json({
            "variances": vars(found.variances), "is_assumed": found.is_assumed,
            "wanted": chance, "missing_share": missing,
            "jurors": chances.jurors.tolist(), "nominees": chances.entries.tolist(),
            "chance": chances.chance.tolist(), "error": chances.error.tolist(),
            "needed": {str(entries): jurors for entries, jurors in found.needed.items()},
        })  # fmt: skip
        return
    header = ["jurors", *(f"best of {entries}" for entries in chances.entries)]
    rows = [
        [int(jurors), *(f"{one:.0%}" for one in row)]
        for jurors, row in zip(chances.jurors, chances.chance, strict=True)
    ]
    show_table("Chance that the panel finds the best", header, rows)
    v = found.variances
    source = "assumed; --past takes them from an older jury" if found.is_assumed else f"of {past}"
    click.echo(
        f"Variances ({source}): nominees {v.entry:.2f}, leniency {v.juror:.2f}, rest "
        f"{v.residual:.2f}."
    )
    for entries, jurors in found.needed.items():
        told = f"{jurors} jurors" if jurors else f"more than {chances.jurors.max()} jurors"
        click.echo(f"For {chance:.0%} with {entries} nominees: {told}.")
