"""Tables as CSV that people take away.

A text that a spreadsheet would run as a formula gets an apostrophe in front.
Source: OWASP, CSV Injection.
"""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: object) -> object:
    """A cell that no spreadsheet runs; numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell(-1.5), safe_cell(None)
    ("'=1+1", -1.5, '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
