"""A file is there whole or not at all."""

import hashlib

import pytest

from tolok.store.atomic import copy_hashed, write_text, written_whole


class Stopped(Exception):
    """What stops a writer in these tests."""


def write_half(path):
    with written_whole(path) as unfinished:
        unfinished.write_text("half")
        raise Stopped


def test_file_stands_whole_after_writing(tmp_path):
    path = tmp_path / "new" / "a.txt"
    write_text("isi", path)
    assert path.read_text() == "isi"
    assert list(path.parent.iterdir()) == [path]


def test_stopped_writer_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with pytest.raises(Stopped):
        write_half(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_remains_of_an_earlier_stop_do_not_matter(tmp_path):
    path = tmp_path / "a.txt"
    with written_whole(path) as unfinished:
        unfinished.write_text("longer than what comes")
        unfinished.rename(tmp_path / "kept")
        (tmp_path / "kept").rename(unfinished)
    (tmp_path / ".a.txt.unfinished").write_text("half of something long")
    write_text("new", path)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("size", [0, 1, 1 << 18, (1 << 18) + 1, 1_000_000])
def test_copy_has_the_bytes_the_hash_and_the_size(tmp_path, size):
    content = (b"isi " * (size // 4 + 1))[:size]
    (tmp_path / "a").write_bytes(content)
    found = copy_hashed(tmp_path / "a", tmp_path / "b")
    assert found == (hashlib.sha256(content).hexdigest(), size)
    assert (tmp_path / "b").read_bytes() == content
