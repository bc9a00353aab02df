"""The cost to flip, on every award of a small simulated edition: k flips, k - 1 does not."""

import numpy as np
import pyarrow as pa
import pytest
from numpy.testing import assert_array_equal
from tests.edition_cases import make_edition

from tolok.metrics import weekly
from tolok.metrics.contender import contender_posts
from tolok.metrics.tables import Step, sql
from tolok.pipeline.buyers import make_buyers
from tolok.pipeline.flip import flips
from tolok.pipeline.panel import build_panel
from tolok.pipeline.progress import silent
from tolok.pipeline.tables import make_tables, weekly_tables
from tolok.pipeline.weekly import run_step
from tolok.pipeline.workspace import Workspace
from tolok.scoring import freeze_reference
from tolok.scoring.edition import score_categories
from tolok.scoring.flip_change import Change
from tolok.scoring.flip_need import need_of
from tolok.scoring.flip_panel import panel_after
from tolok.scoring.flip_shelf import Shelf
from tolok.scoring.view import view_of
from tolok.simulate import SimulationPlan
from tolok.store.duckdb import DuckDb, DuckDbSettings
from tolok.store.layout import attach_store
from tolok.store.results import FLIPS

PLAN = SimulationPlan(institutions=24, posts=9000, comments=1000)
KEY = ("category", "cluster", "institution_id", "outcome", "means")


class Small:
    """A simulated edition, scored: its engine, panel, frozen parameters, and costs to flip."""

    def __init__(self, folder):
        workspace = Workspace(folder)
        self.rules, self.registry = workspace.rules, workspace.sound_registry()
        self.engine = DuckDb(DuckDbSettings(1, None, workspace.layout.spill))
        attach_store(self.engine, workspace.layout)
        tables = make_tables(self.engine, self.rules, self.registry, silent)
        self.panel = build_panel(tables.weekly, self.registry, self.rules)
        self.reference = freeze_reference(self.panel, self.rules)
        columns = flips(self.engine, self.panel, self.rules, self.reference)
        self.columns = columns
        self.rows = [
            dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
        ]
        ids = self.panel.institution_ids
        names = sorted({row["institution_id"] for row in self.rows})
        at = [ids.index(name) for name in names]
        (buyers,) = make_buyers(self.engine, self.panel, self.rules, at)
        self.buyers = {ids[row]: buyer for row, buyer in buyers.items()}
        self.shelf, self.recipes = Shelf(self.rules, self.reference), {}

    def reached(self, means=None):
        """The rows that have a cost."""
        rows = [row for row in self.rows if row["cost"] is not None]
        return [row for row in rows if means in (None, row["means"])]

    def change(self, row, size):
        """The first units of the purchase that a row states, by its code."""
        category = next(c for c in self.rules.categories if c.name == row["category"])
        key = (row["institution_id"], category.name)
        if key not in self.recipes:
            need = need_of(category, self.rules)
            found = self.shelf.recipes(self.buyers[row["institution_id"]], need)
            self.recipes[key] = {(recipe.means, recipe.code): recipe for recipe in found}
        return self.recipes[key][row["means"], row["recipe"]].of(size) if size else Change()

    def holds(self, row, panel):
        """Whether the whole panel, scored, gives the row's institution its outcome."""
        scored = score_categories(view_of(panel, self.rules), self.reference)
        one = next(one for one in scored if one.category.name == row["category"])
        at = panel.institution_ids.index(row["institution_id"])
        return bool(one.rank[at] == 1 if row["outcome"] == "first" else one.is_nominee[at])


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flip") / "edition"
    make_edition(folder, PLAN)
    made = Small(folder)
    yield made
    made.engine.close()


def test_every_stated_purchase_flips_its_award_and_one_less_does_not(small):
    for row in small.reached():
        buyer = small.buyers[row["institution_id"]]
        outcomes = [
            small.holds(row, panel_after(buyer, small.change(row, size)))
            for size in (row["cost"] - 1, row["cost"])
        ]
        assert outcomes == [False, True], row


def test_every_award_with_ranks_states_costs(small):
    scored = score_categories(view_of(small.panel, small.rules), small.reference)
    clusters = small.panel.clusters
    awards = {
        (one.category.name, clusters[at]) for one in scored for at in one.is_ranked.nonzero()[0]
    }
    assert len(awards) == 10
    assert {(row["category"], row["cluster"]) for row in small.rows} == awards
    assert {(row["category"], row["cluster"]) for row in small.reached()} == awards


def test_ten_behind_the_first_and_ten_behind_the_cut_are_looked_at(small):
    scored = score_categories(view_of(small.panel, small.rules), small.reference)
    ids, clusters, expected = small.panel.institution_ids, np.array(small.panel.clusters), set()
    for one in scored:
        for cluster in set(small.panel.clusters):
            rows = np.flatnonzero((clusters == cluster) & one.is_ranked)
            rows = rows[np.argsort(one.rank[rows], kind="stable")]
            out = {"first": rows[one.rank[rows] > 1], "nominee": rows[~one.is_nominee[rows]]}
            expected |= {
                (one.category.name, cluster, ids[row], outcome)
                for outcome, behind in out.items()
                for row in behind[:10]
            }
    found = {tuple(row[name] for name in KEY[:-1]) for row in small.rows}
    assert found == expected


def test_rows_have_the_form_of_their_table(small):
    table = pa.table(small.columns, schema=FLIPS.arrow_schema)
    assert table.num_rows == len({tuple(row[name] for name in KEY) for row in small.rows})
    assert {row["means"] for row in small.reached()} == {
        "interactions", "views", "posts", "deletions",
    }  # fmt: skip
    for row in small.rows:
        if row["cost"] is None:
            assert (row["recipe"], row["cost_share"]) == ("", None)
        else:
            assert 1 <= row["cost"] <= row["bound"]
            assert row["cost_share"] == row["cost"] / row["own_count"]


def test_posts_reproduce_the_engine_s_panel(small):
    for buyer in small.buyers.values():
        same, part = small.panel, buyer.after(Change())
        assert_array_equal(part.posts_by_kind, same.posts_by_kind[buyer.accounts])
        for name, counts in part.account_counts.items():
            assert_array_equal(counts, same.account_counts[name][buyer.accounts], name)
        for name, counts in part.institution_counts.items():
            assert_array_equal(counts, same.institution_counts[name][buyer.row], name)


def test_institutions_come_in_parties_of_few_posts(small):
    rows = sorted(buyer.row for buyer in small.buyers.values())
    at_once = max(small.buyers[name].posts.day.size for name in small.buyers)
    sizes: list[list[int]] = []
    seen: list[int] = []
    for party in make_buyers(small.engine, small.panel, small.rules, rows, at_once - 1):
        sizes.append([buyer.posts.day.size for buyer in party.values()])
        for row, buyer in party.items():
            whole = small.buyers[small.panel.institution_ids[row]]
            assert_array_equal(buyer.posts.day, whole.posts.day)
        seen += party
    assert seen == rows
    assert len(sizes) > 2
    assert all(sum(one) < at_once or len(one) == 1 for one in sizes)
    assert [at_once] in sizes  # more than may be held at once stand alone


def bought_posts(small, row, size):
    """The engine's posts after the purchase, as SQL over a table that lists what it does."""
    small.engine.keep("credited_posts", "SELECT * FROM plain_posts")
    posts = small.engine.query(sql(contender_posts([], [row["institution_id"]])))
    change = small.change(row, size)
    keys = posts.select(["platform", "post_id", "institution_id"])
    added = keys.take(change.added).append_column("day", pa.array(change.added_day))
    raised = keys.take(change.raised).append_column("more", pa.array(change.by))
    small.engine.attach_table("raised", raised)
    small.engine.attach_table("removed", keys.take(change.removed))
    small.engine.attach_table("added", added)
    monday = small.rules.edition.window.weeks[0]
    counts = ("interaction_count", "reaction_count")
    columns = counts if change.measure == counts[0] else (change.measure,)
    raises = ", ".join(f"{name} + coalesce(more, 0) AS {name}" for name in columns)
    day = f"DATE '{monday}' + day::INTEGER"
    key = "USING (platform, post_id, institution_id)"
    return f"""
        SELECT * EXCLUDE (more) REPLACE ({raises}) FROM plain_posts LEFT JOIN raised {key}
        WHERE (platform, post_id, institution_id) NOT IN (SELECT * FROM removed)
        UNION ALL BY NAME
        SELECT * EXCLUDE (day) REPLACE (
            post_id || '-' || row_number() OVER (ORDER BY day) AS post_id,
            {day} AS published_on, date_trunc('week', {day})::DATE AS week_on
        ) FROM added JOIN plain_posts {key}
    """


def rescored(small, row, size):
    """Whether the outcome holds when the posts themselves are changed and all is made anew."""
    small.engine.keep("credited_posts", bought_posts(small, row, size))
    run_step(small.engine, Step("days", weekly.days(small.rules.edition), is_kept=True))
    run_step(small.engine, Step("weeks", weekly.weeks(), is_kept=True))
    tables = weekly_tables(small.engine, small.rules)
    return small.holds(row, build_panel(tables, small.registry, small.rules))


@pytest.mark.parametrize("means", ["interactions", "views", "posts", "deletions"])
def test_purchase_made_in_the_posts_and_counted_by_the_engine_flips_too(small, means):
    small.engine.keep("plain_posts", "SELECT * FROM posts")
    rows = small.reached(means)
    try:
        for row in (rows[0], rows[len(rows) // 2], rows[-1]):
            outcomes = [rescored(small, row, size) for size in (row["cost"] - 1, row["cost"])]
            assert outcomes == [False, True], row
    finally:
        small.engine.keep("credited_posts", "SELECT * FROM plain_posts")
