"""What must be true of activity: spam gains little, and the clock of the machine is no matter."""

import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.import_cases import bring, ndjson, post, stored
from tests.post_cases import NOON, a_reading, an_edition, asked, owners_of, resolved

from tolok.methodology.edition import Scoring
from tolok.metrics import weekly

FEW = settings(max_examples=12, deadline=None)
CAP = 3
EDITION = an_edition(scoring=Scoring(daily_cap=CAP))
NEW_YEAR = datetime(2025, 1, 2, tzinfo=UTC)
MINUTES = st.integers(0, 60 * 24 * 360)
HOURS = st.lists(st.integers(0, 24 * 40), min_size=1, max_size=25)


def reading(number, hours, text=None, account="instagram:@a"):
    """The post of a number, so many hours after a Monday noon, with a text of its own."""
    return a_reading(
        post_id=f"p{number}",
        published_at=NOON + timedelta(hours=hours),
        text_hash=text or f"text {number}",
        account_id=account,
        reaction_count=1,
        comment_count=0,
    )


def activity(readings):
    """What Most Active is made of: posts that count by day, active days, posts by week."""
    posts = resolved(readings, EDITION)
    days = asked(weekly.days(EDITION), posts=posts).to_pylist()
    return {
        "posts": sum(row["capped_post_count"] for row in days),
        "days": {row["published_on"] for row in days},
        "weeks": {
            row["week_on"]: row["post_count"]
            for row in asked(weekly.weeks(), posts=posts).to_pylist()
        },
    }


# 19 spam


@FEW
@given(HOURS, st.integers(1, 12), st.data())
def test_copies_within_the_same_week_add_no_activity(hours, copies, data):
    readings = [reading(number, hour) for number, hour in enumerate(hours)]
    copied = data.draw(st.integers(0, len(hours) - 1))
    first = NOON + timedelta(hours=hours[copied])
    here = first.astimezone(ZoneInfo("Asia/Jakarta"))
    left = timedelta(days=7 - here.weekday()) - (here - here.replace(hour=0, minute=0))
    spam = [
        reading(
            1000 + one,
            hours[copied] + (one + 1) * (left / timedelta(hours=1)) / (copies + 2),
            f"text {copied}",
        )
        for one in range(copies)
    ]
    assert activity([*readings, *spam]) == activity(readings)


@FEW
@given(HOURS, st.integers(0, 39))
def test_hundred_posts_on_one_day_add_no_more_than_the_daily_cap(hours, day):
    readings = [reading(number, hour) for number, hour in enumerate(hours)]
    spam = [reading(1000 + one, 24 * day + one / 60) for one in range(100)]
    before, after = activity(readings), activity([*readings, *spam])
    assert 0 <= after["posts"] - before["posts"] <= CAP
    assert len(after["days"] - before["days"]) <= 1


@FEW
@given(HOURS, st.data())
def test_posts_split_over_two_accounts_are_no_more_active(hours, data):
    readings = [reading(number, hour) for number, hour in enumerate(hours)]
    # both accounts are those of institution a, on one platform
    owners = {"instagram:@a": "a", "instagram:@b": "a"}
    moved = data.draw(st.lists(st.booleans(), min_size=len(hours), max_size=len(hours)))
    split = [
        one | {"account_id": "instagram:@b"} if is_moved else one
        for one, is_moved in zip(readings, moved, strict=True)
    ]
    found = []
    for some in (readings, split):
        posts = resolved(some, EDITION, owners=owners_of(owners))
        found.append(asked(weekly.days(EDITION), posts=posts).to_pylist())
    assert found[0] == found[1]


# 26 time zone


@contextmanager
def machine_in(zone):
    """A machine whose clock runs in a time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@FEW
@given(
    st.lists(MINUTES, min_size=1, max_size=8),
    st.sampled_from(["America/New_York", "Pacific/Kiritimati", "UTC", "Asia/Jayapura"]),
)
def test_days_are_those_of_the_edition_wherever_the_machine_stands(minutes, zone):
    instants = [NEW_YEAR + timedelta(minutes=one) for one in minutes]
    rows = [
        post(
            f"P{number}",
            published_at=f"{at:%Y-%m-%dT%H:%M:%S}Z",
            observed_at="2026-01-20T00:00:00Z",
        )
        for number, at in enumerate(instants)
    ]
    with machine_in(zone), TemporaryDirectory() as folder:
        bring(Path(folder) / "edition", ndjson(Path(folder) / "posts.ndjson", rows))
        found = {row["post_id"]: row["published_on"] for row in stored(Path(folder) / "edition")}
    jakarta = ZoneInfo("Asia/Jakarta")
    assert found == {
        f"P{number}": at.astimezone(jakarta).date() for number, at in enumerate(instants)
    }
