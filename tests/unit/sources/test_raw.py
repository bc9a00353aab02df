"""The landing zone holds what came, byte for byte, once."""

import hashlib

import pytest
from tests.import_cases import EXPORTED_AT

from tolok.errors import FileFault
from tolok.sources.raw import (
    LeftElsewhere,
    Options,
    arrive,
    land,
    landed_files,
    left_afar,
    note_options,
    noted_options,
    refuse_afar,
    unland,
)
from tolok.store.layout import Layout

OPTIONS = Options("canonical", "@a", "Asia/Jakarta", EXPORTED_AT)


def bring_to(file, layout):
    """A file in its place in the landing zone."""
    return land(arrive(file, layout), layout)


def test_file_lands_under_its_hash_untouched(tmp_path):
    content = bytes(range(256)) * 9000
    (tmp_path / "a b.bin").write_bytes(content)
    landed = bring_to(tmp_path / "a b.bin", Layout(tmp_path / "edition"))
    sha256 = hashlib.sha256(content).hexdigest()
    assert (landed.sha256, landed.name, landed.bytes) == (sha256, "a b.bin", len(content))
    assert landed.path == tmp_path / "edition" / "landing" / sha256[:2] / sha256 / "a b.bin"
    assert landed.path.read_bytes() == content
    assert (tmp_path / "a b.bin").read_bytes() == content


def test_same_bytes_land_once_under_their_first_name(tmp_path):
    layout = Layout(tmp_path / "edition")
    for name in ("first.csv", "second.csv"):
        (tmp_path / name).write_text("same")
    first, second = (bring_to(tmp_path / name, layout) for name in ("first.csv", "second.csv"))
    assert (second.path, second.name) == (first.path, "second.csv")
    assert [path for path in layout.landing.rglob("*") if path.is_file()] == [first.path]


def test_options_stand_beside_the_file_and_come_back(tmp_path):
    layout = Layout(tmp_path / "edition")
    (tmp_path / "a.csv").write_text("a")
    landed = bring_to(tmp_path / "a.csv", layout)
    assert (noted_options(landed), landed_files(layout)) == (None, [])
    note_options(landed, OPTIONS, "canonical")
    assert noted_options(landed) == OPTIONS
    assert landed_files(layout) == [(landed, OPTIONS)]


def test_file_that_was_accepted_is_not_taken_out_again(tmp_path):
    layout = Layout(tmp_path / "edition")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(name)
    accepted, refused = (bring_to(tmp_path / name, layout) for name in ("a.csv", "b.csv"))
    note_options(accepted, Options(), "canonical")
    unland(accepted)
    unland(refused)
    assert (accepted.path.exists(), refused.path.exists()) == (True, False)


def test_folder_cannot_land(tmp_path):
    with pytest.raises(FileFault) as refused:
        bring_to(tmp_path, Layout(tmp_path / "edition"))
    assert str(refused.value) == f"{tmp_path}: cannot be read: Is a directory."


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("a", "1 file was imported from s3a://b/a, and"),
        ("abc", "3 files were imported from where they lie, such as s3a://b/a, and"),
    ],
)
def test_file_that_did_not_land_is_noted_and_refused_where_it_is_needed(tmp_path, names, told):
    layout = Layout(tmp_path / "edition")
    refuse_afar(layout)
    for name in names:
        landed = left_afar(layout, name * 64, f"{name}.csv", 5)
        note_options(landed, OPTIONS, "canonical", address=f"s3a://b/{name}")
        assert noted_options(landed) == OPTIONS
    assert landed_files(layout) == []
    with pytest.raises(LeftElsewhere) as refused:
        refuse_afar(layout)
    assert str(refused.value) == (
        f"{layout.folder}: {told} no copy of it is here. To make the store anew, delete "
        f"{layout.store}, import these addresses again with `tolok import {layout.folder} ADDRESS "
        "--engine spark`, and the other files as before."
    )
