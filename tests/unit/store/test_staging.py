"""The hash of a text does not see case and white space; staged rows have the store's columns."""

import hashlib

import pyarrow as pa
import pytest

from tolok.store.canonical import CANONICAL, Defaults
from tolok.store.duckdb import DuckDb
from tolok.store.ingest import Ingest, Relation
from tolok.store.layout import Layout, attach_store
from tolok.store.schema import ARROW_TYPES
from tolok.store.staging import bare_text_sql, empty_stage_sql

TEXTS = [
    ("Halo Dunia", "halodunia"),
    ("  halo\n\n\tDUNIA\r\n", "halodunia"),
    ("halo\u00a0dunia\u2800", "halodunia"),
    ("halo" + " \n" * 7 + "dunia 😀", "halodunia😀"),
    (" \n ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "bare"), TEXTS)
def test_bare_text_has_no_capitals_and_no_white_space(text, bare):
    literal = "'" + text.replace("'", "''") + "'"
    with DuckDb() as engine:
        found = engine.query(f"SELECT t, md5(t) AS h FROM (SELECT {bare_text_sql(literal)} AS t)")
    assert found["t"][0].as_py() == bare
    assert found["h"][0].as_py() == hashlib.md5(bare.encode()).hexdigest()


@pytest.mark.parametrize("name", sorted(CANONICAL))
def test_staged_rows_have_the_columns_of_their_table(name):
    canonical = CANONICAL[name]
    with DuckDb() as engine:
        staged = engine.query(empty_stage_sql(canonical))
    expected = {
        column.name: ARROW_TYPES[column.type]
        for column in canonical.target.columns
        if not column.name.startswith("source_")
    }
    assert {field.name for field in staged.schema} == {*expected, "file", "row", "fault", "raw"}
    assert canonical.target.names[-2:] == ("source_sha256", "source_row")
    assert set(canonical.needs) <= set(canonical.columns)


@pytest.mark.parametrize("is_complete", [False, True])
def test_rows_know_whether_their_file_was_brought_as_a_complete_list(tmp_path, is_complete):
    moment = "2025-06-01T08:00:00+07:00"
    cells = [("platform", "x"), ("post_id", "1"), ("account_id", "@a"), ("published_at", moment)]
    row = pa.table({name: [cell] for name, cell in cells} | {"row": [1], "is_listing": ["maybe"]})
    layout = Layout(tmp_path)
    columns = frozenset(name for name, _ in cells)
    relation = Relation("posts", columns, arrow=row)
    with Ingest(layout, "Asia/Jakarta") as ingest:
        defaults = Defaults(observed_at=moment, is_complete=is_complete)
        assert ingest.stage("posts.csv", "a" * 64, "canonical", [relation], defaults)
        ingest.finish(lambda *_: None)
    with DuckDb() as engine:
        attach_store(engine, layout)
        found = engine.query("SELECT is_listing FROM observations")
    assert found.to_pylist() == [{"is_listing": is_complete}]
