"""The year before in the demo: its plan, and its registry of before every change."""

import csv
from datetime import date

from tolok.pipeline.earlier import plan_before, write_registry_before
from tolok.simulate import SimulationPlan

INSTITUTIONS = """\
institution_id,institution,short_name,cluster,kind,valid_from,valid_to,evidence
kept,Dinas Tetap,Tetap,ministries,,,,x
old,Dinas Lama,Lama,ministries,,,2025-04-20,x
new,Dinas Baru,Baru,ministries,,2025-04-20,,x
"""
ACCOUNTS = """\
account_id,institution_id,platform,valid_from,valid_to
x:@one,new,x,2025-04-20,
x:@one,old,x,,2025-04-20
x:@two,new,x,2025-04-20,
x:@three,kept,x,,
"""


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_plan_before_is_of_the_same_institutions_in_the_last_quarter_of_the_year_before():
    plan = SimulationPlan(institutions=211, posts=1_000_000, seed=7)
    before = plan_before(plan)
    assert (before.institutions, before.seed) == (211, 7)
    assert (before.opens_on, before.closes_on) == (date(2024, 10, 2), date(2025, 1, 1))
    assert (before.posts, before.comments) == (200_000, 60_000)


def test_plan_before_of_a_small_demo_keeps_enough_posts_for_places():
    assert plan_before(SimulationPlan(institutions=60, posts=30_000)).posts == 6_000
    assert plan_before(SimulationPlan(institutions=12, posts=2_000)).posts == 1_200


def test_leap_day_has_a_day_before_it_in_the_year_before():
    plan = SimulationPlan(opens_on=date(2023, 2, 28), closes_on=date(2024, 2, 29))
    assert plan_before(plan).closes_on == date(2023, 2, 28)


def test_registry_before_has_who_went_and_not_who_came(tmp_path):
    simulated, registry = tmp_path / "simulated", tmp_path / "registry"
    simulated.mkdir()
    registry.mkdir()
    (simulated / "institutions.csv").write_text(INSTITUTIONS, "utf-8")
    (simulated / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    (registry / "lineage.csv").write_text("x", "utf-8")
    write_registry_before(simulated, registry)
    found = [
        (row["institution_id"], row["valid_to"]) for row in rows(registry / "institutions.csv")
    ]
    assert found == [("kept", ""), ("old", "")]
    owners = {row["account_id"]: (row["institution_id"], row["valid_to"])
              for row in rows(registry / "accounts.csv")}  # fmt: skip
    assert owners == {"x:@one": ("old", ""), "x:@three": ("kept", "")}
    assert not (registry / "lineage.csv").exists()
