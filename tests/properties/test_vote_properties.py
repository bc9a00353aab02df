"""What must be true of all strengths from votes on pairs (methodology, the jury's tally)."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tolok.errors import NotComparable
from tolok.jury.votes import PRIOR, Strengths, fit_strengths, read_votes

SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def ballots(draw):
    """Votes on pairs of up to six entries, which need not be joined."""
    pair = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))
    pairs = pair.filter(lambda two: two[0] != two[1])
    shares = st.sampled_from([0.0, 0.5, 1.0])
    return draw(st.lists(st.tuples(pairs, shares).map(lambda v: (*v[0], v[1])), min_size=1))


def fitted(rows, prior=PRIOR) -> tuple[Strengths | None, Sequence[Sequence[str]]]:
    """The strengths, or the groups that no chain of votes joins."""
    try:
        return fit_strengths(read_votes(rows), prior=prior), []
    except NotComparable as fault:
        return None, fault.groups


@given(ballots(), st.sampled_from([0.05, 0.1, 1.0]))
def test_reversing_all_votes_flips_every_sign(rows, prior):
    turned = [(first, second, 1 - share) for first, second, share in rows]
    found, groups = fitted(rows, prior)
    other, same = fitted(turned, prior)
    assert same == groups
    if found is None or other is None:
        assert len(groups) > 1
        return
    assert other.strength == pytest.approx(-found.strength, abs=1e-8)
    assert other.is_separated == found.is_separated
    assert other.covariance == pytest.approx(found.covariance, abs=1e-6)


@given(ballots(), SEEDS)
def test_order_of_votes_changes_no_bit_and_who_was_first_changes_no_strength(rows, seed):
    order = np.random.default_rng(seed).permutation(len(rows))
    found, _ = fitted(rows)
    assume(found is not None)
    assert found is not None
    shuffled = fit_strengths(read_votes([rows[place] for place in order]))
    assert shuffled.strength.tobytes() == found.strength.tobytes()
    turned = fit_strengths(read_votes([(two, one, 1 - share) for one, two, share in rows]))
    assert turned.strength == pytest.approx(found.strength, abs=1e-8)


@given(ballots())
def test_one_more_vote_for_an_entry_never_lowers_it(rows):
    found, _ = fitted(rows)
    assume(found is not None)
    assert found is not None
    first, second, _ = rows[0]
    more = fit_strengths(read_votes([*rows, (first, second, 1.0)]))
    names = read_votes(rows).entries
    one, two = names.index(first), names.index(second)
    assert more.strength[one] - more.strength[two] > found.strength[one] - found.strength[two]
