"""One edition whose jurors hold their ballots, made once; every test works on its own copy."""

import shutil

import pytest
from tests.jury_cases import NAMES, ready_edition

from tolok.jury.declaration import Tie

TIED, EMPLOYER = NAMES[2], "agencies-a"


@pytest.fixture(scope="session")
def ready(tmp_path_factory):
    home = tmp_path_factory.mktemp("ready")
    ties = {TIED: [Tie(EMPLOYER, "employer", None, "works there")]}
    return ready_edition(home / "edition", home / "in", ties=ties)


@pytest.fixture
def edition(ready, tmp_path):
    """The edition, its jurors' declarations being in and their packs and first ballots out."""
    return shutil.copytree(ready, tmp_path / "edition")


@pytest.fixture
def inbox(tmp_path):
    """A folder for what jurors send back."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
