"""`tolok check`."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from tolok.cli.readings import told_readings
from tolok.cli.show import counted, folder_argument, json_option, print_json
from tolok.errors import did_you_mean
from tolok.pipeline.check import GAP_DAYS, CheckReport
from tolok.pipeline.check import check as check_edition
from tolok.registry.finding import Finding

_MANY, _FEW = 10, 3
"""Of more than _MANY warnings of a kind, _FEW are shown."""
_WIDE = 160
"""Columns of the coverage table where it goes into a file."""


@click.command()
@folder_argument
@click.option("--coverage", is_flag=True, help="Show the posts of every account by month.")
@click.option("--all", "every", is_flag=True, help="Show every warning, also the very common ones.")
@json_option
@click.pass_context
def check(ctx: click.Context, folder: Path, *, coverage: bool, every: bool, as_json: bool) -> None:
    """Say what is wrong or missing: rules, registry, coverage, gaps, hidden counts.

    Exit status 1 where a fault stops the scoring; warnings alone give 0.
    """
    report = check_edition(folder)
    if as_json:
        print_json(_document(report))
    else:
        _show(report, with_coverage=coverage, with_all=every)
    ctx.exit(1 if report.faults else 0)


def _shortened(findings: Sequence[Finding], *, with_all: bool) -> Iterator[str]:
    """The findings, of many warnings with one remedy only the first few."""
    kinds = Counter(finding.remedy for finding in findings)
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.remedy] += 1
        is_common = finding.severity == "warning" and kinds[finding.remedy] > _MANY
        if with_all or not is_common or seen[finding.remedy] <= _FEW:
            yield f"{finding.severity}: {finding}"
        elif seen[finding.remedy] == kinds[finding.remedy]:
            more = kinds[finding.remedy] - _FEW
            yield f"warning: ... and {more} more of this kind; --all shows them."


def _show(report: CheckReport, *, with_coverage: bool, with_all: bool) -> None:
    for finding in _shortened(report.findings, with_all=with_all):
        click.echo(finding)
    for row in report.unknown_accounts.to_pylist():
        hint = did_you_mean(row["account_id"], report.known_names)
        aside = f"{counted(row['row_count'], 'row')} set aside, see `tolok registry suggest`."
        click.echo(f"unknown account: {row['account_id']}: {aside} {hint}".rstrip())
    for one in report.silent_accounts:
        click.echo(f"no posts in the window: {one.account_id} ({one.institution_id})")
    quiet = [one for one in report.coverage if one not in report.silent_accounts]
    for one in quiet:
        if one.longest_gap_days >= GAP_DAYS:
            click.echo(f"gap: {one.account_id}: {one.longest_gap_days} days without a post.")
        if one.hidden_share > 0:
            click.echo(f"hidden counts: {one.account_id}: {one.hidden_share:.1%} of its posts.")
    for line in told_readings(report, with_all=with_all):
        click.echo(line)
    if with_coverage:
        _show_coverage(report)
    window = report.window
    last = window.closes_on - timedelta(days=1)
    click.echo(f"The window: {window.opens_on} to {last}, both included ({window.time_zone}).")
    locked = "locked" if report.is_locked else "not locked yet: `tolok lock` fixes them"
    faults = counted(len(report.faults), "fault")
    warnings = counted(len(report.findings) - len(report.faults), "warning")
    click.echo(f"{faults}, {warnings}; the rules are {locked}.")


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
                "deleted_count": one.deleted_count,
                "reactions": dict(one.reactions),
            }
            for one in report.coverage
        ],
        "suspect_counts": [
            {
                "account_id": one.account_id,
                "reaction_count": one.reaction_count,
                "post_count": one.post_count,
                "known_count": one.known_count,
                "share": one.share,
                "other_median": one.other_median,
            }
            for one in report.suspect_counts
        ],
    }
