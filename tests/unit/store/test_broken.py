"""What stands in a line of which nothing came."""

from tolok.store.broken import broken_lines


def test_broken_lines_are_found_by_number_without_blank_ones(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'{"a": 1}\n\n  \r\n{"cut": \n[1]\n{}\n"\xff"\n' + b'{"a":' * 100_000)
    found = broken_lines(path, [2, 3, 4, 5, 6])
    assert found[2] == ('{"cut":', "is not JSON: Expecting value at character 1")
    assert found[3] == ("[1]", "is no JSON object")
    assert found[4] == ("{}", "has none of the expected columns, or text that is no Unicode")
    assert found[5] == ('"\\xff"', "is not UTF-8 at byte 2 of the line")
    assert found[6] == ('{"a":' * 40, "is nested too deeply")
