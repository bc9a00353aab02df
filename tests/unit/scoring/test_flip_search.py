"""The search for the least purchase: brackets close on it, and the cheapest recipe is found."""

from math import nan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.flip_cases import an_award

from tolok.scoring.flip_award import FIRST, Trial
from tolok.scoring.flip_recipe import Recipe
from tolok.scoring.flip_search import Goal, Search, search_all
from tolok.scoring.flip_units import Removal

BOUND = 5000
AWARD = an_award([60.0, 55.0, 50.0, 45.0])
ROW = int(AWARD.members[3])
LEASTS = st.lists(st.integers(1, 2 * BOUND), min_size=1, max_size=6)


def a_recipe(code, bound=BOUND):
    return Recipe("posts", code, bound, bound, Removal(np.arange(bound)))


class Staged:
    """A scorer of recipes whose score passes the bar at a known size, and counts what it scores."""

    def __init__(self, leasts, shape):
        self.leasts, self.shape, self.seen = leasts, shape, set()

    def score(self, purchases):
        self.seen |= {(recipe.code, size) for _, recipe, size in purchases}
        return [self.trial(self.leasts[recipe.code], size) for _, recipe, size in purchases]

    def trial(self, least, size):
        """45 points without a purchase, over 60 from the least one on."""
        if self.shape == "step":
            return Trial(45.0 if size < least else 60.5, 50.0, 10.0)
        return Trial(45.0 + 15.0 * (size + 0.5) / least, 50.0, 10.0)


@given(LEASTS, st.sampled_from(["step", "line"]))
def test_cheapest_recipe_is_found_and_the_first_of_equals(leasts, shape):
    codes = {f"{at}": least for at, least in enumerate(leasts)}
    scorer = Staged(codes, shape)
    searches = [Search(AWARD, ROW, FIRST, a_recipe(code)) for code in codes]
    best = search_all(scorer, searches)
    least = min(leasts)
    if least > BOUND:
        assert best == {}
        return
    (found,) = best.values()
    assert list(best) == [Goal(AWARD.cluster, ROW, FIRST, "posts")]
    assert (found.recipe.code, found.low, found.high) == (
        str(leasts.index(least)),
        least - 1,
        least,
    )
    assert {(found.recipe.code, least - 1), (found.recipe.code, least)} <= scorer.seen


def test_recipe_that_is_dearer_is_looked_at_once_more_and_no_oftener():
    scorer = Staged({"cheap": 400, "dear": 3000}, "line")
    searches = [Search(AWARD, ROW, FIRST, a_recipe(code)) for code in ("cheap", "dear")]
    (found,) = search_all(scorer, searches).values()
    assert (found.recipe.code, found.high) == ("cheap", 400)
    assert {size for code, size in scorer.seen if code == "dear"} == {0, BOUND // 16, 399, BOUND}


def test_goals_are_searched_side_by_side():
    scorer = Staged({"a": 17, "b": 900}, "line")
    searches = [
        Search(AWARD, row, FIRST, a_recipe(code))
        for row, code in ((ROW, "b"), (int(AWARD.members[1]), "a"))
    ]
    found = search_all(scorer, searches)
    assert [(goal.row, one.high) for goal, one in found.items()] == [
        (ROW, 900), (int(AWARD.members[1]), 17),
    ]  # fmt: skip


def test_search_closes_on_the_least_size_whatever_the_gaps_say():

    recipe = a_recipe("any")
    for least in (2, 3, 17, 900, 999):
        search = Search(AWARD, ROW, FIRST, recipe)

        def trial(size, least=least):
            return Trial(45.0 if size < least else nan if size > 1500 else 60.5, 50.0, 10.0)

        search.start({0: trial(0), 1: trial(1), 1000: trial(1000), 5000: trial(5000)})
        steps = 0
        while search.high is not None and search.high - search.low > 1:
            size = search.next_size()
            search.narrow(size, trial(size))
            steps += 1
        assert (search.low, search.high) == (least - 1, least)
        assert steps <= 40
