"""Where everything stands in a workbook of a ballot: a sheet a category, the clusters in turn."""

from dataclasses import dataclass

from tolok.forms.frame import sheet_names
from tolok.forms.printed import Printed
from tolok.forms.question import items
from tolok.jury.ballot import BallotForm, Entry, Pair

TITLE_ROW, LEAD_ROW, PROGRESS_ROW, TOP_ROW, FIRST_ROW = 3, 4, 5, 6, 7


@dataclass(frozen=True)
class Line:
    """A row of a sheet: an entry or a pair with its number, or the name of a cluster above some."""

    row: int
    cluster: str
    of: Entry | Pair | None = None
    number: int = 0


@dataclass(frozen=True)
class Plan:
    """The sheet of a category: its name, and its rows."""

    category: str
    sheet: str
    lines: tuple[Line, ...]

    @property
    def last_row(self) -> int:
        """The row of the last entry."""
        return self.lines[-1].row

    @property
    def asked(self) -> list[Line]:
        """The rows that ask something."""
        return [line for line in self.lines if line.of is not None]


def plans(form: BallotForm, printed: Printed) -> tuple[Plan, ...]:
    """The sheets of a ballot, in the order in which its categories come."""
    by_category: dict[str, dict[str, list[Entry | Pair]]] = {}
    for of in items(form):
        by_category.setdefault(of.category, {}).setdefault(of.cluster, []).append(of)
    labels = [printed.category(name) for name in by_category]
    names = sheet_names(labels, taken=[printed.words("form.guide")])
    return tuple(
        Plan(category, sheet, _lines(clusters))
        for (category, clusters), sheet in zip(by_category.items(), names, strict=True)
    )


def _lines(clusters: dict[str, list[Entry | Pair]]) -> tuple[Line, ...]:
    found: list[Line] = []
    for cluster, entries in clusters.items():
        found.append(Line(FIRST_ROW + len(found), cluster))
        for number, of in enumerate(entries, 1):
            found.append(Line(FIRST_ROW + len(found), cluster, of, number))
    return tuple(found)
