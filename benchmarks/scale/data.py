"""Seeded data of a size: canonical NDJSON, the edition that it was brought into, its results.

Rows are posts and their comments, eight a post. One row in 200 is bad, in one of six ways. All is
made once and used again.

The simulator draws all comments at once, 4 GB for 9 million rows, so a larger set is copies of that
one: each has its own ids, a word of its own behind every text, and the same accounts and instants.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.imports import POST_TYPES
from tolok.methodology.template import new_edition, write_edition
from tolok.pipeline.demo import edition_values
from tolok.pipeline.importing import ImportOptions, ImportReport, import_files
from tolok.pipeline.score import score
from tolok.simulate import SimulationPlan, simulate_edition

MOST_DRAWN = 9.0
"""Millions of rows that the simulator draws; more are copies."""
FEW = 1_000
"""Comments of posts alone: no more than it takes to have a table of them."""
TABLES = ("posts", "comments", "followers")
_FAULTS: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "posts": {
        1: ("published_at", "'kemarin'"), 2: ("reaction_count", "-5"),
        3: ("post_id", "'1.78E+17'"), 4: ("platform", "'myspace'"),
        5: ("observed_at", "'2025-01-01T00:00:00'"), 6: ("is_paid", "'mungkin'"),
    },
    "comments": {
        1: ("published_at", "'kemarin'"), 2: ("reaction_count", "-5"),
        3: ("comment_id", "'1.78E+17'"), 4: ("platform", "'myspace'"),
        5: ("observed_at", "'2025-01-01T00:00:00'"), 6: ("is_institution", "'mungkin'"),
    },
}  # fmt: skip
"""A column and what stands in it instead, by the number of the fault; lines of the last are cut."""
_LAST = 6
_IDS = {"posts": ("post_id",), "comments": ("comment_id", "post_id", "parent_id")}


@dataclass(frozen=True)
class Data:
    """The files of a size; `rows` is in millions of posts and comments."""

    home: Path
    rows: float
    institutions: int = 211
    comments_a_post: int = 8

    @property
    def folder(self) -> Path:
        """Where all that is made of this size lies."""
        kind = "scale" if self.comments_a_post else "posts"
        return self.home / f"{kind}-{self.rows:g}"

    @property
    def edition(self) -> Path:
        """The edition that the files are brought into."""
        return self.folder / "edition"

    @property
    def copies(self) -> int:
        """How many copies of the largest drawn set it is; 1 for one that is drawn itself."""
        return max(1, round(self.rows / MOST_DRAWN))

    @property
    def plan(self) -> SimulationPlan:
        """What is simulated, of a copied set once."""
        posts = round(self.rows * 1e6 / self.copies / (1 + self.comments_a_post))
        comments = self.comments_a_post * posts or FEW
        return SimulationPlan(institutions=self.institutions, posts=posts, comments=comments)

    @property
    def pieces(self) -> list[list[Path]]:
        """The files in the order in which they are brought, some at a time."""
        parts = [[self.file("posts", n), self.file("comments", n)] for n in range(self.copies)]
        return [[*parts[0], self.file("followers")], *parts[1:]]

    @property
    def files(self) -> list[Path]:
        """All files."""
        return [file for piece in self.pieces for file in piece]

    def of(self, table: str) -> list[Path]:
        """The files of a table."""
        return [file for file in self.files if file.name.startswith(table)]

    def file(self, table: str, number: int = 0) -> Path:
        """One file of a table."""
        return self.folder / f"{table}-{number}.ndjson"


def made(data: Data) -> Data:
    """The data once their NDJSON is there."""
    brought = _brought(data.home, data.plan)
    data.folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        for file in data.files:
            if not file.is_file():
                table, _, number = file.stem.partition("-")
                source = _copied_sql(table, int(number), _source_sql(table, brought / "exports"))
                fresh = file.with_suffix(".part")
                connection.execute(_lines_sql(table, source, fresh))
                fresh.rename(file)
    return data


def is_ready(data: Data) -> bool:
    """Whether the edition of a size is there, with its whole store."""
    return (data.edition / "ready").is_file()


def kept(edition: Path, data: Data) -> Path:
    """An edition with its whole store as the edition of a size."""
    if edition != data.edition:
        shutil.rmtree(data.edition, ignore_errors=True)
        edition.rename(data.edition)
    (data.edition / "ready").touch()
    return data.edition


def edition_of(data: Data) -> Path:
    """The edition of a size with its store, made where it is not there yet."""
    if not is_ready(data):
        begin_edition(data, data.edition)
        for _ in brought_into(data, data.edition):
            pass
        kept(data.edition, data)
    return data.edition


def edition_of_exports(data: Data) -> Path:
    """The edition of posts alone, from the simulation's Parquet: no line is written."""
    if not is_ready(data):
        begin_edition(data, data.edition)
        exports = _brought(data.home, data.plan) / "exports"
        import_files(data.edition, [exports], ImportOptions())
        kept(data.edition, data)
    return data.edition


def scored_of(data: Data) -> Path:
    """The same with results."""
    folder = edition_of(data)
    if not (folder / "results" / "manifest.json").is_file():
        score(folder)
    return folder


def begin_edition(data: Data, folder: Path) -> None:
    """Make an edition of the registry, without data, in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    new_edition(folder)
    write_edition(folder, edition_values(data.plan))
    brought = _brought(data.home, data.plan)
    for name in ("institutions.csv", "accounts.csv", "lineage.csv"):
        (folder / "registry" / name).write_bytes((brought / "registry" / name).read_bytes())


def brought_into(data: Data, folder: Path) -> Iterator[ImportReport]:
    """The report of each file, piece by piece; the disk never holds the bytes of two pieces twice.

    What landed of a piece becomes a link to the file that was brought.
    """
    for piece in data.pieces:
        yield from import_files(folder, piece, ImportOptions())
        if len(data.pieces) > 1:
            for file in piece:
                (landed,) = (folder / "landing").glob(f"??/*/{file.name}")
                landed.unlink()
                os.link(file, landed)


def _brought(home: Path, plan: SimulationPlan) -> Path:
    """What a simulation brings, drawn where it is not there yet."""
    folder = home / f"simulated-{plan.posts}-{plan.comments}"
    if not (folder / "ready").is_file():
        simulate_edition(folder, plan)
        (folder / "ready").touch()
    return folder


def _source_sql(table: str, exports: Path) -> str:
    """The rows of a table as they were simulated, posts with their second readings."""
    if table == "followers":
        counted = "follower_count::BIGINT AS follower_count"
        file = exports / "followers.csv"
        return f"SELECT * REPLACE ({counted}) FROM read_csv('{file}', all_varchar = true)"
    if table == "comments":
        return f"SELECT {_texts('published_at', 'observed_at')} FROM '{exports / table}.parquet'"
    first = f"SELECT * REPLACE (missing::JSON AS missing) FROM '{exports}/posts-*.parquet'"
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in POST_TYPES.items())
    late = exports / "posts-late-reading.ndjson"
    later = f"SELECT * FROM read_json('{late}', columns = {{{columns}}})"
    texts = _texts("published_at", "observed_at", "deleted_at")
    return f"SELECT {texts} FROM ({first} UNION ALL BY NAME {later})"


def _texts(*instants: str) -> str:
    """All columns, instants as text."""
    made = [f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}" for name in instants]
    return f"* REPLACE ({', '.join(made)})"


def _copied_sql(table: str, number: int, source: str) -> str:
    """The rows as the copy of this number has them: the first is as drawn."""
    if not number or table not in _IDS:
        return source
    ids = [f"{name} || '{number}' AS {name}" for name in _IDS[table]]
    return f'SELECT * REPLACE ({", ".join(ids)}, "text" || \' {number}\' AS "text") FROM ({source})'


def _lines_sql(table: str, source: str, path: Path) -> str:
    """The statement that writes rows as lines of JSON, some of them with a fault."""
    faults = _FAULTS.get(table, {})
    drawn = f"hash({_IDS[table][0]}, observed_at)" if faults else "1"
    fault = f"CASE WHEN {drawn} % 200 = 0 THEN {drawn} // 200 % {_LAST} + 1 ELSE 0 END AS fault"
    rows = f"SELECT *, {fault} FROM ({source})"
    if faults:
        wrong = [
            f"CASE fault WHEN {number} THEN to_json({value}) ELSE to_json({name}) END AS {name}"
            for number, (name, value) in faults.items()
        ]
        rows = f"SELECT * REPLACE ({', '.join(wrong)}) FROM ({rows})"
    line = "to_json(struct_pack(*COLUMNS(* EXCLUDE (fault))))::VARCHAR"
    cut = f"CASE WHEN fault = {_LAST} THEN left({line}, 100) ELSE {line} END AS line"
    raw = "FORMAT csv, HEADER false, DELIMITER '\\x01', QUOTE '', ESCAPE ''"
    return f"COPY (SELECT {cut} FROM ({rows})) TO '{path}' ({raw})"
