"""An edition, as it stands in its files."""

from datetime import date

import pytest

from tolok.errors import FaultsFound
from tolok.methodology.edition import Attribution, Cluster, Eligibility, Scoring, Snapshot, Suspect
from tolok.methodology.organiser import Organiser
from tolok.methodology.rules import read_rules
from tolok.methodology.template import new_edition, write_edition
from tolok.model import Label, Window


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "edition"
    new_edition(folder)
    return folder


def test_edition_is_read_as_written(sound):
    edition = read_rules(sound).edition
    assert edition.window == Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
    assert edition.platforms == ("instagram", "facebook", "x", "youtube", "tiktok", "web")
    assert edition.clusters[0] == Cluster("ministries", Label("Kementerian", "Ministries"))
    assert len(edition.clusters) == 4
    assert edition.platform_weights == dict.fromkeys(edition.platforms[:-1], 1.0) | {"web": 0.0}
    assert (edition.nominee_count, edition.decision, edition.is_simulated) == (3, "jury", False)
    assert edition.snapshot == Snapshot("at_age", 14.0, 2.0)
    assert edition.attribution == Attribution("days_owned", "full", "A")
    assert edition.eligibility == Eligibility(26, 30, 0.4, 2 / 3, 5)
    assert edition.scoring == Scoring(0.1, -3.0, 4, 30, 7, 10)
    assert edition.suspect == Suspect(0.2, 20, 10.0, 0.8)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("https://contoh.go.id/award/", "https://contoh.go.id/award"),
        (" http://award.example:8080/2025", "http://award.example:8080/2025"),
    ],
)
def test_address_of_the_site_is_read_without_a_slash_at_its_end(tmp_path, written, read):
    new_edition(tmp_path / "edition")
    write_edition(tmp_path / "edition", {"address": written})
    assert read_rules(tmp_path / "edition").edition.address == read


@pytest.mark.parametrize(
    "written",
    ["contoh.go.id", "ftp://contoh.go.id", "https://a b.id", "javascript:alert(1)", "https://",
     "https:///x", "https://a.example/?q=1", "https://a.example/#x"],
)  # fmt: skip
def test_what_is_no_web_address_is_a_fault(tmp_path, written):
    new_edition(tmp_path / "edition")
    with pytest.raises(FaultsFound, match="faults") as found:
        write_edition(tmp_path / "edition", {"address": written})
    assert f"{written!r} is no web address." in str(found.value)


@pytest.mark.parametrize("written", ["", "CC-BY-4.0", "LicenseRef-own"])
def test_licence_of_the_open_data_is_read_as_written(tmp_path, written):
    new_edition(tmp_path / "edition")
    write_edition(tmp_path / "edition", {"licence": written})
    assert read_rules(tmp_path / "edition").edition.licence == written


def test_sentence_is_no_name_of_a_licence(tmp_path):
    new_edition(tmp_path / "edition")
    with pytest.raises(FaultsFound, match="faults") as found:
        write_edition(tmp_path / "edition", {"licence": "all rights reserved"})
    assert "'all rights reserved' is no name of a licence." in str(found.value)


def test_organiser_is_nobody_until_named(tmp_path):
    new_edition(tmp_path / "edition")
    path = tmp_path / "edition" / "edition.toml"
    text = path.read_text("utf-8")
    assert read_rules(tmp_path / "edition").edition.organiser == Organiser("", "")
    path.write_text(text.replace('contact = ""', 'contact = " humas@contoh.go.id "'), "utf-8")
    assert read_rules(tmp_path / "edition").edition.organiser == Organiser("", "humas@contoh.go.id")


def test_edition_without_the_section_suspect_has_the_usual_rule(tmp_path):
    new_edition(tmp_path / "edition")
    path = tmp_path / "edition" / "edition.toml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("[suspect]")], "utf-8")
    assert read_rules(tmp_path / "edition").edition.suspect == Suspect()


def test_rule_of_suspect_counts_is_read_as_written(tmp_path):
    new_edition(tmp_path / "edition", template="instagram-only")
    path = tmp_path / "edition" / "edition.toml"
    text = path.read_text("utf-8")
    written = "[suspect]\nshare = 1\nposts = 50\nratio = 4.5\npeak = 0.9\n"
    path.write_text(text[: text.index("[suspect]")] + written, "utf-8")
    assert read_rules(tmp_path / "edition").edition.suspect == Suspect(1.0, 50, 4.5, 0.9)


def test_edition_need_not_say_where_its_site_stands(sound):
    assert read_rules(sound).edition.address == ""


def test_columns_are_read_as_written_and_a_platform_left_out_has_none(tmp_path):
    new_edition(tmp_path / "edition")
    path = tmp_path / "edition" / "columns.toml"
    text = path.read_text("utf-8")
    old = 'x = ["reaction_count", "comment_count", "share_count"]'
    assert old in text
    path.write_text(text.replace(old, "x = []"), "utf-8")
    columns = read_rules(tmp_path / "edition").columns
    assert columns["instagram"] == ("reaction_count", "comment_count")
    assert columns["facebook"] == ("reaction_count", "comment_count", "share_count")
    assert "web" not in columns
    assert "x" not in columns
