"""A later complete list of an account, in which a post is absent, proves that it was deleted."""

import random
from datetime import timedelta
from itertools import chain, permutations

import pytest
from tests.post_cases import NOON, a_reading, a_table, names_of, owners_of, resolved

from tolok.store.schema import ACCOUNT_NAMES


def an_export(day, posts, *, file, is_listing=True, **cells):
    """What a file holds that was read `day` days after NOON: posts by the day they appeared."""
    return [
        a_reading(
            post_id=f"{post:02}",
            published_at=NOON + timedelta(days=post),
            observed_at=NOON + timedelta(days=day),
            is_listing=is_listing,
            source_sha256=file * 64,
            reaction_count=100 * post + day,
            **cells,
        )
        for post in posts
    ]


def deleted(readings, **context):
    return [post["post_id"] for post in resolved(readings, **context) if post["is_deleted"]]


FIRST = an_export(30, [0, 1, 2, 3, 4], file="a", is_listing=False)


def test_post_that_a_later_complete_list_lacks_is_deleted_and_keeps_its_counts():
    posts = resolved([*FIRST, *an_export(60, [0, 2, 4], file="b")])
    assert [(post["post_id"], post["is_deleted"]) for post in posts] == [
        ("00", False), ("01", True), ("02", False), ("03", True), ("04", False),
    ]  # fmt: skip
    assert [post["reaction_count"] for post in posts] == [60, 130, 260, 330, 460]


def test_file_that_nobody_called_complete_proves_nothing():
    assert deleted([*FIRST, *an_export(60, [0, 2, 4], file="b", is_listing=False)]) == []


def test_posts_at_the_ends_of_a_list_and_beyond_are_not_missed():
    assert deleted([*FIRST, *an_export(60, [1, 3], file="b")]) == ["02"]
    assert deleted([*FIRST, *an_export(60, [2], file="b")]) == []
    same_moment = an_export(30, [3], file="a")[0] | {"post_id": "other"}
    assert deleted([*FIRST, same_moment, *an_export(60, [1, 3], file="b")]) == ["02"]


def test_list_that_is_older_than_the_reading_proves_nothing():
    assert deleted([*FIRST, *an_export(25, [0, 2, 4], file="b")]) == []
    assert deleted([*FIRST, *an_export(30, [0, 2, 4], file="b")]) == []


@pytest.mark.parametrize(("hours", "gone"), [(12, []), (13, ["01", "03"])])
def test_reading_of_half_a_day_before_may_be_of_the_same_session(hours, gone):
    listing = an_export(30, [0, 2, 4], file="b")
    later = [row | {"observed_at": row["observed_at"] + timedelta(hours=hours)} for row in listing]
    assert deleted([*FIRST, *later]) == gone


def test_post_seen_again_later_is_not_gone():
    listing = an_export(60, [0, 2, 4], file="b")
    assert deleted([*FIRST, *listing, *an_export(90, [1], file="c")]) == ["03"]
    assert deleted([*FIRST, *listing, *an_export(60, [1], file="c")]) == ["03"]
    single = an_export(90, [1], file="c", is_listing=False)
    assert deleted([*FIRST, *listing, *single]) == ["03"]


def test_post_seen_again_and_then_missed_again_is_gone():
    exports = [
        *an_export(60, [0, 2, 4], file="b"),
        *an_export(90, [0, 1, 2, 4], file="c"),
        *an_export(120, [0, 2, 4], file="d"),
    ]
    assert deleted([*FIRST, *exports]) == ["01", "03"]


def test_earlier_list_still_proves_what_a_later_and_shorter_one_does_not_cover():
    exports = [*an_export(60, [0, 2, 4], file="b"), *an_export(90, [2, 4], file="c")]
    assert deleted([*FIRST, *exports]) == ["01", "03"]


def test_order_in_which_exports_come_does_not_matter():
    exports = [
        FIRST,
        an_export(60, [0, 2, 4, 5], file="b"),
        an_export(90, [0, 1, 2, 5], file="c"),
        an_export(120, [0, 5], file="d", is_listing=False),
    ]
    found = {tuple(deleted([*chain(*order)])) for order in permutations(exports)}
    assert found == {("03", "04")}
    rows = [*chain(*exports)]
    for threads in (1, 2):
        shuffled = random.Random(threads).sample(rows, len(rows))
        assert deleted(shuffled, threads=threads) == ["03", "04"]


def test_list_of_one_account_says_nothing_of_another():
    other = an_export(60, [0, 2, 4], file="b", account_id="instagram:@b")
    assert deleted([*FIRST, *[row | {"post_id": "b" + row["post_id"]} for row in other]]) == []
    elsewhere = [row | {"platform": "x", "account_id": "x:@a"} for row in other]
    assert deleted([*FIRST, *elsewhere]) == []


def test_file_of_two_accounts_is_a_list_of_each():
    theirs = [
        row | {"post_id": "b" + row["post_id"], "account_id": "instagram:@b"} for row in FIRST
    ]
    listing = an_export(60, [0, 2, 4], file="b")
    of_b = an_export(60, [1, 3], file="b", account_id="instagram:@b")
    of_b = [row | {"post_id": "b" + row["post_id"]} for row in of_b]
    assert deleted([*FIRST, *theirs, *listing, *of_b]) == ["01", "03", "b02"]


def test_two_lists_of_one_moment_do_not_cover_the_days_between_them():
    halves = [*an_export(60, [0, 1], file="b"), *an_export(60, [3, 4], file="c")]
    assert deleted([*FIRST, *halves]) == []


def test_list_names_its_account_by_id_and_the_reading_by_handle():
    pairs = {"instagram:7": "instagram:7", "instagram:@a": "instagram:7"}
    names = a_table(
        ACCOUNT_NAMES, [{"name": name, "account_id": one} for name, one in pairs.items()]
    )
    listing = an_export(60, [0, 2, 4], file="b", account_id="instagram:7")
    owners = owners_of({"instagram:7": "a"})
    assert deleted([*FIRST, *listing], names=names, owners=owners) == ["01", "03"]
    strangers = names_of(["instagram:@a"])
    assert (
        deleted([*FIRST, *listing], names=strangers, owners=owners_of({"instagram:@a": "a"})) == []
    )


def test_posts_of_a_list_outside_the_window_widen_it():
    last_year = an_export(60, [-90], file="b")
    next_year = an_export(400, [-90, 2, 320], file="c")
    assert deleted([*FIRST, *last_year, *an_export(60, [3], file="b")]) == ["00", "01", "02"]
    assert deleted([*FIRST, *next_year]) == ["00", "01", "03", "04"]


def test_list_that_was_read_post_by_post_is_one_list():
    listing = an_export(60, [0, 2, 4], file="b")
    for minutes, row in enumerate(listing):
        row["observed_at"] += timedelta(minutes=minutes)
    assert deleted([*FIRST, *listing]) == ["01", "03"]
    during = an_export(60, [1], file="c", is_listing=False)
    assert deleted([*FIRST, *listing, *during]) == ["03"]


def test_file_with_a_rejected_row_proves_nothing():
    listing = an_export(60, [0, 2, 4], file="b")
    bad = {"file": "x", "row": 2, "column": "post_id", "reason": "is missing"}
    rejected = bad | {"source_sha256": "b" * 64}
    assert deleted([*FIRST, *listing], rejects=[rejected]) == []
    assert deleted([*FIRST, *listing], rejects=[bad | {"source_sha256": "a" * 64}]) == ["01", "03"]


@pytest.mark.parametrize(
    "cells", [{"origin": "reply"}, {"origin": "repost"}, {"kind": "story"}], ids=str
)
def test_answers_reposts_and_stories_are_in_no_list(cells):
    before = an_export(30, [1], file="a", is_listing=False, **cells)
    assert deleted([*before, *an_export(60, [0, 2], file="b")]) == []


@pytest.mark.parametrize("cells", [{"origin": "quote"}, {"kind": None}], ids=str)
def test_quotes_and_posts_of_unknown_kind_are_in_lists(cells):
    before = an_export(30, [1], file="a", is_listing=False, **cells)
    assert deleted([*before, *an_export(60, [0, 2], file="b")]) == ["01"]


def test_joint_post_that_was_read_under_two_accounts_is_not_judged_by_the_list_of_one():
    partner = an_export(30, [1], file="c", is_listing=False, account_id="instagram:@b")
    assert deleted([*FIRST, *partner, *an_export(60, [0, 2, 4], file="b")]) == ["03"]


def test_gone_post_of_which_a_reading_says_so_stays_deleted():
    tombstone = a_reading(
        70.0, post_id="01", published_at=NOON + timedelta(days=1), deleted_at=NOON
    )
    assert deleted([*FIRST, tombstone]) == ["01"]
    assert deleted([*FIRST, tombstone, *an_export(60, [0, 2, 3, 4], file="b")]) == ["01"]
