"""The cost to flip on an award's page: a sentence with the cheapest, and every institution's."""

from dataclasses import replace

import pytest

from tolok.publish.flip import OUTCOMES, RECIPES, Cost, flip_tables
from tolok.publish.language import Language
from tolok.publish.render import Renderer
from tolok.publish.rows import FlipRow

FIRST = FlipRow(
    category="active",
    cluster="agencies",
    institution_id="badan-gema",
    rank=2,
    outcome="first",
    means="interactions",
    recipe="above_cut/instagram/image+carousel",
    cost=1240,
    bound=400_000,
    own_count=400_000,
    cost_share=0.0031,
)
THIRD = replace(FIRST, institution_id="badan-fajar", rank=3, cost=5000, cost_share=0.0126)
POSTS = replace(
    FIRST, means="posts", recipe="median_post/youtube", cost=1, bound=80, own_count=5000,
    cost_share=0.0002,
)  # fmt: skip
FAR = replace(FIRST, means="deletions", recipe="", cost=None, bound=40, cost_share=None)
NOMINEE = replace(THIRD, outcome="nominee", means="views", recipe="weakest/all")


def tables(results, rules, *rows, language="en"):
    changed = replace(results, flips=rows)
    return flip_tables(changed.awards["active", "agencies"], changed, Language(language, rules))


def test_award_without_costs_has_no_table(results, rules):
    other = replace(FIRST, cluster="ministries")
    assert tables(results, rules, other) == []


def test_sentence_names_the_cheapest_by_the_first_means_that_reaches(results, rules):
    first, nominee = tables(results, rules, THIRD, FIRST, POSTS, FAR, NOMINEE)
    assert first.finding == (
        f"{results.short('badan-gema')} would take the first place with 1,240 bought interactions "
        "(0.3% of its own)."
    )
    assert nominee.finding == (
        f"{results.short('badan-fajar')} would be nominated with 5,000 bought views "
        "(1.3% of its own)."
    )


def test_sentence_of_one_unit_is_singular_and_a_tiny_share_is_not_nought(results, rules):
    (first,) = tables(results, rules, POSTS, FAR)
    assert first.finding == (
        f"{results.short('badan-gema')} would take the first place with 1 more post "
        "(under 0.1% of its own)."
    )


def test_sentence_says_that_nothing_reaches(results, rules):
    (first,) = tables(results, rules, FAR)
    assert first.finding == "Nothing that was looked at would change the first place."


def test_table_has_a_line_an_institution_and_a_column_a_means_that_anyone_can_use(results, rules):
    (first,) = tables(results, rules, THIRD, FIRST, POSTS, FAR)
    assert first.means == ("interactions", "posts", "deletions")
    order = "likes, the weakest posts first, but for those that are cut off"
    likes = f"{order}, Instagram, image + carousel"
    assert [(line.name, line.rank, line.costs) for line in first.lines] == [
        (
            "Gema",
            2,
            (
                Cost("1,240", "0.3%", likes),
                Cost("1", "under 0.1%", "posts like its median one, YouTube"),
                Cost("not reached within 40", "", ""),
            ),
        ),
        ("Fajar", 3, (Cost("5,000", "1.3%", likes), None, None)),
    ]


def test_table_shows_the_three_for_whom_it_would_take_least(results, rules):
    names = ["badan-gema", "badan-fajar", "badan-tirta", "badan-surya", "badan-lentera"]
    costs = [None, 900, 40, None, 900]
    far = replace(FIRST, recipe="", cost=None, cost_share=None)
    rows = [
        replace(FIRST, institution_id=name, rank=2 + at, cost=cost)
        if cost
        else replace(far, institution_id=name, rank=2 + at)
        for at, (name, cost) in enumerate(zip(names, costs, strict=True))
    ]
    rows.append(replace(POSTS, institution_id="badan-surya", rank=5))
    (first,) = tables(results, rules, *rows)
    assert [line.rank for line in first.lines] == [3, 4, 6]
    assert first.note.startswith("Shown are the 3 of 5 institutions")
    (few,) = tables(results, rules, *rows[1:4])
    assert ([line.rank for line in few.lines], few.note) == ([3, 4, 5], "")
    (posts,) = tables(results, rules, *rows[:1], *rows[3:4], *rows[5:], *rows[1:3])
    assert [line.rank for line in posts.lines] == [3, 4, 5]


def test_all_platforms_are_a_word(results, rules):
    (nominee,) = tables(results, rules, NOMINEE, language="id")
    assert nominee.lines[0].costs[0].where == (
        "tayangan, unggahan terlemah lebih dulu, semua platform"
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_outcome_and_means_has_its_words(rules, language):
    words = Language(language, rules).words
    for outcome in OUTCOMES:
        assert f"flip.outcome.{outcome}" in words
        assert f"flip.finding.{outcome}.none" in words
        for means, recipes in RECIPES.items():
            assert f"flip.finding.{outcome}.{means}" in words
            assert f"flip.means.{means}" in words
            assert all(f"flip.recipe.{means}.{recipe}" in words for recipe in recipes)


@pytest.mark.parametrize("language", ["id", "en"])
def test_section_shows_what_is_absent_as_absent_and_escapes_names(results, rules, language):
    changed = replace(results, flips=(FIRST, THIRD, POSTS, FAR))
    spoken = Language(language, rules)
    found = flip_tables(changed.awards["active", "agencies"], changed, spoken)
    hostile = replace(found[0].lines[0], name="<b>Gema</b>")
    shown = [replace(found[0], lines=(hostile, found[0].lines[1]))]
    renderer = Renderer(changed, spoken)
    template = '{% import "parts.html" as parts with context %}{% include "flip.html" %}'
    made = renderer._environment.from_string(template)
    html = made.render(flips=shown, root="../", top="../../")
    assert html.count("<section") == 1
    assert "&lt;b&gt;Gema&lt;/b&gt;" in html
    assert "<b>Gema" not in html
    assert html.count('class="absent"') == 3  # one not reached, two that are not possible
    assert made.render(flips=[], root="../", top="../../").strip() == ""
