"""Formats that are JSON: one document, or one a line, told by the shape of the first value.

A document holds items; an item gives its rows by canonical table. Items are numbered from 1 through
the file, and one that gives rows for several tables is one row of the file. Foreign documents may
be of any shape inside: an item that cannot be taken apart is refused, and the others come in.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tolok.errors import FileFault, InputError
from tolok.sources.authors import Authors
from tolok.sources.brought import Brought
from tolok.sources.brought import Item as Value
from tolok.sources.exported import check_newest, exported_at
from tolok.sources.format import Format, as_text
from tolok.sources.raw import Options
from tolok.sources.spool import Spools

Rows = dict[str, dict[str, Any]]
"""The rows of one item, by canonical table. `author`, of a comment, is kept as a hash only; what
stands in place of a table as `note` has a text for the report.

A row `broken` says why the item is refused, with what stands there as `raw`."""
Nameless = Callable[[Any, Authors], Any]
Notes = Callable[[Any], Iterator[str]]
Item = Callable[[], Rows]
"""An item that is taken apart when it is asked."""
Part = Item | Iterator["Part"]
"""An item, or what is listed in one: where that goes wrong, it costs no part after it."""
_WRONG_SHAPE = (
    AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError
)  # fmt: skip


_UNDATED = "says no time of reading; name the export's with --exported-at"


class Items(Protocol):
    """What knows a kind of JSON document: an api.py of a platform, or a format of a tool."""

    NAME: str

    def claims(self, sample: Any) -> bool:
        """Whether a JSON value is a document that carries posts, accounts, followers, comments."""
        ...

    def items(self, document: Any, account: str | None) -> Iterator[Part]:
        """The items of a document, each ready to give its rows; none where nothing can come.

        Raises: InputError where the account has to be named.
        """
        ...


@dataclass
class _Reading:
    """What is on its way from one file to the spools."""

    brought: Brought
    options: Options
    spools: Spools
    is_dated_by_name: bool = True
    exported: datetime | None = None
    newest: str = ""
    taken: int = 0
    error: InputError | None = None
    undated: FileFault | None = None

    def take(self, place: int, rows: Rows) -> None:
        """Put the rows of an item into the spools, or none where one has no time of reading."""
        note = rows.get("note", {}).get("text")
        if note and note not in self.brought.notes:
            self.brought.notes.append(note)
        sound = {
            table: self._texts(row)
            for table, row in rows.items()
            if table != "note" and "broken" not in row
        }
        if not all(texts.get("observed_at") for texts in sound.values()):
            self.error = self.error or self.undated
            self.refuse(place, _UNDATED, "")
            return
        for table, row in rows.items():
            if table in sound:
                self.spools[table].add(place, sound[table])
            elif "broken" in row:
                self.refuse(place, row["broken"], row.get("raw", ""))
        self.taken += bool(sound)
        if "posts" in sound:
            self.newest = max(self.newest, str(rows["posts"].get("published_at") or ""))

    def take_item(self, place: int, item: Item, name: str) -> None:
        """Take an item apart and put its rows into the spools, or say why it is refused."""
        try:
            rows = item()
        except InputError as error:
            self.refuse_for(error, place)
        except _WRONG_SHAPE:
            self.refuse(place, f"has not the shape of an item of {name}", "")
        else:
            if rows:
                self.take(place, rows)
            else:
                self.refuse(place, "gives neither a count nor a handle", "")

    def refuse_part(self, place: int, part: "_Refusal") -> None:
        """Refuse what gives no item."""
        if part.error:
            self.refuse_for(part.error, place, part.text)
        else:
            self.refuse(place, part.fault, part.text)

    def refuse_for(self, error: InputError, place: int, text: str = "") -> None:
        """Refuse what an error stands against; if nothing else is in the file, all of it is."""
        self.error = self.error or error
        self.refuse(place, str(error), text)

    def refuse(self, place: int, fault: str, text: str) -> None:
        self.spools["posts"].add(place, {"broken": fault, "raw": text})

    def _texts(self, row: dict[str, Any]) -> dict[str, str | None]:
        if "author" in row:
            assert self.brought.authors is not None  # the import gives them to every file
            key = self.brought.authors.key_of(str(row.get("platform")), row["author"])
            row = {name: cell for name, cell in row.items() if name != "author"}
            row["author_key"] = key
        texts = {name: as_text(cell) for name, cell in row.items()}
        if not texts.get("observed_at"):
            self._date()
            texts["observed_at"] = self.exported.isoformat() if self.exported else None
        return texts

    def _date(self) -> None:
        """Find out when the file was exported, or that nothing says it."""
        if self.exported or self.undated:
            return
        try:
            self.exported = exported_at(
                self.brought, self.options, None, is_named=self.is_dated_by_name
            )
        except FileFault as fault:
            self.undated = fault


@dataclass(frozen=True)
class _Refusal:
    """A part of a file that gives no item: why, and what stands there."""

    fault: str
    text: str
    error: InputError | None = None


def item_format(
    kind: Items,
    *,
    nameless: Nameless | None = None,
    notes: Notes | None = None,
    warning: str = "",
    is_dated_by_name: bool = True,
) -> Format:
    """The format that reads a kind of JSON document.

    nameless gives a document in which the authors of comments are hashes; such a file lands so.
    notes are what a document takes for granted, each told once; the warning stands in the report of
    every file. A name that holds the day of publishing, as some tools' do, is no day of export:
    then it is not dated by name.
    """

    def claims(brought: Brought) -> bool:
        return bool(brought.is_json and _claims(kind, brought.sample))

    def read(brought: Brought, options: Options) -> list[Any]:
        relations = _read(kind, brought, options, notes=notes, is_dated_by_name=is_dated_by_name)
        if warning:
            brought.notes.append(warning)
        return relations

    scrub = partial(_scrub, nameless) if nameless else None
    return Format(kind.NAME, claims, read, scrub=scrub)


def empty_format(name: str, claims: Callable[[Any], bool], holds_nothing: str) -> Format:
    """The format of JSON documents that are known and hold nothing to take: what they hold."""

    def is_known(brought: Brought) -> bool:
        try:
            return brought.is_json and claims(brought.sample)
        except _WRONG_SHAPE:
            return False

    return Format(name, is_known, lambda _brought, _options: [], holds_nothing=holds_nothing)


def _scrub(nameless: Nameless, brought: Brought, target: Path) -> None:
    """Write the file as lines of JSON without the names of commenters, each on its line."""
    assert brought.authors is not None  # the import gives them to every file
    with target.open("w", encoding="utf-8", errors="replace") as file:
        line = 1
        for item in brought.items():
            file.write("\n" * (item.line - line))
            line = item.line
            file.write(json.dumps(_scrubbed(nameless, item, brought.authors), ensure_ascii=False))
        file.write("\n")


def _scrubbed(nameless: Nameless, found: Value, authors: Authors) -> Any:
    """A value without names; one of a wrong shape, in which names may stand anywhere, is left out.

    What stands in its place is a text, which no format takes for an answer.
    """
    if found.fault:
        return found.fault
    try:
        return nameless(found.value, authors)
    except (*_WRONG_SHAPE, RecursionError):
        return "left out: names may stand in it, and its shape does not say where"


def _claims(kind: Items, value: Any) -> bool:
    try:
        return kind.claims(value)
    except _WRONG_SHAPE:
        return False


def _read(
    kind: Items,
    brought: Brought,
    options: Options,
    *,
    notes: Notes | None,
    is_dated_by_name: bool,
) -> list[Any]:
    """The rows of all items as relations.

    Raises: FileFault where the file leaves something open that an option has to say.
    """
    reading = _Reading(brought, options, Spools(brought.folder), is_dated_by_name)
    place = 0
    for value in brought.items():
        _note(notes, value, brought)
        for item in _items_of(kind, value, options):
            place += 1
            if isinstance(item, _Refusal):
                reading.refuse_part(place, item)
            else:
                reading.take_item(place, item, kind.NAME)
    if isinstance(reading.error, FileFault) and not reading.taken:
        raise reading.error
    if reading.error and not reading.taken:
        raise FileFault(brought.name, str(reading.error)) from reading.error
    if reading.exported is not None:
        check_newest(brought, options, reading.exported, _moment(reading.newest))
    return [spool.relation() for spool in reading.spools.values()]


def _note(notes: Notes | None, value: Any, brought: Brought) -> None:
    """Tell what a JSON value takes for granted, unless it was told before."""
    try:
        told = list(notes(value.value)) if notes and not value.fault else []
    except _WRONG_SHAPE:
        return  # its items say what is wrong
    brought.notes.extend(note for note in told if note not in brought.notes)


def _items_of(kind: Items, value: Any, options: Options) -> Iterator[Item | _Refusal]:
    """The items of one JSON value of a file; a value that has none as one that is refused."""
    if value.fault:
        yield _Refusal(value.fault, value.text)
    elif not _claims(kind, value.value):
        yield _Refusal(f"is no answer of {kind.NAME}", str(value.value)[:200])
    else:
        listed = kind.items(value.value, options.account)
        yield from _parts(listed, kind.NAME, str(value.value)[:200])


def _parts(listed: Iterator[Part], name: str, text: str) -> Iterator[Item | _Refusal]:
    """The items of a list, and of the lists in it; where one breaks off, why."""
    while True:
        try:
            part = next(listed)
        except StopIteration:
            return
        except InputError as error:
            yield _Refusal(str(error), text, error)
            return
        except _WRONG_SHAPE:
            yield _Refusal(f"has not the shape of {name}", text)
            return
        if isinstance(part, Iterator):
            yield from _parts(part, name, "")
        else:
            yield part


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
