"""Counts and moments: what is printed in any known way is read back, or refused; never changed."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import given

from tolok.sources.moment import (
    AmbiguousDate,
    DateVote,
    NotAMoment,
    epoch_of,
    moment_of,
    moments_of,
)
from tolok.sources.number import AmbiguousNumber, NotACount, NumberVote, count_of, counts_of

COUNTS = st.integers(-(10**18) + 1, 10**18 - 1)
GROUPS = {".": [",", " ", "\u00a0", "\u202f", "'"], ",": [".", " ", "\u00a0", "\u202f", "'"]}
DECIMALS = st.sampled_from([".", ","])
NUMBER_LIKE = st.text(st.sampled_from("0123456789.,' -+%KMrbjt\u00a0²٣"), max_size=24)
DATE_LIKE = st.text(st.sampled_from("0123456789/-.:, TZ+apmJanMei\u202f٣"), max_size=28)
DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TIMES = st.datetimes(datetime.fromisoformat("1990-01-02"), datetime.fromisoformat("2100-12-30"))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INDONESIAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
PRINTED = {
    "day": ["{0.day:02}/{0.month:02}/{0.year}", "{0.day}-{0.month}-{0.year}"],
    "month": ["{0.month:02}/{0.day:02}/{0.year}", "{0.month}-{0.day}-{0.year}"],
}


def said(count, text):
    """What a reader gives for a text, or the name of its refusal."""
    try:
        return count(text)
    except ValueError as refused:
        return type(refused)


@given(COUNTS, DECIMALS, st.data())
def test_count_in_groups_is_read_back_or_asked_for(count, mark, data):
    group = data.draw(st.sampled_from(GROUPS[mark]))
    text = f"{count:,}".replace(",", group)
    assert count_of(text, mark) == count
    assert said(count_of, text) in {count, AmbiguousNumber}
    other = said(lambda text: count_of(text, min({".", ","} - {mark})), text)
    assert other in {count, NotACount} or said(count_of, text) is AmbiguousNumber


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30), DECIMALS)
def test_vote_of_a_file_in_one_custom_never_names_the_other(counts, mark):
    cells = [f"{count:,}".replace(",", GROUPS[mark][0]) for count in counts]
    vote = NumberVote()
    vote.see(cells)
    assert vote.decimal == (mark if max(counts) >= 10**6 else None)
    assert not vote.is_contradictory
    if vote.decimal:
        assert counts_of(cells, vote.decimal) == ([str(count) for count in counts], {})


@given(st.integers(0, 10**6), st.sampled_from([("rb", 1000), ("jt", 10**6), ("K", 1000)]), DECIMALS)
def test_fraction_with_a_suffix_is_exact(tenths, suffix, mark):
    name, factor = suffix
    text = f"{tenths // 10}{mark}{tenths % 10} {name}"
    assert count_of(text) == count_of(text, mark) == tenths * factor // 10


@given(NUMBER_LIKE, st.sampled_from(["en", "id", None]))
def test_count_without_a_mark_is_that_of_every_mark_that_fits(text, language):
    alone = said(lambda text: count_of(text, None, language), text)
    told = {said(lambda text, mark=mark: count_of(text, mark, language), text) for mark in ".,"}
    if isinstance(alone, int):
        assert told in ({alone}, {alone, NotACount})
    elif alone is NotACount:
        assert told == {NotACount}
    else:
        assert alone is AmbiguousNumber


@given(st.lists(st.none() | NUMBER_LIKE | COUNTS.map(str), max_size=12), DECIMALS)
def test_counts_are_whole_numbers_or_faults_and_come_alone_as_together(cells, mark):
    counts, faults = counts_of(cells, mark, "en")
    assert len(counts) == len(cells)
    for index, (cell, count) in enumerate(zip(cells, counts, strict=True)):
        assert count is None or (str(int(count)) == count and index not in faults)
        alone = counts_of([cell], mark, "en")
        assert alone == ([count], {0: faults[index]} if index in faults else {})
        assert count is None or counts_of([count], mark, "en") == ([count], {})


@given(TIMES, OFFSETS, st.booleans())
def test_moment_of_iso_8601_is_read_back(at, offset, is_aware):
    at = at.replace(tzinfo=offset) if is_aware else at
    for text in (at.isoformat(), at.isoformat(" "), at.isoformat().lower()):
        assert (moment_of(text).at, moment_of(text).is_day) == (at, False)
        assert moment_of(text).at.utcoffset() == at.utcoffset()


@given(DATES, st.sampled_from(["day", "month"]), st.data())
def test_date_in_numbers_is_read_back_or_asked_for(day, order, data):
    text = data.draw(st.sampled_from(PRINTED[order])).format(day)
    at = datetime.combine(day, datetime.min.time())
    assert moment_of(text, order).at == at
    alone = said(lambda text: moment_of(text).at, text)
    is_open = day.day <= 12 and day.day != day.month
    assert alone == (AmbiguousDate if is_open else at)


@given(st.lists(DATES, min_size=1, max_size=20), st.sampled_from(["day", "month"]))
def test_vote_of_a_file_in_one_order_never_names_the_other(days, order):
    vote = DateVote()
    vote.see([PRINTED[order][0].format(day) for day in days])
    assert vote.order == (order if any(day.day > 12 for day in days) else None)
    assert not vote.is_contradictory


@given(DATES)
def test_date_with_a_named_month_is_read_back(day):
    at = datetime.combine(day, datetime.min.time())
    name = INDONESIAN[day.month - 1]
    for text in (
        f"{day:%B} {day.day}, {day.year}", f"{day:%a, %b} {day.day}, {day.year}",
        f"{day.day}. {day:%B} {day.year}", f"{day.day} {name} {day.year}",
        f"{day.day} {name[:3]} {day.year}", f"{day:%Y%m%d}",
    ):  # fmt: skip
        assert (moment_of(text).at, moment_of(text).is_day) == (at, True)


@given(DATE_LIKE, st.sampled_from([None, "day", "month"]))
def test_moment_of_any_text_is_in_the_years_or_refused(text, order):
    alone = said(lambda text: moment_of(text, order).at.year, text)
    assert alone in {AmbiguousDate, NotAMoment} or 1990 <= alone <= 2100


@given(st.lists(st.none() | DATE_LIKE | TIMES.map(str), max_size=8))
def test_moments_are_whole_instants_or_faults(cells):
    moments, faults = moments_of(cells, "day", ZoneInfo("Asia/Jakarta"))
    assert len(moments) == len(cells)
    for index, moment in enumerate(moments):
        assert moment is None or (moment_of(moment).at.tzinfo and index not in faults)
        assert moment is None or moments_of([moment], None, None) == ([moment], {})


@given(st.datetimes(datetime.fromisoformat("2001-09-10"), datetime.fromisoformat("2100-12-31")))
def test_epoch_is_read_back(at):
    at = at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
    millis = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert epoch_of(str(millis)) == at
    assert epoch_of(str(millis // 1000)) == at.replace(microsecond=0)
