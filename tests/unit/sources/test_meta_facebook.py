"""Content exports of Facebook: captions, shares, paid posts, and columns that come and go."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.meta_facebook import ENGLISH, OPTIONS, PAGE, SAMPLES, row, table

from tolok.errors import FileFault


def brought(folder, content, **options):
    """The report of a file of that content, and the rows of its posts."""
    (folder / "export.csv").write_bytes(content)
    (report,) = bring(folder / "edition", folder / "export.csv", **OPTIONS | options)
    return report, stored(folder / "edition")


@pytest.mark.parametrize("name", SAMPLES)
def test_posts_of_every_language_come_in(tmp_path, name):
    report, rows = brought(tmp_path, SAMPLES[name])
    assert (report.format, figures(report)) == ("meta-facebook", (12, 12, 0, 0))
    first = rows[1]
    assert (first["post_id"], first["account_id"]) == ("122100000000001", f"facebook:{PAGE}")
    assert (first["reaction_count"], first["comment_count"], first["share_count"]) == (41, 16, 6)
    assert (first["engagement_count"], first["save_count_missing"]) == (63, "not_offered")
    assert first["published_at"] == datetime(2025, 10, 2, 11, 30, tzinfo=UTC)
    kinds = ["image", "video", "short_video", "link"]
    assert [found["kind"] for found in rows] == kinds * 3
    assert [found["duration_s"] for found in rows[:4]] == [None, 61.0, 61.0, None]


def test_caption_is_the_longer_of_title_and_description(tmp_path):
    _, rows = brought(tmp_path, SAMPLES["english.csv"])
    assert [found["text"] for found in rows[:2]] == ["Kabar 0", "Kabar 1 yang lebih panjang"]


def test_impressions_of_older_files_are_no_views(tmp_path):
    report, rows = brought(tmp_path, SAMPLES["older.csv"])
    assert {found["view_count_missing"] for found in rows} == {"not_collected"}
    assert report.notes == ("has impressions, as older exports do: they are no views, left out.",)


def test_views_need_no_note(tmp_path):
    report, rows = brought(tmp_path, SAMPLES["english.csv"])
    assert [found["view_count"] for found in rows] == [900 + number for number in range(12)]
    assert report.notes == ()


def test_shares_and_crossposts_have_no_counts_of_their_own_unless_they_say_something(tmp_path):
    lines = [
        row(0),
        row(1, share=1),
        row(2, share=1, title="", text=""),
        row(3, crosspost=1),
    ]
    _, rows = brought(tmp_path, table(ENGLISH, lines))
    assert [(found["origin"], found["reaction_count"]) for found in rows] == [
        ("original", 40), ("quote", 41), ("repost", None), ("repost", None),
    ]  # fmt: skip
    assert rows[3]["reaction_count_missing"] == rows[3]["view_count_missing"] == "not_offered"
    assert [found["engagement_count"] for found in rows] == [60, 63, None, None]


def test_paid_is_said_only_where_the_file_says_it(tmp_path):
    lines = [
        row(0),
        row(1, funding="Boosted"),
        row(2, funding="Not boosted"),
        row(3, funding="Something"),
        row(4, boosted=12),
        row(5, boosted=0),
    ]
    _, rows = brought(tmp_path, table(ENGLISH, lines))
    assert [found["is_paid"] for found in rows] == [None, True, False, None, True, None]


def test_handle_of_the_page_comes_from_its_own_posts(tmp_path):
    other = "https://www.facebook.com/HalamanLain/posts/1"
    lines = [row(0, link=other, share=1), row(1), row(2)]
    brought(tmp_path, table(ENGLISH, lines))
    aliases = stored(tmp_path / "edition", "aliases")
    assert [(found["account_id"], found["alias"]) for found in aliases] == [
        (f"facebook:{PAGE}", "facebook:@contohresmi")
    ]


def test_id_that_a_spreadsheet_cut_is_told_by_the_permalink_unless_that_changes(tmp_path):
    link = "https://www.facebook.com/ContohResmi/posts/122100000000077"
    lines = [row(0, id="1.221E+14", link=link), row(1, id="1.221E+14")]
    report, rows = brought(tmp_path, table(ENGLISH, lines))
    assert [found["post_id"] for found in rows] == ["122100000000077"]
    (reject,) = report.rejects
    assert reject.column == "post_id"
    assert "has lost digits" in reject.reason


def test_page_number_that_a_spreadsheet_cut_is_told_by_the_permalink(tmp_path):
    _, rows = brought(tmp_path, table(ENGLISH, [row(0, page="1.00064E+14"), row(1)]))
    assert [found["account_id"] for found in rows] == [
        "facebook:@contohresmi", f"facebook:{PAGE}",
    ]  # fmt: skip


def test_rows_of_single_days_are_left_out(tmp_path):
    lines = [row(0), row(1, when="10/02/2025"), row(2, when="2025-10-02")]
    report, rows = brought(tmp_path, table(ENGLISH, lines))
    assert len(rows) == 1
    assert report.notes == ("2 rows of single days, which are no totals of a post, left out.",)


def test_export_of_single_days_alone_says_what_to_export(tmp_path):
    lines = [row(number, when="10/02/2025") for number in range(3)]
    with pytest.raises(FileFault, match="export the totals of the posts"):
        brought(tmp_path, table(ENGLISH, lines))


def test_files_of_one_page_may_have_other_columns(tmp_path):
    for number, columns in enumerate((0, 1, 2)):
        header = ENGLISH + "".join(f",Negative feedback {place}" for place in range(columns))
        (tmp_path / f"{number}.csv").write_bytes(table(header, [row(number) + "," * columns]))
    files = sorted(tmp_path.glob("*.csv"))
    reports = bring(tmp_path / "edition", *files, **OPTIONS)
    assert [figures(report) for report in reports] == [(1, 1, 0, 0)] * 3
