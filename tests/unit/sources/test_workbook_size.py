"""Workbooks that lie about themselves are refused before they fill the memory."""

import zipfile

import pytest

from tolok.errors import FileFault
from tolok.sources.workbook import sheets_of

SHEET = "xl/worksheets/sheet1.xml"


def packed(path, xml, *, says=None):
    """A zip file with one sheet; says is the size that its directory names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, xml)
    if says is not None:
        content = path.read_bytes()
        size = len(xml).to_bytes(4, "little")
        path.write_bytes(content.replace(size, says.to_bytes(4, "little")))
    return path


FAR = [
    '<c r="XFD1048576"/>',
    '<row r="999999"/>',
    '<row spans="1:2"\tr="9999999">',
    '<c r="AAA900000"/>',
]


@pytest.mark.parametrize("cell", FAR)
def test_sheet_with_a_cell_far_away_is_refused(tmp_path, cell):
    with pytest.raises(FileFault) as refused:
        sheets_of(packed(tmp_path / "a.xlsx", f"<sheetData>{cell}</sheetData>"), "a.xlsx")
    assert "has a cell far away from the others" in str(refused.value)


def test_sheet_that_is_larger_than_it_says_is_refused(tmp_path):
    path = packed(tmp_path / "a.xlsx", "<sheetData>" + "<row/>" * 9000, says=40)
    with pytest.raises(FileFault) as refused:
        sheets_of(path, "a.xlsx")
    assert "unpacks to more than it says" in str(refused.value)
