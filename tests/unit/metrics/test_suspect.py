"""One tiny reaction count on many posts of an account: set aside where it cannot be honest."""

from functools import cache

import ibis
import numpy as np
import pyarrow as pa
import pytest
from tests.post_cases import (
    a_reading,
    a_table,
    an_edition,
    engine_of,
    names_of,
    owners_of,
    resolved,
)

from tolok.methodology.edition import Suspect
from tolok.metrics.suspect import suspect_steps
from tolok.metrics.tables import Step, sql
from tolok.store.schema import ACCOUNT_NAMES, SUSPECT_COUNTS

TYPES = {"account_id": "string", "origin": "string", "reaction_count": "int64"}
CHOSEN = Step("posts_alone", ibis.table(TYPES, name="any"))
HIDDEN = -1


def suspects_of(accounts, rules=None, *, origin="original", threads=1):
    """(account, count, posts with it, posts, median of the others) of each count set aside."""
    engine = engine_of(threads)
    names = [name for name, counts in accounts.items() for _ in counts]
    counts = [count for counts in accounts.values() for count in counts]
    posts = {"account_id": names, "origin": [origin] * len(names), "reaction_count": counts}
    engine.attach_table("posts_alone", pa.table(posts).cast(pa.schema(_FIELDS)))
    for name, text in compiled(rules or Suspect()):
        engine.keep(name, text)
    found = engine.query("SELECT * FROM suspects ORDER BY account_id, reaction_count")
    assert list(zip(found.schema.names, found.schema.types, strict=True)) == [
        (field.name, field.type) for field in SUSPECT_COUNTS.arrow_schema
    ]
    return [tuple(row.values()) for row in found.to_pylist()]


@cache
def compiled(rules):
    """Name and SQL of every step; compiling takes long: once a set of rules."""
    return [(step.name, sql(step.expression)) for step in suspect_steps(CHOSEN, rules)]


_FIELDS = [
    ("account_id", pa.string()),
    ("origin", pa.string()),
    ("reaction_count", pa.int64()),
]


def is_set_aside(counts, rules=None):
    return bool(suspects_of({"a": counts}, rules))


def test_hidden_likes_written_as_three_are_found_as_on_the_account_of_the_known_report():
    counts = [3] * 447 + [500] * 93  # zeeschuimer, issue 45: 447 of 540 posts of a tourism account
    assert suspects_of({"a": counts, "b": [500] * 540}) == [("a", 3, 447, 540, 500.0)]


@pytest.mark.parametrize(("tiny", "others", "found"), [(20, 80, False), (21, 79, True)])
def test_more_than_a_fifth_of_the_posts_must_share_the_count(tiny, others, found):
    assert is_set_aside([3] * tiny + [300] * others) == found


@pytest.mark.parametrize(("posts", "found"), [(19, False), (20, True)])
def test_account_needs_twenty_posts_with_a_known_count(posts, found):
    known = [3] * 10 + [300] * (posts - 10)
    assert is_set_aside(known) == found
    assert is_set_aside([*known, HIDDEN, None]) == found


@pytest.mark.parametrize(
    ("tiny", "others", "found"),
    [(3, 29, False), (3, 30, True), (2, 19, False), (2, 20, True), (5, 49, False), (5, 50, True)],
)
def test_the_other_posts_must_have_ten_times_as_many(tiny, others, found):
    assert is_set_aside([tiny] * 40 + [others] * 20) == found


@pytest.mark.parametrize("tiny", [0, 1])
def test_noughts_and_ones_are_set_aside_only_where_the_median_of_all_posts_is_ten(tiny):
    assert not is_set_aside([tiny] * 20 + [9] * 21)
    assert is_set_aside([tiny] * 20 + [10] * 21)
    assert not is_set_aside([tiny] * 20 + [20 - tiny - 1] * 20)
    assert is_set_aside([tiny] * 20 + [20 - tiny] * 20)
    assert not is_set_aside([tiny] * 20 + [90_000] * 19)  # forgotten, with some hits


def test_the_others_are_judged_by_their_median_so_that_one_viral_post_is_no_proof():
    assert not is_set_aside([3] * 20 + [8] * 11 + [90_000] * 10)
    assert is_set_aside([3] * 20 + [8] * 9 + [90_000] * 10)


@pytest.mark.parametrize(("neighbours", "found"), [(5, True), (6, False)])
def test_four_in_five_of_the_tiny_counts_must_be_that_one(neighbours, found):
    tiny = [3] * 20 + [0, 1, 2, 4, 5, 2][:neighbours]
    assert is_set_aside(tiny + [300] * 30) == found


@pytest.mark.parametrize(("count", "found"), [(0, False), (1, False), (2, True), (3, True)])
def test_account_with_one_count_on_all_posts_is_forgotten_below_two_and_hidden_from_there(
    count, found
):
    assert is_set_aside([count] * 20) == found


def test_count_above_five_is_never_set_aside():
    assert is_set_aside([5] * 30 + [500] * 30)
    assert not is_set_aside([6] * 30 + [500] * 30)


def test_hidden_counts_are_no_noughts():
    assert not is_set_aside([HIDDEN] * 30 + [500] * 30)


def test_answers_and_reposts_say_nothing():
    assert suspects_of({"a": [0] * 30 + [500] * 30}, origin="reply") == []
    assert suspects_of({"a": [0] * 30 + [500] * 30}, origin="repost") == []
    assert suspects_of({"a": [0] * 30 + [500] * 30}, origin="quote") == [("a", 0, 30, 60, 500.0)]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (Suspect(share=0.6), False),
        (Suspect(share=0.4), True),
        (Suspect(share=1.0), False),
        (Suspect(posts=61), False),
        (Suspect(ratio=200.0), False),
        (Suspect(ratio=100.0), True),
        (Suspect(peak=0.97), False),
    ],
)
def test_rule_is_the_editions(rules, found):
    assert is_set_aside([3] * 30 + [2] + [300] * 29, rules) == found


def test_share_of_one_switches_the_rule_off_for_uniform_accounts_too():
    assert is_set_aside([3] * 60)
    assert not is_set_aside([3] * 60, Suspect(share=1.0))


def honest_accounts(draw):
    """Accounts of 20 to 300 posts, smooth from no likes a post to a hundred, some with hits."""
    accounts = {}
    for number in range(600):
        size = int(draw.integers(20, 300))
        mean = float(draw.uniform(0, 4) ** 3.3)
        spread = (draw.gamma(shape, 1 / shape, size) for shape in (0.5, 1.0, 3.0))
        rates = [mean * np.ones(size), *(mean * factor for factor in spread)][number % 4]
        counts = draw.poisson(rates)
        if number % 3 == 0:
            counts[:5] = draw.integers(1_000, 90_000, 5)
        accounts[f"{number:03}"] = counts.tolist()
    return accounts


@pytest.mark.parametrize("seed", range(5))
def test_smooth_honest_accounts_keep_all_their_counts(seed):
    accounts = honest_accounts(np.random.default_rng(seed))
    small = [c for c in accounts.values() if np.mean(np.isin(c, [2, 3, 4])) > 0.4]
    assert len(small) > 10  # posts of two to four likes are common on some
    assert suspects_of(accounts) == []


@pytest.mark.parametrize("threads", [1, 2])
def test_accounts_that_hide_a_third_of_their_likes_are_found_and_no_others(threads):
    draw = np.random.default_rng(7)
    hiding = {
        f"h{number}": np.where(draw.random(100) < 0.35, 3, draw.poisson(60, 100)).tolist()
        for number in range(40)
    }
    found = suspects_of(hiding | honest_accounts(draw), threads=threads)
    assert [(name, count) for name, count, *_ in found] == sorted((name, 3) for name in hiding)
    assert [row[2] for row in found] == [hiding[name].count(3) for name, *_ in found]


def a_hiding_account(**cells):
    """Thirty posts of instagram:@a, of which ten show 3 likes and the others 300."""
    return [
        a_reading(
            post_id=f"{number:02}",
            reaction_count=3 if number < 10 else 300,
            **{"comment_count": 2} | cells,
        )
        for number in range(30)
    ]


def reactions_of(posts):
    return {
        (post["reaction_count"], post["reaction_count_missing"], post["interaction_count"])
        for post in posts
    }


def test_count_set_aside_is_null_with_its_reason_and_so_are_the_interactions():
    posts = resolved(a_hiding_account())
    assert reactions_of(posts[:10]) == {(None, "suspect", None)}
    assert reactions_of(posts[10:]) == {(300, None, 302)}
    assert {post["comment_count"] for post in posts} == {2}


def test_same_count_stays_on_other_accounts_and_on_answers():
    other = a_reading(post_id="b", account_id="instagram:@b", reaction_count=3, comment_count=2)
    answer = a_reading(post_id="c", origin="reply", reaction_count=3, comment_count=2)
    posts = resolved([*a_hiding_account(), other, answer])
    assert reactions_of(posts[-2:]) == {(3, None, 5)}


def test_comments_are_not_reckoned_from_a_sum_with_a_suspect_count_in_it():
    readings = a_hiding_account(comment_count=None, comment_count_missing="not_collected")
    posts = resolved([row | {"engagement_count": row["reaction_count"] + 7} for row in readings])
    assert {post["comment_count"] for post in posts[10:]} == {7}
    assert {(p["comment_count"], p["comment_count_missing"]) for p in posts[:10]} == {
        (None, "not_collected")
    }


def test_posts_under_all_names_of_an_account_are_looked_at_together():
    readings = a_hiding_account()
    for reading in readings[:10]:
        reading["account_id"] = "instagram:7"
    pairs = {"instagram:7": "instagram:7", "instagram:@a": "instagram:7"}
    names = a_table(
        ACCOUNT_NAMES, [{"name": name, "account_id": one} for name, one in pairs.items()]
    )
    posts = resolved(readings, names=names, owners=owners_of({"instagram:7": "a"}))
    assert reactions_of(posts[:10]) == {(None, "suspect", None)}
    apart = resolved(readings, names=names_of(pairs), owners=owners_of(dict.fromkeys(pairs, "a")))
    assert reactions_of(apart[:10]) == {(3, None, 5)}


def test_post_read_again_counts_once_by_the_reading_that_is_scored():
    again = [reading | {"observed_at": reading["published_at"]} for reading in a_hiding_account()]
    for reading in again:
        reading["reaction_count"] = 1
    posts = resolved([*a_hiding_account(), *again])
    assert reactions_of(posts[:10]) == {(None, "suspect", None)}
    rows = engine_of(1).query("SELECT post_count, known_count FROM suspects").to_pylist()
    assert rows == [{"post_count": 10, "known_count": 30}]


def test_edition_that_switches_the_rule_off_scores_what_was_written():
    edition = an_edition(suspect=Suspect(share=1.0))
    assert reactions_of(resolved(a_hiding_account(), edition)[:10]) == {(3, None, 5)}
