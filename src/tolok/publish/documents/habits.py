"""Which times and kinds of post bring more than an account's own usual, in sentences and cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from tolok.composite.habit import Cell, Effect, best_effect, group_effects
from tolok.publish.language import Language
from tolok.publish.rows import PostingHourRow, PostingKindRow

UNIT = 2.0**-20
"""Sums of effects are kept in this unit: see store/habits.py."""
PART_HOURS = 3
_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Habit:
    """The groups of one kind of habit in their order: what they are called, what each brings."""

    names: tuple[str, ...]
    effects: tuple[Effect | None, ...]

    @property
    def best(self) -> int | None:
        """The place of the group that brings most; None where nothing can be said."""
        return best_effect(self.effects)


def day_parts(rows: Iterable[PostingHourRow]) -> Habit:
    """The eight parts of a day of three hours."""
    starts = range(0, 24, PART_HOURS)
    names = tuple(f"{start:02}–{start + PART_HOURS:02}" for start in starts)
    cells = _cells((row.hour // PART_HOURS, row) for row in rows)
    return _habit(names, [cells[at] for at in range(len(names))])


def weekdays(rows: Iterable[PostingHourRow], language: Language) -> Habit:
    """The seven days of a week, from Monday."""
    cells = _cells((row.weekday - 1, row) for row in rows)
    return _habit(weekday_names(language), [cells[at] for at in range(7)])


def kinds(rows: Iterable[PostingKindRow], language: Language) -> Habit:
    """The kinds of post, the most frequent first; those of unknown kind are left out."""
    cells = _cells((row.kind, row) for row in rows if row.kind)
    order = sorted(cells, key=lambda kind: (-cells[kind].count, str(kind)))
    names = tuple(language.kind(str(kind)) for kind in order)
    return _habit(names, [cells[kind] for kind in order])


def weekday_names(language: Language, width: str = "EEEE") -> tuple[str, ...]:
    """The names of the days of a week, from Monday."""
    days = (_MONDAY + timedelta(days=at) for at in range(7))
    return tuple(str(format_date(day, width, locale=language.formats.locale)) for day in days)


def habit_told(key: str, habit: Habit, language: Language) -> str:
    """What the best group brings, with its interval; or that no difference can be told.

    Missing: empty where there are too few posts to say anything.
    """
    best = habit.best
    effect = habit.effects[best] if best is not None else None
    if best is None or effect is None:
        return ""
    if not effect.low > 0:
        return language.words(f"doc.habit.{key}.none")
    share = language.formats.share
    return language.words(
        f"doc.habit.{key}",
        name=habit.names[best],
        more=share(effect.ratio),
        low=share(effect.low_ratio),
        high=share(effect.high_ratio),
    )


def _cells(
    rows: Iterable[tuple[object, PostingHourRow | PostingKindRow]],
) -> Mapping[object, Cell]:
    """The sums of each group, in whole units until all are added."""
    sums: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0])
    for group, row in rows:
        found = sums[group]
        found[0] += row.known_count
        found[1] += row.effect_sum
        found[2] += row.effect_square_sum
    cells: dict[object, Cell] = defaultdict(lambda: Cell(0, 0.0, 0.0))
    cells |= {group: Cell(n, one * UNIT, two * UNIT) for group, (n, one, two) in sums.items()}
    return cells


def _habit(names: Sequence[str], cells: Sequence[Cell]) -> Habit:
    effects = group_effects(cells)
    return Habit(tuple(names), tuple(effects) if effects else (None,) * len(cells))
