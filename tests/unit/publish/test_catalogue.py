"""The words: every key in both languages, and no bare text in a template."""

import re
import string
from pathlib import Path

import pytest

from tolok.jury.outcome import STATUSES
from tolok.jury.tally import METHODS
from tolok.methodology.category import AGGREGATIONS, MODELS
from tolok.methodology.edition import ACCOUNT_RULES, COLLAB_RULES, DECISIONS, SNAPSHOT_RULES
from tolok.methodology.flags import FLAGS
from tolok.methodology.jury import (
    BALLOTS,
    INSIDERS,
    ROUND_KINDS,
    SEATS,
    TALLIES,
    TIE_BREAKS,
)
from tolok.methodology.metric import GRAINS, TABLES
from tolok.model import COUNTS, KINDS, MISSING_REASONS, ROLES
from tolok.publish import catalogue
from tolok.publish.catalogue import Words, read_words
from tolok.publish.comparison import FIGURES, VERDICTS
from tolok.publish.formats import Formats
from tolok.registry.breaks import COUNTED
from tolok.registry.sourced import STATUSES as SOURCED_STATUSES

PUBLISH = Path(catalogue.__file__).parent
HTML = sorted((PUBLISH / "templates").glob("*.html"))
VOCABULARIES = {
    "aggregation": AGGREGATIONS, "model": MODELS, "method.accounts": ACCOUNT_RULES,
    "method.collab": COLLAB_RULES, "decision": DECISIONS, "step": DECISIONS,
    "snapshot": SNAPSHOT_RULES, "metric.grain": GRAINS, "metric.table": TABLES, "count": COUNTS,
    "kind": KINDS, "missing": MISSING_REASONS, "coverage": MISSING_REASONS, "role": ROLES,
    "flag": FLAGS, "state": STATUSES, "jury.ballots": BALLOTS, "jury.method": tuple(METHODS),
    "panel.tally": TALLIES, "panel.insiders": INSIDERS, "panel.seat": SEATS,
    "panel.round": ROUND_KINDS, "panel.tie": TIE_BREAKS, "break.count": COUNTED,
    "changed.figure": FIGURES, "changed.verdict": VERDICTS, "sourced": SOURCED_STATUSES,
}  # fmt: skip


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_every_key():
    assert set(read_words("id")) == set(read_words("en"))


def test_no_text_is_empty():
    empty = [
        (c, key) for c in ("id", "en") for key, text in read_words(c).items() if not text.strip()
    ]
    assert empty == []


def test_both_languages_take_the_same_fields():
    indonesian, english = read_words("id"), read_words("en")
    differing = [key for key in indonesian if fields(indonesian[key]) != fields(english[key])]
    assert differing == []


def test_every_key_asked_for_stands_in_the_catalogue():
    asked = set()
    for path in [*HTML, *PUBLISH.rglob("*.py")]:
        asked |= set(
            re.findall(r"\b(?:t|words)\(\s*[\"']([a-z_.]+[a-z_])[\"']", path.read_text("utf-8"))
        )
    assert len(asked) > 100
    assert asked - set(read_words("id")) == set()


@pytest.mark.parametrize("group", VOCABULARIES)
def test_every_word_of_a_closed_vocabulary_has_a_text(group):
    known = read_words("id")
    assert [word for word in VOCABULARIES[group] if f"{group}.{word}" not in known] == []


@pytest.mark.parametrize("template", HTML, ids=lambda path: path.stem)
def test_template_holds_no_bare_text(template):
    text = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template.read_text("utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"<[^>]*>", " ", text).replace("Tolok", "").replace("tolok score", "")
    for entity in ("CSV", "PDF", "SHA", "null"):
        text = text.replace(entity, "")
    assert re.findall(r"[^\W\d_]{2,}", text) == []


def test_words_put_fields_in_as_the_language_writes_them():
    indonesian, english = Words(Formats("id")), Words(Formats("en"))
    assert indonesian("cluster.size", n=1234) == "1.234 instansi"
    assert english("cluster.size", n=1234) == "1,234 institutions"
    assert english("cluster.size", n=1) == "1 institution"


def test_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Words(Formats("id"))("no.such.key")
