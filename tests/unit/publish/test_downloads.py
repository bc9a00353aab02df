"""Tables to take away: what a spreadsheet would run is a text, and a number stays a number."""

import csv

import pytest

from tolok.publish.csv_text import safe_cell


def rows_of(site, name):
    with (site / "assets" / "downloads" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+62", "'+62"), ("-x", "'-x"), ("@akun", "'@akun"), ("\tx", "'\tx"),
        ("Badan Gema", "Badan Gema"), (-1.5, -1.5), (None, ""), (True, "true"), ("", ""),
    ],
)  # fmt: skip
def test_cell_is_safe(cell, written):
    assert safe_cell(cell) == written


def test_every_award_and_the_institutions_can_be_taken_away(site):
    names = sorted(path.name for path in (site / "assets" / "downloads").iterdir())
    assert names == [
        "active-agencies.csv", "active-ministries.csv", "active-twins.csv", "benchmark.csv",
        "best-agencies.csv", "best-ministries.csv", "best-twins.csv", "institutions.csv",
    ]  # fmt: skip


def test_ranking_holds_ranked_and_unranked(site):
    rows = rows_of(site, "active-agencies.csv")
    assert [(row["rank"], row["institution"], row["score"], row["nominee"]) for row in rows] == [
        ("1", "Badan Fajar", "56.0", "true"),
        ("2", "'=HYPERLINK(1)", "52.0", "true"),
        ("3", "Badan Gema", "48.0", "true"),
        ("4", "Badan Hujan", "44.0", "false"),
    ]
    assert {row["missing_share"] for row in rows} == {"0.5"}
    twins = rows_of(site, "active-twins.csv")
    assert {(row["rank"], row["score"], row["points_days"]) for row in twins} == {("", "", "")}


def test_institutions_leave_unknown_sums_empty(site):
    rows = {row["institution_id"]: row for row in rows_of(site, "institutions.csv")}
    assert len(rows) == 12
    third = rows["kementerian-cahaya"]
    assert (third["interaction_count"], third["follower_count"]) == ("", "")
