"""Moments as tools print them: what is read, what decides for a file, and what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tolok.sources.moment import (
    ZONES,
    AmbiguousDate,
    DateVote,
    Moment,
    NotAMoment,
    epoch_of,
    moment_of,
    moments_of,
)

JAKARTA, BERLIN = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin")

VOTES = [
    (["31/01/2025"], "day"),
    (["01/31/2025"], "month"),
    (["31-01-2025 10:05"], "day"),
    (["1-31-2025"], "month"),
    (["31.01.2025"], "day"),
    (["05.06.2025 10.05"], "day"),  # with points the day stands first everywhere
    (["12.31.2025"], "month"),
    (["10/16/17 22:59"], "month"),
    (["03/15/2024 10:05\u202fam"], "month"),
    (["Fri, 31/01/2025"], "day"),
    ([None, "", "01/02/2025", "13/02/2025", "05/02/2025"], "day"),
    # what votes nothing
    (["01/02/2025", "12/12/2025"], None),
    (["2025-01-31", "2025/13/01", "20250131"], None),
    (["31 Jan 2025", "Jan 31, 2025"], None),
    (["16/10/17"], None),  # may begin with its year
    (["10.16.17", "10.05.30"], None),  # may be times
    (["32/01/2025", "01/32/2025", "00/31/2025", "31/00/2025", "13/13/2025"], None),
    (["31/01/2025 and more", "31/01", "31/01/202", "31/01-2025", "٣١/٠١/٢٠٢٥"], None),
    ([], None),
]


@pytest.mark.parametrize(("cells", "order"), VOTES)
def test_vote_counts_dates_that_only_one_order_makes(cells, order):
    vote = DateVote()
    vote.see(cells)
    assert (vote.order, vote.is_contradictory) == (order, False)


def test_vote_remembers_what_it_saw_before():
    vote = DateVote()
    vote.see(["01/02/2025"])
    assert vote.order is None
    vote.see(iter(["01/31/2025", None]))
    vote.see(["01/02/2025"])
    assert vote.order == "month"


def test_vote_of_both_orders_is_contradictory_and_gives_none():
    vote = DateVote()
    vote.see(["01/31/2025", "31/01/2025"])
    assert (vote.order, vote.is_contradictory) == (None, True)


DAYS = [
    ("2025-01-31", None, "2025-01-31"),
    ("2025-1-3", None, "2025-01-03"),
    ("2025/01/31", None, "2025-01-31"),
    ("2025.01.31", None, "2025-01-31"),
    ("20250131", None, "2025-01-31"),
    ("2024-02-29", None, "2024-02-29"),
    ("31/01/2025", None, "2025-01-31"),
    ("01/31/2025", None, "2025-01-31"),
    ("1-31-2025", None, "2025-01-31"),
    ("05/05/2025", None, "2025-05-05"),  # one day either way
    ("03/04/2025", "day", "2025-04-03"),
    ("03/04/2025", "month", "2025-03-04"),
    ("03.04.2025", None, "2025-04-03"),
    ("03.04.2025", "month", "2025-03-04"),
    ("12.31.2025", None, "2025-12-31"),
    ("10/16/17", "month", "2017-10-16"),
    ("16.10.17", "day", "2017-10-16"),
    ("01/02/03", "day", "2003-02-01"),
    ("Sep 14, 2026", None, "2026-09-14"),
    ("Sept. 14 2026", None, "2026-09-14"),
    ("14 Sep 2026", None, "2026-09-14"),
    ("14-Sep-2026", None, "2026-09-14"),
    ("14 SEPTEMBER 2026", None, "2026-09-14"),
    ("\ufeff14\u00a0September\u202f2026 ", None, "2026-09-14"),
    ("September 14th, 2026", None, "2026-09-14"),
    ("1st May 2026", None, "2026-05-01"),
    ("14 September, 2026", None, "2026-09-14"),
    ("Tue, Jul 14, 2026", None, "2026-07-14"),
    ("Tuesday Jul 14, 2026", None, "2026-07-14"),
    ("Selasa, 14 Juli 2026", None, "2026-07-14"),
    ("Sel, 14/07/2026", None, "2026-07-14"),
    ("Jum'at, 17 Juli 2026", None, "2026-07-17"),
    ("Minggu 19 Jul 2026", None, "2026-07-19"),
    ("April 30, 2025", None, "2025-04-30"),
    ("Apr 3 2025", None, "2025-04-03"),
    ("30. April 2025", None, "2025-04-30"),
    ("1 Jan 1990", None, "1990-01-01"),
    ("31 Dec 2100", None, "2100-12-31"),
]


@pytest.mark.parametrize(("text", "order", "day"), DAYS)
def test_day_without_a_time_is_its_naive_midnight(text, order, day):
    assert moment_of(text, order) == Moment(datetime.fromisoformat(day), is_day=True)


MONTHS = [
    "Januari January Jan", "Februari February Feb Pebruari", "Maret March Mar", "April Apr",
    "Mei May",
    "Juni June Jun", "Juli July Jul", "Agustus August Agu Ags Agt Aug", "September Sep Sept",
    "Oktober October Okt Oct", "November Nov Nopember", "Desember December Des Dec",
]  # fmt: skip


@pytest.mark.parametrize(("number", "names"), list(enumerate(MONTHS, start=1)))
def test_months_are_known_in_indonesian_and_english(number, names):
    for name in names.split():
        for text in (f"14 {name} 2026", f"{name} 14, 2026", f"14 {name.upper()}. 2026"):
            assert moment_of(text).at.isoformat() == f"2026-{number:02}-14T00:00:00"


WEEKDAYS = [
    "Monday Mon Senin Sen", "Tuesday Tue Tues Selasa Sel", "Wednesday Wed Rabu Rab",
    "Thursday Thu Thurs Kamis Kam", "Friday Fri Jumat Jum'at Jum", "Saturday Sat Sabtu Sab",
    "Sunday Sun Minggu Min Ahad",
]  # fmt: skip


@pytest.mark.parametrize(("number", "names"), list(enumerate(WEEKDAYS)))
def test_weekday_must_be_that_of_the_date(number, names):
    for name in names.split():
        found = moment_of(f"{name}, {13 + number} Juli 2026")
        assert found.at.date() == date(2026, 7, 13 + number)
        with pytest.raises(NotAMoment):
            moment_of(f"{name}, {14 + number} Juli 2026")


NAIVE = [
    ("2025-01-31T10:05", "2025-01-31T10:05:00"),
    ("2025-01-31 10:05:30", "2025-01-31T10:05:30"),
    ("2025-01-31T10:05:30.5", "2025-01-31T10:05:30.500000"),
    ("2025-01-31T10:05:30,123", "2025-01-31T10:05:30.123000"),
    ("2025-01-31T10:05:30.123456789", "2025-01-31T10:05:30.123456"),
    ("2025-1-3 9:05", "2025-01-03T09:05:00"),
    ("20250131 10:05", "2025-01-31T10:05:00"),
    ("01/31/2025 10:05", "2025-01-31T10:05:00"),
    ("01/31/2025, 10:05", "2025-01-31T10:05:00"),
    ("31.01.2025 10.05.30", "2025-01-31T10:05:30"),
    ("03/15/2024 10:05 am", "2024-03-15T10:05:00"),
    ("03/15/2024 10:05\u202fPM", "2024-03-15T22:05:00"),
    ("03/15/2024 12:05 AM", "2024-03-15T00:05:00"),
    ("03/15/2024 12:05p.m.", "2024-03-15T12:05:00"),
    ("14 September 2026 10.05", "2026-09-14T10:05:00"),
    ("14 September 2026 pukul 10.05", "2026-09-14T10:05:00"),
    ("14 September 2026, pkl. 10.05", "2026-09-14T10:05:00"),
    ("14 Sep 2026 jam 10.05", "2026-09-14T10:05:00"),
    ("Sep 14, 2026 at 10:05 AM", "2026-09-14T10:05:00"),
    ("Selasa, 14 Juli 2026 pukul 10.05", "2026-07-14T10:05:00"),
    ("Tue Jul 14 10:05:30 2026", "2026-07-14T10:05:30"),
    ("2025-01-31 00:00", "2025-01-31T00:00:00"),
    ("2025-01-31T00:00:00", "2025-01-31T00:00:00"),
]


@pytest.mark.parametrize(("text", "moment"), NAIVE)
def test_time_without_a_zone_stays_naive(text, moment):
    assert moment_of(text) == Moment(datetime.fromisoformat(moment), is_day=False)


def test_year_of_two_digits_is_of_this_century_where_the_order_is_known():
    assert moment_of("10/16/17 22:59", "month").at.isoformat() == "2017-10-16T22:59:00"
    assert moment_of("10/11/99", "day").at.isoformat() == "2099-11-10T00:00:00"


AWARE = [
    ("2025-01-31T10:05:30Z", 0, 10),
    ("2025-01-31T10:05:30z", 0, 10),
    ("2025-01-31 10:05:30+00:00", 0, 10),
    ("2025-01-31T10:05:30+0000", 0, 10),
    ("2025-01-31T10:05:30-0000", 0, 10),
    ("2025-01-31T10:05:30.000+07:00", 7, 10),
    ("2025-01-31 10:05:30 +0700", 7, 10),
    ("2025-01-31T10:05:30+07", 7, 10),
    ("2025-01-31T10:05:30-05:30", -5.5, 10),
    ("2025-01-31 10:05:30 UTC+7", 7, 10),
    ("2025-01-31 10:05:30 GMT+07:00", 7, 10),
    ("2025-01-31 10:05:30 +14:00", 14, 10),
    ("2025-01-31 10:05:30 EST", -5, 10),
    ("01/31/2025 10:05:30 WIB", 7, 10),
    ("01/31/2025 10:05:30 pm WIB", 7, 22),
    ("31 Januari 2025 10.05.30 WITA", 8, 10),
    ("Fri Jan 31 10:05:30 +0000 2025", 0, 10),
    ("Fri Jan 31 10:05:30 WIB 2025", 7, 10),
]


@pytest.mark.parametrize(("text", "east", "hour"), AWARE)
def test_time_with_a_zone_keeps_it(text, east, hour):
    found = moment_of(text)
    assert found.at == datetime(2025, 1, 31, hour, 5, 30, tzinfo=timezone(timedelta(hours=east)))
    assert found.at.utcoffset() == timedelta(hours=east)
    assert not found.is_day


def test_zone_names_are_indonesian_american_and_european():
    offsets = {
        "WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "CEST": 2,
        "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    }  # fmt: skip
    assert {name.upper() for name in ZONES} == set(offsets)
    for name, east in offsets.items():
        at = moment_of(f"2021-07-06 16:45:20 {name}").at
        assert at.utcoffset() == timedelta(hours=east)
        assert at.replace(tzinfo=None).isoformat() == "2021-07-06T16:45:20"


NO_MOMENTS = [
    "", "-", "N/A", "soon", "2025", "01/2025", "Januari 2025", "Mei", "10:05", "10.05",
    "1735689600",
    "45688.42", "2025013", "202501311", "2025-W05-5", "2025-031", "2025-01-31T10",
    "2025-01-31 10 am",
    "2025-01-31Z", "2025-01-31T", "2025-01-31 10:5", "Jan 1, 2021 - Dec 31, 2024", "Ju 3, 2025",
    "Aprilis 3, 2025", "3 jam lalu", "3d ago", "Xyz, 14 Juli 2026", "٣١/٠١/٢٠٢٥", "31-01/2025",
    "2025-01-31 10:05 x y", "2025-01-31" + " " * 9 + "x" * 99, "1" * 5000, "3/4/5/2025",
    # no such day
    "2025-02-29", "2025-13-01", "2025-00-10", "20251301", "30 Feb 2025", "31/02/2025", "13/13/2025",
    "00/00/2025", "0000-01-01", "0 Jan 2025",
    # no such time
    "2025-01-31 24:00", "2025-01-31T24:00:00", "2025-01-31 10:60", "2025-01-31T10:05:60",
    "2025-01-31 13:05 pm", "2025-01-31 0:05 am", "2025-01-31T25:00:00Z",
    # no such offset
    "2025-01-31T10:05:00+15:00", "2025-01-31T10:05:00+07:60", "2025-01-31 10:05 UTC+99",
    # no such year
    "1989-12-31", "2101-01-01", "1989-12-31T10:05:00Z", "0001-01-01T10:05:00", "14 Juli 1945",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_MOMENTS)
@pytest.mark.parametrize("order", [None, "day", "month"])
def test_moment_is_refused_where_a_text_is_none(text, order):
    with pytest.raises(NotAMoment):
        moment_of(text, order)


AMBIGUOUS = ["03/04/2025", "3-4-2025 10:05", "10/16/17 22:59", "16.10.17", "25/01/31", "05/05/05"]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_date_that_may_be_two_days_is_refused(text):
    with pytest.raises(AmbiguousDate):
        moment_of(text)


ADVICE = "Pass `--date-order day` or `--date-order month`."
LISTED = (
    "expected WIB, WITA, WIT, SGT, UTC, GMT, Z, CET, CEST, EST, EDT, CST, CDT, MST, MDT, PST, PDT, "
    "or an offset such as +07:00"
)
FAULTS = [
    (
        "03/04/2025",
        None,
        f"'03/04/2025' may be 2025-04-03 or 2025-03-04, and nothing in the file decides. {ADVICE}",
    ),
    (
        "10/16/17",
        None,
        f"'10/16/17' has a year of two digits and may be more than one day. {ADVICE}",
    ),
    ("14 April", None, "'14 April' has no year: write it, such as 14 April 2026"),
    ("Mei 14 10.05", None, "'Mei 14 10.05' has no year: write it, such as 14 April 2026"),
    ("14/04", None, "'14/04' has no year: write it, such as 14 April 2026"),
    (
        "31/01/2025",
        "month",
        "'31/01/2025' is no moment: there is no such day with the month first",
    ),
    ("31/02/2025", "day", "'31/02/2025' is no moment: there is no such day"),
    ("30 Feb 2025", None, "'30 Feb 2025' is no moment: there is no such day"),
    ("2025-01-31 24:00", None, "'2025-01-31 24:00' is no moment: there is no such time of day"),
    (
        "2025-01-31 10:05-15:00",
        None,
        "'2025-01-31 10:05-15:00' is no moment: there is no offset -15:00",
    ),
    ("1985-01-01", None, "'1985-01-01' is no moment, expected a year from 1990 to 2100"),
    ("Wed, Jul 14, 2026", None, "'Wed, Jul 14, 2026' is no moment: 2026-07-14 is a Tuesday"),
    (
        "12/31/2025 23:59:59 IST",
        None,
        f"'12/31/2025 23:59:59 IST' names the time zone IST, which is not known: {LISTED}",
    ),
    ("soon", None, "'soon' is no moment, expected one such as 2025-01-31T10:05:00+07:00"),
    (
        "x" * 80,
        None,
        f"'{'x' * 60}...' is no moment, expected one such as 2025-01-31T10:05:00+07:00",
    ),
]


@pytest.mark.parametrize(("text", "order", "fault"), FAULTS)
def test_moment_faults_say_what_was_expected_or_what_to_pass(text, order, fault):
    with pytest.raises((AmbiguousDate, NotAMoment)) as refused:
        moment_of(text, order)
    assert str(refused.value) == fault


EPOCHS = [
    ("1735689600", "2025-01-01T00:00:00"),
    (" 1735689600 ", "2025-01-01T00:00:00"),
    ("1735689600.0", "2025-01-01T00:00:00"),
    ("1735689600.1234567", "2025-01-01T00:00:00.123456"),
    ("1735689600123", "2025-01-01T00:00:00.123000"),
    ("1735689600123.4", "2025-01-01T00:00:00.123400"),
    ("4133980799", "2100-12-31T23:59:59"),
]


@pytest.mark.parametrize(("text", "moment"), EPOCHS)
def test_epoch_is_of_seconds_or_milliseconds_in_utc(text, moment):
    assert epoch_of(text) == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert epoch_of(text).utcoffset() == timedelta(0)


NO_EPOCHS = [
    "", "0", "173568960", "17356896000", "173568960000", "17356896001234", "-1735689600",
    "1.7356896E9", "1735689600.", "١٧٣٥٦٨٩٦٠٠", "4133980800", "9999999999999", "2025-01-01",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_EPOCHS)
def test_epoch_of_any_other_text_is_refused(text):
    with pytest.raises(NotAMoment) as refused:
        epoch_of(text)
    assert str(refused.value) == (
        f"{text!r} is no moment, expected Unix seconds (10 digits) or milliseconds (13)"
    )


def test_moments_stand_in_order_with_their_faults_by_index():
    cells = [
        "01/31/2025 10:05",
        None,
        "-",
        "2025-01-31T10:05:30.5Z",
        "soon",
        "Jan 31, 2025",
        "soon",
    ]
    moments, faults = moments_of(cells, "month", JAKARTA)
    assert moments == [
        "2025-01-31T10:05:00+07:00", None, None, "2025-01-31T10:05:30.500000+00:00", None,
        "2025-01-31T00:00:00+07:00", None,
    ]  # fmt: skip
    fault = "'soon' is no moment, expected one such as 2025-01-31T10:05:00+07:00"
    assert faults == {4: fault, 6: fault}


def test_moments_without_a_zone_need_one():
    cells = ["2025-01-31 10:05", "2025-01-31", "2025-01-31 10:05 WIB"]
    moments, faults = moments_of(cells, None, None)
    assert moments == [None, None, "2025-01-31T10:05:00+07:00"]
    advice = "does not say its time zone. Pass it, such as `--timezone Asia/Jakarta`."
    assert faults == {0: f"'2025-01-31 10:05' {advice}", 1: f"'2025-01-31' {advice}"}


def test_moments_depend_on_order_and_zone_and_not_on_earlier_ones():
    cells = ["03/04/2025 10:05"]
    assert moments_of(cells, "day", JAKARTA) == (["2025-04-03T10:05:00+07:00"], {})
    assert moments_of(cells, "month", JAKARTA) == (["2025-03-04T10:05:00+07:00"], {})
    assert moments_of(cells, "day", BERLIN) == (["2025-04-03T10:05:00+02:00"], {})
    assert moments_of(cells, None, BERLIN)[0] == [None]


def test_hour_that_the_clocks_leave_out_moves_on_and_one_that_comes_twice_is_the_first():
    cells = ["2025-03-30 01:59", "2025-03-30 02:30", "2025-10-26 02:30", "2025-10-26 03:00"]
    assert moments_of(cells, None, BERLIN) == (
        [
            "2025-03-30T01:59:00+01:00", "2025-03-30T03:30:00+02:00",
            "2025-10-26T02:30:00+02:00", "2025-10-26T03:00:00+01:00",
        ],
        {},
    )  # fmt: skip
