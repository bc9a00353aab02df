"""Who answers for the edition: on every page, beside the corrections, and for the press."""

from dataclasses import replace

import pytest

from tolok.methodology.organiser import Organiser
from tolok.publish.documents.scorecard import scorecard
from tolok.publish.language import Language
from tolok.publish.pages import corrections, press
from tolok.publish.press.fields import values_of
from tolok.publish.render import Renderer

OFFICE = Organiser("Panitia *Uji*", "humas@contoh.go.id")
LINK = '<a href="mailto:humas@contoh.go.id">humas@contoh.go.id</a>'


@pytest.fixture
def answered(results, invented):
    """A function that gives the results an organiser."""
    return lambda organiser: replace(results, rules=invented.rules(organiser=organiser))


def page_of(module, template, results):
    """The first page of a kind, in English."""
    language = Language("en", results.rules)
    (page, *_) = module.build(results, language)
    return Renderer(results, language).render(template, page)


def test_footer_corrections_and_press_page_lead_to_the_office(answered):
    results = answered(OFFICE)
    corrected = page_of(corrections, "corrections.html", results)
    assert corrected.count(LINK) == 2
    assert "Organiser: Panitia *Uji*" in corrected
    assert page_of(press, "press.html", results).count(LINK) == 2


def test_release_and_scorecard_name_the_office(answered):
    results = answered(OFFICE)
    language = Language("en", results.rules)
    award = next(iter(results.awards.values()))
    assert values_of(award, results, language)["contact"] == (
        r"Panitia \*Uji\*, humas@contoh.go.id"
    )
    row = next(iter(results.institutions.values()))
    told = scorecard(row, results, language)["objection"]["sentences"]
    assert told[-1] == "Contact: humas@contoh.go.id."


def test_nobody_is_named_where_the_rules_name_nobody(answered):
    results = answered(Organiser())
    text = page_of(corrections, "corrections.html", results)
    assert "Organiser:" not in text
    assert "Contact:" not in text
    row = next(iter(results.institutions.values()))
    told = scorecard(row, results, Language("en", results.rules))["objection"]["sentences"]
    assert len(told) == 2


def test_contact_that_is_no_address_is_no_link(answered):
    text = page_of(corrections, "corrections.html", answered(Organiser("", "javascript:alert(1)")))
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text
