"""What is written is read back: every format, both kinds of a round, both languages."""

from datetime import date

import pytest
from tests.form_cases import (
    ANSWERS,
    CHOICES,
    CHOSEN,
    CHOSEN_ANSWERS,
    CODE,
    DECLARATION,
    EARLIER,
    EMPTY,
    FILLED,
    HEAD,
    LOCK,
    SCORES,
    TIES,
    answered,
    as_text,
    printed,
    read_ballot,
    read_declaration,
)

from tolok.errors import FileFault
from tolok.forms.write import write_ballot, write_declaration

SUFFIXES = ("xlsx", "csv", "json")
LANGUAGES = ("id", "en")


def expected(answers, suffix):
    return as_text(answers) if suffix == "csv" else answers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("earlier", [None, EARLIER], ids=["first", "second"])
def test_filled_ballot_of_scores_is_read_back(tmp_path, suffix, language, earlier):
    path = tmp_path / f"a.{suffix}"
    write_ballot(SCORES, CODE, printed(language), path, filled=FILLED, earlier=earlier)
    returned = read_ballot(path)
    assert (returned.file, returned.head) == (path.name, HEAD)
    assert answered(returned) == expected(ANSWERS, suffix)
    assert len(returned.answers) == len(ANSWERS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_scores_of_the_earlier_round_are_no_answers(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    write_ballot(SCORES, CODE, printed(), path, earlier=EARLIER)
    assert answered(read_ballot(path)) == EMPTY


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_filled_ballot_of_pairs_is_read_back(tmp_path, suffix, language):
    path = tmp_path / f"a.{suffix}"
    write_ballot(CHOICES, CODE, printed(language), path, filled=CHOSEN, earlier=EARLIER)
    returned = read_ballot(path)
    assert returned.head == HEAD | {"round": "last"}
    assert answered(returned) == CHOSEN_ANSWERS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("is_signed", [True, False])
def test_declaration_is_read_back(tmp_path, suffix, language, is_signed):
    path = tmp_path / f"a.{suffix}"
    write_declaration(DECLARATION, printed(language), path, ties=TIES, is_signed=is_signed)
    returned = read_declaration(path)
    assert returned.file == path.name
    assert returned.head == {"edition": "uji-2025", "juror": "juror-07", "lock_hash": LOCK}
    assert returned.is_signed is is_signed
    found = [(row.institution_id, row.kind, row.ended_on, row.reason) for row in returned.rows]
    assert found == [
        ("awan", None, None, None),
        ("bukit", "employer", None, "+62 is no formula"),
        ("cahaya", None, None, None),
        ("danau", "contract", date(2023, 12, 31), "one"),
        ("danau", "kin", None, "two"),
        ("embun", None, None, None),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_form_has_the_same_bytes(tmp_path, suffix):
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for path in (first, second):
        write_ballot(SCORES, CODE, printed(), path, filled=FILLED, earlier=EARLIER)
    assert first.read_bytes() == second.read_bytes()
    for path in (first, second):
        write_declaration(DECLARATION, printed(), path, ties=TIES)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_form_is_recognised_whatever_its_name(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    other = path.rename(tmp_path / "Suara Ibu Ketua (1).pdf")
    assert answered(read_ballot(other)) == expected(ANSWERS, suffix)


PLACES = {
    "xlsx": ["Picture!H9", "Picture!I9", "Picture!J9", "Picture!K9"],
    "csv": ["row 2, score", "row 3, score", "row 4, score", "row 5, score"],
    "json": ["answers[0]", "answers[1]", "answers[2]", "answers[3]"],
}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_answers_have_their_places(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    write_ballot(SCORES, CODE, printed(), path)
    assert [answer.place for answer in read_ballot(path).answers[:4]] == PLACES[suffix]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_ballot_that_asks_nothing_has_no_answers(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    form = type(SCORES)("uji-2025", "first", "scores", "juror-07", LOCK, 1, 10)
    write_ballot(form, CODE, printed(), path)
    if suffix == "csv":  # the head of a table stands in its rows
        with pytest.raises(FileFault, match="has no rows") as refused:
            raise_only(path)
        assert refused.value.file == path.name
    else:
        assert (read_ballot(path).head, read_ballot(path).answers) == (HEAD, ())


def raise_only(path):
    """The one fault of a file."""
    try:
        read_ballot(path)
    except ExceptionGroup as group:
        (fault,) = group.exceptions
        raise fault from None


@pytest.mark.parametrize("name", ["ballot.ods", "ballot", "ballot.XLS"])
def test_form_is_written_in_three_formats_only(tmp_path, name):
    with pytest.raises(FileFault, match="cannot be written as") as refused:
        write_ballot(SCORES, CODE, printed(), tmp_path / name)
    assert refused.value.remedy == "Name it .xlsx, .csv, .json."
    assert list(tmp_path.iterdir()) == []
