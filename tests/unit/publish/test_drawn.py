"""Documents of the site before are taken again, and no other bytes come of it."""

import json
import shutil

import pytest

from tolok.publish.documents import paper, workbook
from tolok.publish.drawn import Drawn, drawn_before
from tolok.publish.site import MARKER, publish_site
from tolok.publish.typeset import typeset

CARD = "documents/scorecards/badan-fajar-id.pdf"


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def published(site, tmp_path):
    """A copy of the site, to publish over."""
    return shutil.copytree(site, tmp_path / "site")


@pytest.fixture
def publish(results_folder, rules, invented):
    """Publishes the invented results into a folder."""

    def into(folder, lock_hash=invented.LOCK_HASH):
        publish_site(results_folder, folder, rules, lock_hash=lock_hash)

    return into


@pytest.fixture
def made(monkeypatch):
    """What is typeset or written as a workbook, by name."""
    names: list[str] = []
    written = workbook._workbook

    def noted(template, data, **more):
        names.append(template)
        return typeset(template, data, **more)

    def workbook_noted(*given):
        names.append("workbook")
        return written(*given)

    monkeypatch.setattr(paper, "typeset", noted)
    monkeypatch.setattr(workbook, "_workbook", workbook_noted)
    return names


def test_nothing_is_made_again_where_nothing_differs(site, published, made, publish):
    publish(published)
    assert made == []
    assert files_of(published) == files_of(site)


def test_documents_of_other_facts_are_made_anew(published, made, publish, tmp_path):
    """All papers say by which lock they were made; the workbook does not."""
    publish(published, lock_hash="ab" * 32)
    count = sum(path.endswith(".pdf") for path in files_of(published))
    assert len(made) >= count > 20
    assert "workbook" not in made
    publish(tmp_path / "fresh", lock_hash="ab" * 32)
    assert files_of(published) == files_of(tmp_path / "fresh")


@pytest.mark.parametrize("damage", [b"rusak", None])
def test_document_that_was_changed_or_lost_is_made_anew(site, published, made, publish, damage):
    if damage is None:
        (published / CARD).unlink()
    else:
        (published / CARD).write_bytes(damage)
    publish(published)
    assert made == ["scorecard.typ"]
    assert files_of(published) == files_of(site)


@pytest.mark.parametrize(
    "marker", ["", "[]", "{}", '{"files": {}}', '{"files": [], "documents": {"a": "b"}}']
)
def test_marker_of_another_sort_names_no_documents(tmp_path, marker):
    path = tmp_path / MARKER
    path.write_text(marker, "utf-8")
    assert drawn_before(tmp_path, path).before == {}
    path.unlink()
    assert drawn_before(tmp_path, path).before == {}


def test_documents_are_known_by_all_that_they_are_made_from(tmp_path):
    drawn = Drawn()
    for path, made_from in (("a", [1]), ("b", [1]), ("c", [2]), ("d", ["1"])):
        drawn.document(path, made_from, lambda: b"x")
    keys = drawn.made_from
    assert keys["a"] == keys["b"]
    assert len(set(keys.values())) == 3
    marker = tmp_path / MARKER
    marker.write_text(json.dumps({"files": {"a": "00"}, "documents": keys}), "utf-8")
    assert drawn_before(tmp_path, marker).before == {keys["a"]: ("a", "00")}
