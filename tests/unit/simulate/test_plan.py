"""A plan refuses what cannot be simulated, all of it at once."""

from datetime import date

import pytest

from tolok.errors import FaultsFound
from tolok.simulate import SimulationPlan


def test_plan_as_it_stands_is_the_size_of_a_real_edition():
    plan = SimulationPlan()
    assert (plan.institutions, plan.posts, plan.comments) == (211, 1_000_000, 300_000)
    assert plan.window.day_count == 365


def test_plan_names_every_size_that_is_out_of_range():
    with pytest.raises(FaultsFound) as caught:
        SimulationPlan(
            institutions=11,
            posts=549,
            comments=-1,
            seed=-1,
            closes_on=date(2025, 2, 1),
            time_zone="Asia/Jakartaa",
            campaign_tag="HUT RI",
        )
    assert [getattr(fault, "name", "") for fault in caught.value.exceptions] == [
        "institutions",
        "posts",
        "comments",
        "seed",
        "closes_on",
        "time_zone",
        "campaign_tag",
    ]


def test_plan_says_what_can_be_asked():
    with pytest.raises(FaultsFound) as caught:
        SimulationPlan(institutions=12, posts=599)
    assert str(caught.value).splitlines() == [
        "the simulation cannot be made as asked:",
        "  simulation, posts: 599 was asked. Expected at least 600, 50 an institution.",
    ]


def test_plan_of_the_least_sizes_is_accepted():
    plan = SimulationPlan(institutions=12, posts=600, comments=0)
    assert plan.posts == 600
