"""Files as YouTube Studio exports them, in English and in Indonesian, and as a workbook."""

import io
from datetime import UTC, datetime

import xlsxwriter

OPTIONS = {
    "exported_at": datetime(2025, 11, 1, tzinfo=UTC),
    "time_zone": "Asia/Jakarta",
    "account": "@contoh",
}
_ENGLISH = """\
Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,\
Impressions click-through rate (%)
Total,,,,12046,80.5,10,90000,3.4
"""
_INDONESIAN = """\
Konten,Judul video,Waktu publikasi video,Durasi,Penayangan,Waktu tonton (jam),Subscriber,Tayangan,\
Rasio klik-tayang dari tayangan (%)
Total,,,,12046,"80,5",10,90000,"3,4"
"""


def _rows(decimal):
    title = '"Halo, ""dunia""\nbaris dua"'
    yield f'vid00000000,{title},"Sep 1, 2025",61,1000,"1{decimal}5",1,10,"3{decimal}4"'
    for number in range(1, 11):
        title = f"Video {number} 🎉"
        day = f'"Sep {number + 1}, 2025"'
        counts = f'{30 * number},{1000 + number},"1{decimal}5",1,10,"3{decimal}4"'
        yield f"vid{number:08},{title},{day},{counts}"


def workbook(sheets):
    """A workbook of sheets by name, each a list of rows."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def _sheet_rows():
    yield ["Content", "Video title", "Video publish time", "Duration", "Views"]
    yield ["Total", None, None, None, 12046]
    yield ["vid00000000", 'Halo, "dunia"\nbaris dua', datetime(2025, 9, 1), 61, 1000]  # noqa: DTZ001 -- a cell has no zone
    for number in range(1, 11):
        day = datetime(2025, 9, number + 1)  # noqa: DTZ001 -- a cell has no zone
        yield [f"vid{number:08}", f"Video {number} 🎉", day, 30 * number, 1000 + number]


SAMPLES = {
    "Table data.csv": (_ENGLISH + "\n".join(_rows(".")) + "\n").encode("utf-8-sig"),
    "Data tabel.csv": (_INDONESIAN + "\n".join(_rows(",")) + "\n").encode("utf-8-sig"),
    "Content.xlsx": workbook(
        {
            "Table data": list(_sheet_rows()),
            "Totals": [["Date", "Views"], ["2025-09-01", 1000]],
            "Chart data": [
                ["Date", "Content", "Video title", "Video publish time", "Duration", "Views"]
            ],
        }
    ),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
