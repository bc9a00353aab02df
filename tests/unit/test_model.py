"""The words and values that all rooms share."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tolok.model import Account, Label, Window


def a_window(opens_on, closes_on, zone="Asia/Jakarta"):
    return Window(date.fromisoformat(opens_on), date.fromisoformat(closes_on), zone)


YEAR = a_window("2025-01-01", "2026-01-01")


@pytest.mark.parametrize(
    ("zone", "opens_at", "closes_at"),
    [
        ("Asia/Jakarta", "2024-12-31T17:00", "2025-12-31T17:00"),
        ("Asia/Jayapura", "2024-12-31T15:00", "2025-12-31T15:00"),
        ("UTC", "2025-01-01T00:00", "2026-01-01T00:00"),
        ("America/New_York", "2025-01-01T05:00", "2026-01-01T05:00"),
        ("Asia/Kolkata", "2024-12-31T18:30", "2025-12-31T18:30"),
    ],
)
def test_window_opens_and_closes_at_midnight_of_its_zone(zone, opens_at, closes_at):
    window = a_window("2025-01-01", "2026-01-01", zone)
    assert window.opens_at == datetime.fromisoformat(opens_at).replace(tzinfo=UTC)
    assert window.closes_at == datetime.fromisoformat(closes_at).replace(tzinfo=UTC)
    assert window.opens_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "opens_on", "closes_on", "hours"),
    [
        ("Europe/Amsterdam", "2025-03-30", "2025-03-31", 23),
        ("Europe/Amsterdam", "2025-10-26", "2025-10-27", 25),
        ("Europe/Amsterdam", "2025-03-29", "2025-03-30", 24),
        ("Africa/Cairo", "2025-04-25", "2025-04-26", 23),  # midnight does not exist
        ("Africa/Cairo", "2025-04-24", "2025-04-25", 24),
        ("America/Havana", "2025-11-02", "2025-11-03", 25),  # midnight comes twice
        ("Asia/Jakarta", "2025-03-30", "2025-03-31", 24),
    ],
)
def test_day_of_summer_time_is_as_long_as_the_clock_has_it(zone, opens_on, closes_on, hours):
    window = a_window(opens_on, closes_on, zone)
    assert window.closes_at - window.opens_at == timedelta(hours=hours)
    assert window.day_count == 1


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "days", "weeks"),
    [
        ("2025-01-01", "2026-01-01", 365, 53),
        ("2024-01-01", "2025-01-01", 366, 53),
        ("2025-03-03", "2025-03-10", 7, 1),  # Monday to Monday
        ("2025-03-09", "2025-03-10", 1, 1),  # a Sunday
        ("2025-03-09", "2025-03-11", 2, 2),
        ("2025-03-03", "2025-03-03", 0, 0),
        ("2025-03-05", "2025-03-06", 1, 1),
    ],
)
def test_window_has_the_weeks_that_it_touches(opens_on, closes_on, days, weeks):
    window = a_window(opens_on, closes_on)
    assert window.day_count == days
    assert len(window.weeks) == weeks
    assert sum(window.days_in_week(week) for week in window.weeks) == days
    assert all(window.days_in_week(week) > 0 for week in window.weeks)


def test_weeks_are_mondays_in_order():
    assert YEAR.weeks[0] == date(2024, 12, 30)
    assert YEAR.weeks[-1] == date(2025, 12, 29)
    assert {week.weekday() for week in YEAR.weeks} == {0}
    steps = {later - week for week, later in zip(YEAR.weeks, YEAR.weeks[1:], strict=False)}
    assert steps == {timedelta(days=7)}


@pytest.mark.parametrize(
    ("week_on", "days"),
    [
        (date(2024, 12, 23), 0),
        (date(2024, 12, 30), 5),
        (date(2025, 1, 6), 7),
        (date(2025, 12, 22), 7),
        (date(2025, 12, 29), 3),
        (date(2026, 1, 5), 0),
    ],
)
def test_week_has_the_days_that_lie_inside_the_window(week_on, days):
    assert YEAR.days_in_week(week_on) == days


def test_label_is_read_by_language():
    label = Label(id="Satu", en="One")
    assert (label["id"], label["en"]) == ("Satu", "One")
    with pytest.raises(KeyError):
        label["fr"]


def test_account_has_every_name_once():
    account = Account(
        "youtube:UC1", "a", "youtube", "now", platform_id="UC1", past_handles=("then", "", "now")
    )
    assert account.names == ("youtube:UC1", "youtube:@now", "youtube:@then")
    assert Account("x:@a", "a", "x", "a").names == ("x:@a",)


@pytest.mark.parametrize(("grade", "is_official"), [("A", True), ("B", False), ("C", False)])
def test_account_is_official_on_the_best_evidence_alone(grade, is_official):
    assert Account("x:@a", "a", "x", "a", grade=grade).is_official is is_official
