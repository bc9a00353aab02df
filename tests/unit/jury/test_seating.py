"""The panel before it begins: seats, codes, orders."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tolok.jury.seating import juror_codes, panel_faults, shuffled
from tolok.methodology.jury import Criterion, Juror, Panel, Round
from tolok.model import Label

START = datetime(2026, 2, 2, tzinfo=UTC)
ROUND = Round("first", "scores", START, START + timedelta(days=1))
RUBRIC = (Criterion("quality", Label("Mutu", "Quality"), 1.0),)
IMAGES = SimpleNamespace(name="images", criteria=RUBRIC)
VIDEOS = SimpleNamespace(name="videos", criteria=RUBRIC)


def jurors(outside, organiser=0, supplier=0):
    seats = ["organiser"] * organiser + ["supplier"] * supplier + [""] * outside
    return tuple(Juror(f"juror {at}", (), seat) for at, seat in enumerate(seats))


def problems(panel, *categories):
    return [str(fault) for fault in panel_faults(panel, categories or (IMAGES,))]


def test_a_panel_of_five_with_two_insiders_may_begin():
    assert problems(Panel(jurors(3, 1, 1), (ROUND,))) == []


@pytest.mark.parametrize(
    ("insiders", "panel", "is_fault"),
    [
        ("minority", jurors(3, 1, 1), False),
        ("minority", jurors(2, 2, 1), True),
        ("minority", jurors(3, 3), True),
        ("none", jurors(4, 1), True),
        ("none", jurors(5), False),
        ("any", jurors(0, 3, 2), False),
    ],
)
def test_insiders_are_limited_by_the_rule(insiders, panel, is_fault):
    found = problems(Panel(panel, (ROUND,), insiders=insiders))
    assert ["are of the organiser or the data supplier" in one for one in found] == [
        True
    ] * is_fault


def test_too_few_jurors_of_a_category_cannot_begin():
    some = (*jurors(4), Juror("a photographer", ("images",)))
    found = problems(Panel(some, (ROUND,)), IMAGES, VIDEOS)
    (fault,) = found
    assert fault.startswith("categories/videos.toml: has 4 jurors; the rules ask for 5. Add")


def test_a_panel_without_rounds_or_rubric_cannot_begin():
    found = problems(Panel(jurors(5)), SimpleNamespace(name="images", criteria=()))
    assert [one.split(":")[0] for one in found] == ["edition.toml, jury", "categories/images.toml"]


def test_codes_hang_on_the_key_and_not_on_the_order_of_names():
    names = ["Ana", "Budi", "Citra", "Dewi", "Eka"]
    codes = juror_codes(names, b"key")
    assert sorted(codes.values()) == ["J1", "J2", "J3", "J4", "J5"]
    assert juror_codes(names[::-1], b"key") == codes
    others = [juror_codes(names, bytes([key])) for key in range(40)]
    assert len({tuple(sorted(one.items())) for one in others}) > 20


def test_every_order_of_three_comes_as_often():
    things = ("x", "y", "z")
    orders = Counter(shuffled(things, things, "seed", f"J{at}") for at in range(3000))
    assert len(orders) == 6
    assert min(orders.values()) > 400


def test_an_order_does_not_hang_on_how_things_come():
    things = ("x", "y", "z", "w")
    assert shuffled(things, things, 1) == shuffled(things[::-1], things[::-1], 1)
