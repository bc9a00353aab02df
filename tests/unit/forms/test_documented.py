"""docs/ballots.md says what is written, and its JSON is a form that is read."""

import re
from pathlib import Path

from tests.form_cases import read_ballot

from tolok.forms.delimited import BALLOT_COLUMNS, DECLARATION_COLUMNS, EARLIER_COLUMN
from tolok.forms.grids import LARGEST_FILE, MOST_ROWS, MOST_SHEETS
from tolok.jury.declaration import TIES

PAGE = (Path(__file__).parents[3] / "docs" / "ballots.md").read_text("utf-8")


def section(heading):
    """What stands under a heading."""
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def columns(heading):
    """The names in the first column of a section's table."""
    firsts = [line.split("|")[1] for line in section(heading).splitlines() if line[:1] == "|"]
    return re.findall(r"`(\w+)`", " ".join(firsts))


def test_columns_of_a_csv_are_those_that_are_written():
    assert columns("CSV: a ballot") == [*BALLOT_COLUMNS, EARLIER_COLUMN]
    assert columns("CSV: a declaration") == list(DECLARATION_COLUMNS)


def test_kinds_of_a_tie_are_named():
    (row,) = [line for line in section("CSV: a declaration").splitlines() if "`tie`" in line]
    assert tuple(re.findall(r"`(\w+)`", row)) == ("tie", *TIES)


def test_bounds_are_named():
    named = f"{LARGEST_FILE >> 20} MB, 64 MB unpacked, {MOST_SHEETS} sheets, or {MOST_ROWS:,} rows"
    assert named in PAGE


def test_json_of_the_page_is_a_ballot(tmp_path):
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "a.json").write_text(block, "utf-8")
    (answer,) = read_ballot(tmp_path / "a.json").answers
    assert (answer.about, answer.question, answer.value) == ("kominfo", "usefulness", 7.0)
