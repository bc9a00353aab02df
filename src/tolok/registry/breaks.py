"""The calendar of breaks: from which day on a platform counts something otherwise than before.

Each platform's folder holds the breaks that are known of it, breaks.csv; an edition may add its own
in a file of that name, which names the platform too. It is no rule: it decides what is compared
over time, and takes nothing from a score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from tolok.errors import FaultsFound, InputError, did_you_mean
from tolok.model import COUNTS, GRADES, KINDS, PLATFORMS, Label, Window
from tolok.registry.sheet import Row, Sheet

BREAK_COLUMNS = ("from_on", "count", "kinds", "what_id", "what_en", "source", "grade")
EVERY_COUNT = "all"
COUNTED = (*COUNTS, "follower_count", EVERY_COUNT)
_SHIPPED = Path(str(files("tolok") / "platforms"))


@dataclass(frozen=True)
class Break:
    """One change of what a platform's count means, from a day on; no kinds are all kinds."""

    platform: str
    from_on: date
    count: str
    kinds: tuple[str, ...]
    what: Label
    source: str
    grade: str

    def concerns(self, platform: str, count: str, kinds: Iterable[str] = ()) -> bool:
        """Whether it changes a count of posts of these kinds (none: of any kind)."""
        asked = set(kinds)
        is_kind = not asked or not self.kinds or bool(asked & set(self.kinds))
        return self.platform == platform and self.count in (count, EVERY_COUNT) and is_kind

    def is_inside(self, window: Window) -> bool:
        """Whether posts of the window were counted in both ways."""
        return window.opens_on < self.from_on < window.closes_on

    def parts(self, earlier: Window, later: Window) -> bool:
        """Whether it lies between two windows or inside one of them."""
        return earlier.opens_on < self.from_on < later.closes_on


def read_breaks(edition: Path | None = None) -> tuple[Break, ...]:
    """The breaks of all platforms, and those that an edition's folder adds, by date.

    Raises: FaultsFound with every fault of every file, each with its line and column.
    """
    faults: list[InputError] = []
    found: list[Break] = []
    for platform in PLATFORMS:
        path = _SHIPPED / platform / "breaks.csv"
        if path.is_file():
            found += _read(path, platform, faults)
    if edition is not None and (edition / "breaks.csv").is_file():
        found += _read(edition / "breaks.csv", None, faults)
    if faults:
        raise FaultsFound("the calendar of breaks cannot be read", faults)
    return tuple(sorted(found, key=lambda one: (one.from_on, one.platform, one.count, one.kinds)))


def _read(path: Path, platform: str | None, faults: list[InputError]) -> list[Break]:
    sheet = Sheet(path, BREAK_COLUMNS if platform else ("platform", *BREAK_COLUMNS))
    found = [_break(row, platform) for row in sheet.rows]
    faults += sheet.faults
    return found


def _break(row: Row, platform: str | None) -> Break:
    kinds = row.texts("kinds")
    for kind in kinds:
        _known(row, "kinds", kind, KINDS)
    return Break(
        platform=platform or _known(row, "platform", row.text("platform"), PLATFORMS),
        from_on=row.day("from_on", required=True) or date.min,
        count=_known(row, "count", row.text("count"), COUNTED),
        kinds=kinds,
        what=Label(row.text("what_id", required=True), row.text("what_en", required=True)),
        source=row.text("source", required=True),
        grade=_known(row, "grade", row.text("grade"), GRADES),
    )


def _known(row: Row, column: str, value: str, known: tuple[str, ...]) -> str:
    """A word of a closed set; any other is a fault that names the nearest."""
    if value not in known:
        expected = f"Expected one of {', '.join(known)}."
        row.fault(
            column,
            f"{value!r} is not known.",
            f"{expected} {did_you_mean(value, known)}".strip(),
        )
    return value
