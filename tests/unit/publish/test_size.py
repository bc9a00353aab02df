"""Sizes on pages: the rank by the score beside that by the raw rate, and the bands."""

import re
from dataclasses import replace

import pytest

from tolok.methodology.size import SizeBands
from tolok.publish.language import Language
from tolok.publish.page import Page
from tolok.publish.render import Renderer
from tolok.publish.rows import SizeRow
from tolok.publish.size import band_label, bands_of, size_view, sizes_of_institution

SMALL, LARGE = "0-10000", "1000000-"


def a_row(institution, rank, raw=(None, None), band=(None, None)):
    """A row of the agencies' second award: raw is (rate, rank), band (code, rank)."""
    score = None if rank is None else 90.0 - rank
    rate, raw_rank = raw
    return SizeRow("best", "agencies", institution, band[0], score, rank, rate, raw_rank, band[1])


ROWS = (
    a_row("badan-gema", 2, (9.256, 1), (SMALL, 1)),
    a_row("badan-hujan", None, (3.0, None), (SMALL, None)),
    a_row("badan-fajar", 1, (0.5, 2), (LARGE, 1)),
    a_row("eqhyperlink(1)", 3),
)


@pytest.fixture
def view(results, rules):
    """A function: the sizes of an award from some rows."""

    def make(rows, code="en"):
        changed = replace(results, sizes=tuple(rows))
        return size_view(changed.awards["best", "agencies"], changed, Language(code, rules))

    return make


@pytest.mark.parametrize(
    ("code", "indonesian", "english"),
    [
        ("0-10000", "di bawah 10.000", "under 10,000"),
        ("10000-100000", "10.000 sampai di bawah 100.000", "10,000 to under 100,000"),
        ("1000000-", "1.000.000 atau lebih", "1,000,000 or more"),
        ("0-", "semua ukuran", "every size"),
        (None, "tidak diketahui", "unknown"),
    ],
)
def test_band_is_said_in_words(rules, code, indonesian, english):
    assert band_label(code, Language("id", rules)) == indonesian
    assert band_label(code, Language("en", rules)) == english


def test_ranked_institutions_stand_by_their_rank_with_their_bands(view):
    found = view(ROWS)
    assert [(lane.name, lane.band, lane.row.raw_rank) for lane in found.lanes] == [
        ("Badan Fajar", "1,000,000 or more", 2),
        ("Badan Gema", "under 10,000", 1),
        ("=HYPERLINK(1)", "unknown", None),
    ]
    assert found.has_rates
    assert found.finding == "First by the score: Fajar; by interactions per follower: Gema."


def test_one_that_is_first_by_both_is_told_once(view):
    rows = [
        a_row("badan-fajar", 1, (5.0, 1), (SMALL, 1)),
        a_row("badan-gema", 2, (1.0, 2), (SMALL, 2)),
    ]
    found = view(rows)
    assert found.finding == "Fajar is first by the score and by interactions per follower alike."


def test_reason_says_whether_the_score_is_adjusted(view, results):
    assert "lets expect" in view(ROWS).why
    (_, best) = results.rules.categories
    level = replace(best, indicators=tuple(replace(i, model="level") for i in best.indicators))
    award = replace(results.awards["best", "agencies"], category=level)
    changed = replace(results, sizes=ROWS)
    found = size_view(award, changed, Language("en", results.rules))
    assert found is not None
    assert "not adjusted for followers" in found.why


def test_without_raw_rates_the_bands_stand_alone(view):
    found = view([a_row("badan-fajar", 1, band=(SMALL, 1))])
    assert not found.has_rates
    assert found.finding == "Each institution is also ranked among those of its size."
    assert "between the same two cuts" in found.why


@pytest.mark.parametrize(
    "rows",
    [(), (a_row("badan-fajar", None, (5.0, None), (SMALL, None)),), (a_row("badan-fajar", 1),)],
)
def test_without_ranks_or_sizes_nothing_is_shown(view, rows):
    assert view(rows) is None


def test_institutions_of_a_cluster_stand_by_band_and_unknown_ones_last(results, rules):
    bands = dict(zip(("badan-fajar", "eqhyperlink(1)", "badan-gema"), (LARGE, SMALL, SMALL),
                     strict=True))  # fmt: skip
    changed = replace(
        results,
        institutions={
            name: replace(row, size_band=bands.get(name))
            for name, row in results.institutions.items()
        },
    )
    found = bands_of("agencies", changed, Language("en", rules))
    assert [(label, [row.institution for row in rows]) for label, rows in found] == [
        ("under 10,000", ["=HYPERLINK(1)", "Badan Gema"]),
        ("1,000,000 or more", ["Badan Fajar"]),
        ("unknown", ["Badan Hujan"]),
    ]
    assert rules.edition.size_bands == SizeBands()


def test_institution_has_its_sizes_in_the_awards_that_rank_it(results, rules):
    rows = (*ROWS, replace(ROWS[0], category="active", rank=None))
    changed = replace(results, sizes=rows)
    found = sizes_of_institution("badan-gema", changed, Language("en", rules))
    assert found == [("Best Account", ROWS[0])]
    assert sizes_of_institution("badan-hujan", changed, Language("en", rules)) == []


def shown(results, view, code="en"):
    """The table as a page shows it: the cells of every row."""
    renderer = Renderer(results, Language(code, results.rules))
    source = '{% import "size.html" as size with context %}{{ size.comparison(view) }}'
    html = renderer._environment.from_string(source).render(
        Page("awards/x.html", "", {"view": view}).context, root="../", top="../../"
    )
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return html, [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def test_table_shows_both_ranks_the_rate_and_the_band(results, view):
    html, rows = shown(results, view(ROWS))
    assert rows == [
        ["Institution", "Followers", "Rank by the score", "Rank by the raw rate",
         "Interactions per post per 1,000 followers", "Rank among those of its size"],
        ["Badan Fajar", "1,000,000 or more", "1", "2", "0.500", "1"],
        ["Badan Gema", "under 10,000", "2", "1", "9.26", "1"],
        ["=HYPERLINK(1)", "unknown", "3", "–", "–", "–"],
    ]  # fmt: skip
    assert 'href="../institutions/badan-fajar.html"' in html


def test_table_without_raw_rates_has_no_columns_for_them(results, view):
    _, rows = shown(results, view([a_row("badan-fajar", 1, band=(SMALL, 1))], "id"), "id")
    assert rows == [
        ["Instansi", "Pengikut", "Peringkat menurut skor", "Peringkat di antara yang seukuran"],
        ["Badan Fajar", "di bawah 10.000", "1", "1"],
    ]
