"""Codes in words, in both languages; a code that nobody knows is shown as it stands."""

import re
from pathlib import Path

import pytest

import tolok
from tolok.publish.language import Language

UNIT = re.compile(r'^unit = "(.*)"$', re.MULTILINE)

REASONS = [
    ("few_active_weeks:12<26", "hanya 12 minggu aktif; syaratnya 26",
     "only 12 active weeks; 26 are needed"),
    ("few_platforms:0.33<0.5", "platform yang dihitung hanya mencakup 33% bobot; syaratnya 50%",
     "platforms that count carry only 33% of the weight; 50% is needed"),
    ("few_indicators:0.50<0.67",
     "indikator yang ada datanya hanya mencakup 50% bobot; syaratnya 67%",
     "indicators with data carry only 50% of the weight; 67% is needed"),
    ("no_confirmed_account", "belum ada akun yang terkonfirmasi", "no account is confirmed"),
    ("small_cluster:4<5",
     "hanya 4 instansi di klaster ini memenuhi syarat; peringkat baru dinyatakan mulai 5",
     "only 4 institutions of the cluster are eligible; a ranking needs 5"),
    ("small_cluster:1<5",
     "hanya 1 instansi di klaster ini memenuhi syarat; peringkat baru dinyatakan mulai 5",
     "only 1 institution of the cluster is eligible; a ranking needs 5"),
    ("small_cluster:0<5",
     "tidak ada instansi di klaster ini yang memenuhi syarat; peringkat baru dinyatakan mulai 5",
     "no institution of the cluster is eligible; a ranking needs 5"),
    ("few_active_weeks:0<26; no_confirmed_account; few_platforms:0.00<0.2",
     "belum ada akun yang terkonfirmasi", "no account is confirmed"),
    ("baru_sekali:1", "baru_sekali:1", "baru_sekali:1"),
    ("few_active_weeks:many", "few_active_weeks:many", "few_active_weeks:many"),
]  # fmt: skip


@pytest.fixture
def indonesian(rules):
    return Language("id", rules)


@pytest.fixture
def english(rules):
    return Language("en", rules)


@pytest.mark.parametrize(("code", "in_indonesian", "in_english"), REASONS)
def test_reason_is_said_in_words(indonesian, english, code, in_indonesian, in_english):
    assert indonesian.reasons(code) == [in_indonesian]
    assert english.reasons(code) == [in_english]


@pytest.mark.parametrize(
    "code",
    [
        "few_active_weeks:1<2", "few_platforms:0.1<0.2", "few_indicators:0.1<0.2", "gate_posts:1<2",
        "gate_weeks:1<2", "no_confirmed_account", "small_cluster:1<2", "category_lacks_data",
        "category_lacks_spread",
    ],
)  # fmt: skip
def test_every_reason_of_the_scores_has_words(indonesian, english, code):
    assert indonesian.reason(code) != code
    assert english.reason(code) != code


def test_reasons_keep_their_order_and_gather_what_is_lacking(indonesian):
    said = indonesian.reasons("lacks:replies; few_active_weeks:1<26; lacks:sesuatu")
    assert said == [
        "hanya 1 minggu aktif; syaratnya 26",
        "skor dihitung tanpa data: Balasan, sesuatu",
    ]


@pytest.mark.parametrize("text", [None, "", " ; "])
def test_no_reason_is_no_sentence(indonesian, text):
    assert indonesian.reasons(text) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("hidden", "disembunyikan oleh akun (hidden)"),
        ("not_offered", "tidak ditawarkan platform"),
        ("not_collected", "tidak terkumpul"),
        ("no_posts", "tidak ada unggahan dari jenis ini"),
        ("", "belum ada data"),
        (None, "belum ada data"),
        ("seven_moons", "seven_moons"),
    ],
)
def test_missing_value_is_said_in_words(indonesian, code, words):
    assert indonesian.missing(code) == words


@pytest.mark.parametrize(
    "code",
    [
        "absent_platform", "no_posts", "no_followers", "no_data", "no_reference", "no_spread",
        "no_score", "fifth_percentile",
    ],
)  # fmt: skip
def test_every_missing_code_of_the_scores_has_words(indonesian, english, code):
    assert indonesian.missing(code) != code
    assert english.missing(code) != code


def test_unit_is_said_in_words_and_an_unknown_one_stands(indonesian, english):
    assert indonesian.unit("interactions/post") == "interaksi per unggahan"
    assert english.unit("interactions/post") == "interactions per post"
    assert indonesian.unit("moons") == "moons"


def test_every_unit_of_the_templates_has_words(indonesian):
    files = sorted(Path(tolok.__file__).parent.glob("templates/*/metrics/*.toml"))
    units = {unit for file in files for unit in UNIT.findall(file.read_text("utf-8"))}
    assert len(units) > 5
    assert [unit for unit in units if f"unit.{unit}" not in indonesian.words] == []


def test_names_of_the_rules_are_labels_and_unknown_names_stand(indonesian, english):
    assert indonesian.category("active") == "Paling Aktif"
    assert indonesian.category("loudest") == "loudest"
    assert indonesian.cluster("twins") == "Kota kembar"
    assert indonesian.cluster("moons") == "moons"
    assert indonesian.metric("active_day_count") == "Hari aktif"
    assert english.metric("days") == "days of the window"
    assert indonesian.platform("x") == "X"
    assert indonesian.platform("web") == "Situs web"


@pytest.mark.parametrize(
    ("stratum", "words"),
    [
        ("", "Semua platform"),
        ("youtube", "YouTube"),
        ("youtube/video+live", "YouTube (video + siaran langsung)"),
    ],
)
def test_stratum_names_platform_and_kinds(indonesian, stratum, words):
    assert indonesian.stratum(stratum) == words


def test_gate_is_said_in_sentences(rules, indonesian):
    active, best = rules.categories
    assert indonesian.gate(active) == []
    assert indonesian.gate(best) == [
        "Diperlukan sedikitnya 24 unggahan berjenis gambar, gambar berseri.",
        "Unggahan itu tersebar di sedikitnya 12 minggu.",
    ]
