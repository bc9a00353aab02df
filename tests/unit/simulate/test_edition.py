"""A whole simulated edition: the same plan the same bytes, the canonical tables, the oddities."""

import csv
import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tolok.model import COUNTS, KINDS, MISSING_REASONS, ORIGINS
from tolok.simulate import SimulationPlan, simulate_edition

PLAN = SimulationPlan(institutions=12, posts=3000, comments=800, seed=7)
JAKARTA = ZoneInfo("Asia/Jakarta")

POST_COLUMNS = [
    "platform",
    "post_id",
    "account_id",
    "published_at",
    "observed_at",
    "kind",
    "origin",
    "text",
    "url",
    "language",
    "media_count",
    "duration_s",
    "co_account_ids",
    "alt_text_count",
    "is_paid",
    "reaction_count",
    "comment_count",
    "share_count",
    "save_count",
    "view_count",
    "deleted_at",
    "missing",
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return simulate_edition(tmp_path_factory.mktemp("edition"), PLAN)


@pytest.fixture(scope="module")
def posts(files):
    return [row for path in files.posts for row in pq.read_table(path).to_pylist()]


@pytest.fixture(scope="module")
def oddities(files):
    return rows_of(files.oddities)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hashes(folder):
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_plan_makes_the_same_bytes(tmp_path):
    simulate_edition(tmp_path / "one", PLAN)
    simulate_edition(tmp_path / "two", PLAN)
    one = hashes(tmp_path / "one")
    assert len(one) == 14
    assert one == hashes(tmp_path / "two")


def test_other_seed_makes_other_bytes_in_every_file(tmp_path):
    simulate_edition(tmp_path / "one", PLAN)
    simulate_edition(tmp_path / "two", replace(PLAN, seed=8))
    one, two = hashes(tmp_path / "one"), hashes(tmp_path / "two")
    assert [name for name in one if one[name] == two[name]] == []


def test_more_comments_leave_the_posts_as_they_are(files, tmp_path):
    more = simulate_edition(tmp_path, replace(PLAN, comments=1600))
    for path, other in zip(files.posts, more.posts, strict=True):
        assert path.read_bytes() == other.read_bytes()


def test_posts_and_comments_are_exactly_as_many_as_asked(files, posts):
    assert len(posts) == PLAN.posts == files.row_counts["posts"]
    assert pq.read_table(files.comments).num_rows == PLAN.comments == files.row_counts["comments"]


@pytest.mark.parametrize("comments", [0, 30_000])
def test_comments_are_as_many_as_asked_even_if_posts_have_fewer(tmp_path, comments):
    files = simulate_edition(tmp_path, replace(PLAN, posts=600, comments=comments))
    assert pq.read_metadata(files.comments).num_rows == comments


def test_posts_have_the_columns_of_the_canonical_table(files):
    instant = pa.timestamp("us", tz="UTC")
    for path in files.posts:
        schema = pq.read_schema(path)
        assert schema.names == POST_COLUMNS
        assert {schema.field(c).type for c in COUNTS} == {pa.int64()}
        assert schema.field("published_at").type == instant
        assert schema.field("co_account_ids").type == pa.list_(pa.string())
        assert schema.field("missing").type == pa.string()


def test_every_post_holds_known_words_only(posts):
    assert {row["kind"] for row in posts} == set(KINDS) - {"story"}
    assert {row["origin"] for row in posts} == set(ORIGINS)
    assert all(row["text"] for row in posts)


def test_count_is_null_exactly_where_missing_gives_a_reason(posts):
    for row in posts:
        missing = json.loads(row["missing"]) if row["missing"] else {}
        assert {count for count in COUNTS if row[count] is None} == set(missing)
        assert set(missing.values()) <= set(MISSING_REASONS)


def test_counts_that_a_platform_never_gives_are_not_offered(posts):
    not_offered = defaultdict(set)
    for row in posts:
        for count, reason in json.loads(row["missing"] or "{}").items():
            if reason == "not_offered":
                not_offered[row["platform"]].add((count, row["kind"] == "short_video"))
    assert not_offered["instagram"] == {
        ("share_count", False),
        ("share_count", True),
        ("save_count", False),
        ("save_count", True),
        ("view_count", False),
    }
    names = {p: {count for count, _ in pairs} for p, pairs in not_offered.items()}
    assert names["facebook"] == {"save_count", "view_count"}
    assert names["youtube"] == {"share_count", "save_count"}
    assert names["web"] == set(COUNTS)
    assert "x" not in names
    assert "tiktok" not in names


def test_posts_stand_in_the_order_of_accounts_and_instants(posts):
    runs = defaultdict(list)
    for row in posts:
        runs[row["platform"], row["account_id"]].append(row["published_at"])
    assert all(run == sorted(run) for run in runs.values())


def test_post_id_is_unique_but_for_collab_posts(posts):
    seen = Counter((row["platform"], row["post_id"]) for row in posts)
    twice = {key for key, count in seen.items() if count > 1}
    collab = {(r["platform"], r["post_id"]) for r in posts if r["co_account_ids"]}
    assert set(seen.values()) == {1, 2}
    assert twice == collab


def test_collab_post_is_one_post_under_two_accounts(posts):
    pairs = defaultdict(list)
    for row in posts:
        if row["co_account_ids"]:
            pairs[row["post_id"]].append(row)
    for one, other in pairs.values():
        assert one["co_account_ids"] == [other["account_id"]]
        assert other["co_account_ids"] == [one["account_id"]]
        ignored = ("account_id", "co_account_ids")
        assert {k: v for k, v in one.items() if k not in ignored} == {
            k: v for k, v in other.items() if k not in ignored
        }


def test_posts_stand_on_both_sides_of_both_edges_of_the_window(posts, oddities):
    edges = {row["post_id"] for row in oddities if row["kind"] == "window_edge"}
    published = sorted(
        row["published_at"].astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M")
        for row in posts
        if row["post_id"] in edges
    )
    assert published == [
        "2024-12-31 23:30",
        "2025-01-01 00:30",
        "2025-12-31 23:30",
        "2026-01-01 00:30",
    ]


def test_posts_are_read_at_fourteen_days_but_for_the_late_ones(posts, oddities):
    late = {row["post_id"] for row in oddities if row["kind"] == "read_late"}
    for row in posts:
        age = (row["observed_at"] - row["published_at"]) / timedelta(days=1)
        if row["post_id"] in late:
            assert age > 16
        else:
            assert age == pytest.approx(14, abs=0.5)


def test_late_reading_repeats_posts_later_with_counts_that_never_shrink(files, posts):
    first = {(row["post_id"], row["account_id"]): row for row in posts}
    lines = files.late_reading.read_text("utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    assert len(documents) == files.row_counts["late_reading"]
    assert len(documents) == pytest.approx(0.03 * PLAN.posts, rel=0.35)
    for later in documents:
        before = first[later["post_id"], later["account_id"]]
        assert list(later["missing"]) == [c for c in COUNTS if later[c] is None]
        published = datetime.fromisoformat(later["published_at"])
        assert published.utcoffset() == timedelta(hours=7)
        assert published == before["published_at"]
        assert datetime.fromisoformat(later["observed_at"]) > before["observed_at"]
        for count in COUNTS:
            if before[count] is not None:
                assert later[count] >= before[count]


def test_every_oddity_is_present_and_listed(oddities):
    assert {row["kind"] for row in oddities} == {
        "bought_comments",
        "boosted",
        "bought_followers",
        "bought_likes",
        "buyer",
        "collab",
        "comments_off",
        "copier",
        "crisis",
        "cross_post",
        "deleted",
        "exact_copy",
        "few_posts",
        "giveaway",
        "hidden_likes",
        "merge",
        "not_collected",
        "quote",
        "read_late",
        "rename",
        "reply",
        "repost",
        "single_platform",
        "spam",
        "spammer",
        "split",
        "stopped",
        "viral",
        "window_edge",
    }


def test_listed_oddities_can_be_seen_in_the_posts(posts, oddities):
    listed = defaultdict(set)
    for row in oddities:
        listed[row["kind"]].add((row["account_id"], row["post_id"]))
    seen = {(row["account_id"], row["post_id"]): row for row in posts}

    def holding(test):
        return {key for key, row in seen.items() if test(row)}

    assert listed["hidden_likes"] == holding(
        lambda r: '"reaction_count": "hidden"' in str(r["missing"])
    )
    assert listed["comments_off"] == holding(lambda r: '"disabled"' in str(r["missing"]))
    assert listed["deleted"] == holding(lambda r: r["deleted_at"])
    assert listed["boosted"] == holding(lambda r: r["is_paid"])
    assert listed["collab"] == holding(lambda r: r["co_account_ids"])
    for origin in ("repost", "quote", "reply"):
        assert listed[origin] == holding(lambda r, origin=origin: r["origin"] == origin)


def test_spammer_posts_more_than_thirty_nearly_equal_texts_a_day(posts, oddities):
    [spammer] = {row["account_id"] for row in oddities if row["kind"] == "spammer"}
    spam = {row["post_id"] for row in oddities if row["kind"] == "spam"}
    texts = defaultdict(list)
    for row in posts:
        if row["post_id"] in spam:
            assert row["account_id"] == spammer
            texts[row["published_at"].astimezone(JAKARTA).date()].append(row["text"])
    for day in texts.values():
        assert len(day) == len(set(day)) == 34
        assert len({text.rpartition(" ")[0] for text in day}) == 1


def test_cross_posts_share_their_text_between_two_platforms(posts, oddities):
    cross = {(r["account_id"], r["post_id"]) for r in oddities if r["kind"] == "cross_post"}
    platforms = defaultdict(set)
    for row in posts:
        if (row["account_id"], row["post_id"]) in cross:
            platforms[row["text"]].add(row["platform"])
    assert set(map(frozenset, platforms.values())) == {frozenset({"instagram", "facebook"})}


def test_account_that_stops_posts_nothing_in_the_last_months(posts, oddities):
    stopped = {row["account_id"] for row in oddities if row["kind"] == "stopped"}
    last = max(row["published_at"] for row in posts if row["account_id"] in stopped)
    assert last < datetime(2025, 9, 1, tzinfo=UTC)


def test_small_accounts_have_fewer_than_six_posts(posts, oddities):
    counts = Counter(row["account_id"] for row in posts if row["platform"] == "tiktok")
    few = {r["account_id"] for r in oddities if r["kind"] == "few_posts"}
    assert {account for account, count in counts.items() if count < 6} == few


def test_accounts_of_posts_followers_and_registry_are_the_same(files, posts):
    accounts = rows_of(files.accounts)
    registered = {(row["platform"], row["account_id"].partition(":")[2]) for row in accounts}
    assert {(row["platform"], row["account_id"]) for row in posts} == registered
    followed = {(row["platform"], row["account_id"]) for row in rows_of(files.followers)}
    assert followed == {pair for pair in registered if pair[0] != "web"}


def test_youtube_followers_have_three_digits(files):
    counts = [r["follower_count"] for r in rows_of(files.followers) if r["platform"] == "youtube"]
    assert all(set(count[3:]) <= {"0"} for count in counts)


def test_comments_answer_comments_of_the_same_post_later(files):
    comments = pq.read_table(files.comments).to_pylist()
    by_id = {row["comment_id"]: row for row in comments}
    answers = [row for row in comments if row["is_institution"]]
    assert len(by_id) == PLAN.comments
    assert {row["parent_id"] for row in comments if not row["is_institution"]} == {None}
    assert len(answers) > 50
    for answer in answers:
        question = by_id[answer["parent_id"]]
        assert question["post_id"] == answer["post_id"]
        assert question["published_at"] < answer["published_at"] < answer["observed_at"]


def test_comments_belong_to_posts_and_name_nobody(files, posts):
    known = {(row["platform"], row["post_id"]) for row in posts if row["comment_count"]}
    for row in pq.read_table(files.comments).to_pylist():
        assert (row["platform"], row["post_id"]) in known
        assert set(row["author_key"]) <= set("0123456789abcdef")
        assert len(row["author_key"]) == 16


def test_truth_has_a_row_for_each_institution(files):
    truth = rows_of(files.truth)
    assert list(truth[0]) == [
        "institution_id",
        "cluster",
        "activity",
        "engagement",
        "images",
        "videos",
        "service",
        "overall",
    ]
    institutions = [row["institution_id"] for row in rows_of(files.institutions)]
    assert [row["institution_id"] for row in truth] == institutions


def test_progress_is_told_until_all_is_done(tmp_path):
    told = []
    simulate_edition(tmp_path, PLAN, progress=lambda *step: told.append(step))
    assert {name: (done, total) for name, done, total in told} == {
        "draw": (1, 1),
        "posts": (3000, 3000),
        "followers": (1, 1),
        "comments": (800, 800),
    }


def test_campaign_is_in_some_captions_of_every_institution_and_changes_nothing_else(
    tmp_path, posts
):
    tagged = simulate_edition(tmp_path, replace(PLAN, campaign_tag="#HutRI80"))
    rows = [row for path in tagged.posts for row in pq.read_table(path).to_pylist()]
    spellings: Counter[str] = Counter()
    texts = defaultdict(set)
    for plain, row in zip(posts, rows, strict=True):
        found = [word for word in row["text"].split() if word.casefold() == "#hutri80"]
        spellings.update(found)
        assert len(found) <= 1
        without = " ".join(word for word in row["text"].split() if word not in found)
        assert without == " ".join(plain["text"].split())
        assert plain | {"text": ""} == row | {"text": ""}
        texts[plain["account_id"], plain["text"]].add(row["text"])
    assert set(spellings) == {"#HutRI80", "#hutri80", "#HUTRI80"}
    assert 0.05 < spellings.total() / len(rows) < 0.25
    assert {len(written) for written in texts.values()} == {1}
