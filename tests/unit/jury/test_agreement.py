"""Alpha, intraclass correlations, Kendall's W, and the tails that their tests need."""

import math

import numpy as np
import pytest

from tolok.errors import JuryFault
from tolok.jury.alpha import LEVELS, krippendorff_alpha
from tolok.jury.reliability import intraclass_correlations, kendall_w
from tolok.jury.tail import chi_squared_tail, f_quantile, f_tail

NAN = np.nan
SCORES = np.array([[1.0, 4, 2, 5], [2, 4, 3, 5], [1, 5, 2, 4]])


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_is_1_where_all_agree_and_unknown_where_nothing_differs(level):
    assert krippendorff_alpha(np.array([[1.0, 2, 3]] * 3), level) == 1
    assert math.isnan(krippendorff_alpha(np.full((3, 4), 2.0), level))
    assert math.isnan(krippendorff_alpha(np.full((3, 4), NAN), level))
    assert math.isnan(krippendorff_alpha(np.array([[1.0, 2, 3]]), level))
    assert math.isnan(krippendorff_alpha(np.zeros((2, 3)), level))


def test_alpha_by_hand():
    found = krippendorff_alpha(np.array([[1.0, 1, 2], [1, 2, 2]]), "nominal")
    # coincidences: 1-1 twice, 2-2 twice, 1-2 and 2-1 once each; margins 3 and 3
    assert found == pytest.approx(1 - 5 * 2 / (2 * 3 * 3), abs=1e-15)


def test_entry_with_one_score_is_left_out_of_alpha():
    more = np.hstack([SCORES, [[9.0], [NAN], [NAN]]])
    assert krippendorff_alpha(more) == krippendorff_alpha(SCORES)


def test_alpha_below_0_is_less_than_chance():
    assert krippendorff_alpha(np.array([[1.0, 5], [5, 1]])) < 0


def test_unknown_level_and_ratio_of_negative_scores_are_refused():
    with pytest.raises(JuryFault, match="nominal, ordinal, interval, ratio"):
        krippendorff_alpha(SCORES, "likert")
    with pytest.raises(JuryFault, match="0 or more"):
        krippendorff_alpha(SCORES - 3, "ratio")


def test_harsh_juror_lowers_agreement_and_not_consistency():
    harsh = SCORES - np.array([[0.0], [0], [3]])
    plain, shifted = intraclass_correlations(SCORES), intraclass_correlations(harsh)
    assert shifted[2].value == pytest.approx(plain[2].value, abs=1e-12)
    assert shifted[1].value < plain[1].value
    for one in (*plain, *shifted):
        assert one.low <= one.value <= one.high


def test_perfect_agreement_and_no_differences():
    perfect = intraclass_correlations(np.array([[1.0, 2, 4]] * 3))
    assert [one.value for one in perfect] == [1.0] * 6
    assert [one.p for one in perfect] == [0.0] * 6
    nothing = intraclass_correlations(np.full((3, 3), 2.0))
    assert all(math.isnan(one.value) for one in nothing)


def test_kendall_w_is_1_for_one_order_and_unknown_without_any():
    found = kendall_w(np.array([[1.0, 2, 3, 4], [10, 20, 30, 50], [0, 1, 2, 3]]))
    assert (found.w, found.uncorrected, found.chi_squared) == (1, 1, 9)
    assert math.isnan(kendall_w(np.full((3, 4), 1.0)).w)
    assert math.isnan(kendall_w(np.full((3, 4), 1.0)).p)


@pytest.mark.parametrize("measure", [intraclass_correlations, kendall_w])
@pytest.mark.parametrize("cells", [np.array([[1.0, NAN], [2, 3]]), SCORES[:1], SCORES[:, :1]])
def test_what_needs_a_complete_panel_of_two_refuses_less(measure, cells):
    with pytest.raises(JuryFault):
        measure(cells)


@pytest.mark.parametrize(
    ("value", "degrees", "tail"),
    [
        (3.841458820694124, 1, 0.05),
        (2.0, 2, math.exp(-1)),
        (200.0, 2, math.exp(-100)),
        (18.307038053275146, 10, 0.05),
        (0.0, 3, 1.0),
        (-1.0, 3, 1.0),
    ],
)
def test_tail_of_chi_squared(value, degrees, tail):
    assert chi_squared_tail(value, degrees) == pytest.approx(tail, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "above", "below", "tail"),
    [
        (161.4476387975881, 1, 1, 0.05),
        (3.0, 2, 2, 1 / 4),
        (4.964602743730711, 1, 10, 0.05),
        (1.0, 7, 7, 0.5),
        (0.0, 3, 4, 1.0),
        (math.inf, 3, 4, 0.0),
    ],
)
def test_tail_of_f(value, above, below, tail):
    assert f_tail(value, above, below) == pytest.approx(tail, rel=1e-12)
    if 0 < tail < 1:
        assert f_quantile(tail, above, below) == pytest.approx(value, rel=1e-10)


def test_tails_without_degrees_or_value_are_unknown():
    assert math.isnan(chi_squared_tail(NAN, 2))
    assert math.isnan(chi_squared_tail(1.0, 0))
    assert math.isnan(f_tail(NAN, 1, 1))
    assert math.isnan(f_tail(1.0, 0, 1))
    assert math.isnan(f_quantile(0.05, 1, NAN))
