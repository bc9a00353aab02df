"""An account of a difference says what happened: posts, weeks, platforms, weights, floors."""

from dataclasses import replace

import numpy as np
import pytest
from tests.explain_cases import every, of_kind, scene_of, uneven
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.methodology.edition import Scoring
from tolok.scoring.explain import explain_difference
from tolok.scoring.explain_count import PARTS
from tolok.scoring.explain_posts import KnownPost
from tolok.scoring.explain_step import NEEDS
from tolok.scoring.indicator import ESTIMATES

DAYS = rules_of(category(share_of("active_day_count", "days", "days")))
LEVEL = rules_of(category(indicator("level", "level")))


@pytest.fixture(scope="module")
def scene():
    return scene_of(uneven(3).panel)


def test_institution_against_itself_differs_in_nothing(scene):
    told = explain_difference(scene, "best", 3, 3)
    assert {node.value for node in every(told)} <= {0.0}


def test_who_has_no_score_cannot_be_explained():
    case = replace(invented(0), unconfirmed=frozenset({"body-00"}))
    with pytest.raises(ValueError, match="no score of engaging"):
        explain_difference(scene_of(case.panel, LEVEL), "engaging", 0, 1)


def test_every_active_day_more_adds_the_same():
    active = {f"body-{row:02}": days for row, days in enumerate([2.0, 3, 1, 5, 4, 2, 3, 4])}
    case = replace(invented(0), whole={"active_day_count": active})
    scene = scene_of(case.panel, DAYS)
    told = explain_difference(scene, "engaging", 0, 1)
    weeks = [one for one in every(told) if one.kind == "week"]
    days = scene.view.panel.institution_counts["active_day_count"]
    assert [one.own - one.other for one in weeks] == [d for d in days[0] - days[1] if d]
    worth = [one.value / (one.own - one.other) for one in weeks]
    assert worth == pytest.approx([worth[0]] * len(worth))


def test_missing_indicator_shows_as_a_shift_of_weights(scene):
    told = explain_difference(scene, "engaging", 6, 3)
    moved = next(one for one in told.children if one.kind == "weights")
    (replies,) = (one for one in moved.children if one.name == "replies")
    assert replies.own == 0
    assert replies.other == pytest.approx(0.3 / 4.9)
    assert "replies" not in of_kind(told, "indicator")
    assert len(moved.children) == 14


def test_same_indicators_shift_no_weight(scene):
    told = explain_difference(scene, "engaging", 2, 3)
    assert {one.kind for one in told.children} == {"indicator"}


def test_absent_platform_shows_as_a_shift_of_shares(scene):
    told = explain_difference(scene, "engaging", 0, 3)
    quality = of_kind(told, "indicator")["quality"]
    assert [(one.kind, one.name) for one in quality.children] == [
        ("slot", "instagram"),
        ("shares", ""),
    ]
    assert [(one.name, one.own, one.other) for one in quality.children[1].children] == [
        ("instagram", 1.0, 0.5),
        ("x", 0.0, 0.5),
    ]


def test_score_that_is_assumed_is_told_as_such(scene):
    told = explain_difference(scene, "best", 4, 3)
    assumed = of_kind(told, "assumed")["pictures"]
    assert assumed.own is None
    assert assumed.other == scene.category("pictures").score[3]


def test_two_assumed_scores_differ_in_nothing():
    case = uneven(3)
    kind = np.where(np.isin(case.account, (4, 5)), 4, case.kind)  # nor has body-02 pictures
    scene = scene_of(replace(case, kind=kind).panel)
    seen = of_kind(explain_difference(scene, "best", 4, 2), "indicator")["seen"]
    assert (seen.value, seen.children, seen.own) == (0.0, (), seen.other)


def test_part_beyond_its_whole_does_not_count():
    parts = {f"body-{row:02}": parts for row, parts in enumerate([2.0, 3, 1, 5, 4, 2, 3, 9])}
    whole = {"part": parts, "whole": dict.fromkeys(parts, 6.0)}
    rules = rules_of(category(share_of("part", "whole", transform="none")))
    scene = scene_of(replace(invented(0), whole=whole).panel, rules)
    told = explain_difference(scene, "engaging", 7, 0)
    cap = of_kind(told, "cap")[""]
    assert (cap.own, cap.other) == (12 * 3.0, 0.0)
    assert cap.value < 0
    value = of_kind(told, "value")[""]
    assert (value.own, value.other) == (1.0, pytest.approx(2 / 6))
    assert sum(one.value for one in value.children) == pytest.approx(value.value, abs=1e-9)


def test_level_without_error_is_not_pulled():
    case = invented(0)
    told = explain_difference(
        scene_of(replace(case, count=10 + case.account).panel, LEVEL), "engaging", 0, 1
    )
    assert {(one.own, one.other, one.value) for one in every(told) if one.kind == "pull"} == {
        (1.0, 1.0, 0.0)
    }


def test_category_is_told_through_the_categories_it_takes(scene):
    told = explain_difference(scene, "best", 2, 3)
    taken = of_kind(told, "indicator")["all"]
    assert {one.name for one in taken.children if one.kind == "indicator"} == {
        one.name for one in scene.category("engaging").category.indicators
    }


def test_audience_counts_against_who_is_expected_more():
    rules = rules_of(category(indicator("quality")))
    scene = scene_of(invented(1).panel, rules)
    slopes = {k.slot: v.value for k, v in scene.reference.parameters.items() if "slope" in k}
    told = explain_difference(scene, "engaging", 0, 2)
    for name, slot in of_kind(told, "slot").items():
        audience = of_kind(slot, "audience")[""]
        assert (audience.value < 0) == (slopes[name] * (audience.own - audience.other) > 0)


def test_both_at_the_floor_differ_in_nothing():
    rules = rules_of(category(indicator("level", "level")), scoring=Scoring(z_floor=9.0))
    told = explain_difference(scene_of(invented(0).panel, rules), "engaging", 0, 1)
    assert {node.value for node in every(told)} == {0.0}


def known_posts(case, institution):
    """The posts of an institution, as a table of best posts would name them."""
    panel = case.panel
    codes = {name: code for code, name in enumerate(panel.account_ids)}
    return [
        KnownPost(
            f"post-{at}", codes[case.accounts[account][0]], int(case.week[at]),
            -1 if case.kind[at] == 8 else int(case.kind[at]), int(case.count[at]),
        )
        for at, account in enumerate(case.account)
        if case.accounts[account][1] == institution
    ]  # fmt: skip


def test_known_posts_stand_one_by_one_and_nothing_is_left_over():
    case = invented(0)
    posts = known_posts(case, "body-00")
    told = explain_difference(scene_of(case.panel, LEVEL, posts=posts), "engaging", 0, 2)
    found = [one for one in every(told) if one.kind == "post"]
    assert sorted(one.name for one in found) == sorted(post.post_id for post in posts)
    assert {one.other for one in found} == {None}
    rests = [one for one in every(told) if one.kind == "rest"]
    assert {one.own_base for one in rests} == {0.0}
    assert all(sum(c.value for c in n.children) == pytest.approx(n.value, abs=1e-9)
               for n in every(told) if n.children)  # fmt: skip


def test_post_beyond_the_cut_adds_nothing():
    case = invented(0)
    best = int(np.argmax(np.where(case.account == 0, case.count, -1)))
    posts = [post for post in known_posts(case, "body-00") if post.post_id == f"post-{best}"]
    told = explain_difference(scene_of(case.panel, LEVEL, posts=posts), "engaging", 0, 2)
    (found,) = [one for one in every(told) if one.kind == "post"]
    assert (found.own, found.value) == (float(case.count[best]), 0.0)


def test_post_that_was_not_counted_is_not_told():
    case = invented(0)
    stranger = KnownPost("elsewhere", 0, 0, 0, 10**9)
    told = explain_difference(scene_of(case.panel, LEVEL, posts=[stranger]), "engaging", 0, 2)
    assert [one for one in every(told) if one.kind in ("post", "rest")] == []


def test_posts_are_told_by_week_then_kind_then_size(scene):
    told = explain_difference(scene, "engaging", 2, 3)
    level = of_kind(told, "indicator")["level"]
    (week, *_) = [one for one in every(level) if one.kind == "week"]
    assert week.name.startswith("2025-")
    assert {one.kind for one in week.children} == {"kind"}
    assert {one.kind for kind in week.children for one in kind.children} == {"size"}
    posts = sum(one.own_base for one in week.children)
    assert posts <= week.own_base


def test_every_model_can_be_taken_apart_and_has_a_unit():
    assert PARTS.keys() == NEEDS.keys() == ESTIMATES.keys()
