"""What flags are raised on, and the posts behind them, on the engine."""

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from tests.post_cases import NOON, a_post, a_reading, a_table, an_edition, engine_of

from tolok.methodology.edition import Scoring
from tolok.methodology.flags import GIVEAWAY_WORDS, Flags
from tolok.metrics import flag_marks, flags
from tolok.metrics.comments import comment_steps
from tolok.metrics.expression import FIXED_POINT
from tolok.metrics.flag_texts import ACCOUNT, caption_steps, giveaway_pattern, giveaway_step
from tolok.metrics.tables import sql
from tolok.store.schema import BASE_TABLES, COMMENTS, FOLLOWER_DAYS, OBSERVATIONS

KEYS = pa.schema([("platform", pa.string()), ("post_id", pa.string())])
RAISED = pa.schema(
    [
        *((name, pa.string()) for name in ("flag", *ACCOUNT)),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("bound", pa.float64()),
        ("is_low", pa.bool_()),
    ]
)


def keys(*posts):
    return pa.Table.from_pylist([{"platform": "instagram", "post_id": p} for p in posts], KEYS)


def prepared(posts, *, giveaways=(), copies=(), raised=(), comments=()):
    """An engine with the tables that flags read."""
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], posts))
    engine.attach_table("giveaway_posts", keys(*giveaways))
    engine.attach_table("copied_posts", keys(*copies))
    engine.attach_table("comment_observations", a_table(COMMENTS, comments))
    account = {"institution_id": "a", "account_id": "instagram:@a", "platform": "instagram"}
    blank = {"first_on": None, "last_on": None, "bound": 0.0, "is_low": False}
    rows = [account | blank | one for one in raised]
    engine.attach_table("raised", pa.Table.from_pylist(rows, schema=RAISED))
    for step in comment_steps(an_edition())[:-1]:
        engine.keep(step.name, sql(step.expression))
    engine.keep("text_counts", sql(flag_marks.text_counts(an_edition())))
    return engine


def marked(posts, **rest):
    """(flag, post_id) of every post behind a flag, sorted."""
    engine = prepared(posts, **rest)
    engine.keep("flag_marks", sql(flag_marks.marks(an_edition())))
    rows = engine.query("SELECT flag, post_id FROM flag_marks ORDER BY ALL").to_pylist()
    return [(row["flag"], row["post_id"]) for row in rows]


def numbered(*counts, **cells):
    """Posts 1, 2, ... a day apart with these interactions."""
    return [
        a_post(
            post_id=str(place),
            interaction_count=count,
            published_on=date(2025, 3, 2) + timedelta(days=place),
            **cells,
        )
        for place, count in enumerate(counts, 1)
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "KUIS berhadiah!",
        "Ada giveaway.",
        "Tag  3 teman kamu",
        "like dan share ya",
        "hadiah\nmenarik",
    ],
)
def test_giveaway_is_told_by_its_caption(caption):
    assert giveaways_of(caption) == ["1"]


@pytest.mark.parametrize(
    "caption", ["Isi kuisioner", "tag teman", "menghadiahkan", "likely and shared", "", None]
)
def test_caption_without_a_whole_giveaway_word_is_none(caption):
    assert giveaways_of(caption) == []


def captioned(posts, *, exact=()):
    """The giveaways and the copies among posts, each (caption, cells)."""
    engine = engine_of(1)
    rows = [a_post(post_id=str(at), **cells) for at, (_, cells) in enumerate(posts, 1)]
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], rows))
    texts = [a_reading(post_id=str(at), text=text) for at, (text, _) in enumerate(posts, 1)]
    engine.attach_table("observations", a_table(OBSERVATIONS, texts * 2))
    engine.attach_table("exact_copies", keys(*exact))
    edition = an_edition(scoring=Scoring(daily_cap=2))
    for step in (giveaway_step(edition), *caption_steps(edition)):
        engine.keep(step.name, sql(step.expression))
    return [
        engine.query(f"SELECT post_id FROM {name} ORDER BY ALL")["post_id"].to_pylist()
        for name in ("giveaway_posts", "copied_posts")
    ]


def giveaways_of(caption):
    return captioned([(caption, {})])[0]


def test_edition_without_words_has_no_giveaways():
    engine = prepared([a_post()])
    engine.attach_table("observations", a_table(OBSERVATIONS, [a_reading(text="kuis")]))
    step = giveaway_step(replace(an_edition(), flags=Flags(giveaway_words=())))
    engine.keep(step.name, sql(step.expression))
    assert engine.query("SELECT * FROM giveaway_posts").num_rows == 0


def test_posts_of_a_busy_day_that_differ_in_numbers_are_copies_but_for_the_first():
    later = {"published_at": NOON + timedelta(hours=1)}
    day = [("Antrean 1", {}), ("antrean 22", later), ("Antrean lain 3", {})]
    assert captioned(day)[1] == ["2"]


def test_posts_of_an_ordinary_day_or_of_two_accounts_that_differ_in_numbers_are_none():
    assert captioned([("Antrean 1", {}), ("Antrean 2", {})])[1] == []
    other = {"account_id": "instagram:@b"}
    assert captioned([("a 1", {}), ("a 2", other), ("b", {}), ("c", {})])[1] == []


def test_exact_copies_are_copies_on_any_day():
    assert captioned([("a", {}), ("a", {})], exact=["2"])[1] == ["2"]


def test_words_of_an_edition_are_taken_as_written_and_not_as_a_pattern():
    found = re.compile(giveaway_pattern(("a.b",)).replace(r"\p{L}\p{M}\p{N}_", r"\w")).search
    assert found("x a.b!")
    assert not found("x axb!")
    assert not found("x a.bc")
    assert len(GIVEAWAY_WORDS) == len(set(GIVEAWAY_WORDS))


def test_accounts_are_counted_by_what_flags_ask():
    posts = [
        *numbered(10, 50, None),
        a_post(post_id="4", is_paid=True, interaction_count=5),
        a_post(post_id="5", is_deleted=True, interaction_count=7),
        a_post(post_id="6", is_own=False, interaction_count=900, is_paid=True),
    ]
    engine = prepared(posts, giveaways=["1", "6"], copies=["2", "4"])
    assert engine.query(sql(flags.account_counts())).to_pylist() == [
        {
            "institution_id": "a", "account_id": "instagram:@a", "platform": "instagram",
            "post_count": 5, "paid_count": 1, "deleted_count": 1, "known_count": 4,
            "known_sum": 72, "top_count": 50, "giveaway_count": 1, "copy_count": 2,
        }
    ]  # fmt: skip


def scores_of(posts):
    engine = prepared(posts)
    for step in flags.levels("interactions"):
        engine.keep(step.name, sql(step.expression))
    return engine.query(sql(flags.day_scores("interactions", an_edition()))).to_pylist()


def test_score_of_a_day_is_what_its_posts_lie_above_the_habit():
    counts = [round(np.expm1(y)) for y in np.linspace(2.0, 8.0, 30)]
    posts = [*numbered(*counts), a_post(post_id="x", interaction_count=counts[-1],
                                        published_on=date(2025, 4, 1))]  # fmt: skip
    y = np.log1p([*counts, counts[-1]])
    mad = np.median(np.abs(y - np.median(y)))
    z = np.clip((y - np.median(y)) / (1.4826 * mad), -3, 3) - 1
    rows = scores_of(posts)
    assert [row["post_count"] for row in rows] == [1] * 29 + [2]
    expected = [*z[:29], z[29] + z[30]]
    assert [row["score"] / FIXED_POINT for row in rows] == pytest.approx(expected, abs=2e-6)


def test_one_hit_adds_two_at_most():
    posts = numbered(*[10, 20, 40] * 20, 10**9)
    assert max(row["score"] for row in scores_of(posts)) == 2 * FIXED_POINT


def test_account_with_too_few_posts_or_without_spread_has_no_scores():
    assert scores_of(numbered(*range(29))) == []
    assert scores_of(numbered(*[5] * 40)) == []


def test_last_reading_of_a_week_stands_for_it():
    monday = date(2025, 3, 3)
    rows = [
        {"account_id": "x:@a", "observed_on": monday + timedelta(days=d), "followers": 100.0 + d}
        for d in (0, 3, 6, 7)
    ]
    engine = engine_of(1)
    engine.attach_table("follower_days", a_table(FOLLOWER_DAYS, rows))
    table = engine.query(sql(flags.weekly_followers(an_edition())))
    assert table["followers"].to_pylist() == [106.0, 107.0]


def test_posts_behind_a_flag_are_those_of_its_kind_and_account():
    posts = [
        a_post(post_id="1", interaction_count=1),
        a_post(post_id="2", interaction_count=2, is_paid=True),
        a_post(post_id="3", interaction_count=3, is_deleted=True),
        a_post(post_id="4", interaction_count=4, account_id="instagram:@b", is_paid=True),
    ]
    raised = [{"flag": name} for name in ("giveaway", "copies", "boosted", "deleted")]
    found = marked(posts, giveaways=["1", "4"], copies=["2"], raised=raised)
    assert found == [("boosted", "2"), ("copies", "2"), ("deleted", "3"), ("giveaway", "1")]
    assert marked(posts, giveaways=["1"], copies=["2"]) == []


def test_posts_of_a_run_are_those_of_its_days():
    run = {"flag": "burst", "first_on": date(2025, 3, 4), "last_on": date(2025, 3, 5)}
    assert marked(numbered(1, 2, 3, 4), raised=[run]) == [("burst", "2"), ("burst", "3")]


def test_largest_post_is_the_one_behind_viral():
    assert marked(numbered(1, 9, 3), raised=[{"flag": "viral", "bound": 9.0}]) == [("viral", "2")]


def test_posts_behind_a_ratio_are_those_beyond_its_bound():
    posts = [
        a_post(post_id=str(likes), reaction_count=likes, comment_count=1) for likes in (1, 9, 99)
    ]
    low = {"flag": "comments_per_like", "bound": float(np.log(2 / 5)), "is_low": True}
    assert marked(posts, raised=[low]) == [("comments_per_like", "9"), ("comments_per_like", "99")]
    high = low | {"is_low": False}
    assert marked(posts, raised=[high]) == [("comments_per_like", "1")]


def a_comment(number, text, post="1", **cells):
    return {
        "platform": "instagram", "comment_id": str(number), "post_id": post,
        "published_at": NOON, "published_on": date(2025, 3, 4), "observed_at": NOON,
        "text": text, "is_institution": False, "source_sha256": "f", "source_row": 1,
    } | cells  # fmt: skip


COMMENTED = [
    a_comment(1, "Terima kasih banyak"),
    a_comment(2, "terima KASIH  banyak", post="2"),
    a_comment(2, "terima KASIH  banyak", post="2", observed_at=NOON + timedelta(days=1)),
    a_comment(3, "Kapan dibuka kembali?"),
    a_comment(4, "Keren!"),
    a_comment(5, "Keren!"),
    a_comment(6, "Terima kasih banyak", is_institution=True),
]


def test_comments_that_repeat_a_text_are_counted_once_a_comment():
    engine = prepared(numbered(1, 1), comments=COMMENTED)
    (row,) = engine.query(sql(flag_marks.comment_counts())).to_pylist()
    assert (row["comment_count"], row["repeat_count"]) == (3, 1)


def test_posts_with_repeated_comments_are_behind_that_flag():
    found = marked(numbered(1, 1, 1), comments=COMMENTED, raised=[{"flag": "repeated_comments"}])
    assert found == [("repeated_comments", "1"), ("repeated_comments", "2")]


def test_evidence_names_a_few_posts_and_the_largest_first():
    posts = numbered(*range(10), is_paid=True)
    engine = prepared(posts, raised=[{"flag": "boosted"}])
    engine.keep("flag_marks", sql(flag_marks.marks(an_edition())))
    rows = engine.query(sql(flag_marks.evidence(an_edition()))).to_pylist()
    assert [(row["place"], row["post_id"]) for row in rows] == [
        (1, "10"), (2, "9"), (3, "8"), (4, "7"), (5, "6"),
    ]  # fmt: skip
    counted = engine.query(sql(flag_marks.mark_counts())).to_pylist()
    assert [row["marked_count"] for row in counted] == [10]


def test_posts_of_flags_that_prove_no_gain_are_not_left_out():
    posts = [a_post(post_id="1", is_deleted=True), a_post(post_id="2", is_paid=True)]
    engine = prepared(posts, raised=[{"flag": "deleted"}, {"flag": "boosted"}])
    engine.keep("flag_marks", sql(flag_marks.marks(an_edition())))
    assert engine.query(sql(flag_marks.left_out()))["post_id"].to_pylist() == ["2"]


def test_table_of_evidence_names_nobody_who_commented():
    names = set(flag_marks.evidence(an_edition()).columns)
    assert names == {
        "flag", *ACCOUNT, "post_id", "published_on", "url", "place",
    }  # fmt: skip
