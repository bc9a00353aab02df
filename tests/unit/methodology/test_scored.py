"""What scoring reads of the rules: a change of it changes its hash, a change of words does not."""

import pytest

from tolok.methodology.rules import read_rules
from tolok.methodology.scored import scored_rules_sha256
from tolok.methodology.template import new_edition

EDITION, COLUMNS = "edition.toml", "columns.toml"
ACTIVE, ENGAGING = "categories/most-active.toml", "categories/most-engaging.toml"
OF_WORDS = {
    "title": (EDITION, 'en = "Government Social', 'en = "Public Social'),
    "languages": (EDITION, '["id", "en"]', '["en", "id"]'),
    "accent": (EDITION, "#0b6b5d", "#5d0b6b"),
    "address": (EDITION, 'address = ""', 'address = "https://gsm.example"'),
    "licence": (EDITION, 'licence = ""', 'licence = "CC-BY-4.0"'),
    "organiser": (EDITION, '[organiser]\nname = ""', '[organiser]\nname = "Panitia"'),
    "cluster's label": (EDITION, 'id = "Kementerian"', 'id = "Kementrian"'),
    "jury's scale": (EDITION, "scale = [1, 10]", "scale = [1, 12]"),
    "category's label": (ACTIVE, 'en = "Most Active"', 'en = "Busiest"'),
    "remark": (ACTIVE, "\n", "\n# Berubah.\n"),
}
SCORED = {
    "name": (EDITION, 'name = "gsm-2025"', 'name = "gsm-2026"'),
    "window": (EDITION, "closes_on = 2026-01-01", "closes_on = 2025-12-01"),
    "time zone": (EDITION, "Asia/Jakarta", "Asia/Makassar"),
    "platforms": (EDITION, '["instagram", "facebook",', '["facebook", "instagram",'),
    "nominees": (EDITION, "nominee_count = 3", "nominee_count = 4"),
    "cluster's name": (EDITION, 'name = "agencies"', 'name = "bodies"'),
    "snapshot": (EDITION, "age_days = 14.0", "age_days = 15.0"),
    "trimming": (EDITION, "trim_share = 0.1 ", "trim_share = 0.2 "),
    "seed": (EDITION, "seed = 2025 ", "seed = 2026 "),
    "size band": (EDITION, "cuts = [10000,", "cuts = [20000,"),
    "weight": ("categories/best-account.toml", "weight = 0.20", "weight = 0.21"),
    "order": (ENGAGING, "order = ", "order = 1"),
    "model": ("categories/best-account.toml", 'transform = "log1p"', 'transform = "none"'),
    "metric": ("metrics/activity.toml", 'sql = "', 'sql = "0 + '),
}


def hash_with(folder, file, old, new):
    new_edition(folder)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return scored_rules_sha256(read_rules(folder))


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scored") / "edition"
    return hash_with(folder, EDITION, "", "")


@pytest.mark.parametrize("change", OF_WORDS.values(), ids=OF_WORDS)
def test_change_of_words_leaves_the_hash(as_it_is, tmp_path, change):
    assert hash_with(tmp_path / "edition", *change) == as_it_is


@pytest.mark.parametrize("change", SCORED.values(), ids=SCORED)
def test_change_of_what_is_scored_changes_the_hash(as_it_is, tmp_path, change):
    assert hash_with(tmp_path / "edition", *change) != as_it_is
