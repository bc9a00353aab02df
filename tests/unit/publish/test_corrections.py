"""Corrections on their page, on the scorecard, and as a feed."""

import html
import re
from xml.etree.ElementTree import fromstring

import pytest
from tests.edition_cases import pages_alone

from tolok.errors import FaultsFound
from tolok.publish.corrections import build_feed
from tolok.publish.results import read_results
from tolok.publish.site import publish_site

HEAD = "number,received_on,institution_id,subject,claim,evidence,status,decided_on,answer,effect"
ACCEPTED = (
    '1,2025-08-10,badan-fajar,count,"Suka tertulis 12, <b>120</b>.",https://contoh.go.id/bukti,'
    "accepted,2025-08-15,Dibaca ulang.,Peringkat tetap."
)
ROWS = (
    ACCEPTED,
    "2,2025-08-12,,other,Jendela penilaian keliru.,Surat,open,,,",
    "3,2025-08-09,badan-hujan,count,Suka keliru.,Surat,accepted,2025-08-11,Benar.,",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def words_of(path):
    """The words of a page's main part."""
    page = path.read_text("utf-8")
    plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    return " ".join(html.unescape(plain).split())


@pytest.fixture(scope="module")
def corrected(invented, rules, tmp_path_factory):
    """An edition with two corrections, published."""
    folder = tmp_path_factory.mktemp("corrected")
    invented.write_results(folder / "results")
    (folder / "corrections.csv").write_text("\n".join([HEAD, *ROWS]) + "\n", "utf-8")
    with pages_alone():
        publish_site(folder / "results", folder / "site", rules, lock_hash=None)
    return folder


def test_page_tells_each_correction_and_counts_them(corrected):
    text = words_of(corrected / "site/id/corrections.html")
    assert "1 menunggu keputusan 2 dikabulkan 0 ditolak 0 dicabut" in text
    assert (
        "1. masuk 10 Agustus 2025 · angka dikabulkan 15 Agu 2025 Badan Fajar "
        "Yang disampaikan Suka tertulis 12, <b>120</b>. Bukti https://contoh.go.id/bukti "
        "Jawaban Dibaca ulang. Akibat Peringkat tetap."
    ) in text
    assert (
        "Jawaban Benar. Akibat Belum dijalankan: angka di situs ini masih seperti sebelumnya."
        in text
    )
    assert text.index("2. masuk") < text.index("1. masuk")


def test_scorecard_tells_its_own_alone(corrected):
    own = words_of(corrected / "site/en/institutions/badan-fajar.html")
    other = words_of(corrected / "site/en/institutions/badan-gema.html")
    assert "1. received 10 August 2025 · count accepted 15 Aug 2025" in own
    assert "No correction or objection about this institution is on record." in other
    assert "2. received" not in own + other


def test_edition_without_corrections_says_so(site):
    text = words_of(site / "id/corrections.html")
    assert "Belum ada koreksi atau keberatan yang dicatat pada edisi ini." in text
    assert "menunggu keputusan" not in text
    feed = fromstring((site / "corrections.xml").read_text("utf-8"))
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == "2025-07-01T00:00:00+07:00"


def test_feed_is_the_same_each_time_and_names_days_of_the_file(corrected, rules):
    text = (corrected / "site/corrections.xml").read_text("utf-8")
    results = read_results(corrected / "results", rules, None)
    assert dict(build_feed(results)) == {"corrections.xml": text}
    feed = fromstring(text)
    assert feed.findtext(f"{ATOM}updated") == "2025-08-15T00:00:00+07:00"
    assert [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"),
         [link.attrib["href"] for link in entry.findall(f"{ATOM}link")])
        for entry in feed.findall(f"{ATOM}entry")
    ] == [
        ("2. Penghargaan Uji 2025: lainnya, menunggu keputusan", "2025-08-12T00:00:00+07:00",
         ["id/corrections.html#c2"]),
        ("1. Badan Fajar: angka, dikabulkan", "2025-08-15T00:00:00+07:00",
         ["id/corrections.html#c1"]),
        ("3. Badan Hujan: angka, dikabulkan", "2025-08-11T00:00:00+07:00",
         ["id/corrections.html#c3"]),
    ]  # fmt: skip
    names = [one.text or "" for one in feed.iter(f"{ATOM}id")]
    assert len(set(names)) == 4
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name) for name in names)


def test_faults_stop_the_publishing(invented, rules, tmp_path):
    invented.write_results(tmp_path / "results")
    (tmp_path / "corrections.csv").write_text(f"{HEAD}\n1,2025-08-10,nobody,x,,,open,,,\n", "utf-8")
    with pytest.raises(FaultsFound) as found:
        publish_site(tmp_path / "results", tmp_path / "site", rules, lock_hash=None)
    assert [getattr(fault, "column", None) for fault in found.value.exceptions] == [
        "institution_id", "subject", "claim"
    ]  # fmt: skip
    assert not (tmp_path / "site").exists()
