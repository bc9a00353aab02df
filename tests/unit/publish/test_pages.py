"""What single pages say: designed states for the missing, the unranked and the undecided."""

import html
import json
import re

import pytest

from tolok.methodology.edition import Snapshot, Suspect
from tolok.publish.language import Language
from tolok.publish.pages.award import _order_is_open
from tolok.publish.ranking import Lane, Ranking, ranking_finding
from tolok.publish.rows import ScoreRow
from tolok.publish.site import publish_site


@pytest.fixture
def text_of(site):
    """The words of a page without its markup, spaces made single."""

    def read(name):
        page = (site / name).read_text("utf-8")
        plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
        return " ".join(html.unescape(plain).split())

    return read


def test_home_counts_records_apart(text_of):
    text = text_of("id/index.html")
    assert "12 instansi pemerintah dinilai dengan tolok ukur yang sama: 6 penghargaan" in text
    assert "9.876 unggahan 12.345 pembacaan angka" in text


def test_root_shows_the_first_language(site):
    root = (site / "index.html").read_text("utf-8")
    assert '<html lang="id">' in root
    assert 'href="id/awards/active-ministries.html"' in root
    assert 'hreflang="en" href="en/index.html"' in root


def test_jury_that_has_not_decided_has_no_winner(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert "Menunggu keputusan juri Urutan di bawah ini berasal dari data." in text
    assert "Urutan 1 Kementerian Awan" in text


def test_first_by_the_data_is_named(text_of):
    assert "First by the data Badan Fajar" in text_of("en/awards/active-agencies.html")


def test_award_of_a_cluster_of_two_states_no_ranking(text_of):
    text = text_of("id/awards/best-twins.html")
    assert "Tidak diberikan" in text
    assert "Peringkat tidak dinyatakan untuk klaster ini." in text
    assert "hanya 2 instansi di klaster ini memenuhi syarat" in text


def test_uncertainty_that_is_not_computed_is_said_and_not_invented(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert "Ketidakpastian peringkat belum dihitung pada edisi ini." in text
    assert "dari 10" not in text.split("Arti istilah")[0]


def test_unranked_are_listed_with_reasons_and_unknown_codes_as_they_are(text_of):
    text = text_of("id/awards/active-ministries.html")
    assert (
        "Kementerian Danau hanya 12 minggu aktif; syaratnya 26; hanya 10 unggahan dari jenis yang "
        "dinilai; syaratnya 24; platform yang dihitung hanya mencakup 33% bobot; syaratnya 50%; "
        "baru_sekali:1"
    ) in text


def test_indicator_that_is_not_size_adjusted_says_so(text_of):
    assert "Balasan tidak disesuaikan dengan jumlah pengikut" in text_of(
        "id/awards/active-ministries.html"
    )
    assert "Answers not size-adjusted" in text_of("en/awards/active-ministries.html")


def test_scorecard_of_a_ranked_institution_tells_its_places(text_of):
    text = text_of("id/institutions/kementerian-bukit.html")
    assert "Capaian terbaik: peringkat 2 dari 5 pada kategori Paling Aktif." in text
    assert "Akun Terbaik ◆ nominasi 2 dari 4 instansi" in text


def test_scorecard_says_why_a_value_is_missing(text_of):
    text = text_of("id/institutions/kementerian-awan.html")
    assert "disembunyikan oleh akun (hidden)" in text
    assert "skor dihitung tanpa data: Balasan, sesuatu" in text


def test_scorecard_of_an_institution_without_anything_is_designed(text_of):
    text = text_of("id/institutions/kota-kembar-barat.html")
    for words in (
        "Belum diperingkat pada kategori mana pun; alasannya tercantum di bawah.",
        "belum ada data interaksi yang diketahui",
        "Belum ada unggahan yang terhitung",
        "Belum ada akun yang terdaftar.",
    ):
        assert words in text


def test_only_grade_a_is_called_official(text_of):
    text = text_of("id/channels.html")
    assert "11 akun resmi 11 belum dikonfirmasi" in text
    assert "Instagram @akun1 resmi YouTube @kanal1 belum dikonfirmasi" in text


def test_hostile_addresses_are_text(site):
    page = next((site / "id" / "institutions").glob("jahat-*.html")).read_text("utf-8")
    assert "@akun5" in page
    assert 'href="javascript' not in page
    assert "Instagram, 5\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2025</th>" in page


def test_method_prints_formula_warning_and_example(text_of):
    text = text_of("en/method.html")
    assert "COUNT(DISTINCT published_on) FILTER (WHERE reaction_count < 3)" in text
    assert "Mind: Holidays count too." in text
    assert "Example: i → 1; j → no data yet" in text
    assert "Active days A part of a whole Active days ÷ days of the window" in text


def test_method_tells_when_a_tiny_count_is_set_aside(text_of):
    text = text_of("en/method.html")
    assert "Where at least 20 posts of an account have a reaction count, more than 20%" in text
    assert "at least 80% of its numbers from 0 to 5, and its typical posts have at least 10" in text
    assert "lebih dari 20% di antaranya menunjukkan satu angka" in text_of("id/method.html")


def test_method_shows_a_score_of_this_edition(text_of):
    text = text_of("id/method.html")
    assert (
        "Kementerian Awan, peringkat pertama kategori Paling Aktif di klaster Kementerian" in text
    )
    assert "Skor 80,00" in text


def test_data_page_says_what_is_not_known(text_of):
    text = text_of("id/data.html")
    assert "2 baris ditolak" in text
    assert "belum ada data baris dari akun" in text
    assert "Kota Kembar Timur Semua kategori: hanya 2 instansi" in text
    assert "ekspor.csv fanpage_karma" in text


def test_every_page_names_the_lock_hash(site, invented):
    for path in site.rglob("*.html"):
        assert invented.LOCK_HASH in path.read_text("utf-8")


def words_of(path):
    """The words of a page's main part."""
    page = path.read_text("utf-8")
    plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return " ".join(html.unescape(plain).split())


@pytest.fixture
def published(invented, tmp_path, unprinted):
    """A function: the site of changed invented results and rules."""

    def publish(*, manifest=None, tables=None, **edition):
        results, site = tmp_path / "results", tmp_path / "site"
        made = invented.tables()
        for name, change in (tables or {}).items():
            made[name] = [entry for row in made[name] for entry in change(row)]
        invented.write_results(results, made=made)
        path = results / "manifest.json"
        facts = json.loads(path.read_text("utf-8")) | (manifest or {})
        path.write_text(json.dumps(facts), "utf-8")
        publish_site(results, site, invented.rules(**edition), lock_hash=None)
        return site

    return publish


@pytest.mark.usefixtures("unprinted")
def test_every_rank_has_its_interval_and_its_chances(invented, rules, tmp_path):
    invented.write_results(tmp_path / "results", intervals=True)
    site = tmp_path / "site"
    publish_site(tmp_path / "results", site, rules, lock_hash=None)
    award = words_of(site / "en/awards/active-ministries.html")
    assert "interactions unknown for 50% of posts 72.0 2–4 <1 in 20 8 of 10" in award
    assert "80.0 1–2 9 of 10 8 of 10" in award
    scorecard = words_of(site / "en/institutions/kementerian-bukit.html")
    assert "rank interval 1–3 · chance of first place <1 in 20, of nomination 8 of 10" in scorecard
    note = "To the right of each name: its chance of being first"
    for page in ("en/index.html", "en/clusters/ministries.html"):
        assert note in words_of(site / page)


def test_award_that_no_published_formula_measures_says_so(text_of):
    none = "Published formulas measure interactions only"
    assert none in text_of("en/awards/active-ministries.html")
    assert none not in text_of("en/awards/best-ministries.html")


def test_method_is_silent_on_tiny_counts_where_the_rule_is_off(published):
    page = "en/method.html"
    assert "hidden likes" in (published() / page).read_text("utf-8")
    site = published(suspect=Suspect(share=1.0))
    assert "hidden likes" not in (site / page).read_text("utf-8")


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_shows_a_field_that_was_not_put_in(published, language):
    for rule in ("at_age", "at_export"):
        site = published(snapshot=Snapshot(rule=rule))
        for path in (site / language).rglob("*.html"):
            assert re.findall(r"\{[a-z_]+\}", path.read_text("utf-8")) == []
            assert "&amp;#" not in path.read_text("utf-8")  # nothing is escaped twice


def test_age_of_a_count_is_stated(text_of):
    assert "uses an age of 14 days, give or take 2;" in text_of("en/method.html")


def test_points_from_platforms_show_the_platforms_values(published):
    def by_platform(row):
        if row["indicator"] != "video":
            return [row]
        youtube = row | {"platform": "youtube/video+live", "value": 0.25}
        return [row | {"value": None}, row | {"platform": "instagram"}, youtube]

    text = words_of(
        published(tables={"indicators": by_platform}) / "en/institutions/kementerian-bukit.html"
    )
    assert "Engagement of videos 0.500 Instagram 0.250 YouTube (video + live) 72.0" in text


def test_value_that_tells_nobody_apart_is_shown_beside_the_reason(published):
    def alike(row):
        return [row | {"points": None, "missing": "no_spread"}]

    text = words_of(
        published(tables={"indicators": alike}) / "en/institutions/kementerian-bukit.html"
    )
    reason = "differences are no larger than chance, or all are the same, so it tells nobody apart"
    assert f"Active days {reason} Raw value: 0.500 –" in text


def test_lock_is_promised_only_where_the_results_have_one(published):
    locked = words_of(published(decision="first_rank") / "en/index.html")
    assert "The order is set by the data. Its rules were published first." in locked
    assert "The rules are locked by a hash" in locked
    free = words_of(
        published(decision="first_rank", manifest={"lock_hash": None}) / "en/index.html"
    )
    assert "published first" not in free
    assert "locked by a hash" not in free


def test_words_of_uncertainty_are_explained_only_where_they_are_used(text_of):
    text = text_of("en/awards/active-ministries.html")
    assert "Points of an indicator One indicator on a common scale" in text
    for word in ("Rank interval", "Chance of being first", "Not separable"):
        assert word not in text


def test_unknown_interactions_are_marked_on_the_award(text_of):
    text = text_of("en/awards/active-agencies.html")
    assert "Score 56.0 interactions unknown for 50% of posts" in text
    assert "Interactions are unknown for more than a fifth of posts: Badan Fajar (50%)," in text


def test_cluster_without_a_ranking_crowns_nobody(text_of):
    text = text_of("en/clusters/twins.html")
    assert "posts most" not in text
    assert "Activity and public response of 1 institution; this cluster is not ranked" in text


def test_edition_without_any_ranking_says_so(published):
    def unranked(row):
        return [row | {"rank": None, "score": None}]

    text = words_of(published(tables={"scores": unranked}) / "en/index.html")
    assert "Awards No award of this edition is ranked yet; each says why." in text
    assert "posts most often" not in text


def test_errata_are_told_with_day_reason_and_former_hash(published):
    note = {
        "number": 1,
        "recorded_at": "2026-01-05T08:00:00+07:00",
        "reason": "A weight was mistyped.",
        "replaces_rules_sha256": "ab" * 32,
        "changes": ["edition.toml, line 4"],
    }
    text = words_of(published(manifest={"errata": [note, "errata/002.json"]}) / "en/method.html")
    assert (
        "Changes of the rules after the lock 1 · 5\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2026 "
        f"A weight was mistyped. edition.toml, line 4 Former lock hash: {'ab' * 32} "
        "errata/002.json"
    ).replace("\N{NO-BREAK SPACE}", " ") in text


def ranking(*scores):
    """A ranking of institutions named A, B, C ... by their scores."""
    rows = [
        ScoreRow("c", "k", name, True, "", score, 1 + sum(other > score for other in scores),
                 None, None, None, None, False)
        for name, score in zip("ABC", scores, strict=False)
    ]  # fmt: skip
    lanes = tuple(Lane(r, r.institution_id, r.institution_id, "", 0, None, None) for r in rows)
    return Ranking(lanes, has_intervals=False, ticks=(), cut=0)


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((70.0, 60.0), "A leads with a score of 70.0, 10.0 points ahead of B"),
        ((70.0, 69.98), "A leads B by a hair with a score of 70.0"),
        ((70.0, 70.0, 50.0), "Joint first: A, B, with a score of 70.0"),
        ((70.0,), "Only A is ranked, with a score of 70.0"),
        ((), "No ranking is stated for this cluster."),
    ],
)
def test_finding_says_who_leads_and_by_how_much(rules, scores, sentence):
    assert ranking_finding(ranking(*scores), Language("en", rules)) == sentence


@pytest.mark.parametrize(
    ("chances", "is_open"),
    [
        ((0.6, 0.3, 0.1), False),
        ((0.04, 0.31, 0.02), True),
        ((0.6, 0.3, 0.1, 0.31), True),  # not nominated, and better than the second and third
        ((0.5, 0.07, 0.11), False),
        ((0.9, 0.1, 0.1, 0.01, 0.08), False),  # only better than another that is not nominated
        ((None, None, None), False),
        ((), False),
    ],
)
def test_order_is_open_where_somebody_below_a_nominee_has_the_better_chance(chances, is_open):
    ranked = [
        ScoreRow("c", "k", str(rank), True, "", 60.0, rank, None, None, chance, None, rank <= 3)
        for rank, chance in enumerate(chances, start=1)
    ]
    assert _order_is_open(ranked) is is_open
