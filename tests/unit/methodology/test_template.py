"""New edition folders: complete, and with this year's facts in the place of the template's."""

import tomllib
from datetime import date
from typing import Any

import pytest

from tolok.errors import FaultsFound, NotAnEdition
from tolok.methodology.rules import read_rules
from tolok.methodology.template import (
    FolderInUse,
    UnknownTemplate,
    new_edition,
    template_names,
    write_edition,
)


def files_of(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


FIVE = (
    "most-active",
    "most-engaging",
    "best-use-of-images",
    "best-use-of-videos",
    "best-account",
)
CATEGORIES = {
    "gsm-2025": FIVE,
    "instagram-only": FIVE,
    "raw-rates": ("most-active", "highest-engagement-rate", "campaign", "best-account"),
}


def test_three_templates_are_shipped():
    assert template_names() == list(CATEGORIES)


@pytest.mark.parametrize("template", template_names())
def test_edition_made_from_a_template_has_no_fault(tmp_path, template):
    folder = tmp_path / "deep" / "edition"
    new_edition(folder, template=template)
    rules = read_rules(folder)
    assert rules.edition.name == template
    assert tuple(category.name for category in rules.categories) == CATEGORIES[template]
    assert {"registry/institutions.csv", "registry/accounts.csv", ".gitignore"} <= set(
        files_of(folder)
    )
    assert "template.toml" not in files_of(folder)


def test_keys_and_other_peoples_words_are_kept_out_of_a_repository(tmp_path):
    new_edition(tmp_path / "edition")
    kept_out = (tmp_path / "edition" / ".gitignore").read_text("utf-8").split()
    assert kept_out == [
        "private/", "landing/", "store/", "store.*/", "media/", "results/evidence.parquet",
        ".writing", ".spill/", ".published.json",
    ]  # fmt: skip


def test_other_templates_take_columns_and_metrics_from_the_first(tmp_path):
    for template in template_names():
        new_edition(tmp_path / template, template=template)
    first, *others = (tmp_path / name for name in template_names())
    for other in others:
        for file in ("columns.toml", "metrics/counts.toml"):
            assert (first / file).read_bytes() == (other / file).read_bytes()
        assert (first / "edition.toml").read_bytes() != (other / "edition.toml").read_bytes()


def test_template_of_raw_rates_differs_in_its_files_alone(tmp_path):
    new_edition(tmp_path, template="raw-rates")
    rules = read_rules(tmp_path)
    assert rules.edition.platforms == ("instagram", "facebook", "youtube")
    assert (rules.edition.nominee_count, rules.edition.decision) == (5, "first_rank")
    models = {i.model for category in rules.categories for i in category.indicators}
    assert models == {"total", "share", "rate", "category"}
    noted = [
        indicator.name
        for category in rules.categories
        for indicator in category.indicators
        if not indicator.is_size_adjusted
    ]
    assert noted == ["engagement_rate", "campaign_rate", "engagement", "campaign"]
    own = [
        metric
        for metric in rules.metrics.values()
        if metric.file.endswith(("rates.toml", "campaign.toml"))
    ]
    assert [bool(metric.warning.id and metric.warning.en) for metric in own] == [True] * 6


def test_edition_made_from_an_older_one_takes_rules_and_registry_and_nothing_else(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    new_edition(old)
    for file in ("lock/lock.json", "results/scores.parquet", "private/key", "maps/x.json"):
        (old / file).parent.mkdir()
        (old / file).write_text("x")
    (old / "registry" / "institutions.csv").write_text("changed")
    new_edition(new, source=old)
    left_out = {"lock/lock.json", "results/scores.parquet", "private/key"}
    assert set(files_of(old)) - set(files_of(new)) == left_out
    assert set(files_of(new)) <= set(files_of(old))
    assert (new / "registry" / "institutions.csv").read_text() == "changed"


def test_folder_that_holds_something_is_not_touched(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(FolderInUse, match="is not empty"):
        new_edition(tmp_path)
    assert files_of(tmp_path) == ["note.txt"]
    with pytest.raises(FolderInUse):
        new_edition(tmp_path / "note.txt")


def test_empty_folder_may_become_an_edition(tmp_path):
    new_edition(tmp_path)
    assert read_rules(tmp_path).edition.name == "gsm-2025"


@pytest.mark.parametrize("name", ["gsm-2052", "..", "", "../templates/gsm-2025"])
def test_unknown_template_is_refused_and_no_folder_is_made(tmp_path, name):
    with pytest.raises(UnknownTemplate, match="is no template") as refused:
        new_edition(tmp_path / "edition", template=name)
    assert f"Templates: {', '.join(CATEGORIES)}." in str(refused.value)
    assert files_of(tmp_path) == []


def test_mistyped_template_is_told_the_nearest(tmp_path):
    with pytest.raises(UnknownTemplate, match="Did you mean 'gsm-2025'"):
        new_edition(tmp_path / "edition", template="gsm2025")


def test_source_that_is_no_edition_is_refused(tmp_path):
    with pytest.raises(NotAnEdition):
        new_edition(tmp_path / "edition", source=tmp_path)
    assert not (tmp_path / "edition").exists()


@pytest.fixture
def edition(tmp_path):
    new_edition(tmp_path / "edition")
    return tmp_path / "edition"


def held(edition):
    return tomllib.loads((edition / "edition.toml").read_text("utf-8"))


def test_values_are_written_and_all_other_lines_stay(edition):
    before = (edition / "edition.toml").read_text("utf-8").splitlines()
    values: dict[str, Any] = {
        "name": "award-2026",
        "title": {"id": "Satu", "en": "One"},
        "opens_on": date(2026, 1, 1),
        "closes_on": date(2027, 1, 1),
        "platforms": ["instagram", "web"],
        "nominee_count": 5,
        "simulated": True,
    }
    write_edition(edition, values)
    after = (edition / "edition.toml").read_text("utf-8").splitlines()
    assert {key: held(edition)[key] for key in values} == values
    changed = [old.split(" = ")[0] for old, new in zip(before, after, strict=True) if old != new]
    assert changed == list(values)
    assert read_rules(edition).edition.nominee_count == 5


HOSTILE = [
    'a "quoted" text',
    "back\\slash",
    "\\",
    '"',
    '"""',
    "'''",
    "two\nlines",
    'x"\nsimulated = true\ny = "',
    "tab\tand\x00null and \x7f",
    "# no comment",
    "\\1 \\g<0>",
    "[cluster]",
    "{ id = 1 }",
    "naïve – 政府 🏛",
    "a\u2028b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_held_as_it_is_and_changes_nothing_else(edition, text):
    before = held(edition)
    write_edition(edition, {"name": text, "title": {"id": text, "en": text}})
    title = {"id": text, "en": text}
    assert held(edition) == before | {"name": text, "title": title}
    write_edition(edition, {"name": "again"})
    assert held(edition) == before | {"name": "again", "title": title}


def test_hostile_cluster_is_held_as_it_is(edition):
    before = held(edition)
    clusters = {text: (text, text) for text in HOSTILE}
    write_edition(edition, {}, clusters=clusters)
    written = [{"name": text, "label": {"id": text, "en": text}} for text in HOSTILE]
    assert held(edition) == before | {"cluster": written}


def test_clusters_take_the_place_of_all_clusters_and_comments_stay(edition):
    before = (edition / "edition.toml").read_text("utf-8")
    write_edition(edition, {}, clusters={"one": ("Satu", "One"), "two": ("Dua", "Two")})
    after = (edition / "edition.toml").read_text("utf-8")
    assert [cluster.name for cluster in read_rules(edition).edition.clusters] == ["one", "two"]
    kept = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == kept
    assert after.index("[[cluster]]") == before.index("[[cluster]]")


def test_cluster_at_the_end_of_the_file_is_replaced_too(edition):
    path = edition / "edition.toml"
    text = path.read_text("utf-8")
    path.write_text(text + '\n[[ cluster ]] # last\nname = "x"\nlabel = { id = "x", en = "x" }')
    write_edition(edition, {}, clusters={"one": ("Satu", "One")})
    assert [cluster["name"] for cluster in held(edition)["cluster"]] == ["one"]


def test_value_over_several_lines_and_its_comment_are_replaced_well(edition):
    path = edition / "edition.toml"
    text = path.read_text("utf-8")
    old = 'platforms = ["instagram", "facebook", "x", "youtube", "tiktok", "web"]'
    path.write_text(text.replace(old, 'platforms = [\n  "web", # "x"]\n]  # the five\n'))
    write_edition(edition, {"platforms": ["instagram", "web"]})
    assert held(edition)["platforms"] == ["instagram", "web"]
    assert 'platforms = ["instagram", "web"]  # the five\n' in path.read_text("utf-8")


def test_value_of_a_table_is_written_where_it_stands_and_its_comment_stays(edition):
    write_edition(edition, {"uncertainty.draws": 7, "jury.draws": 9})
    assert (held(edition)["uncertainty"]["draws"], held(edition)["jury"]["draws"]) == (7, 9)
    text = (edition / "edition.toml").read_text("utf-8")
    assert "\ndraws = 7  # of weeks, and of weeks and method together\n" in text


@pytest.mark.parametrize(
    "key", ["uncertainty.drows", "titel", "rule", "snapshot", "cluster", "na.*", ""]
)
def test_key_that_does_not_stand_at_the_top_is_a_bug(edition, key):
    with pytest.raises(ValueError, match=r"edition\.toml has no line"):
        write_edition(edition, {key: "x"})


@pytest.mark.parametrize(
    "values",
    [{"nominee_count": 0}, {"platforms": ["friendster"]}, {"closes_on": date(2024, 1, 1)}],
)
def test_values_that_have_faults_are_not_written(edition, values):
    before = files_of(edition), held(edition)
    with pytest.raises(FaultsFound, match="these values have faults"):
        write_edition(edition, values)
    assert (files_of(edition), held(edition)) == before


def test_value_without_a_toml_form_is_a_bug(edition):
    with pytest.raises(TypeError, match="has no TOML form"):
        write_edition(edition, {"name": 1.5j})  # type: ignore[dict-item]  # what a bug would do


def test_edition_without_clusters_cannot_get_others(tmp_path, edition):
    (edition / "edition.toml").write_text('name = "x"\n')
    with pytest.raises(ValueError, match="has no"):
        write_edition(edition, {}, clusters={"one": ("Satu", "One")})
