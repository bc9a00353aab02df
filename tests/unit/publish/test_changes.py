"""What became of an institution inside the window, in words and on its pages."""

from dataclasses import replace
from datetime import date

import pytest

from tolok.model import LINEAGE_CHANGES, Lineage
from tolok.publish.changes import changes_of
from tolok.publish.documents.scorecard import scorecard
from tolok.publish.language import Language
from tolok.publish.pages import award, institution

AWAN, BUKIT, DANAU = "kementerian-awan", "kementerian-bukit", "kementerian-danau"
SPLIT = date(2025, 3, 1)


@pytest.fixture
def changed(results, tmp_path):
    """A function that gives the results an edition whose registry holds a lineage."""

    def with_lineage(*rows):
        lines = ["predecessor_id,successor_id,change,effective_on,evidence"]
        for row in rows:
            parts = (row.predecessor_id, row.successor_id, row.change, str(row.effective_on))
            lines.append(",".join((*parts, "uji")))
        (tmp_path / "registry").mkdir(exist_ok=True)
        (tmp_path / "registry" / "lineage.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return replace(results, edition=tmp_path)

    return with_lineage


def told(results, institution_id, code="en"):
    """The changes of an institution in words, spaces made plain."""
    sentences = changes_of(institution_id, results, Language(code, results.rules))
    return tuple(plain(one) for one in sentences)


def changes_on(module, results, language):
    """The changes on each page of a kind, by its path."""
    return {page.path: page.context["changes"] for page in module.build(results, language)}


def plain(text):
    """A text with its unbreakable spaces made plain."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_split_is_one_sentence_at_the_whole_and_one_at_each_part(changed):
    results = changed(
        Lineage(AWAN, BUKIT, "split", SPLIT),
        Lineage(AWAN, DANAU, "split", SPLIT),
        Lineage(AWAN, AWAN, "split", SPLIT),
    )
    (sentence,) = told(results, AWAN)
    assert sentence == (
        "On 1 March 2025 a part of this institution became Kementerian Bukit and Kementerian Danau."
    )
    assert told(results, BUKIT) == (
        "This institution was formed on 1 March 2025 out of Kementerian Awan.",
    )


def test_changes_outside_the_window_and_on_its_first_day_are_not_told(changed, rules):
    window = rules.edition.window
    for day in (date(2024, 5, 1), window.opens_on, window.closes_on):
        assert told(changed(Lineage(AWAN, BUKIT, "merge", day)), AWAN) == ()


@pytest.mark.parametrize("change", LINEAGE_CHANGES)
@pytest.mark.parametrize("code", ["id", "en"])
def test_every_change_has_its_sentence_on_both_sides(changed, change, code):
    before = "" if change == "new" else AWAN
    results = changed(Lineage(before, BUKIT, change, SPLIT))
    for one in filter(None, (before, BUKIT)):
        (sentence,) = told(results, one, code)
        assert "2025" in sentence
        assert "{" not in sentence


def test_body_that_ended_without_a_successor_is_told(changed):
    results = changed(Lineage(AWAN, "", "dissolved", SPLIT))
    assert told(results, AWAN, "id") == ("Instansi ini dibubarkan pada 1 Maret 2025.",)


def test_pages_and_paper_say_that_the_whole_window_was_measured(changed):
    results = changed(Lineage(AWAN, BUKIT, "merge", SPLIT))
    language = Language("en", results.rules)
    pages = changes_on(institution, results, language)
    merged = "Since 1 March 2025 this institution has been part of Kementerian Bukit."
    assert [plain(one) for one in pages[f"institutions/{AWAN}.html"]] == [merged]
    assert pages[f"institutions/{DANAU}.html"] == ()
    rows = changes_on(award, results, language)
    assert [name for name, _, _ in rows["awards/active-ministries.html"]] == [
        "Kementerian Awan", "Kementerian Bukit",
    ]  # fmt: skip
    assert rows["awards/active-agencies.html"] == []
    paper = plain(scorecard(results.institutions[AWAN], results, language)["changes"])
    assert paper.startswith(merged)
    assert "measured against the whole window of 27 weeks" in paper
