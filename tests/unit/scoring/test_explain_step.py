"""What would bring an institution among the nominees does, and a little less does not."""

from dataclasses import replace
from math import ceil, floor

import numpy as np
import pytest
from tests.explain_cases import RULES, scene_of, uneven
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.methodology.category import Ratio
from tolok.scoring import Histogram
from tolok.scoring.edition import score_categories
from tolok.scoring.explain_step import last_nominee, steps_to
from tolok.scoring.view import view_of


def with_days(panel, row, days):
    """A panel in which an institution is active on so many days."""
    counts = panel.institution_counts["active_day_count"].copy()
    left = days
    for week in range(panel.shape[2]):
        counts[row, week] = min(left, 7)
        left -= counts[row, week]
    return replace(panel, institution_counts={"active_day_count": counts})


def nominees(scene, panel):
    """Who is a nominee of the first category, by frozen parameters."""
    rules = scene.view.rules
    return score_categories(view_of(panel, rules), scene.reference)[0].is_nominee


def outsider(scene):
    """The best placed institution that is no nominee of the first category."""
    one = scene.scores[0]
    rows = np.flatnonzero(one.is_ranked & ~one.is_nominee)
    return int(rows[np.argmin(one.rank[rows])])


def needs_of(scene, row, indicator):
    """What an indicator alone would need for a place among the nominees."""
    name = scene.scores[0].category.name
    target = last_nominee(scene, name, row)
    steps = steps_to(scene, name, row, float(scene.scores[0].score[target]))
    return {step.indicator: step.needs for step in steps}[indicator]


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_so_many_active_days_more_suffice_and_one_less_does_not(aggregation):
    days = share_of("active_day_count", "days", "days")
    level = indicator("level", "level", 0.2)
    rules = rules_of(category(days, level, aggregation=aggregation, nominee_count=1))
    active = {f"body-{row:02}": days for row, days in enumerate([2.0, 3, 1, 5, 4, 2, 3, 4])}
    case = replace(invented(5), whole={"active_day_count": active})
    scene = scene_of(case.panel, rules)
    row = outsider(scene)
    (need,) = needs_of(scene, row, "days")
    assert need.kind == "events"
    assert need.whole == 84
    days = scene.view.panel.institution_counts["active_day_count"][row].sum()
    assert need.now == pytest.approx(days)
    panel = scene.view.panel
    assert nominees(scene, with_days(panel, row, ceil(need.needed)))[row]
    assert not nominees(scene, with_days(panel, row, ceil(need.needed) - 1))[row]


def test_typical_interactions_times_the_factor_suffice():
    case = invented(5)
    rules = rules_of(category(indicator("quality"), nominee_count=1))
    scene = scene_of(case.panel, rules)
    row = outsider(scene)
    needs = {need.slot: need for need in needs_of(scene, row, "quality")}
    assert {need.kind for need in needs.values()} == {"factor"}

    def raised(share):
        factor = [
            needs[platform].needed ** share if institution == f"body-{row:02}" else 1.0
            for _, institution, platform in case.accounts
        ]
        count = (1 + case.count) * np.array(factor)[case.account] - 1
        kind = np.where(case.kind == 8, -1, case.kind)
        histogram = Histogram.from_counts(case.account, case.week, kind, count)
        return replace(case.panel, histograms={"interaction_count": histogram})

    assert nominees(scene, raised(1.05))[row]
    assert not nominees(scene, raised(0.95))[row]


def test_posts_a_week_that_a_total_needs_suffice():
    total = indicator("total", "total", metric="post_count", per_week=True, transform="log1p")
    scene = scene_of(uneven(5).panel, rules_of(category(total, nominee_count=1)))
    row = outsider(scene)
    (need,) = needs_of(scene, row, "total")
    panel = scene.view.panel
    counts = panel.account_counts["post_count"]
    mine = panel.account_institution == row
    assert need.now == counts[mine].sum() / 12
    for share, reached in ((1 + 1e-9, True), (1 - 1e-6, False)):
        scaled = np.where(mine[:, None], counts * (need.needed / need.now) * share, counts)
        other = replace(panel, account_counts=panel.account_counts | {"post_count": scaled})
        assert nominees(scene, other)[row] == reached


def test_rate_has_no_limit_but_a_share_has():
    ratios = (Ratio("active_day_count", "days"),)
    rate = indicator("rate", "rate", ratios=ratios, weight=0.01, per=100.0)
    share = share_of("active_day_count", "days", "share", 0.01)
    level = indicator("level", "level", 1.0)
    active = {f"body-{row:02}": days for row, days in enumerate([2.0, 3, 1, 5, 4, 2, 3, 4])}
    case = replace(invented(5), whole={"active_day_count": active})
    scene = scene_of(case.panel, rules_of(category(level, rate, share, nominee_count=1)))
    row = outsider(scene)
    steps = {
        step.indicator: step
        for step in steps_to(scene, "engaging", row, float(scene.scores[0].score[row]) + 5)
    }
    assert (steps["share"].is_attainable, steps["rate"].is_attainable) == (False, True)
    assert [need.kind for need in steps["rate"].needs] == ["rate"]
    (need,) = steps["share"].needs
    assert need.whole == 84
    assert need.needed > 84


def test_smallest_step_stands_first_and_those_beyond_reach_last():
    scene = scene_of(uneven(3).panel)
    row = outsider(scene)
    steps = steps_to(scene, "engaging", row, float(scene.scores[0].score[row]) + 4)
    keys = [(not step.is_attainable, step.deviations) for step in steps]
    assert keys == sorted(keys)
    assert {step.indicator for step in steps} <= {
        one.name for one in RULES.categories[0].indicators
    }
    kinds = {need.kind for step in steps for need in step.needs}
    assert {"above", "events", "factor", "growth", "mean", "platforms", "rate", "total"} >= kinds


def test_category_that_is_taken_needs_points():
    scene = scene_of(uneven(3).panel)
    best = scene.category("best")
    row = int(np.flatnonzero(best.is_ranked & ~best.is_nominee)[0])
    target = last_nominee(scene, "best", row)
    steps = {s.indicator: s for s in steps_to(scene, "best", row, float(best.score[target]))}
    assert [need.kind for need in steps["all"].needs] == ["points"]
    assert steps["all"].needed > steps["all"].points


def test_nominee_and_who_is_not_ranked_have_nobody_to_reach():
    scene = scene_of(replace(uneven(3), unconfirmed=frozenset({"body-07"})).panel)
    one = scene.scores[0]
    first = int(np.flatnonzero(one.is_nominee)[0])
    assert last_nominee(scene, "engaging", first) is None
    assert last_nominee(scene, "engaging", 7) is None


def test_events_now_are_whole_numbers():
    scene = scene_of(uneven(3).panel)
    row = outsider(scene)
    for step in steps_to(scene, "engaging", row, 60.0):
        for need in step.needs:
            if need.kind in ("events", "rate"):
                assert need.now == pytest.approx(floor(need.now + 0.5))


def test_step_further_than_anyone_has_come_is_marked():
    scene = scene_of(uneven(3).panel)
    row = outsider(scene)
    for step in steps_to(scene, "engaging", row, float(scene.scores[0].score.max())):
        (score,) = (
            one for one in scene.scores[0].indicators if one.indicator.name == step.indicator
        )
        assert step.is_seen == (np.nanmax(score.points) >= step.needed)
