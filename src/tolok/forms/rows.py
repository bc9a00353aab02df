"""Forms that came back as CSV: with commas, semicolons or tabs, as spreadsheets save them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolok.errors import FileFault
from tolok.forms.declaration_parts import as_day, says_yes
from tolok.forms.delimited import BALLOT_COLUMNS, DECLARATION_COLUMNS, unshielded
from tolok.forms.faults import AS_ISSUED, NO_FORM, Faults
from tolok.forms.grids import MOST_ROWS
from tolok.forms.question import BALLOT, DECLARATION, DECLARATION_HEAD, HEAD
from tolok.jury.ballot import Answer, Returned
from tolok.jury.declaration import TIES, ReturnedDeclaration, TieRow

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 100_000
"""Characters of a cell: below what the csv module takes, which other rooms may have raised."""


@dataclass(frozen=True)
class Row:
    """A row of a CSV file with its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: dict[str, str]

    def place(self, column: str) -> str:
        """The place of a cell as people write it."""
        return f"row {self.number}, {column}"

    def value(self, column: str) -> str | None:
        """What a juror put into a cell, as it is; None where it is blank."""
        found = unshielded(self.cells[column])
        return found if found.strip() else None

    def key(self, column: str) -> str:
        """What stands in a column of ours."""
        return unshielded(self.cells[column])


def read_rows(data: bytes, faults: Faults) -> Returned | ReturnedDeclaration:
    """The form of a CSV file.

    Raises: FileFault for another file; FaultsFound with all that is wrong with its rows.
    """
    text = _decoded(data, faults.file)
    columns, rows = _parsed(text, faults)
    if set(BALLOT_COLUMNS) <= set(columns):
        return _ballot(rows, faults)
    return _declaration(rows, faults)


def _decoded(data: bytes, file: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for one in (encoding, "cp1252"):  # as older spreadsheets save in Indonesia
        try:
            return data.decode(one)
        except UnicodeDecodeError:
            continue
    raise FileFault(file, "is no ballot and no declaration: it is no text.", remedy=NO_FORM)


def _parsed(text: str, faults: Faults) -> tuple[list[str], list[Row]]:
    """The columns of a file, and the rows in which something stands."""
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    delimiter, columns = _columns(text, faults.file)
    faults.check_names("row 1", columns)
    faults.close()  # with two columns of a name nothing else can be told
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, 1):
            _check_bounds(number, cells, faults.file)
            if number > 1 and any(cell.strip() for cell in cells):
                rows.append(_row(number, cells, columns, faults))
    except csv.Error as error:
        problem = f"cannot be read as CSV: {error}."
        raise FileFault(faults.file, problem, remedy=AS_ISSUED) from error
    return columns, rows


def _columns(text: str, file: str) -> tuple[str, list[str]]:
    """What parts the cells, and the columns of a form of ours."""
    first = text[:10_000].splitlines()[:1]
    for delimiter in _DELIMITERS:
        names = next(csv.reader(first, delimiter=delimiter), [])
        columns = [name.strip().casefold() for name in names]
        if set(BALLOT_COLUMNS) <= set(columns) or set(DECLARATION_COLUMNS) <= set(columns):
            return delimiter, columns
    raise _no_form(text, file)


def _check_bounds(number: int, cells: Sequence[str], file: str) -> None:
    problem = ""
    if number > MOST_ROWS:
        problem = f"has more than {MOST_ROWS:,} rows."
    elif max(map(len, cells), default=0) > _LONGEST_CELL:
        problem = f"row {number} has a cell of more than {_LONGEST_CELL:,} characters."
    if problem:
        raise FileFault(file, problem, remedy=AS_ISSUED)


def _row(number: int, cells: Sequence[str], columns: Sequence[str], faults: Faults) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        faults.add(
            f"row {number}", f"has {len(cells)} cells, but there are {len(columns)} columns."
        )
    padded = [*cells, *[""] * len(columns)]
    return Row(number, dict(zip(columns, padded, strict=False)))


def _no_form(text: str, file: str) -> FileFault:
    begun = " ".join(text[:60].split())
    if BALLOT in text[:5000] or DECLARATION in text[:5000]:
        problem = "is one sheet of a workbook saved as CSV; the others are lost."
        return FileFault(file, problem, remedy="Save the whole workbook as XLSX or ODS.")
    problem = f"is no ballot and no declaration; it begins with {begun!r}."
    return FileFault(file, problem, remedy=NO_FORM)


def _ballot(rows: Sequence[Row], faults: Faults) -> Returned:
    head = _head(rows, HEAD, faults)
    answers = tuple(_answers(rows, faults))
    faults.check_doubled(answers)
    faults.close()
    return Returned(faults.file, head, answers)


def _answers(rows: Sequence[Row], faults: Faults) -> Iterator[Answer]:
    for row in rows:
        category, cluster, about = (row.key(name) for name in ("category", "cluster", "about"))
        lacking = [name for name in ("category", "cluster", "about") if not row.key(name)]
        if lacking:
            faults.add(row.place(lacking[0]), f"this row has no {', '.join(lacking)}.")
            continue
        score = row.value("score")
        yield Answer(row.place("score"), category, cluster, about, row.key("question"), score)


def _declaration(rows: Sequence[Row], faults: Faults) -> ReturnedDeclaration:
    head = _head(rows, DECLARATION_HEAD, faults)
    found = []
    for row in rows:
        if not row.key("institution_id"):
            faults.add(row.place("institution_id"), "this row has no institution_id.")
            continue
        kind, ended_on = row.value("tie"), row.value("ended_on")
        known = kind.strip().casefold() if kind else ""
        found.append(
            TieRow(
                row.place("tie"),
                row.key("institution_id"),
                known if known in TIES else kind,
                as_day(ended_on),
                row.value("reason"),
            )
        )
    faults.close()
    signed = [row.value("signed") for row in rows if row.value("signed")]
    is_signed = bool(signed) and all(says_yes(one) for one in signed)
    return ReturnedDeclaration(faults.file, head, tuple(found), is_signed)


def _head(rows: Sequence[Row], names: Sequence[str], faults: Faults) -> dict[str, str]:
    """The head, which all rows must have alike."""
    if not rows:
        faults.add("", "has no rows.")
        return dict.fromkeys(names, "")
    first = {name: rows[0].key(name) for name in names}
    for row in rows:
        for name in names:
            if not row.key(name):
                faults.add(row.place(name), f"this row has no {name}; it was added.")
            elif row.key(name) != first[name]:
                problem = f"is {row.key(name)!r}, but {first[name]!r} above."
                faults.add(row.place(name), problem, "Do not put rows of two ballots together.")
    return first
