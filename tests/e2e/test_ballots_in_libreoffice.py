"""Forms in a real LibreOffice: opened, typed into, saved as XLSX, ODS and CSV, and read back."""

from datetime import date

import pytest
from tests.form_cases import (
    ANSWERS,
    CHOICES,
    CHOSEN_ANSWERS,
    CODE,
    DECLARATION,
    EARLIER,
    FILLED,
    HEAD,
    PICTURE,
    SCORES,
    TIES,
    VIDEO,
    answered,
    as_text,
    printed,
    read_ballot,
    read_declaration,
)
from tests.libreoffice_cases import ODS, XLSX, is_there, job, worked

from tolok.forms.write import write_ballot, write_declaration

CSV = "Text - txt - csv (StarCalc)"
UTF_8 = "76"

pytestmark = pytest.mark.skipif(not is_there(), reason="no LibreOffice here to fill in forms with")

SCORES_TYPED = {
    "Gambar": {
        "H9": 8, "I9": "'7", "K9": "bagus; “ya”", "H10": 3, "I10": 10, "H12": "=4+5",
    },
    "Video Film": {"I9": "Keluarga bekerja di sana"},
}  # fmt: skip
SCORES_FOUND = ANSWERS | {
    (PICTURE, "ministries", "bukit", "clarity"): 8.0,
    (PICTURE, "ministries", "bukit", "idea"): "7",
    (PICTURE, "ministries", "bukit", "note"): "bagus; “ya”",
    (PICTURE, "ministries", "awan", "clarity"): 3.0,
    (PICTURE, "ministries", "awan", "idea"): 10.0,
    (PICTURE, "agencies", "cahaya", "clarity"): 9.0,
    (VIDEO, "ministries", "awan", "recused"): "Keluarga bekerja di sana",
}
LOOKED_AT = [
    ("Gambar", "F6"), ("Video Film", "F6"), ("Gambar", "H9"), ("Gambar", "J9"), ("Gambar", "G9"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture(scope="module")
def seen(folder):
    """What the juror saw of each form; the saved files lie in the folder."""
    words = printed("id")
    write_ballot(SCORES, CODE, words, folder / "scores.xlsx", filled=FILLED)
    write_ballot(SCORES, CODE, words, folder / "second.xlsx", filled=FILLED, earlier=EARLIER)
    write_ballot(SCORES, CODE, words, folder / "scores.csv", filled=FILLED)
    write_ballot(CHOICES, CODE, words, folder / "pairs.xlsx")
    write_declaration(DECLARATION, words, folder / "declaration.xlsx", ties=TIES)

    def both(name):
        return [(folder / f"{name}-saved.xlsx", XLSX, ""), (folder / f"{name}-saved.ods", ODS, "")]

    separated = [
        (folder / f"scores-{mark}.csv", CSV, f"{mark},34,{UTF_8},1,,0,false,true,false")
        for mark in (44, 59, 9)
    ]
    jobs = [
        job(
            folder / "scores.xlsx", both("scores"), typed=SCORES_TYPED,
            moved={"Petunjuk": 3}, looked_at=LOOKED_AT,
        ),
        job(folder / "second.xlsx", both("second")),
        job(
            folder / "pairs.xlsx", both("pairs"), looked_at=[("Gambar", "G6"), ("Gambar", "J11")],
            typed={"Gambar": {"J9": "'=HYPERLINK(1)", "J11": "danau"}},
        ),
        job(
            folder / "declaration.xlsx", both("declaration"),
            typed={"Pernyataan": {
                "F11": "ya", "F13": "Lainnya atas pertimbangan sendiri", "G13": "2024-05-31",
                "H13": "juri tamu", "G17": "'akhir 2024",
            }},
            looked_at=[("Pernyataan", "F10"), ("Pernyataan", "G13")],
        ),
        job(
            folder / "scores.csv", separated, filter=CSV, options=f"44,34,{UTF_8},1",
            typed={"": {"K2": 8}},
        ),
    ]  # fmt: skip
    for name in ("scores", "second", "pairs", "declaration"):  # ODS to XLSX
        target = [(folder / f"{name}-again.xlsx", XLSX, "")]
        jobs.append(job(folder / f"{name}-saved.ods", target))
    write_ballot(SCORES, CODE, words, folder / "empty.xlsx")
    looked_at = [("Gambar", "F6"), ("Video Film", "F6"), ("Gambar", "E10"), ("Video Film", "E9")]
    jobs += [
        job(folder / "empty.xlsx", [], typed=typed, looked_at=looked_at)
        for typed in ({}, {"Video Film": {"I9": "kerabat"}, "Gambar": {"H9": 7}})
    ]
    return worked(jobs)


SAVED = ["saved.xlsx", "saved.ods", "again.xlsx"]


@pytest.mark.parametrize("name", SAVED)
def test_ballot_of_scores_is_read_with_what_was_typed(seen, folder, name):
    returned = read_ballot(folder / f"scores-{name}")
    assert returned.head == HEAD
    assert answered(returned) == SCORES_FOUND


@pytest.mark.parametrize("name", SAVED)
def test_ballot_of_a_second_round_is_read(seen, folder, name):
    assert answered(read_ballot(folder / f"second-{name}")) == ANSWERS


@pytest.mark.parametrize("name", SAVED)
def test_ballot_of_pairs_is_read_with_what_was_chosen(seen, folder, name):
    found = answered(read_ballot(folder / f"pairs-{name}"))
    assert found == CHOSEN_ANSWERS  # one by its name, one by its id


@pytest.mark.parametrize("name", SAVED)
def test_declaration_is_read_with_what_was_declared(seen, folder, name):
    returned = read_declaration(folder / f"declaration-{name}")
    assert returned.is_signed
    found = [(row.institution_id, row.kind, row.ended_on, row.reason) for row in returned.rows]
    assert found == [
        ("awan", "other", date(2024, 5, 31), "juri tamu"),
        ("bukit", "employer", None, "+62 is no formula"),
        ("cahaya", None, None, None),
        ("danau", "contract", date(2023, 12, 31), "one"),
        ("danau", "kin", "akhir 2024", "two"),
        ("embun", None, None, None),
    ]


@pytest.mark.parametrize("mark", [44, 59, 9], ids=["comma", "semicolon", "tab"])
def test_csv_is_read_as_libreoffice_saves_it(seen, folder, mark):
    returned = read_ballot(folder / f"scores-{mark}.csv")
    assert returned.head == HEAD
    expected = ANSWERS | {(PICTURE, "ministries", "bukit", "clarity"): 8.0}
    assert answered(returned) == as_text(expected)


def test_live_counts_follow_what_was_typed(seen):
    scores, _, pairs, declaration, *_ = seen
    assert {place: scores[place]["text"] for place in ("Gambar!F6", "Video Film!F6")} == {
        "Gambar!F6": "Lengkap: tidak ada sel yang kosong",
        "Video Film!F6": "Lengkap: tidak ada sel yang kosong",
    }
    assert pairs["Gambar!G6"]["text"] == "Lengkap: tidak ada sel yang kosong"
    assert declaration["Pernyataan!F10"]["text"] == "4"


def test_stepping_back_on_one_sheet_is_asked_for_on_the_others(seen):
    before, after = ([cell["text"] for cell in one.values()] for one in seen[-2:])
    assert [text.split()[0] for text in before[2:]] == ["1", "1"]
    assert [text.split()[0] for text in after[2:]] == ["2", "0"]  # what colours the cell red
    before, after = before[:2], after[:2]
    assert before == ["6 dari 6 sel belum diisi", "1 dari 1 sel belum diisi"]
    assert after == ["5 dari 6 sel belum diisi", "Lengkap: tidak ada sel yang kosong"]


def test_validation_and_protection_are_those_of_the_form(seen):
    scores, _, pairs, declaration, *_ = seen
    cell = scores["Gambar!H9"]
    assert (cell["validation"], cell["protected"]) == (["WHOLE", "1", "10"], True)
    assert cell["message"] == "1: Buram\n10: Jernih"
    assert scores["Gambar!J9"]["validation"][0] == "LIST"
    assert [scores[f"Gambar!{place}"]["locked"] for place in ("G9", "H9", "J9")] == [
        True,
        False,
        False,
    ]
    assert pairs["Gambar!J11"]["validation"][:2] == ["LIST", "$E$11:$F$11"]
    assert declaration["Pernyataan!G13"]["validation"][0] == "DATE"
