"""What is done to a sample, and which of its rows must survive it unchanged.

A mutation gives the new bytes and the places of the records that it may have harmed; all others
have to come in as they were. `harmed` None means that it may have harmed every one of them.
"""

import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import python_calamine
import xlsxwriter

Harmed = set[int] | None


@dataclass(frozen=True)
class Mutated:
    """A mutated file: its bytes, the records that may have changed, and its name's new ending.

    may_be_refused says that the whole file may be, where an option would have to settle something;
    may_lack_proof that it may be where rows are gone that had settled it.
    """

    content: bytes
    harmed: Harmed
    suffix: str = ""
    may_be_refused: bool = False
    may_lack_proof: bool = False


@dataclass(frozen=True)
class Table:
    """A CSV sample taken apart: raw records, of which the first `head` are no rows."""

    records: Sequence[str]
    head: int
    delimiter: str

    def joined(self, records: Sequence[str], end: str = "\n") -> bytes:
        return (end.join(records) + end).encode("utf-8", "surrogateescape")


Mutation = Callable[[Table, Random], Mutated]


def table_of(content: bytes, header_row: int, delimiter: str) -> Table:
    """A CSV sample by its records, line breaks inside quotes left where they are."""
    text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    records, start, is_quoted = [], 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == "\n" and not is_quoted:
            records.append(text[start:at].removesuffix("\r"))
            start = at + 1
    records.append(text[start:])
    records = [record for record in records if record.strip()]
    return Table(records, header_row, delimiter)


def _row(table: Table, rng: Random) -> int:
    return rng.randrange(table.head, len(table.records))


def _changed(table: Table, at: int, record: str) -> list[str]:
    return [*table.records[:at], record, *table.records[at + 1 :]]


def cut(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    kept = table.records[at]
    records = [*table.records[:at], kept[: rng.randrange(len(kept))]]
    harmed = set(range(at - table.head, len(table.records) - table.head))
    return Mutated(table.joined(records)[:-1], harmed, may_lack_proof=True)


def shuffled_columns(table: Table, rng: Random) -> Mutated:
    rows = list(csv.reader(io.StringIO("\n".join(table.records)), delimiter=table.delimiter))
    width = len(rows[table.head - 1])
    order = list(range(width))
    rng.shuffle(order)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow([row[at] for at in order] if len(row) == width else row)
    return Mutated(out.getvalue().encode(), set())


def column_more(table: Table, rng: Random) -> Mutated:
    name, junk = "Zz tambahan", rng.choice(["", "x", '"a\nb"', "=1+1"])
    records = [
        record + table.delimiter + (name if at == table.head - 1 else junk)
        if at >= table.head - 1
        else record
        for at, record in enumerate(table.records)
    ]
    return Mutated(table.joined(records), set())


def another_encoding(table: Table, rng: Random) -> Mutated:
    text = table.joined(table.records).decode("utf-8")
    encoding = rng.choice(["utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    return Mutated((mark + text).encode(encoding), set())


def crlf(table: Table, rng: Random) -> Mutated:
    del rng
    return Mutated(table.joined(table.records, "\r\n"), set())


def blank_lines(table: Table, rng: Random) -> Mutated:
    records = list(table.records)
    for _ in range(rng.randrange(1, 5)):
        records.insert(rng.randrange(table.head, len(records)), "")
    return Mutated(table.joined(records), set())


def titles_above(table: Table, rng: Random) -> Mutated:
    titles = [f"Laporan {number}" for number in range(rng.randrange(1, 6))]
    return Mutated(table.joined([*titles, *table.records]), set())


def hint_above(table: Table, rng: Random) -> Mutated:
    del rng
    if table.records[0].startswith("sep="):
        return Mutated(table.joined(table.records), set())
    return Mutated(table.joined([f"sep={table.delimiter}", *table.records]), set())


def doubled(table: Table, rng: Random) -> Mutated:
    records = list(table.records)
    records.append(records[_row(table, rng)])
    return Mutated(table.joined(records), set())


def huge_cell(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    cell = rng.choice("xé9,") * rng.choice([200_000, 3_000_000])
    return Mutated(
        table.joined(_changed(table, at, table.records[at] + table.delimiter + cell)),
        {at - table.head},
    )


def nul_byte(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    record = table.records[at]
    place = rng.randrange(len(record) + 1)
    return Mutated(
        table.joined(_changed(table, at, record[:place] + "\0" + record[place:])), {at - table.head}
    )


def bad_bytes(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    record = table.records[at]
    place = rng.randrange(len(record) + 1)
    junk = bytes(rng.choices(range(0xF5, 0x100), k=rng.randrange(1, 4))).decode(
        "utf-8", "surrogateescape"
    )
    changed = _changed(table, at, record[:place] + junk + record[place:])
    # a sample of plain ASCII is then read as Windows-1252, and its other rows are the same
    return Mutated(table.joined(changed), {at - table.head})


def open_quote(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    cells = table.records[at].split(table.delimiter)
    cells[rng.randrange(len(cells))] = '"left open'
    changed = _changed(table, at, table.delimiter.join(cells))
    return Mutated(table.joined(changed), {at - table.head}, may_lack_proof=True)


def short_row(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    record = table.delimiter.join(table.records[at].split(table.delimiter)[:-1])
    return Mutated(table.joined(_changed(table, at, record)), {at - table.head})


def junk_row(table: Table, rng: Random) -> Mutated:
    records = list(table.records)
    junk = rng.choice(
        ["Total", '=cmd|"/c calc"!A1', "@SUM(1)", "\u202e", "x" * 5000, ";;;;;;", ",,,"]
    )
    at = rng.randrange(table.head, len(records))
    records.insert(at, junk)
    return Mutated(table.joined(records), set())


def formula(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    width = len(table.records[table.head - 1].split(table.delimiter))
    cell = rng.choice(["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-2+3"])
    return Mutated(
        table.joined(_changed(table, at, table.delimiter.join([cell] * width))), {at - table.head}
    )


def flipped_bytes(table: Table, rng: Random) -> Mutated:
    at = _row(table, rng)
    record = bytearray(table.records[at].encode())
    for _ in range(rng.randrange(1, 4)):
        record[rng.randrange(len(record))] = rng.randrange(32, 127)
    text = record.decode("utf-8", "surrogateescape")
    # a flipped digit can become a decimal mark that the other numbers contradict
    return Mutated(table.joined(_changed(table, at, text)), {at - table.head}, may_be_refused=True)


def packed(table: Table, rng: Random) -> Mutated:
    content = table.joined(table.records)
    if rng.random() < 0.5:
        return Mutated(gzip.compress(content), set(), ".gz")
    return Mutated(lzma.compress(content, preset=0), set(), ".xz")


TABLE_MUTATIONS: tuple[Mutation, ...] = (
    cut, shuffled_columns, column_more, another_encoding, crlf, blank_lines, titles_above,
    hint_above, doubled, huge_cell, nul_byte, bad_bytes, open_quote, short_row, junk_row, formula,
    flipped_bytes, packed,
)  # fmt: skip


OF_COLUMNS: tuple[Mutation, ...] = (shuffled_columns, column_more)
ABOVE_HEADER = (titles_above, hint_above)
"""Mutations that leave no column at its place."""


def wrecked(content: bytes, rng: Random) -> Mutated:
    """Bytes anywhere, of any file: cut, overwritten or doubled; nothing has to survive."""
    data = bytearray(content)
    for _ in range(rng.randrange(1, 30)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if rng.random() < 0.3:
        data = data[: rng.randrange(1, len(data))]
    if rng.random() < 0.2:
        data += data[rng.randrange(len(data)) :]
    return Mutated(bytes(data), None, may_be_refused=True)


JUNK_LINES = (
    "", "{", "[" * 50_000, '{"a":' * 50_000, "null", '"text"', "123456789012345678901234567890",
    '{"id": NaN}', '{"__proto__": 1}', "\0", '{"data": {}}', "{}", "[]",
)  # fmt: skip


def json_line_more(lines: Sequence[bytes], rng: Random) -> Mutated:
    """A foreign line between the lines of a file of JSON lines, not before the first."""
    at = rng.randrange(1, len(lines) + 1)
    junk = rng.choice(JUNK_LINES).encode()
    return Mutated(b"\n".join([*lines[:at], junk, *lines[at:]]) + b"\n", set())


def json_line_changed(lines: Sequence[bytes], rng: Random) -> Mutated:
    """A line with one of its values, at any depth, replaced by one of another shape."""
    at = rng.randrange(1, len(lines))
    value = json.loads(lines[at])
    changed = json.dumps(_replaced(value, rng)).encode()
    return Mutated(b"\n".join([*lines[:at], changed, *lines[at + 1 :]]) + b"\n", {at})


def json_line_cut(lines: Sequence[bytes], rng: Random) -> Mutated:
    """A file of JSON lines that ends in the middle of one."""
    at = rng.randrange(1, len(lines))
    half = lines[at][: rng.randrange(len(lines[at]))]
    return Mutated(b"\n".join([*lines[:at], half]), set(range(at, len(lines))))


def json_line_bytes(lines: Sequence[bytes], rng: Random) -> Mutated:
    """A line with bytes that are no text, or a byte order mark before the first."""
    if rng.random() < 0.2:
        return Mutated(b"\xef\xbb\xbf" + b"\n".join(lines) + b"\n", set())
    at = rng.randrange(1, len(lines))
    place = rng.randrange(len(lines[at]))
    broken = lines[at][:place] + bytes([rng.choice([0, 0xFF, 0xC0])]) + lines[at][place:]
    return Mutated(b"\n".join([*lines[:at], broken, *lines[at + 1 :]]) + b"\n", {at})


LINE_MUTATIONS = (json_line_more, json_line_changed, json_line_cut, json_line_bytes)


def document_changed(content: bytes, rng: Random, items: int) -> Mutated:
    """A document with one value replaced by one of another shape.

    Where that lies in a list that is as long as the file has items, only that item is harmed.
    """
    value = json.loads(content)
    path: list[tuple[Any, Any]] = []
    changed = _replaced(value, rng, path)
    harmed = next(({key} for whole, key in path if whole == items and key is not None), None)
    return Mutated(json.dumps(changed).encode(), harmed, may_be_refused=harmed is None)


def _replaced(value: Any, rng: Random, path: list[tuple[Any, Any]] | None = None) -> Any:
    """The value with one of its parts, at any depth, replaced; the way there by size and place."""
    path = [] if path is None else path
    if isinstance(value, dict) and value and rng.random() < 0.95:
        key = rng.choice(list(value))
        path.append((len(value), list(value).index(key)))
        if rng.random() < 0.05:
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: _replaced(value[key], rng, path)}
    if isinstance(value, list) and value and rng.random() < 0.95:
        at = rng.randrange(len(value))
        path.append((len(value), at))
        return [*value[:at], _replaced(value[at], rng, path), *value[at + 1 :]]
    shapes: list[Any] = [
        None, True, -1, 0, 3.5, 10**30, float("nan"), "", "x", "-", "2025-99-99", "\ud800",
        "x" * 100_000, [], {}, [[]], {"a": {"b": []}}, [None], "0", "=1+1",
    ]  # fmt: skip
    return rng.choice(shapes)


def sheet_changed(content: bytes, rng: Random, header_row: int) -> Mutated:
    """A workbook written anew with one row's cells changed, or its columns in another order."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    at = rng.randrange(header_row, len(rows))
    harmed: set[int] = {at - header_row}
    if rng.random() < 0.4:
        order = list(range(len(rows[0])))
        rng.shuffle(order)
        rows, harmed = [[row[place] for place in order] for row in rows], set()
    elif rng.random() < 0.5:
        cells: list[Any] = ["", "x", -1, 1e30, "=1+1", "2025-99-99", True, "x" * 30_000]
        rows[at] = [rng.choice(cells)] * len(rows[at])
    else:
        place = rng.randrange(len(rows[at]))
        rows[at][place] = rng.choice(["", "x", "=1+1", "-", "N/A", "x" * 30_000])
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as target:
        days = target.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = target.add_worksheet(book.sheet_names[0])
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if hasattr(cell, "isoformat") and hasattr(cell, "year"):
                    sheet.write_datetime(number, place, cell, days)
                elif cell != "":
                    sheet.write(number, place, cell)
    return Mutated(out.getvalue(), harmed, may_be_refused=True)
