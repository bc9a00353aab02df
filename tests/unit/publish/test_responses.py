"""P, C and V of one institution: a column a platform, reasons in words where there is no value."""

import html
import re
from dataclasses import replace

import pytest

from tolok.methodology.category import Gate
from tolok.methodology.formula import FORMULAS
from tolok.publish.language import Language
from tolok.publish.render import Renderer
from tolok.publish.responses import responses_of
from tolok.publish.rows import FormulaRow

PARTS = [formula.name for formula in FORMULAS if formula.is_part]
ONE = "badan-fajar"


def a_row(formula, platform, value, rank=None, missing=""):
    return FormulaRow("active", "agencies", ONE, formula, platform, value, rank, missing)


ROWS = (
    a_row("reactions_share", "", 71.0, rank=2),
    a_row("reactions_share", "instagram", 0.75),
    a_row("reactions_share", "youtube", None, missing="no_known_counts"),
    a_row("comments_per_post", "instagram", 12.0),
    a_row("shares_per_post", "", None, missing="not_offered"),
    a_row("emplifi", "web", 0.5),
)


@pytest.fixture
def board_of(results, rules):
    """A function: the responses of the institution out of some rows."""

    def make(rows, code="en", categories=rules.categories):
        changed = replace(
            results, formulas=tuple(rows), rules=replace(rules, categories=categories)
        )
        return responses_of(ONE, changed, Language(code, rules))

    return make


def test_every_part_is_a_line_and_every_platform_with_posts_a_column(board_of):
    board = board_of(ROWS)
    assert board.platforms == ("Instagram", "YouTube")
    assert [line.label[:2] for line in board.lines] == [
        "P1", "P2", "P3", "C1", "C2", "C3", "V1", "V2", "V3",
    ]  # fmt: skip


def test_value_has_its_unit_and_a_lack_its_reason(board_of):
    lines = {line.label[:2]: line for line in board_of(ROWS).lines}
    assert lines["P1"].cells == (("75%", True), ("no count is known", False))
    assert lines["C2"].cells == (("12", True), ("not offered by the platform", False))
    assert (lines["P1"].rank, lines["V2"].rank, lines["C2"].rank) == (2, None, None)


def test_category_of_some_kinds_of_post_is_not_taken(board_of, rules):
    limited = tuple(replace(one, gate=Gate(kinds=("image",))) for one in rules.categories)
    assert board_of(ROWS, categories=limited) is None


def test_other_categories_are_left_out(board_of):
    other = replace(a_row("reactions_share", "instagram", 0.25), category="best")
    assert board_of([*ROWS, other]) == board_of(ROWS)


@pytest.mark.parametrize("rows", [(), ROWS[-1:], ROWS[:1]])
def test_institution_without_platforms_has_none(board_of, rows):
    assert board_of(rows) is None


@pytest.mark.parametrize("code", ["id", "en"])
def test_section_is_written_in_the_language(board_of, results, rules, code):
    environment = Renderer(results, Language(code, rules))._environment
    source = '{% from "responses.html" import responses with context %}{{ responses(board) }}'
    page = environment.from_string(source).render(board=board_of(ROWS, code), root="../")
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    for formula in FORMULAS:
        assert (formula.label[code] in text) == formula.is_part
    assert page.count("<tr>") == len(PARTS) + 1


def test_scorecard_shows_the_lines(site):
    page = (site / "en" / "institutions" / f"{ONE}.html").read_text("utf-8")
    assert page.count('<h2 id="responses">') == 1
    other = (site / "en" / "institutions" / "badan-gema.html").read_text("utf-8")
    assert '<h2 id="responses">' not in other
