"""`tolok lock`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from tolok.cli.show import folder_argument, json_option, print_json
from tolok.methodology.rules import read_rules
from tolok.pipeline.locking import lock as lock_edition


@click.command()
@folder_argument
@click.option(
    "--erratum", default="", metavar="REASON", help="Record changed rules, with a reason."
)
@json_option
def lock(folder: Path, erratum: str, *, as_json: bool) -> None:
    """Fix the rules: keep copies and hashes, so that a later change is refused or recorded."""
    held = lock_edition(folder, now=datetime.now(UTC), erratum=erratum)
    if as_json:
        document = {"rules_sha256": held.rules_sha256, "files": held.files, "errata": held.errata}
        print_json(document | {"locked_at": held.locked_at})
        return
    click.echo(f"{folder}: {len(held.files)} rule files locked. Hash of the rules:")
    click.echo(held.rules_sha256)
    click.echo("Publish this hash before the data are frozen.")
    window = read_rules(folder).edition.window
    click.echo(
        f"The window: {window.opens_on} to {window.closes_on - timedelta(days=1)}, both included "
        f"({window.day_count} days, {window.time_zone})."
    )
