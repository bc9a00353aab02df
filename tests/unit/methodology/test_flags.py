"""The section [flags] of edition.toml."""

import pytest

from tolok.errors import FaultsFound
from tolok.methodology.flags import FLAGS, LEFT_OUT, Flags
from tolok.methodology.rules import read_rules
from tolok.methodology.template import new_edition, template_names


def edited(folder, section):
    """The flags of an edition whose section is replaced by another; "" takes it out."""
    new_edition(folder, template="gsm-2025")
    path = folder / "edition.toml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("[flags]")] + section, "utf-8")
    return read_rules(folder).edition.flags


@pytest.mark.parametrize("template", template_names())
def test_templates_write_out_the_usual_rules(tmp_path, template):
    new_edition(tmp_path / "edition", template=template)
    assert read_rules(tmp_path / "edition").edition.flags == Flags()


def test_edition_without_the_section_has_the_usual_rules(tmp_path):
    assert edited(tmp_path / "edition", "") == Flags()


def test_rules_are_read_as_written(tmp_path):
    written = '[flags]\nviral_share = 0.5\nleast = 10\ngiveaway_words = ["kuis"]\n'
    assert edited(tmp_path / "edition", written) == Flags(
        viral_share=0.5, least=10, giveaway_words=("kuis",)
    )


@pytest.mark.parametrize(
    "line",
    [
        "viral_share = 1.5",
        "least = 0",
        'giveaway_words = [" "]',
        "virale_share = 0.1",
        "accounts = 1",
    ],
)
def test_rule_out_of_range_or_unknown_is_a_fault(tmp_path, line):
    with pytest.raises(FaultsFound):
        edited(tmp_path / "edition", f"[flags]\n{line}\n")


def test_flags_that_leave_posts_out_are_flags():
    assert set(LEFT_OUT) < set(FLAGS)
