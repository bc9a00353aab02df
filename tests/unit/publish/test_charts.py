"""Geometry of the charts: where a value lies, where a line breaks, what is drawn of an interval."""

from datetime import date, timedelta

import pytest

from tolok.model import Window
from tolok.publish.charts import Scale, dots, line, scale_of, strip
from tolok.publish.explored import points_of, scatter
from tolok.publish.findings import count_bars, counts_finding, month_ticks, platform_lines
from tolok.publish.language import Language
from tolok.publish.ranking import Lane, Ranking, ranking_of
from tolok.publish.results import read_results
from tolok.publish.rows import CoverageRow, WeekRow

WEEKS = [date(2025, 1, 6) + timedelta(weeks=week) for week in range(5)]


def test_scale_keeps_dots_whole_at_both_ends():
    scale = Scale(10.0, 20.0)
    assert (scale.at(10), scale.at(15), scale.at(20)) == (2.5, 50.0, 97.5)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, (0, 25, 50, 75, 100)),
        (31.2, 94.3, (40, 60, 80)),
        (0, 7, (0, 2, 4, 6)),
        (-1, 1, (-1, -0.5, 0, 0.5, 1)),
        (5, 5, (5,)),
    ],
)
def test_ticks_are_round_and_inside(low, high, ticks):
    assert Scale(low, high).ticks() == ticks


def test_scale_of_one_value_has_room_on_both_sides():
    assert scale_of([7.0]) == Scale(6.0, 8.0)
    assert scale_of([]) == Scale(0.0, 1.0)


def test_strip_has_quartiles_of_all_and_the_own_dot():
    drawn = strip([0.0, 1.0, 2.0, 3.0, 4.0], 3.0, Scale(0.0, 4.0))
    assert (drawn.low_value, drawn.median_value, drawn.high_value) == (1.0, 2.0, 3.0)
    assert (drawn.low_quartile, drawn.median, drawn.own) == (26.2, 50.0, 73.8)


def test_strip_of_two_has_a_median_and_no_quartiles():
    drawn = strip([1.0, 3.0], None, Scale(1.0, 3.0))
    assert (drawn.median_value, drawn.low_quartile, drawn.high_quartile) == (2.0, None, None)
    assert drawn.own is None


def test_strip_of_nothing_is_empty():
    drawn = strip([], None, scale_of([]))
    assert (drawn.dots, drawn.median) == ("", None)


def test_dots_do_not_depend_on_the_order_of_values():
    scale = Scale(0.0, 2.0)
    assert (
        dots([2.0, 0.0, 1.0], scale) == dots([0.0, 1.0, 2.0], scale) == "M25 10h0M500 6h0M975 14h0"
    )


def test_line_breaks_where_a_week_has_no_value():
    values = {WEEKS[0]: 0.0, WEEKS[1]: 10.0, WEEKS[3]: 5.0}
    assert line(WEEKS, values, 10.0) == "M0 19h0L250 1M750 10h0"


def test_line_of_nothing_is_empty():
    assert line(WEEKS, {}, 0.0) == ""


def test_platform_lines_share_a_scale_and_start_with_the_busiest():
    rows = [
        WeekRow("a", "x", WEEKS[0], 2, None),
        WeekRow("b", "x", WEEKS[0], 3, None),
        WeekRow("a", "youtube", WEEKS[0], 5, None),
        WeekRow("a", "youtube", WEEKS[1], 10, None),
    ]
    window = Window(WEEKS[0], WEEKS[0] + timedelta(weeks=2), "Asia/Jakarta")
    drawn = platform_lines(rows, window)
    assert [(entry.platform, entry.total, entry.highest) for entry in drawn] == [
        ("youtube", 15, 10),
        ("x", 5, 5),
    ]
    assert [entry.path for entry in drawn] == ["M0 10h0L1000 1", "M0 10h0"]
    assert platform_lines([], window) == []


def test_month_ticks_are_quarters(rules):
    window = Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
    ticks = month_ticks(window, Language("id", rules))
    assert [name for _, name in ticks] == ["Jan", "Apr", "Jul", "Okt"]
    assert ticks[0][0] == 0.0


def test_count_bars_add_accounts_up_and_leave_out_what_nobody_has():
    rows = [
        CoverageRow("a", "x:1", "x", "comment_count", 6, 2, 0, 0, 2, 0),
        CoverageRow("b", "x:2", "x", "comment_count", 2, 6, 0, 0, 2, 0),
        CoverageRow("b", "x:2", "x", "view_count", 0, 0, 0, 0, 0, 0),
    ]
    bars = count_bars(rows)
    assert [(bar.name, bar.total, bar.known_share, bar.only_state) for bar in bars] == [
        ("comment_count", 20, 0.4, "")
    ]


def test_count_that_is_never_offered_is_no_zero(rules):
    never = CoverageRow("a", "web:1", "web", "reaction_count", 0, 0, 0, 9, 0, 0)
    read = CoverageRow("a", "x:1", "x", "view_count", 3, 1, 0, 0, 0, 0)
    bars = count_bars([never, read])
    assert [bar.only_state for bar in bars] == ["not_offered", ""]
    indonesian = Language("id", rules)
    assert counts_finding(bars, indonesian) == "Jumlah tayangan diketahui pada 75% unggahan"
    assert counts_finding(bars[:1], indonesian) == "Tidak ada angka yang diketahui"


def test_weeks_cut_by_the_window_are_not_drawn_but_count():
    window = Window(WEEKS[0] + timedelta(days=2), WEEKS[3], "Asia/Jakarta")
    rows = [
        WeekRow("a", "x", week, posts, None) for week, posts in zip(WEEKS, (1, 8, 6), strict=False)
    ]
    rows.append(WeekRow("a", "web", WEEKS[0], 4, None))
    busiest, cut = platform_lines(rows, window)
    assert (busiest.path, busiest.total, busiest.typical) == ("M500 1h0L1000 5.5", 15, 7.0)
    assert (cut.path, cut.total) == ("M0 10h0", 4)


def test_ranking_without_intervals_stands_on_scores(results):
    ranking = ranking_of(results.awards["active", "ministries"], results)
    assert not ranking.has_intervals
    assert [lane.low for lane in ranking.lanes] == [None] * 5
    assert [lane.row.rank for lane in ranking.lanes] == [1, 2, 3, 4, 5]
    assert (ranking.lanes[0].dot, ranking.lanes[-1].dot) == (97.5, 2.5)
    assert ranking.cut == 3


def test_ranking_with_intervals_stands_on_ranks(invented, rules, tmp_path):
    invented.write_results(tmp_path, intervals=True)
    results = read_results(tmp_path, rules, None)
    ranking = ranking_of(results.awards["active", "ministries"], results)
    assert ranking.has_intervals
    assert ranking.ticks[0][1] == 1
    first = ranking.lanes[0]
    assert first.low == first.dot < (first.high or 0)


def test_ranking_of_an_unranked_cluster_is_empty(results):
    ranking = ranking_of(results.awards["active", "twins"], results)
    assert (ranking.lanes, ranking.cut) == ((), 0)


def test_map_leaves_out_who_cannot_be_placed(results):
    rows = results.institutions_of["ministries"]
    points = points_of(rows, 181)
    assert len(rows) - len(points) == 1
    assert points_of(results.institutions_of["twins"], 181)[0].posts_per_week == pytest.approx(
        7 * 300 / 181
    )


def test_map_is_the_same_each_time_and_links_to_scorecards(results, rules):
    points = points_of(results.institutions_of["agencies"], 181)
    drawn = scatter(points, Language("id", rules))
    assert drawn == scatter(points, Language("id", rules))
    assert drawn.count('<a href="../institutions/') == 4
    assert "<title>Badan Gema</title>" in drawn
    assert "site.invalid" not in drawn
    assert "Unggahan per minggu" in drawn


@pytest.mark.parametrize(
    ("lanes", "cut", "open_count"), [(12, 3, 12), (29, 3, 29), (30, 3, 20), (55, 25, 26), (0, 0, 0)]
)
def test_long_ranking_is_folded_below_the_first_twenty_and_the_nominees(lanes, cut, open_count):
    lane = Lane(None, "", "", "", 0.0, None, None)  # type: ignore[arg-type]  # none is looked at
    ranking = Ranking((lane,) * lanes, has_intervals=True, ticks=(), cut=cut)
    assert ranking.open_count == open_count
