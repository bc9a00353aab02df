"""Answers of the platforms' interfaces, saved as they came: one JSON document, or one a line.

What an answer means stands with its platform, in api.py: `claims` looks at the first JSON value,
`items` gives for each item of a document its rows by canonical table. Items are numbered from 1
through the file; an item that gives rows for two tables is one row of the file.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

from tolok.errors import FileFault, InputError
from tolok.model import PLATFORMS
from tolok.sources.brought import Brought
from tolok.sources.format import Format, TextRow, text_relation
from tolok.sources.raw import Options
from tolok.store.ingest import Relation

Rows = dict[str, dict[str, Any]]
"""The rows of one item, by canonical table."""


class Api(Protocol):
    """What a platform's api.py says of its interface's answers."""

    NAME: str

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value is an answer that carries posts, accounts or their counts."""
        ...

    def items(self, document: Any, account: str | None) -> Iterator[Rows]:
        """The items of an answer; an item of which nothing can come gives no rows.

        Raises: InputError where the account has to be named.
        """
        ...


def _claims(api: Api, brought: Brought) -> bool:
    return api.claims(brought.sample)


def _read(api: Api, brought: Brought, options: Options) -> Sequence[Relation]:
    tables: dict[str, list[TextRow]] = {"posts": []}
    for place, rows in enumerate(_items(api, brought, options), start=1):
        for table, row in rows.items():
            tables.setdefault(table, []).append((place, row))
    timeless = any("observed_at" not in row for rows in tables.values() for _, row in rows)
    if timeless and options.exported_at is None:
        problem = "does not say when it was asked for, and a count without its time is no reading."
        raise FileFault(brought.name, problem, remedy="Name the instant with --exported-at.")
    return [text_relation(table, rows) for table, rows in tables.items() if rows]


def _items(api: Api, brought: Brought, options: Options) -> Iterator[Rows]:
    for item in brought.items():
        if item.fault:
            yield _broken(item.fault, item.text)
        elif not api.claims(item.value):
            yield _broken(f"is no answer of {api.NAME}", str(item.value)[:200])
        else:
            try:
                for rows in api.items(item.value, options.account):
                    yield rows or _broken("gives neither a count nor a handle", "")
            except InputError as error:
                raise FileFault(brought.name, str(error)) from error


def _broken(fault: str, text: str) -> Rows:
    return {"posts": {"broken": fault, "raw": text, "observed_at": None}}


def _api_formats() -> Iterator[Format]:
    for platform in PLATFORMS:
        name = f"tolok.platforms.{platform}.api"
        if find_spec(name):
            api = cast("Api", import_module(name))
            yield Format(api.NAME, partial(_claims, api), partial(_read, api))


FORMATS = tuple(_api_formats())
