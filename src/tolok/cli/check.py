"""`tolok check`."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from tolok.cli.show import folder_argument, json_option, print_json
from tolok.pipeline.check import GAP_DAYS, CheckReport
from tolok.pipeline.check import check as check_edition

_WIDE = 160
"""Columns of the coverage table where it goes into a file."""


@click.command()
@folder_argument
@click.option("--coverage", is_flag=True, help="Show the posts of every account by month.")
@json_option
@click.pass_context
def check(ctx: click.Context, folder: Path, *, coverage: bool, as_json: bool) -> None:
    """Say what is wrong or missing: rules, registry, coverage, gaps, hidden counts.

    Exit status 1 where a fault stops the scoring; warnings alone give 0.
    """
    report = check_edition(folder)
    if as_json:
        print_json(_document(report))
    else:
        _show(report, with_coverage=coverage)
    ctx.exit(1 if report.faults else 0)


def _show(report: CheckReport, *, with_coverage: bool) -> None:
    for finding in report.findings:
        click.echo(f"{finding.severity}: {finding}")
    for row in report.unknown_accounts.to_pylist():
        click.echo(f"unknown account: {row['account_id']}: {row['row_count']:,} rows set aside.")
    for one in report.silent_accounts:
        click.echo(f"no posts in the window: {one.account_id} ({one.institution_id})")
    quiet = [one for one in report.coverage if one not in report.silent_accounts]
    for one in quiet:
        if one.longest_gap_days >= GAP_DAYS:
            click.echo(f"gap: {one.account_id}: {one.longest_gap_days} days without a post.")
        if one.hidden_share > 0:
            click.echo(f"hidden counts: {one.account_id}: {one.hidden_share:.1%} of its posts.")
    if with_coverage:
        _show_coverage(report)
    locked = "locked" if report.is_locked else "not locked yet: `tolok lock` fixes them"
    warnings = len(report.findings) - len(report.faults)
    click.echo(f"{len(report.faults)} faults, {warnings} warnings; the rules are {locked}.")


def _show_coverage(report: CheckReport) -> None:
    table = Table(Column("account", no_wrap=True), box=None, padding=(0, 1, 0, 0))
    for month, _ in report.coverage[0].months if report.coverage else ():
        table.add_column(month[5:], justify="right")
    for one in report.coverage:
        table.add_row(one.account_id, *(str(count) for _, count in one.months))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _document(report: CheckReport) -> dict[str, object]:
    return {
        "faults": [str(finding) for finding in report.faults],
        "warnings": [str(f) for f in report.findings if f.severity == "warning"],
        "unknown_accounts": report.unknown_accounts.to_pylist(),
        "is_locked": report.is_locked,
        "coverage": [
            {
                "account_id": one.account_id,
                "institution_id": one.institution_id,
                "months": dict(one.months),
                "longest_gap_days": one.longest_gap_days,
                "hidden_share": one.hidden_share,
            }
            for one in report.coverage
        ],
    }
