"""What a metric's text may say, what it gives, and which rows it rests on."""

import random
from functools import cache

import duckdb
import pytest
from tests.post_cases import a_post, a_table, engine_of

from tolok.errors import FileFault
from tolok.methodology.metric import Metric
from tolok.metrics.compile import compile_metrics
from tolok.metrics.expression import Expression
from tolok.metrics.tables import base_table
from tolok.metrics.tables import sql as text_of
from tolok.model import Label
from tolok.store.schema import BASE_TABLES

NO_LABEL = Label("", "")
ROWS = [
    # kind, is_own, reactions, comments, followers
    ("image", True, 5, 2, 100.0),
    ("video", True, None, 3, 100.0),
    (None, True, 7, None, 100.0),
    ("video", False, 11, 0, 100.0),
    ("image", True, 0, 0, None),
    ("carousel", True, 7, 1, 0.1),
]
POSTS = [
    a_post(
        post_id=str(at),
        kind=kind,
        is_own=is_own,
        reaction_count=reactions,
        comment_count=comments,
        follower_count=followers,
    )
    for at, (kind, is_own, reactions, comments, followers) in enumerate(ROWS)
]


def metric_of(sql, name="tried", table="posts"):
    return Metric(
        name, NO_LABEL, "", sql, table, "account", False, "", NO_LABEL, file="m.toml", line=9
    )


def value_of(sql, rows=POSTS, threads=1):
    """What a metric gives for one account, with the rows that went in and could not."""
    engine = engine_of(threads)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], rows))
    compiled = compile_metrics([metric_of(sql)])
    (row,) = engine.query(compiled.sql).to_pylist()
    known, missing = compiled.supports["tried"]
    return row["tried"], row[known], row[missing]


@cache
def by_hand():
    """The same rows in an engine of its own."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE posts (kind VARCHAR, is_own BOOLEAN, reaction_count BIGINT, "
        "comment_count BIGINT, follower_count DOUBLE)"
    )
    connection.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?)", ROWS)
    return connection


ALLOWED = [
    "COUNT(*)",
    "COUNT(*) FILTER (WHERE is_own)",
    "COUNT(reaction_count)",
    "COUNT(DISTINCT kind)",
    "COUNT(DISTINCT reaction_count) FILTER (WHERE is_own)",
    "SUM(reaction_count)",
    "SUM(reaction_count) FILTER (WHERE kind = 'text')",
    "SUM(follower_count)",
    "AVG(reaction_count)",
    "AVG(follower_count) FILTER (WHERE comment_count > 0)",
    "MIN(reaction_count)",
    "MAX(reaction_count)",
    "MAX(follower_count)",
    "QUANTILE_CONT(reaction_count, 0.5)",
    "QUANTILE_CONT(reaction_count, 0.9) FILTER (WHERE is_own)",
    "QUANTILE_CONT(follower_count, 0)",
    "QUANTILE_CONT(follower_count, 1)",
    "SUM(reaction_count + comment_count)",
    "SUM(reaction_count - comment_count * 2)",
    "SUM(-reaction_count)",
    "SUM(reaction_count) / COUNT(*)",
    "SUM(reaction_count) / 4",
    "7 / SUM(comment_count)",
    "1000 * AVG(reaction_count) FILTER (WHERE is_own) / NULLIF(MAX(follower_count), 0)",
    "SUM(CASE WHEN kind = 'video' THEN comment_count ELSE 0 END)",
    "SUM(CASE WHEN kind = 'video' THEN comment_count WHEN is_own THEN 1 END)",
    "CASE WHEN COUNT(*) > 3 THEN SUM(comment_count) END",
    "CASE WHEN COUNT(*) > 30 THEN SUM(comment_count) END",
    "SUM(COALESCE(reaction_count, comment_count, 0))",
    "COALESCE(SUM(reaction_count) FILTER (WHERE kind = 'text'), 0)",
    "SUM(NULLIF(reaction_count, 7))",
    "LN(SUM(reaction_count))",
    "SUM(LN(comment_count + 1))",
    "EXP(AVG(comment_count))",
    "FLOOR(AVG(reaction_count))",
    "SUM(FLOOR(follower_count))",
    "COUNT(*) FILTER (WHERE reaction_count = 7)",
    "COUNT(*) FILTER (WHERE reaction_count <> 7)",
    "COUNT(*) FILTER (WHERE reaction_count != 7)",
    "COUNT(*) FILTER (WHERE reaction_count < 7)",
    "COUNT(*) FILTER (WHERE reaction_count <= 7)",
    "COUNT(*) FILTER (WHERE reaction_count > 5)",
    "COUNT(*) FILTER (WHERE reaction_count >= 5)",
    "COUNT(*) FILTER (WHERE NOT reaction_count = 7)",
    "COUNT(*) FILTER (WHERE reaction_count = 7 AND comment_count = 1)",
    "COUNT(*) FILTER (WHERE reaction_count = 7 OR comment_count = 0)",
    "COUNT(*) FILTER (WHERE is_own OR kind = 'video' AND comment_count = 9)",
    "COUNT(*) FILTER (WHERE (is_own OR kind = 'video') AND comment_count = 0)",
    "COUNT(*) FILTER (WHERE kind IN ('video', 'carousel'))",
    "COUNT(*) FILTER (WHERE kind NOT IN ('video', 'carousel'))",
    "COUNT(*) FILTER (WHERE reaction_count IN (7, NULL))",
    "COUNT(*) FILTER (WHERE kind IS NULL)",
    "COUNT(*) FILTER (WHERE kind IS NOT NULL)",
    "COUNT(*) FILTER (WHERE is_own = TRUE)",
    "COUNT(*) FILTER (WHERE kind = 'it''s')",
    "SUM(is_own::INT)",
    'SUM("reaction_count")',
    "((SUM(reaction_count)))",
    "0.5 * SUM(reaction_count) + 1e1",
]
OTHERWISE = {"SUM(is_own::INT)": "SUM(is_own)"}
"""Where Tolok's text is not DuckDB's: casts are not allowed, and true counts as 1."""


@pytest.mark.parametrize("sql", ALLOWED)
def test_expression_gives_what_the_engine_gives_by_hand(sql):
    (expected,) = by_hand().execute(f"SELECT {sql} FROM posts").fetchone()
    found, *_ = value_of(OTHERWISE.get(sql, sql))
    if expected is None:
        assert found is None
    else:
        assert found == pytest.approx(float(expected), rel=1e-6)


@pytest.mark.parametrize(
    "sql",
    [
        "SUM(reaction_count) / SUM(comment_count) FILTER (WHERE comment_count = 0)",
        "SUM(reaction_count / 0)",
        "1 / (COUNT(*) - COUNT(*))",
        "1.0 / 0 * COUNT(*)",
        "LN(COUNT(*) - COUNT(*))",
        "LN(-COUNT(*))",
        "SUM(reaction_count) FILTER (WHERE kind = 'story')",
        "AVG(reaction_count) FILTER (WHERE kind = 'story')",
        "MAX(reaction_count) FILTER (WHERE kind = 'story')",
        "QUANTILE_CONT(reaction_count, 0.5) FILTER (WHERE kind = 'story')",
    ],
)
def test_division_by_zero_and_what_nothing_is_known_of_are_null(sql):
    assert value_of(sql)[0] is None


def test_logarithm_of_nought_leaves_the_row_out():
    assert value_of("SUM(LN(comment_count))")[0] == pytest.approx(1.791759, abs=1e-5)  # ln 2 + ln 3


REFUSED = [
    "",
    ";",
    "COUNT(*",
    "'COUNT(*)",
    "reaction_count",
    "1 + 1",
    "SELECT COUNT(*)",
    "SELECT COUNT(*) FROM posts",
    "FROM posts SELECT COUNT(*)",
    "(SELECT COUNT(*) FROM posts)",
    "COUNT(*) + (SELECT 1)",
    "SUM((SELECT MAX(reaction_count) FROM posts))",
    "COUNT(*) FILTER (WHERE post_id IN (SELECT post_id FROM posts))",
    "COUNT(*) FILTER (WHERE EXISTS (SELECT 1))",
    "COUNT(*); DROP TABLE posts",
    "COUNT(*);; COUNT(*)",
    "DROP TABLE posts",
    "COPY posts TO 'x.csv'",
    "ATTACH 'x.db'",
    "PRAGMA database_list",
    "INSTALL httpfs",
    "COUNT(*) FROM read_csv('/etc/passwd')",
    "SUM(read_csv('/etc/passwd'))",
    "SUM(read_text('/etc/passwd'))",
    "SUM(getenv('HOME'))",
    "COUNT(*) -- FILTER (WHERE is_own)",
    "COUNT(*) /* FILTER (WHERE is_own) */",
    "/* all */ COUNT(*)",
    "COUNT(/* own */ *)",
    "SUM(reaction_count) OVER ()",
    "SUM(reaction_count) OVER (PARTITION BY kind)",
    "ROW_NUMBER() OVER () + COUNT(*)",
    "LAG(reaction_count) OVER ()",
    "CAST(SUM(reaction_count) AS INTEGER)",
    "SUM(reaction_count)::INTEGER",
    "SUM(reaction_count::DOUBLE)",
    "TRY_CAST(SUM(reaction_count) AS INTEGER)",
    "SUM(DATE '2025-01-01')",
    "MEDIAN(reaction_count)",
    "MODE(kind)",
    "STDDEV(reaction_count)",
    "ANY_VALUE(reaction_count)",
    "LIST(reaction_count)",
    "STRING_AGG(kind, ',')",
    "QUANTILE(reaction_count, 0.5)",
    "QUANTILE_DISC(reaction_count, 0.5)",
    "QUANTILE_CONT(reaction_count, [0.5])",
    "QUANTILE_CONT(reaction_count, comment_count)",
    "QUANTILE_CONT(reaction_count, 1.5)",
    "QUANTILE_CONT(reaction_count, -0.5)",
    "QUANTILE_CONT(reaction_count, '0.5')",
    "QUANTILE_CONT(reaction_count)",
    "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY reaction_count)",
    "RANDOM() + COUNT(*)",
    "NOW() + COUNT(*)",
    "SUM(POW(reaction_count, 2))",
    "SUM(reaction_count ^ 2)",
    "SUM(reaction_count % 2)",
    "SUM(reaction_count // 2)",
    "SUM(LOG(reaction_count))",
    "SUM(IF(is_own, 1, 2))",
    "SUM(IF(is_own, reaction_count))",
    "CASE kind WHEN 'x' THEN 1 END + COUNT(*)",
    "COUNT(CASE kind WHEN 'image' THEN 1 END)",
    "COUNT(*) FILTER (WHERE kind LIKE 'v%')",
    "COUNT(*) FILTER (WHERE kind ILIKE 'v%')",
    "COUNT(*) FILTER (WHERE reaction_count BETWEEN 1 AND 2)",
    "COUNT(*) FILTER (WHERE is_own IS TRUE)",
    "COUNT(*) FILTER (WHERE kind IS DISTINCT FROM 'video')",
    "COUNT(*) FILTER (WHERE kind IN ())",
    "SUM(list_sum(list_transform([reaction_count], x -> x)))",
    "SUM(x -> x)",
    "SUM(posts.reaction_count)",
    "SUM(main.posts.reaction_count)",
    "COUNT(posts.*)",
    "COUNT(COLUMNS(*))",
    "SUM(reactions_count)",
    "SUM(rowid)",
    "SUM($1)",
    "SUM(?)",
    "SUM(getvariable('x'))",
    "SUM(*)",
    "MAX(*)",
    "COUNT(DISTINCT *)",
    "COUNT(* EXCLUDE (kind))",
    "COUNT()",
    "COUNT(1)",
    "SUM(1)",
    "SUM()",
    "COUNT(kind, platform)",
    "COUNT(DISTINCT kind, platform)",
    "SUM(DISTINCT reaction_count)",
    "AVG(DISTINCT reaction_count)",
    "MIN(reaction_count, 3)",
    "MAX(reaction_count, comment_count)",
    "FLOOR(AVG(reaction_count), 2)",
    "SUM(reaction_count ORDER BY kind)",
    "SUM(reaction_count) IGNORE NULLS",
    "COUNT(*) AS n",
    "COUNT(*) LIMIT 1",
    "COUNT(*) UNION SELECT 1",
    "COUNT(*), COUNT(*)",
    "[COUNT(*)]",
    "{'a': COUNT(*)}",
    "(COUNT(*), COUNT(*))",
    "{{ COUNT(*) }}",
    "SUM(MAX(reaction_count))",
    "SUM(reaction_count + COUNT(*))",
    "SUM(reaction_count) FILTER (WHERE comment_count > AVG(comment_count))",
    "SUM(SUM(reaction_count) FILTER (WHERE is_own))",
    "SUM(reaction_count) + comment_count",
    "LN(reaction_count) FILTER (WHERE is_own)",
    "LN(SUM(reaction_count)) FILTER (WHERE is_own)",
    # What does not fit a column's type.
    "SUM(kind)",
    "AVG(kind)",
    "SUM(kind + 1)",
    "SUM(published_on)",
    "MAX(published_on)",
    "MAX(kind)",
    "MAX(published_on) - MIN(published_on)",
    "QUANTILE_CONT(kind, 0.5)",
    "SUM(LN(kind))",
    "-MAX(kind)",
    "COUNT(*) FILTER (WHERE reaction_count)",
    "COUNT(*) FILTER (WHERE kind AND is_own)",
    "COUNT(*) FILTER (WHERE kind > 3)",
    "COUNT(*) FILTER (WHERE NOT kind)",
    "SUM(NULL + reaction_count)",
    "COALESCE(SUM(reaction_count), 'none')",
    "SUM(CASE WHEN is_own THEN kind ELSE 1 END)",
    "SUM(CASE WHEN reaction_count THEN 1 END)",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_everything_else_is_refused_with_the_metrics_name_and_place(sql):
    with pytest.raises(FileFault) as refused:
        compile_metrics([metric_of(sql)])
    fault = refused.value
    assert (fault.file, fault.line, fault.column) == ("m.toml", 9, "tried.sql")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SUM(reactions_count)", "'reactions_count' is no column. Did you mean 'reaction_count'?"),
        ("SUM(reaction_count) + comment_count", "Write MAX(comment_count)."),
        ("QUANTILE_CONT(reaction_count, 2)", "Write QUANTILE_CONT(column, 0.5)."),
        ("COUNT(DISTINCT kind, platform)", "Write COUNT(DISTINCT column)."),
        ("SUM(*)", "Name one, or write COUNT(*)."),
        ("SUM(kind)", "'SUM(kind)' does not fit the types of its columns."),
        ("reaction_count", "'reaction_count' aggregates nothing."),
        ("COUNT(*) -- x", "holds a comment"),
        ("COUNT(*); COUNT(*)", "is not one expression"),
    ],
)
def test_refusal_says_what_to_write(sql, message):
    with pytest.raises(FileFault) as refused:
        Expression(metric_of(sql), base_table("posts"))
    assert message in str(refused.value)


def test_text_of_a_metric_cannot_leave_its_quotation_marks():
    sql = "COUNT(*) FILTER (WHERE kind = 'image'') OR (1 = 1')"
    assert value_of(sql)[0] == 0


@pytest.mark.parametrize("sql", ["SUM(duration_s)", "AVG(duration_s)", "SUM(duration_s / 3)"])
@pytest.mark.parametrize("threads", [1, 2])
def test_sums_of_fractions_are_the_same_in_any_order_and_on_any_number_of_threads(sql, threads):
    draw = random.Random(5)
    rows = [a_post(post_id=str(at), duration_s=draw.uniform(0, 1e6)) for at in range(3000)]
    shuffled = draw.sample(rows, len(rows))
    assert value_of(sql, shuffled, threads) == value_of(sql, rows, 1)


def test_sum_of_many_large_numbers_is_whole():
    rows = [a_post(post_id=str(at), view_count=2**52 + 1) for at in range(3)]
    assert value_of("SUM(view_count) - 3 * 4503599627370496", rows)[0] == 3


@pytest.mark.parametrize(
    ("sql", "known", "missing"),
    [
        ("COUNT(*)", 6, 0),
        ("COUNT(*) FILTER (WHERE is_own)", 5, 0),
        ("COUNT(*) FILTER (WHERE kind = 'video')", 2, 0),  # an unknown kind is not admitted
        ("SUM(reaction_count)", 5, 1),
        ("SUM(reaction_count) FILTER (WHERE is_own)", 4, 1),
        ("SUM(reaction_count + comment_count) FILTER (WHERE is_own)", 3, 2),
        ("SUM(reaction_count) / SUM(comment_count)", 4, 2),
        # A row that goes into one aggregate and is missing in the other could not contribute.
        ("SUM(reaction_count) FILTER (WHERE is_own) / COUNT(*)", 5, 1),
        (
            "SUM(reaction_count) FILTER (WHERE kind = 'video') / COUNT(*) FILTER (WHERE is_own)",
            5,
            1,
        ),
        ("SUM(reaction_count) FILTER (WHERE kind = 'image')", 2, 0),
        ("SUM(share_count)", 0, 6),
        ("SUM(share_count) FILTER (WHERE share_count IS NOT NULL)", 0, 0),
        ("COUNT(reaction_count)", 5, 1),
        ("COUNT(DISTINCT kind)", 5, 1),
        ("SUM(COALESCE(reaction_count, 0))", 5, 1),
        ("AVG(reaction_count) / MAX(follower_count)", 4, 2),
        ("SUM(reaction_count) FILTER (WHERE comment_count > 0)", 2, 1),
        ("SUM(reaction_count) FILTER (WHERE FALSE)", 0, 0),
    ],
)
def test_rows_that_contributed_and_rows_that_could_not_are_counted(sql, known, missing):
    assert value_of(sql)[1:] == (known, missing)


def test_metrics_that_rest_on_the_same_rows_share_their_counts():
    texts = ["SUM(reaction_count)", "AVG(reaction_count)", "MAX(comment_count)", "COUNT(*)"]
    metrics = [metric_of(text, f"m{at}") for at, text in enumerate(texts)]
    supports = compile_metrics(metrics).supports
    assert supports == {
        "m0": ("known_0", "missing_0"),
        "m1": ("known_0", "missing_0"),
        "m2": ("known_1", "missing_1"),
        "m3": ("known_2", "missing_2"),
    }


def test_metrics_of_different_tables_are_not_mixed():
    with pytest.raises(ValueError, match="share table and grain"):
        compile_metrics([metric_of("COUNT(*)"), metric_of("COUNT(*)", "m", table="comments")])


def test_week_joins_the_grain_of_a_weekly_metric():
    compiled = compile_metrics([metric_of("COUNT(*)")], weekly=True)
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], POSTS))
    found = engine.query(compiled.sql)
    assert found.column_names == ["institution_id", "account_id", "platform", "week_on", "tried"]
    assert compiled.supports == {}


@pytest.mark.parametrize(
    "sql",
    [
        "SUM(reaction_count)",
        "SUM(reaction_count - comment_count) FILTER (WHERE is_own)",
        "SUM(follower_count / 3) FILTER (WHERE kind = 'image')",
        "SUM(is_own)",
        "COUNT(*)",
        "COUNT(*) FILTER (WHERE kind IN ('image', 'carousel') AND NOT is_copy)",
        "COUNT(reaction_count) FILTER (WHERE comment_count > 0)",
    ],
)
def test_each_row_alone_gives_what_the_metric_of_it_alone_would_be(sql):
    metric, posts = metric_of(sql), base_table("posts")
    asked_rows = posts.select("post_id", of_row=Expression(metric, posts).of_row)
    engine = engine_of(1)
    engine.attach_table("posts", a_table(BASE_TABLES["posts"], POSTS))
    rows = engine.query(text_of(asked_rows.order_by("post_id")))["of_row"].to_pylist()
    assert rows == [value_of(sql, [post])[0] for post in POSTS]


@pytest.mark.parametrize("sql", ["COUNT(DISTINCT kind)", "MAX(view_count)", "SUM(view_count) / 2"])
def test_no_row_alone_gives_what_is_neither_sum_nor_count(sql):
    with pytest.raises(ValueError, match="tried is neither one sum nor one count"):
        _ = Expression(metric_of(sql), base_table("posts")).of_row
