"""What would bring a nomination: the first means that does, else the gap to the last nominee."""

from dataclasses import replace

import pytest

from tolok.publish.documents.top_three import top_three
from tolok.publish.pages.institution import place_of
from tolok.publish.rows import FlipRow

EMBUN = "kementerian-embun"


def told(institution_id, results, language):
    row = results.institutions[institution_id]
    places = [place_of(one, row, results, language) for one in results.rules.categories]
    return dict(top_three(row, places, results, language))


def flip(means, cost, outcome="nominee"):
    return FlipRow("active", "ministries", EMBUN, 4, outcome, means, "x", cost, 999, 1000, 0.05)


@pytest.mark.parametrize(
    ("flips", "sentence"),
    [
        ([], "Selisih 8,0 poin dari nominasi terakhir, terutama pada “Hari aktif”."),
        (
            [flip("posts", 1), flip("interactions", 50)],
            "Kurang 50 interaksi lagi (5,0% dari miliknya sekarang).",
        ),
        (
            [flip("interactions", None), flip("posts", 50)],
            "Kurang 50 unggahan lagi (5,0% dari miliknya sekarang).",
        ),
        (
            [flip("deletions", 2), flip("interactions", 9, "first")],
            "Selisih 8,0 poin dari nominasi terakhir, terutama pada “Hari aktif”.",
        ),
    ],
)
def test_least_that_would_do_comes_first(with_intervals, indonesian, flips, sentence):
    results = replace(with_intervals, flips=tuple(flips))
    assert told(EMBUN, results, indonesian)["Paling Aktif"] == sentence


def test_nominees_and_the_unranked_have_sentences_of_their_own(with_intervals, indonesian):
    assert told("kementerian-awan", with_intervals, indonesian)["Paling Aktif"] == (
        "Sudah masuk nominasi."
    )
    assert told("kementerian-danau", with_intervals, indonesian)["Paling Aktif"] == (
        "Tidak diperingkat; syarat yang belum terpenuhi ada di halaman pertama."
    )
