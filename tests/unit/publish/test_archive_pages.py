"""A site with a past: all editions, what changed at each institution, and what others published."""

import html
import re

import pytest
from tests.archive_cases import LINEAGE, write_edition
from tests.edition_cases import pages_alone
from tests.site_pages import broken_links, loaded_from_outside, pages, parsed

from tolok.errors import FaultsFound
from tolok.publish.site import publish_site

SOURCED = (
    "edition,category,cluster,institution,institution_id,status,remark,source\n"
    "2021,Best Account,lembaga,Dinas Nyata,kementerian-awan,winner,,https://berita.example/1\n"
    "2019,,,<b>Badan</b>,,nominee,=1+1,https://www.kabar.example/2\n"
)
BREAKS = (
    "platform,from_on,count,kinds,what_id,what_en,source,grade\n"
    "instagram,2025-02-12,reaction_count,,Suka dihitung ulang.,Likes anew.,https://a.example/,C\n"
    "youtube,2025-04-02,view_count,short_video,Tayangan baru.,New views.,https://b.example/,C\n"
)


@pytest.fixture(scope="module")
def edition(invented, tmp_path_factory):
    """A function: the folder of an edition with an archive, published under some rules."""

    def published(*, breaks="", **rules):
        folder = tmp_path_factory.mktemp("past") / "edition"
        address = "https://contoh.go.id/uji-2024"
        write_edition(folder / "archive" / "uji-2024", invented, address=address)
        (folder / "archive" / "sourced.csv").write_text(SOURCED, "utf-8")
        (folder / "registry").mkdir()
        (folder / "registry" / "lineage.csv").write_text(LINEAGE, "utf-8")
        if breaks:
            (folder / "breaks.csv").write_text(breaks, "utf-8")
        made = invented.tables(intervals=True)
        for row in made["scores"]:
            if row["institution_id"] == "kementerian-awan" and row["rank"]:
                row |= {"rank_low": 1, "rank_high": 2}
        invented.write_results(folder / "results", made=made)
        lock_hash = invented.LOCK_HASH
        with pages_alone():
            publish_site(
                folder / "results", folder / "site", invented.rules(**rules), lock_hash=lock_hash
            )
        return folder / "site"

    return published


@pytest.fixture(scope="module")
def site(edition):
    """The site of a simulated edition with a past."""
    return edition()


@pytest.fixture(scope="module")
def cut_site(edition):
    """The same where platforms have changed their counting."""
    return edition(breaks=BREAKS)


def words_of(path):
    """The words of a page's main part, spaces made single."""
    page = path.read_text("utf-8")
    plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return " ".join(html.unescape(plain).split())


def changed(site, institution, language="en"):
    """The words of the section on what changed."""
    text = words_of(site / language / "institutions" / f"{institution}.html")
    title = {"id": "Apa yang berubah sejak edisi lalu Dibandingkan",
             "en": "What changed since the last edition Compared"}[language]  # fmt: skip
    _, _, rest = text.partition(title)
    ends = {"id": "Profil indikator", "en": "Profile of indicators"}[language]
    return rest.partition(ends)[0]


def test_site_with_a_past_is_whole_and_loads_nothing(site, cut_site):
    for one in (site, cut_site):
        assert broken_links(one) == []
        assert loaded_from_outside(one) == []
        made = set(pages(one))
        assert {f"{code}/{page}.html" for code in ("id", "en")
                for page in ("archive", "sourced", "press")} < made  # fmt: skip
        assert [page for page in made if "<b>Badan" in (one / page).read_text("utf-8")] == []


def test_every_page_links_to_the_pages_that_only_some_editions_have(site):
    for page in pages(site):
        links = {link.rsplit("/", 1)[-1] for link in parsed(site, page).links}
        assert {"archive.html", "sourced.html", "press.html"} <= links


@pytest.mark.usefixtures("unprinted")
def test_edition_without_a_past_has_none_of_its_pages(invented, rules, results_folder, tmp_path):
    publish_site(results_folder, tmp_path / "site", rules, lock_hash=None)
    assert not {"id/archive.html", "id/sourced.html"} & set(pages(tmp_path / "site"))


def test_archive_lists_editions_and_winners_over_the_years(site):
    text = words_of(site / "en" / "archive.html")
    assert "2 editions, and who has won each award over the years." in text
    assert "Test Award 2025 this edition" in text
    assert "Test Award 2024 The edition’s own site" in text
    assert "Most Active Test Award 2025 Awaiting the jury Test Award 2024" in text
    assert "Kementerian Lembah" in text
    links = parsed(site, "en/archive.html").links
    assert "https://contoh.go.id/uji-2024/" in links


def test_place_that_rose_is_told_with_both_intervals(site):
    text = changed(site, "kementerian-awan")
    assert "4 of 4 (interval 4–4) 1 of 5 (interval 1–2) ▲ rose" in text


def test_places_that_meet_cannot_be_told_apart_and_a_rename_is_named(site):
    text = changed(site, "kementerian-bukit", "id")
    assert "Pada edisi lalu instansi ini bernama Kementerian Lembah." in text
    assert "≈ tidak dapat dibedakan" in text


def test_figures_are_told_a_week_and_a_post(site):
    text = changed(site, "kementerian-awan")
    assert "Posts a week 25.0 50.3 +101%" in text
    assert "Interactions a post (where known) 190 95.0 −50%" in text
    assert "Followers (median of the window) 1,234,567 1,234,567 0%" in text


def test_institution_that_moved_or_is_new_or_split_off_says_so(site):
    moved = changed(site, "kementerian-cahaya")
    assert "moved from the cluster Agencies to the cluster Ministries" in moved
    assert "not compared: it moved to another cluster" in moved
    assert "Posts a week" in moved
    split = changed(site, "kementerian-embun")
    assert "This institution was split off from Kementerian Danau." in split
    assert "Posts a week" not in split
    whole = changed(site, "kementerian-danau")
    assert "Since 1 October 2024 Kementerian Embun has been split off from this" in whole


def test_break_between_the_editions_stops_the_comparison_with_its_source(cut_site):
    text = changed(cut_site, "kementerian-awan")
    assert (
        "not compared: Instagram changed its counting from 12 February 2025. Likes anew. Source"
    ) in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Posts a week 25.0 50.3 +101%" in text
    page = (cut_site / "en" / "institutions" / "kementerian-awan.html").read_text("utf-8")
    assert 'href="https://a.example/"' in page


def test_weekly_line_is_cut_at_a_break_and_names_it(site, cut_site):
    name = "en/institutions/kementerian-awan.html"
    for home in ("en/index.html", name):
        assert 'class="break"' not in (site / home).read_text("utf-8")
        page = (cut_site / home).read_text("utf-8")
        assert page.count('class="break"') == 1
        text = words_of(cut_site / home).replace("\N{NO-BREAK SPACE}", " ")
        assert "a line is cut where a platform changed its counting" in text
        assert "Instagram, from 12 February 2025 (reactions): Likes anew." in text
        assert "YouTube, from 2 April 2025 (views: short video): New views." in text


def test_sourced_page_stands_apart_and_names_what_is_unknown(site):
    text = words_of(site / "en" / "sourced.html")
    assert "Awards 2019–2021 as published by others" in text
    assert "Nothing here was computed by Tolok" in text
    assert "No public source was found for 2020." in text
    assert "★ winner Dinas Nyata berita.example" in text
    assert "(not named) cluster not named nominee <b>Badan</b> (=1+1) kabar.example" in text
    assert "the names on this page are real" in text


def test_real_name_leads_to_a_scorecard_only_in_a_real_edition(site, edition):
    link = "institutions/kementerian-awan.html"
    assert [one for one in parsed(site, "id/sourced.html").links if one.endswith(link)] == []
    real = edition(is_simulated=False)
    assert [one for one in parsed(real, "id/sourced.html").links if one.endswith(link)] == [link]
    assert "nama di halaman ini nyata" not in words_of(real / "id" / "sourced.html")


def test_faults_of_the_past_are_told_before_anything_is_written(invented, rules, tmp_path):
    invented.write_results(tmp_path / "results")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "sourced.csv").write_text("edition\n", "utf-8")
    with pytest.raises(FaultsFound, match="the archive cannot be read"):
        publish_site(tmp_path / "results", tmp_path / "site", rules, lock_hash=None)
    assert not (tmp_path / "site").exists()


def test_press_page_shows_each_release_with_its_files(site):
    text = words_of(site / "id" / "press.html")
    assert "SIMULASI: semua nama dan angka rekaan SIARAN PERS" in text.replace("**", "")
    found = parsed(site, "id/press.html")
    assert "../press/active-agencies-en.md" in found.links
    assert "../press/charts/active-agencies-en.svg" in found.links
    assert "../press/charts/active-agencies-id.png" in found.loaded
