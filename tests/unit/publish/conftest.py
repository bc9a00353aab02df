"""A site of the invented results, built once for all tests of the folder."""

import pytest
from tests import invented as _invented
from tests.edition_cases import pages_alone

from tolok.publish.results import read_results
from tolok.publish.site import publish_site


@pytest.fixture(scope="session")
def invented():
    """The builder of invented results."""
    return _invented


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
