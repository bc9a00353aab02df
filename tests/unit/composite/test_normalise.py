"""Points of each rule; parameters are those of the reference, whatever comes later."""

import numpy as np
import pytest

from tolok.composite.normalise import (
    Borda,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    Goalposts,
    MinMax,
    PercentileRank,
    Rank,
    Reference,
    RobustZ,
    Scaled,
    ZScore,
)
from tolok.errors import IndexFault

NAN = np.nan
X = [2.0, 4.0, 4.0, 10.0, NAN]
NAMES = ("a", "b", "c", "d", "e")
FAR = [1.0, 2.0, 3.0, 4.0, 99.0]
ONE_MAD = 50 / 3 / 1.4826

RULES = [
    (MinMax(), X, [0, 25, 25, 100, NAN]),
    (MinMax(1, 101), X, [1, 26, 26, 101, NAN]),
    (ZScore(10, 2), [1.0, 2, 3, NAN], [8, 10, 12, NAN]),
    (RobustZ(), FAR, [50 + ONE_MAD * z for z in (-2, -1, 0, 1, 96)]),
    (RobustZ(-1.0), FAR, [50 - 50 / 3, *(50 + ONE_MAD * z for z in (-1, 0, 1, 96))]),
    (RobustZ(), [1.0, 1, 1, 1, 6], [50, 50, 50, 50, 50 + 50 / 3 * np.sqrt(5)]),
    (Scaled(0, 20), X, [10, 20, 20, 50, NAN]),
    (Goalposts(3, 9, 100), X, [0, 100 / 6, 100 / 6, 100, NAN]),
    (Goalposts(3, 9, 6, is_truncated=False), X, [-1, 1, 1, 7, NAN]),
    (DistanceToMax(), X, [0, 0.25, 0.25, 1, NAN]),
    (DistanceToReference("b"), X, [0, 1, 1, 4, NAN]),
    (DistanceToReference("b", is_capped=True), X, [0, 1, 1, 1, NAN]),
    (DistanceToTarget(12.0), X, [0, 0.2, 0.2, 0.8, NAN]),
    (DistanceToTarget(6.0, is_capped=True), X, [0, 0.5, 0.5, 1, NAN]),
    (FractionOfMax(), X, [0.2, 0.4, 0.4, 1, NAN]),
    (Rank(), X, [1, 2, 2, 4, NAN]),
    (Borda(), X, [0, 1, 1, 3, NAN]),
    (PercentileRank(), X, [0, 1 / 3, 1 / 3, 1, NAN]),
]  # fmt: skip


def fitted(rule, values, direction=1.0):
    column = np.array(values)[:, None]
    return rule.fit(Reference(column, np.array([direction]), NAMES)), column


@pytest.mark.parametrize(("rule", "values", "points"), RULES)
def test_points(rule, values, points):
    scale, column = fitted(rule, values)
    np.testing.assert_allclose(scale.points(column)[:, 0], points, atol=1e-12)
    assert scale.is_usable.tolist() == [True]
    assert all(one.shape == (1,) for one in scale.parameters().values())


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        (MinMax(), [100, 75, 75, 0, NAN]),
        (Goalposts(3, 9, 100), [100, 500 / 6, 500 / 6, 0, NAN]),
        (DistanceToTarget(1.0), [8 / 9, 6 / 9, 6 / 9, 0, NAN]),
        (Borda(), [3, 1, 1, 0, NAN]),
    ],
)
def test_points_where_less_is_better(rule, points):
    scale, column = fitted(rule, X, -1.0)
    np.testing.assert_allclose(scale.points(column)[:, 0], points, atol=1e-12)


@pytest.mark.parametrize("rule", [rule for rule, *_ in RULES], ids=str)
def test_units_that_come_later_change_no_parameter(rule):
    scale, column = fitted(rule, X)
    alone = scale.points(column[:2])
    beside = scale.points(np.concatenate([column[:2], [[-1e9], [1e9]]]))
    np.testing.assert_array_equal(beside[:2], alone)


GIVEN = (Scaled, Goalposts)


@pytest.mark.parametrize(
    "rule", [rule for rule, *_ in RULES if not isinstance(rule, GIVEN)], ids=str
)
@pytest.mark.parametrize("values", [[0.1] * 5, [NAN] * 5, [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3]])
def test_constant_indicator_says_nothing(rule, values):
    if isinstance(rule, (Rank, Borda, PercentileRank)) and len(set(values)) == 2:
        values = [0.3] * 5  # places are told by the least difference
    if isinstance(rule, DistanceToTarget):
        rule = DistanceToTarget(values[0])
    scale, column = fitted(rule, values)
    assert scale.is_usable.tolist() == [False]
    assert np.isnan(scale.points(column)).all()


def test_one_number_for_each_indicator():
    value = np.array([[1.0, 10.0], [3.0, 30.0]])
    rule = DistanceToTarget((5.0, 20.0))
    scale = rule.fit(Reference(value, np.ones(2)))
    assert scale.points(value).tolist() == [[0, 0], [0.5, 2]]


def test_unknown_reference_unit_is_refused_with_the_nearest():
    reference = Reference(np.zeros((1, 1)), np.ones(1), ("Belgium",))
    with pytest.raises(IndexFault, match="Did you mean 'Belgium'"):
        DistanceToReference("Belgum").fit(reference)


@pytest.mark.parametrize("rule", [MinMax(), ZScore(), RobustZ(), Rank(), FractionOfMax()])
def test_reference_of_no_one_knows_nothing(rule):
    scale = rule.fit(Reference(np.empty((0, 1)), np.ones(1)))
    assert np.isnan(scale.points(np.ones((2, 1)))).all()
