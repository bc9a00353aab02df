"""Who has won, and how clearly: `clear`, `contested` or `tied`, with reasons as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray
from tolok.composite.rank import TIE, competition_ranks
from tolok.errors import JuryFault, NotComparable
from tolok.jury.chance import DRAWS, Draws, Redraw, draw_ranks
from tolok.jury.sheet import Sheet
from tolok.jury.tally import Tally, tally

STATES = ("clear", "contested", "tied")
"""One leader whom every juror could be missed by; one who hangs on a juror; several as good."""
REASONS = (
    "leads_without_any_juror",
    "changes_without_juror",
    "unknown_without_juror",
    "within_error",
    "equal",
    "few_scores",
    "unlikely",
)


@dataclass(frozen=True)
class JuryRules:
    """When entries are as good as each other, and when a result is not clear.

    Entries whose difference is under `equal_errors` standard errors of it are equal. Every entry
    needs `least_scores`. A leader with less than `least_chance` of being the best is contested. The
    chances are of `draws` panels, by a seed, drawn of jurors and, unless not, of criteria.
    """

    equal_errors: float = 0.5
    least_scores: int = 3
    least_chance: float = 0.0
    draws: int = DRAWS
    seed: int = 0
    draw_criteria: bool = True


@dataclass(frozen=True)
class Reason:
    """Why a result is what it is: one of REASONS, whom it names, the figure and its limit."""

    code: str
    entries: tuple[str, ...] = ()
    juror: str = ""
    value: float = float("nan")
    limit: float = float("nan")


@dataclass(frozen=True)
class Decision:
    """Who has won, how clearly, and why.

    `leaders` are the first entry and those equal to it; `winners` are those that the tie-breaks
    leave, several being joint winners; `tie_break` is the place of the one that decided, or None.
    A winner of a contested result is the one by the figures: the panel votes on it.

    `entries` are those of the sheet, in its order.

    Shape: without (jurors, entries), who leads without each juror; nobody where the others do not
    join the entries, or the method fails without the juror.
    """

    status: str
    leaders: tuple[str, ...]
    winners: tuple[str, ...]
    tie_break: int | None
    reasons: tuple[Reason, ...]
    tally: Tally
    draws: Draws
    without: BoolArray
    entries: tuple[str, ...]


def decide(
    sheet: Sheet,
    method: str | None = None,
    rules: JuryRules | None = None,
    tie_breaks: Sequence[FloatArray] = (),
) -> Decision:
    """The decision on a sheet.

    Each of the tie-breaks has a figure an entry, the highest winning: first, say, the chance of
    the best by the data, then the votes of the panel. They decide among equal leaders only.

    Raises: as `tally`.
    """
    asked = rules or JuryRules()
    found = tally(sheet, method)
    draws = draw_ranks(sheet, found, Redraw(asked.draws, asked.seed, asked.draw_criteria))
    first = int(np.argmax(found.score))
    is_equal = equal_to(found, first, asked.equal_errors)
    without = leaders_without(sheet, found.method)
    names = np.array(sheet.entries, dtype=object)
    reasons = [
        *_tie_reasons(sheet, found, first, is_equal, asked),
        *_juror_reasons(sheet, without, found.rank == 1),
        *_doubt_reasons(sheet, draws, first, asked),
    ]
    codes = {reason.code for reason in reasons}
    is_clear = codes <= {"leads_without_any_juror"}
    status = "tied" if is_equal.sum() > 1 else "clear" if is_clear else "contested"
    left, place = _broken(is_equal, tie_breaks)
    leaders, winners = (tuple(names[some].tolist()) for some in (is_equal, left))
    return Decision(
        status, leaders, winners, place, tuple(reasons), found, draws, without, sheet.entries
    )


def equal_to(found: Tally, entry: int, errors: float) -> BoolArray:
    """Which entries are as good as one: nearer than so many standard errors of the difference.

    Shape: -> (entries,).
    Ties: scores nearer than TIE are equal, whatever the errors, and where these are unknown.
    """
    away = np.abs(found.score - found.score[entry])
    with np.errstate(invalid="ignore"):
        equal: BoolArray = (away <= TIE) | (away < errors * found.difference_error[entry])
    return equal


def leaders_without(sheet: Sheet, method: str) -> BoolArray:
    """Who is first by the same method when each juror is left out; ties share the first place.

    Shape: -> (jurors, entries).  Missing: nobody leads where the others cannot decide.
    """
    leads = np.zeros((len(sheet.jurors), len(sheet.entries)), dtype=bool)
    for juror in range(len(sheet.jurors)):
        if len(sheet.jurors) == 1:
            break
        try:
            score = tally(sheet.without(juror), method).score
        except (JuryFault, NotComparable):
            continue
        leads[juror] = competition_ranks(score[None])[0] == 1
    return leads


def _tie_reasons(
    sheet: Sheet, found: Tally, first: int, is_equal: BoolArray, rules: JuryRules
) -> Iterator[Reason]:
    error = found.difference_error[first]
    for entry in np.flatnonzero(is_equal):
        if entry == first:
            continue
        names = (sheet.entries[first], sheet.entries[entry])
        away = float(abs(found.score[first] - found.score[entry]))
        if away <= TIE:
            yield Reason("equal", names, value=away)
        else:
            limit = float(rules.equal_errors * error[entry])
            yield Reason("within_error", names, value=away, limit=limit)


def _juror_reasons(sheet: Sheet, without: BoolArray, is_first: BoolArray) -> Iterator[Reason]:
    is_same = (without == is_first).all(axis=1)
    names = np.array(sheet.entries, dtype=object)
    if is_same.all():
        yield Reason("leads_without_any_juror", tuple(names[is_first].tolist()))
    for juror in np.flatnonzero(~is_same):
        leaders = tuple(names[without[juror]].tolist())
        code = "changes_without_juror" if leaders else "unknown_without_juror"
        yield Reason(code, leaders, sheet.jurors[juror])


def _doubt_reasons(sheet: Sheet, draws: Draws, first: int, rules: JuryRules) -> Iterator[Reason]:
    scores: IntArray = sheet.is_counted.sum(axis=0)
    for entry in np.flatnonzero(scores < rules.least_scores):
        name, held = sheet.entries[entry], float(scores[entry])
        yield Reason("few_scores", (name,), value=held, limit=float(rules.least_scores))
    chance = float(draws.chance[first])
    if chance < rules.least_chance:
        yield Reason("unlikely", (sheet.entries[first],), value=chance, limit=rules.least_chance)


def _broken(is_equal: BoolArray, tie_breaks: Sequence[FloatArray]) -> tuple[BoolArray, int | None]:
    """Who is left when each tie-break keeps the highest among those before it.

    Missing: an entry without a figure cannot win by it; where none has one, it decides nothing.
    """
    left, decided = is_equal, None
    for place, figure in enumerate(tie_breaks):
        own = np.where(left & ~np.isnan(figure), figure, -np.inf)
        best = left & (own >= own.max() - TIE)
        if np.isfinite(own.max()) and best.sum() < left.sum():
            left, decided = best, place
    return left, decided
