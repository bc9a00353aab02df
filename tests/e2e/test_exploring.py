"""What scripts add to the site, in a real browser from disk: search, check, compare, explore."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from tests import invented as _invented
from tests.edition_cases import pages_alone

from tolok.platforms.facebook import urls as facebook
from tolok.publish.benchmark import Benchmark
from tolok.publish.formats import Formats
from tolok.publish.results import read_results
from tolok.publish.site import publish_site
from tolok.registry.lookalike import skeleton

CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESK = (390, 844), (1280, 900)
PLATFORMS = ("facebook", "instagram", "linkedin", "threads", "tiktok", "x", "youtube", "web")
HEAD = "number,received_on,institution_id,subject,claim,evidence,status,decided_on,answer,effect"
CORRECTION = "1,2025-08-10,badan-fajar,count,Suka keliru.,,accepted,2025-08-15,Dibaca ulang.,"

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here to open pages with")


@pytest.fixture(scope="module")
def invented():
    """The builder of invented results."""
    return _invented


@pytest.fixture(scope="module")
def site(invented, tmp_path_factory):
    """A site of invented results with intervals, and a correction."""
    folder = tmp_path_factory.mktemp("exploring")
    invented.write_results(folder / "results", intervals=True)
    (folder / "corrections.csv").write_text(f"{HEAD}\n{CORRECTION}\n", "utf-8")
    with pages_alone():
        publish_site(
            folder / "results", folder / "site", invented.rules(), lock_hash=invented.LOCK_HASH
        )
    return folder / "site"


@pytest.fixture
def open_whole(open_page):
    """A function that opens a page; whatever it then asks of another place than the site fails."""
    asked = []

    def open_at(address, size=DESK, scheme="light"):
        page = open_page(address, *size, scheme)
        page.on("request", lambda request: asked.append(request.url))
        return page

    yield open_at
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


# --- Search.


@pytest.mark.parametrize(
    ("page_name", "label"), [("id/index.html", "Cari instansi"), ("en/data.html", "Find an inst")]
)
def test_search_is_walked_by_keyboard(site, open_whole, page_name, label):
    page = open_whole(site / page_name)
    box = page.get_by_label(label)
    box.focus()
    box.press_sequentially("badan")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts()[0].split("\n")[0].strip() == "Badan Fajar"
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/badan-fajar.html")


def test_escape_closes_the_list_and_then_empties_the_box(site, open_whole):
    page = open_whole(site / "id" / "method.html", PHONE)
    box = page.get_by_label("Temukan instansi")
    box.focus()
    box.press_sequentially("kembar")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert box.input_value() == "kembar"
    page.keyboard.press("Escape")
    assert box.input_value() == ""


def test_enter_without_a_choice_leads_to_the_list(site, open_whole):
    page = open_whole(site / "id" / "channels.html")
    page.get_by_label("Temukan instansi").fill("kota")
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/index.html?q=kota")
    assert page.locator("[data-entry]:visible").count() > 1


def test_enter_with_one_match_leads_to_it_though_a_letter_is_wrong(site, open_whole):
    page = open_whole(site / "en" / "method.html")
    box = page.get_by_label("Find an institution")
    box.focus()
    box.press_sequentially("kemetrian dnau")
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/kementerian-danau.html")


# --- The verify box.

ADDRESSES = [
    "https://www.instagram.com/Kemkes_RI/", "instagram.com/kemkes?hl=id", "instagram.com/p/AbCde1/",
    "instagram.com/stories/kemkes/123", "instagram.com/_u/kemkes", "instagr.am/kemkes",
    "instagram.com/explore", "https://instagram.com.evil.id/kemkes", "evil.instagram.com/kemkes",
    "https://kemkes@instagram.com/", "instagram.com:443/kemkes", "instagram.com:x/kemkes",
    "INSTAGRAM.COM/KEMKES", "instagram.com./kemkes", "//instagram.com/kemkes",
    "ftp://instagram.com/kemkes", "instagram.com\\kemkes", "instagram.com/kem kes",
    "https://x.com/Kemkes?s=20", "twitter.com/kemkes/status/1", "x.com/intent/user?screen_name=Kem",
    "mobile.twitter.com/@kemkes", "x.com/home", "x.com/i/web/status/1", "https://x.com/#!/kemkes",
    "https://www.youtube.com/@Kemkes·RI", "youtube.com/channel/UCabcDEF_12-3", "youtube.com/c/Kem",
    "youtube.com/user/Kem/videos", "youtube.com/watch?v=abcdefghijk", "youtu.be/abcdefghijk",
    "youtube.com/UCabc", "music.youtube.com/@kemkes", "youtube.com/@%E2%9C%93", "youtube.com/@%ff",
    "facebook.com/Kemkes.RI", "id-id.facebook.com/kemkes", "fb.com/kemkes", "fb.me/kemkes",
    "facebook.com/profile.php?id=100012&id=2", "facebook.com/pages/Kemkes/12345",
    "facebook.com/pages/category/x/Kemkes-123456", "facebook.com/people/Kem/100012345",
    "facebook.com/Kementerian-Uji-123456789", "facebook.com/p/Kemkes-100012345/",
    "facebook.com/story.php?story_fbid=1&id=10001", "facebook.com/watch?v=1", "m.facebook.com/a",
    "tiktok.com/@Kem.Kes", "tiktok.com/kemkes", "vm.tiktok.com/ZSabc/", "m.tiktok.com/@kemkes",
    "threads.net/@kemkes/post/Abcde", "threads.com/kemkes", "id.linkedin.com/company/Bank-Uji/",
    "linkedin.com/in/seseorang", "linkedin.com/feed", "https://www.kemkes.go.id/berita?x=1",
    "kemkes.go.id", "https://a..b.id", "-a.id", "a_b.go.id", "127.0.0.1/x", "https://[::1]/x",
    "@kemkes", "kemkes", "", "https://", "javascript:alert(1)", "1.2.id/x", "123.456",
]  # fmt: skip


def test_addresses_are_taken_apart_as_in_python(site, open_whole):
    page = open_whole(site / "id" / "channels.html")
    modules = {name: import_module(f"tolok.platforms.{name}.urls") for name in PLATFORMS}
    reserved = [
        f"https://{domain}/{word}"
        for name, module in modules.items()
        for domain in module.DOMAINS
        for word in sorted(getattr(module, "_RESERVED", ()))
    ]
    assert f"https://facebook.com/{min(facebook._RESERVED)}" in reserved
    asked = [(name, address) for name in PLATFORMS for address in [*ADDRESSES, *reserved]]
    found = page.evaluate("(all) => all.map((one) => tolok.handleOn(...one))", asked)
    differing = [
        (name, address, handle, modules[name].handle_from_url(address))
        for (name, address), handle in zip(asked, found, strict=True)
        if handle != modules[name].handle_from_url(address)
    ]
    assert differing == []


ANSWERS = [
    ("https://www.instagram.com/akun0/", "Resmi: @akun0 di Instagram adalah akun"),
    ("@akun0", "Resmi: @akun0 di Instagram adalah akun Kementerian Awan."),
    ("youtube.com/@kanal0", "Belum dikonfirmasi: @kanal0 di YouTube tercatat"),
    ("instagram.com/akun0/p/AbCdeF/", "Alamat ini menyebut @akun0, akun resmi Kementerian Awan"),
    ("x.com/akun0", "Tidak tercatat: @akun0 (X)"),
    ("instagram.com/akunO", "Tidak tercatat: @akuno (Instagram)"),
    ("instagram.com/entah.siapa", "Tidak tercatat: @entah.siapa (Instagram)"),
    ("entah.siapa", "Tidak tercatat: @entah.siapa tidak ada dalam direktori ini, di platform mana"),
    ("tidak.ada.go.id", "Tidak tercatat: tidak.ada.go.id (situs web)"),
    ("akun10.official.id", "Tidak tercatat: @akun10.official.id tidak ada dalam direktori ini"),
    ("tidak.ada.go.id/berita", "Tidak tercatat: tidak.ada.go.id (situs web)"),
    ("@entahsiapa", "Tidak tercatat: @entahsiapa tidak ada dalam direktori ini, di platform mana"),
    ("youtube.com/watch?v=abcdefghijk", "Alamat ini ada di YouTube, tetapi tidak menyebut"),
    ("instagram.com/sebuah_nama_yang_amat_panjang_sekali", "Alamat ini ada di Instagram"),
    ("instagrarn.com/akun0", "Hati-hati: alamat ini menyerupai alamat Instagram"),
    ("instagram.com.evil.co/akun0", "Hati-hati: alamat ini menyerupai alamat Instagram"),
    ("halo dunia", "Ini bukan alamat atau nama akun yang dapat dibaca."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "head"), ANSWERS)
def test_answer_is_official_for_the_very_account_alone(site, open_whole, asked, head):
    page = open_whole(site / "id" / "channels.html")
    page.get_by_label("Periksa sebuah akun").fill(asked)
    page.get_by_role("button", name="Periksa").click()
    answer = page.locator("[data-result]")
    answer.wait_for()
    assert answer.locator("strong").first.inner_text().startswith(head)
    assert answer.locator(".is-official").count() == head.startswith("Resmi:")


def test_official_answer_tells_evidence_day_and_leads_to_the_scorecard(site, open_whole, barriers):
    page = open_whole(site / "en" / "channels.html", PHONE)
    page.get_by_label("Check an account").fill("instagram.com/akun3")
    page.keyboard.press("Enter")
    answer = page.locator("[data-result]")
    answer.wait_for()
    assert "checked 19 May 2025" in answer.inner_text()
    evidence = answer.get_by_role("link", name="see the evidence")
    assert evidence.get_attribute("href") == "https://contoh.go.id/tautan"
    assert evidence.get_attribute("rel") == "noopener noreferrer nofollow"
    assert barriers(page) == []
    answer.get_by_role("link", name="Kementerian Danau").click()
    page.wait_for_url("**/en/institutions/kementerian-danau.html")


def test_lookalike_is_told_as_such_and_not_as_official(site, open_whole):
    page = open_whole(site / "id" / "channels.html")
    page.get_by_label("Periksa sebuah akun").fill("instagram.com/akunI0")
    page.keyboard.press("Enter")
    answer = page.locator("[data-result]")
    answer.wait_for()
    text = answer.inner_text()
    assert "Mirip dengan @akun10, akun resmi" in text
    assert "Resmi:" not in text
    page.get_by_label("Periksa sebuah akun").fill("@akun10_official.id")
    page.keyboard.press("Enter")
    answer.wait_for()
    assert "Mirip dengan @akun10, akun resmi" in answer.inner_text()
    pairs = [("kemuji_official", "kemuji"), ("resmi.kemuji.ri", "kemuji"), ("kemujian", "kemuji"),
             ("infoub", "ub"), ("bank_ind0nesla", "bankindonesia"), ("kernkes", "kemkes"),
             ("bps", "bnpb"), ("kemuji", "kemuj"), ("kementerianuji", "kementrianujj"),
             ("ub", "ui")]  # fmt: skip
    away = page.evaluate("(all) => all.map(([a, b]) => tolok.distance(a, b, false))", pairs)
    assert away == [10, 10, None, None, 0, 0, None, 1, 2, None]
    assert skeleton("kernkes") == skeleton("kemkes")


HOSTS = [
    ("kementerianuji.com", "kementerianuji.go.id", 0),
    ("kementrianuji.go.id", "kementerianuji.go.id", 1),
    ("kementerianuji-bantuan.id", "kementerianuji.go.id", 10),
    ("kementerianuji.go.id.evil.com", "kementerianuji.go.id", 0),
    ("ppid.kementerianuji.go.id", "kementerianuji.go.id", None),
    ("dinasawan.go.id", "kementerianuji.go.id", None),
    ("ub.ac.id", "ui.ac.id", None),
]


@pytest.mark.parametrize(("asked", "known", "apart"), HOSTS)
def test_web_addresses_are_alike_by_what_is_their_own(site, open_whole, asked, known, apart):
    page = open_whole(site / "id" / "channels.html")
    assert page.evaluate("(hosts) => tolok.distance(...hosts, true)", [asked, known]) == apart


def test_official_address_is_never_called_an_imitation(site, open_whole):
    page = open_whole(site / "id" / "channels.html")
    page.evaluate(
        "tolok.load('channels').then((rows) => rows.push(['web', ['thread.go.id'], 'Dinas', "
        "'index.html', 'official', '', '', '', 'https://thread.go.id/', '']))"
    )
    for asked, told in (("thread.go.id", "Resmi: thread.go.id"), ("threadz.com", "Hati-hati")):
        page.get_by_label("Periksa sebuah akun").fill(asked)
        page.keyboard.press("Enter")
        answer = page.locator("[data-result]")
        answer.wait_for()
        assert answer.inner_text().startswith(told), asked


def test_lists_forgive_a_wrong_letter_as_the_search_does(site, open_whole):
    page = open_whole(site / "id" / "institutions" / "index.html")
    page.locator("#q").fill("kementrian dnau")
    assert page.locator("[data-entry]:visible a").all_inner_texts() == ["Kementerian Danau"]


# --- The benchmark.


def test_benchmark_counts_as_the_tables_do(site, open_whole, invented):
    page = open_whole(site / "id" / "benchmark.html")
    results = read_results(site.parent / "results", invented.rules(), None)
    groups = {group.cluster: group for group in Benchmark(results).groups("instagram")}
    for cluster in ("", "ministries", "agencies"):
        page.get_by_label("Klaster").select_option(cluster)
        for at in range(3):
            middle = groups[cluster].middles[at]
            assert middle is not None
            told = page.locator(f"[data-measure='{at}'] .value").inner_text()
            number = Formats("id").figure(round(middle.median, 4))
            assert told.startswith(f"Median {number}"), (cluster, at)
            assert ("(" in told) == (middle.low is not None)
    page.get_by_label("Klaster").select_option("twins")
    assert page.locator("[data-measure='0'] .value").inner_text() == "kurang dari 3 akun"


def test_handle_finds_its_place(site, open_whole, barriers):
    page = open_whole(site / "en" / "benchmark.html", PHONE)
    page.get_by_label("Your account’s handle").fill("@Akun1")
    summary = page.locator("[data-summary]").inner_text()
    assert summary == "The large dot: the account of Kementerian Bukit. Compared with 11 accounts."
    told = page.locator("[data-measure='1'] .value").inner_text()
    assert told.endswith("You are here: 200, above 1 of 10 accounts")
    assert page.locator("[data-measure='1'] .own").count() == 1
    page.get_by_label("Your account’s handle").fill("https://www.instagram.com/Akun1/?hl=id")
    assert page.locator("[data-summary]").inner_text() == summary
    page.get_by_label("Your account’s handle").fill("nobody")
    assert "No account @nobody on this platform" in page.locator("[data-summary]").inner_text()
    assert page.locator("[data-measure='1'] .own").count() == 0
    assert barriers(page) == []


# --- Charts that are explored and taken away.


@pytest.mark.parametrize("words", [("id", "Jelajahi"), ("en", "Explore")])
def test_map_is_explored_and_put_back(site, open_whole, barriers, invented, words):
    page = open_whole(site / words[0] / "clusters" / "ministries.html")
    push = page.get_by_role("button", name=words[1])
    push.focus()
    page.keyboard.press("Enter")
    dots = page.locator(".exploring .role-mark path")
    dots.first.wait_for()
    assert dots.count() == 5
    assert not page.locator(".explored > svg").is_visible()
    dots.first.hover(force=True)
    told = page.locator("#vg-tooltip-element.visible")
    assert told.locator("td.value").first.inner_text() in invented.NAMES["ministries"]
    assert barriers(page) == []
    page.keyboard.press("Enter")
    assert page.locator(".explored > svg").is_visible()
    assert not page.locator(".exploring").is_visible()


def test_chart_is_taken_away_as_table_and_picture(site, open_whole, tmp_path):
    page = open_whole(site / "id" / "clusters" / "agencies.html")
    figure = page.locator("figure.chart").first
    with page.expect_download() as table:
        figure.get_by_role("button", name="CSV").click()
    table.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Instansi,Unggahan per minggu,Interaksi,Pengikut (median periode)"
    assert next(line for line in lines if "HYPERLINK" in line).startswith("'=HYPERLINK(1)")
    with page.expect_download() as picture:
        figure.get_by_role("button", name="SVG").click()
    picture.value.save_as(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text("utf-8").startswith("<svg")


def test_ranking_is_embedded_by_a_code_with_whole_addresses(site, open_whole):
    page = open_whole(site / "id" / "awards" / "active-ministries.html")
    page.get_by_text("Sematkan di situs lain").click()
    code = page.get_by_label("Salin kode ini").input_value()
    picture = (site / "assets" / "charts" / "active-ministries-id.svg").as_uri()
    assert f'src="{picture}"' in code
    assert code.startswith(f'<a href="{(site / "id/awards/active-ministries.html").as_uri()}">')


# --- Without scripts, on paper, and for everybody.


def test_pages_are_whole_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "id" / "benchmark.html").as_uri())
    assert page.locator("main table").count() == 1
    assert not page.locator("[data-benchmark]").is_visible()
    page.goto((site / "id" / "channels.html").as_uri())
    assert page.locator("[data-entry]:visible").count() == 12
    assert not page.locator("[data-verify]").is_visible()
    page.goto((site / "id" / "clusters" / "ministries.html").as_uri())
    assert page.locator(".explored > svg").is_visible()
    assert not page.get_by_role("button", name="Jelajahi").is_visible()
    page.get_by_label("Temukan instansi").fill("gema")
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/index.html?q=gema")
    context.close()


@pytest.mark.parametrize(
    "name",
    ["id/benchmark.html", "id/channels.html", "en/corrections.html",
     "id/institutions/badan-fajar.html", "id/awards/active-ministries.html"],
)  # fmt: skip
def test_print_shows_the_content_and_no_controls(site, open_whole, name):
    page = open_whole(site / name)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    controls = page.locator("input, button, select, textarea, .language, header nav")
    assert [one for one in controls.all() if one.is_visible() and one.inner_text()] == []
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("figure.chart details:not([open])").count() == 0


PAGES = (
    "id/benchmark.html", "id/channels.html", "id/corrections.html", "en/benchmark.html",
    "en/corrections.html", "id/institutions/kementerian-awan.html",
    "id/institutions/badan-fajar.html", "id/institutions/kota-kembar-barat.html",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_serious_barrier(site, open_whole, barriers, name, scheme):
    assert barriers(open_whole(site / name, DESK, scheme)) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_narrow_phone(site, open_whole, name):
    page = open_whole(site / name, (360, 780))
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_data_of_the_site_are_sound(site):
    for path in sorted((site / "assets" / "data").glob("*.js")):
        head, _, value = path.read_text("utf-8").partition("] = ")
        assert head == f'(window.tolok = window.tolok || {{}})["{path.stem}"'
        assert json.loads(value.rstrip(";\n"))
