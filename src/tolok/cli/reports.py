"""What commands show of the files that were brought in."""

from collections.abc import Iterable

import click

from tolok.pipeline.importing import LEFT_OUT, ImportReport

_SHOWN = 10
"""Rejected rows shown of each file; all stand in the store's rejects table."""


def is_lost(report: ImportReport) -> bool:
    """Whether every row of a file was rejected."""
    return report.rows_rejected > 0 and report.rows_rejected == report.rows_read


def show_report(report: ImportReport) -> None:
    """What came of a file: its rows, the notes on it, and the first rejected rows with reasons."""
    if report.format == LEFT_OUT:
        click.echo(f"left out: {' '.join(report.notes)}")
        return
    click.echo(
        f"{report.file} ({report.format}): {report.rows_read:,} read = {report.rows_kept:,} kept "
        f"+ {report.rows_duplicate:,} duplicate + {report.rows_rejected:,} rejected"
    )
    for note in report.notes:
        click.echo(f"  {note}")
    for reject in report.rejects[:_SHOWN]:
        click.echo(f"  row {reject.row}, {reject.column}: {reject.value!r}: {reject.reason}")
    more = report.rows_rejected - len(report.rejects[:_SHOWN])
    if more:
        click.echo(f"  and {more:,} more; all stand in the store's rejects table")


def show_lost(files: Iterable[str]) -> None:
    """What to do about files of which every row was rejected."""
    for file in files:
        click.echo(
            f"Nothing of {file} came in. Do what the reasons above say, then import it again; "
            "the same file is read anew where an option says something else."
        )
