"""What may be compared across two editions, a test a rule."""

from dataclasses import replace
from datetime import date

import pytest
from tests.archive_cases import write_rules

from tolok.methodology.edition import Snapshot
from tolok.methodology.rules import read_rules
from tolok.model import Label, Lineage, Window
from tolok.publish.archived import BodyRow, PlaceRow, Side
from tolok.publish.comparable import category_definition, category_uses
from tolok.publish.comparison import Comparing, Obstacle, PlaceChange, Standing
from tolok.publish.rows import EngagementRow
from tolok.registry.breaks import Break

EARLIER = Window(date(2024, 1, 1), date(2024, 7, 1), "Asia/Jakarta")


def body(posts=364, followers=1000, cluster="ministries", name="a"):
    return BodyRow(name, f"Dinas {name}", None, cluster, posts, followers)


def place(rank, low, high, *, cluster="ministries", name="a"):
    return PlaceRow("active", cluster, name, rank, low, high)


def crowd(count):
    """Others who are ranked, so that a rank is one of so many."""
    return [place(9, 9, 9, name=f"other-{at}") for at in range(count)]


def side(rules, bodies, places, window=None, response=20):
    edition = replace(rules.edition, window=window or rules.edition.window)
    return Side(
        replace(rules, edition=edition),
        {row.institution_id: row for row in bodies},
        {(row.category, row.institution_id): row for row in places},
        [] if response is None else [
            EngagementRow(row.institution_id, row.post_count, response * row.post_count)
            for row in bodies
        ],
    )  # fmt: skip


def compared(rules, then, now, **between):
    """One institution in two editions, each given as its row and its places."""
    window = between.get("window", EARLIER)
    before = side(
        between.get("old", rules), [then[0]], then[1], window, between.get("response", 20)
    )
    after = side(rules, [now[0]], now[1])
    comparing = Comparing(before, after, between.get("breaks", ()), between.get("lineage", ()))
    return comparing.institution(now[0].institution_id)


def active(found):
    return found.places[0]


def figure(found, name):
    return next(one for one in found.figures if one.name == name)


def verdict(rules, then, now, others=(9, 9)):
    found = compared(
        rules,
        (body(), [then, *crowd(others[0])]),
        (body(), [now, *crowd(others[1])]),
    )
    return active(found).verdict


def broken(count, platform="instagram", day="2024-10-01", kinds=()):
    return Break(
        platform, date.fromisoformat(day), count, kinds, Label("x", "x"), "https://a.b/", "A"
    )


# --- Places.


def test_place_rose_where_the_intervals_have_no_rank_in_common(rules):
    assert verdict(rules, place(6, 5, 8), place(2, 1, 4)) == "rose"


def test_place_fell_where_the_intervals_have_no_rank_in_common(rules):
    assert verdict(rules, place(2, 1, 3), place(6, 4, 8)) == "fell"


def test_places_whose_intervals_meet_cannot_be_told_apart(rules):
    assert verdict(rules, place(6, 4, 8), place(2, 1, 4)) == "inseparable"


def test_place_is_not_judged_without_an_interval(rules):
    assert verdict(rules, place(6, None, None), place(2, 1, 4)) == "no_interval"


def test_eighth_of_sixty_is_no_fall_from_fifth_of_ten(rules):
    assert verdict(rules, place(5, 4, 6), place(8, 7, 9), others=(9, 59)) == "inseparable"


def test_places_are_told_with_their_number_of_ranked(rules):
    now = (body(), [place(2, 1, 4), *crowd(9)])
    found = active(compared(rules, (body(), [place(6, 5, 8), *crowd(7)]), now))
    assert (found.before, found.after) == (Standing(6, 5, 8, 8), Standing(2, 1, 4, 10))


def test_place_in_another_cluster_is_not_compared(rules):
    then = (body(cluster="agencies"), [place(1, 1, 1, cluster="agencies")])
    found = compared(rules, then, (body(), [place(2, 1, 4)]))
    assert (found.moved_from, active(found).obstacle) == ("agencies", Obstacle("moved"))
    assert figure(found, "posts_per_week").obstacle is None


def test_place_that_is_missing_in_one_edition_is_not_compared(rules):
    found = compared(rules, (body(), []), (body(), [place(2, 1, 4)]))
    assert active(found) == PlaceChange(
        "active", None, Standing(2, 1, 4, 1), "", Obstacle("unranked")
    )


def test_award_that_the_earlier_edition_did_not_have_is_said(rules):
    old = replace(rules, categories=rules.categories[1:])
    found = compared(rules, (body(), []), (body(), [place(2, 1, 4)]), old=old)
    assert active(found).obstacle == Obstacle("no_category")


# --- Definitions.


def with_metric(rules, **changes):
    metric = replace(rules.metrics["active_day_count"], **changes)
    return replace(rules, metrics={metric.name: metric})


@pytest.mark.parametrize(
    "change", [{"sql": "COUNT(*)"}, {"unit": "weeks"}, {"table": "days"}, {"grain": "account"}]
)
def test_place_is_not_compared_where_a_metric_is_defined_otherwise(rules, change):
    old = with_metric(rules, **change)
    found = compared(rules, (body(), [place(6, 5, 8)]), (body(), [place(2, 1, 4)]), old=old)
    assert active(found).obstacle == Obstacle("definition")


def test_category_that_takes_another_s_score_is_not_compared_where_that_one_changed(rules):
    best = [replace(place(2, 1, 4), category="best")]
    old = with_metric(rules, sql="COUNT(*)")
    found = compared(rules, (body(), best), (body(), best), old=old)
    assert found.places[1].obstacle == Obstacle("definition")


def test_place_is_compared_where_only_words_differ(rules):
    old = with_metric(rules, label=Label("Lain", "Other"), warning=Label("Lain", "Other"))
    found = compared(rules, (body(), [place(6, 5, 8)]), (body(), [place(2, 1, 4)]), old=old)
    assert active(found).obstacle is None


def test_place_is_not_compared_where_a_weight_is_another(rules):
    category = rules.categories[0]
    indicators = (replace(category.indicators[0], weight=0.9), *category.indicators[1:])
    old = replace(rules, categories=(replace(category, indicators=indicators), rules.categories[1]))
    found = compared(rules, (body(), [place(6, 5, 8)]), (body(), [place(2, 1, 4)]), old=old)
    assert active(found).obstacle == Obstacle("definition")


def test_interactions_are_not_compared_where_other_counts_add_up_to_them(rules):
    old = replace(rules, columns=rules.columns | {"youtube": ("reaction_count", "comment_count")})
    found = compared(rules, (body(), []), (body(), []), old=old)
    assert figure(found, "interactions_per_post").obstacle == Obstacle("definition")
    assert figure(found, "posts_per_week").obstacle is None


def test_nothing_is_compared_where_counts_were_read_at_another_age(rules):
    old = replace(rules, edition=replace(rules.edition, snapshot=Snapshot(age_days=30)))
    found = compared(rules, (body(), [place(6, 5, 8)]), (body(), [place(2, 1, 4)]), old=old)
    obstacles = [one.obstacle for one in (active(found), *found.figures)]
    assert obstacles == [Obstacle("definition")] * 4


def test_rules_written_as_files_are_those_of_the_objects(rules, tmp_path):
    write_rules(tmp_path)
    written = read_rules(tmp_path)
    for before, after in zip(written.categories, rules.categories, strict=True):
        assert category_definition(written, before) == category_definition(rules, after)


# --- Breaks.


def test_place_is_not_compared_over_a_break_of_a_count_that_a_metric_reads(rules):
    one = broken("reaction_count")
    now = (body(), [place(2, 1, 4)])
    found = compared(rules, (body(), [place(6, 5, 8)]), now, breaks=[one])
    assert active(found).obstacle == Obstacle("break", one)
    assert figure(found, "interactions_per_post").obstacle == Obstacle("break", one)
    assert figure(found, "posts_per_week").obstacle is None
    assert figure(found, "follower_count").obstacle is None


def test_break_of_followers_parts_followers_and_what_is_adjusted_by_them(rules):
    one = broken("follower_count", "youtube")
    ranked = [place(2, 1, 4), replace(place(2, 1, 4), category="best")]
    found = compared(rules, (body(), ranked), (body(), ranked), breaks=[one])
    told = [change.obstacle for change in found.places]
    assert told == [None, Obstacle("break", one)]
    assert figure(found, "follower_count").obstacle == Obstacle("break", one)


@pytest.mark.parametrize("day", ["2024-01-01", "2025-07-01"])
def test_break_before_both_windows_or_after_them_parts_nothing(rules, day):
    found = compared(rules, (body(), []), (body(), []), breaks=[broken("all", day=day)])
    assert [one.obstacle for one in found.figures] == [None, None, None]


def test_break_on_a_platform_that_is_not_assessed_parts_nothing(rules):
    found = compared(rules, (body(), []), (body(), []), breaks=[broken("all", "tiktok")])
    assert [one.obstacle for one in found.figures] == [None, None, None]


def test_break_of_other_kinds_leaves_a_category_whole(rules):
    uses = category_uses(rules, rules.categories[1])
    assert any(broken("reaction_count", kinds=("live",)).concerns(u.platform, u.count, u.kinds)
               for u in uses)  # fmt: skip
    videos = [use for use in uses if use.kinds == ("short_video", "video", "live")]
    one = broken("reaction_count", kinds=("image",))
    assert not any(one.concerns(use.platform, use.count, use.kinds) for use in videos)


def test_first_of_several_breaks_is_named(rules):
    late, early = broken("all", day="2025-02-01"), broken("all", day="2024-09-01")
    found = compared(rules, (body(), []), (body(), []), breaks=[late, early])
    assert figure(found, "follower_count").obstacle == Obstacle("break", early)


# --- Figures.


def test_figures_do_not_grow_with_the_length_of_the_window(rules):
    short = Window(date(2024, 1, 1), date(2024, 4, 1), "Asia/Jakarta")
    then, now = body(posts=91), body(posts=362)
    found = compared(rules, (then, []), (now, []), window=short, response=10)
    assert not found.is_of_one_length
    pace = figure(found, "posts_per_week")
    assert (pace.before, pace.after, pace.ratio) == (7.0, 14.0, 2.0)
    response = figure(found, "interactions_per_post")
    assert (response.before, response.after, response.ratio) == (10.0, 20.0, 2.0)


def test_leap_day_makes_no_other_length(rules):
    assert compared(rules, (body(), []), (body(), [])).is_of_one_length


def test_figure_that_is_not_known_is_not_compared(rules):
    found = compared(rules, (body(), []), (body(), []), response=None)
    one = figure(found, "interactions_per_post")
    assert (one.before, one.after, one.ratio, one.obstacle) == (
        None, 20.0, None, Obstacle("unknown"),
    )  # fmt: skip


def test_figure_of_nothing_has_no_ratio(rules):
    found = compared(rules, (body(posts=0), []), (body(), []))
    assert figure(found, "posts_per_week").ratio is None
    assert figure(found, "posts_per_week").obstacle is None


# --- Identity.


def test_renamed_institution_is_compared_with_its_earlier_self(rules):
    rename = Lineage("old", "a", "rename", date(2024, 10, 1))
    then = (body(name="old", followers=500), [place(6, 5, 8, name="old"), *crowd(9)])
    now = (body(), [place(2, 1, 4), *crowd(9)])
    found = compared(rules, then, now, lineage=[rename])
    assert (found.identity.origin, active(found).verdict) == ("renamed", "rose")
    assert figure(found, "follower_count").ratio == 2.0


@pytest.mark.parametrize(("change", "origin"), [("merge", "merged"), ("split", "split")])
def test_institution_of_another_origin_is_not_compared(rules, change, origin):
    row = Lineage("old", "a", change, date(2024, 10, 1))
    then = (body(name="old"), [place(6, 5, 8, name="old")])
    found = compared(rules, then, (body(), [place(2, 1, 4)]), lineage=[row])
    assert [one.obstacle for one in (active(found), *found.figures)] == [Obstacle(origin)] * 4
