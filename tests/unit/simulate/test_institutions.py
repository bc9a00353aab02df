"""Invented institutions: their clusters, their names, and what becomes of them."""

import csv
from collections import Counter

import pytest

from tolok.simulate.institutions import invent_institutions
from tolok.simulate.plan import SimulationPlan

SIZES = [
    (211, [48, 60, 66, 37]),
    (12, [3, 3, 4, 2]),
    (2000, [455, 569, 625, 351]),
]


@pytest.mark.parametrize(("count", "sizes"), SIZES)
def test_clusters_have_the_shares_of_a_real_edition(count, sizes):
    rows = invent_institutions(SimulationPlan(institutions=count)).rows
    clusters = Counter(row.cluster for row in rows)
    names = ["ministries", "agencies", "local-governments", "universities"]
    assert [clusters[name] for name in names] == sizes


def test_two_thousand_institutions_have_distinct_names_and_ids():
    rows = invent_institutions(SimulationPlan(institutions=2000)).rows
    assert len({row.institution for row in rows}) == 2000
    assert len({row.institution_id for row in rows}) == 2000


def test_short_names_tell_the_institutions_of_an_edition_apart():
    rows = invent_institutions(SimulationPlan()).rows
    assert len({row.short_name for row in rows}) == 211


def test_no_invented_name_is_a_real_one(shared_data):
    path = shared_data / "registry" / "institutions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        real = {row[name].casefold() for row in csv.DictReader(file) for name in ("name", "short")}
    rows = invent_institutions(SimulationPlan(institutions=2000)).rows
    invented = {name.casefold() for row in rows for name in (row.institution, row.short_name)}
    assert len(real) > 300
    assert invented & real == set()


def test_large_edition_has_a_rename_two_splits_and_two_merges_inside_the_window():
    plan = SimulationPlan()
    institutions = invent_institutions(plan)
    changes = [change.change for change in institutions.changes]
    assert sorted(changes) == ["merge", "merge", "rename", "split", "split"]
    assert all(plan.opens_on < c.effective_on < plan.closes_on for c in institutions.changes)


def test_small_edition_has_one_change_of_each_kind():
    institutions = invent_institutions(SimulationPlan(institutions=12, posts=600))
    assert sorted(c.change for c in institutions.changes) == ["merge", "rename", "split"]


def test_institutions_begin_and_end_with_the_lineage():
    institutions = invent_institutions(SimulationPlan())
    by_id = {row.institution_id: row for row in institutions.rows}
    for row in institutions.lineage:
        assert by_id[row.predecessor_id].valid_to == row.effective_on
    standing_heirs = [
        row.successor_id
        for row in institutions.lineage
        if by_id[row.successor_id].valid_from != row.effective_on
    ]
    merged_into = next(c for c in institutions.changes if not c.heir_is_new)
    assert standing_heirs == [institutions.rows[merged_into.heir].institution_id]
    dated = [row for row in institutions.rows if row.valid_from or row.valid_to]
    assert len(dated) == 12
