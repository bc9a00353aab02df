"""Weekly lines of interactions: cut at a break, and only where it concerns them."""

from datetime import date, timedelta

from tolok.model import Label
from tolok.publish.rows import WeekRow
from tolok.publish.trends import breaks_inside, response_lines
from tolok.registry.breaks import Break

MONDAY = date(2025, 1, 6)


def weeks(platform, counts):
    return [
        WeekRow("a", platform, MONDAY + timedelta(weeks=at), 2, count)
        for at, count in enumerate(counts)
    ]


def broken(day, count="reaction_count", platform="instagram"):
    return Break(platform, date.fromisoformat(day), count, (), Label("x", "x"), "https://a.b/", "A")


def test_line_shows_interactions_a_post_on_its_own_scale(rules):
    (line,) = response_lines(weeks("instagram", [20, 40, 60]), rules, ())
    assert (line.typical, line.highest, line.weeks, line.breaks) == (20.0, 30.0, 3, ())
    assert line.path == "M38 13h0L77 7L115 1"


def test_line_is_cut_in_the_week_of_a_break(rules):
    one = broken("2025-01-15")
    (line,) = response_lines(weeks("instagram", [20, 40, 60]), rules, [one])
    assert line.path == "M38 13h0M115 1h0"
    assert [(cut.at, cut.by) for cut in line.breaks] == [(7.7, one)]


def test_break_of_a_count_that_is_no_interaction_cuts_nothing(rules):
    one = broken("2025-01-15", "view_count")
    (line,) = response_lines(weeks("instagram", [20, 40, 60]), rules, [one])
    assert (line.path, line.breaks) == ("M38 13h0L77 7L115 1", ())
    assert breaks_inside(rules, [one]) == [one]


def test_unknown_interactions_and_cut_weeks_are_not_drawn(rules):
    first = WeekRow("a", "instagram", date(2024, 12, 30), 1, 1000)
    rows = [first, *weeks("instagram", [20, None, 60])]
    (line,) = response_lines(rows, rules, ())
    assert line.path == "M38 13h0M115 1h0"


def test_breaks_inside_are_of_the_edition_s_platforms_and_window(rules):
    breaks = [
        broken("2025-01-01"), broken("2025-06-30"), broken("2025-07-01"),
        broken("2025-02-01", platform="tiktok"),
    ]  # fmt: skip
    assert breaks_inside(rules, breaks) == [breaks[1]]
