"""`tolok verify`."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.verify.report import Check, Verification
from tolok.pipeline.verify.verify import Asked
from tolok.pipeline.verify.verify import verify as verify_published

_STATES = {"same": "same", "different": "DIFFERENT", "not_checked": "not checked"}
_FEW = 20
"""Differences of a check that are told; --json tells more."""


@click.command()
@folder_argument
@click.option("--lock", "lock_hash", metavar="HASH", help="The rules' hash, got elsewhere.")
@click.option("--data", "data_sha256", metavar="HASH", help="The data's hash, got elsewhere.")
@click.option("--quick", "is_quick", is_flag=True, help="Leave out scores, doubt, jury and pages.")
@json_option
@click.pass_context
def verify(ctx: click.Context, /, folder: Path, *, as_json: bool, **asked: Any) -> None:
    """Compute a published edition again, from its site or its data alone, and compare all of it.

    Exit status 1 where anything differs.
    """
    with progress_shown() as progress:
        found = verify_published(folder, Asked(**asked), progress=progress)
    if as_json:
        print_json(asdict(found) | {"is_sound": found.is_sound})
    else:
        _show(found)
    ctx.exit(0 if found.is_sound else 1)


def _show(found: Verification) -> None:
    table = Table("check", "", "what", "", box=None, pad_edge=False)
    for check in found.checks:
        count = f"{check.compared:,} {check.what}" if check.compared else check.what
        table.add_row(check.name, _STATES[check.state], count, check.why)
    console = Console(width=None if Console().is_terminal else 160)
    lock, data = found.lock_hash or "not locked", found.data_sha256 or "not published"
    console.print(f"{found.edition}: rules {lock}, data {data}", highlight=False)
    console.print(table)
    for check in found.checks:
        _show_differences(check)
    click.echo(_verdict(found))


def _show_differences(check: Check) -> None:
    for one in check.differences[:_FEW]:
        click.echo(f"{check.name}: {one}")
    more = check.difference_count - min(_FEW, len(check.differences))
    if more:
        why = f" ({check.why})" if check.name == "pages" and check.why else ""
        click.echo(f"{check.name}: and {more:,} more{why}")


def _verdict(found: Verification) -> str:
    wrong = [check.name for check in found.checks if check.state == "different"]
    if wrong:
        return f"Not as it is computed: {', '.join(wrong)}."
    left = [check.name for check in found.checks if check.state == "not_checked"]
    end = f" Not checked: {', '.join(left)}." if left else ""
    return f"All that was checked is as it is computed.{end}"
