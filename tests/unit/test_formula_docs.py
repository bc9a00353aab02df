"""docs/formulas.md says of every formula what the catalogue says."""

import re
from pathlib import Path

import pytest

from tolok.methodology.formula import BASES, FORMULAS, JOINS, LEFT_OUT, MOMENTS, STATISTICS
from tolok.scoring.formula import REASONS
from tolok.scoring.switchboard import NOT_RANKED

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "formulas.md").read_text("utf-8")
WORDS = {"reactions": "reaction_count", "comments": "comment_count", "shares": "share_count",
         "saves": "save_count"}  # fmt: skip


def section(heading):
    """What stands under a heading of the second level."""
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(text):
    """The cells of the rows of a section's tables, heads and rules included."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def first_cells(heading):
    """The names in code that open the rows of a section."""
    return [row[0].strip("`") for row in rows(section(heading)) if row[0].startswith("`")]


@pytest.mark.parametrize(
    ("heading", "is_part"),
    [("Engagement as a whole", False), ("Likes, comments and shares apart", True)],
)
def test_formulas_are_printed_as_the_catalogue_has_them(heading, is_part):
    printed = [row for row in rows(section(heading)) if row[0].startswith("`")]
    everywhere = list(BASES["public"])
    expected = []
    for formula in FORMULAS:
        offered = [platform for platform in everywhere if formula.offers(platform)]
        counted = [f"`{name}`" for name in formula.parts or (formula.basis,)]
        if formula.is_part == is_part:
            expected.append([
                f"`{formula.name}`",
                ", ".join(formula.publishers) or "common practice",
                f"`{formula.statistic}`",
                ", ".join(counted),
                formula.moment,
                "all" if offered == everywhere else ", ".join(offered),
                formula.join,
                " ".join(f"[{place}]({url})" for place, url in enumerate(formula.sources, 1)),
            ])  # fmt: skip
    assert printed == expected


def test_bases_are_printed_as_the_catalogue_has_them():
    head, _, *body = rows(section("What counts as an interaction"))
    printed = {
        basis.strip("`"): {
            row[0]: tuple(WORDS[word] for word in row[place].split(" + "))
            for row in body
            if row[place] != "not offered"
        }
        for place, basis in enumerate(head[1:], 1)
    }
    assert printed == BASES


def test_every_word_of_the_catalogue_is_explained():
    assert first_cells("What the words mean") == [*STATISTICS, *MOMENTS]
    assert first_cells("From accounts to an institution") == list(JOINS)
    assert sorted(first_cells("Why there is no value")) == sorted([*REASONS, NOT_RANKED])


def test_choices_of_ours_are_printed():
    printed = {row[0].strip("`"): row[1] for row in rows(section("Choices that are ours"))[2:]}
    assert printed == {formula.name: formula.choice for formula in FORMULAS if formula.choice}


def test_what_is_left_out_is_printed_with_its_reason():
    printed = rows(section("Left out"))[2:]
    assert printed == [
        [one.name, one.reason, f"[page]({one.source})" if one.source else ""] for one in LEFT_OUT
    ]


def test_number_of_formulas_in_the_first_sentence_is_theirs():
    (count,) = re.findall(r"first under \d+ of (\d+) formulas", TEXT)
    assert int(count) == sum(not formula.is_part for formula in FORMULAS)
