"""The panel: weekly tables laid into arrays, by account and week."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from tests.post_cases import an_edition

from tolok.methodology.edition import Attribution
from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules
from tolok.model import KINDS, Account, Institution, Label, Registry, Window
from tolok.pipeline.panel import WeeklyTables, build_panel, confirmed_institutions

WINDOW = Window(date(2025, 1, 1), date(2025, 1, 15), "Asia/Jakarta")
WEEKS = [date(2024, 12, 30), date(2025, 1, 6), date(2025, 1, 13)]
RULES = Rules(
    an_edition(window=WINDOW, attribution=Attribution(min_grade="B")),
    columns={},
    metrics={},
    categories=(),
)
REGISTRY = Registry(
    institutions=(
        Institution("z", "Zeta", "Z", "south"),
        Institution("a", "Alpha", "A", "north"),
        Institution("m", "Mu", "M", "south"),
    ),
    accounts=(
        Account("instagram:@a", "a", "instagram", "a", grade="A"),
        Account("x:@a", "a", "x", "a", grade="C"),
        Account("instagram:@z", "z", "instagram", "z", grade="B"),
        Account("instagram:@m", "m", "instagram", "m", grade="A", counts=False),
    ),
)


def a_metric(name, grain="account"):
    return Metric(name, Label("", ""), "", "", "posts", grain, True, "", Label("", ""))


def weekly(columns, rows):
    """A table whose first columns are texts and a week, and the others numbers."""
    names = columns.split()
    types = {"week_on": pa.date32(), "value": pa.float64()}
    texts = ("institution_id", "account_id", "platform", "kind")
    return pa.table(
        {
            name: pa.array(
                [row[at] for row in rows],
                pa.string() if name in texts else types.get(name, pa.int64()),
            )
            for at, name in enumerate(names)
        }
    )


def kinds(rows=()):
    return weekly("institution_id account_id platform week_on kind post_count", rows)


def bins(rows=()):
    names = "institution_id account_id platform week_on kind bin post_count log_sum"
    return weekly(names, rows)


def audience(rows=()):
    names = "account_id follower_count follower_first follower_last follower_days reading_count"
    return pa.Table.from_pylist([dict(zip(names.split(), row, strict=True)) for row in rows])


def values(rows, grain="account"):
    account = "institution_id account_id platform week_on value"
    return weekly(account if grain == "account" else "institution_id week_on value", rows)


A_INSTAGRAM = ("a", "instagram:@a", "instagram")
A_X = ("a", "x:@a", "x")
Z = ("z", "instagram:@z", "instagram")
KIND_ROWS = [
    (*Z, WEEKS[2], "video", 4),
    (*A_X, WEEKS[0], "", 1),
    (*A_INSTAGRAM, WEEKS[0], "image", 2),
    (*A_INSTAGRAM, WEEKS[1], "image", 3),
]


def panel_of(metrics=(), kind_rows=KIND_ROWS, bin_rows=(), audience_rows=()):
    tables = WeeklyTables(
        metrics=metrics,
        histograms={"interaction_count": bins(bin_rows)},
        kinds=kinds(kind_rows),
        audience=audience(audience_rows),
    )
    return build_panel(tables, REGISTRY, RULES)


def test_institutions_stand_by_id_with_or_without_posts():
    panel = panel_of()
    assert panel.institution_ids == ("a", "m", "z")
    assert panel.institution_names == ("Alpha", "Mu", "Zeta")
    assert panel.clusters == ("north", "south", "south")
    assert panel.shape == (3, 3, 3)


def test_accounts_with_posts_stand_by_institution_and_id():
    panel = panel_of()
    assert panel.account_ids == ("instagram:@a", "x:@a", "instagram:@z")
    assert panel.account_platforms == ("instagram", "x", "instagram")
    assert panel.account_institution.tolist() == [0, 0, 2]
    assert panel.platforms == ("instagram", "x", "web")


def test_account_that_changed_hands_has_a_row_an_owner():
    rows = [(*A_INSTAGRAM, WEEKS[0], "image", 1), ("z", *A_INSTAGRAM[1:], WEEKS[1], "image", 2)]
    panel = panel_of(kind_rows=rows)
    assert panel.account_ids == ("instagram:@a", "instagram:@a")
    assert panel.account_institution.tolist() == [0, 2]
    assert panel.posts_of(()).tolist() == [[1, 0, 0], [0, 2, 0]]


def test_weeks_that_the_window_cuts_have_their_days():
    assert panel_of().days_in_week.tolist() == [5, 7, 2]


def test_posts_are_counted_by_kind_and_the_unknown_kind_is_the_last():
    panel = panel_of()
    expected = np.zeros((3, 3, len(KINDS) + 1), int)
    expected[0, 0, KINDS.index("image")] = 2
    expected[0, 1, KINDS.index("image")] = 3
    expected[1, 0, -1] = 1
    expected[2, 2, KINDS.index("video")] = 4
    assert np.array_equal(panel.posts_by_kind, expected)
    assert panel.posts_of(("image", "video")).tolist() == [[2, 3, 0], [0, 0, 0], [0, 0, 4]]


def test_histogram_rows_stand_at_their_account_week_and_kind():
    rows = [(*Z, WEEKS[2], "video", 44, 3, 9_000_000), (*A_X, WEEKS[0], "", 0, 1, 0)]
    histogram = panel_of(bin_rows=rows).histograms["interaction_count"]
    assert histogram.account.tolist() == [2, 1]
    assert histogram.week.tolist() == [2, 0]
    assert histogram.kind.tolist() == [KINDS.index("video"), -1]
    assert histogram.bin.tolist() == [44, 0]
    assert histogram.post_count.tolist() == [3, 1]
    assert histogram.log_sum.tolist() == [9_000_000, 0]


def test_count_is_unknown_where_it_is_null_and_none_where_no_row_stands():
    rows = [(*A_INSTAGRAM, WEEKS[0], 7.0), (*A_INSTAGRAM, WEEKS[1], None), (*Z, WEEKS[2], 0.0)]
    counts = panel_of([(a_metric("reaction_count"), values(rows))]).account_counts
    assert list(counts) == ["reaction_count"]
    expected = [[7.0, np.nan, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    np.testing.assert_array_equal(counts["reaction_count"], expected)


def test_count_of_institutions_has_a_row_an_institution():
    rows = [("z", WEEKS[1], 2.0), ("a", WEEKS[0], 5.0)]
    metric = a_metric("active_day_count", "institution")
    panel = panel_of([(metric, values(rows, "institution"))])
    assert panel.account_counts == {}
    np.testing.assert_array_equal(
        panel.institution_counts["active_day_count"],
        [[5.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 2.0, 0.0]],
    )


def test_metric_of_which_nothing_is_known_is_absent():
    panel = panel_of([(a_metric("reply_count"), values([]))])
    assert panel.account_counts == {}


def test_account_that_only_a_metric_knows_has_a_row():
    metric = a_metric("reply_count")
    panel = panel_of([(metric, values([(*A_X, WEEKS[0], 1.0)]))], kind_rows=[])
    assert panel.account_ids == ("x:@a",)
    assert panel.posts_of(()).tolist() == [[0, 0, 0]]


def test_followers_are_the_accounts_own_and_unknown_where_none_were_read():
    rows = [("instagram:@z", 50.0, 40, 60, 300.0, 9), ("instagram:@stranger", 1.0, 1, 1, 0.0, 1)]
    panel = panel_of(audience_rows=rows)
    nan = np.nan
    np.testing.assert_array_equal(panel.follower_count, [nan, nan, 50.0])
    np.testing.assert_array_equal(panel.follower_first, [nan, nan, 40.0])
    np.testing.assert_array_equal(panel.follower_last, [nan, nan, 60.0])
    np.testing.assert_array_equal(panel.follower_days, [nan, nan, 300.0])


def test_institution_is_confirmed_by_a_counted_account_of_the_grade_asked_for():
    assert panel_of().is_confirmed.tolist() == [True, False, True]
    assert confirmed_institutions(REGISTRY, RULES) == {"a", "z"}


def test_panel_without_any_post_has_no_account():
    panel = panel_of(kind_rows=[])
    assert panel.shape == (3, 0, 3)
    assert panel.posts_by_kind.shape == (0, 3, len(KINDS) + 1)
    assert panel.histograms["interaction_count"].account.tolist() == []


@pytest.mark.parametrize(
    "row",
    [
        (*A_INSTAGRAM, date(2025, 1, 20), "image", 1),
        ("unknown", "instagram:@a", "instagram", WEEKS[0], "image", 1),
        (*A_INSTAGRAM, WEEKS[0], "painting", 1),
    ],
    ids=["week", "institution", "kind"],
)
def test_row_outside_the_axes_is_a_bug(row):
    with pytest.raises(ValueError, match="is not on the axis"):
        panel_of(kind_rows=[row])
