"""`tolok run`."""

from pathlib import Path

import click

from tolok.cli.machine import machine_options
from tolok.cli.reports import is_lost, show_lost, show_report
from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.machine import Machine
from tolok.pipeline.run import RunSummary
from tolok.pipeline.run import run as run_edition


@click.command()
@folder_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@machine_options
@json_option
@click.pass_context
def run(
    ctx: click.Context, folder: Path, files: tuple[Path, ...], machine: Machine, *, as_json: bool
) -> None:
    """Bring files in, then score and publish what has changed since the last run."""
    with progress_shown() as progress:
        done = run_edition(folder, files, machine=machine, progress=progress)
    lost = [report.file for report in done.imported if is_lost(report)]
    if as_json:
        print_json(
            {
                "imported": [report.to_dict() for report in done.imported],
                "scored": done.scored is not None,
                "published": done.published is not None,
                "decision_left_out": done.is_decision_left_out,
            }
        )
    else:
        for report in done.imported:
            show_report(report)
        show_lost(lost)
        click.echo("Scored anew." if done.scored else "The results are up to date.")
        click.echo(_told_of_site(done, folder))
    if lost:
        ctx.exit(2)
    if done.is_decision_left_out:
        ctx.exit(4)


def _told_of_site(done: RunSummary, folder: Path) -> str:
    if done.is_decision_left_out:
        return (
            "The jury has closed on other nominees than these, so its winners are not in the "
            "results, and the site was left as it is. Take back what changed the nominees, or let "
            f"a jury decide anew: `tolok jury {folder} open --again`. `tolok publish {folder}` "
            "publishes all awards as awaiting their jury."
        )
    return "Published anew." if done.published else "The site is up to date."
