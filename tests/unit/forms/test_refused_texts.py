"""CSV, JSON and files that are something else are refused, with all reasons and their places."""

import json

import pytest
from tests.form_cases import (
    CODE,
    DECLARATION,
    FILLED,
    SCORES,
    printed,
    read_ballot,
    refused_whole,
    told,
)

from tolok.forms.write import write_ballot, write_declaration

# --- Files that are something else.

OTHER = [
    (b"", "is no ballot and no declaration."),
    (b" \r\n\t ", "is no ballot and no declaration."),
    (b"\x89PNG\r\n\x1a\n\0\0", "is no ballot and no declaration."),
    (b"%PDF-1.7 ...", "is a PDF."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or a locked workbook."),
    (b"PK\x03\x04 and no more", "cannot be read as a workbook: File is not a zip file."),
    (
        b"nama;nilai\r\nAwan;7\r\n",
        "is no ballot and no declaration; it begins with 'nama;nilai Awan;7'.",
    ),
    (b"\xff\xfe\x00\xd8\x00", "is no ballot and no declaration; it begins with"),
    (b"[1, 2]", "is a JSON document, but no ballot and no declaration."),
    (b'{"format": "other"}', "is a JSON document, but no ballot and no declaration."),
    (b'{"format": ["tolok-ballot"]}', "is a JSON document, but no ballot and no declaration."),
    (b'{"format": "tolok-ballot"}', "is of version None of the form; 1 is read."),
    (b'{"format": "tolok-ballot", "version": 2}', "is of version 2 of the form; 1 is read."),
    (b'{"a": 1, "a": 2}', "cannot be read as JSON: a key stands twice in one object."),
    (b'{"a": NaN}', "cannot be read as JSON: NaN is no number of JSON."),
    (b'{"a": ' * 100_000, "cannot be read as JSON: maximum recursion depth exceeded"),
    (b"{", "cannot be read as JSON: Expecting property name enclosed in double quotes"),
]


@pytest.mark.parametrize(("content", "problem"), OTHER)
def test_file_of_something_else_is_refused(tmp_path, content, problem):
    path = tmp_path / "ballot.xlsx"
    path.write_bytes(content)
    assert refused_whole(path)[: len(problem)] == problem


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refused_whole(tmp_path / "a.xlsx") == "is no file."
    assert refused_whole(tmp_path) == "is no file."


# --- CSV.


def saved(tmp_path, change):
    path = tmp_path / "a.csv"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(change(lines)), "utf-8")
    return path


def test_rows_of_a_csv_that_were_added_are_refused(tmp_path):
    path = saved(tmp_path, lambda lines: [*lines, ",,,,,,,,,,9", lines[1]])
    head = ("edition", "round", "juror", "lock_hash", "code")
    assert told(path) == [
        *((f"row 17, {name}", f"this row has no {name}; it was added.") for name in head),
        ("row 17, category", "this row has no category, cluster, about."),
        ("row 18, score", "'bukit' in 'best-picture' stands here and at row 2, score."),
    ]


def test_rows_of_two_ballots_in_a_csv_are_refused(tmp_path):
    path = saved(tmp_path, lambda lines: [*lines[:2], lines[2].replace("juror-07", "juror-08")])
    assert told(path) == [("row 3, juror", "is 'juror-08', but 'juror-07' above.")]


def test_columns_of_a_csv_that_do_not_fit_are_refused(tmp_path):
    path = saved(tmp_path, lambda lines: [f"{lines[0]},score", *lines[1:2]])
    assert told(path) == [("row 1", "2 columns have the key 'score'.")]
    path = saved(tmp_path, lambda lines: [lines[0], f"{lines[1]},8"])
    assert told(path) == [("row 2", "has 12 cells, but there are 11 columns.")]


def test_csv_declaration_without_an_id_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    write_declaration(DECLARATION, printed(), path)
    path.write_text(path.read_text("utf-8-sig").replace(",embun,", ",,"), "utf-8")
    assert told(path) == [("row 6, institution_id", "this row has no institution_id.")]


def test_sheet_of_a_workbook_that_was_saved_as_csv_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("format,version,kind\ntolok-ballot,1,scores\n", "utf-8")
    assert refused_whole(path) == "is one sheet of a workbook saved as CSV; the others are lost."


# --- JSON.


def test_json_with_answers_that_are_none_is_refused(tmp_path):
    path = tmp_path / "a.json"
    write_ballot(SCORES, CODE, printed(), path, filled=FILLED)
    document = json.loads(path.read_text("utf-8"))
    document["code"], document["juror"] = "", 7
    answers = document["answers"]
    answers[0]["value"], answers[1]["value"] = [7], {"score": 7}
    answers[2]["about"] = None
    del answers[3]["question"], answers[3]["cluster"]
    answers[5] = "7"
    answers.append(answers[4])
    path.write_text(json.dumps(document), "utf-8")
    assert told(path) == [
        ("juror", "is missing or no text."),
        ("code", "is missing or no text."),
        ("answers[5]", "is no object."),
        ("answers[0].value", "is neither a number, a text nor null."),
        ("answers[1].value", "is neither a number, a text nor null."),
        ("answers[2]", "has no text for about."),
        ("answers[3]", "has no text for cluster, question."),
        ("answers[15]", "'awan' in 'best-picture' stands here and at answers[4]."),
    ]


def test_json_values_of_other_types_are_told_as_they_are(tmp_path):
    path = tmp_path / "a.json"
    write_ballot(SCORES, CODE, printed(), path)
    document = json.loads(path.read_text("utf-8"))
    for at, value in enumerate([True, False, "7", " ", 10**400, 7.5]):
        document["answers"][at]["value"] = value
    path.write_text(json.dumps(document), "utf-8")
    found = [answer.value for answer in read_ballot(path).answers[:6]]
    assert found == ["TRUE", "FALSE", "7", None, str(10**400), 7.5]


def test_json_declaration_that_does_not_say_whether_it_is_signed_is_refused(tmp_path):
    path = tmp_path / "a.json"
    write_declaration(DECLARATION, printed(), path)
    document = json.loads(path.read_text("utf-8"))
    document["is_signed"], document["institutions"][0] = "yes", {"tie": "kin"}
    path.write_text(json.dumps(document), "utf-8")
    assert told(path) == [
        ("institutions[0]", "has no text for institution_id."),
        ("is_signed", "is neither true nor false."),
    ]
    document["institutions"] = "none"
    path.write_text(json.dumps(document), "utf-8")
    assert told(path)[0] == ("institutions", "is no list of 20,000 objects at most.")
