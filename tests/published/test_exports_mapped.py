"""Real tables that no format knows: refused with what to do, and read by a corrected profile."""

import csv
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.import_cases import stored

from tolok.errors import InputError
from tolok.methodology.template import new_edition
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.mapping import propose_mapping, write_mapping

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def exports(shared_data):
    """The folder of exports."""
    return shared_data / "exports"


@pytest.fixture
def edition(tmp_path):
    """A new edition."""
    new_edition(tmp_path / "edition")
    return tmp_path / "edition"


def profile(edition, file, **changes):
    """The proposed profile of a file with a person's changes of whole words."""
    path = write_mapping(propose_mapping(file), edition)
    text = path.read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text(text.replace('time_zone = ""', 'time_zone = "America/New_York"'), "utf-8")


def rows_of(file):
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        return list(csv.DictReader(opened))


def test_agencies_of_new_york_give_the_histories_of_their_followers(edition, exports):
    file = exports / "nyc_agencies" / "NYC_Social_Media_Usage.csv"
    profile(edition, file)
    (report,) = import_files(edition, [file])
    assert report.rows_read == len(rows_of(file)) == 5899
    assert (report.rows_kept, report.rows_rejected) == (3180, 2719)
    reasons = Counter(row["column"] for row in stored(edition, "rejects"))
    # other networks than ours; no number; an agency without an address
    assert reasons == {"platform": 2119, "follower_count": 560, "account_id": 40}
    read = {
        (
            row["account_id"],
            f"{row['observed_at'].astimezone(ZoneInfo('America/New_York')):%F}",
        ): row
        for row in stored(edition, "followers")
    }
    # lines 13 and 643 of the file, read by eye
    assert read["facebook:125730490795659", "2011-08-08"]["follower_count"] == 3
    assert read["facebook:@nycgo.ca", "2011-10-04"]["follower_count"] == 353


@pytest.mark.parametrize("name", ["BarackObama.csv", "realDonaldTrump.csv"])
def test_posts_of_two_presidents_are_those_of_the_file(edition, exports, name):
    file = exports / "fivethirtyeight" / "twitter-ratio" / name
    profile(edition, file)
    read_on = datetime(2017, 10, 25, tzinfo=UTC)
    (report,) = import_files(edition, [file], ImportOptions(exported_at=read_on))
    listed = rows_of(file)
    assert report.rows_read == len(listed)
    assert report.rows_rejected == 0
    kept = stored(edition)
    assert sum(row["reaction_count"] for row in kept) == sum(
        int(row["favorites"]) for row in listed
    )
    assert sum(row["share_count"] for row in kept) == sum(int(row["retweets"]) for row in listed)
    assert {row["account_id"] for row in kept} == {f"x:@{name.removesuffix('.csv').casefold()}"}
    first, post = listed[0], next(row for row in kept if row["source_row"] == 2)
    assert post["post_id"] == first["url"].rpartition("/")[2]
    at = datetime.strptime(first["created_at"], "%m/%d/%y %H:%M")  # noqa: DTZ007 -- compared as local
    local = post["published_at"].astimezone(NEW_YORK).replace(tzinfo=None)
    assert local == at


def test_members_of_parliament_have_followers_at_the_day_in_the_files_names(edition, exports):
    files = sorted((exports / "fr_parliament" / "history").glob("*.csv"))
    profile(edition, files[0])
    reports = import_files(edition, files)
    assert len(reports) == 4
    for file, report in zip(files, reports, strict=True):
        listed = rows_of(file)
        assert report.rows_read == len(listed)
        assert report.rows_kept == len({row["twitter"].casefold() for row in listed})
        assert "as its name says" in report.notes[0]
    known = rows_of(files[0])[0]
    found = [row for row in stored(edition, "followers") if row["account_id"] == "x:@damienabad"]
    assert [
        f"{row['observed_on']}" for row in sorted(found, key=lambda row: row["observed_at"])
    ] == [file.stem.removeprefix("deputes_") for file in files]
    assert min(found, key=lambda row: row["observed_at"])["follower_count"] == int(
        known["twitter_followers"]
    )


def test_warehouse_tables_are_refused_with_what_to_do(edition, exports):
    files = sorted((exports / "fivetran_seeds").rglob("*.csv"))
    assert len(files) == 24
    for file in files:
        with pytest.raises(InputError, match="tolok map"):
            import_files(edition, [file])
