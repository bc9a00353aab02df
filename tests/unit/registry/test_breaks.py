"""The calendar of breaks: shipped, added to, and asked which counts it concerns."""

from datetime import date

import pytest

from tolok.address import split_address
from tolok.errors import FaultsFound, FileFault
from tolok.model import PLATFORMS, Label, Window
from tolok.registry.breaks import Break, read_breaks

SHORTS = Break(
    "youtube",
    date(2025, 3, 31),
    "view_count",
    ("short_video",),
    Label("x", "x"),
    "https://a.b",
    "A",
)
HEAD = "platform,from_on,count,kinds,what_id,what_en,source,grade\n"


def window(first, last):
    return Window(date.fromisoformat(first), date.fromisoformat(last), "Asia/Jakarta")


def test_shipped_breaks_have_an_address_each_and_stand_by_date():
    shipped = read_breaks()
    assert [one for one in shipped if split_address(one.source) is None] == []
    assert [one.from_on for one in shipped] == sorted(one.from_on for one in shipped)
    assert {one.platform for one in shipped} <= set(PLATFORMS)


def test_view_of_a_short_is_another_one_since_the_end_of_march_2025():
    found = [
        one
        for one in read_breaks()
        if one.concerns("youtube", "view_count", ["short_video"]) and one.from_on.year == 2025
    ]
    assert [(one.from_on, one.kinds) for one in found] == [(date(2025, 3, 31), ("short_video",))]


@pytest.mark.parametrize(
    ("platform", "count", "kinds", "expected"),
    [
        ("youtube", "view_count", ["short_video"], True),
        ("youtube", "view_count", ["video", "live"], False),
        ("youtube", "view_count", [], True),
        ("youtube", "reaction_count", ["short_video"], False),
        ("tiktok", "view_count", ["short_video"], False),
    ],
)
def test_break_concerns_its_platform_count_and_kinds(platform, count, kinds, expected):
    assert SHORTS.concerns(platform, count, kinds) is expected


def test_break_of_all_counts_and_kinds_concerns_every_one():
    every = Break("x", date(2025, 1, 1), "all", (), Label("x", "x"), "https://a.b", "C")
    assert every.concerns("x", "share_count", ["text"])
    assert every.concerns("x", "follower_count")


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        ("2024-01-01", False),  # the first day of the earlier window: all of it is counted anew
        ("2024-01-02", True),
        ("2024-09-01", True),  # between the two
        ("2025-06-30", True),
        ("2025-07-01", False),  # after the later one
    ],
)
def test_break_parts_two_windows_between_or_inside_them(day, parts):
    one = Break("x", date.fromisoformat(day), "all", (), Label("x", "x"), "https://a.b", "C")
    earlier, later = window("2024-01-01", "2024-07-01"), window("2025-01-01", "2025-07-01")
    assert one.parts(earlier, later) is parts


def test_edition_adds_its_own_breaks(tmp_path):
    line = (
        "tiktok,2025-05-01,share_count,,Bagikan dihitung ulang,Shares anew,https://a.example/,C\n"
    )
    (tmp_path / "breaks.csv").write_text(HEAD + line, "utf-8")
    added = [one for one in read_breaks(tmp_path) if one not in read_breaks()]
    assert [(one.platform, one.from_on, one.count, one.what.id) for one in added] == [
        ("tiktok", date(2025, 5, 1), "share_count", "Bagikan dihitung ulang")
    ]


def test_every_fault_of_a_file_is_told_with_its_place(tmp_path):
    lines = "tikto,2025-13-01,views,,a,b,,D\ninstagram,2025-05-01,all,imag,a,b,https://a.b/,A\n"
    (tmp_path / "breaks.csv").write_text(HEAD + lines, "utf-8")
    with pytest.raises(FaultsFound) as found:
        read_breaks(tmp_path)
    told = sorted(
        (fault.line, fault.column)
        for fault in found.value.exceptions
        if isinstance(fault, FileFault)
    )
    assert told == [(2, "count"), (2, "from_on"), (2, "grade"), (2, "platform"), (2, "source"),
                    (3, "kinds")]  # fmt: skip
    assert "Did you mean 'tiktok'?" in str(found.value)
