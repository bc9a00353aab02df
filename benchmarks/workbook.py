"""A merged workbook as Fanpage Karma writes it, of as many posts as wanted, of seeded values."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

_HEADER = (
    "Date", "Message", "Profile", "Network", "Reactions, Comments & Shares", "Likes per post",
    "Comments per post", "Message-ID", "Profile-ID", "Link",
)  # fmt: skip
_FIRST = datetime(2024, 1, 1)  # noqa: DTZ001 -- a workbook's cell has no zone
_MADE = datetime(2025, 4, 30, 14, 50)  # noqa: DTZ001 -- nor has its property
_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
_WORDS = "hari ini warga kota sendok perak belajar menanam pohon bersama relawan 😀".split()


def write_workbook(path: Path, posts: int, *, seed: int = 1) -> Path:
    """The workbook's path, once it is written; a post has its own time, link and counts."""
    draw = random.Random(seed)
    settings = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    with xlsxwriter.Workbook(path, settings) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, _HEADER)
        for row in range(1, posts + 1):
            likes, comments = draw.randrange(5_000), draw.randrange(300)
            link = "".join(draw.choices(_SIGNS, k=11))
            sheet.write_datetime(row, 0, _FIRST + timedelta(seconds=draw.randrange(40_000_000)))
            words = " ".join(draw.choices(_WORDS, k=30))
            sheet.write_row(row, 1, (words, "Nama", "INSTAGRAM", likes + comments, likes, comments))
            sheet.write_row(row, 7, (f"{1_8000_000_000_000_000 + row}", "2292348882"))
            sheet.write_string(row, 9, f"https://www.instagram.com/p/{link}/")
    return path
