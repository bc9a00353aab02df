"""Forms for any names, ids and words: right to left, emoji, formulas, very long."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.form_cases import CODE, SCORES, answered, as_text, printed, read_ballot, read_declaration

from tolok.forms.delimited import shielded, unshielded
from tolok.forms.printed import clean
from tolok.forms.write import write_ballot, write_declaration
from tolok.jury.ballot import Ballot, BallotForm, Entry, Pair
from tolok.jury.declaration import DeclarationForm, Tie

ODD = st.sampled_from(
    [
        "=1+1",
        "'=1",
        "@a",
        "-",
        "_x0041_",
        "Badan \u202eterbalik",
        "وزارة الإعلام",
        "\N{CRAB}" * 40,
        "n" * 400,
        "a,b;c\td",
        'a"b',
        "a\nb",
        " a ",
        "Paling Aktif!A1",
        "<b>&amp;",
        "[x]:*?/\\",
        "7",
        "TRUE",
        "2025-01-01",
        "begin",
        "format",
        "\u00a0",
    ]
)
WORDS = st.one_of(ODD, st.text(max_size=30))
IDS = st.one_of(ODD, st.text(min_size=1, max_size=20)).map(clean).filter(str.strip)
PLAIN_IDS = IDS.filter(lambda one: "|" not in one)
SUFFIXES = ("xlsx", "csv", "json")


def answers(path, suffix):
    """What was read; blanks and numbers as every format can have them."""
    found = answered(read_ballot(path))
    return found if suffix == "csv" else as_text(found)


def blank(text):
    """A text as it is read: None where it is blank."""
    text = clean(text)
    return text if text.strip() else None


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60)
@given(data=st.data())
def test_any_ballot_of_scores_is_read_back(tmp_path_factory, suffix, data):
    ids = data.draw(st.lists(PLAIN_IDS, min_size=1, max_size=4, unique=True))
    categories = data.draw(st.lists(IDS, min_size=1, max_size=2, unique=True))
    criteria = data.draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    criteria = [one for one in criteria if one not in ("recused", "note")]
    names = {one: data.draw(WORDS) for one in ids}
    cluster = data.draw(IDS)
    entries = tuple(Entry(category, cluster, one) for category in categories for one in ids)
    form = BallotForm(
        "e", "r", "j", SCORES.lock_hash, SCORES.lock_hash, 1, 10, entries, (),
        {category: tuple(criteria) for category in categories},
    )  # fmt: skip
    scores = {e: {q: data.draw(st.integers(1, 10)) for q in criteria[1:]} for e in entries}
    notes = {e: data.draw(WORDS) for e in entries}
    recused = {ids[0]: data.draw(WORDS)}
    path = tmp_path_factory.mktemp("forms") / f"a.{suffix}"
    filled = Ballot("r", "j", scores, {}, recused, notes)
    write_ballot(form, CODE, printed("id", names), path, filled=filled)
    expected = {}
    for e in entries:
        key = (e.category, e.cluster, e.institution_id)
        for q in criteria:
            expected[(*key, q)] = str(scores[e][q]) if q in scores[e] else None
        expected[(*key, "recused")] = blank(recused.get(e.institution_id, ""))
        expected[(*key, "note")] = blank(notes[e])
    assert answers(path, suffix) == expected


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40)
@given(data=st.data())
def test_any_ballot_of_pairs_is_read_back(tmp_path_factory, suffix, data):
    ids = data.draw(st.lists(PLAIN_IDS, min_size=2, max_size=4, unique_by=str.casefold))
    names = {one: data.draw(WORDS) for one in ids}
    pairs = tuple(Pair("c", "k", a, b) for a, b in pairwise(ids))
    form = BallotForm("e", "r", "pairs", "j", SCORES.lock_hash, 1, 10, (), pairs)
    choices = {pair: data.draw(st.sampled_from([pair.first, pair.second])) for pair in pairs[1:]}
    path = tmp_path_factory.mktemp("forms") / f"a.{suffix}"
    write_ballot(form, CODE, printed("id", names), path, filled=Ballot("r", "j", {}, choices))
    found = answers(path, suffix)
    keys = {pair: ("c", "k", f"{pair.first}|{pair.second}", "") for pair in pairs}
    assert found.keys() == set(keys.values())
    shown = printed("id", names)
    for pair, key in keys.items():
        chosen = choices.get(pair)
        ambiguous = {shown.name(one) for one in (pair.first, pair.second)} & {
            pair.first,
            pair.second,
        }
        assert found[key] == chosen or (suffix == "xlsx" and ambiguous)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40)
@given(data=st.data())
def test_any_declaration_is_read_back(tmp_path_factory, suffix, data):
    ids = data.draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    names = {one: data.draw(WORDS) for one in ids}
    tie = Tie(ids[-1], "kin", data.draw(st.none() | st.dates()), data.draw(WORDS))
    form = DeclarationForm("e", "j", SCORES.lock_hash, tuple(ids))
    path = tmp_path_factory.mktemp("forms") / f"a.{suffix}"
    write_declaration(form, printed("en", names), path, ties=[tie], is_signed=True)
    found = read_declaration(path)
    assert found.is_signed
    rows = [(row.institution_id, row.kind, row.ended_on, row.reason) for row in found.rows]
    assert rows == [
        *((one, None, None, None) for one in ids[:-1]),
        (tie.institution_id, "kin", tie.ended_on, blank(tie.reason)),
    ]


@given(st.text())
def test_shield_against_formulas_can_be_taken_away(text):
    assert unshielded(shielded(text)) == text
    assert not shielded(text).startswith(("=", "+", "-", "@"))
