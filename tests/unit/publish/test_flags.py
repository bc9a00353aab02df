"""Flags in words: what was found, where to look, and the rank without flagged posts."""

import html
import re
from datetime import date

import pytest

from tolok.methodology.flags import FLAGS
from tolok.publish.flags import (
    AwardFlags,
    FlaggedRank,
    FlagView,
    KindCount,
    award_flags,
    institution_flags,
)
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
        "A usual post has 1 comments per 100 likes; for its followers flagged below 2. "
        "Taken over 40 posts."
    )
    assert found[2].text == ("12.5% of 40 posts carry a giveaway word. Every such post is flagged.")


def test_flag_names_its_account_and_the_posts_to_look_at(results, english):
    giveaway = institution_flags(FIRST, results, english)[2]
    assert (giveaway.platform, giveaway.handle) == ("Instagram", "@akun0")
    assert giveaway.links == (("https://instagram.com/p/0/", date(2025, 3, 5), "p0"),)
    assert giveaway.left_out


def test_award_shows_the_nominees_and_the_first_with_and_without_flagged_posts(results, english):
    flags = award_flags(results.awards[KEY], results, english)
    first = flags.rows[0]
    assert (first.rank, first.name, first.rank_without, first.left_out_count) == (
        1, "Awan", 4, 10
    )  # fmt: skip
    assert [row.rank for row in flags.rows] == [1, 2, 3, 4, 5]
    assert [row.name for row in flags.rows if row.is_moved] == ["Awan"]
    assert flags.moved_count == 1


def test_kinds_are_counted_by_flags_and_by_institutions():
    view = FlagView("Copies", "", "", "", 0, left_out=True, links=())
    other = FlagView("One large post", "", "", "", 0, left_out=False, links=())
    rows = [
        FlaggedRank(name, "", 1, 1, 0, flags)
        for name, flags in (("A", (other, view, view)), ("B", (view,)), ("C", ()))
    ]
    flags = AwardFlags(tuple(rows))
    assert flags.kinds == (
        KindCount("Copies", 3, 2, leaves_out=True),
        KindCount("One large post", 1, 1, leaves_out=False),
    )
    assert rows[0].kinds == (("One large post", 1), ("Copies", 2))
    assert (flags.flag_count, len(flags.flagged)) == (4, 2)


def test_unranked_institutions_are_not_among_them(results, english):
    flags = award_flags(results.awards["active", "twins"], results, english)
    assert flags.rows == ()


def test_page_part_of_an_award_counts_first_and_folds_the_details(results, english):
    flags = award_flags(results.awards[KEY], results, english)
    text, links = shown("of_award", flags, results, english)
    assert "4 flags at 2 of the 5 institutions shown, the nominees and the first ten." in text
    assert "Without the posts left out 1 of them has another rank." in text
    assert "1 Awan Burst of likes, Comments against likes, Giveaways 4 10" in text
    assert "3 Cahaya No evidence found. 3 0" in text
    assert "Giveaways 1 1 yes" in text
    assert "Comments against likes 1 1 no, only points" in text
    assert "This flag only points; no post is left out" in text
    assert text.index("Flags by kind") < text.index("Every flag in detail")
    assert "does not mean clean" in text
    assert "https://instagram.com/p/0/" in links
    assert not [link for link in links if link.startswith("javascript")]


def test_award_in_which_nobody_moves_says_so(results, english):
    flags = award_flags(results.awards["active", "agencies"], results, english)
    text, _ = shown("of_award", flags, results, english)
    assert "Without the posts left out their ranks stay the same." in text
    assert "another rank" not in text


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
