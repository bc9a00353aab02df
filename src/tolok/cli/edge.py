"""The edge of the program, where errors that Tolok explains become a message and an exit status."""

import json
from typing import Any

import click

from tolok.errors import FaultsFound, FileFault, TolokError


class Edge(click.Group):
    """The group of commands; it catches TolokError once, for all of them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words left for the command; all of them are kept for the edge."""
        ctx.obj = list(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """What the command gives, or the message and exit status of a TolokError."""
        try:
            return super().invoke(ctx)
        except TolokError as error:
            if _wants_json(ctx):
                click.echo(json.dumps(error_document(error), ensure_ascii=False))
            click.echo(f"tolok: {error}", err=True)
            ctx.exit(error.exit_status)


def _wants_json(ctx: click.Context) -> bool:
    """Whether the command that failed was asked for JSON; its words outlive its context."""
    return "--json" in (ctx.obj or [])


def error_document(error: TolokError) -> dict[str, Any]:
    """An error as JSON: its name, its message, and its faults if it has several."""
    faults = error.exceptions if isinstance(error, FaultsFound) else ()
    return {
        "error": type(error).__name__,
        "message": str(error),
        "faults": [_fault(fault) for fault in faults],
    }


def _fault(fault: Exception) -> dict[str, Any]:
    if not isinstance(fault, FileFault):
        return {"message": str(fault)}
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "message": fault.problem,
        "remedy": fault.remedy,
    }
