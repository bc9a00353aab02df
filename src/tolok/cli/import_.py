"""`tolok import`."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from tolok.cli.machine import engine_options
from tolok.cli.reports import is_lost, show_lost, show_report
from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.importing import (
    ImportOptions,
    Place,
    import_files,
)
from tolok.pipeline.machine import Machine

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/")


class FileOrAddress(click.Path):
    """A path that exists, or an address such as s3a://bucket/posts, as it stands."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; or the address as text."""
        is_address = isinstance(value, str) and _ADDRESS.match(value)
        return value if is_address else super().convert(value, param, ctx)


@click.command("import")
@folder_argument
@click.argument("files", nargs=-1, required=True, type=FileOrAddress())
@engine_options
@click.option("--store", metavar="ADDRESS", help="Where Spark writes the rows, if not in DIR.")
@click.option(
    "--as", "as_format", metavar="FORMAT", help="The format, where content does not tell."
)
@click.option("--account", metavar="ID", help="Whose the files are, where they do not say.")
@click.option("--timezone", "time_zone", metavar="ZONE", help="The zone of times that name none.")
@click.option(
    "--exported-at",
    metavar="TIME",
    help="When the counts were read; without a zone, the edition's: 2025-04-30T09:00.",
)
@click.option(
    "--decimal", type=click.Choice([".", ","]), help="The mark before a fraction: 1.5 or 1,5."
)
@click.option(
    "--date-order",
    type=click.Choice(["day", "month"]),
    help="What stands first in a date such as 03/04/2025.",
)
@click.option(
    "--complete",
    "is_complete",
    is_flag=True,
    default=None,
    help="The files list all posts of their days: what they lack was deleted.",
)
@click.option(
    "--skip-unknown", "skips_unknown", is_flag=True, help="Leave out files that nobody can read."
)
@json_option
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    folder: Path,
    files: tuple[Path | str, ...],
    *,
    machine: Machine,
    as_json: bool,
    **given: Any,
) -> None:
    """Bring files of any known format into the store; a folder or zip stands for its files.

    For every file: read = kept + duplicate + rejected. Rejected rows are listed, never lost. With
    --engine spark, workers read large canonical tables, also from addresses such as s3a: or hdfs:.
    """
    exported_at = _instant(given.pop("exported_at"))
    place = Place(machine, given.pop("store"))
    if machine.engine != "spark" and place.store:
        raise click.UsageError("--store goes with --engine spark.")
    options = ImportOptions(exported_at=exported_at, **given)
    with progress_shown() as progress:
        reports = import_files(folder, files, options, place=place, progress=progress)
    lost = [report.file for report in reports if is_lost(report)]
    if as_json:
        print_json([report.to_dict() for report in reports])
        ctx.exit(2 if lost else 0)
    for report in reports:
        show_report(report)
    show_lost(lost)
    if lost:
        ctx.exit(2)
    else:
        click.echo(f"Next: `tolok check {folder}`, then `tolok score {folder}`.")


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        expected = "expected a date or time such as 2025-04-30 or 2025-04-30T09:00+07:00"
        raise click.BadParameter(f"{text!r}: {expected}", param_hint="--exported-at") from None
    if moment.replace(tzinfo=None) > datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1):
        raise click.BadParameter(f"{text!r} lies in the future", param_hint="--exported-at")
    return moment
