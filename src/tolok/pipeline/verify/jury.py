"""The jury counted again from its published ledger and ballots."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from tolok.jury.ballot import Entry
from tolok.jury.ledger import LedgerBroken, Line, canonical_sha256, read_ledger
from tolok.jury.standing import Standing, standing_of
from tolok.methodology.jury import Panel
from tolok.methodology.rules import Rules
from tolok.model import Registry
from tolok.pipeline.jury.bench import awards_of
from tolok.pipeline.jury.closing import record_of
from tolok.pipeline.jury.tables import decided_winners, empty_tables, jury_tables
from tolok.pipeline.results import shaped
from tolok.pipeline.verify.compare import compare_tables
from tolok.pipeline.verify.files import sha256_of
from tolok.pipeline.verify.package import Package
from tolok.pipeline.verify.report import Check, Difference, checked, unchecked
from tolok.pipeline.verify.typed import read_csv_table
from tolok.publish.open_data import file_of
from tolok.store.jury import JURY_TABLES
from tolok.store.scored import WINNERS

_UNCOUNTED = "with these ballots nothing is counted"
LEDGER, WINNERS_FILE = "jury/ledger.jsonl", "results/winners.csv"
Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class PublishedJury:
    """A jury as it is published: its ledger, and its ballots as far as the rules publish them."""

    package: Package
    rules: Rules
    registry: Registry
    lines: tuple[Line, ...]

    @cached_property
    def standing(self) -> Standing:
        """What the ledger adds up to."""
        return standing_of(self.lines)

    @property
    def panel(self) -> Panel:
        """The jury's rules."""
        return self.rules.edition.jury

    @cached_property
    def names(self) -> dict[str, str]:
        """How each juror is published, by code; the codes of the opening, in its order."""
        roll: dict[str, str] = {}
        path = self.package.home / "jury" / "jurors.csv"
        if self.panel.ballots == "named" and path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                roll = {row["code"]: row["juror"] for row in csv.DictReader(file)}
        opening = self.standing.opening
        return {code: roll.get(code, code) for code in (opening.jurors if opening else ())}

    @cached_property
    def institutions(self) -> dict[str, str]:
        """The names of all institutions, by id."""
        return {one.institution_id: one.institution for one in self.registry.institutions}

    @cached_property
    def nominees(self) -> tuple[Mapping[str, str], ...]:
        """The rows of nominees.csv, in its order."""
        with (self.package.results / "nominees.csv").open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))

    @cached_property
    def awards(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        """The nominees of each (category, cluster)."""
        return awards_of(self.rules, self.nominees)

    def ballot_file(self, round_name: str, juror: str, version: int) -> Path:
        """Where one version of a juror's ballot of a round is published."""
        return self.package.home / "jury" / "ballots" / f"{round_name}-{juror}-{version}.json"


def check_jury(
    package: Package, rules: Rules, registry: Registry, tables: Tables, by_data: pa.Table
) -> Check:
    """The tally, the votes and the winners, from the ballots; by the data alone where no jury sat.

    `by_data` are the winners as scoring leaves them.
    """
    path = package.home / LEDGER
    if not path.is_file():
        if tables["jury_awards"].num_rows:
            gap = Difference(LEDGER, "", "absent", "the results have the tables of a jury")
            return checked("jury", "acts of the jury", 0, [gap])
        return checked("jury", *_compared(package, tables, by_data, empty_tables()))
    try:
        return _recounted(
            PublishedJury(package, rules, registry, read_ledger(path.read_text("utf-8"))),
            tables,
            by_data,
        )
    except LedgerBroken as broken:
        told = Difference(
            LEDGER,
            f"line {broken.line}",
            "changed",
            f"its chain of hashes breaks: {broken.problem}",
        )
        return checked("jury", "acts of the jury", 0, [told])


def _recounted(jury: PublishedJury, tables: Tables, by_data: pa.Table) -> Check:
    found = list(_record_differences(jury))
    if not jury.standing.is_closed:
        return checked("jury", *_compared(jury.package, tables, by_data, empty_tables()))
    if jury.panel.ballots == "none":
        why, acts = "the rules publish no ballots, so its tally is its own word", len(jury.lines)
        if found:
            return checked("jury", "acts of the jury", acts, found, why=why)
        return unchecked("jury", "the tally of the jury", why)
    forged = list(_ballot_differences(jury))
    if forged:
        return checked("jury", "ballots", len(jury.lines), [*found, *forged], why=_UNCOUNTED)
    record = record_of(jury)
    winners = decided_winners(by_data.to_pylist(), record)
    what, cells, differences = _compared(jury.package, tables, winners, jury_tables(record))
    return checked("jury", what, cells, [*found, *differences])


def _compared(
    package: Package, tables: Tables, winners: pa.Table, computed: Tables
) -> tuple[str, int, list[Difference]]:
    """What was held against each other, how many cells, and the differences."""
    read = read_csv_table(package.home / WINNERS_FILE, WINNERS)
    found = [
        *read.faults,
        *compare_tables(WINNERS_FILE, WINNERS, read.table, shaped(WINNERS, winners)),
    ]
    cells = read.table.num_rows * read.table.num_columns
    for name, table in computed.items():
        found += compare_tables(f"results/{file_of(name)}", JURY_TABLES[name], tables[name], table)
        cells += table.num_rows * table.num_columns
    return "cells of winners, tally and votes", cells, found


def _ballot_differences(jury: PublishedJury) -> Iterator[Difference]:
    """The ballots that are not those whose hash the ledger took when they came."""
    for (round_name, code), casts in jury.standing.ballots.items():
        for cast in casts:
            path = jury.ballot_file(round_name, code, cast.version)
            file = jury.package.told(path)
            if not path.is_file():
                yield Difference(file, "", "absent", "the ledger has it")
            elif canonical_sha256(json.loads(path.read_text("utf-8"))) != cast.ballot_sha256:
                said = f"the ledger took another from {code} in round {round_name}"
                yield Difference(file, "", "changed", said)


def _record_differences(jury: PublishedJury) -> Iterator[Difference]:
    """Whether the jury that the ledger records judged these nominees under these rules."""
    opening, home = jury.standing.opening, jury.package.home
    nominees = hashlib.sha256((home / "results" / "nominees.csv").read_bytes()).hexdigest()
    if opening is None:
        yield Difference(LEDGER, "", "no opening", "a jury is opened first")
        return
    if opening.nominees_sha256 != nominees:
        told = opening.nominees_sha256, f"{nominees} is the hash of results/nominees.csv"
        yield Difference(LEDGER, "nominees_sha256", *told)
    stated = {line.body.get("winners_sha256") for line in jury.lines if line.act == "closed"}
    winners = sha256_of(home / WINNERS_FILE)
    if jury.standing.is_closed and winners not in stated:
        yield Difference(WINNERS_FILE, "sha256", winners, "the ledger was closed on other winners")
