"""Charts of what a kind or a time brings: order, scale, and what may be claimed."""

import math

import pytest

from tolok.composite.habit import Effect
from tolok.publish.documents.report.effects import best_told, effects_chart, told


def effect(percent, half):
    """An effect of so many percent, its interval so many to both sides."""
    low, mid, high = (
        math.log1p(value / 100) for value in (percent - half, percent, percent + half)
    )
    return Effect(20, mid, low, high)


def test_rows_stand_by_size_and_a_separable_one_is_marked(indonesian):
    effects = {"a": effect(2, 5), "b": effect(20, 8), "c": effect(-12, 3)}
    chart = effects_chart(effects, "judul", "satuan", indonesian)
    assert [(row["label"], row["is_nominee"]) for row in chart["rows"]] == [
        ("b", True), ("a", False), ("c", True),
    ]  # fmt: skip
    assert [row["value"] for row in chart["rows"]] == [
        "+20% (+12 sampai +28)", "+2% (−3 sampai +7)", "−12% (−15 sampai −9)",
    ]  # fmt: skip
    for row in chart["rows"]:
        assert row["low"] < row["dot"] < row["high"]
    assert chart["rows"][2]["high"] < chart["zero"] < chart["rows"][0]["low"]


def test_order_of_hours_is_kept(indonesian):
    effects = {"00–03": effect(1, 1), "03–06": effect(9, 1)}
    chart = effects_chart(effects, "", "", indonesian, is_sorted=False)
    assert [row["label"] for row in chart["rows"]] == ["00–03", "03–06"]


def test_small_effects_look_small(indonesian):
    chart = effects_chart({"a": effect(0.2, 0.1), "b": effect(-0.2, 0.1)}, "", "", indonesian)
    assert abs(chart["rows"][0]["dot"] - chart["rows"][1]["dot"]) < 5
    assert len({name for _, name in chart["ticks"]}) == len(chart["ticks"])


@pytest.mark.parametrize(
    ("effects", "sentence"),
    [
        (
            {"a": effect(3, 1), "b": effect(20, 8)},
            "Unggahan berjenis b mendapat 20% lebih banyak interaksi daripada kebiasaan akunnya",
        ),
        (
            {"a": effect(3, 4), "b": effect(-20, 8)},
            "Tidak ada jenis unggahan yang jelas lebih baik daripada yang lain",
        ),
    ],
)
def test_best_is_claimed_only_where_its_interval_leaves_out_nought(indonesian, effects, sentence):
    assert best_told("kind", effects, indonesian) == sentence


def test_what_rounds_to_nothing_has_no_sign(indonesian):
    assert told(effect(-0.2, 0.1), indonesian) == "0% (0 sampai 0)"
