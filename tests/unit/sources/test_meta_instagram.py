"""Content exports of Instagram: one header in any language, and only what is certain is taken."""

from datetime import UTC, datetime

import pytest
from tests.import_cases import bring, figures, stored
from tests.samples.meta_instagram import (
    ENGLISH,
    GREEK,
    INDONESIAN,
    OPTIONS,
    OTHER,
    OWNER,
    SAMPLES,
    counts_of,
    row,
    table,
)

from tolok.errors import FileFault, UnknownFormat

POSTS = [name for name in SAMPLES if name != "story.csv"]
COUNTS = {
    "view_count": "views", "reaction_count": "likes", "comment_count": "comments",
    "share_count": "shares", "save_count": "saves",
}  # fmt: skip
OLD = "views reach likes shares follows comments saves".split()


def brought(folder, content, **options):
    """The report of a file of that content, and the rows of its posts."""
    (folder / "export.csv").write_bytes(content)
    (report,) = bring(folder / "edition", folder / "export.csv", **OPTIONS | options)
    return report, stored(folder / "edition")


def refused(folder, content, fault=FileFault, **options):
    """What a refusal says."""
    with pytest.raises(fault) as found:
        brought(folder, content, **options)
    return str(found.value)


@pytest.mark.parametrize("name", POSTS)
def test_posts_of_every_language_have_the_same_counts(tmp_path, name):
    report, rows = brought(tmp_path, SAMPLES[name])
    assert (report.format, figures(report)) == ("meta-instagram", (12, 12, 0, 0))
    expected = [
        {column: counts_of(number)[word] for column, word in COUNTS.items()} for number in range(12)
    ]
    assert [{column: found[column] for column in COUNTS} for found in rows] == expected
    first, second = rows[0], rows[1]
    assert first["text"] == 'Halo, "dunia"\nbaris dua 🎉'
    assert first["published_at"] == datetime(2025, 10, 1, 11, 30, tzinfo=UTC)
    assert (first["post_id"], first["kind"], first["duration_s"]) == (
        "Ab_-0000000", "short_video", 61.0,
    )  # fmt: skip
    assert second["duration_s"] is None
    assert second["kind"] == (None if name == "greek.csv" else "image")


@pytest.mark.parametrize("name", POSTS)
def test_row_of_another_account_is_a_joint_post_of_that_account(tmp_path, name):
    _, rows = brought(tmp_path, SAMPLES[name])
    joint = [found for found in rows if found["co_account_ids"]]
    assert [(f["post_id"], f["account_id"], f["co_account_ids"]) for f in joint] == [
        ("Ab_-0000007", f"instagram:{OTHER}", [f"instagram:{OWNER}"])
    ]


def test_second_account_with_reach_of_its_own_is_no_partner(tmp_path):
    lines = [row(number) for number in range(6)]
    lines.append(row(8).replace(OWNER, OTHER))
    _, rows = brought(tmp_path, table(INDONESIAN, lines))
    assert [found["co_account_ids"] for found in rows] == [None] * 7


def test_handle_and_number_of_an_account_meet_once(tmp_path):
    brought(tmp_path, SAMPLES["indonesian.csv"])
    aliases = stored(tmp_path / "edition", "aliases")
    assert [(found["account_id"], found["alias"]) for found in aliases] == [
        (f"instagram:{OWNER}", "instagram:@contoh.resmi"),
        (f"instagram:{OTHER}", "instagram:@mitra_kita"),
    ]


def test_story_has_no_comments_and_a_shortcode_of_its_number(tmp_path):
    _, rows = brought(tmp_path, SAMPLES["story.csv"])
    first = rows[0]
    assert (len(rows), first["kind"], first["post_id"]) == (10, "story", "CGZ-HKbHHM9")
    assert (first["view_count"], first["reaction_count"], first["share_count"]) == (1000, 60, 5)
    assert first["comment_count_missing"] == first["save_count_missing"] == "not_offered"


def test_remark_on_the_data_is_no_count(tmp_path):
    lines = [row(number).replace(",,Sepanjang", ",12,Sepanjang") for number in range(3)]
    _, rows = brought(tmp_path, table(INDONESIAN, lines))
    assert [found["comment_count"] for found in rows] == [20, 21, 22]


def test_rows_of_single_days_are_left_out(tmp_path):
    lines = [row(0), row(1, when="10/02/2025"), row(2)]
    report, rows = brought(tmp_path, table(INDONESIAN, lines))
    assert [found["post_id"] for found in rows] == ["Ab_-0000000", "Ab_-0000002"]
    assert report.notes == ("1 row of single days, which are no totals of a post, left out.",)


def test_export_of_single_days_alone_says_what_to_export(tmp_path):
    lines = [row(number, when="10/02/2025") for number in range(3)]
    assert "export the totals of the posts (Lifetime)" in refused(
        tmp_path, table(INDONESIAN, lines)
    )


def test_post_without_a_permalink_stands_under_its_number(tmp_path):
    lines = [row(1).replace("https://www.instagram.com/p/Ab_-0000001/", ""), row(2)]
    _, rows = brought(tmp_path, table(INDONESIAN, lines))
    assert [found["post_id"] for found in rows] == ["18000000000000001", "Ab_-0000002"]


def test_ids_that_a_spreadsheet_cut_are_told_by_permalink_and_handle(tmp_path):
    lines = [
        row(number).replace(OWNER, "1.78414E+16").replace(f"18000000000{number:06}", "1.8E+16")
        for number in range(2)
    ]
    _, rows = brought(tmp_path, table(INDONESIAN, lines))
    assert [(found["post_id"], found["account_id"]) for found in rows] == [
        ("Ab_-0000000", "instagram:@contoh.resmi"),
        ("Ab_-0000001", "instagram:@contoh.resmi"),
    ]
    assert not stored(tmp_path / "edition", "aliases")


@pytest.mark.parametrize("other", ["2025-10-02T18:30:00", "02.10.2025 18:30"])
def test_times_that_a_spreadsheet_rewrote_are_refused(tmp_path, other):
    lines = [row(0), row(1).replace("10/02/2025 18:30", other)]
    assert "a spreadsheet may have swapped days" in refused(tmp_path, table(INDONESIAN, lines))


def test_time_without_a_zone_is_refused(tmp_path):
    assert "--timezone" in refused(tmp_path, SAMPLES["indonesian.csv"], time_zone=None)


def test_blank_count_is_missing_and_parted_thousands_are_one_number(tmp_path):
    lines = [row(0).replace(",1000,60,", ',"12,400",,'), row(1)]
    _, rows = brought(tmp_path, table(INDONESIAN, lines), decimal=".")
    found = rows[0]
    assert (found["view_count"], found["reaction_count"]) == (12400, None)
    assert found["reaction_count_missing"] == "not_collected"


def test_columns_may_be_fewer_and_in_any_order(tmp_path):
    header = "Likes,Post type,Publish time,Permalink,Account username,Account ID,Post ID"
    link = "https://www.instagram.com/p/Ab_-0000001/"
    line = f"5,IG image,10/13/2025 18:30,{link},contoh.resmi,{OWNER},18000000000000001"
    _, rows = brought(tmp_path, table(header, [line]))
    assert [found["reaction_count"] for found in rows] == [5]
    assert rows[0]["view_count_missing"] == "not_collected"


def test_unknown_language_says_which_column_was_taken_for_which(tmp_path):
    report, _ = brought(tmp_path, SAMPLES["greek.csv"])
    (note,) = report.notes
    assert "Προβολές as views, Απήχηση as reach, Μου αρέσει as likes" in note


def test_unknown_language_with_the_newer_order_is_told_by_the_rows(tmp_path):
    names = ["Reel IG", "Εικόνα IG", "Συλλογή IG"]
    lines = [row(number, names, "Διάρκεια ζωής") for number in range(12)]
    _, rows = brought(tmp_path, table(GREEK, lines))
    assert [found["comment_count"] for found in rows] == [20 + number for number in range(12)]


GREEK_ROWS = SAMPLES["greek.csv"].decode("utf-8-sig").splitlines()
BESIDE = {
    "delimiter hint": ["sep=,", *GREEK_ROWS],
    "titles": ["Laporan", "Contoh", *GREEK_ROWS],
    "cut last row": [*GREEK_ROWS, GREEK_ROWS[-1][:60]],
    "huge second row": [GREEK_ROWS[0], "1" + "," * 200_000, *GREEK_ROWS[1:]],
    "odd last row": [*GREEK_ROWS, ",".join(["=1+1"] * 18)],
}


@pytest.mark.parametrize("beside", BESIDE)
def test_unknown_language_is_read_with_odd_rows_beside(tmp_path, beside):
    content = "\n".join(BESIDE[beside]).encode()
    _, rows = brought(tmp_path, content)
    (tmp_path / "alone").mkdir()
    _, expected = brought(tmp_path / "alone", SAMPLES["greek.csv"])
    assert [(r["post_id"], r["view_count"]) for r in rows] == [
        (r["post_id"], r["view_count"]) for r in expected
    ]


UNPROVED = {
    "too few rows": [row(number, when="Πάντα", order=OLD) for number in range(9)],
    "no order holds": [
        row(number, when="Πάντα", order=OLD).replace(f",{800 + number},", ",1,")
        for number in range(12)
    ],
    "both orders hold": [
        row(number, when="Πάντα").split(",Πάντα,")[0] + ",Πάντα,9,1,1,1,1,1,1"
        for number in range(12)
    ],
}


@pytest.mark.parametrize("why", UNPROVED)
def test_unknown_language_is_refused_where_nothing_proves_the_counts(tmp_path, why):
    said = refused(tmp_path, table(GREEK, UNPROVED[why]), UnknownFormat)
    assert "nothing proves which columns hold which counts" in said
    assert "Switch Business Suite to English or Indonesian" in said
    assert "tolok map" in said


def test_unknown_language_with_other_columns_is_refused(tmp_path):
    lines = [f"{row(number, when='Πάντα', order=OLD)},1" for number in range(12)]
    said = refused(tmp_path, table(f"{GREEK},Άλλο", lines), UnknownFormat)
    assert "Switch Business Suite to English or Indonesian" in said


def test_post_export_with_words_of_stories_keeps_its_blanks(tmp_path):
    header = f"{ENGLISH},Sticker taps"
    _, rows = brought(tmp_path, table(header, [f"{row(1, when='Lifetime', order=OLD)},"]))
    assert rows[0]["comment_count"] == 21
