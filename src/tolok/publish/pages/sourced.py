"""Winners and nominees of earlier years as others have published them, apart from all else.

Nothing on this page was computed, and nothing on any other page is computed from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.registry.sourced import Sourced

PATH = "sourced.html"


@dataclass(frozen=True)
class SourcedLine:
    """One row with the institution's page, where it has one, and the host of its source."""

    row: Sourced
    path: str
    host: str


@dataclass(frozen=True)
class YearView:
    """One year: its rows, and how many awards they name a winner of."""

    year: str
    lines: tuple[SourcedLine, ...]
    winner_count: int
    award_count: int


def is_needed(results: Results) -> bool:
    """Whether the edition holds a record of what others have published."""
    return bool(results.past.sourced)


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page of the record."""
    rows = results.past.sourced
    known = sorted({row.edition for row in rows})
    span = range(int(known[0]), int(known[-1]) + 1)
    years = [_year(str(year), rows, results) for year in reversed(span)]
    yield Page(
        path=PATH,
        title=language.words("sourced.title", first=known[0], last=known[-1]),
        context={
            "first": known[0],
            "last": known[-1],
            "years": years,
            "row_count": len(rows),
            "source_count": len({row.source for row in rows}),
        },
    )


def _year(year: str, rows: Sequence[Sourced], results: Results) -> YearView:
    of_year = [row for row in rows if row.edition == year]
    ordered = sorted(
        enumerate(of_year),
        key=lambda at: (at[1].category, at[1].cluster, at[1].status != "winner", at[0]),
    )
    lines = tuple(_line(row, results) for _, row in ordered)
    winners = {(row.category, row.cluster) for row in of_year if row.status == "winner"}
    awards = {(row.category, row.cluster) for row in of_year if row.category}
    return YearView(year, lines, len(winners), len(awards))


def _line(row: Sourced, results: Results) -> SourcedLine:
    """A row; in a simulated edition no real name leads to an invented scorecard."""
    is_real = not results.rules.edition.is_simulated
    is_known = is_real and row.institution_id in results.institutions
    return SourcedLine(
        row=row,
        path=institution_path(row.institution_id) if is_known else "",
        host=(urlsplit(row.source).hostname or "").removeprefix("www."),
    )
