"""Decisions: clear, contested, tied; why; and what breaks a tie."""

import numpy as np
import pytest

from tolok.jury.decision import REASONS, STATES, JuryRules, decide, equal_to
from tolok.jury.sheet import Sheet
from tolok.jury.tally import tally

NAN = np.nan
CLEAR = np.array([[9.0, 5, 4], [8, 5, 3], [9, 6, 5], [7, 4, 4], [9, 5, 3]])


def sheet(cells):
    """A sheet of one criterion."""
    cells = np.asarray(cells, dtype=np.float64)
    jurors = tuple(f"j{at}" for at in range(len(cells)))
    return Sheet(jurors, tuple("abcdefgh"[: cells.shape[1]]), ("s",), cells[:, :, None], np.ones(1))


def told(found):
    """Code, entries and juror of each reason."""
    return [(one.code, one.entries, one.juror) for one in found.reasons]


def test_leader_whom_no_juror_could_change_is_clear():
    found = decide(sheet(CLEAR))
    assert (found.status, found.leaders, found.winners) == ("clear", ("a",), ("a",))
    assert told(found) == [("leads_without_any_juror", ("a",), "")]
    assert found.tie_break is None
    assert found.without.tolist() == [[True, False, False]] * 5


def test_leader_who_hangs_on_one_juror_is_contested():
    cells = [[9.0, 2, 1], [5, 6, 1], [5, 6, 1], [5, 6, 1]]
    found = decide(sheet(cells), rules=JuryRules(equal_errors=0.1))
    assert (found.status, found.winners) == ("contested", ("a",))
    assert told(found) == [("changes_without_juror", ("b",), "j0")]


def test_tie_that_appears_without_a_juror_is_contested():
    cells = [[9.0, 8], [5, 5], [5, 5]]
    found = decide(sheet(cells), rules=JuryRules(equal_errors=0))
    assert found.status == "contested"
    assert told(found) == [("changes_without_juror", ("a", "b"), "j0")]


def test_leaders_within_half_an_error_are_tied_and_win_together():
    cells = [[7.0, 6, 2], [6, 7, 3], [7, 6, 2], [6, 7, 2], [7, 6.5, 2]]
    found = decide(sheet(cells))
    assert (found.status, found.leaders, found.winners) == ("tied", ("a", "b"), ("a", "b"))
    (near, *_) = found.reasons
    error = found.tally.difference_error[0, 1]
    assert (near.code, near.entries) == ("within_error", ("a", "b"))
    assert near.value == pytest.approx(0.1)
    assert near.limit == pytest.approx(0.5 * error)
    assert decide(sheet(cells), rules=JuryRules(equal_errors=0.05)).status == "contested"


def test_difference_of_exactly_half_an_error_is_one():
    found = tally(sheet(CLEAR))
    errors = (found.score[0] - found.score[1]) / found.difference_error[0, 1]
    assert equal_to(found, 0, errors * (1 - 1e-9)).tolist() == [True, False, False]
    assert equal_to(found, 0, errors * (1 + 1e-9)).tolist() == [True, True, False]


def test_equal_scores_are_tied_whatever_the_errors():
    found = decide(sheet([[5.0, 5], [6, 6], [7, 7]]))
    assert found.status == "tied"
    assert told(found)[0] == ("equal", ("a", "b"), "")
    assert found.draws.chance.tolist() == [0.5, 0.5]


def test_tie_breaks_decide_one_after_the_other_among_leaders_only():
    cells = sheet([[5.0, 5, 5, 1], [6, 6, 6, 1], [7, 7, 7, 1]])
    by_data, by_vote = np.array([0.4, 0.4, 0.1, 0.9]), np.array([1.0, 3.0, 9.0, 9.0])
    found = decide(cells, tie_breaks=[by_data, by_vote])
    assert (found.leaders, found.winners, found.tie_break) == (("a", "b", "c"), ("b",), 1)
    assert decide(cells, tie_breaks=[by_data]).winners == ("a", "b")
    assert decide(cells, tie_breaks=[by_data]).tie_break == 0
    assert decide(cells, tie_breaks=[np.full(4, 1.0)]).tie_break is None


def test_entry_without_a_figure_does_not_win_by_it():
    cells = sheet([[5.0, 5], [6, 6], [7, 7]])
    assert decide(cells, tie_breaks=[np.array([NAN, -5.0])]).winners == ("b",)
    nobody = decide(cells, tie_breaks=[np.full(2, NAN)])
    assert (nobody.winners, nobody.tie_break) == (("a", "b"), None)


def test_tie_break_moves_no_clear_result():
    found = decide(sheet(CLEAR), tie_breaks=[np.array([0.0, 1.0, 1.0])])
    assert (found.winners, found.tie_break) == (("a",), None)


def test_few_scores_are_told():
    cells = CLEAR.copy()
    cells[:3, 2] = NAN
    found = decide(sheet(cells))
    assert found.status == "contested"
    (few,) = (one for one in found.reasons if one.code == "few_scores")
    assert (few.entries, few.value, few.limit) == (("c",), 2, 3)
    assert decide(sheet(cells), rules=JuryRules(least_scores=2)).status == "clear"


def test_juror_without_whom_entries_are_not_joined_is_told():
    cells = [[9.0, 5, NAN], [8, 4, NAN], [NAN, 5, 2], [8.5, 5, NAN]]
    found = decide(sheet(cells), rules=JuryRules(least_scores=1))
    assert found.status == "contested"
    assert ("unknown_without_juror", (), "j2") in told(found)


def test_one_juror_is_never_clear():
    found = decide(sheet([[9.0, 5]]), rules=JuryRules(least_scores=1))
    assert found.status == "contested"
    assert told(found) == [("unknown_without_juror", (), "j0")]
    assert np.isnan(found.draws.chance).all()


def test_leader_who_is_not_likely_enough_is_contested():
    cells = [[7.0, 6, 2], [8, 7, 3], [7, 6, 2], [8, 7, 2], [6.0, 6.9, 2]]
    assert decide(sheet(cells), rules=JuryRules(equal_errors=0)).status == "clear"
    found = decide(sheet(cells), rules=JuryRules(equal_errors=0, least_chance=0.99))
    assert found.status == "contested"
    (unlikely,) = (one for one in found.reasons if one.code == "unlikely")
    assert unlikely.value == found.draws.chance[0] < unlikely.limit == 0.99


def test_one_entry_wins():
    found = decide(sheet([[5.0], [6], [7]]))
    assert (found.status, found.winners) == ("clear", ("a",))


def test_words_are_those_that_are_listed():
    found = [decide(sheet(cells)) for cells in (CLEAR, CLEAR[:1], CLEAR[:, [0, 0]])]
    assert {one.status for one in found} == set(STATES)
    assert {reason.code for one in found for reason in one.reasons} <= set(REASONS)
