"""Files that are far larger than a form are refused before they fill the memory."""

import csv
import io
import json
import time
import tracemalloc
import zipfile
from typing import Any

import pytest
import xlsxwriter
from tests.form_cases import CODE, FILLED, SCORES, printed

from tolok.errors import FaultsFound, FileFault
from tolok.forms.read import read_returned
from tolok.forms.write import write_ballot

ODS = (
    '<?xml version="1.0"?>{doctype}<office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL = '<table:table-cell office:value-type="float" office:value="7"{repeats}/>'


def ods(path, rows, doctype=""):
    """An ODS file with rows of a sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows, doctype=doctype))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def refused(path):
    """Why a file is refused; within ten seconds and 200 MB."""
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises((FileFault, FaultsFound)) as found:
            read_returned(path)
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()
    assert time.monotonic() - began < 10
    assert isinstance(found.value, FileFault)
    assert found.value.remedy
    return found.value.problem


def test_file_of_many_megabytes_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x" * ((10 << 20) + 1))
    assert refused(tmp_path / "a.csv") == "has 10 MB; a form has 10 MB at most."


def test_workbook_that_unpacks_to_far_more_is_refused(tmp_path):
    write_ballot(SCORES, CODE, printed(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(80 << 20))
    assert refused(tmp_path / "a.xlsx") == "is a workbook of 80 MB, unpacked; 64 MB at most."


def test_workbook_with_a_cell_far_away_is_refused(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write(0, 0, "format")
    sheet.write(1_000_000, 16_000, 7)
    book.close()
    assert "a cell far away from the others" in refused(tmp_path / "a.xlsx")


def test_workbook_of_many_rows_is_refused(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("Gambar")
    for row in range(25_000):
        sheet.write_number(row, 0, row)
    book.close()
    problem = "the sheet 'Gambar' has 25,000 rows and 1 columns; a form has 20,000 rows at most."
    assert refused(tmp_path / "a.xlsx") == problem


def test_workbook_of_many_sheets_is_refused(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for _ in range(101):
        book.add_worksheet()
    book.close()
    assert refused(tmp_path / "a.xlsx") == "has more than 100 sheets."


ROW = "<table:table-row{repeats}>{cells}</table:table-row>"
MANY_ROWS = ' table:number-rows-repeated="1000000"'
SOME_ROWS = ' table:number-rows-repeated="9999"'
WIDE = CELL.format(repeats=' table:number-columns-repeated="16000"')
NARROW = CELL.format(repeats="")
GAP = (
    '<table:table-cell table:number-columns-repeated="16000"/>'
    "<table:table-cell><text:p>7</text:p></table:table-cell>"
)
SPREADS = {
    "rows": ROW.format(repeats=MANY_ROWS, cells=NARROW),
    "empty rows": ROW.format(repeats=MANY_ROWS, cells="") + ROW.format(repeats="", cells=NARROW),
    "cells": ROW.format(repeats=SOME_ROWS, cells=WIDE),
    "empty cells": ROW.format(repeats=SOME_ROWS, cells=GAP),
}


@pytest.mark.parametrize("rows", SPREADS.values(), ids=SPREADS)
def test_ods_whose_cells_repeat_without_end_is_refused(tmp_path, rows):
    assert "a form has 20,000 at most." in refused(ods(tmp_path / "a.ods", rows))


def test_ods_whose_empty_rows_repeat_to_the_end_is_read(tmp_path):
    rows = (
        f"<table:table-row>{CELL.format(repeats='')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    problem = "is no ballot and no declaration: no sheet has a hidden head of ours."
    assert refused(ods(tmp_path / "a.ods", rows)) == problem


def test_ods_with_a_document_type_is_refused(tmp_path):
    doctype = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    problem = "cannot be read as a workbook: it has a document type."
    assert refused(ods(tmp_path / "a.ods", "&c;", doctype)) == problem


def test_csv_of_many_rows_is_refused(tmp_path):
    write_ballot(SCORES, CODE, printed(), tmp_path / "a.csv", filled=FILLED)
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "a.csv").write_text("\n".join([lines[0], *lines[1:2] * 20_001]), "utf-8")
    assert refused(tmp_path / "a.csv") == "has more than 20,000 rows."


@pytest.mark.parametrize("limit", [131_072, 1 << 24])
def test_csv_with_a_cell_without_end_is_refused(tmp_path, limit):
    write_ballot(SCORES, CODE, printed(), tmp_path / "a.csv", filled=FILLED)
    with (tmp_path / "a.csv").open("a", encoding="utf-8") as file:
        file.write('"' + "x" * 120_000)
    before = csv.field_size_limit(limit)  # other readers may raise it
    try:
        problem = refused(tmp_path / "a.csv")
    finally:
        csv.field_size_limit(before)
    assert problem == "row 17 has a cell of more than 100,000 characters."


def test_json_of_many_answers_is_refused(tmp_path):
    document = {"format": "tolok-ballot", "version": 1, "answers": [1] * 20_001}
    (tmp_path / "a.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(FaultsFound) as found:
        read_returned(tmp_path / "a.json")
    last: Any = found.value.exceptions[-1]
    assert last.problem == "is no list of 20,000 objects at most."


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_damaged_form_is_read_or_refused_and_never_breaks(tmp_path, suffix):
    write_ballot(SCORES, CODE, printed(), tmp_path / f"a.{suffix}", filled=FILLED)
    whole = (tmp_path / f"a.{suffix}").read_bytes()
    damaged = tmp_path / f"b.{suffix}"
    refusals = 0
    for number in range(200):
        at = number * len(whole) // 200
        kinds = (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :], whole[:at] + whole[at + 7 :])
        damaged.write_bytes(kinds[number % 3])
        try:
            read_returned(damaged)
        except (FileFault, FaultsFound):
            refusals += 1
    assert refusals > 50


def test_damaged_sheet_inside_a_sound_workbook_is_read_or_refused(tmp_path):
    write_ballot(SCORES, CODE, printed(), tmp_path / "a.xlsx", filled=FILLED)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    refusals = 0
    for name in ("xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        whole = parts[name]
        for number in range(60):
            at = number * len(whole) // 60
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                for other, content in parts.items():
                    cut = whole[:at] + whole[at + 1 + number % 5 :]
                    archive.writestr(other, cut if other == name else content)
            (tmp_path / "b.xlsx").write_bytes(buffer.getvalue())
            try:
                read_returned(tmp_path / "b.xlsx")
            except (FileFault, FaultsFound):
                refusals += 1
    assert refusals > 30
