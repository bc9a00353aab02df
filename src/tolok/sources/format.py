"""What a format is: a name, a claim by content, and a reader that gives rows of canonical text."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.sources.brought import Brought
from tolok.sources.raw import Options
from tolok.sources.table import folded
from tolok.store.ingest import Relation

__all__ = ["Format", "TextRow", "as_text", "folded", "text_relation"]

TextRow = tuple[int, Mapping[str, Any]]
"""A row's place in its file, from 1, and its canonical columns by name."""


def _no_hint(_brought: Brought) -> str:
    """Nothing to say."""
    return ""


def _not_near(_brought: Brought) -> float:
    """No likeness."""
    return 0.0


@dataclass(frozen=True)
class Format:
    """One format: whose file is this, and the rows in it.

    The reader raises FileFault where the file needs an option that was not given. The hint says
    what a file that is none of the format would need to be one, or nothing; nearness is the share
    of what the format needs that a file has. A known kind of file without posts, accounts,
    followers or comments says in holds_nothing what it holds instead. scrub writes the file with
    keyed hashes in place of the authors of comments: a file of such a format lands only so.
    """

    name: str
    claims: Callable[[Brought], bool]
    read: Callable[[Brought, Options], Sequence[Relation]]
    hint: Callable[[Brought], str] = _no_hint
    nearness: Callable[[Brought], float] = _not_near
    holds_nothing: str = ""
    scrub: Callable[[Brought, Path], None] | None = None


def text_relation(table: str, rows: Iterable[TextRow]) -> Relation:
    """The rows as one relation of text columns: those that any of the rows has."""
    listed = list(rows)
    columns = sorted({name for _, row in listed for name in row})
    arrays = {
        name: pa.array([as_text(row.get(name)) for _, row in listed], pa.string())
        for name in columns
    }
    places = pa.array([place for place, _ in listed], pa.int64())
    return Relation(table, frozenset(columns), arrow=pa.table({"row": places, **arrays}))


def as_text(value: Any) -> str | None:
    """A cell as text: nothing is rounded, and what is no text stands as JSON.

    >>> as_text(17841407673135339), as_text(12.0), as_text({"a": True}), as_text(True)
    ('17841407673135339', '12.0', '{"a": true}', 'true')
    """
    if value is None or isinstance(value, str):
        # a lone surrogate can stand in JSON, but in no text that can be written
        return value if value is None else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
