"""One sample and what becomes of its mutations: read, compared with the sound file."""

import resource
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fuzz import mutation
from fuzz.mutation import Mutated
from tolok.errors import FileFault, InputError
from tolok.methodology.edition import Cluster, Edition
from tolok.model import Label, Window
from tolok.sources.authors import Authors
from tolok.sources.brought import Brought
from tolok.sources.csv_records import Dialect
from tolok.sources.imports import import_files
from tolok.sources.plain import plain
from tolok.sources.raw import Options
from tolok.sources.recognise import find_format
from tolok.store.layout import Layout, read_parts

SLOWEST_SECONDS = 10
MUTATIONS_OF_A_TABLE = len(mutation.TABLE_MUTATIONS) + 1
"""Kinds of mutations of a table: as many files show each of them once."""
_LABEL = Label("karangan", "invented")
_EDITION = Edition(
    name="invented",
    title=_LABEL,
    window=Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta"),
    platforms=("instagram",),
    clusters=(Cluster("all", _LABEL),),
    platform_weights={"instagram": 1.0},
)
_AUTHORS = Authors(b"fuzz")
Row = tuple[str, tuple[str | None, ...]]
Make = Callable[[Random], Mutated]


class Hang(BaseException):
    """A file that took longer than any file may."""


@dataclass(frozen=True)
class Sample:
    """A sound export: its name, its bytes, the options it needs."""

    module: str
    name: str
    content: bytes
    options: Options
    is_positional: bool = False
    has_header_first: bool = False
    """Its columns are known by their places, which ten rows have to prove."""


@dataclass
class Outcome:
    """What became of many mutations of a sample."""

    sample: Sample
    files: int = 0
    refused: int = 0
    kept_rows: int = 0
    slowest_s: float = 0.0
    peak_mb: int = 0
    faults: list[str] = field(default_factory=list)


def run(sample: Sample, count: int, seed: int, folder: Path) -> Outcome:
    """The outcome of that many mutations of a sample, in the order of the seed."""
    outcome = Outcome(sample)
    rng = Random(f"{seed} {sample.module} {sample.name}")
    places, brought = _read_sound(sample, folder)
    first = _header_row(brought) if brought.heads else 0
    sound = {place - first - 1: items for place, items in places.items()}
    kinds = list(_kinds(sample, brought, len(sound)))
    signal.signal(signal.SIGALRM, _hang)
    for number in range(count):
        name, make = kinds[number % len(kinds)]
        mutated = make(rng)
        started = time.monotonic()
        signal.alarm(SLOWEST_SECONDS)
        try:
            fault = _judge(sample, mutated, sound, outcome, folder)
        except Hang:
            fault = f"took more than {SLOWEST_SECONDS} s"
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is the finding
            fault = f"crashed: {type(error).__name__}: {str(error)[:200]}"
        finally:
            signal.alarm(0)
        outcome.files += 1
        outcome.slowest_s = max(outcome.slowest_s, time.monotonic() - started)
        if fault:
            outcome.faults.append(f"{name} #{number}: {fault}")
            _keep(folder, sample, number, mutated)
    outcome.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return outcome


def in_a_folder(job: tuple[Sample, int, int]) -> Outcome:
    """The outcome of a sample, a number of mutations and a seed, in a process of its own."""
    sample, count, seed = job
    home = Path("build/fuzz")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        return run(sample, count, seed, Path(folder))


def _judge(
    sample: Sample, mutated: Mutated, sound: dict[int, list[Row]], outcome: Outcome, folder: Path
) -> str:
    """What is wrong with the reading of a mutated file; nothing if it is right."""
    path = folder / "mutated"
    path.write_bytes(mutated.content)
    try:
        rows = read_rows(path, sample.name + mutated.suffix, sample.options, folder)
    except InputError as refusal:
        outcome.refused += 1
        may_be = mutated.may_be_refused or (mutated.may_lack_proof and _is_open(sample, refusal))
        return "" if may_be else f"was refused whole: {str(refusal)[:200]}"
    if mutated.harmed is None:
        return ""
    outcome.kept_rows += sum(len(items) for items in rows.values())
    there = Counter(row for items in rows.values() for row in items)
    for place, items in sound.items():
        if place in mutated.harmed:
            continue
        lost = [row for row in items if not there[row]]
        if lost:
            return f"row {place} did not survive: {str(lost[0])[:200]}"
    return ""


def _is_open(sample: Sample, refusal: InputError) -> bool:
    """Whether a file was refused for what rows that are gone had decided: an option says it."""
    names_an_option = "--" in str(refusal) and isinstance(refusal, FileFault)
    return names_an_option or sample.is_positional


def read_rows(path: Path, name: str, options: Options, folder: Path) -> dict[int, list[Row]]:
    """The good rows of a file by their places in it.

    Raises: InputError; AssertionError where a place stands twice in a table.
    """
    unpacked = folder / "unpacked"
    for left in unpacked.glob("*"):
        left.unlink()
    found_plain = plain(path, name, unpacked)
    brought = Brought(found_plain.path, found_plain.name, None, _AUTHORS)
    found = find_format(brought, options.as_format)
    if found.scrub:
        nameless = folder / "nameless"
        found.scrub(brought, nameless)
        brought = Brought(nameless, brought.name, None, _AUTHORS)
    if found.name == "canonical":
        return _imported_rows(path, name, options, folder)
    by_place: dict[int, list[Row]] = {}
    for relation in found.read(brought, options):
        assert relation.arrow is not None  # only canonical files are read by a query
        arrow = relation.arrow
        table = arrow if isinstance(arrow, pa.Table) else arrow.read_all()
        places = table["row"].to_pylist()
        assert len(set(places)) == len(places), f"{relation.table}: a row stands twice"
        names = [name for name in table.column_names if name not in {"row", "raw"}]
        columns = [table[name].to_pylist() for name in names]
        broken = names.index("broken") if "broken" in names else None
        for place, *cells in zip(places, *columns, strict=True):
            if broken is None or cells[broken] is None:
                by_place.setdefault(place, []).append((relation.table, tuple(cells)))
    return dict(sorted(by_place.items()))


def _imported_rows(path: Path, name: str, options: Options, folder: Path) -> dict[int, list[Row]]:
    """The rows that the store keeps of a canonical file, by their places in it."""
    home = folder / "edition"
    shutil.rmtree(home, ignore_errors=True)
    brought = folder / name
    brought.write_bytes(path.read_bytes())
    (report,) = import_files(Layout(home), _EDITION, [brought], options)
    counted = report.rows_kept + report.rows_duplicate + report.rows_rejected
    assert report.rows_read == counted, f"{counted} rows accounted for of {report.rows_read}"
    by_place: dict[int, list[Row]] = {}
    for part in read_parts(Layout(home), "observations"):
        for row in pq.read_table(part).to_pylist():
            cells = tuple(str(row[name]) for name in row if not name.startswith("source_"))
            by_place.setdefault(row["source_row"], []).append(("posts", cells))
    return dict(sorted(by_place.items()))


def _read_sound(sample: Sample, folder: Path) -> tuple[dict[int, list[Row]], Brought]:
    path = folder / "sound"
    path.write_bytes(sample.content)
    sound = read_rows(path, sample.name, sample.options, folder)
    assert len(sound) >= 10, f"{sample.module}: {sample.name} has {len(sound)} sound rows"
    found = plain(path, sample.name, folder / "sound-unpacked")
    brought = Brought(found.path, found.name, None, _AUTHORS)
    return sound, brought


def _kinds(sample: Sample, brought: Brought, items: int) -> Iterator[tuple[str, Make]]:
    """The mutations that fit the kind of file, each by its name; items are its sound places."""
    content = brought.path.read_bytes()
    yield "wrecked", lambda rng: mutation.wrecked(sample.content, rng)
    if brought.is_lines and len(content.splitlines()) > 2:
        lines = [
            line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()
        ]
        is_item = len(lines) == items
        for change in mutation.LINE_MUTATIONS:
            make = partial(change, lines)
            yield change.__name__, make if is_item else partial(_anything, make)
    elif brought.is_json:
        yield "document_changed", lambda rng: mutation.document_changed(content, rng, items)
    elif brought.sheets:
        header = _header_row(brought)
        yield "sheet_changed", lambda rng: mutation.sheet_changed(content, rng, header)
    elif brought.heads:
        dialect: Dialect = brought.heads[0].dialect
        table = mutation.table_of(content, _header_row(brought), dialect.delimiter)
        for mutate in mutation.TABLE_MUTATIONS:
            is_spared = sample.is_positional and mutate in mutation.OF_COLUMNS
            is_spared |= sample.has_header_first and mutate in mutation.ABOVE_HEADER
            if not is_spared:
                yield mutate.__name__, partial(mutate, table)


def _anything(make: Make, rng: Random) -> Mutated:
    """A mutation of a file whose lines hold several items: which of them it harmed is not known."""
    mutated = make(rng)
    harmed = mutated.harmed if mutated.harmed == set() else None
    return Mutated(mutated.content, harmed, mutated.suffix, mutated.may_be_refused)


def _header_row(brought: Brought) -> int:
    """The header is the first of the widest rows."""
    widths = [sum(1 for cell in row if cell.strip()) for row in brought.heads[0].rows]
    return next(n for n, width in enumerate(widths, start=1) if width >= max(widths) * 0.7)


def _keep(folder: Path, sample: Sample, number: int, mutated: Mutated) -> None:
    """Keep a file that was read wrongly, to look at it."""
    kept = folder.parent / "found"
    kept.mkdir(exist_ok=True)
    name = f"{sample.module}-{number}-{sample.name}{mutated.suffix}"
    (kept / name).write_bytes(mutated.content)


def _hang(_signal: int, _frame: FrameType | None) -> Any:
    raise Hang
