"""The posts that jurors see, as a run gives them: drawn by the edition's seed."""

from dataclasses import replace
from datetime import date, timedelta

from tests.post_cases import a_post, a_reading, a_table, an_edition, engine_of

from tolok.methodology.category import Category, Gate
from tolok.methodology.jury import Panel
from tolok.methodology.rules import Rules
from tolok.model import Institution, Label, Registry
from tolok.pipeline.evidence import _start, evidence_table
from tolok.store.evidence import EVIDENCE
from tolok.store.schema import OBSERVATIONS, POSTS

NAME = Label("Nama", "Name")
FIRST, SECOND = (
    Category(name, order, NAME, NAME, "arithmetic", Gate(), ())
    for order, name in enumerate(("first", "second"))
)
REGISTRY = Registry(tuple(Institution(name, name.upper(), "", "all") for name in "abc"), ())
ROWS = [
    a_post(
        post_id=f"{owner}{at:02}",
        institution_id=owner,
        account_id=f"instagram:@{owner}",
        interaction_count=at,
        published_on=date(2025, 3, 3) + timedelta(days=at),
    )
    for owner in "ab"
    for at in range(40)
]


def drawn(seed=7, threads=1, rows=ROWS):
    """The evidence of two institutions of 40 posts and one without; and their samples by name."""
    edition = replace(an_edition(), jury=Panel(best_posts=2, sample_posts=8, seed=seed))
    engine = engine_of(threads)
    readings = [
        a_reading(post_id=row["post_id"], account_id=row["account_id"], text=row["post_id"])
        for row in rows
    ]
    engine.attach_table("posts", a_table(POSTS, rows))
    engine.attach_table("observations", a_table(OBSERVATIONS, readings))
    found = evidence_table(engine, Rules(edition, {}, {}, (FIRST, SECOND)), REGISTRY)
    samples: dict[tuple[str, str], list[str]] = {}
    for row in found.to_pylist():
        if row["part"] == "sample":
            key = (row["category"], row["institution_id"])
            samples.setdefault(key, []).append(row["post_id"])
    return found, samples


def test_every_category_and_institution_with_posts_has_best_ones_and_a_sample():
    found, samples = drawn()
    assert tuple(found.column_names) == EVIDENCE.names
    keys = [(category, owner) for category in ("first", "second") for owner in "ab"]
    assert {key: len(names) for key, names in samples.items()} == dict.fromkeys(keys, 8)
    best = [row["post_id"] for row in found.to_pylist() if row["part"] == "best"]
    assert best == ["a39", "a38", "b39", "b38"] * 2


def test_seed_draws_and_nothing_else():
    found, samples = drawn()
    assert drawn(threads=4, rows=ROWS[::-1])[0].equals(found)
    assert drawn(seed=8)[1] != samples


def test_institutions_and_categories_start_at_places_of_their_own():
    keys = [(category, owner) for category in ("first", "second") for owner in "abcdefgh"]
    starts = {_start(7, *key) for key in keys}
    assert len(starts) == len(keys)
    assert all(0 <= start < 2**52 for start in starts)
    _, samples = drawn()
    assert samples["first", "a"] != samples["second", "a"]


def test_run_leaves_no_table_of_its_own_behind():
    names = "SELECT table_name FROM duckdb_tables()"
    for table in engine_of(1).query(names)["table_name"].to_pylist():
        engine_of(1).drop(table)  # what other tests of this process have left
    drawn()
    left = engine_of(1).query(names)["table_name"].to_pylist()
    assert [name for name in left if name.startswith("evidence")] == []
