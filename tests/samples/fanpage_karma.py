"""Files as Fanpage Karma exports them: CSV with titles, and a merged workbook."""

import io
from datetime import UTC, datetime

import xlsxwriter

OPTIONS = {"exported_at": datetime(2025, 5, 1, tzinfo=UTC)}
_HEADER = (
    "Date", "Message", "Profile", "Network", "Number of Likes", "Number of Comments",
    "Number of Shares", "Views per Video", "Fans", "Reach per post", "Message-ID", "Profile-ID",
    "Link",
)  # fmt: skip
_MERGED = (
    "Date", "Message", "Profile", "Network", "Reactions, Comments & Shares", "Likes per post",
    "Comments per post", "Message-ID", "Profile-ID", "Link",
)  # fmt: skip


def _raw():
    lines = ["", ';"Posts over time";;"Jan 1, 2025 - Apr 29, 2025";;"April 30, 2025"', "", ""]
    lines[0] = ";" * len(_HEADER)
    lines[2:4] = lines[:1] * 2
    lines.append(";" + ";".join(_HEADER))
    for n in range(1, 11):
        fans = "1.045.678" if n < 10 else "-"
        lines.append(
            f';2025-03-{n:02} 09:30:00;"Halo; ""dunia""\nbaris {n} 🎉";Contoh;FACEBOOK;'
            f"1.20{n % 10};"
            f"{30 + n};{10 + n};5.00{n % 10};{fans};-;100000{n};9001;"
            f"https://www.facebook.com/contoh/videos/{1000000 + n}/"
        )
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


def _workbook():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, _MERGED)
        for n in range(1, 11):
            published = datetime(2025, 3, n, 9, 30)  # noqa: DTZ001 -- a cell has no zone
            link = f"https://www.instagram.com/reel/CJggXA2Ab{n:02}/"
            cells = (published, f"Kiriman {n}", "Contoh", "INSTAGRAM", 200 + n, 150 + n, 50,
                     1.81426227341263e16, 2292348882, link)  # fmt: skip
            sheet.write_row(n, 0, cells)
    return content.getvalue()


SAMPLES = {"raw.csv": _raw(), "merged.xlsx": _workbook()}
"""Content by file name; every file holds ten rows, all of them good."""
