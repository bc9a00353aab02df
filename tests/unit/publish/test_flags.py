"""Flags in words: what was found, where to look, and the rank without flagged posts."""

import html
import re
from datetime import date

import pytest

from tolok.methodology.flags import FLAGS
from tolok.publish.flags import award_flags, institution_flags
from tolok.publish.language import Language
from tolok.publish.render import Renderer
from tolok.publish.results import read_results

FIRST = "kementerian-awan"
KEY = ("active", "ministries")


@pytest.fixture
def english(rules):
    return Language("en", rules)


def shown(macro, flags, results, language):
    """The words and the addresses of a macro of flags.html."""
    renderer = Renderer(results, language)
    source = f'{{% import "flags.html" as flags with context %}}{{{{ flags.{macro}(them) }}}}'
    made = renderer._environment.from_string(source)
    text = made.render(them=flags, root="../", top="../../", page_title="", here="")
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
    plain = plain.replace(" ,", ",").replace(" .", ".")
    return plain, re.findall(r'href="([^"]*)"', text)


def test_flags_of_an_institution_stand_in_the_order_of_their_kinds(results, english):
    found = institution_flags(FIRST, results, english)
    assert [flag.kind for flag in found] == [
        "Burst of likes",
        "Comments against likes",
        "Giveaways",
    ]
    assert found[0].text == (
        "The likes of 40 posts from 3\xa0March\xa02025 to 16\xa0March\xa02025 are out of "
        "proportion to their comments, against the account's habit: an excess of 34.5, "
        "flagged above 12.0."
    )
    assert found[1].text == (
        "A usual post has 1 comments per 100 likes; for its followers flagged below 2. 40 posts."
    )
    assert found[2].text == (
        "12.5% of 40 posts carry a giveaway word; every such post is flagged (above 0.0%)."
    )


def test_flag_names_its_account_and_the_posts_to_look_at(results, english):
    giveaway = institution_flags(FIRST, results, english)[2]
    assert (giveaway.platform, giveaway.handle) == ("Instagram", "@akun0")
    assert giveaway.links == (("https://instagram.com/p/0/", date(2025, 3, 5), "p0"),)
    assert giveaway.left_out


def test_award_shows_who_moves_without_flagged_posts(results, english):
    flags = award_flags(results.awards[KEY], results, english)
    assert [(r.name, r.rank, r.rank_without, r.left_out_count) for r in flags.moved] == [
        ("Kementerian Awan", 1, 4, 10)
    ]
    assert [row.rank for row in flags.all] == [1, 2, 3, 4, 5]
    assert len(flags.flagged) == 2
    assert len(flags.unflagged) == 3


def test_unranked_institutions_are_not_among_them(results, english):
    flags = award_flags(results.awards["active", "twins"], results, english)
    assert flags.all == ()


def test_page_part_of_an_award_links_to_posts_and_says_no_evidence_of_the_others(results, english):
    flags = award_flags(results.awards[KEY], results, english)
    text, links = shown("of_award", flags, results, english)
    assert "Ranks with and without flagged posts" in text
    assert "Kementerian Awan 1 4 10" in text
    assert "No evidence found at: Kementerian Bukit, Kementerian Cahaya" in text
    assert "does not mean clean" in text
    assert "https://instagram.com/p/0/" in links
    assert not [link for link in links if link.startswith("javascript")]


def test_award_in_which_nobody_moves_says_so(results, english):
    flags = award_flags(results.awards["active", "agencies"], results, english)
    text, _ = shown("of_award", flags, results, english)
    assert "the ranks of those shown here stay the same" in text
    assert "Ranks with and without" not in text


def test_institution_without_flags_is_not_called_clean(results, english):
    text, _ = shown("of_institution", (), results, english)
    assert "No evidence found." in text
    assert "“No evidence found” does not mean clean" in text


@pytest.mark.parametrize("flag", FLAGS)
def test_every_kind_has_its_sentence_in_both_languages(rules, invented, tmp_path, flag):
    made = invented.tables()
    made["flags"] = [made["flags"][2] | {"flag": flag}]
    invented.write_results(tmp_path, made=made)
    results = read_results(tmp_path, rules, None)
    for code in ("id", "en"):
        (view,) = institution_flags(FIRST, results, Language(code, rules))
        assert "{" not in view.text
        assert view.kind != f"flag.{flag}"
