"""The switchboard on an award page: who is first under which formula, in both languages."""

import html
import re
from dataclasses import replace

import pytest

from tolok.methodology.formula import FORMULAS
from tolok.publish.language import Language
from tolok.publish.render import Renderer
from tolok.publish.rows import FormulaRow
from tolok.publish.switchboard import Named, switchboard_of

WHOLES = [formula.name for formula in FORMULAS if not formula.is_part]
PARTS = [formula.name for formula in FORMULAS if formula.is_part]


@pytest.fixture
def ranked(results):
    """Our ranking of the agencies, best first."""
    scores = results.scores_by_award["active", "agencies"]
    return [row.institution_id for row in scores if row.rank is not None]


def a_row(formula, institution, rank, platform=""):
    missing = "" if rank else "not_offered"
    return FormulaRow(
        "active", "agencies", institution, formula, platform, 1.0 if rank else None, rank, missing
    )


def rows_of(formulas, orders):
    """Rows in which each formula ranks the institutions in the given order."""
    return [
        a_row(formula, one, place)
        for formula, order in zip(formulas, orders, strict=True)
        for place, one in enumerate(order, 1)
    ]


@pytest.fixture
def board_of(results, rules):
    """A function: the switchboard of the agencies' award out of some rows."""

    def make(rows, code="en", award=("active", "agencies")):
        changed = replace(results, formulas=tuple(rows))
        return switchboard_of(changed.awards[award], changed, Language(code, rules))

    return make


@pytest.fixture
def text_of(results, rules):
    """A function: the words of the section."""

    def render(board, code="en"):
        environment = Renderer(results, Language(code, rules))._environment
        source = (
            '{% from "switchboard.html" import switchboard with context %}{{ switchboard(board) }}'
        )
        page = environment.from_string(source).render(board=board, root="../")
        return page, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    return render


def test_award_without_formulas_or_without_ranking_has_no_switchboard(board_of, ranked):
    assert board_of([]) is None
    assert board_of([a_row(WHOLES[0], one, None) for one in ranked]) is None
    assert board_of(rows_of(WHOLES[:1], [ranked]), award=("active", "twins")) is None


def test_leader_is_told_how_often_it_is_first(board_of, ranked, results):
    lead, second, *rest = ranked
    orders = [[lead, second, *rest], [second, lead, *rest], [lead, second, *rest]]
    board = board_of(rows_of(WHOLES[:3], orders))
    name = results.name(lead)
    assert board.sentences == (
        f"{name}, who leads this ranking, is first under 2 of 3 other formulas too.",
    )
    ours = board_of(rows_of(WHOLES[:3], orders), "id")
    assert ours.sentences == (
        f"{name}, yang memimpin peringkat ini, juga pertama menurut 2 dari 3 rumus lain.",
    )


def test_who_is_first_more_often_is_named(board_of, ranked, results):
    lead, second, *rest = ranked
    board = board_of(rows_of(WHOLES[:2], [[second, lead, *rest]] * 2))
    assert board.sentences == (
        f"{results.name(lead)}, who leads this ranking, is first under none of 2 other formulas.",
        f"Most often first: {results.name(second)}, under 2 of 2 formulas.",
    )


def test_parts_are_shown_but_not_counted(board_of, ranked):
    rows = rows_of([WHOLES[0], *PARTS], [ranked, *[ranked[::-1]] * len(PARTS)])
    board = board_of(rows)
    assert [sentence.count("1 of 1") for sentence in board.sentences] == [1]
    assert (len(board.wholes), len(board.parts)) == (1, len(PARTS))


def test_line_names_the_winner_and_the_ranks_of_our_leaders(board_of, ranked, results):
    lead, second, third, *rest = ranked
    rows = rows_of([WHOLES[2]], [[third, lead, *rest]])
    rows += [a_row(WHOLES[2], second, None), a_row(WHOLES[2], second, 1, "instagram")]
    board = board_of(rows)
    (line,) = board.wholes
    assert [one.name for one in board.leaders] == [results.short(one) for one in ranked[:3]]
    assert line.winners == (Named(results.short(third), f"institutions/{third}.html"),)
    assert line.ranks == (2, None, 1)
    assert (line.publishers, line.source[:8]) == ("Rival IQ", "https://")


def test_our_own_ranking_stands_beside_them(board_of, ranked, results):
    board = board_of(rows_of(WHOLES[:1], [ranked[::-1]]))
    assert board.own.ranks == (1, 2, 3)
    assert [one.name for one in board.own.winners] == [results.short(ranked[0])]


def test_formula_that_ranks_nobody_says_why(board_of, ranked, text_of):
    rows = rows_of(WHOLES[:1], [ranked])
    reasons = ["no_followers", "no_followers", "few_known", *["not_ranked"] * 9]
    rows += [
        replace(a_row(WHOLES[1], one, None), missing=reason)
        for one, reason in zip([*ranked, *"abcdefgh"], reasons, strict=False)
    ]
    board = board_of(rows)
    line = board.wholes[1]
    assert (line.winners, line.winner_count, line.why) == ((), 0, "number of followers unknown")
    assert board.wholes[0].why == ""
    assert "number of followers unknown" in text_of(board)[1]
    assert "of 1 other formula too" in board.sentences[0]


def test_first_place_shared_by_many_names_nobody(board_of, ranked, text_of):
    rows = [a_row(WHOLES[0], one, 1) for one in [*ranked, "badan-lain"]]
    board = board_of(rows)
    count = len(ranked) + 1
    assert (board.wholes[0].winners, board.wholes[0].winner_count) == ((), count)
    assert f"{count} institutions jointly" in text_of(board)[1]


@pytest.mark.parametrize("code", ["id", "en"])
def test_section_shows_each_formula_with_its_publisher(board_of, ranked, text_of, code):
    names = [*WHOLES, *PARTS]
    page, text = text_of(board_of(rows_of(names, [ranked] * len(names)), code), code)
    for formula in FORMULAS:
        assert formula.label[code] in text
        assert ", ".join(formula.publishers) in text
    assert page.count("<tr>") == len(names) + 2  # with a head each
    assert page.count("<strong>1</strong>") == len(names) + 2  # and our own ranking each
    assert "{" not in text


def test_hostile_names_are_escaped(board_of, ranked, text_of, results):
    board = board_of(rows_of(WHOLES[:1], [ranked]))
    hostile = replace(board, leaders=(Named("<b>x</b>", "a.html"),), sentences=("<i>",))
    page, _ = text_of(hostile)
    assert "<b>x</b>" not in page
    assert "<i>" not in page


def test_parts_alone_make_no_sentence(board_of, ranked):
    board = board_of(rows_of(PARTS[:1], [ranked]))
    assert (board.sentences, board.wholes, len(board.parts)) == ((), (), 1)
