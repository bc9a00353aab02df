"""Pages of an edition whose jury has closed: every status, and nothing of it before."""

import html
import re
from dataclasses import replace

import pytest
from tests.edition_cases import pages_alone
from tests.site_pages import broken_links, loaded_from_outside, pages, parsed
from tests.verdict_cases import HOSTILE_REASON, PANEL, SIGNED, STATES, judge, jury_rules

from tolok.publish.site import publish_site

HOSTILE_NAME = "<b onmouseover=x>Bukit</b>"
AWARD = "awards/active-ministries.html"


def words_of(path):
    """The words of a page's main part, spaces made single."""
    page = path.read_text("utf-8")
    plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return " ".join(html.unescape(plain).split())


@pytest.fixture(scope="module")
def publish(invented, rules, tmp_path_factory):
    """A function: the site of an award as a jury has left it, with a hostile nominee.

    Documents are empty files: pages need not wait for the typesetting.
    """

    def site_of(case=None, *, named=None, **panel):
        folder = tmp_path_factory.mktemp("judged")
        made = invented.tables(intervals=True)
        for row in made["institutions"]:
            if row["institution_id"] == "kementerian-bukit":
                row |= {"institution": HOSTILE_NAME, "short_name": named or ""}
        if case:
            judge(made, case, ballots=panel.get("ballots", "coded"))
        invented.write_results(folder / "results", made=made)
        changed = jury_rules(rules, **panel)
        with pages_alone():
            publish_site(folder / "results", folder / "site", changed, lock_hash=invented.LOCK_HASH)
        return folder / "site"

    return site_of


@pytest.fixture(scope="module")
def sites(publish):
    """A site of each status."""
    return {status: publish(case) for status, case in STATES.items()}


@pytest.mark.parametrize("status", STATES)
def test_pages_of_every_status_are_whole_and_escape_everything(sites, status):
    site = sites[status]
    assert broken_links(site) == []
    assert loaded_from_outside(site) == []
    for page in pages(site):
        text = (site / page).read_text("utf-8")
        found = parsed(site, page)
        assert [name for name in found.attributes if name == "style" or name.startswith("on")] == []
        assert re.findall(r"<script(?! src=)|<i>Salak|<b onmouseover", text) == []
        assert re.findall(r"\{[a-z_]+\}", text) == []
        assert "&amp;#" not in text


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize(
    ("language", "title"), [("id", "Penilaian juri"), ("en", "What the jury said")]
)
def test_award_page_of_every_status_begins_with_the_verdict(sites, status, language, title):
    text = (sites[status] / language / AWARD).read_text("utf-8")
    assert text.index(f"verdict-{status}") < text.index(f">{title}</h2>")
    assert text.index(f">{title}</h2>") < text.index('id="ranking"')
    others = list((sites[status] / language / "awards").glob("*.html"))
    assert [p.name for p in others if f">{title}</h2>" in p.read_text("utf-8")] == [
        "active-ministries.html"
    ]


def test_reason_of_an_override_is_shown_as_it_was_written(sites):
    for language in ("id", "en"):
        page = (sites["overridden"] / language / AWARD).read_text("utf-8")
        quoted = re.findall(
            r"<blockquote><p>(.*?)</p><footer>(.*?)</footer></blockquote>", page, re.DOTALL
        )
        assert [tuple(map(html.unescape, one)) for one in quoted] == [(HOSTILE_REASON, SIGNED)]
        assert "<script>alert" not in page


def test_winner_stands_on_home_cluster_and_scorecards_with_the_chance(sites):
    site = sites["shared"]
    for page in ("en/index.html", "en/clusters/ministries.html", "index.html"):
        text = words_of(site / page).replace("\N{NO-BREAK SPACE}", " ")
        share = "Awan 6 dari 10" if page == "index.html" else "Awan 6 of 10"
        assert share in text
        assert f"Kementerian Awan, {HOSTILE_NAME}" in (site / page).read_text("utf-8").replace(
            "&lt;", "<"
        ).replace("&gt;", ">")
    won = words_of(site / "en/institutions/kementerian-awan.html")
    assert "Won 1 award: Most Active." in won
    assert "★ winner" in won
    assert f"Together with {HOSTILE_NAME}. Joint winners." in won
    lost = words_of(site / "en/institutions/kementerian-cahaya.html")
    assert "Nominated for 1 award without winning: Most Active." in lost
    assert f"Winner: Awan and {HOSTILE_NAME}. Joint winners." in lost
    assert "★" not in words_of(site / "en/institutions/kementerian-embun.html")


def test_home_says_who_decided_and_how(sites):
    text = words_of(sites["clear"] / "en/index.html")
    assert "Data named the nominees, the jury named the winners." in text
    assert "where the winner hangs on a single juror, the panel votes." in text
    assert "Chosen by the jury, whichever juror is left out chance it is the best 9" in text


def test_code_of_a_juror_never_stands_beside_a_name(sites):
    for page in pages(sites["clear"]):
        text = words_of(sites["clear"] / page)
        if "J1" in text.split():
            assert [juror.name for juror in PANEL.jurors if juror.name in text] == []
    named = [page for page in pages(sites["clear"]) if "Kak Rambutan" in words_of(
        sites["clear"] / page)]  # fmt: skip
    assert named == ["en/method.html", "id/method.html"]


def test_named_ballots_show_names_and_ballots_kept_show_nobody(publish):
    named = words_of(publish(STATES["clear"], ballots="named") / "en" / AWARD)
    assert "Scores are published with the juror’s name." in named
    assert "Prof. Durian Awan 6.75 8.75" in named
    site = publish(STATES["clear"], ballots="none")
    kept = words_of(site / "en" / AWARD)
    assert "the scores of single jurors are not published" in kept
    assert "J1" not in kept.split()
    assert "recount" not in words_of(site / "en/data.html")
    assert not (site / "assets/downloads/jury/active-ministries.csv").exists()


def test_data_page_lists_the_downloads_of_the_jury(sites):
    text = words_of(sites["decided_by_vote"] / "en/data.html")
    for label in ("Decisions of the jury, all awards (CSV)", "The vote, every pair (CSV)",
                  "Jurors’ scores: Most Active, Ministries (CSV)"):  # fmt: skip
        assert label in text


METHOD = (
    "The panel has 6 members; each category is judged by at least 5 jurors.",
    (
        "A juror with a post, contract or seat at an institution, now or in the last 3 years, with "
        "family there, or by own choice, does not judge it."
    ),
    "Each question of the rubric is scored from 1 to 10; weights add them up.",
    (
        "Nominees less than 0.5 standard errors apart count as equal. Then decide, in this order: "
        "the chance of being first by the data, then the jurors’ vote; if still even, they share "
        "the award."
    ),
    "Otherwise the result is open, and the panel votes on those in contention.",
    "jurors and questions are drawn anew 2,000 times (seed 2025)",
    "1 first scores by the rubric 2 February 2026, 09:00 WIB 6 February 2026, 09:00 WIB",
    "Pak <i>Salak</i> – of the organiser",
    "Bu Nangka Hujan (Best Account)",
    "Use (75%) 1 – Of no use 10 – Of use",
)


def test_method_page_has_the_rules_of_the_jury(sites):
    text = words_of(sites["clear"] / "en/method.html").replace("\N{NO-BREAK SPACE}", " ")
    assert [sentence for sentence in METHOD if sentence not in text] == []


def test_method_page_follows_the_rules(publish):
    site = publish(tie_order=(), least_chance=0.8, rounds=PANEL.rounds[:1], ballots="named",
                   tally="rasch", insiders="none")  # fmt: skip
    text = words_of(site / "en/method.html").replace("\N{NO-BREAK SPACE}", " ")
    for sentence in (
        "count as equal, and share the award.",
        "A winner whose chance is below 80% is not called clear.",
        "this edition has no vote, so the first wins and is called still open.",
        "Scores are published with the juror’s name.",
        "comes from the model’s own errors, in 2,000 draws (seed 2025).",
        "Nobody of the organiser or the data supplier may sit on the panel.",
    ):
        assert sentence in text
    assert "nothing to do with the jurors’ codes" not in text


@pytest.mark.usefixtures("unprinted")
def test_jury_that_has_not_closed_changes_only_what_tells_the_rules(
    publish, invented, rules, tmp_path
):
    waiting = publish(named="Bukit")
    made = invented.tables(intervals=True)
    for row in made["institutions"]:
        if row["institution_id"] == "kementerian-bukit":
            row |= {"institution": HOSTILE_NAME, "short_name": "Bukit"}
    invented.write_results(tmp_path / "results", made=made)
    publish_site(tmp_path / "results", tmp_path / "site", rules, lock_hash=invented.LOCK_HASH)
    changed = [
        page
        for page in pages(tmp_path / "site")
        if (waiting / page).read_bytes() != (tmp_path / "site" / page).read_bytes()
    ]
    assert changed == [
        "en/index.html", "en/method.html", "id/index.html", "id/method.html", "index.html",
    ]  # fmt: skip
    assert not (waiting / "assets/downloads/jury").exists()


@pytest.mark.usefixtures("unprinted")
def test_data_that_decide_leave_no_word_of_a_jury(publish, invented, rules, tmp_path):
    invented.write_results(tmp_path / "results", intervals=True)
    by_data = replace(rules, edition=replace(jury_rules(rules).edition, decision="first_rank"))
    publish_site(tmp_path / "results", tmp_path / "site", by_data, lock_hash=None)
    texts = {page: words_of(tmp_path / "site" / page) for page in pages(tmp_path / "site")}
    told = re.compile(r"What the jury said|Penilaian juri|How the jury decides|★")
    assert [page for page, text in texts.items() if told.search(text)] == []
