"""Which delimiter parts a table, where one row is unlike the others."""

import pytest

from tolok.sources.table import csv_head

HEADS = {
    "one huge row": (["a;b;c", "1;2;3", "," * 60_000], ";"),
    "titles of another width": (["x,y", "a;b;c", "1;2;3", "4;5;6"], ";"),
    "header alone": (["a;b,b;c"], ";"),
    "header and a short row": (["a\tb\tc", "1\t2"], "\t"),
}


@pytest.mark.parametrize("head", HEADS)
def test_delimiter_is_what_parts_the_even_rows(head):
    lines, delimiter = HEADS[head]
    assert csv_head(lines).dialect.delimiter == delimiter
