"""The open data beside a site: what is there, what is not, and its descriptor."""

import csv
import hashlib
import json
import re

import pyarrow.parquet as pq
import pytest

from tolok.publish.data_package import data_sha256, descriptor, is_table
from tolok.publish.open_columns import WRITTEN
from tolok.publish.open_data import published_files
from tolok.registry.breaks import BREAK_COLUMNS
from tolok.registry.corrections import COLUMNS as CORRECTION_COLUMNS
from tolok.registry.read import ACCOUNT_COLUMNS, INSTITUTION_COLUMNS, LINEAGE_COLUMNS
from tolok.registry.sourced import SOURCED_COLUMNS
from tolok.store.results import AS_CSV, RESULT_TABLES, WITHHELD


@pytest.fixture(scope="module")
def data(site):
    return site / "data"


@pytest.fixture(scope="module")
def package(data):
    return json.loads((data / "datapackage.json").read_text("utf-8"))


def test_every_file_is_listed_with_its_size_and_hash_and_nothing_else_is(data, package):
    there = {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and path.name != "datapackage.json"
    }
    assert {one["path"]: (one["bytes"], one["hash"]) for one in package["resources"]} == {
        name: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        for name, content in there.items()
    }


def test_names_of_resources_are_unique_and_of_the_form_of_data_packages(package):
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9._-]+", name)] == []


def test_every_table_is_there_but_those_that_may_not_be(data, package):
    tables = {path.stem for path in (data / "results").iterdir()} - {"manifest"}
    assert tables == set(RESULT_TABLES) - set(WITHHELD)
    assert {one["table"] for one in package["tolok"]["left_out"]} == set(WITHHELD)
    read_me = (data / "README.md").read_text("utf-8")
    assert [name for name in WITHHELD if name not in read_me] == []


def test_every_column_of_a_table_is_described(package):
    for one in package["resources"]:
        stem = one["path"].rpartition("/")[2].partition(".")[0]
        if one.get("type") == "table" and is_table(one["path"]):
            described = [field["name"] for field in one["schema"]["fields"]]
            assert described == list(RESULT_TABLES[stem].names)
            assert all(field["description"] for field in one["schema"]["fields"])


def test_columns_of_written_files_are_those_that_are_read():
    columns = {name: tuple(meanings) for name, meanings in WRITTEN.items()}
    assert columns == {
        "registry/institutions.csv": INSTITUTION_COLUMNS,
        "registry/accounts.csv": ACCOUNT_COLUMNS,
        "registry/lineage.csv": LINEAGE_COLUMNS,
        "corrections.csv": CORRECTION_COLUMNS,
        "archive/sourced.csv": SOURCED_COLUMNS,
        "breaks.csv": ("platform", *BREAK_COLUMNS),
        "jury/jurors.csv": ("code", "juror"),
    }


def test_csv_has_the_rows_of_its_table(data):
    for path in (data / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        table = pq.read_table(data / "results" / f"{path.stem}.parquet", partitioning=None)
        assert (header, len(rows)) == (table.column_names, table.num_rows)
        assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")] == []
    assert not {path.stem for path in (data / "csv").iterdir()} & {*AS_CSV, *WITHHELD}


def test_one_hash_of_the_data_is_that_of_the_list_of_hashes(data, package):
    listed = {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(listed.items()))
    assert data_sha256(listed) == hashlib.sha256(lines.encode()).hexdigest()
    assert package["tolok"]["data_sha256"] == data_sha256(listed)


def test_licence_stands_in_the_descriptor_where_the_organiser_gives_one(invented, results):
    def licences(rules):
        return json.loads(descriptor(rules, results.manifest, "", {})).get("licenses")

    assert licences(invented.rules(licence="CC-BY-4.0")) == [{"name": "CC-BY-4.0"}]
    assert licences(invented.rules()) is None


def test_private_files_landing_store_and_the_record_of_an_open_jury_stay_out(tmp_path):
    shown = [
        "categories/most-active.toml", "columns.toml", "corrections.csv", "edition.toml",
        "errata/001.json", "lock/lock.json", "metrics/activity.toml", "registry/accounts.csv",
        "results/manifest.json", "results/scores.parquet", "results/winners.csv",
    ]  # fmt: skip
    of_jury = ["jury/ballots/first-J1-1.json", "jury/jurors.csv", "jury/ledger.jsonl"]
    hidden = [
        "archive/.DS_Store", "jury/tables/winners.csv", "landing/ab/cd", "lock/rules/edition.toml",
        "maps/a.toml", "private/jury/jurors.csv", "registry/notes.txt", "results/evidence.parquet",
        "results/unknown_accounts.parquet", "store/posts/a.parquet",
    ]  # fmt: skip
    for name in (*shown, *of_jury, *hidden):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")

    def published(*, is_judged):
        found = published_files(tmp_path, is_judged=is_judged)
        return sorted(path.relative_to(tmp_path).as_posix() for path in found)

    assert published(is_judged=False) == shown
    assert published(is_judged=True) == sorted([*shown, *of_jury])
