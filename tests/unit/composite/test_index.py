"""A whole index: steps in their order, parameters frozen on the reference."""

import numpy as np
import pytest

from tolok.composite.impute import Impute
from tolok.composite.index import Method, Sample, freeze, without
from tolok.composite.mean import Aggregate
from tolok.composite.normalise import Borda, MinMax
from tolok.composite.screen import Screen
from tolok.composite.structure import Group, Indicator, Structure
from tolok.composite.treat import Treat
from tolok.errors import FaultsFound

NAN = np.nan
TWO = Structure(
    (Indicator("a", "g"), Indicator("b", "g", direction=-1), Indicator("c", weight=3)),
    (Group("g"),),
)
VALUE = np.array([[0.0, 9.0, 4.0], [5.0, NAN, 8.0], [10.0, 1.0, 6.0], [NAN, NAN, 5.0]])
NAMES = ("k", "l", "m", "n")


def scores(method, value=VALUE, reference=VALUE, structure=TWO):
    return freeze(structure, method, Sample(reference, NAMES)).score(Sample(value, NAMES))


def test_index_is_the_mean_of_groups_of_points():
    found = scores(Method())
    np.testing.assert_allclose(found.node[:, 3], [0, 50, 100, NAN])
    np.testing.assert_allclose(found.score, [0, 87.5, 62.5, 25])
    assert found.rank.tolist() == [4, 1, 2, 3]
    assert found.weight.tolist() == [1, 1, 3, 1, 1]


def test_unit_with_too_few_data_has_its_values_and_no_rank():
    found = scores(Method(screen=Screen()))
    assert found.steps.is_kept.tolist() == [True, True, True, False]
    np.testing.assert_allclose(found.steps.data_share, [1, 2 / 3, 1, 1 / 3])
    np.testing.assert_array_equal(found.steps.value, VALUE)
    np.testing.assert_allclose(found.score, [0, 87.5, 62.5, NAN])
    assert found.rank.tolist() == [3, 1, 2, 0]


def test_unit_that_is_screened_out_is_not_of_the_reference():
    value = np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [NAN, NAN, 99.0], [1.0, 1.0, 1.5]])
    found = scores(Method(screen=Screen()), value, value)
    assert found.steps.points[:2, 2].tolist() == [0, 100]


def test_imputed_values_are_those_of_the_reference():
    found = scores(Method(impute=Impute("median")))
    np.testing.assert_array_equal(found.steps.imputed[3], [5, 5, 5])
    later = scores(Method(impute=Impute("median")), value=VALUE[3:])
    np.testing.assert_array_equal(later.steps.imputed, [[5, 5, 5]])


def test_values_per_denominator_are_screened_treated_and_normalised():
    sample = Sample(VALUE, NAMES, denominator=np.array([1.0, 2.0, 0.0, 1.0])[:, None])
    steps = freeze(TWO, Method(), sample).steps(sample)
    np.testing.assert_array_equal(steps.value[:, 2], [4, 4, NAN, 5])


def test_outlier_is_treated_before_points_are_given():
    line = Structure((Indicator("x"),))
    value = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 90])[:, None]
    found = freeze(line, Method(treat=Treat()), Sample(value)).score(Sample(value))
    np.testing.assert_allclose(found.score, [*np.linspace(0, 100, 8), 100])


def test_exceptions_by_indicator_and_by_group_hold():
    method = Method(
        normalise_by={"c": Borda()}, aggregate_by={"g": Aggregate("power", 2)}
    )  # fmt: skip
    found = scores(method)
    np.testing.assert_array_equal(found.steps.points[:, 2], [0, 3, 2, 1])
    np.testing.assert_allclose(found.node[:, 3], [0, 50, 100, NAN])


def test_names_that_the_structure_lacks_are_refused_together():
    method = Method(normalise_by={"C": MinMax()}, aggregate_by={"gg": Aggregate()})
    with pytest.raises(FaultsFound) as refused:
        scores(method)
    assert [str(fault) for fault in refused.value.exceptions] == [
        "normalise_by: no indicator 'C'.",
        "aggregate_by: no group 'gg'. Did you mean 'g'?",
    ]


def test_constant_indicator_does_not_count_as_missing():
    value = VALUE.copy()
    value[:, 2] = 7.0
    found = scores(Method(aggregate=Aggregate(min_share=1)), value, value)
    np.testing.assert_allclose(found.score, [0, NAN, 100, NAN])
    assert found.weight.tolist() == [1, 1, 0, 1, 1]


def test_left_out_indicator_weighs_nothing():
    assert without(TWO, "c").weight.tolist() == [1, 1, 0, 1, 1]
    assert without(TWO, "g").weight.tolist() == [1, 1, 3, 0, 1]
    assert scores(Method(), structure=without(TWO, "g")).score.tolist() == [0, 100, 50, 25]
