"""A TOML file read whole: each value by its type, every fault with its line."""

from datetime import date

import pytest

from tolok.methodology.document import Document
from tolok.methodology.line import key_lines
from tolok.model import Label


def written(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Document(path)


def told(document):
    """Each fault as line, column and problem."""
    return [(fault.line, fault.column, fault.problem) for fault in document.faults]


TEXT = """\
# A comment with = and [brackets]
name = "a"  # name = "b"

[snapshot]
rule = "at_age"
"quoted key" = 1
'another' = 2
dotted.key.deep = 3

[a.b."c.d"]
x = 1

[[part]]
size = 1
  [part.inner]
  y = 2
  [[part.item]]
  z = 3
  [[part.item]]
  z = 4

[[ part ]]  # the second
size = 2
list = [
  [1, 2],
  ["x"],
  # [comment]
  [3]
]
[[part.item]]
z = 5

[text]
long = \"\"\"
[not.a.table]
key = 1
\"\"\"
literal = '''
[[nor.this]]
'''
one = "a # b [c]"
after = 1
"""


def test_every_table_and_key_has_its_line():
    assert key_lines(TEXT) == {
        ("name",): 2,
        ("snapshot",): 4,
        ("snapshot", "rule"): 5,
        ("snapshot", "quoted key"): 6,
        ("snapshot", "another"): 7,
        ("snapshot", "dotted"): 8,
        ("snapshot", "dotted", "key"): 8,
        ("snapshot", "dotted", "key", "deep"): 8,
        ("a", "b", "c.d"): 10,
        ("a", "b", "c.d", "x"): 11,
        ("part",): 13,
        ("part", "0"): 13,
        ("part", "0", "size"): 14,
        ("part", "0", "inner"): 15,
        ("part", "0", "inner", "y"): 16,
        ("part", "0", "item"): 17,
        ("part", "0", "item", "0"): 17,
        ("part", "0", "item", "0", "z"): 18,
        ("part", "0", "item", "1"): 19,
        ("part", "0", "item", "1", "z"): 20,
        ("part", "1"): 22,
        ("part", "1", "size"): 23,
        ("part", "1", "list"): 24,
        ("part", "1", "item"): 30,
        ("part", "1", "item", "0"): 30,
        ("part", "1", "item", "0", "z"): 31,
        ("text",): 33,
        ("text", "long"): 34,
        ("text", "literal"): 38,
        ("text", "one"): 41,
        ("text", "after"): 42,
    }


def test_value_in_an_inline_table_has_the_line_of_the_table(tmp_path):
    document = written(
        tmp_path,
        """\
title = "x"
ratio = [
  { numerator = "a" },
  { numerator = 2 },
]
label = { id = 1, en = "y" }
""",
    )
    for ratio in document.sections("ratio"):
        ratio.text("numerator")
        ratio.text("denominator")
    document.label("label")
    assert told(document) == [
        (2, "ratio.denominator", "is missing."),
        (2, "ratio.numerator", "2 is of the wrong type."),
        (2, "ratio.denominator", "is missing."),
        (6, "label", "no text in id."),
    ]


def test_missing_key_has_the_line_of_its_table(tmp_path):
    document = written(tmp_path, "a = 1\n\n[one]\n\n[[two]]\n[[two]]\nx = 1\n")
    document.text("name")
    document.section("one").text("name")
    for section in document.sections("two"):
        section.integer("x")
    assert told(document) == [
        (1, "name", "is missing."),
        (3, "one.name", "is missing."),
        (5, "two.x", "is missing."),
    ]


def test_lines_are_counted_in_files_of_windows(tmp_path):
    document = written(tmp_path, b'\xef\xbb\xbfname = "a"\r\n\r\n[one]\r\nx = "y"\r\n')
    assert document.text("name") == "a"
    document.section("one").integer("x")
    assert told(document) == [(4, "one.x", "'y' is of the wrong type.")]


TAKERS = {
    "text": lambda section: section.text("k"),
    "number": lambda section: section.number("k"),
    "integer": lambda section: section.integer("k"),
    "flag": lambda section: section.flag("k"),
    "day": lambda section: section.day("k"),
    "texts": lambda section: section.texts("k"),
    "label": lambda section: section.label("k"),
    "section": lambda section: section.section("k", required=True).values(),
    "sections": lambda section: section.sections("k", required=True),
}
EMPTY = {
    "text": "",
    "number": 0.0,
    "integer": 0,
    "flag": False,
    "day": date.min,
    "texts": (),
    "label": Label("", ""),
    "section": {},
    "sections": [],
}
RIGHT = {
    "text": ('"x"', "x"),
    "number": ("1.5", 1.5),
    "integer": ("3", 3),
    "flag": ("true", True),
    "day": ("2025-01-31", date(2025, 1, 31)),
    "texts": ('["x", "y"]', ("x", "y")),
    "label": ('{ id = "x", en = "y" }', Label("x", "y")),
    "section": ("{ x = 1 }", {"x": 1}),
    "sections": ("[{ x = 1 }]", 1),
}
VALUES = ['"x"', "1", "1.5", "true", "2025-01-31", "12:30:00", "[1]", "[[]]", "{ x = 1 }"]
FITS = {
    ("text", '"x"'),
    ("number", "1"),
    ("number", "1.5"),
    ("integer", "1"),
    ("flag", "true"),
    ("day", "2025-01-31"),
    ("section", "{ x = 1 }"),
}


@pytest.mark.parametrize("taker", TAKERS)
def test_value_of_the_right_type_is_taken(tmp_path, taker):
    text, value = RIGHT[taker]
    document = written(tmp_path, f"k = {text}")
    taken = TAKERS[taker](document)
    assert (len(taken) if taker == "sections" else taken) == value
    assert told(document) == []


@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("value", VALUES)
def test_value_of_the_wrong_type_is_a_fault_and_taken_as_empty(tmp_path, taker, value):
    document = written(tmp_path, f"a = 1\nk = {value}")
    taken = TAKERS[taker](document)
    if (taker, value) in FITS:
        assert told(document) == []
        return
    assert [(fault.line, fault.column) for fault in document.faults] == [(2, "k")]
    assert taken == EMPTY[taker]


@pytest.mark.parametrize("taker", TAKERS)
def test_missing_value_is_a_fault_that_says_what_was_expected(tmp_path, taker):
    document = written(tmp_path, "a = 1")
    assert TAKERS[taker](document) == EMPTY[taker]
    (fault,) = document.faults
    assert fault.problem == "is missing."
    assert fault.remedy.startswith("Expected ")


@pytest.mark.parametrize(
    ("text", "take", "problem"),
    [
        ("k = nan", lambda d: d.number("k"), "nan is not finite."),
        ("k = inf", lambda d: d.number("k", low=0), "inf is not finite."),
        ("k = -1", lambda d: d.number("k", low=0), "-1 is out of range."),
        ("k = 1.1", lambda d: d.number("k", low=0, high=1), "1.1 is out of range."),
        ("k = 1", lambda d: d.integer("k", low=2), "1 is out of range."),
        ("k = true", lambda d: d.integer("k"), "True is of the wrong type."),
        ("k = false", lambda d: d.number("k"), "False is of the wrong type."),
        ("k = 1.0", lambda d: d.integer("k"), "1.0 is of the wrong type."),
        ("k = 2025-01-01T10:00:00Z", lambda d: d.day("k"), "has a time of day."),
        ('k = ""', lambda d: d.text("k"), "is blank."),
        ('k = "  "', lambda d: d.text("k"), "is blank."),
        ('k = ""', lambda d: d.text("k", choices=("a", "b")), "'' is not known."),
        ('k = ""', lambda d: d.text("k", "a", choices=("a", "b")), "'' is not known."),
        ('k = ["a", 1]', lambda d: d.texts("k"), "not every value is a text."),
        ('k = ["a", "a"]', lambda d: d.texts("k"), "a value stands twice."),
        ('k = ["a", "c"]', lambda d: d.texts("k", choices=("a", "b")), "'c' is not known."),
        ("k = {}", lambda d: d.label("k"), "no text in id, en."),
        ('k = { id = "x", en = " " }', lambda d: d.label("k"), "no text in en."),
        ('k = { id = "x", en = "y", fr = "z" }', lambda d: d.label("k"), "a text in fr."),
        ('k = { id = "x" }', lambda d: d.label("k", Label("", "")), "no text in en."),
        ("k = []", lambda d: d.sections("k", required=True), "is empty."),
        ("k = [{}, 1]", lambda d: d.sections("k"), "is not a list of tables."),
    ],
)
def test_value_out_of_bounds_is_a_fault(tmp_path, text, take, problem):
    document = written(tmp_path, text)
    take(document)
    assert told(document) == [(1, "k", problem)]


def test_default_stands_for_an_absent_value_and_for_a_wrong_one(tmp_path):
    document = written(tmp_path, 'wrong = "x"')
    assert document.integer("absent", 7) == 7
    assert document.texts("absent", ("a",)) == ("a",)
    assert document.text("absent", "") == ""
    assert document.label("absent", Label("i", "e")) == Label("i", "e")
    assert document.section("absent").values() == {}
    assert document.sections("absent") == []
    assert document.faults == []
    assert document.integer("wrong", 7) == 7
    assert told(document) == [(1, "wrong", "'x' is of the wrong type.")]


def test_mistyped_choice_is_told_the_nearest(tmp_path):
    document = written(tmp_path, 'k = "instagran"')
    document.text("k", choices=("instagram", "youtube"))
    (fault,) = document.faults
    assert str(fault) == (
        "rules.toml, line 1, k: 'instagran' is not known. "
        "Expected one of instagram, youtube. Did you mean 'instagram'?"
    )


def test_unknown_key_is_a_fault_and_told_the_nearest(tmp_path):
    document = written(tmp_path, "wieght = 1\nweight = 2\n[other]\nx = 1\n")
    document.number("weight")
    document.close()
    assert [(fault.line, fault.column, fault.remedy) for fault in document.faults] == [
        (1, "wieght", "Did you mean 'weight'?"),
        (3, "other", "Take it out."),
    ]


def test_named_sections_must_be_tables(tmp_path):
    document = written(tmp_path, "loose = 1\n[one]\nx = 1\n[two]\nx = 2\n")
    found = {name: section.integer("x") for name, section in document.named_sections()}
    document.close()
    assert found == {"one": 1, "two": 2}
    assert told(document) == [(1, "loose", "is not a table.")]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a = 1\nb = \n", 2, "is not TOML"),
        ("a = 1\na = 2\n", 2, "is not TOML"),
        ("[t]\n[t]\n", 2, "is not TOML"),
        ('a = "x\n', 1, "is not TOML"),
        (b"a = 1\nb = '\xff'\n", None, "is not UTF-8 at byte 11."),
    ],
)
def test_file_that_is_no_toml_has_that_one_fault(tmp_path, text, line, problem):
    document = written(tmp_path, text)
    document.text("name")
    document.section("snapshot", required=True)
    document.close()
    (fault,) = document.faults
    assert fault.line == line
    assert fault.problem.startswith(problem)
    assert not document.is_readable


def test_file_that_is_not_there_has_that_one_fault(tmp_path):
    document = Document(tmp_path / "columns.toml")
    document.text("name")
    assert told(document) == [(None, None, "there is no such file.")]


def test_folder_in_the_place_of_a_file_is_a_fault(tmp_path):
    document = Document(tmp_path, name="metrics/x.toml")
    assert told(document) == [(None, None, "cannot be read: Is a directory.")]
