"""How sure ranks are, as the award page tells it."""

import pytest

from tolok.publish.doubt import Mover, doubt_of
from tolok.publish.language import Language
from tolok.publish.results import read_results


@pytest.fixture
def doubted(invented, rules, tmp_path):
    """The invented results with intervals."""
    invented.write_results(tmp_path, intervals=True)
    return read_results(tmp_path, rules, None)


def test_nominees_and_those_below_have_an_interval_a_source(doubted, rules):
    view = doubt_of(doubted.awards["active", "ministries"], doubted, Language("en", rules))
    assert [row.rank for row in view.rows] == [1, 2, 3, 4, 5]
    assert [row.is_nominee for row in view.rows] == [True] * 3 + [False] * 2
    # data, method, missing, all
    assert view.rows[2].intervals == ((3, 3), (2, 4), (1, 6), (1, 5))
    assert (view.rows[0].chance_first, view.rows[0].verdict) == ("9\xa0of\xa010", "robust")


def test_choices_stand_in_the_order_of_what_they_move(doubted, rules):
    view = doubt_of(doubted.awards["active", "ministries"], doubted, Language("en", rules))
    assert view.movers == (
        Mover("how scales are made alike", 0.7),
        Mover("weights of indicators", 0.2),
    )
    assert (view.changed_share, view.places_moved) == (0.25, 2.5)
    assert view.possible_count == 4


def test_each_nomination_names_what_it_rests_on_most(doubted, rules):
    view = doubt_of(doubted.awards["active", "ministries"], doubted, Language("en", rules))
    assert [(one.left_out, one.rank, one.rank_without) for one in view.withouts] == [
        ("without X", 1, 3),
        ("without X", 2, 4),
        ("without X", 3, 5),
    ]


def test_nothing_is_told_where_nothing_was_computed(results, rules):
    view = doubt_of(results.awards["active", "ministries"], results, Language("en", rules))
    assert (view.rows, view.movers, view.withouts, view.changed_share) == ((), (), (), None)
