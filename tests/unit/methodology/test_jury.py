"""The jury's rules as written: read whole, and every fault with its place."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tolok.errors import FaultsFound
from tolok.methodology.jury import Anchor, Criterion, Juror, Panel, Round
from tolok.methodology.rules import read_rules
from tolok.methodology.template import TomlValue, new_edition, write_edition
from tolok.model import Label

Rows = list[Mapping[str, TomlValue]]
ROUNDS = """
[[jury.juror]]
name = "Prof. Durian Awan"

[[jury.juror]]
name = "Bu Nangka Hujan"
categories = ["best-use-of-images"]
seat = "supplier"

[[jury.round]]
name = "first"
opens_at = 2026-02-02T09:00:00
closes_at = 2026-02-06T17:00:00+00:00

[[jury.round]]
name = "vote-2"
kind = "pairs"
opens_at = 2026-02-07T09:00:00+07:00
closes_at = 2026-02-07T10:00:00+07:00
"""


@pytest.fixture
def edition(tmp_path):
    new_edition(tmp_path / "edition")
    return tmp_path / "edition"


def added(folder, text):
    path = folder / "edition.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return folder


def changed(folder, old, new, file="edition.toml"):
    path = folder / file
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(new.join(text.rsplit(old, 1)), "utf-8")
    return folder


def problems(folder):
    with pytest.raises(FaultsFound) as refused:
        read_rules(folder)
    return [(vars(fault)["column"], vars(fault)["problem"]) for fault in refused.value.exceptions]


def test_a_panel_is_read_with_instants_in_the_zone_of_the_edition(edition):
    panel = read_rules(added(edition, ROUNDS)).edition.jury
    assert panel.jurors == (
        Juror("Prof. Durian Awan"),
        Juror("Bu Nangka Hujan", ("best-use-of-images",), "supplier"),
    )
    assert panel.rounds == (
        Round(
            "first",
            "scores",
            datetime(2026, 2, 2, 2, tzinfo=UTC),
            datetime(2026, 2, 6, 17, tzinfo=UTC),
        ),
        Round(
            "vote-2",
            "pairs",
            datetime(2026, 2, 7, 2, tzinfo=UTC),
            datetime(2026, 2, 7, 3, tzinfo=UTC),
        ),
    )
    assert [one.name for one in panel.jurors_of("most-active")] == ["Prof. Durian Awan"]
    assert len(panel.jurors_of("best-use-of-images")) == 2


def test_the_template_has_the_rules_that_are_the_default(edition):
    assert read_rules(edition).edition.jury == Panel()


def test_every_category_of_the_template_has_a_rubric_that_weighs_one(edition):
    categories = read_rules(edition).categories
    weights = [sum(one.weight for one in category.criteria) for category in categories]
    assert weights == pytest.approx([1.0] * 5)
    scores = {
        tuple(anchor.score for anchor in one.anchors)
        for category in categories
        for one in category.criteria
    }
    assert scores == {(1, 5, 10)}


def test_a_criterion_without_anchors_is_one(edition):
    path = edition / "categories" / "most-active.toml"
    head, _, _ = path.read_text("utf-8").partition("# What the jury judges")
    rubric = '[[criterion]]\nname = "use"\nlabel = { id = "Guna", en = "Use" }\nweight = 2\n'
    path.write_text(head + rubric, "utf-8")
    (category,) = (c for c in read_rules(edition).categories if c.name == "most-active")
    assert category.criteria == (Criterion("use", Label("Guna", "Use"), 2.0),)
    with_anchor = f'{rubric}[[criterion.anchor]]\nscore = 3\ntext = {{ id = "a", en = "b" }}\n'
    path.write_text(head + with_anchor, "utf-8")
    (category,) = (c for c in read_rules(edition).categories if c.name == "most-active")
    assert category.criteria[0].anchors == (Anchor(3, Label("a", "b")),)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("scale = [1, 10]", "scale = [10, 1]",
         ("jury.scale", "is not a lowest and a highest score.")),
        ("scale = [1, 10]", "scale = [1, 5, 10]",
         ("jury.scale", "is not a lowest and a highest score.")),
        ('insiders = "minority"', 'insiders = "few"', ("jury.insiders", "'few' is not known.")),
        ('ballots = "coded"', 'ballots = "secret"', ("jury.ballots", "'secret' is not known.")),
        ('tie_order = ["data", "vote"]', 'tie_order = ["lot"]',
         ("jury.tie_order", "'lot' is not known.")),
        ("least_jurors = 5", "least_juror = 5",
         ("jury.least_juror", "is not a known key.")),
        ("least_chance = 0.0", "least_chance = 1.5", ("jury.least_chance", "1.5 is out of range.")),
    ],
)  # fmt: skip
def test_a_rule_of_the_jury_that_cannot_be_is_a_fault(edition, old, new, fault):
    assert problems(changed(edition, old, new)) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"Bu Nangka Hujan"', '"prof. durian awan"', ("jury.juror", "two have one name.")),
        ('"vote-2"', '"first"', ("jury.round", "two have one name.")),
        ('"vote-2"', '"The vote!"', ("jury.round.name", "'The vote!' cannot be in a file's name.")),
        ('"best-use-of-images"]', '"best-of-images"]',
         ("jury.juror.categories", "'best-of-images' is no category.")),
        ("2026-02-06T17:00:00+00:00", "2026-02-01T17:00:00",
         ("jury.round", "'first' closes before it opens.")),
        ("2026-02-07T09:00:00+07:00", "2026-02-05T09:00:00+07:00",
         ("jury.round", "'vote-2' opens before the round before it closes.")),
        ('name = "first"', 'name = "first"\nkind = "pairs"',
         ("jury.round", "a round of pairs is not the last one after scores.")),
        ("2026-02-02T09:00:00", "2026-02-02",
         ("jury.round.opens_at", "datetime.date(2026, 2, 2) is of the wrong type.")),
        ('seat = "supplier"', 'seat = "chair"', ("jury.juror.seat", "'chair' is not known.")),
    ],
)  # fmt: skip
def test_a_panel_that_cannot_be_is_a_fault(edition, old, new, fault):
    assert fault in problems(changed(added(edition, ROUNDS), old, new))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "information"', 'name = "relevance"',
         ("criterion", "two criteria have one name.")),
        ("score = 10", "score = 11", ("criterion.anchor", "11 is outside the scale from 1 to 10.")),
        ("score = 5", "score = 1",
         ("criterion.anchor", "scores are not in rising order, each once.")),
    ],
)  # fmt: skip
def test_a_rubric_that_cannot_be_is_a_fault(edition, old, new, fault):
    file = "categories/best-use-of-images.toml"
    assert problems(changed(edition, old, new, file)) == [fault]


def test_tables_are_put_at_the_end_of_the_file(edition):
    at = datetime(2026, 2, 2, 2, tzinfo=UTC)
    rows: Rows = [{"name": 'Bu "Nangka"'}, {"name": "Pak Salak", "categories": ["most-active"]}]
    rounds: Rows = [{"name": "first", "opens_at": at, "closes_at": at.replace(hour=3)}]
    write_edition(edition, {}, tables={"jury.juror": rows, "jury.round": rounds})
    panel = read_rules(edition).edition.jury
    assert [one.name for one in panel.jurors] == ['Bu "Nangka"', "Pak Salak"]
    assert panel.rounds[0].opens_at == at
    before = (edition / "edition.toml").read_text("utf-8")
    with pytest.raises(FaultsFound):
        write_edition(edition, {}, tables={"jury.juror": [{"name": "Pak Salak"}]})
    assert (edition / "edition.toml").read_text("utf-8") == before
