"""Effective weights beside the rules' own, and whether much of the weight counts for nobody."""

from dataclasses import replace

import pytest

from tolok.publish.language import Language
from tolok.publish.weights import dropped_share, weights_of


@pytest.fixture
def weights(results, rules):
    """A function: the weights of the agencies' first award, with effective weights as given."""

    def read(effective):
        rows = tuple(
            replace(row, effective_weight=effective.get((row.institution_id, row.indicator), 0.0))
            for row in results.indicators
        )
        changed = replace(results, indicators=rows)
        award = changed.awards["active", "agencies"]
        return weights_of(award, changed, Language("en", rules))

    return read


IDS = ("badan-fajar", "eqhyperlink(1)", "badan-gema", "badan-hujan")


def test_weights_as_in_the_rules_are_not_changed(weights):
    found = weights({(i, n): w for i in IDS for n, w in (("days", 0.6), ("replies", 0.4))})
    assert [(w.nominal, w.lowest, w.highest) for w in found] == [(0.6, 0.6, 0.6), (0.4, 0.4, 0.4)]
    assert [w.is_changed for w in found] == [False, False]
    assert dropped_share(found) is None


def test_indicator_that_counts_for_nobody_is_dropped(weights):
    found = weights({(i, "days"): 0.6 for i in IDS})
    assert [(w.lowest, w.highest) for w in found] == [(1.0, 1.0), (0.0, 0.0)]
    assert [w.is_dropped for w in found] == [False, True]
    assert dropped_share(found) == 0.4


def test_range_tells_that_weights_differ_between_institutions(weights):
    whole = {(i, n): w for i in IDS for n, w in (("days", 0.6), ("replies", 0.4))}
    found = weights(whole | {("badan-gema", "replies"): 0.0})
    assert [(w.lowest, w.highest) for w in found] == [(0.6, 1.0), (0.0, 0.4)]
    assert [w.is_changed for w in found] == [True, True]
    assert dropped_share(found) is None


def test_award_without_ranking_has_no_effective_weights(results, rules):
    award = results.awards["active", "twins"]
    found = weights_of(award, results, Language("en", rules))
    assert [(w.lowest, w.highest, w.is_changed) for w in found] == [(None, None, False)] * 2
    assert dropped_share(found) is None
