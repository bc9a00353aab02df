"""A category, as it stands in its file."""

from dataclasses import replace

import pytest

from tolok.methodology.category import Gate, Indicator, Ratio
from tolok.methodology.rules import metrics_used, read_rules
from tolok.methodology.template import new_edition
from tolok.model import Label


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "edition"
    new_edition(folder)
    return folder


def test_categories_stand_in_their_order_and_are_read_as_written(sound):
    categories = read_rules(sound).categories
    assert [category.order for category in categories] == [1, 2, 3, 4, 5]
    active, _, images, videos, best = categories
    assert active.indicators[4] == Indicator(
        name="replies",
        label=Label("Balasan per 100 komentar warga", "Answers per 100 comments by the public"),
        weight=0.15,
        model="rate",
        ratios=(Ratio("reply_count", "public_comment_count"),),
        per=100.0,
        transform="log1p",
    )
    assert images.gate == Gate(("image", "carousel"), 24, 12)
    assert videos.indicators[0].strata == (("short_video",), ("video", "live"))
    assert (best.aggregation, best.nominee_count) == ("geometric", None)
    assert best.indicators[2].absent == "fifth_percentile"


def test_weights_of_every_shipped_category_add_up_to_one(sound):
    for category in read_rules(sound).categories:
        assert sum(one.weight for one in category.indicators) == pytest.approx(1)


def test_metrics_used_leave_the_windows_wholes_out(sound):
    active = read_rules(sound).categories[0]
    assert [metrics_used(one) for one in active.indicators] == [
        ("active_day_count",),
        ("busy_week_count",),
        ("capped_post_count",),
        ("clean_post_count",),
        ("reply_count", "public_comment_count"),
    ]


def test_engagement_of_a_category_is_its_first_indicator_of_interactions_post_by_post(sound):
    found = [
        (category.name, category.engagement and category.engagement.name)
        for category in read_rules(sound).categories
    ]
    assert found == [
        ("most-active", None),
        ("most-engaging", "engagement"),
        ("best-use-of-images", "image_engagement"),
        ("best-use-of-videos", "video_engagement"),
        ("best-account", None),
    ]


def test_kinds_of_an_indicator_are_its_own_or_those_of_its_strata(sound):
    _, engaging, images, videos, _ = read_rules(sound).categories
    assert engaging.indicators[0].every_kind == ()
    assert images.indicators[0].every_kind == ("image", "carousel")
    assert videos.indicators[0].every_kind == ("short_video", "video", "live")


def test_best_posts_are_told_by_the_first_indicator_that_goes_post_by_post(sound):
    found = [(one.name, one.measure, one.kinds) for one in read_rules(sound).categories]
    assert found == [
        ("most-active", "interaction_count", ()),
        ("most-engaging", "interaction_count", ()),
        ("best-use-of-images", "interaction_count", ("image", "carousel")),
        ("best-use-of-videos", "view_count", ("video", "short_video", "live")),
        ("best-account", "interaction_count", ()),
    ]


def test_kinds_of_a_category_without_a_gate_are_those_of_that_indicator(sound):
    videos = replace(read_rules(sound).categories[3], gate=Gate())
    assert videos.kinds == ("short_video", "video", "live")
