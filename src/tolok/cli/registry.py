"""`tolok registry`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tolok.cli.show import counted, folder_argument, json_option, print_json
from tolok.pipeline.suggest import SuggestReport, write_suggestions
from tolok.pipeline.suggest import suggest as suggest_owners
from tolok.registry.suggest import Candidate, Suggestion


@click.group()
def registry() -> None:
    """Work on the registry: who competes, under which accounts."""


@registry.command()
@folder_argument
@click.option(
    "--csv", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write rows to correct."
)
@click.option("--limit", type=click.IntRange(1), help="Only so many accounts, the largest first.")
@json_option
def suggest(folder: Path, file: Path | None, *, limit: int | None, as_json: bool) -> None:
    """Propose owners for the accounts whose rows are set aside, with the evidence of each.

    The registry is not changed: what is proposed counts once a person has put it there.
    """
    report = suggest_owners(folder)
    shown = report.suggestions[:limit]
    if file is not None and shown:
        write_suggestions(shown, file)
    if as_json:
        print_json(_document(report, shown, file if shown else None))
        return
    for suggestion in shown:
        _show(suggestion, report)
    if not shown:
        click.echo("No row is set aside: the registry knows every account in the store.")
        return
    click.echo(
        f"{counted(len(report.suggestions), 'unknown account')}, "
        f"{counted(report.row_count, 'row')} set aside; "
        f"{sum(one.best is not None for one in shown):,} of {len(shown):,} shown have an owner "
        "to confirm."
    )
    rows = f"the rows of {file}" if file else "the rows (--csv FILE writes them)"
    click.echo(
        f"Next: correct {rows}, add them to {folder}/registry/accounts.csv, then "
        f"`tolok check {folder}`. What was imported need not be imported again."
    )


def _show(suggestion: Suggestion, report: SuggestReport) -> None:
    unknown = suggestion.unknown
    days = f"{unknown.first_on} to {unknown.last_on}"
    audience = "" if unknown.follower_count is None else f", {unknown.follower_count:,} followers"
    click.echo(
        f"{unknown.account_id}: {counted(unknown.row_count, 'row')} set aside, {days}{audience}."
    )
    others = [name for name in unknown.all_names if name != unknown.account_id]
    if others:
        click.echo(f"  It is also {', '.join(others)}.")
    for candidate in suggestion.candidates:
        name = report.institution(candidate.institution_id)
        grade = candidate.certainty.replace("_", " ")
        said = "; ".join(candidate.evidence)
        click.echo(f"  {grade}: {candidate.institution_id} ({name}): {said}.")
    if not suggestion.candidates:
        click.echo("  Nobody known resembles it.")
    if suggestion.changes:
        line = f"line {suggestion.replaces} of " if suggestion.replaces else ""
        click.echo(f"  In {line}registry/accounts.csv: {', '.join(suggestion.changes)}.")


def _document(
    report: SuggestReport, shown: Sequence[Suggestion], file: Path | None
) -> dict[str, Any]:
    return {
        "unknown_count": len(report.suggestions),
        "row_count": report.row_count,
        "csv": file,
        "unknown_accounts": [
            {
                "platform": one.unknown.platform,
                "account_id": one.unknown.account_id,
                "names": list(one.unknown.all_names),
                "row_count": one.unknown.row_count,
                "first_on": one.unknown.first_on,
                "last_on": one.unknown.last_on,
                "follower_count": one.unknown.follower_count,
                "institution_id": one.best.institution_id if one.best else None,
                "candidates": [_candidate(candidate, report) for candidate in one.candidates],
                "replaces_line": one.replaces,
                "changes": list(one.changes),
            }
            for one in shown
        ],
    }


def _candidate(candidate: Candidate, report: SuggestReport) -> dict[str, Any]:
    return {
        "institution_id": candidate.institution_id,
        "institution": report.institution(candidate.institution_id),
        "account_id": candidate.account_id or None,
        "certainty": candidate.certainty,
        "score": round(candidate.score, 3),
        "evidence": list(candidate.evidence),
    }
