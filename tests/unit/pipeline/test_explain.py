"""Whom an institution is compared with, and which posts can be named."""

from datetime import date

import pytest
from tests.explain_cases import scene_of
from tests.scoring_cases import category, indicator, invented, rules_of

from tolok.pipeline.explain import NothingToCompare, _known_posts, _neighbour

RULES = rules_of(category(indicator("level", "level")))


@pytest.fixture(scope="module")
def scene():
    return scene_of(invented(0).panel, RULES)


def test_neighbour_is_the_next_better_of_the_cluster(scene):
    one, panel = scene.scores[0], scene.view.panel
    for row in range(8):
        other = _neighbour(one, panel, row)
        assert panel.clusters[other] == panel.clusters[row]
        assert one.rank[other] == max(one.rank[row] - 1, 1) + (one.rank[row] == 1)


def test_lone_institution_has_nobody_to_be_compared_with(scene):
    one, panel = scene.scores[0], scene.view.panel
    alone = type(one)(**vars(one) | {"is_ranked": one.is_ranked & ([1] + [0] * 7)})
    with pytest.raises(NothingToCompare, match="nobody else is ranked in its cluster"):
        _neighbour(alone, panel, 0)


def a_row(**rest):
    return {
        "institution_id": "body-00", "account_id": "x:body-00", "platform": "x", "post_id": "1",
        "published_on": date(2025, 1, 15), "kind": "", "interaction_count": 7,
    } | rest  # fmt: skip


def test_best_posts_have_their_place_in_the_panel(scene):
    panel = scene.view.panel
    (post,) = _known_posts([a_row()], panel, RULES)
    assert (post.post_id, post.week, post.kind, post.count) == ("x:1", 1, -1, 7)
    assert panel.account_ids[post.account] == "x:body-00"


def test_post_outside_the_window_or_of_a_strange_account_is_left_out(scene):
    rows = [a_row(published_on=date(2024, 1, 1)), a_row(account_id="x:stranger")]
    assert list(_known_posts(rows, scene.view.panel, RULES)) == []
