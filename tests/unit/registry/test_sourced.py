"""The record of what others have published: read whole or refused, and shipped with sources."""

import csv

import pytest

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.template import TEMPLATES
from tolok.registry.sourced import read_sourced, unknown_institutions

HEAD = "edition,category,cluster,institution,institution_id,status,remark,source\n"


def written(folder, *lines):
    (folder / "archive").mkdir()
    text = HEAD + "".join(f"{line}\n" for line in lines)
    (folder / "archive" / "sourced.csv").write_text(text, "utf-8")


def test_edition_without_the_file_has_no_record(tmp_path):
    assert read_sourced(tmp_path) == ()


def test_rows_are_read_in_their_order_and_what_a_source_leaves_out_is_empty(tmp_path):
    written(
        tmp_path,
        "2021,Best Account,,Dinas Awan,,winner,,https://a.example/1",
        "2020,,lembaga,Badan Fajar,badan-fajar,nominee,top three,http://b.example/2",
    )
    rows = read_sourced(tmp_path)
    assert [(row.edition, row.category, row.cluster, row.status) for row in rows] == [
        ("2021", "Best Account", "", "winner"),
        ("2020", "", "lembaga", "nominee"),
    ]


def test_every_fault_is_told_with_its_place(tmp_path):
    written(
        tmp_path,
        "21,Best Account,,Dinas Awan,,winner,,https://a.example/1",
        "2021,Best Account,,,,finalist,,koran",
    )
    with pytest.raises(FaultsFound) as found:
        read_sourced(tmp_path)
    told = sorted(
        (fault.file, fault.line, fault.column)
        for fault in found.value.exceptions
        if isinstance(fault, FileFault)
    )
    assert told == [
        ("archive/sourced.csv", 2, "edition"),
        ("archive/sourced.csv", 3, "institution"),
        ("archive/sourced.csv", 3, "source"),
        ("archive/sourced.csv", 3, "status"),
    ]


def test_institution_id_that_the_registry_lacks_is_a_warning(tmp_path):
    written(tmp_path, "2020,,,Badan Fajar,badan-fajr,winner,,https://b.example/2")
    (finding,) = unknown_institutions(read_sourced(tmp_path), ["badan-fajar"])
    assert str(finding) == (
        "archive/sourced.csv, line 2: institution_id: 'badan-fajr' is not in "
        "registry/institutions.csv. Did you mean 'badan-fajar'?"
    )


def test_shipped_record_names_institutions_of_the_shipped_registry():
    folder = TEMPLATES / "gsm-2025"
    rows = read_sourced(folder)
    with (folder / "registry" / "institutions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["institution_id"] for row in csv.DictReader(file)}
    assert len(rows) == 39
    assert {row.edition for row in rows} == {"2019", "2020", "2021", "2022", "2025"}
    assert unknown_institutions(rows, known) == []
