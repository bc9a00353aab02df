"""When and in which form an institution posts, and what worked, as its scorecard shows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p

from tolok.composite.habit import Cell, Effect, best_effect, group_effects
from tolok.metrics.expression import FIXED_POINT
from tolok.model import KINDS
from tolok.publish.charts import Scale
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import PostingHourRow, PostingKindRow

PART_HOURS = 3
"""A day has eight parts of three hours."""
WEEKDAYS = tuple(range(1, 8))
HOURS = tuple(range(24))
OFFICE_HOURS = range(8, 16)
"""The hours from whose beginning a post is one of office hours, Monday to Friday."""
_SHADES = 4
_TICKS = (
    (1.5, (-0.75, -0.5, 0.0, 1.0, 3.0)),
    (0.75, (-0.5, 0.0, 1.0)),
    (0.5, (-1 / 3, 0.0, 0.5)),
    (0.25, (-0.2, 0.0, 0.25)),
    (0.0, (-0.1, 0.0, 0.1)),
)
"""Marks by how far a lane reaches to both sides, as a logarithm: a share and its inverse."""
_LEAST_SPAN = 0.12
"""Effects of less than this, as a logarithm, do not fill a lane: small must look small."""


@dataclass(frozen=True)
class EffectLane:
    """One group of posts: its effect in words, and where its dot and its interval lie.

    Missing: a group without a known post has no dot; `at`, `low` and `high` are None.
    """

    label: str
    count: int
    text: str
    interval: str
    at: float | None
    low: float | None
    high: float | None
    is_separable: bool


@dataclass(frozen=True)
class EffectChart:
    """The groups of one question, with the finding over them, a mark at nought and ticks."""

    finding: str
    lanes: tuple[EffectLane, ...]
    usual: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class HourGrid:
    """Posts by weekday and hour: counts, and a path of squares for each shade of them.

    Shape: `counts` is (7, 24); `shades` from few posts to many.
    """

    finding: str
    counts: tuple[tuple[int, ...], ...]
    shades: tuple[str, ...]
    highest: int


@dataclass(frozen=True)
class Habits:
    """What is known of an institution's habits; a chart is None where too little is known."""

    grid: HourGrid
    times: EffectChart | None
    weekdays: EffectChart | None
    kinds: EffectChart | None


def habits_of(institution_id: str, results: Results, language: Language) -> Habits | None:
    """The habits of an institution over all its platforms.

    Missing: None where it has no own post.
    """
    hours = results.posting_hours_of.get(institution_id, [])
    if not hours:
        return None
    kinds = results.posting_kinds_of.get(institution_id, [])
    return Habits(
        grid=_grid(hours, language),
        times=_chart("time", *_times(hours), language),
        weekdays=_chart("weekday", *_weekdays(hours, language), language),
        kinds=_chart("kind", *_kinds(kinds, language), language),
    )


def cells_by(
    rows: Iterable[tuple[int | str, PostingHourRow | PostingKindRow]],
) -> dict[int | str, Cell]:
    """The effects of each group, platforms together, out of the fixed point."""
    found: defaultdict[int | str, Cell] = defaultdict(lambda: Cell(0, 0.0, 0.0))
    for group, row in rows:
        found[group] += Cell(
            row.known_count, row.effect_sum / FIXED_POINT, row.effect_square_sum / FIXED_POINT
        )
    return found


def _times(hours: Sequence[PostingHourRow]) -> tuple[list[str], list[Cell]]:
    found = cells_by((row.hour // PART_HOURS, row) for row in hours)
    parts = range(24 // PART_HOURS)
    labels = [f"{PART_HOURS * part:02}–{PART_HOURS * (part + 1):02}" for part in parts]
    return labels, [found[part] for part in parts]


def _weekdays(hours: Sequence[PostingHourRow], language: Language) -> tuple[list[str], list[Cell]]:
    found = cells_by((row.weekday, row) for row in hours)
    return [language.formats.weekday(day) for day in WEEKDAYS], [found[day] for day in WEEKDAYS]


def _kinds(rows: Sequence[PostingKindRow], language: Language) -> tuple[list[str], list[Cell]]:
    """The known kinds, in their order; posts of an unknown kind say nothing of kinds."""
    found = cells_by((row.kind or "", row) for row in rows)
    kinds = [kind for kind in KINDS if kind in found]
    return [language.kind(kind) for kind in kinds], [found[kind] for kind in kinds]


def _chart(
    question: str, labels: Sequence[str], cells: Sequence[Cell], language: Language
) -> EffectChart | None:
    effects = group_effects(cells)
    best = best_effect(effects)
    if effects is None or best is None:
        return None
    known = [effect for effect in effects if effect is not None]
    span = max(_LEAST_SPAN, *(max(-effect.low, effect.high) for effect in known))
    scale = Scale(-span, span)
    ticks = next(marks for least, marks in _TICKS if span >= least)
    return EffectChart(
        finding=_finding(question, labels[best], effects[best], language),
        lanes=tuple(
            _lane(label, cell, effect, scale, language)
            for label, cell, effect in zip(labels, cells, effects, strict=True)
        ),
        usual=scale.at(0.0),
        ticks=tuple((scale.at(log1p(tick)), signed_share(tick, language)) for tick in ticks),
    )


def _lane(
    label: str, cell: Cell, effect: Effect | None, scale: Scale, language: Language
) -> EffectLane:
    if effect is None:
        return EffectLane(label, cell.count, "", "", None, None, None, is_separable=False)
    return EffectLane(
        label=label,
        count=cell.count,
        text=signed_share(effect.ratio, language),
        interval=_between(effect, language),
        at=scale.at(effect.mean),
        low=scale.at(effect.low),
        high=scale.at(effect.high),
        is_separable=effect.is_separable,
    )


def _finding(question: str, label: str, effect: Effect | None, language: Language) -> str:
    if effect is None:
        return ""
    is_none = round(effect.ratio, 2) <= 0
    key = "found" if effect.low > 0 else "none" if is_none else "open"
    return language.words(
        f"habit.{question}.{key}",
        name=label,
        ratio=language.formats.share(round(effect.ratio, 2)),
        interval=_between(effect, language),
    )


def _between(effect: Effect, language: Language) -> str:
    low, high = (signed_share(one, language) for one in (effect.low_ratio, effect.high_ratio))
    return language.words("habit.interval", low=low, high=high)


def signed_share(share: float, language: Language) -> str:
    """A share above what is usual, in whole percent and with its sign."""
    whole = round(share, 2) + 0.0
    return ("+" if whole > 0 else "") + language.formats.share(whole)


def _grid(hours: Sequence[PostingHourRow], language: Language) -> HourGrid:
    counted: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row in hours:
        counted[row.weekday, row.hour] += row.post_count
    highest = max(counted.values())
    paths = [""] * _SHADES
    for (weekday, hour), count in sorted(counted.items()):
        paths[(count * _SHADES - 1) // highest] += f"M{hour} {weekday - 1}h1v1h-1z"
    total = sum(counted.values())
    office = sum(
        count for (day, hour), count in counted.items() if day <= 5 and hour in OFFICE_HOURS
    )
    return HourGrid(
        finding=language.words(
            "habit.grid.finding", n=total, share=language.formats.share(office / total)
        ),
        counts=tuple(tuple(counted[day, hour] for hour in HOURS) for day in WEEKDAYS),
        shades=tuple(paths),
        highest=highest,
    )
