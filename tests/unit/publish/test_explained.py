"""Differences in sentences, steps in units, and the chart."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from tests.explain_cases import RULES, scene_of, uneven

from tolok.publish.explained import Explanation, Place, explained_lines, strongest
from tolok.publish.language import Language
from tolok.publish.waterfall import bars, waterfall
from tolok.publish.way_in import way_in_lines
from tolok.scoring.explain import explain_difference
from tolok.scoring.explain_posts import KnownPost
from tolok.scoring.explain_step import last_nominee, steps_to

NUMBER = re.compile(r"^( +)([+−]?[\d,]+\.\d\d)  (.*)$")


@pytest.fixture(scope="module")
def scene():
    case = uneven(3)
    panel = case.panel
    account = panel.account_ids.index("instagram:body-02")
    first = next(
        at for at, one in enumerate(case.account) if case.accounts[one][0] == "instagram:body-02"
    )
    kind = int(case.kind[first])
    post = KnownPost(
        "instagram:abc", account, int(case.week[first]), -1 if kind == 8 else kind,
        int(case.count[first]),
    )  # fmt: skip
    return scene_of(panel, posts=[post])


def explained(scene, name, own, other):
    one = scene.category(name)
    places = [
        Place(f"body-{row:02}", f"Body {row} <b>\"'&", "agencies", int(one.rank[row]),
              float(one.score[row]))
        for row in range(8)
    ]  # fmt: skip
    target = last_nominee(scene, name, own)
    return Explanation(
        RULES, one.category, places[own], places[other],
        explain_difference(scene, name, own, other),
        None if target is None else places[target],
        () if target is None else steps_to(scene, name, own, places[target].score),
        {"instagram:abc": ("https://example.org/abc", date(2025, 1, 7))},
    )  # fmt: skip


def lines_of(found, language="en", **rest):
    return list(explained_lines(found, Language(language, RULES), **rest))


def test_head_says_who_and_by_how_much(scene):
    found = explained(scene, "engaging", 2, 3)
    lines = lines_of(found)
    gap = f"{abs(found.difference.value):.2f}"
    assert lines[0].startswith("Body 2 <b>\"'&: rank ")
    assert lines[1].startswith("Set against Body 3")
    word = "more" if found.difference.value > 0 else "less"
    assert lines[2] == f"Body 2 <b>\"'& has {gap} points {word}."


def sums(lines):
    """Each line of figures with the sum of the lines right under it, where there are any."""
    found = [NUMBER.match(line) for line in lines]
    rows = [(len(one[1]) + len(one[2]), float(one[2].replace("−", "-"))) for one in found if one]
    for at, (depth, value) in enumerate(rows):
        inner = []
        for other, part in rows[at + 1 :]:
            if other <= depth:
                break
            inner.append((other, part))
        if inner:
            first = min(other for other, _ in inner)
            yield value, [part for other, part in inner if other == first]


@pytest.mark.parametrize("name", ["engaging", "best"])
def test_printed_lines_add_up_but_for_rounding(scene, name):
    checked = list(sums(lines_of(explained(scene, name, 2, 6), is_whole=True)))
    assert len(checked) > 50
    for value, parts in checked:
        assert sum(parts) == pytest.approx(value, abs=0.006 * (1 + len(parts)))


def test_small_causes_are_told_together(scene):
    found = explained(scene, "engaging", 2, 6)
    short, whole = lines_of(found), lines_of(found, is_whole=True)
    assert len(short) < len(whole) / 3
    assert any("together" in line for line in short)
    assert not any("together" in line for line in whole)


def test_known_post_is_told_with_its_address_and_day(scene):
    lines = lines_of(explained(scene, "engaging", 2, 6), is_whole=True)
    posts = [line for line in lines if "https://example.org/abc" in line]
    assert posts
    assert {re.sub(r"^[^a-z]*", "", line).split(" with ")[0] for line in posts} == {
        "a post of Body 2 <b>\"'&"
    }


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["engaging", "pictures", "best"])
def test_every_cause_and_step_has_words_in_both_languages(scene, language, name):
    one = scene.category(name)
    rows = [row for row in range(8) if one.is_ranked[row]]
    for own, other in pairwise(rows):
        found = explained(scene, name, own, other)
        lines = lines_of(found, language, is_whole=True)
        lines += way_in_lines(found, Language(language, RULES))
        assert not [line for line in lines if "explain." in line or "{" in line]


def test_nominee_is_said_to_be_one(scene):
    one = scene.category("engaging")
    first = int(one.is_nominee.argmax())
    (line,) = way_in_lines(explained(scene, "engaging", first, 6), Language("en", RULES))
    assert line.endswith("is among the nominees.")


def test_steps_beyond_reach_are_named_and_not_proposed(scene):
    one = scene.category("engaging")
    row = next(row for row in range(8) if one.is_ranked[row] and not one.is_nominee[row])
    found = explained(scene, "engaging", row, 6 if row != 6 else 5)
    lines = list(way_in_lines(found, Language("en", RULES)))
    proposed = [line for line in lines if line.startswith("   - ")]
    near = [step for step in found.steps if step.is_attainable and step.is_seen]
    assert len(proposed) == min(5, len(near))
    assert [line.split(":")[0] for line in lines[1 + max(1, len(proposed)) :]] == [
        "Would need more than anyone in this edition has",
        "Beyond reach alone",
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("engaging", {
            "quality": "Instagram: typical count of a post times 1.0",
            "above": "Instagram: 1 more post above the expected: ",
            "days": " more (active_day_count: ",
            "both": "% instead of ",
            "replies": " more (reply_count: ",
            "total": " instead of ",
            "growth": "% in 30 days instead of ",
            "diversity": "as varied as 2.00 platforms used alike, instead of ",
        }),
        ("best", {"all": " points instead of "}),
        ("pictures", {"pictures": " instead of "}),
    ],
)  # fmt: skip
def test_unit_of_every_step_is_said(scene, name, parts):
    one = scene.category(name)
    row = 6 if name != "engaging" else 2
    found = explained(scene, name, row, 3)
    target = float(one.score[row]) + 1e-4
    steps = {step.indicator: step for step in steps_to(scene, name, row, target)}
    for indicator, text in parts.items():
        told = replace(
            found,
            target=found.other,
            steps=(replace(steps[indicator], is_attainable=True, is_seen=True),),
        )
        (line,) = [
            line for line in way_in_lines(told, Language("en", RULES)) if line.startswith("   - ")
        ]
        assert text in line


def test_no_step_is_told_as_such(scene):
    found = replace(explained(scene, "engaging", 2, 3), target=Place("x", "X", "agencies", 1, 99.0))
    assert list(way_in_lines(replace(found, steps=()), Language("en", RULES)))[1:] == [
        "   No indicator alone would do with what anyone in this edition has."
    ]


def test_bars_lead_from_one_score_to_the_other(scene):
    found = explained(scene, "engaging", 6, 2)
    rows = bars(found, Language("en", RULES))
    assert (rows[0]["end"], rows[-1]["end"]) == (found.other.score, found.own.score)
    ends = [row["end"] for row in rows[:-1]]
    assert [row["start"] for row in rows[1:-1]] == ends[:-1]
    assert ends[-1] == pytest.approx(found.own.score, abs=1e-9)
    assert len(rows) == 13  # ten causes, and the rest together
    assert rows[-2]["name"] == "The other 4 indicators"


def test_strongest_cause_stands_first_and_ties_go_by_name(scene):
    found = explained(scene, "engaging", 6, 2)
    values = [abs(one.value) for one in strongest(found.difference.children)]
    assert values == sorted(values, reverse=True)


def test_chart_is_an_svg_with_names_as_they_are(scene):
    svg = waterfall(explained(scene, "best", 2, 6), Language("id", RULES))
    texts = [one.text for one in ET.fromstring(svg).iter() if one.text]
    assert "Body 2 <b>\"'&" in texts
    assert svg == waterfall(explained(scene, "best", 2, 6), Language("id", RULES))
