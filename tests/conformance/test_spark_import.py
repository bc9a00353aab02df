"""Large tables imported by workers of Spark: the same rows, rejects and reports as on one machine.

Each file is made odd on purpose, and parted into pieces of a few kilobytes. Spark runs as a cluster
of two worker processes and is started once for all of this.
"""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.edition_cases import make_edition
from tests.engine_cases import LOCAL_CLUSTER, all_differences
from tests.import_cases import EDITION, bring, figures, ndjson, post, stored

from tolok.errors import InputError
from tolok.pipeline.score import compute
from tolok.pipeline.workspace import Workspace
from tolok.simulate import SimulationPlan
from tolok.sources.imports import replay
from tolok.sources.raw import Options
from tolok.sources.spread import Spread, import_spread
from tolok.store.layout import Layout, read_parts
from tolok.store.schema import STORE_TABLES
from tolok.store.spark import Spark, SparkSettings

SMALL_PIECES = {
    "spark.sql.files.maxPartitionBytes": "24000",
    "spark.sql.files.openCostInBytes": "1",
}
BAD_CELLS: tuple[dict[str, object], ...] = (
    {"platform": "myspace"}, {"platform": None}, {"post_id": "1.8E+16"}, {"post_id": {"a": 1}},
    {"account_id": "a b"}, {"account_id": None}, {"published_at": "2025-03-01T08:00"},
    {"published_at": "soon"}, {"observed_at": ""}, {"kind": "poem"}, {"origin": "theft"},
    {"co_account_ids": "[1"}, {"is_paid": "perhaps"}, {"duration_s": "long"},
    {"reaction_count": "many"}, {"comment_count": -1}, {"missing": "hidden"},
    {"missing": {"reaction_count": "hidden"}}, {"missing": {"share_count": "lost"}},
    {"deleted_at": "2025-13-01T00:00:00Z"}, {"reaction_count": "9" * 19},
)  # fmt: skip


@pytest.fixture(scope="module")
def spark():
    with Spark(SparkSettings(LOCAL_CLUSTER | SMALL_PIECES)) as engine:
        yield engine


def posts(first, count, **columns):
    return [
        post(
            f"{number}",
            published_at=f"2025-03-{1 + number % 28:02}T08:00:{number % 60:02}.25+07:00",
            text=(f"Ünggahan {number} ✓\n" * (number % 9), "\u2800", None)[number % 3],
            co_account_ids=([], ["@b", "@C"], "x; y", None)[number % 4],
            duration_s=(None, 0.1, 1e300, "-0.0")[number % 4],
            is_paid=(None, True, "false")[number % 3],
            missing={"view_count": "hidden"} if number % 5 == 0 else None,
            **columns,
        )
        for number in range(first, first + count)
    ]


def odd_lines(path):
    """Lines of every kind, some twice: in one piece, in two, and again in another file."""
    rows = posts(0, 300)
    rows[5:5] = ["", "   ", "{broken", "null", "[1]", '"text"', '{"a": 1} {"b": 2}', "{}"]
    for number, cells in enumerate(BAD_CELLS):
        rows.insert(20 + number * 11, {**post(f"bad{number}"), **cells})
    rows += [rows[40], rows[41], rows[250], rows[-1]]
    ndjson(path, rows)
    lines = path.read_bytes().split(b"\n")
    lines[30] += b"\r"
    lines[31] = b'\xff\xfe{"post_id": "1"}'
    lines[32] = lines[32].replace(b"@contoh", b"@cont\xe9h")
    lines[33:33] = [b"\r", b"\t", b'{"platform": "x\\ud800", "post_id": "s"}', b"\x00"]
    lines[150] = lines[150][:40]
    path.write_bytes(b"\n".join(lines)[:-60])  # the last line is cut
    return path


def csv_table(path, rows, encoding="utf-8"):
    names = list(rows[0])
    cells = [['"{}"'.format(str(row[name]).replace('"', '""')) for name in names] for row in rows]
    text = "\r\n".join(";".join(line) for line in [names, *cells])
    path.write_bytes(text.encode(encoding))
    return path


def odd_csv(path):
    rows = [post(f"c{n}", text=f'é "b";\n{n}' * (n % 3), reaction_count=n) for n in range(400)]
    rows[7]["reaction_count"] = "viele"
    csv_table(path, [*rows, rows[3]])
    with path.open("ab") as file:
        file.write(b'\r\ntoo;few\r\n\r\ninstagram;c\xff9;@a;;;\r\n"never closed;')
    return path


def latin_csv(path):
    rows = [post(f"l{n}", text=f"Café à l'été {n}") for n in range(40)]
    return csv_table(path, rows, "cp1252")


def odd_parquet(path):
    at = datetime(2025, 3, 1, 8, tzinfo=UTC)
    rows = [
        {
            "platform": "x", "post_id": n + 2**53, "account_id": "@Contoh", "published_at": at,
            "observed_at": None if n % 50 == 7 else at, "text": None if n % 4 else f"t{n}",
            "reaction_count": None if n % 6 == 0 else float(n) + (n % 60 == 9) / 2,
            "view_count": n if n % 10 else -n, "is_paid": n % 2 == 0, "empty": None,
            "duration_s": 0.1 * n, "co_account_ids": ["@b"] if n % 3 else [],
            "missing": {"reaction_count": "hidden", "share_count": ("hidden", None)[n % 4 // 2]}
            if n % 6 == 0 else None,
        }
        for n in range(500)
    ]  # fmt: skip
    kinds = {"reaction_count": pa.float64(), "view_count": pa.int32(), "language": pa.null()}
    table = pa.Table.from_pylist([*rows, rows[1]])
    table = table.append_column("language", pa.nulls(len(table)))
    for name, kind in kinds.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(kind))
    pq.write_table(table, path, row_group_size=64)
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory, spark):
    """One batch of odd files brought into two editions, by DuckDB and by Spark, with reports."""
    home = tmp_path_factory.mktemp("both")
    first = odd_lines(home / "posts [1] ä.ndjson")
    marked = ndjson(home / "marked.ndjson", [*posts(1000, 30), "{broken", post("")])
    marked.write_bytes(b"\xef\xbb\xbf" + marked.read_bytes())
    comment = {"platform": "x", "post_id": "1", "published_at": "2025-03-01T08:00:00Z"}
    comments = [
        dict(comment, comment_id=f"{n}", observed_at="2025-03-02T08:00:00Z", author_key=key)
        for n, key in enumerate([None, "ab" * 16, "key:" + "0" * 16])
    ]
    files = [
        first,
        ndjson(home / "again.ndjson", [*posts(250, 80), post("fresh"), post("fresh")]),
        marked,
        odd_csv(home / "posts.csv"),
        latin_csv(home / "latin.csv"),
        odd_parquet(home / "posts.parquet"),
        ndjson(home / "comments.ndjson", comments),
        first,
    ]
    ours, theirs = home / "ours", home / "theirs"
    return {
        "files": files,
        "folders": (ours, theirs),
        "reports": (bring(ours, *files), spread(spark, theirs, files)),
    }


def spread(engine, folder, files, store=None, **options):
    """The reports of files that workers of Spark brought into an edition folder."""
    return import_spread(Layout(folder), EDITION, files, Options(**options), Spread(engine, store))


def test_reports_are_the_same(both):
    ours, theirs = both["reports"]
    assert [report.to_dict() for report in theirs] == [report.to_dict() for report in ours]
    assert figures(ours[0])[3] > len(BAD_CELLS)
    assert all(report.rows_kept for report in ours[:-1])


@pytest.mark.parametrize("table", STORE_TABLES)
def test_parts_are_the_same_in_every_cell(both, table):
    ours, theirs = (stored(folder, table) for folder in both["folders"])
    assert theirs == ours


def test_parts_are_folders_in_the_order_of_rows(both):
    layout = Layout(both["folders"][1])
    sha256 = both["reports"][1][0].sha256
    part = layout.part("observations", sha256)
    rows = pa.concat_tables(
        [
            pq.read_table(path)
            for path in read_parts(layout, "observations")
            if part in Path(path).parents
        ]
    )["source_row"].to_pylist()
    assert rows == sorted(rows)
    assert len(rows) == both["reports"][1][0].rows_kept


def test_second_import_changes_nothing(both, spark):
    folder = both["folders"][1]
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    reports = spread(spark, folder, both["files"])
    assert [report.rows_kept for report in reports] == [0] * len(reports)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


def test_files_elsewhere_stay_there_and_duplicates_are_found_in_the_store(both, spark, tmp_path):
    afar, folder = tmp_path / "afar", tmp_path / "edition"
    (afar / "deep").mkdir(parents=True)
    bring(folder, both["files"][1])
    shutil.copy(both["files"][0], afar / "deep" / "a.ndjson")
    shutil.copy(both["files"][5], afar / "b.parquet")
    store = f"file:{tmp_path / 'store'}"
    reports = spread(spark, folder, [f"file:{afar}"], store)
    ours = both["reports"][0]
    assert [report.file for report in reports] == ["b.parquet", "a.ndjson"]
    assert figures(reports[0]) == figures(ours[5])
    # posts that both files have came in with the other file before
    shared = ours[1].rows_duplicate - 1
    read, kept, duplicate, rejected = figures(ours[0])
    assert shared > 40
    assert figures(reports[1]) == (read, kept - shared, duplicate + shared, rejected)
    assert reports[1].notes == (f"Its rows lie under {store}.",)
    note = json.loads(next(folder.glob(f"landing/??/{reports[1].sha256}.json")).read_text())
    size = (afar / "deep" / "a.ndjson").stat().st_size
    assert note["address"] == f"file:{afar}/deep/a.ndjson"
    assert (note["bytes"], note["sha256"]) == (size, reports[1].sha256)
    assert not list(folder.glob(f"landing/??/{reports[1].sha256}/*"))
    kept = sum(report.rows_kept for report in reports) + 81
    assert len(stored(folder)) == kept
    with pytest.raises(InputError, match=r"2 files were imported .*import these addresses again"):
        replay(Layout(folder), EDITION)


def test_what_cannot_come_in_leaves_nothing(spark, tmp_path):
    folder = tmp_path / "edition"
    named = {"platform": "x", "comment_id": "9", "post_id": "1", "author_key": "Budi"}
    named |= {"published_at": "2025-03-01T08:00:00Z", "observed_at": "2025-03-01T08:00:00Z"}
    good = [dict(named, comment_id=f"{n}", author_key=None) for n in range(400)]
    files = [
        ndjson(tmp_path / "named.ndjson", [*good, "", named]),
        ndjson(tmp_path / "good.ndjson", posts(0, 3)),
    ]
    with pytest.raises(InputError) as refused:
        spread(spark, folder, files)
    assert str(refused.value).startswith(
        "1 file was refused:\n  named.ndjson, line 401, author_key: is no keyed hash"
    )
    nanoseconds = pa.array([0], pa.timestamp("ns", tz="UTC"))
    columns = {"platform": ["x"], "post_id": ["1"], "published_at": nanoseconds}
    pq.write_table(pa.table(columns), tmp_path / "fine.parquet")
    with pytest.raises(InputError, match=r"published_at: is of type timestamp\[ns.*without"):
        spread(spark, folder, [tmp_path / "fine.parquet"])
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        spread(spark, folder, [f"file:{tmp_path}/nowhere"])
    with pytest.raises(InputError, match=r"s3a://b/c: Spark lacks .*spark\.jars\.packages"):
        spread(spark, folder, ["s3a://b/c"])
    assert [path for path in folder.rglob("*") if path.suffix in {".parquet", ".json"}] == []
    assert not list(folder.glob("landing/??/*/*"))


def test_edition_imported_by_spark_has_the_same_results(spark, tmp_path):
    folder = tmp_path / "edition"
    make_edition(folder, SimulationPlan(institutions=24, posts=2000, comments=200))
    ours = compute(Workspace(folder))
    for name in ("store", "landing"):
        shutil.rmtree(folder / name)
    files = sorted((folder / "brought" / "exports").iterdir())
    edition = Workspace(folder).rules.edition
    import_spread(Layout(folder), edition, files, Options(), Spread(spark))
    theirs = compute(Workspace(folder))
    assert all_differences(ours.tables, theirs.tables) == {}
    assert ours.record_counts == theirs.record_counts
