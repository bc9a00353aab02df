"""Which round it is, by the clock alone."""

from datetime import UTC, datetime, timedelta

import pytest

from tolok.jury.rounds import next_round, phase_at, round_at, round_before
from tolok.methodology.jury import Round

DAY = timedelta(days=1)
START = datetime(2026, 2, 2, 2, tzinfo=UTC)
FIRST = Round("first", "scores", START, START + DAY)
SECOND = Round("second", "scores", START + 2 * DAY, START + 3 * DAY)
ROUNDS = (FIRST, SECOND)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "phase", "open_round", "coming"),
    [
        (START - INSTANT, "before", None, FIRST),
        (START, "open", FIRST, FIRST),
        (START + DAY - INSTANT, "open", FIRST, FIRST),
        (START + DAY, "between", None, SECOND),
        (START + 2 * DAY, "open", SECOND, SECOND),
        (START + 3 * DAY, "after", None, None),
    ],
)
def test_the_clock_decides_the_phase(now, phase, open_round, coming):
    assert phase_at(ROUNDS, now) == phase
    assert round_at(ROUNDS, now) == open_round
    assert next_round(ROUNDS, now) == coming


def test_a_jury_without_rounds_is_before_the_first():
    assert phase_at((), START) == "before"
    assert next_round((), START) is None


def test_the_round_before_is_none_for_the_first():
    assert round_before(ROUNDS, FIRST) is None
    assert round_before(ROUNDS, SECOND) == FIRST
