"""A file that comes again with other options: read anew, and nothing of other files is lost."""

import pytest
from tests.import_cases import EDITION, EXPORTED_AT, bring, figures, ndjson, post, readings, stored

from tolok.errors import InputError
from tolok.sources.imports import import_files, replay
from tolok.sources.raw import Options
from tolok.store.layout import Layout, finished_imports


def zoneless(path, *post_ids):
    """A file of posts whose times of publishing have no zone."""
    return ndjson(path, [post(name, published_at="2025-03-01T08:00:00") for name in post_ids])


def published(edition):
    return {row["post_id"]: row["published_at"].hour for row in stored(edition)}


def test_file_that_gave_nothing_is_read_anew_with_another_option(tmp_path):
    edition, file = tmp_path / "edition", zoneless(tmp_path / "posts.ndjson", "A", "B")
    assert figures(bring(edition, file)[0]) == (2, 0, 0, 2)
    assert len(stored(edition, "rejects")) == 2
    (report,) = bring(edition, file, time_zone="Asia/Jakarta")
    assert figures(report) == (2, 2, 0, 0)
    assert finished_imports(Layout(edition)) == [report]
    assert (published(edition), stored(edition, "rejects")) == ({"A": 1, "B": 1}, [])
    assert figures(bring(edition, file, time_zone="Asia/Jakarta")[0]) == (2, 0, 2, 0)
    assert figures(bring(edition, file)[0]) == (2, 0, 2, 0)
    assert figures(replay(Layout(edition), EDITION)[0]) == (2, 2, 0, 0)


def test_option_said_later_adds_to_those_said_before(tmp_path):
    edition = tmp_path / "edition"
    row = post(observed_at=None, account_id=None)
    file = ndjson(tmp_path / "posts.ndjson", [row])
    assert figures(bring(edition, file, exported_at=EXPORTED_AT)[0]) == (1, 0, 0, 1)
    assert figures(bring(edition, file, account="@b")[0]) == (1, 1, 0, 0)
    (held,) = stored(edition)
    assert (held["account_id"], held["observed_at"]) == ("instagram:@b", EXPORTED_AT)


def test_stopped_reading_anew_is_completed_by_the_same_command(tmp_path):
    edition, file = tmp_path / "edition", zoneless(tmp_path / "posts.ndjson", "A")
    (report,) = bring(edition, file)
    Layout(edition).report(report.sha256).unlink()  # the stop came before the note was written
    assert figures(bring(edition, file, time_zone="UTC")[0]) == (1, 1, 0, 0)
    assert published(edition) == {"A": 8}


def overlapping(tmp_path):
    """Two imported files with a post in common, which only the first could give."""
    edition = tmp_path / "edition"
    first = zoneless(tmp_path / "first.ndjson", "A", "B")
    rows = [post(name, published_at="2025-03-01T08:00:00Z") for name in "BC"]
    second = ndjson(tmp_path / "second.ndjson", rows)
    bring(edition, first, time_zone="UTC")
    assert figures(bring(edition, second)[0]) == (2, 1, 1, 0)
    return edition, first


AFTER = [("A", 1), ("B", 1), ("B", 8), ("C", 8)]


def hours(edition):
    return [(row["post_id"], row["published_at"].hour) for row in readings(edition)]


def test_rows_dropped_for_a_file_that_is_read_anew_come_back(tmp_path):
    edition, first = overlapping(tmp_path)
    new = ndjson(tmp_path / "new.ndjson", [post("D", published_at="2025-03-01T08:00:00Z")])
    told = []
    options = Options(time_zone="Asia/Jakarta")
    reports = import_files(
        Layout(edition), EDITION, [first, new], options, progress=lambda *step: told.append(step)
    )
    assert [(r.file, figures(r)) for r in reports] == [
        ("first.ndjson", (2, 2, 0, 0)),
        ("new.ndjson", (1, 1, 0, 0)),
    ]
    assert ("read all again", 3, 3) in told
    assert sorted(hours(edition)) == [*AFTER, ("D", 8)]
    replay(Layout(edition), EDITION)
    assert sorted(hours(edition)) == [*AFTER, ("D", 8)]


def test_stop_before_the_new_options_are_noted_is_mended(tmp_path):
    edition, first = overlapping(tmp_path)
    notes = {path: path.read_text() for path in (edition / "landing").glob("??/*.json")}
    bring(edition, first, time_zone="Asia/Jakarta")
    for path, text in notes.items():
        path.write_text(text)
    assert figures(bring(edition, first, time_zone="Asia/Jakarta")[0]) == (2, 2, 0, 0)
    assert sorted(hours(edition)) == AFTER


def test_stop_while_the_stores_are_exchanged_is_mended(tmp_path):
    edition, first = overlapping(tmp_path)
    (edition / "store").rename(edition / "store.old")
    bring(edition, first, time_zone="Asia/Jakarta")
    assert sorted(hours(edition)) == AFTER
    assert not (edition / "store.old").exists()


def test_refused_option_leaves_what_was_read_before(tmp_path):
    edition, first = overlapping(tmp_path)
    before = stored(edition)
    with pytest.raises(InputError):
        bring(edition, first, as_format="fanpage-karma")
    assert stored(edition) == before
    assert figures(bring(edition, first)[0]) == (2, 0, 2, 0)
