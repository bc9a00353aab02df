"""A site of the invented results, built once for all tests of the folder."""

from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from tests.edition_cases import pages_alone

from tolok.publish.results import read_results
from tolok.publish.site import publish_site


def load(path: Path) -> ModuleType:
    """A file of tests as a module: tests are no packages."""
    loader = SourceFileLoader(path.stem, str(path))
    module = ModuleType(path.stem)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented():
    """The builder of invented results."""
    return load(Path(__file__).with_name("invented.py"))


@pytest.fixture(scope="session")
def rules(invented):
    """The invented rules."""
    return invented.rules()


@pytest.fixture(scope="session")
def results_folder(invented, tmp_path_factory):
    """results/ of the invented edition."""
    folder = tmp_path_factory.mktemp("edition") / "results"
    invented.write_results(folder)
    return folder


@pytest.fixture(scope="session")
def results(invented, results_folder, rules):
    """The invented results as pages read them."""
    return read_results(results_folder, rules, invented.LOCK_HASH)


@pytest.fixture(scope="session")
def site(invented, results_folder, rules, tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("published") / "site"
    publish_site(results_folder, folder, rules, lock_hash=invented.LOCK_HASH)
    return folder


@pytest.fixture
def unprinted(site):
    """Documents are empty files; the shared site is built before, with all of its own."""
    assert site.is_dir()
    with pages_alone():
        yield
